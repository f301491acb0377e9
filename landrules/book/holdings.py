"""The files of a book: what some references name, readable even where rules do not resolve yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from landrules.base.diagnostic import InputError
from landrules.rules.load import Loaded, read_rulesets

_UNREADABLE = ("LR1", "LR205", "LR232", "LR233")


def holdings(refs: Sequence[str | Path], base: Path | None = None) -> Loaded:
    """The documents of some references. A rule that names nothing or has wrong types can still be read aloud.

    Raises `InputError` where a file is absent, is no text or is not spelled as the language wants.
    """
    loaded = read_rulesets(refs, base)
    broken = [d for d in loaded.diagnostics if d.severity == "error" and d.code.startswith(_UNREADABLE)]
    if broken:
        raise InputError(broken)
    return loaded
