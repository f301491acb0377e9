"""The version of the engine, as published in every report."""

VERSION = "0.1.0"
