"""What tests reach, held against a ruleset whose coverage is known: text in both languages, JSON, and what each test adds."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from landrules.base.diagnostic import Lang
from landrules.lang.tree import Test as RuleTest
from landrules.trial import coverage, coverage_record, json_text, told_coverage, told_results, trials
from landrules.trial.coverage import Coverage, Item
from landrules.trial.run import Trials

CASES = Path(__file__).parent / "cases"
KNOWN, BESIDE = CASES / "known.rules", CASES / "beside.rules"


def run(*paths: Path, title: str = "") -> Trials:
    return trials(paths, CASES, title=title, watched=True)


def reached(*paths: Path) -> Coverage:
    return coverage(run(*paths))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_is_told_in_both_languages(lang: Lang) -> None:
    found = run(KNOWN)
    rows = (*told_results(found.results, lang), *told_coverage(coverage(found), lang))
    assert "".join(f"{row}\n" for row in rows) == (CASES / f"known.{lang}.txt").read_text(encoding="utf-8")


def test_is_written_as_json() -> None:
    record = json_text(coverage_record(reached(KNOWN)))
    assert record == (CASES / "known.json").read_text(encoding="utf-8")
    assert record == json_text(coverage_record(reached(KNOWN)))


def test_json_names_everything_that_the_counts_count() -> None:
    record = json.loads((CASES / "known.json").read_text(encoding="utf-8"))
    items = record["items"]
    assert {k: (v["seen"], v["of"]) for k, v in record["kinds"].items()} == {
        kind: (sum(i["seen"] for i in items if i["kind"] == kind), sum(1 for i in items if i["kind"] == kind))
        for kind in record["kinds"]
    }
    assert record["total"]["of"] == len(items)
    assert all(("message" in i) is not i["seen"] for i in items)
    assert all(("day" in i) is (i["kind"] == "date_edge") for i in items)


def key(item: Item) -> tuple[str, str, str, date | None]:
    return (item.kind, item.name.en, item.what, item.day)


SCHOOL = {
    ("date_edge", "the rule orchard_kept", "first_day", date(2020, 1, 1)),
    ("exception", "public_school", "lifts", None),
    ("exception", "disputed", "does_not_lift", None),
}


@pytest.mark.parametrize(
    ("title", "lost"),
    [
        ("A school in an orchard", SCHOOL),
        (
            "A factory in an orchard",
            {("exception", "public_school", "does_not_lift", None)},
        ),
        (
            "A house by the main road",
            {
                ("norm", "road_distance", "judged", None),
                ("branch", "prohibits buildings", "applied", None),
                ("table_row", "row road_class:main gives 20 m", "read", None),
            },
        ),
        ("The orchard layer is not bound: an exception held possible was not tested", set()),
        ("Only the decision is expected: that shows nothing of one rule", set()),
    ],
)
def test_a_test_taken_away_takes_what_it_alone_reached(
    title: str, lost: set[tuple[str, str, str, date | None]], tmp_path: Path
) -> None:
    whole = run(KNOWN)
    (document,) = whole.loaded.asked
    (gone,) = (i for i in document.items if isinstance(i, RuleTest) and i.text.en == title)
    text = document.source.text
    shorter = tmp_path / "known.rules"
    shorter.write_text(text[: gone.span.start] + text[gone.span.end :], encoding="utf-8")
    before = {key(i) for i in coverage(whole).items if i.seen}
    after = {key(i) for i in reached(shorter).items if i.seen}
    assert (before - after, after - before) == (lost, set())


def test_only_what_the_asked_files_declare_counts() -> None:
    assert reached(BESIDE).items == ()
    assert reached(BESIDE).count().percent == "100.0"
    alone, both = reached(KNOWN), reached(KNOWN, BESIDE)
    assert [key(i) for i in both.items] == [key(i) for i in alone.items]
    gained = {key(i) for i in both.items if i.seen} - {key(i) for i in alone.items if i.seen}
    assert gained == {("norm", "forgotten", "judged", None), ("branch", "refers", "applied", None)}


def test_only_tests_with_the_title_asked_for_are_run() -> None:
    assert [r.title_en for r in run(KNOWN, title="果园").results] == [
        r.title_en for r in run(KNOWN, title="ORCHARD").results
    ]
    assert len(run(KNOWN, title="orchard").results) == 3
    assert run(KNOWN, title="no such test").results == ()


def test_nothing_is_recorded_when_nobody_asks() -> None:
    assert trials([KNOWN], CASES).observations == ()
    assert trials([KNOWN], CASES).results == run(KNOWN).results
