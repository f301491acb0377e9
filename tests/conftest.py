"""Tests keep what they read in a store of their own, never in the user's."""

from __future__ import annotations

import os
import tempfile

_FOLDER = tempfile.TemporaryDirectory(prefix="landrules-store-", ignore_cleanup_errors=True)
os.environ.setdefault("LANDRULES_CACHE", _FOLDER.name)
