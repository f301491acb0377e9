"""Four levels in one run: rights, exceptions to exceptions, groups, fills, successors and rivals, told as trials."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from landrules.engine.plan import plan
from landrules.rules.load import load_ruleset, read_rulesets
from landrules.rules.standing import Supersession
from landrules.trial import TrialResult, run_tests

FOLDER = Path(__file__).parent / "levels"
RESULTS = [pytest.param(r, id=f"county-{r.line}") for r in run_tests([FOLDER / "county.rules"])]
HEAD = 'ruleset {name} {{ level {level}  version "1" }}\n'
LAW = 'instrument law { title zh "法" en "Law"  effective from 2000-01-01 }\n'
CITED = "cites law article 1  example  "


@pytest.mark.parametrize("result", RESULTS)
def test_four_levels_come_out_as_the_story_says(result: TrialResult) -> None:
    wrong = [en for _, en in result.failures] + [d.message("en") for d in result.diagnostics]
    assert result.passed, f"{result.title_en} (line {result.line}): {'; '.join(wrong)}"


def test_the_lowest_fill_stands_first_and_each_names_its_level() -> None:
    rules = load_ruleset([FOLDER / "county.rules"])
    parameter = rules.parameters["trial.nation.plot_limit"]
    assert [(f.id, f.level, str(f.period)) for f in parameter.fills] == [
        ("trial.city.plot_of_the_city", "municipal", "2023-01-01/2024-12-31"),
        ("trial.province.plot_of_the_province", "provincial", "2022-01-01/2023-12-31"),
        ("trial.province.plot_of_the_province", "provincial", "2024-01-01/"),
    ]
    assert [v for _, v, _ in parameter.values] == [Fraction(200), Fraction(300), Fraction(250)]
    assert (parameter.low, parameter.high, parameter.filled_by) == (Fraction(100), Fraction(500), "provincial")


def test_successor_and_predecessor_name_each_other() -> None:
    norms = {n.id: n for n in load_ruleset([FOLDER / "county.rules"]).norms}
    old, new = norms["trial.nation.old_ways"], norms["trial.nation.new_ways"]
    assert old.standing.superseded == Supersession(new.id, date(2024, 1, 1))
    assert new.standing.supersedes == (Supersession(old.id, date(2024, 1, 1)),)
    assert old.period.end == date(2023, 12, 31)


def test_an_exception_to_a_group_hangs_under_every_member_with_each_of_its_parts() -> None:
    norms = {n.id: n for n in load_ruleset([FOLDER / "county.rules"]).norms}
    for own in ("trial.nation.farmland_line", "trial.nation.shore_line"):
        parts = [x for x in norms[own].exceptions if x.id == "trial.nation.crossing"]
        assert [(str(p.period), p.refers) for p in parts] == [
            ("2021-01-01/2023-12-31", True),
            ("2024-01-01/", False),
        ]


def warned(folder: Path, text: str, level: str = "national") -> list[str]:
    """The codes of warnings in a ruleset of one file."""
    (folder / "one.rules").write_text(HEAD.format(name="t.one", level=level) + LAW + text, encoding="utf-8")
    loaded = read_rulesets(["one.rules"], folder)
    assert loaded.ruleset is not None, [d.render("en") for d in loaded.diagnostics]
    return [d.code for d in loaded.diagnostics]


def test_an_exception_of_a_norm_that_never_denies_is_warned_of(tmp_path: Path) -> None:
    norm = (
        f"rule soft {{ {CITED} effective from 2020-01-01  refers except small {{ when area of proposal < 1 ha }} }}\n"
    )
    other = f"exception tiny to soft {{ {CITED} when area of proposal < 1 m2 }}\n"
    assert warned(tmp_path, norm + other) == ["LR450", "LR450"]


def test_a_norm_that_is_superseded_before_it_begins_is_warned_of_and_never_speaks(tmp_path: Path) -> None:
    text = (
        f"rule late {{ {CITED} effective from 2030-01-01  requires area of proposal < 1 ha }}\n"
        f"rule new {{ {CITED} effective from 2025-01-01  supersedes late  requires area of proposal < 2 ha }}\n"
    )
    assert warned(tmp_path, text) == ["LR448"]
    rules = load_ruleset(["one.rules"], tmp_path)
    for day in (date(2024, 1, 1), date(2025, 1, 1), date(2030, 1, 1), date(2040, 1, 1)):
        assert "t.one.late" not in [p.norm.id for p in plan(rules, day).programs]


def test_two_provinces_cannot_both_fill(tmp_path: Path) -> None:
    nation = HEAD.format(name="t.nation", level="national") + "parameter width length { filled by province }\n"
    (tmp_path / "nation.rules").write_text(nation, encoding="utf-8")
    for name in ("east", "west"):
        fill = f"fill {name}_width for t.nation.width {{ {CITED} value 5 m }}\n"
        text = HEAD.format(name=f"t.{name}", level="provincial") + "import t.nation\n" + LAW + fill
        (tmp_path / f"{name}.rules").write_text(text, encoding="utf-8")
    assert load_ruleset(["east.rules"], tmp_path).parameters["t.nation.width"].fills[0].id == "t.east.east_width"
    found = read_rulesets(["east.rules", "west.rules"], tmp_path).diagnostics
    assert [(d.code, str(d.args["own_at"]), str(d.args["other_at"])) for d in found] == [
        ("LR456", "west.rules:4:69", "east.rules:4:69")
    ]


def test_the_same_level_may_except_and_a_lower_one_may_tighten_an_exception(tmp_path: Path) -> None:
    nation = (
        HEAD.format(name="t.nation", level="national")
        + LAW
        + f"rule big {{ {CITED} effective from 2020-01-01  requires area of proposal < 1 ha\n"
        + "  except urgent { when proposal.is_temporary } }\n"
    )
    (tmp_path / "nation.rules").write_text(nation, encoding="utf-8")
    for name, level, target in (("peer", "national", "big"), ("county", "county", "big.urgent")):
        own = f"exception own to t.nation.{target} {{ {CITED} when proposal.crosses_districts }}\n"
        text = HEAD.format(name=f"t.{name}", level=level) + "import t.nation\n" + LAW.replace("law", f"{name}_law")
        (tmp_path / f"{name}.rules").write_text(text + own.replace("law", f"{name}_law"), encoding="utf-8")
    (norm,) = load_ruleset(["peer.rules", "county.rules"], tmp_path).norms
    assert [(x.id, [y.id for y in x.exceptions]) for x in norm.exceptions] == [
        ("t.nation.big.urgent", ["t.county.own"]),
        ("t.peer.own", []),
    ]


def test_a_cell_of_a_use_control_may_leave_a_use_to_a_person(tmp_path: Path) -> None:
    text = (
        'scheme zone_kind { code farm zh "农" en "Farm" }\n'
        'scheme use { code home zh "住" en "Home"  code field zh "田" en "Field" }\n'
        "layer zoning { field zone code of zone_kind }\n"
        f"use control zones on zoning by zone for parcel.use_after {{ {CITED} effective from 2020-01-01  uncovered refer\n"
        "  zone zone_kind:farm { permits use:field  restricts use:home { refers } } }\n"
        'test zh "住" en "A home" { on 2025-01-01\n'
        "  parcel P1 square 10 m at (0, 0) { use_after = use:home }\n"
        "  feature zoning Z square 10 m at (0, 0) { zone = zone_kind:farm }\n"
        "  expect zones refer }\n"
    )
    assert warned(tmp_path, text) == []
    assert [r.failures for r in run_tests(["one.rules"], tmp_path)] == [()]


def test_unverified_fills_are_passed_over_as_if_they_were_not_there(tmp_path: Path) -> None:
    """The nation's own 10 m² would deny what the unverified 20 m² of the province allows: a person decides."""
    (tmp_path / "nation.rules").write_text(
        HEAD.format(name="t.nation", level="national")
        + LAW
        + f"parameter most area {{ filled by province  value 10 m2  {CITED} }}\n"
        + f"rule small {{ {CITED} effective from 2020-01-01  requires area of proposal <= most }}\n",
        encoding="utf-8",
    )
    (tmp_path / "east.rules").write_text(
        HEAD.format(name="t.east", level="provincial")
        + "import t.nation\n"
        + LAW.replace("instrument law", "instrument order")
        + "fill more for t.nation.most { value 20 m2  cites order article 1  unverified }\n"
        + 'test zh "十五" en "Fifteen" { on 2025-01-01  parcel P rectangle 3 m by 5 m at (0, 0)  expect t.nation.small refer }\n'
        + 'test zh "五" en "Five" { on 2025-01-01  parcel P rectangle 1 m by 5 m at (0, 0)  expect t.nation.small permit }\n',
        encoding="utf-8",
    )
    assert [r.failures for r in run_tests(["east.rules"], tmp_path)] == [(), ()]
