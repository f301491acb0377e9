"""Attributes given on the command line: `--set KEY=VALUE` lays one value over the file's, and says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from landrules.base.diagnostic import Diagnostic, InputError, nearest
from landrules.base.quantity import Dimension
from landrules.base.valuetype import ListType, RecordType, Simple, ValueType
from landrules.base.vocabulary import PROPOSAL
from landrules.intake.jsontext import Json, read_json, shown_value


def parse_settings(texts: tuple[str, ...]) -> dict[str, str]:
    """Pairs from the words of the command line. Raises `InputError` with LR640.

    >>> parse_settings(("balance.mode=self",))
    {'balance.mode': 'self'}
    """
    out: dict[str, str] = {}
    for text in texts:
        key, sign, value = text.partition("=")
        if not sign or not key.strip():
            raise InputError(Diagnostic("LR640", {"text": shown_value(text)}))
        out[key.strip()] = value
    return out


def with_settings(
    attributes: Mapping[str, Json], settings: Mapping[str, str], name: str, notes: list[Diagnostic]
) -> dict[str, Any]:
    """The attributes with settings laid over them; each is noted (LR723).

    Keys are dotted paths of the proposal's vocabulary. Texts, dates and codes are taken as they stand, everything else
    is read as JSON. Raises `InputError`: LR641 for an unknown key, LR640 for a value that cannot be read.
    """
    out: dict[str, Any] = dict(attributes)
    for path in sorted(settings):
        kind = _type_at(path)
        value = settings[path] if _is_plain(kind, settings[path]) else _json(path, settings[path])
        _lay(out, path.split("."), value)
        args = {"key": path, "value": shown_value(settings[path])}
        notes.append(Diagnostic("LR723", args, where=f"{name}: {path}", severity="warning"))
    return out


def _type_at(path: str) -> ValueType:
    kind: ValueType = PROPOSAL
    for step in path.split("."):
        spec = kind.get(step) if isinstance(kind, RecordType) else None
        if spec is None:
            known = kind.fields if isinstance(kind, RecordType) else PROPOSAL.fields
            near = nearest(step, known) or ", ".join(sorted(known)[:5])
            raise InputError(Diagnostic("LR641", {"key": path, "nearest": near}))
        kind = spec.type
    return kind


def _is_plain(kind: ValueType, text: str) -> bool:
    if isinstance(kind, Dimension | RecordType | ListType) or kind is Simple.BOOLEAN:
        return False
    return not text.lstrip().startswith("{")


def _json(path: str, text: str) -> Json:
    try:
        return read_json(text.encode("utf-8"), "--set")
    except InputError:
        raise InputError(Diagnostic("LR640", {"text": shown_value(f"{path}={text}")})) from None


def _lay(record: dict[str, Any], steps: list[str], value: Json) -> None:
    *outer, last = steps
    for step in outer:
        inner = record.get(step)
        record[step] = dict(inner) if isinstance(inner, dict) else {}
        record = record[step]
    record[last] = value
