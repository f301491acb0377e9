"""A session reads what does not change once, answers as a check alone does, and holds what it read."""

from __future__ import annotations

import pickle
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from landrules import InputError, check
from landrules.engine.plan import Planner, plan
from landrules.engine.program import ExceptionProgram, Program
from landrules.road import Options, Session

EXAMPLES = Path(__file__).parents[2] / "examples"
QINGXI = EXAMPLES / "qingxi"
SOME = ("b_logistics", "c_livestock", "e_workshop", "k_school_of_2024")


@pytest.fixture(scope="module")
def session() -> Session:
    return Session.open(QINGXI)


def told(session: Session, name: str) -> str:
    return session.check(QINGXI / "proposals" / f"{name}.geojson").to_json()


@pytest.mark.parametrize("name", SOME)
def test_a_session_answers_as_a_check_alone(session: Session, name: str) -> None:
    path = QINGXI / "proposals" / f"{name}.geojson"
    alone = check(path).to_json()
    assert told(session, name) == alone
    assert check(path, workspace=session).to_json() == alone


def test_rules_stated_replace_those_of_a_session(session: Session) -> None:
    path = QINGXI / "proposals" / "c_livestock.geojson"
    only = check(path, workspace=session, rules=["cn.erl"])
    assert "example.qingxi.plan" not in {r.name for r in only.provenance.rulesets}
    assert only == check(path, rules=["cn.erl"])
    assert told(session, "c_livestock") == check(path).to_json()


def test_a_session_sent_to_another_process_answers_the_same(session: Session) -> None:
    arrived = pickle.loads(pickle.dumps(session))
    assert isinstance(arrived, Session)
    assert arrived == session
    assert [told(arrived, name) for name in SOME] == [told(session, name) for name in SOME]


def test_threads_share_a_session(session: Session) -> None:
    asked = [*SOME, *SOME]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda name: told(session, name), asked))
    assert found == [told(session, name) for name in asked]


def test_figures_are_those_of_the_day_the_session_was_opened(tmp_path: Path) -> None:
    """A session that lasts has one state of the accounts; one opened later has the newer."""
    county = tmp_path / "county"
    shutil.copytree(QINGXI, county)
    table = county / "accounts.csv"
    before = Session.open(county)
    table.write_text("\n".join(table.read_text("utf-8").splitlines()[:1]) + "\n", encoding="utf-8")
    after = Session.open(county)
    assert before.accounts
    assert after.accounts == ()
    assert pickle.loads(pickle.dumps(before)).accounts == before.accounts
    table.unlink()
    with pytest.raises(InputError) as raised:
        Session.open(county)
    assert [d.code for d in raised.value.diagnostics] == ["LR560"]


def test_options_of_one_proposal_leave_the_next_alone(session: Session) -> None:
    path = QINGXI / "proposals" / "c_livestock.geojson"
    plain = told(session, "c_livestock")
    other = session.check(path, Options(law_date=date(2020, 1, 1), geometry=False))
    assert other.law_date_source == "option"
    assert other.findings != session.check(path).findings
    assert told(session, "c_livestock") == plain


def shape(program: Program) -> tuple[object, ...]:
    """All of a program that can be compared: what is compiled cannot, but for whose it is."""
    return (
        program.norm.id,
        program.status,
        tuple(b.branch for b in program.branches),
        tuple(tree(x) for x in program.exceptions),
        program.fields,
        program.parcel_facts,
        program.parcel_area,
        program.by_place,
        program.doubtful,
        program.widest,
        program.widest_inner,
    )


def tree(program: ExceptionProgram) -> tuple[object, ...]:
    return program.exception, tuple(tree(x) for x in program.exceptions)


def turning_days(session: Session) -> list[date]:
    """The days on which something of the law begins or ends, and their neighbours."""
    rules = session.rulesets
    periods = [i.period for i in rules.instruments.values()]
    for norm in rules.norms:
        periods += [norm.period, *(b.period for b in norm.branches), *(x.period for x in norm.exceptions)]
    for table in rules.tables.values():
        periods += [row.period for row in table.rows]
    for parameter in rules.parameters.values():
        periods += [period for period, _, _ in parameter.values]
    turns = {day for p in periods for day in (p.start, p.end) if day is not None}
    return sorted({day + timedelta(days=n) for day in turns for n in (-1, 0, 1)})


def test_a_planner_makes_the_plan_of_each_day(session: Session) -> None:
    """One planner asked for every day on which the law turns gives what a plan made for that day alone gives."""
    planner = Planner.of(session.rulesets)
    days = turning_days(session)
    assert len(days) > 20
    for day in days:
        kept, alone = planner.on(day), plan(session.rulesets, day)
        assert [shape(p) for p in kept.programs] == [shape(p) for p in alone.programs]
        assert (kept.law_date, kept.layers, kept.reach, dict(kept.since)) == (
            alone.law_date,
            alone.layers,
            alone.reach,
            dict(alone.since),
        )
        assert planner.on(day) is kept
