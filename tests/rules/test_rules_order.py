"""The order of declarations and of files never changes what a ruleset means."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from resolve_cases import CASES
from short_norms import short

from landrules.base.source import SourceFile
from landrules.lang.parse import parse
from landrules.lang.tree import Document
from landrules.rules.model import RuleSet
from landrules.rules.resolve import resolve

PROGRAMS = ("red_line", "balance", "use_control", "rules")


def documents(name: str) -> tuple[Document, ...]:
    """A program and the vocabulary it imports."""
    found = []
    for path in (CASES / "base.rules", CASES / "good" / f"{name}.rules"):
        document, mistakes = parse(SourceFile.from_bytes(path.name, path.read_bytes()))
        assert document is not None
        assert mistakes == ()
        found.append(document)
    return tuple(found)


def meaning(found: RuleSet | None) -> tuple[object, ...]:
    """All that the engine reads of a ruleset."""
    assert found is not None
    tables = (found.schemes, found.lists, found.parameters, found.tables, found.layers, found.accounts)
    return (short(found), *(dict(t) for t in tables))


@pytest.mark.parametrize("name", PROGRAMS)
@given(seed=st.integers(0, 2**16))
@settings(max_examples=8, deadline=None)
def test_shuffled_declarations_and_files_mean_the_same(name: str, seed: int) -> None:
    written = documents(name)
    shuffle = random.Random(seed)
    mixed = []
    for document in written:
        items = list(document.items)
        shuffle.shuffle(items)
        mixed.append(replace(document, items=tuple(items)))
    shuffle.shuffle(mixed)
    assert meaning(resolve(mixed)[0]) == meaning(resolve(written)[0])
