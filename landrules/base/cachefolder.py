"""Where a user's own copies may lie: the cache folder, or the one that the environment names, or none.

The folder is `landrules` in the user's cache folder (`LOCALAPPDATA` on Windows, `XDG_CACHE_HOME`, else `~/.cache`), or
the one that the environment names as `LANDRULES_CACHE`, which may also be `off`: then nothing is kept anywhere.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

VARIABLE = "LANDRULES_CACHE"


def is_off() -> bool:
    """Whether the environment says that nothing is to be kept."""
    return os.environ.get(VARIABLE, "").lower() in ("off", "0", "no")


def cache_folder() -> Path | None:
    """The folder, which need not exist yet; `None` where nothing is to be kept or there is no place for it."""
    if is_off():
        return None
    if named := os.environ.get(VARIABLE, ""):
        return Path(named)
    places = (("LOCALAPPDATA", ""),) if sys.platform == "win32" else (("XDG_CACHE_HOME", ""), ("HOME", ".cache"))
    for variable, inside in places:
        if home := os.environ.get(variable, ""):
            return Path(home) / inside / "landrules"
    return None
