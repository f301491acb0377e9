"""Proposals looked up and overlaid together: each is told what it would be told alone, and a fault is that of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

import numpy as np
import pytest
from conftest import COUNTY, PROPOSALS, ROOT

from landrules.base.diagnostic import InputError
from landrules.batch import inputs
from landrules.batch.answer import as_json
from landrules.batch.inputs import Input
from landrules.batch.judge import MOST_M2, Judge, _together
from landrules.batch.run import _chunks
from landrules.road import Case, Options, Request, Session

MINNEAPOLIS = ROOT / "examples" / "minneapolis"


def items_of(folder: Any) -> list[Input]:
    return list(inputs.inputs_of(inputs.find(folder).files))


def lines(judge: Judge, *runs: Sequence[Input]) -> list[bytes]:
    return [as_json(item, judged).line for run in runs for item, judged in zip(run, judge(run), strict=True)]


@pytest.fixture(scope="module")
def county() -> Judge:
    return Judge(Session.open(COUNTY), Options())


@pytest.fixture(scope="module")
def alone(county: Judge) -> list[bytes]:
    """The lines of the county's proposals, of several days and editions, one at a time."""
    return lines(county, *([item] for item in items_of(PROPOSALS)))


@pytest.mark.parametrize("size", [2, 5, 100])
def test_each_is_told_what_it_is_told_alone(county: Judge, alone: list[bytes], size: int) -> None:
    items = items_of(PROPOSALS)
    assert lines(county, *(items[at : at + size] for at in range(0, len(items), size))) == alone
    assert lines(county, items[::-1]) == alone[::-1]


def test_without_stores_too(county: Judge, alone: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANDRULES_CACHE", "off")
    assert lines(county, items_of(PROPOSALS)) == alone


def test_proposals_beside_invalid_features_and_half_unknown_ground() -> None:
    judge = Judge(Session.open(MINNEAPOLIS), Options())
    items = items_of(MINNEAPOLIS / "proposals")
    assert lines(judge, items) == lines(judge, *([item] for item in items))


def test_bad_ones_stand_among_good_ones(county: Judge, alone: list[bytes], tmp_path: Any) -> None:
    items = items_of(PROPOSALS)
    (tmp_path / "bad.geojson").write_text("{", encoding="utf-8")
    text = items[0].path.read_text(encoding="utf-8").replace("application_date", "applied_on")
    (tmp_path / "undated.geojson").write_text(text, encoding="utf-8")
    bad = items_of(tmp_path)
    mixed = [bad[0], items[0], bad[1], items[1]]
    assert lines(county, mixed) == [*lines(county, bad[:1]), alone[0], *lines(county, bad[1:]), alone[1]]
    assert all(b"landrules/batch-error/1" in line for line in lines(county, bad))


@pytest.mark.parametrize("kind", [InputError, RuntimeError])
def test_what_fails_for_one_is_told_of_that_one(
    county: Judge, alone: list[bytes], kind: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    items = items_of(PROPOSALS)[:5]
    plain, asked = Session.cases, list[int]()
    spoilt = county.session.read(items[2].path).id

    def cases(self: Session, requests: Sequence[Request]) -> list[Case]:
        asked.append(len(requests))
        if any(request.proposal.id == spoilt for request in requests):
            raise InputError([]) if kind is InputError else kind("spoilt")
        return plain(self, requests)

    monkeypatch.setattr(Session, "cases", cases)
    found = lines(county, items)
    assert asked == [5, 1, 1, 1, 1, 1]
    assert found[:2] + found[3:] == alone[:2] + alone[3:5]
    assert b"landrules/batch-error/1" in found[2]


def test_an_answer_comes_before_the_next_one_is_judged(county: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    concluded: list[str] = []
    plain = Session.conclude

    def conclude(self: Session, case: Case, options: Options) -> Any:
        concluded.append(case.request.proposal.id)
        return plain(self, case, options)

    monkeypatch.setattr(Session, "conclude", conclude)
    answers = county(items_of(PROPOSALS)[:4])
    for count in range(1, 5):
        next(answers)
        assert len(concluded) == count


def test_proposals_looked_up_together_do_not_ask_about_too_much_land(county: Judge) -> None:
    one, side = county.session.request(county.session.read(items_of(PROPOSALS)[0].path)), 1000.0
    most = MOST_M2 / side
    land = [1.0, most - 2.0, 2.0, None, 3.0, 2 * most, 1.0]
    asked = [replace(one, boxes=None if x is None else np.array([[0.0, 0.0, side, x]])) for x in land]
    groups = list(_together(asked))
    assert [len(group) for group in groups] == [2, 1, 1, 1, 1, 1]
    assert list(chain(*groups)) == asked and list(_together([])) == []


def test_proposals_before_a_file_that_cannot_be_read_are_judged() -> None:
    items = items_of(PROPOSALS)[:3]

    def source() -> Iterator[Input]:
        yield from items
        raise OSError("gone")

    found = _chunks(source())
    assert next(found) == items
    with pytest.raises(OSError, match="gone"):
        next(found)
    assert [len(chunk) for chunk in _chunks(iter(items * 5))] == [8, 7]
