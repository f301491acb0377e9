"""An answer to bytes, one file per format; computes nothing new."""
