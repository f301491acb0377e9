"""The manifest of a folder of rulesets, `landrules-package.toml`: whose it is, which version, what it builds on.

    name = "example.qingxi"
    version = "2026.1"
    title_zh = "清溪县规则集"
    title_en = "Rulesets of Qingxi county"
    level = "county"
    licence = "Apache-2.0"
    maintainer = "…"
    [requires]
    cn = ">=2026.1"

Text in, a value and diagnostics out. Every ruleset of the folder lies under the package's name and has its version;
every import lies in it or in a package it requires, in a version that will do.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import cast, get_args

from landrules.base.diagnostic import Diagnostic
from landrules.base.frozen import frozen
from landrules.lang.tree import Document, Setting
from landrules.rules.faults import hint
from landrules.rules.model import Bilingual, PlanLevel
from landrules.rules.symbols import head_of, import_ids, spellings, word_of

FILE_NAME = "landrules-package.toml"
KEYS = ("name", "version", "title_zh", "title_en", "level", "licence", "maintainer")
LEVELS: tuple[PlanLevel, ...] = get_args(PlanLevel)
_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_BOUND = re.compile(r"\s*(>=|<=|==|>|<)\s*([0-9]+(?:\.[0-9]+)*)\s*")


@frozen
class Bound:
    """One comparison of a required version: `>=2026.1`."""

    sign: str
    version: str

    def holds(self, version: str) -> bool:
        """Whether a version will do.

        >>> Bound(">=", "2026.1").holds("2026.1.0"), Bound("<", "2026.10").holds("2026.9")
        (True, True)
        """
        order = compare(version, self.version)
        return {">=": order >= 0, "<=": order <= 0, "==": order == 0, ">": order > 0, "<": order < 0}[self.sign]


@frozen
class Package:
    """A manifest as read; `requires` are packages with the bounds on their versions."""

    name: str
    version: str
    title: Bilingual
    level: PlanLevel
    licence: str
    maintainer: str
    requires: Mapping[str, tuple[Bound, ...]]
    where: str


def compare(one: str, two: str) -> int:
    """Dotted numbers by value; a missing part is nought.

    >>> compare("2026.2", "2026.10"), compare("2026.1", "2026.1.0")
    (-1, 0)
    """
    for a, b in zip_longest(one.split("."), two.split("."), fillvalue="0"):
        if int(a) != int(b):
            return -1 if int(a) < int(b) else 1
    return 0


def read_package(text: str, where: str) -> tuple[Package | None, tuple[Diagnostic, ...]]:
    """The package of a manifest's text, or what is wrong with it; `where` names the file."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, (Diagnostic("LR240", {"detail": str(error)}, where=where),)
    wrong = list(_mistakes(table, where))
    if wrong:
        return None, tuple(wrong)
    said = {key: str(table[key]) for key in KEYS}
    requires = {name: bounds(str(text)) or () for name, text in table.get("requires", {}).items()}
    level = cast(PlanLevel, said["level"])
    title = Bilingual(said["title_zh"], said["title_en"])
    head = (said["name"], said["version"], title, level, said["licence"], said["maintainer"])
    return Package(*head, requires, where), ()


def _mistakes(table: Mapping[str, object], where: str) -> Iterator[Diagnostic]:
    for key in table:
        if key not in (*KEYS, "requires"):
            yield Diagnostic("LR241", {"key": key, **hint(key, (*KEYS, "requires"))}, where=where)
    shapes = {"name": _NAME, "version": _VERSION}
    for key in KEYS:
        value = table.get(key)
        if value is None:
            yield Diagnostic("LR242", {"key": key}, where=where)
        elif not isinstance(value, str) or not value.strip():
            yield _wrong(key, value, "引号里的文字", "a text between quotes", where)
        elif key in shapes and shapes[key].fullmatch(value) is None:
            wanted = ("点分名称", "a dotted name") if key == "name" else ("点分数字，如 2026.1", "numbers like 2026.1")
            yield _wrong(key, value, *wanted, where)
        elif key == "level" and value not in LEVELS:
            yield _wrong(key, value, "、".join(LEVELS), ", ".join(LEVELS), where)
    requires = table.get("requires", {})
    if not isinstance(requires, dict):
        yield _wrong("requires", requires, "[requires] 表", "a table [requires]", where)
        return
    for name, text in requires.items():
        if not isinstance(text, str) or bounds(text) is None:
            yield _wrong(f"requires.{name}", text, '版本条件，如 ">=2026.1"', 'a bound like ">=2026.1"', where)


def _wrong(key: str, value: object, zh: str, en: str, where: str) -> Diagnostic:
    return Diagnostic("LR243", {"key": key, "value": value, "wanted_zh": zh, "wanted_en": en}, where=where)


def bounds(text: str) -> tuple[Bound, ...] | None:
    """The bounds of a required version, or `None` where it cannot be read.

    >>> bounds(">=2026.1, <2027")
    (Bound(sign='>=', version='2026.1'), Bound(sign='<', version='2027'))
    """
    found = [_BOUND.fullmatch(part) for part in text.split(",")]
    return None if None in found else tuple(Bound(m[1], m[2]) for m in found if m is not None)


def check_package(package: Package, own: Sequence[Document], read: Sequence[Document]) -> tuple[Diagnostic, ...]:
    """What is wrong between a package and its files. `own` are the files of its folder, `read` those and all they import."""
    by_id = {name: d for d in read for name in _ids(d)}
    found: list[Diagnostic] = []
    for document in own:
        head = head_of(document)
        if head is None:
            continue
        if not _under(head.names.id, package.name):
            args = {"name": head.names.id, "package": package.name, "file": package.where}
            found.append(Diagnostic("LR244", args, head.names.span))
        version = version_of(document)
        if version and version != package.version:
            args = {"version": version, "package": package.name, "wanted": package.version}
            found.append(Diagnostic("LR245", args, head.names.span))
        for node in import_ids(document):
            target = by_id.get(".".join(node.path.parts))
            if target is None:
                continue
            name = next(iter(_ids(target)))
            if _under(name, package.name):
                continue
            needed = next((p for p in package.requires if _under(name, p)), None)
            if needed is None:
                args = {"name": name, "package": package.name, "first": name.split(".", maxsplit=1)[0]}
                found.append(Diagnostic("LR246", args, node.path.span))
            elif not _will_do(version_of(target), package.requires[needed]):
                wanted = ", ".join(f"{b.sign}{b.version}" for b in package.requires[needed])
                args = {"name": name, "version": version_of(target), "wanted": wanted}
                found.append(Diagnostic("LR247", args, node.path.span))
    return tuple(found)


def _ids(document: Document) -> tuple[str, ...]:
    head = head_of(document)
    return spellings(head.names) if head is not None else ()


def _under(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def _will_do(version: str, asked: tuple[Bound, ...]) -> bool:
    return _VERSION.fullmatch(version) is not None and all(b.holds(version) for b in asked)


def version_of(document: Document) -> str:
    """The version that a file's head states; empty where it states none."""
    head = head_of(document)
    body = head.body if head is not None else ()
    return next((word_of(c.values) for c in body if isinstance(c, Setting) and c.key == "version"), "")
