"""Layers: one edition, in the plane, near a proposal; the same from every format; every refusal named."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from intake_cases import QINGXI, scheme

from landrules.base.diagnostic import InputError
from landrules.base.quantity import Dimension
from landrules.base.valuetype import Absence, Code, CodeType, Grade, GradeType, Missing, Simple, ValueType
from landrules.geo.site import AbsentLayer, CoverageKind, Layer
from landrules.intake.formats import gpkg, ogr, read_table
from landrules.intake.layers import open_layer
from landrules.intake.workspace import Workspace, load_workspace
from landrules.rules.model import Bilingual, CodeScheme, LayerField, LayerSchema

DAY = date(2026, 6, 18)
ORIGIN = np.array([39519000.0, 3497500.0, 39519000.0, 3497500.0])


def schema(name: str, /, **fields: ValueType) -> LayerSchema:
    return LayerSchema(name, Bilingual(name, name), {k: LayerField(k, k, t) for k, t in fields.items()})


DLTB = schema(
    "dltb",
    **{
        "class": CodeType("survey"),
        "net_area": Dimension.AREA,
        "slope_grade": Dimension.NUMBER,
        "quality": GradeType("quality_level"),
        "grade": GradeType("grade15"),
    },
)


def opened(workspace: Workspace, of: LayerSchema, schemes: dict[str, CodeScheme], **options: Any) -> Layer:
    layer = open_layer(workspace, of.name, of, schemes, **({"law_date": DAY} | options))
    assert isinstance(layer, Layer)
    return layer


# --- the example county ----------------------------------------------------------------------------------------------


def test_the_survey_around_the_expressway(schemes: dict[str, CodeScheme]) -> None:
    workspace = load_workspace(QINGXI)
    layer = opened(workspace, DLTB, schemes, boxes=ORIGIN + np.array([[0, -139, 670, 81]]))
    assert layer.ids == ("A1", "A10", "A11", "A12", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9")
    row = layer.ids.index("A12")
    assert layer.columns["class"][row] == Code("survey", "0103")
    assert layer.columns["net_area"][row] == Fraction("5699.94")
    assert layer.columns["grade"][row] == Grade("grade15", Fraction(8))
    assert layer.columns["quality"][layer.ids.index("A6")] == Missing("dltb.quality", Absence.NOT_SUPPLIED)
    assert (layer.edition, layer.crs, layer.accuracy_m) == (date(2025, 12, 31), "EPSG:4527", 0.5)
    assert layer.coverage.kind is CoverageKind.REGION and len(layer.sha256) == 64
    assert layer.invalid.size == 0 and layer.notes == ()


def test_the_edition_is_the_newest_not_after_the_day(schemes: dict[str, CodeScheme]) -> None:
    workspace = load_workspace(QINGXI)
    box = ORIGIN + np.array([[0, 0, 1, 1]])
    assert opened(workspace, DLTB, schemes, law_date=date(2025, 12, 30), boxes=box).edition == date(2023, 12, 31)
    assert opened(workspace, DLTB, schemes, data_as_of=date(2024, 1, 1), boxes=box).edition == date(2023, 12, 31)
    early = open_layer(workspace, "dltb", DLTB, schemes, law_date=date(2020, 1, 1))
    assert isinstance(early, AbsentLayer) and early.kind is Absence.UNBOUND
    unbound = open_layer(workspace, "approvals", schema("approvals"), schemes, law_date=DAY)
    assert unbound == AbsentLayer("approvals", Absence.UNBOUND)


def test_none_and_complete_reach_beyond_the_boundary(schemes: dict[str, CodeScheme]) -> None:
    workspace = load_workspace(QINGXI)
    railway = opened(workspace, schema("railway", speed=Dimension.NUMBER), schemes)
    erl = opened(workspace, schema("erl", core=Simple.BOOLEAN), schemes)
    assert railway.coverage.kind is CoverageKind.NONE and erl.coverage.kind is CoverageKind.COMPLETE
    assert railway.ids == () and railway.columns == {"speed": ()}
    county = shapely.bounds(erl.coverage.region)
    assert np.allclose(shapely.bounds(railway.coverage.region) - county, [-1000, -1000, 1000, 1000])
    assert "清溪县交通运输局, 2026-01-08" in railway.coverage.statement
    assert set(erl.columns["core"]) <= {True, False}


def test_the_small_reader_and_gdal_read_the_same() -> None:
    path = QINGXI / "layers" / "qingxi.gpkg"
    assert gpkg.tables(path) == ogr.tables(path)
    boxes = ORIGIN + np.array([[0.0, -139, 670, 81], [3000, 0, 3350, 150]])
    for table in gpkg.tables(path):
        for near in (None, boxes):
            ours, theirs = gpkg.read(path, table, near), ogr.read(path, table, near)
            assert ours.columns == theirs.columns and ours.keys == theirs.keys
            assert shapely.to_wkb(ours.geometry).tolist() == shapely.to_wkb(theirs.geometry).tolist()
            assert str(ours.crs) == str(theirs.crs)


def test_a_spatial_index_is_used_and_changes_nothing(tmp_path: Path) -> None:
    import pyogrio.raw

    copy = tmp_path / "indexed.gpkg"
    source = ogr.read(QINGXI / "layers" / "qingxi.gpkg", "DLTB", None)
    pyogrio.raw.write(
        copy,
        geometry=shapely.to_wkb(source.geometry),
        field_data=[np.array(source.columns["BSM"], dtype=object)],
        fields=["BSM"],
        geometry_type="Polygon",
        crs="EPSG:4527",
        layer="DLTB",
        driver="GPKG",
    )
    with sqlite3.connect(copy) as db:
        assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'rtree_DLTB_geom'").fetchone() == (1,)
    near = ORIGIN + np.array([[0.0, -139, 670, 81]])
    plain = gpkg.read(QINGXI / "layers" / "qingxi.gpkg", "DLTB", near)
    assert gpkg.read(copy, "DLTB", near).columns["BSM"] == plain.columns["BSM"]


# --- small layers of one's own ---------------------------------------------------------------------------------------


def square(x: float, y: float, size: float = 100) -> list[list[list[float]]]:
    return [[[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]]


def county(tmp_path: Path, features: list[dict[str, Any]], binding: str = "", crs: str = "engineering") -> Workspace:
    """A workspace of one GeoJSON layer `zone` in an engineering plane."""
    layer = {"type": "FeatureCollection", "crs": crs, "features": features}
    (tmp_path / "zone.geojson").write_text(json.dumps(layer), encoding="utf-8")
    head = '[workspace]\ncrs = "engineering"\n[layers.zone]\npath = "zone.geojson"\n'
    (tmp_path / "landrules.toml").write_text(head + binding, encoding="utf-8")
    return load_workspace(tmp_path)


def zone(coordinates: Any, kind: str = "Polygon", id_: str = "Z-1", **properties: Any) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": {"code": id_} | properties, "geometry": geometry}


NUMBERS = schema("zone", width=Dimension.LENGTH, name=Simple.TEXT)
IDS = 'id = "code"\n'


def test_features_are_sorted_by_id_whatever_their_order(tmp_path: Path) -> None:
    features = [zone(square(0, 0), id_="B"), zone(square(200, 0), id_="A")]
    workspace = county(tmp_path, features, IDS)
    layer = opened(workspace, schema("zone"), {})
    assert layer.ids == ("A", "B") and shapely.bounds(layer.geometry)[:, 0].tolist() == [200, 0]


def test_an_invalid_feature_becomes_an_uncovered_box(tmp_path: Path) -> None:
    bow = [[[0, 0], [10, 10], [10, 0], [0, 10], [0, 0]]]
    pin = [[[50, 50], [60, 70]]]
    features = [zone(square(200, 0), id_="A"), zone(bow, id_="B"), zone(pin, id_="C"), zone(square(0, 0), id_="D")]
    features[3]["geometry"] = None
    layer = opened(county(tmp_path, features, IDS), schema("zone"), {})
    assert layer.ids == ("A",)
    assert shapely.bounds(layer.invalid).tolist() == [[0, 0, 10, 10], [50, 50, 60, 70]]
    assert [(n.code, n.args["id"]) for n in layer.notes] == [("LR740", "B"), ("LR740", "C"), ("LR742", "D")]


def test_columns_are_typed_with_their_units(tmp_path: Path) -> None:
    features = [
        zone(square(0, 0), id_="A", B=1.5, N="一"),
        zone(square(200, 0), id_="B", B=None),
        zone(square(400, 0), id_="C", B="wide", N=""),
    ]
    binding = IDS + 'fields = { width = { column = "b", unit = "km" }, name = "N" }\n'
    layer = opened(county(tmp_path, features, binding), NUMBERS, {})
    absent, invalid = Absence.NOT_SUPPLIED, Absence.INVALID
    assert layer.columns["width"][0] == Fraction(1500)
    assert [v.kind for v in layer.columns["width"][1:] if isinstance(v, Missing)] == [absent, invalid]
    assert layer.columns["name"] == ("一", Missing("zone.name", absent), Missing("zone.name", absent))
    assert [(n.code, n.args["count"], n.args["found"]) for n in layer.notes] == [("LR741", 1, "wide")]


def test_a_map_translates_what_is_stored_and_leaves_nothing_unsaid(tmp_path: Path) -> None:
    features = [
        zone(square(i * 200, 0), id_=i_, K=k) for i, (i_, k) in enumerate(zip("ABC", ["核心", "", "外"], strict=True))
    ]
    binding = IDS + 'fields = { core = { column = "K", map = { "核心" = true, "" = false } } }\n'
    layer = opened(county(tmp_path, features, binding), schema("zone", core=Simple.BOOLEAN), {})
    true, false, unknown = layer.columns["core"]
    assert (true, false) == (True, False)
    assert isinstance(unknown, Missing) and (unknown.kind, unknown.detail) == (Absence.INVALID, "外")


def test_codes_must_belong_to_their_scheme(tmp_path: Path) -> None:
    features = [zone(square(0, 0), id_="A", K="01"), zone(square(200, 0), id_="B", K="99")]
    binding = IDS + 'fields = { kind = { column = "K", scheme = "zones" } }\n'
    of = schema("zone", kind=CodeType("zones"))
    layer = opened(county(tmp_path, features, binding), of, {"zones": scheme("zones", ["01"])})
    known, unknown = layer.columns["kind"]
    assert known == Code("zones", "01")
    assert isinstance(unknown, Missing) and unknown.kind is Absence.INVALID


@pytest.mark.parametrize(
    ("binding", "of", "code"),
    [
        ('fields = { width = { column = "X", unit = "m" } }\n', NUMBERS, "LR548"),
        ('id = "BSM"\n', NUMBERS, "LR548"),
        ('fields = { widht = { column = "B", unit = "m" } }\n', NUMBERS, "LR549"),
        ('fields = { width = "B" }\n', NUMBERS, "LR555"),
        ('fields = { width = { column = "B", unit = "ha" } }\n', NUMBERS, "LR556"),
        ('fields = { kind = { column = "B", scheme = "other" } }\n', schema("zone", kind=CodeType("zones")), "LR556"),
        ('fields = { kind = "B" }\n', schema("zone", kind=CodeType()), "LR558"),
        ('fields = { kind = { column = "B", system = "x" } }\n', schema("zone", kind=GradeType("grade15")), "LR556"),
        ('coverage = { kind = "district", code = "3499" }\n', NUMBERS, "LR553"),
        ('coverage = { kind = "file", path = "gone.geojson" }\n', NUMBERS, "LR545"),
    ],
)
def test_a_binding_that_does_not_fit_stops(tmp_path: Path, binding: str, of: LayerSchema, code: str) -> None:
    workspace = county(tmp_path, [zone(square(0, 0), B=1)], binding)
    with pytest.raises(InputError) as caught:
        open_layer(workspace, "zone", of, {"zones": scheme("zones", ["1"])}, law_date=DAY)
    assert [d.code for d in caught.value.diagnostics] == [code]


def test_a_wrong_field_map_names_the_columns_there_are(tmp_path: Path) -> None:
    workspace = county(tmp_path, [zone(square(0, 0), B=1)], 'fields = { name = "MC" }\n')
    with pytest.raises(InputError) as caught:
        open_layer(workspace, "zone", NUMBERS, {}, law_date=DAY)
    (found,) = caught.value.diagnostics
    assert found.message("zh") == "图层 zone：字段 name 指定的列“MC”不在文件里"
    assert found.help("en") == "the file has: B, code, id"


def test_a_layer_out_of_date_and_one_never_opened(tmp_path: Path) -> None:
    workspace = county(tmp_path, [], "edition = 2020-01-01\nvalid_to = 2025-12-31\n")
    (tmp_path / "zone.geojson").unlink()
    late = open_layer(workspace, "zone", NUMBERS, {}, law_date=date(2026, 1, 1))
    assert isinstance(late, AbsentLayer) and late.kind is Absence.OUTDATED  # and the file was never asked for
    with pytest.raises(InputError) as caught:
        open_layer(workspace, "zone", NUMBERS, {}, law_date=date(2025, 12, 31))
    assert [d.code for d in caught.value.diagnostics] == ["LR545"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.geojson", b'{"type": "FeatureCollection", "features": [', "LR601"),
        ("a.geojson", b"[]", "LR546"),
        ("a.gpkg", b"SQLite format 3\x00 and then nothing", "LR546"),
        ("a.shp", b"nothing", "LR546"),
        ("a.dwg", b"AC1032", "LR646"),
    ],
)
def test_an_unreadable_layer_is_named(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_table(tmp_path / name, "", None, name)
    (found,) = caught.value.diagnostics
    assert found.code == code and str(tmp_path) not in found.message("en")


def test_the_table_must_be_there_and_chosen() -> None:
    path = QINGXI / "layers" / "qingxi.gpkg"
    for table, code in (("DLTBX", "LR547"), ("", "LR551")):
        with pytest.raises(InputError) as caught:
            read_table(path, table, None, "qingxi.gpkg")
        assert [d.code for d in caught.value.diagnostics] == [code]


def test_a_district_of_the_boundary_is_a_coverage(tmp_path: Path) -> None:
    east = zone(square(0, 0), id_="E", XZQDM="349901100")
    west = zone(square(100, 0), id_="W", XZQDM="349901102")
    layer = {"type": "FeatureCollection", "crs": "engineering", "features": [east, west]}
    (tmp_path / "b.geojson").write_text(json.dumps(layer), encoding="utf-8")
    head = '[workspace]\ncrs = "engineering"\nboundary = { path = "b.geojson" }\n[layers.zone]\npath = "b.geojson"\n'

    def region(code: str) -> list[float]:
        text = head + f'coverage = {{ kind = "district", code = "{code}" }}\n'
        (tmp_path / "landrules.toml").write_text(text, encoding="utf-8")
        found: list[float] = shapely.bounds(
            opened(load_workspace(tmp_path), schema("zone"), {}).coverage.region
        ).tolist()
        return found

    assert region("349901102") == [100, 0, 200, 100] and region("349901") == [0, 0, 200, 100]
    with pytest.raises(InputError) as caught:
        region("35")
    assert [d.code for d in caught.value.diagnostics] == ["LR552"]


def test_a_shapefile_in_gbk_without_a_code_page_is_read_as_gbk(tmp_path: Path) -> None:
    import pyogrio.raw

    path = tmp_path / "地类.shp"
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(np.array([shapely.box(0, 0, 10, 10)], dtype=object)),
        field_data=[np.array(["水田"], dtype=object)],
        fields=["DLMC"],
        geometry_type="Polygon",
        crs="EPSG:4527",
        driver="ESRI Shapefile",
        encoding="GBK",
    )
    path.with_suffix(".cpg").unlink(missing_ok=True)
    data = bytearray(path.with_suffix(".dbf").read_bytes())
    data[29] = 0  # the language byte, which most programs leave empty
    path.with_suffix(".dbf").write_bytes(data)
    table = read_table(path, "", None, path.name)
    assert table.columns["DLMC"] == ("水田",) and table.crs == "EPSG:4527"


def test_a_file_without_a_system_and_a_broken_coverage_stop(tmp_path: Path) -> None:
    bow = [[[0, 0], [10, 10], [10, 0], [0, 10], [0, 0]]]
    workspace = county(tmp_path, [zone(bow)], 'coverage = { kind = "file", path = "zone.geojson" }\n')
    with pytest.raises(InputError) as caught:
        open_layer(workspace, "zone", NUMBERS, {}, law_date=DAY)
    assert [d.code for d in caught.value.diagnostics] == ["LR557"]
    with sqlite3.connect(tmp_path / "a.gpkg") as db:
        db.executescript(
            "CREATE TABLE gpkg_contents (table_name, data_type); INSERT INTO gpkg_contents VALUES ('A', 'features');"
            "CREATE TABLE gpkg_geometry_columns (table_name, column_name, srs_id);"
            "INSERT INTO gpkg_geometry_columns VALUES ('A', 'geom', 0);"
            "CREATE TABLE gpkg_spatial_ref_sys (srs_id, organization, organization_coordsys_id, definition);"
            "CREATE TABLE A (fid INTEGER PRIMARY KEY, geom BLOB);"
        )
    text = '[workspace]\ncrs = "EPSG:4527"\n[layers.zone]\npath = "a.gpkg"\n'
    (tmp_path / "landrules.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        open_layer(load_workspace(tmp_path), "zone", NUMBERS, {}, law_date=DAY)
    assert [d.code for d in caught.value.diagnostics] == ["LR550"]


def test_a_file_that_was_replaced_is_read_again(tmp_path: Path) -> None:
    binding = IDS + 'coverage = { kind = "file", path = "zone.geojson" }\n'
    first = opened(county(tmp_path, [zone(square(0, 0))], binding), schema("zone"), {})
    second = opened(county(tmp_path, [zone(square(0, 0, 250))], binding), schema("zone"), {})
    assert shapely.bounds(first.geometry).tolist() == [[0, 0, 100, 100]]
    assert shapely.bounds(second.geometry).tolist() == [[0, 0, 250, 250]]
    assert shapely.bounds(second.coverage.region).tolist() == [0, 0, 250, 250]
    assert first.sha256 != second.sha256
