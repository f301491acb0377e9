"""The small file beside the stores of a layer that says which of them stands for the source, and from what state of it.

It is replaced at once, and holds its own digest: whatever is wrong with it makes it as good as absent, and the content
of the source is asked instead.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from contextlib import suppress
from pathlib import Path

from landrules.base.frozen import frozen
from landrules.intake.store.container import Json
from landrules.intake.store.source import Stamp

_TRIES = 10
_PAUSE_S = 0.05


@frozen
class Pointer:
    """The store of a layer: its key and file name, the content it was made from, and the source's stamp at a time."""

    key: str
    recipe: str
    file: str
    sha256: str
    stamp: Stamp
    taken_ns: int


def read_pointer(path: Path) -> Pointer | None:
    """The pointer as it was written, or `None`."""
    data = _read(path)
    try:
        told = json.loads(data)
        check = told.pop("check")
        if check != _check(told):
            return None
        stamp = Stamp(tuple((str(n), int(a), int(b), int(c), int(d)) for n, a, b, c, d in told["stamp"]))
        texts = (str(told["key"]), str(told["recipe"]), str(told["file"]), str(told["sha256"]))
        return Pointer(*texts, stamp, int(told["taken_ns"]))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def write_pointer(path: Path, pointer: Pointer) -> bool:
    """Put a pointer in its place at once; whether that could be done. Without it the next run asks the content."""
    told: dict[str, Json] = {
        "key": pointer.key,
        "recipe": pointer.recipe,
        "file": pointer.file,
        "sha256": pointer.sha256,
        "stamp": pointer.stamp.json(),
        "taken_ns": pointer.taken_ns,
    }
    text = json.dumps({**told, "check": _check(told)}, ensure_ascii=False, indent=1)
    new = path.with_name(f"new-{secrets.token_hex(6)}-{path.name}")
    try:
        new.write_text(text, encoding="utf-8")
        for again in range(_TRIES):
            try:
                new.replace(path)
            except PermissionError:
                time.sleep(_PAUSE_S * (again + 1))
            else:
                return True
    except OSError:
        pass
    with suppress(OSError):
        new.unlink(missing_ok=True)
    return False


def _read(path: Path) -> bytes:
    """The bytes of a file that may be replaced at this moment; none where it is not there."""
    for _ in range(_TRIES):
        try:
            return path.read_bytes()
        except PermissionError:
            time.sleep(_PAUSE_S)
        except OSError:
            break
    return b""


def _check(told: dict[str, Json]) -> str:
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
