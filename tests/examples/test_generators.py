"""The example counties are what their committed generators make, and their numbers are the ones the dossiers rest on."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyproj
import pytest
import shapely

ROOT = Path(__file__).parents[2]
QINGXI = ROOT / "examples" / "qingxi"
MINNEAPOLIS = ROOT / "examples" / "minneapolis"
ORIGIN = np.array([39_519_000, 3_497_500])

LISTED = {
    "A1": (101999.08, 101999.08), "A2": (999.99, 999.99), "A3": (679.99, 679.99), "A4": (4799.96, 4799.96),
    "A5": (4999.95, 4999.95), "A6": (47999.55, 47999.55), "A7": (9599.91, 9599.91), "A8": (15999.85, 15999.85),
    "A9": (5999.94, 5999.94), "A10": (1999.98, 1999.98), "A11": (2999.97, 2999.97), "A12": (5999.94, 5699.94),
    "R1": (12599.90, 12347.90), "B1": (4999.94, 4999.94), "B2": (7999.90, 7999.90), "B3": (999.99, 999.99),
    "B4": (2099.97, 2099.97), "B5": (10899.87, 10899.87), "B6": (13499.84, 13499.84), "B7": (11999.85, 11999.85),
    "C1": (93749.33, 93749.33), "C2": (5699.96, 5699.96), "C3": (4799.97, 4799.97), "C4": (1199.99, 1199.99),
    "D1": (1199.99, 1199.99), "D2": (719.99, 719.99), "E1": (11999.85, 11999.85), "E2": (63999.21, 63999.21),
}  # fmt: skip
"""Gross and net area of the dossiers' patches, computed apart from this project with the survey formula."""


PUBLISHED = {
    "districts": "153f67bc85ece407a034c0e40c7485288113382bf26b30f1f1259ccb5425cfa5",
    "Flood Plain": "9e80dea36e1d6e49a2f348a457259b0e5ca248e9310bd868a87e76362d5aacbc",
    "Shoreland": "470c047fd00231562050fa3c0d065f09473b6a56cce0b58aaccd0aa9b118f1c9",
}
"""SHA-256 of the outlines (WKB) of the clip's features, taken from the city's own files."""


def run(script: Path, *arguments: str | Path) -> None:
    """Run a generator as a user does, with this tree's package in reach."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, str(script), *map(str, arguments)], check=True, env=environment, cwd=ROOT)


def tables(path: Path) -> dict[str, tuple[list[str], list[bytes], list[list[Any]]]]:
    """Every table of a file: its field names, its geometries in order, its columns in order."""
    found = {}
    for name, _ in pyogrio.list_layers(path):
        meta, _, geometry, columns = pyogrio.raw.read(path, layer=name)
        values = [[None if value != value else value for value in column.tolist()] for column in columns]
        found[name] = (list(meta["fields"]), list(geometry), values)
    return found


def size_of(folder: Path) -> int:
    """Bytes of the folder's own files; what tools leave behind (caches) is not part of it."""
    inside = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    own = [path for path in inside if not any(part.startswith((".", "__")) for part in path.parts)]
    return sum((folder / path).stat().st_size for path in own)


@pytest.fixture(scope="module")
def remade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("qingxi")
    run(QINGXI / "make_qingxi.py", folder)
    run(QINGXI / "make_proposals.py", folder)
    return folder


def read(table: str, columns: list[str]) -> tuple[Any, ...]:
    _, _, geometry, data = pyogrio.raw.read(QINGXI / "layers" / "qingxi.gpkg", layer=table, columns=columns)
    return (shapely.from_wkb(geometry), *data)


def test_the_committed_layers_are_what_the_generator_makes(remade: Path) -> None:
    committed, made = tables(QINGXI / "layers" / "qingxi.gpkg"), tables(remade / "layers" / "qingxi.gpkg")
    assert list(committed) == list(made)
    for name, table in committed.items():
        assert table == made[name], name


def test_two_runs_write_the_same_bytes(remade: Path, tmp_path: Path) -> None:
    run(QINGXI / "make_qingxi.py", tmp_path)
    first, second = (
        hashlib.sha256((folder / "layers" / "qingxi.gpkg").read_bytes()).hexdigest() for folder in (remade, tmp_path)
    )
    assert first == second


def test_the_committed_proposals_are_what_the_generator_makes(remade: Path) -> None:
    made = sorted((remade / "proposals").glob("*.geojson"))
    assert len(made) == 17
    for path in made:
        assert (QINGXI / "proposals" / path.name).read_bytes() == path.read_bytes(), path.name


def test_listed_patches_have_the_survey_areas_of_the_dossiers() -> None:
    _, ids, gross, net = read("DLTB", ["BSM", "TBMJ", "TBDLMJ"])
    found = {i: (g, n) for i, g, n in zip(ids, gross, net, strict=True)}
    assert {i: found[i] for i in LISTED} == LISTED


def test_the_filler_is_gap_free_and_keeps_away_from_the_listed_ground() -> None:
    shapes, ids = read("DLTB", ["BSM"])
    listed = np.array([not i.startswith("349901T") for i in ids])
    filler = shapes[~listed]
    assert len(filler) > 2000
    assert shapely.coverage_is_valid(filler)
    mesh = shapely.box(*shapely.total_bounds(filler))
    assert shapely.area(filler).sum() == pytest.approx(mesh.area, abs=0.01)
    assert shapely.distance(shapes[listed], mesh).min() >= 300
    for table in ("GHFQ", "GHYDYH", "STBHHX", "CZKFBJ", "JSYDGZQ", "forest", "highway", "river_scope", "power_line"):
        drawn = read(table, [])[0]
        for shape in drawn[~shapely.intersects(drawn, mesh)]:
            assert mesh.distance(shape) >= 300, table


def test_declared_coverage_is_the_union_of_what_is_drawn() -> None:
    for table, coverage in (("DLTB", "DLTB_COVERAGE"), ("GHFQ", "GHFQ_COVERAGE"), ("GHYDYH", "GHYDYH_COVERAGE")):
        drawn = shapely.union_all(read(table, [])[0])
        (declared,) = read(coverage, [])[0]
        assert shapely.is_valid(declared)
        assert shapely.symmetric_difference(drawn, declared).area < 0.01, table


def test_the_folder_stays_small() -> None:
    assert size_of(QINGXI) <= 2_000_000


# ---- the proposals against the layers


def proposals() -> dict[str, dict[str, Any]]:
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((QINGXI / "proposals").glob("*.geojson"))
    }


def ground(document: dict[str, Any], feature: dict[str, Any]) -> Any:
    """The ground of a feature in EPSG:4527: lines widened with flat ends, points as squares."""
    shape = shapely.from_geojson(json.dumps(feature["geometry"]))
    if "crs" not in document:
        to_plane = pyproj.Transformer.from_crs("EPSG:4490", "EPSG:4527", always_xy=True).transform
        shape = shapely.transform(shape, lambda points: np.column_stack(to_plane(*points.T)))
    properties = feature["properties"]
    if shape.geom_type == "LineString":
        return shape.buffer(properties["width_m"] / 2, cap_style="flat", join_style="mitre")
    if shape.geom_type == "Point":
        half = properties["footprint_m2"] ** 0.5 / 2
        return shapely.box(shape.x - half, shape.y - half, shape.x + half, shape.y + half)
    return shape


def parcels(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [feature for feature in document["features"] if feature["properties"].get("role") != "building"]


@pytest.mark.parametrize("name", sorted(proposals()))
def test_declared_areas_follow_the_geometry(name: str) -> None:
    document = proposals()[name]
    total = 0.0
    for feature in parcels(document):
        properties = feature["properties"]
        area = ground(document, feature).area / 10_000
        total += properties["area_ha"]
        assert properties["area_ha"] == pytest.approx(area, abs=5e-7), feature["id"]
        classes = sum(part["area_ha"] for part in properties["land_classes"])
        assert classes == pytest.approx(properties["area_ha"], abs=1e-9), feature["id"]
    table = document["proposal"]["land_table"]
    assert table["total"] == pytest.approx(total, abs=1e-9)
    assert table["agricultural"] + table["construction"] + table["unused"] == pytest.approx(total, abs=1e-9)
    assert table["collective"] + table.get("state", 0) == pytest.approx(total, abs=1e-9)


@pytest.mark.parametrize("name", sorted(set(proposals()) - {"j_workshop_beyond_survey"}))
def test_declared_classes_follow_the_survey_and_the_corrections(name: str) -> None:
    document = proposals()[name]
    shapes, classes = read("DLTB", ["DLBM"])
    measured: dict[str, float] = {}
    declared: dict[str, float] = {}
    for feature in parcels(document):
        pieces = shapely.area(shapely.intersection(shapes, ground(document, feature))) / 10_000
        for code, area in zip(classes[pieces > 0], pieces[pieces > 0], strict=True):
            measured[code] = measured.get(code, 0) + area
        for part in feature["properties"]["land_classes"]:
            code = "0103" if part["code"] == "1203" else part["code"]  # the ridge of A12 is declared apart
            declared[code] = declared.get(code, 0) + part["area_ha"]
    for correction in document["proposal"].get("corrections", []):
        measured[correction["from"]["code"]] -= correction["area_ha"]
        measured[correction["to"]["code"]] += correction["area_ha"]
    assert {c: a for c, a in measured.items() if a > 1e-6} == pytest.approx(declared, abs=1e-6)


MEASURED_IN_THE_DOSSIERS = (
    ("a_expressway", "YJJBNTTB_2025", 12000),
    ("a_expressway", "STBHHX", 2040),
    ("a_expressway", "forest", 4000),
    ("b_logistics", "forest", 8000),
    ("b_logistics", "YJJBNTTB_2025", 0),
    ("c_livestock", "YJJBNTTB_2025", 300),
    ("c_livestock_moved", "YJJBNTTB_2025", 0),
    ("d_village_road", "STBHHX", 0),
    ("e_workshop", "highway", 0),
    ("f_factory_on_farmland", "YJJBNTTB_2025", 10000),
    ("i_estate_outside_boundary", "CZKFBJ", 0),
)


@pytest.mark.parametrize(("name", "table", "area"), MEASURED_IN_THE_DOSSIERS)
def test_the_filler_changes_no_overlay_of_a_dossier(name: str, table: str, area: float) -> None:
    document = proposals()[name]
    site = shapely.union_all([ground(document, feature) for feature in parcels(document)])
    overlap = shapely.area(shapely.intersection(shapely.union_all(read(table, [])[0]), site))
    assert overlap == pytest.approx(area, abs=0.01)


def test_strips_are_as_wide_as_the_dossiers_say() -> None:
    lines, roads = read("power_line", [])[0], read("highway", [])[0]
    found = proposals()

    def nearest(name: str, shapes: Any, role: str) -> float:
        features = [f for f in found[name]["features"] if f["properties"].get("role", "parcel") == role]
        return min(float(shapely.distance(shapes, ground(found[name], f)).min()) for f in features)

    assert nearest("b_logistics", lines, "parcel") == pytest.approx(4, abs=1e-3)
    assert nearest("b_logistics_cleared", lines, "parcel") == pytest.approx(14, abs=1e-3)
    assert nearest("e_workshop", roads, "building") == pytest.approx(12)
    assert nearest("e_workshop_moved", roads, "building") == pytest.approx(20)


def test_the_workspace_binds_tables_and_fields_that_exist() -> None:
    workspace = tomllib.loads((QINGXI / "landrules.toml").read_text(encoding="utf-8"))
    names = {name: list(table[0]) for name, table in tables(QINGXI / "layers" / "qingxi.gpkg").items()}
    bound = set()
    for layer, entry in workspace["layers"].items():
        editions = entry.get("editions", [entry] if "table" in entry else [])
        assert editions or entry["coverage"]["kind"] == "none", layer
        columns = [field["column"] for field in entry.get("fields", {}).values()]
        for edition in editions:
            bound.add(edition["table"])
            assert {entry["id"], *columns} <= set(names[edition["table"]]), layer
        if entry["coverage"]["kind"] == "file":
            bound.add(entry["coverage"]["table"])
    assert bound == set(names)


# ---- the clip of Minneapolis


def clipped(path: str, table: str) -> tuple[list[str], Any, list[Any]]:
    meta, _, geometry, columns = pyogrio.raw.read(MINNEAPOLIS / "layers" / path, layer=table)
    return list(meta["fields"]), geometry, list(columns)


def rebuilt_source(folder: Path) -> Path:
    """A source folder made of the committed clip and of the one district that lies beyond the window."""
    fields, geometry, columns = clipped("zoning.gpkg", "districts")
    far = json.loads((MINNEAPOLIS / "proposals" / "e_outside_window.geojson").read_text(encoding="utf-8"))["features"][
        0
    ]
    far_id = int(far["properties"]["parcel_name"].split()[1])
    features = [
        {"type": "Feature", "properties": dict(zip(fields, row, strict=True)), "geometry": json.loads(shape)}
        for shape, *row in zip(
            shapely.to_geojson(shapely.from_wkb(geometry)), *(column.tolist() for column in columns), strict=True
        )
    ]
    features.append(
        {"type": "Feature", "properties": {"OBJECTID": far_id, "ZONE_CODE": "C1"}, "geometry": far["geometry"]}
    )
    collection = {"type": "FeatureCollection", "features": features}
    (folder / "Planning_Primary_Zoning.geojson").write_text(json.dumps(collection), encoding="utf-8")
    shutil.copyfile(MINNEAPOLIS / "layers" / "overlays.gpkg", folder / "Zoning_Overlays.gpkg")
    shutil.copyfile(MINNEAPOLIS / "LICENSE-CC0.txt", folder / "LICENSE-CC0.txt")
    return folder


def test_the_clip_of_the_clip_is_the_clip(tmp_path: Path) -> None:
    source, made = tmp_path / "source", tmp_path / "made"
    source.mkdir()
    run(MINNEAPOLIS / "make_minneapolis.py", rebuilt_source(source), made)
    for name in ("zoning.gpkg", "overlays.gpkg"):
        assert tables(made / "layers" / name) == tables(MINNEAPOLIS / "layers" / name), name
    for path in (MINNEAPOLIS / "proposals").glob("*.geojson"):
        assert path.read_bytes() == (made / "proposals" / path.name).read_bytes(), path.name


def test_the_clip_keeps_the_published_bytes_of_every_outline() -> None:
    found = {}
    for path, table in (("zoning.gpkg", "districts"), ("overlays.gpkg", "Flood Plain"), ("overlays.gpkg", "Shoreland")):
        _, geometry, _ = clipped(path, table)
        found[table] = hashlib.sha256(b"".join(geometry)).hexdigest()
    assert found == PUBLISHED


def test_districts_that_the_city_published_invalid_stay_invalid() -> None:
    _, geometry, columns = clipped("zoning.gpkg", "districts")
    shapes = shapely.from_wkb(geometry)
    assert columns[0][~shapely.is_valid(shapes)].tolist() == [906, 926, 1318, 1340, 1678]


def test_the_proposals_of_the_clip_stand_where_their_readme_says() -> None:
    read_shape = {
        path.stem: shapely.from_geojson(
            json.dumps(json.loads(path.read_text(encoding="utf-8"))["features"][0]["geometry"])
        )
        for path in (MINNEAPOLIS / "proposals").glob("*.geojson")
    }
    (window,) = shapely.from_wkb(clipped("zoning.gpkg", "window")[1])
    flood = shapely.union_all(shapely.from_wkb(clipped("overlays.gpkg", "Flood Plain")[1]))
    shore = shapely.union_all(shapely.from_wkb(clipped("overlays.gpkg", "Shoreland")[1]))
    _, geometry, columns = clipped("zoning.gpkg", "districts")
    invalid = shapely.make_valid(shapely.from_wkb(geometry)[columns[0] == 1340][0])
    shares = {name: flood.intersection(shape).area / shape.area for name, shape in read_shape.items()}
    assert [name for name, shape in read_shape.items() if not window.covers(shape)] == ["e_outside_window"]
    assert not window.intersects(read_shape["e_outside_window"])
    assert {name for name, share in shares.items() if share > 0} == {"a_flood_plain_homes"}
    assert shares["a_flood_plain_homes"] == pytest.approx(0.25, abs=0.01)
    in_shore = shore.intersection(read_shape["b_shoreland_flats"]).area / read_shape["b_shoreland_flats"].area
    assert in_shore == pytest.approx(0.65, abs=0.01)
    assert invalid.intersects(read_shape["d_beside_invalid_district"])


def test_the_clip_stays_small_and_carries_its_licence() -> None:
    assert size_of(MINNEAPOLIS) <= 1_500_000
    assert "CC0 1.0 Universal" in (MINNEAPOLIS / "LICENSE-CC0.txt").read_text(encoding="utf-8")
