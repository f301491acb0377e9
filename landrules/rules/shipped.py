"""Where rulesets are found: the shipped folder, files beside the importing file, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from landrules.base.resources import rulesets

HEAD = re.compile(
    r"^[ \t]*(?:ruleset|规则集)\s+([\w.《》]+)(?:\s+(?:zh|en|中文|英文)\s+\"?([\w.《》]+)\"?)?", re.MULTILINE
)
"""The head of a ruleset; a part of its id that is a word of the language stands in 《》."""


@cache
def shipped_folder() -> Path:
    """The folder of shipped rulesets, resolved, in a source tree and in an installed package alike."""
    found = rulesets()
    return (found if isinstance(found, Path) else Path(__file__).resolve().parents[1] / "_rulesets").resolve()


def rules_in(folder: Path) -> tuple[Path, ...]:
    """Every ruleset file under a folder, in a fixed order."""
    return tuple(sorted(p for p in folder.rglob("*.rules") if p.is_file()))


def ids_in(text: str) -> tuple[str, ...]:
    """The ids, in both spellings, of the ruleset that a text declares; empty where it declares none.

    >>> ids_in('规则集 国家.词汇 英文 "cn.vocabulary" {')
    ('国家.词汇', 'cn.vocabulary')
    >>> ids_in('规则集 县.《国家级》 {')
    ('县.国家级',)
    """
    found = HEAD.search(text)
    return tuple(x.replace("《", "").replace("》", "") for x in found.groups() if x) if found else ()


@cache
def shipped_index() -> Mapping[str, Path]:
    """Every shipped ruleset by its ids in both spellings."""
    folder = shipped_folder()
    return _index(rules_in(folder)) if folder.is_dir() else MappingProxyType({})


def folder_index(folder: Path) -> Mapping[str, Path]:
    """The rulesets in one folder, by their ids in both spellings."""
    return _index(tuple(sorted(folder.glob("*.rules"))))


def _index(paths: tuple[Path, ...]) -> Mapping[str, Path]:
    found: dict[str, Path] = {}
    for path in paths:
        for name in ids_in(path.read_bytes().decode("utf-8-sig", errors="replace")):
            found.setdefault(name, path)
    return MappingProxyType(found)
