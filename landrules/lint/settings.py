"""`landrules-lint.toml`: which rules run, how grave they are, and their numbers.

    [rules.stale_verification]
    months = 12
    [rules.long_file]
    level = "off"

Text in, a frozen value out; an unknown rule or key is a mistake with the nearest name, because a misspelt one would
silently change nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import field
from types import MappingProxyType
from typing import Literal, cast

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.frozen import frozen
from landrules.lint.record import LintRule
from landrules.rules.faults import hint

FILE_NAME = "landrules-lint.toml"
Level = Literal["error", "warning", "off"]
LEVELS: tuple[Level, ...] = ("error", "warning", "off")


@frozen
class LintSettings:
    """Levels and numbers that differ from the records' own, by rule id."""

    levels: Mapping[str, Level] = field(default_factory=lambda: MappingProxyType({}))
    options: Mapping[tuple[str, str], int] = field(default_factory=lambda: MappingProxyType({}))


def read_settings(text: str, where: str, rules: Sequence[LintRule]) -> LintSettings:
    """The settings of a text; `where` names its file. Raises `InputError` (LR931 to LR934) with every mistake."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(Diagnostic("LR932", {"detail": str(error)}, where=where)) from None
    by_id = {rule.id: rule for rule in rules}
    wrong: list[Diagnostic] = []
    levels: dict[str, Level] = {}
    options: dict[tuple[str, str], int] = {}
    wrong += [_unknown(key, ("rules",), where) for key in table if key != "rules"]
    tables = table.get("rules", {})
    if not isinstance(tables, dict):
        raise InputError(_wrong("rules", tables, "[rules.…] 表", "tables [rules.NAME]", where))
    for name, values in tables.items():
        rule = by_id.get(name)
        if rule is None:
            wrong.append(Diagnostic("LR931", {"name": name, **hint(name, by_id)}, where=where))
            continue
        for key, value in (values if isinstance(values, dict) else {"": values}).items():
            told = f"rules.{name}.{key}".rstrip(".")
            if key == "level" and value in LEVELS:
                levels[name] = cast(Level, value)
            elif key == "level":
                wrong.append(_wrong(told, value, "error、warning 或 off", "error, warning or off", where))
            elif key not in rule.options:
                wrong.append(_unknown(told, [f"rules.{name}.{k}" for k in ("level", *rule.options)], where))
            elif isinstance(value, int) and not isinstance(value, bool) and value > 0:
                options[name, key] = value
            else:
                wrong.append(_wrong(told, value, "大于零的整数", "a whole number above zero", where))
    if wrong:
        raise InputError(wrong)
    return LintSettings(levels, options)


def _unknown(key: str, known: Sequence[str], where: str) -> Diagnostic:
    return Diagnostic("LR933", {"key": key, **hint(key, known)}, where=where)


def _wrong(key: str, value: object, zh: str, en: str, where: str) -> Diagnostic:
    return Diagnostic("LR934", {"key": key, "value": value, "wanted_zh": zh, "wanted_en": en}, where=where)
