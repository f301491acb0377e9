"""Norms that the project alone puts out of question come out as if their ground had been looked at, only unmeasured."""

from __future__ import annotations

from pathlib import Path

import pytest

from landrules.engine import evaluate as room
from landrules.engine.answer import Answer, FindingOut
from landrules.engine.plan import plan
from landrules.engine.reads import hangs_on_the_case
from landrules.road import Session, settle_law_date

EXAMPLES = Path(__file__).parents[2] / "examples"
PROPOSALS = tuple(sorted(p for c in ("qingxi", "minneapolis") for p in (EXAMPLES / c / "proposals").glob("*.geojson")))


@pytest.fixture(scope="module")
def sessions() -> dict[str, Session]:
    return {county: Session.open(EXAMPLES / county) for county in ("qingxi", "minneapolis")}


def by_rule(answer: Answer) -> dict[str, FindingOut]:
    return {f.rule: f for f in (*answer.findings, *answer.information)}


@pytest.mark.parametrize("path", PROPOSALS, ids=lambda p: p.stem)
def test_nothing_but_measures_is_left_out(sessions: dict[str, Session], path: Path) -> None:
    session = sessions[path.parts[-3]]
    proposal = session.read(path)
    short = session.answer(proposal)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "out_of_question", lambda *_: None)
        long = session.answer(proposal)
    assert (short.decision, short.authorised_m2, short.duties, short.missing) == (
        long.decision,
        long.authorised_m2,
        long.duties,
        long.missing,
    )
    told, measured = by_rule(short), by_rule(long)
    assert told.keys() == measured.keys()
    for rule, found in told.items():
        other = measured[rule]
        assert (found.outcome, found.possible, found.duties, found.missing) == (
            other.outcome,
            other.possible,
            other.duties,
            other.missing,
        ), rule
        if found != other:
            assert found.outcome == "not_applicable", rule
            assert found.measured == () and found.pieces == (), rule


def test_some_norms_are_put_out_of_question_and_others_never(sessions: dict[str, Session]) -> None:
    session = sessions["qingxi"]
    by_case = {n.id for n in session.rulesets.norms if hangs_on_the_case(n)}
    assert "cn.highway.settlement_keeps_away" in by_case
    assert "cn.zones.zone_defaults" not in by_case  # it authorises, so its ground is looked at
    assert all(not n.authorises for n in session.rulesets.norms if n.id in by_case)


def test_an_open_fact_puts_nothing_out_of_question(sessions: dict[str, Session]) -> None:
    session = sessions["qingxi"]
    path = EXAMPLES / "qingxi" / "proposals" / "b_logistics.geojson"
    text = path.read_text(encoding="utf-8")
    known = session.read(path)
    line = '"project_kind": "industry.logistics_park", '
    assert line in text
    unknown = session.read(text.replace(line, "").encode())
    day, _ = settle_law_date(known, None)
    assert any(p.by_case and p.norm.id.endswith("settlement_keeps_away") for p in plan(session.rulesets, day).programs)
    rule = "cn.highway.settlement_keeps_away"
    assert by_rule(session.answer(known))[rule].outcome != "indeterminate"
    assert by_rule(session.answer(unknown))[rule].measured != ()
