"""Two editions of one layer whose edges were drawn anew: what left by decimetres may not have left, and that is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake.test_departed import RULES, bind, box, proposal, write

from landrules import check
from landrules.engine.report import Report

RULE = "example.left.recently_reserved"


def checked(folder: Path, east: float, *, accuracy: str = "accuracy_m = 0.5\n", hole: bool = False) -> Report:
    """The older edition reaches 100 m east, the newer one `east`; with `hole` a patch of it is gone besides."""
    (folder / "left.rules").write_text(RULES, encoding="utf-8")
    write(folder / "old.geojson", box("A", 0, 0, 100, 100))
    parts = [box("A", 0, 0, east, 60), box("B", 0, 80, east, 100)] if hole else [box("A", 0, 0, east, 100)]
    write(folder / "new.geojson", *parts)
    editions = ("old.geojson", "edition = 2022-12-31"), ("new.geojson", "edition = 2024-12-31")
    bind(folder, *editions, rules='"left.rules"')
    toml = folder / "landrules.toml"
    toml.write_text(toml.read_text("utf-8").replace('id = "id"\n', f'id = "id"\n{accuracy}'), encoding="utf-8")
    return check(proposal(box("P1", 50, 50, 150, 90)), workspace=folder)


def told(found: Report) -> list[str]:
    """The lines about edges."""
    return [q.code for q in found.data_quality if q.code >= "LR750"]


@pytest.mark.parametrize(("east", "expected"), [(99.7, ["LR762", "LR750"]), (97.0, [])])
def test_slivers_between_editions_may_be_nothing_but_drawing(tmp_path: Path, east: float, expected: list[str]) -> None:
    """Both edges are accurate to half a metre: 0.3 m between them may be none, 3 m are some."""
    found = checked(tmp_path, east)
    assert {f.rule: f.outcome for f in found.findings}[RULE] == "deny"  # it may have left, and stays counted
    assert told(found) == expected


def test_what_left_beside_slivers_is_certain_and_how_much_is_sliver_is_told(tmp_path: Path) -> None:
    """A sliver of 0.3 m by 10 m, and 20 m by 49.7 m and more that are gone for good: those the deny rests on."""
    found = checked(tmp_path, 99.7, hole=True)
    assert {f.rule: f.outcome for f in found.findings}[RULE] == "deny"
    assert told(found) == []  # the sliver hangs together with the patch that left


def test_slivers_apart_from_what_left_are_told_by_their_own_area(tmp_path: Path) -> None:
    (tmp_path / "left.rules").write_text(RULES, encoding="utf-8")
    write(tmp_path / "old.geojson", box("A", 0, 0, 100, 100), box("C", 120, 0, 140, 100))
    write(tmp_path / "new.geojson", box("A", 0, 0, 99.7, 100))
    bind(
        tmp_path, ("old.geojson", "edition = 2022-12-31"), ("new.geojson", "edition = 2024-12-31"), rules='"left.rules"'
    )
    toml = tmp_path / "landrules.toml"
    toml.write_text(toml.read_text("utf-8").replace('id = "id"\n', 'id = "id"\naccuracy_m = 0.5\n'), encoding="utf-8")
    found = check(proposal(box("P1", 50, 50, 150, 90)), workspace=tmp_path)
    (line,) = (q for q in found.data_quality if q.code >= "LR750")
    assert line.code == "LR762"
    assert "of the 812.00 m² of" in line.text.en and "12.00 m² in 1 part(s)" in line.text.en
    assert "812.00 平方米" in line.text.zh and "12.00 平方米（1 处）" in line.text.zh


def test_editions_of_unknown_accuracy_say_nothing(tmp_path: Path) -> None:
    assert told(checked(tmp_path, 99.7, accuracy="")) == []
