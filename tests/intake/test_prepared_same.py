"""A prepared layer gives what its source gives: every layer of the examples, whole reports, faults, refusals."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from intake_cases import QINGXI, ROOT

from landrules import check
from landrules.base.diagnostic import InputError
from landrules.geo.cut import outside_coverage
from landrules.geo.ground import Ground
from landrules.geo.kernel import FloatArray, is_within
from landrules.geo.site import Coverage, Layer, Parcel, Plane, Role
from landrules.geo.strips import within_uncovered
from landrules.intake import prepared
from landrules.intake.around import Around
from landrules.intake.coverage import coverage_of
from landrules.intake.layers import edition_around, open_edition
from landrules.intake.workspace import Edition, Workspace, load_workspace
from landrules.render.options import Options
from landrules.render.renderers import BY_NAME
from landrules.rules.load import load_ruleset
from landrules.rules.model import Bilingual, LayerSchema, RuleSet

MINNEAPOLIS = ROOT / "examples" / "minneapolis"
ENGINEERING = Plane("engineering")


@pytest.fixture
def source_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Call something with no store kept anywhere."""

    def call(what: Any) -> Any:
        with monkeypatch.context() as off:
            off.setenv("LANDRULES_CACHE", "off")
            return what()

    yield call


def shown(geometries: Any) -> list[bytes]:
    found: list[bytes] = shapely.to_wkb(geometries).tolist()
    return found


def assert_same(one: Layer, other: Layer) -> None:
    assert one.ids == other.ids
    assert shown(one.geometry) == shown(other.geometry)
    assert dict(one.columns) == dict(other.columns)
    assert [list(map(type, v)) for v in one.columns.values()] == [list(map(type, v)) for v in other.columns.values()]
    assert shown(one.invalid) == shown(other.invalid)
    assert shown([one.coverage.region]) == shown([other.coverage.region])
    for field in ("name", "edition", "sha256", "crs", "valid_to", "accuracy_m", "notes", "is_gap_free"):
        assert getattr(one, field) == getattr(other, field), field
    assert (one.coverage.kind, one.coverage.statement) == (other.coverage.kind, other.coverage.statement)


def bound(example: Path) -> tuple[Workspace, RuleSet, list[tuple[str, Edition]]]:
    workspace = load_workspace(example)
    rules = load_ruleset(workspace.rulesets, workspace.root)
    return workspace, rules, [(n, e) for n, all_ in workspace.layers.items() if n in rules.layers for e in all_]


@pytest.mark.parametrize("example", [QINGXI, MINNEAPOLIS], ids=lambda p: p.name)
def test_every_layer_of_an_example(example: Path, source_only: Any) -> None:
    workspace, rules, editions = bound(example)
    for name, edition in editions:
        found = [
            how(lambda e=edition, n=name: open_edition(workspace, n, e, rules.layers[n], rules.schemes))
            for how in (source_only, lambda what: what())
        ]
        assert_same(*found)
        if edition.source is not None:
            assert found[0].whole is None and found[1].whole is not None
            assert not found[1].whole.is_part.any()


@pytest.mark.parametrize("example", [QINGXI, MINNEAPOLIS], ids=lambda p: p.name)
def test_every_layer_near_some_boxes(example: Path, source_only: Any) -> None:
    workspace, rules, editions = bound(example)
    parts = 0
    for name, edition in editions:
        of = rules.layers[name]
        every = source_only(lambda e=edition, n=name, s=of: open_edition(workspace, n, e, s, rules.schemes))
        for low in shapely.bounds(every.geometry)[:: max(1, len(every.ids) // 3)]:
            boxes = np.array([[*(low[:2] - 30), *(low[:2] + 150)], [*low[2:], *(low[2:] + 1)]])
            near = open_edition(workspace, name, edition, of, rules.schemes, boxes)
            wanted = source_only(
                lambda e=edition, n=name, s=of, b=boxes: open_edition(workspace, n, e, s, rules.schemes, b)
            )
            parts += assert_near(near, wanted, boxes)
    assert parts > 0 or example == QINGXI


@pytest.mark.parametrize("example", [QINGXI, MINNEAPOLIS], ids=lambda p: p.name)
def test_around_several_proposals_each_has_what_it_has_alone(example: Path, source_only: Any) -> None:
    workspace, rules, editions = bound(example)
    for name, edition in editions:
        of = rules.layers[name]
        shapes = open_edition(workspace, name, edition, of, rules.schemes).geometry
        low = shapely.bounds(shapes)[:: max(1, len(shapes) // 4)]
        sets = [np.array([[*(row[:2] - 30), *(row[:2] + 150)], [*row[2:], *(row[2:] + 1)]]) for row in low]
        sets[1:1] = [np.empty((0, 4))]
        around = Around.of(sets)
        for how in (source_only, lambda what: what()):
            together = how(
                lambda e=edition, n=name, s=of, a=around: edition_around(workspace, n, e, s, rules.schemes, a)
            )
            assert len(together) == len(sets)
            for boxes, found in zip(sets, together, strict=True):
                alone = how(lambda e=edition, n=name, s=of, b=boxes: open_edition(workspace, n, e, s, rules.schemes, b))
                assert_same(found, alone)


def assert_near(near: Layer, wanted: Layer, boxes: FloatArray) -> int:
    """The same features but for large ones with no ground in the boxes; of large ones the same ground in the boxes."""
    assert near.whole is not None
    place = {id_: at for at, id_ in enumerate(near.ids)}
    windows = shapely.box(*boxes.T)
    for at, id_ in enumerate(wanted.ids):
        shape = wanted.geometry[at]
        if id_ not in place:
            assert not shapely.intersects(shape, windows).any()
            continue
        got = near.geometry[place[id_]]
        assert {n: v[at] for n, v in wanted.columns.items()} == {n: v[place[id_]] for n, v in near.columns.items()}
        if near.whole.is_part[place[id_]]:
            assert np.allclose(
                shapely.area(shapely.intersection(got, windows) ^ shapely.intersection(shape, windows)), 0
            )
        else:
            assert shown([got]) == shown([shape])
    assert set(near.ids) <= set(wanted.ids) and shown(near.invalid) == shown(wanted.invalid)
    return int(near.whole.is_part.sum())


@pytest.mark.parametrize(
    "proposal",
    [*sorted(QINGXI.glob("proposals/[acdgj]_*.geojson")), *sorted(MINNEAPOLIS.glob("proposals/*.geojson"))],
    ids=lambda p: p.stem,
)
def test_whole_reports(proposal: Path, source_only: Any) -> None:
    written = [
        BY_NAME["json"].function(how(lambda: check(proposal)), Options(lang="zh"))
        for how in (source_only, lambda what: what())
    ]
    assert written[0] == written[1]


# --- small layers of one's own ---------------------------------------------------------------------------------------


def county(folder: Path, features: list[dict[str, Any]], *, crs: str = "engineering", more: str = "") -> Workspace:
    folder.mkdir(exist_ok=True)
    layer = {"type": "FeatureCollection", "crs": crs, "features": features}
    (folder / "zone.geojson").write_text(json.dumps(layer), encoding="utf-8")
    head = f'[workspace]\ncrs = "{crs}"\n{more}[layers.zone]\npath = "zone.geojson"\nid = "code"\n'
    (folder / "landrules.toml").write_text(head, encoding="utf-8")
    return load_workspace(folder)


def feature(shape: Any, id_: str) -> dict[str, Any]:
    geometry = None if shape is None else json.loads(shapely.to_geojson(shape))
    return {"type": "Feature", "properties": {"code": id_}, "geometry": geometry}


ZONE = LayerSchema("zone", Bilingual("zone", "zone"), {})


def opened(workspace: Workspace, boxes: FloatArray | None = None) -> Layer:
    return open_edition(workspace, "zone", workspace.layers["zone"][0], ZONE, {}, boxes)


def test_faults_and_kinds_of_shapes(tmp_path: Path, source_only: Any) -> None:
    shapes = [
        "POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))",
        "POLYGON ((20 0, 30 0, 30 10, 20 10, 20 0), (22 2, 22 4, 24 4, 22 2))",
        "MULTIPOLYGON (((40 0, 50 0, 50 10, 40 0)), ((60 0, 70 0, 70 10, 60 0)))",
        "LINESTRING (0 20, 10 30, 20 20)",
        "MULTILINESTRING ((0 40, 10 40), (0 50, 10 50))",
        "POINT (5 60)",
        "MULTIPOINT ((5 70), (6 71))",
    ]
    features = [feature(shapely.from_wkt(text), f"Z{i}") for i, text in enumerate(shapes)]
    features += [feature(None, "Y"), {**feature(None, "X"), "geometry": {"type": "Polygon", "coordinates": [[[1, 2]]]}}]
    workspace = county(tmp_path, features)
    for boxes in (None, np.array([[0.0, 0, 5, 5]]), np.array([[21.0, 0, 61, 61]]), np.empty((0, 4))):
        assert_same(source_only(lambda b=boxes: opened(workspace, b)), opened(workspace, boxes))


@pytest.mark.parametrize(
    ("corner", "codes"), [((39519000.0, 3497500.0), set()), ((117.2, 31.6), {"LR533"}), ((38519000.0, 3497500.0), None)]
)
def test_numbers_that_do_not_fit_are_refused_alike(
    corner: tuple[float, float], codes: set[str] | None, tmp_path: Path, source_only: Any
) -> None:
    at = np.array([39519000.0, 3497500.0])
    features = [feature(shapely.box(*at, *(at + 1)), "A"), feature(shapely.box(*corner, *np.add(corner, 1)), "B")]
    workspace = county(tmp_path, features, crs="EPSG:4527")

    def said(what: Any) -> list[str]:
        try:
            what()
        except InputError as error:
            return [d.render("zh") for d in error.diagnostics]
        return []

    found = said(lambda: opened(workspace))
    assert found == said(lambda: source_only(lambda: opened(workspace)))
    assert bool(found) == (codes is None or bool(codes))


def test_a_changed_source_is_read_again(tmp_path: Path) -> None:
    workspace = county(tmp_path, [feature(shapely.box(0, 0, 1, 1), "A")])
    assert opened(workspace).ids == ("A",)
    county(tmp_path, [feature(shapely.box(0, 0, 1, 1), "B")])
    assert opened(workspace).ids == ("B",)


def test_a_damaged_store_is_made_anew(tmp_path: Path, source_only: Any) -> None:
    workspace = county(tmp_path, [feature(shapely.box(i, 0, i + 1, 1), f"{i:04}") for i in range(300)])
    wanted = source_only(lambda: opened(workspace))
    found = prepared.layer_store(workspace, workspace.layers["zone"][0])
    assert isinstance(found, prepared.Opened)
    path = found.store.container.path
    data = bytearray(path.read_bytes())
    section = found.store.container.sections["row.coords"]
    data[section.offset + 5] ^= 1
    path.unlink()
    path.write_bytes(bytes(data))
    prepared._open.clear()
    assert_same(opened(workspace), wanted)


def test_editions_of_one_table_share_a_store(tmp_path: Path) -> None:
    workspace = load_workspace(QINGXI)
    older, newer = (prepared.layer_store(workspace, edition) for edition in workspace.layers["dltb"])
    assert isinstance(older, prepared.Opened) and isinstance(newer, prepared.Opened)
    assert older.store.container.path == newer.store.container.path


# --- coverage --------------------------------------------------------------------------------------------------------


def ragged_square(side: float, step: float) -> Any:
    """A square whose edges swing by a metre at every step."""
    along = np.arange(0.0, side, step)
    swing = np.where(np.arange(len(along)) % 2 == 0, 0.0, 1.0)
    edges = [(along, swing), (side - swing, along), (side - along, side - swing), (swing, side - along)]
    return shapely.Polygon(np.concatenate([np.column_stack(edge) for edge in edges]))


@pytest.mark.parametrize("beyond", [0, 250])
@pytest.mark.parametrize("at", [(-5.0, 500.0), (2990.0, 2990.0), (1500.0, 1500.0), (-2000.0, 0.0), (-255.0, 700.0)])
def test_coverage_near_a_site_is_that_of_the_whole(tmp_path: Path, at: tuple[float, float], beyond: int) -> None:
    county(tmp_path, [feature(ragged_square(3000.0, 3.0), "A")])
    text = (tmp_path / "landrules.toml").read_text(encoding="utf-8")
    text = text.replace("[layers", 'boundary = { path = "zone.geojson" }\n[layers', 1)
    text += f'coverage = {{ kind = "complete", beyond_m = {beyond} }}\n'
    (tmp_path / "landrules.toml").write_text(text, encoding="utf-8")
    workspace = load_workspace(tmp_path)
    claim = workspace.layers["zone"][0].coverage
    site = shapely.box(*at, at[0] + 30, at[1] + 20)
    ground = Ground.of([Parcel("P", Role.PARCEL, site, {}, Decimal("600"))], ENGINEERING)
    reach = 150.0
    boxes = shapely.bounds(np.array([site])) + reach * np.array([-1.0, -1.0, 1.0, 1.0])
    whole, near = coverage_of(workspace, claim), coverage_of(workspace, claim, boxes)
    assert whole.region is not None and near.region is not None
    assert shapely.get_num_coordinates(near.region) < 0.5 * shapely.get_num_coordinates(whole.region)

    def said(coverage: Coverage) -> list[float]:
        parts = [outside_coverage(ground, coverage)]
        parts += [within_uncovered(ground, coverage, width) for width in (1.0, 20.0, 100.0)]
        return [float(shapely.area(part[0])) for part in parts]

    assert said(near) == pytest.approx(said(whole), abs=1e-6)
    assert is_within(site, near.region, 0.001) == is_within(site, whole.region, 0.001)


def test_a_shape_near_scattered_sites_is_joined_site_by_site(tmp_path: Path) -> None:
    shape = ragged_square(3000.0, 1.5)
    county(tmp_path, [feature(shape, "A")])
    corners = np.array([(-5.0, 740.0), (2990.0, 2260.0), (750.0, 2990.0)])
    boxes = np.hstack([corners - 40.0, corners + 60.0])
    workspace = load_workspace(tmp_path)
    near, whole = opened(workspace, boxes), opened(workspace)
    assert near.whole is not None and near.whole.is_part.all() and len(shapely.get_parts(near.geometry[0])) > 1
    assert shapely.is_valid(near.geometry[0])
    for box in shapely.box(*boxes.T):
        there, wanted = (shapely.intersection(layer.geometry[0], box) for layer in (near, whole))
        assert shapely.area(wanted) > 0 and shapely.equals_exact(there, wanted, normalize=True)
