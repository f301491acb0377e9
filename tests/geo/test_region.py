"""Regions in and out of GeoJSON, and what is wrong with shapes."""

from __future__ import annotations

import json
from typing import Any

import pytest
import shapely

from landrules.base.diagnostic import InputError
from landrules.geo import kernel
from landrules.geo.kernel import array_of
from landrules.geo.quality import duplicates, overlaps, sparse_edges
from landrules.geo.region import region_from_geojson, to_geojson
from landrules.geo.site import Plane

PLANE = Plane("EPSG:4527")
ENGINEERING = Plane("engineering")
box = shapely.box
SQUARE = [[0, 0], [100, 0], [100, 100], [0, 100], [0, 0]]
COVERS = {
    "type": "Polygon",
    "coordinates": [
        [
            [117.2043701974, 31.59984458896],
            [117.20510780173, 31.5998434069],
            [117.20510863188, 31.60022219291],
            [117.20437102457, 31.60022337499],
            [117.2043701974, 31.59984458896],
        ]
    ],
}


def test_the_polygon_of_an_opinion_comes_into_the_plane() -> None:
    region = region_from_geojson(COVERS, None, PLANE)
    assert shapely.bounds(region) == pytest.approx([39519395, 3497500, 39519465, 3497542], abs=0.01)
    assert kernel.is_within(box(39519400, 3497504, 39519460, 3497538), region, 1e-6)


def test_out_again_gives_the_same_degrees() -> None:
    out = to_geojson(region_from_geojson(COVERS, "urn:ogc:def:crs:EPSG::4490", PLANE), PLANE)
    assert out is not None
    assert out["type"] == "Polygon"
    found, given = (shapely.geometry.shape(g) for g in (out, COVERS))
    assert shapely.hausdorff_distance(found, given) <= 1.1e-11
    assert shapely.is_ccw(found.exterior)
    assert json.loads(json.dumps(out)) == out


def test_many_parts_holes_and_features() -> None:
    hole = [[10, 10], [10, 20], [20, 20], [20, 10], [10, 10]]
    far = [[[x + 500, y] for x, y in SQUARE]]
    region = region_from_geojson({"type": "MultiPolygon", "coordinates": [[SQUARE, hole], far]}, None, ENGINEERING)
    assert shapely.area(region) == 19900.0
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [SQUARE]}}
    assert shapely.area(region_from_geojson(feature, None, ENGINEERING)) == 10000.0


def test_degrees_of_wgs84_reach_a_plane_of_another_frame_and_come_back() -> None:
    corners = [[-93.27, 44.98], [-93.26, 44.98], [-93.26, 44.99], [-93.27, 44.99], [-93.27, 44.98]]
    plane = Plane("EPSG:26915")
    region = region_from_geojson({"type": "Polygon", "coordinates": [corners]}, None, plane)
    out = to_geojson(region, plane)
    assert out is not None
    assert shapely.hausdorff_distance(shapely.geometry.shape(out), shapely.Polygon(corners)) < 1e-9


def test_engineering_planes_and_older_frames_have_no_degrees() -> None:
    assert to_geojson(box(0, 0, 1, 1), ENGINEERING) is None
    assert to_geojson(box(39519000, 3497500, 39519001, 3497501), Plane("EPSG:2363")) is None
    assert to_geojson(shapely.Polygon(), PLANE) is None
    assert to_geojson(None, PLANE) is None


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        (shapely.Point(39519000, 3497500), "Point"),
        (shapely.LineString([(39519000, 3497500), (39519100, 3497500)]), "LineString"),
        (
            shapely.MultiPolygon(
                [box(39519000, 3497500, 39519010, 3497510), box(39519100, 3497500, 39519110, 3497510)]
            ),
            "MultiPolygon",
        ),
        (shapely.MultiPoint([(39519000, 3497500), (39519100, 3497500)]), "MultiPoint"),
    ],
)
def test_every_kind_goes_out(shape: shapely.Geometry, kind: str) -> None:
    out = to_geojson(shape, PLANE)
    assert out is not None
    assert out["type"] == kind
    assert shapely.geometry.shape(out).geom_type == kind


BOW_TIE = [[0, 0], [100, 100], [100, 0], [0, 100], [0, 0]]


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (None, "LR536"),
        ("POLYGON", "LR536"),
        ({"type": "Point", "coordinates": [0, 0]}, "LR536"),
        ({"type": "Polygon"}, "LR536"),
        ({"type": "Polygon", "coordinates": []}, "LR536"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "LR536"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}, "LR536"),
        ({"type": "Polygon", "coordinates": [SQUARE[:-1]]}, "LR536"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, float("nan")], [0, 0]]]}, "LR536"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, "1"], [0, 0]]]}, "LR536"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [True, 1], [0, 0]]]}, "LR536"),
        ({"type": "Polygon", "coordinates": [BOW_TIE]}, "LR537"),
        ({"type": "Feature", "geometry": None}, "LR536"),
    ],
)
def test_what_is_no_region_is_refused(geometry: Any, code: str) -> None:
    with pytest.raises(InputError) as error:
        region_from_geojson(geometry, None, ENGINEERING, "opinions[0].covers")
    diagnostic = error.value.diagnostics[0]
    assert (diagnostic.code, diagnostic.where) == (code, "opinions[0].covers")
    assert "{" not in diagnostic.render("zh") + diagnostic.render("en")


# --- quality ---------------------------------------------------------------------------------------------------------


def test_overlap_is_judged_by_width() -> None:
    """A long touch within the precision has more area than a small real overlap, and is no overlap."""
    shapes = array_of([box(0, 0, 1000, 10), box(0, 9.9995, 1000, 20), box(999, 0, 1010, 5)])
    ids = ("1", "2", "3")
    found = overlaps(shapes, ids, 0.0011)
    assert [(o.first, o.second, o.area_m2) for o in found] == [("1", "3", 5.0)]
    assert [(o.first, o.second) for o in overlaps(shapes, ids, 0.0001)] == [("1", "2"), ("1", "3")]


def test_duplicates_wherever_their_rings_begin() -> None:
    turned = shapely.Polygon([(100, 100), (0, 100), (0, 0), (100, 0)])
    moved = box(0.0005, 0, 100.0005, 100)
    shapes = array_of([box(0, 0, 100, 100), turned, box(0, 0, 100, 50), moved, shapely.Polygon()])
    ids = ("1", "2", "3", "4", "5")
    assert duplicates(shapes, ids, 0.0) == (("1", "2"),)
    assert duplicates(shapes, ids, 0.001) == (("1", "2"), ("1", "4"), ("2", "4"))


def test_long_edges_in_degrees_stray_from_the_chord() -> None:
    """Along a parallel the plane curves: at 31.6 degrees 0.1 degree of longitude strays some 3.6 m, 0.001 nothing."""
    shapes = array_of(
        [
            shapely.box(117.2, 31.6, 117.201, 31.601),
            shapely.box(117.2, 31.6, 117.3, 31.601),
            shapely.LineString([(117.2, 31.6), (117.2, 31.601)]),
        ]
    )
    (edge,) = sparse_edges(shapes, "EPSG:4490", PLANE, 0.01)
    assert edge.row == 1
    assert edge.length_m == pytest.approx(9490, abs=10)
    assert edge.deviation_m == pytest.approx(edge.length_m * 0.1 * 3.14159265 / 180 * 0.5240 / 8, rel=0.02)
    assert sparse_edges(array_of([shapely.Point(117.2, 31.6)]), "EPSG:4490", PLANE, 0.0) == ()
