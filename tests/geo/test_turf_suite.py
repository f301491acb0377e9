"""The published fixtures of Turf for validity, intersection and unkinking, run through the project's own kernel."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from landrules.base.diagnostic import InputError
from landrules.geo import kernel
from landrules.geo.kernel import array_of
from landrules.geo.region import region_from_geojson
from landrules.geo.site import Plane

SUITE = Path(__file__).parent.parent / "data" / "turf"
PLANE = Plane("engineering")


def read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def features(file: Path) -> list[dict[str, Any]]:
    content = read(file)
    if content["type"] == "FeatureCollection":
        return list(content["features"])
    return [content if "geometry" in content else {"geometry": content}]


def shape(feature: dict[str, Any]) -> shapely.Geometry:
    return shapely.Polygon() if feature["geometry"] is None else shapely.geometry.shape(feature["geometry"])


def cleaned(geometry: shapely.Geometry) -> shapely.Geometry:
    return geometry if kernel.validity(geometry) is None else kernel.repair(geometry).geometry


# --- validity --------------------------------------------------------------------------------------------------------

VALIDITY = sorted((SUITE / "turf-boolean-valid").glob("*/*/*.geojson"))
OF_GROUND = [f for f in VALIDITY if f.parent.name in ("Polygon", "MultiPolygon")]

VALIDITY_DISAGREEMENTS = {
    "empty-geometry-collection": "An empty collection is a valid geometry in the simple features standard.",
    "nested-collection": "RFC 7946 advises against collections in collections; the standard's validity does not.",
}


def test_validity_fixtures_are_all_here() -> None:
    assert (len(VALIDITY), len(OF_GROUND)) == (28, 14)


@pytest.mark.parametrize("file", OF_GROUND, ids=lambda f: f"{f.parent.parent.name}-{f.stem}")
def test_ground_is_taken_or_refused_at_the_door(file: Path) -> None:
    (feature,) = features(file)
    if file.parent.parent.name == "true":
        assert kernel.validity(region_from_geojson(feature, None, PLANE)) is None
    else:
        with pytest.raises(InputError) as refused:
            region_from_geojson(feature, None, PLANE)
        assert refused.value.diagnostics[0].code in ("LR536", "LR537")


@pytest.mark.parametrize(
    "file", [f for f in VALIDITY if f not in OF_GROUND], ids=lambda f: f"{f.parent.parent.name}-{f.stem}"
)
def test_other_geometries(file: Path) -> None:
    (feature,) = features(file)
    try:
        found = bool(kernel.is_valid(array_of([shapely.from_geojson(json.dumps(feature["geometry"]))]))[0])
    except shapely.errors.GEOSException:
        found = False
    assert (found == (file.parent.parent.name == "true")) == (file.stem not in VALIDITY_DISAGREEMENTS)


# --- intersection ----------------------------------------------------------------------------------------------------

INTERSECT = SUITE / "turf-intersect"
OPERANDS = sorted((INTERSECT / "in").glob("*.geojson"))
ANSWERED = [f for f in OPERANDS if (INTERSECT / "out" / f.name).exists()]

WITHOUT_ANSWER = {
    "infinite-loop-2705": "no answer published; the second operand is a Polygon written as a MultiPolygon",
    "missing-islands-2084": "no answer published",
    "skip-issue-1132-line": "skipped by its own suite; a line has no area",
    "skip-issue-1132-point": "skipped by its own suite; a point has no area",
    "unable-to-complete-output-ring-2048-1": "no answer published",
    "unable-to-complete-output-ring-2048-2": "no answer published",
}

OLDER_DISAGREEMENTS = {
    "armenia": "The older answer is the first operand whole, of which the fixture's second now holds only a part.",
    "issue-1004": "The older engine lost an overlap of 4.6e-10 square degrees, which the newer answer has.",
}
"""Answers in `out/jsts/` of an engine that Turf used before, written with six decimals."""


def overlap(file: Path) -> kernel.GeometryArray:
    first, second = (array_of([cleaned(shape(f))]) for f in features(file))
    return kernel.intersection(first, second)


def width_of_difference(found: kernel.GeometryArray, published: kernel.GeometryArray) -> float:
    return float(kernel.equivalent_width(kernel.symmetric_difference(found, published))[0])


def test_intersection_fixtures_are_all_accounted_for() -> None:
    assert len(OPERANDS) == 21
    assert {f.stem for f in OPERANDS} - {f.stem for f in ANSWERED} == set(WITHOUT_ANSWER)


@pytest.mark.parametrize("name", ["missing-islands-2084", "unable-to-complete-output-ring-2048-1"])
def test_intersections_that_others_fail_on_still_add_up(name: str) -> None:
    first, second = (array_of([cleaned(shape(f))]) for f in features(INTERSECT / "in" / f"{name}.geojson"))
    both, rest = kernel.intersection(first, second), kernel.difference(first, second)
    assert kernel.is_valid(both).all()
    assert shapely.area(both)[0] > 0
    assert shapely.area(both)[0] + shapely.area(rest)[0] == pytest.approx(shapely.area(first)[0], rel=1e-12)


@pytest.mark.parametrize("file", ANSWERED, ids=lambda f: f.stem)
def test_intersection(file: Path) -> None:
    """The published files repeat the operands, then add the answer where there is one."""
    found = overlap(file)
    answers = array_of([cleaned(shape(f)) for f in features(INTERSECT / "out" / file.name)[2:]])
    published = kernel.polygonal(array_of([kernel.union_all(answers)]))
    assert kernel.is_empty(found)[0] == kernel.is_empty(published)[0]
    assert width_of_difference(found, published) < 1e-13


@pytest.mark.parametrize(
    "file", [f for f in ANSWERED if (INTERSECT / "out" / "jsts" / f.name).exists()], ids=lambda f: f.stem
)
def test_intersection_against_the_older_answers(file: Path) -> None:
    (older,) = features(INTERSECT / "out" / "jsts" / file.name)
    published = kernel.polygonal(array_of([shape(older)]))
    found = overlap(file)
    agrees = kernel.is_empty(found)[0] == kernel.is_empty(published)[0]
    agrees = bool(agrees and width_of_difference(found, published) < 1e-6)
    assert agrees == (file.stem not in OLDER_DISAGREEMENTS)


# --- self-crossing rings ---------------------------------------------------------------------------------------------

UNKINK = sorted((SUITE / "turf-unkink-polygon" / "in").glob("*.geojson"))

UNKINK_DISAGREEMENTS = {
    "polygon-with-holes": "Turf returns the faces of the holes as polygons too; a hole is no ground, so repair keeps none.",
}


def test_unkink_fixtures_are_all_here() -> None:
    assert len(UNKINK) == 8


@pytest.mark.parametrize("file", UNKINK, ids=lambda f: f.stem)
def test_repair_keeps_the_ground_that_unkinking_keeps(file: Path) -> None:
    found = kernel.union_all(array_of([cleaned(shape(f)) for f in features(file)]))
    answer = features(SUITE / "turf-unkink-polygon" / "out" / file.name)
    published = kernel.union_all(array_of([cleaned(shape(f)) for f in answer]))
    pair = array_of([found]), array_of([published])
    if file.stem in UNKINK_DISAGREEMENTS:
        holes = kernel.union_all(array_of([cleaned(shapely.Polygon(r)) for f in features(file) for r in rings(f)[1:]]))
        assert width_of_difference(pair[0], kernel.difference(pair[1], array_of([holes]))) < 1e-12
    else:
        assert width_of_difference(*pair) < 1e-12


def rings(feature: dict[str, Any]) -> list[Any]:
    return list(feature["geometry"]["coordinates"])
