"""A workspace file: what it says, what is wrong with it, word by word where a person can go wrong."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from intake_cases import QINGXI

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.figures import newest
from landrules.base.valuetype import Grade
from landrules.intake.accounts import parse_accounts, read_accounts
from landrules.intake.workspace import find_workspace, load_workspace

HEAD = '[workspace]\nname = "测试"\ncrs = "EPSG:4527"\n'


def refused(tmp_path: Path, text: str) -> list[Diagnostic]:
    """What loading a file with this text is refused for."""
    (tmp_path / "landrules.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_workspace(tmp_path)
    return list(caught.value.diagnostics)


def test_the_example_county() -> None:
    workspace = load_workspace(QINGXI)
    assert (workspace.name, workspace.county, workspace.plane.code) == ("清溪县", "349901", "EPSG:4527")
    assert workspace.rulesets[0] == "cn" and workspace.root == QINGXI
    assert [e.edition for e in workspace.layers["pbf"]] == [date(2022, 11, 30), date(2025, 12, 31)]
    newest_survey = workspace.layers["dltb"][-1]
    assert newest_survey.fields["class"].scheme == "survey" and newest_survey.id_column == "BSM"
    railway = workspace.layers["railway"][0]
    assert railway.source is None and railway.coverage is not None and railway.coverage.beyond_m == 1000
    assert len(workspace.sha256) == 64


def test_a_workspace_is_found_from_below(tmp_path: Path) -> None:
    (tmp_path / "landrules.toml").write_text(HEAD, encoding="utf-8")
    below = tmp_path / "项目 2026" / "a"
    below.mkdir(parents=True)
    (below / "p.geojson").write_text("{}", encoding="utf-8")
    assert find_workspace(below / "p.geojson") == tmp_path.resolve() / "landrules.toml"
    assert find_workspace(below) == tmp_path.resolve() / "landrules.toml"


def test_a_workspace_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_workspace(tmp_path / "nowhere")
    assert [d.code for d in caught.value.diagnostics] == ["LR501"]


def test_an_edition_takes_from_its_layer_what_it_leaves_out(tmp_path: Path) -> None:
    layer = (
        '[layers.dltb]\npath = "a.gpkg"\nid = "BSM"\naccuracy_m = 0.5\nfields = { class = "DLBM" }\n'
        '[[layers.dltb.editions]]\ntable = "B"\nedition = 2025-12-31\n'
        '[[layers.dltb.editions]]\ntable = "A"\nedition = 2023-12-31\nvalid_to = 2025-12-30\nid = "TBBH"\n'
    )
    (tmp_path / "landrules.toml").write_text(HEAD + layer, encoding="utf-8")
    older, newer = load_workspace(tmp_path).layers["dltb"]
    assert (older.edition, older.id_column, older.valid_to) == (date(2023, 12, 31), "TBBH", date(2025, 12, 30))
    assert newer.source is not None and (newer.source.path, newer.source.table) == (tmp_path / "a.gpkg", "B")
    assert (newer.id_column, newer.accuracy_m, newer.fields["class"].column) == ("BSM", 0.5, "DLBM")


def test_tolerances_are_exact_and_signed(tmp_path: Path) -> None:
    review = '[review]\ntolerance = { "cn.pbf.occupation" = { m2 = 0.1, author = "张三" } }\n'
    (tmp_path / "landrules.toml").write_text(HEAD + review, encoding="utf-8")
    (tolerance,) = load_workspace(tmp_path).tolerances.values()
    assert (tolerance.m2, tolerance.author) == (Fraction(1, 10), "张三")


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("[workspace]\ncrs = EPSG", "LR540", ""),
        ("[workspace]\nname = 'x'\n", "LR542", "workspace.crs"),
        (HEAD + '[layers.x]\npaht = "a.gpkg"\n', "LR541", "layers.x.paht"),
        (HEAD + '[layers.x]\npath = "a"\nedition = "2025"\n', "LR543", "layers.x.edition"),
        (HEAD + '[layers.x]\npath = "a"\ncoverage = { kind = "all" }\n', "LR543", "layers.x.coverage"),
        (HEAD + '[layers.x]\npath = "a"\ncoverage = { by = "x" }\n', "LR542", "layers.x.coverage.kind"),
        (HEAD + '[layers.x]\npath = "a"\nfields = { a = { colum = "x" } }\n', "LR542", "layers.x.fields.a.column"),
        (HEAD + '[layers.x]\npath = "a"\nfields = { a = 3 }\n', "LR543", "layers.x.fields.a"),
        (HEAD + '[review]\ntolerance = { "a.b" = { m2 = 1 } }\n', "LR542", "review.tolerance.a.b.author"),
        (HEAD.replace("EPSG:4527", "EPSG:4490"), "LR535", ""),
        (HEAD.replace("EPSG:4527", "city"), "LR522", ""),
        (HEAD + '[layers.x]\nid = "a"\n', "LR544", ""),
        (
            HEAD + '[layers.x]\npath = "a"\n' + "[[layers.x.editions]]\nedition = 2025-01-01\n" * 2,
            "LR554",
            "",
        ),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, code: str, key: str) -> None:
    found = refused(tmp_path, text)
    assert code in [d.code for d in found]
    assert not key or key in [d.args.get("key") for d in found]


def test_an_unknown_key_comes_with_the_nearest(tmp_path: Path) -> None:
    (found,) = refused(tmp_path, HEAD + '[layers.x]\npath = "a"\ncovrage = { kind = "none" }\n')
    assert found.help("en").endswith("the nearest is coverage") and found.help("zh").endswith("最接近的是 coverage")


# --- accounts --------------------------------------------------------------------------------------------------------

ROWS = """region,year,kind,amount,unit,as_of,status
349901,2026,quota_used,31.2700,ha,2026-03-31,example
349901,2026,quota_used,30,ha,2026-01-31,example
349901,2021-2035,cap,320.0,ha,2024-09-12,example
349901,2025,mean_quality,5.2,quality_level,2026-01-31,example
349901,2026,price,72.00,万元/ha,2024-01-01,example
"""


def test_accounts_of_the_example_county() -> None:
    rows = read_accounts(QINGXI / "accounts.csv")
    found = newest(rows, "quota_granted.stock_linkage", "349901", 2026, date(2026, 4, 10))
    assert found is not None and found.amount == 420_000
    assert newest(rows, "quota_granted.stock_linkage", "349901", 2026, date(2026, 1, 30)) is None


def test_the_newest_figure_not_after_the_law_date() -> None:
    rows = parse_accounts(ROWS, "accounts.csv")

    def amount(kind: str, year: int, day: date) -> object:
        row = newest(rows, kind, "349901", year, day)
        return None if row is None else row.amount

    assert amount("quota_used", 2026, date(2026, 3, 31)) == 312_700
    assert amount("quota_used", 2026, date(2026, 3, 30)) == 300_000
    assert amount("quota_used", 2025, date(2026, 3, 30)) is None
    assert amount("cap", 2035, date(2026, 3, 30)) == 3_200_000
    assert amount("cap", 2036, date(2026, 3, 30)) is None
    assert amount("mean_quality", 2025, date(2026, 3, 30)) == Grade("quality_level", Fraction("5.2"))
    assert amount("price", 2026, date(2026, 3, 30)) == 72


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("as_of,", "", "LR561"),
        ("2026-03-31", "2026-03-32", "LR562"),
        ("31.2700", "viel", "LR562"),
        ("31.2700", "NaN", "LR562"),
        ("2021-2035", "2021/35", "LR562"),
        ("2026-03-31,example", "2026-03-31,certain", "LR562"),
        ("2026-01-31,example\n349901,2021", "2026-03-31,example\n349901,2021", "LR563"),
    ],
)
def test_a_wrong_row_is_named(old: str, new: str, code: str) -> None:
    assert old in ROWS
    with pytest.raises(InputError) as caught:
        parse_accounts(ROWS.replace(old, new, 1), "accounts.csv")
    assert {d.code for d in caught.value.diagnostics} == {code}


def test_accounts_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_accounts(tmp_path / "accounts.csv")
    assert [d.code for d in caught.value.diagnostics] == ["LR560"]
