"""`landrules rules --tree`: norms with their exceptions below them, as a reader sees them in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from landrules.base.diagnostic import Lang
from landrules.cli.main import main
from landrules.cli.ruletree import drawn_trees
from landrules.rules.load import load_ruleset
from landrules.rules.treelist import trees

HERE = Path(__file__).parent
LEVELS = HERE.parent / "rules" / "levels"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_tree_reads_like_this(lang: Lang, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["rules", "--tree", "--rules", str(LEVELS)], lang) == 0
    shown = capfdbinary.readouterr().out.decode("utf-8")
    assert shown == (HERE / f"rules_tree.{lang}.txt").read_text(encoding="utf-8")


def test_branches_are_boxes_for_a_person_and_plain_signs_elsewhere() -> None:
    nodes = [n for n in trees(load_ruleset([LEVELS])) if n.id == "trial.nation.farmland_line"]
    drawn, plain = (drawn_trees(nodes, "en", boxes=boxes) for boxes in (True, False))
    assert plain.isascii()
    for sign, box in (("|-- ", "├─ "), ("`-- ", "└─ "), ("|   ", "│  ")):
        assert sign in plain
        assert box in drawn
    assert [x.split("  ")[-1] for x in drawn.splitlines() if "trial" in x] == [
        x.split("  ")[-1] for x in plain.splitlines() if "trial" in x
    ]


def test_the_list_names_successors_and_keeps_its_keys(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["rules", "--rules", str(LEVELS), "--format", "json"], "zh") == 0
    listed = json.loads(capfdbinary.readouterr().out)["rules"]
    rows = {row["id"]: row for row in listed}
    wanted = {"id", "title", "level", "effect", "status", "effective_from", "effective_to", "citations"}
    assert all(wanted <= set(row) for row in listed)
    old, new = rows["trial.nation.old_ways"], rows["trial.nation.new_ways"]
    assert old["superseded_by"] == {"rule": new["id"], "since": "2024-01-01"}
    assert new["supersedes"] == [{"rule": old["id"], "since": "2024-01-01"}]
    assert main(["rules", "--rules", str(LEVELS)], "en") == 0
    said = capfdbinary.readouterr().out.decode("utf-8")
    assert "superseded by trial.nation.new_ways since 2024-01-01" in said
    assert "supersedes trial.nation.old_ways since 2024-01-01" in said
