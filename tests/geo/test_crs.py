"""Coordinate systems: the tables of domain/crs.md, one by one, and what is refused."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
import shapely

from landrules.base.diagnostic import InputError
from landrules.geo import crs
from landrules.geo.crs import Datum, plane_of, recognise, transform, transform_points
from landrules.geo.kernel import array_of
from landrules.geo.numbers import Reading, read_numbers, source_system, zone_notes
from landrules.geo.site import Plane

PLANE = Plane("EPSG:4527")


def code_of(error: pytest.ExceptionInfo[InputError]) -> str:
    diagnostic = error.value.diagnostics[0]
    for lang in ("zh", "en"):
        assert "{" not in diagnostic.message(lang) + diagnostic.help(lang)  # every value of the message is given
    return diagnostic.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EPSG:4527", "EPSG:4527"),
        ("epsg:4527", "EPSG:4527"),
        ("EPSG::4527", "EPSG:4527"),
        ("urn:ogc:def:crs:EPSG::4527", "EPSG:4527"),
        ("urn:ogc:def:crs:EPSG:9.9:4490", "EPSG:4490"),
        ("http://www.opengis.net/def/crs/EPSG/0/4490", "EPSG:4490"),
        ("OGC:CRS84", "OGC:CRS84"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84"),
        ("urn:ogc:def:crs:OGC::CRS84", "OGC:CRS84"),
        ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "OGC:CRS84"),
        ("EPSG:2154", "EPSG:2154"),
        ("engineering", "engineering"),
    ],
)
def test_spellings(text: str, code: str) -> None:
    assert recognise(text).code == code


@pytest.mark.parametrize(
    ("code", "datum", "width", "zone", "prefix", "meridian"),
    [
        ("EPSG:4491", Datum.CGCS2000, 6, 13, 13, 75.0),
        ("EPSG:4512", Datum.CGCS2000, 6, 23, 0, 135.0),
        ("EPSG:4513", Datum.CGCS2000, 3, 25, 25, 75.0),
        ("EPSG:4527", Datum.CGCS2000, 3, 39, 39, 117.0),
        ("EPSG:4548", Datum.CGCS2000, 3, 39, 0, 117.0),
        ("EPSG:4554", Datum.CGCS2000, 3, 45, 0, 135.0),
        ("EPSG:2334", Datum.XIAN1980, 6, 20, 20, 117.0),
        ("EPSG:2363", Datum.XIAN1980, 3, 39, 39, 117.0),
        ("EPSG:2384", Datum.XIAN1980, 3, 39, 0, 117.0),
        ("EPSG:21420", Datum.BEIJING1954, 6, 20, 20, 117.0),
        ("EPSG:2415", Datum.BEIJING1954, 3, 39, 39, 117.0),
        ("EPSG:2436", Datum.BEIJING1954, 3, 39, 0, 117.0),
    ],
)
def test_survey_zones(code: str, datum: Datum, width: int, zone: int, prefix: int, meridian: float) -> None:
    found = recognise(code)
    assert (found.datum, found.zone_width, found.zone, found.prefix) == (datum, width, zone, prefix)
    assert found.meridian == meridian


@pytest.mark.parametrize("code", crs.SURVEY_ZONES)
def test_the_table_of_zones_agrees_with_proj(code: str) -> None:
    """Meridian, scale and false easting of every code in the table, as PROJ's database has them."""
    import pyproj

    zone = recognise(code)
    stated = {p.name: p.value for p in pyproj.CRS(code).coordinate_operation.params}
    assert stated["Longitude of natural origin"] == zone.meridian
    assert stated["False easting"] == zone.prefix * 1e6 + 500_000
    assert stated["Scale factor at natural origin"] == 1


def test_wkt_of_a_layer_becomes_its_code() -> None:
    import pyproj

    for code in ("EPSG:4527", "EPSG:4548", "EPSG:4490", "EPSG:2384"):
        for version in ("WKT1_ESRI", "WKT2_2019"):
            assert recognise(pyproj.CRS(code).to_wkt(version)).code == code


@pytest.mark.parametrize("text", ["", "EPSG:99999", "local city grid", 'LOCAL_CS["grid",UNIT["metre",1]]', "EPSG:5773"])
def test_unknown_systems_are_refused(text: str) -> None:
    with pytest.raises(InputError) as error:
        recognise(text, "boundary.geojson")
    assert code_of(error) == "LR522"
    assert error.value.diagnostics[0].where == "boundary.geojson"


def test_feet_are_refused() -> None:
    with pytest.raises(InputError) as error:
        recognise("EPSG:2263")
    assert code_of(error) == "LR523"
    assert "US survey foot" in error.value.diagnostics[0].message("en")


def test_a_plane_is_projected_in_metres() -> None:
    assert plane_of("urn:ogc:def:crs:EPSG::4527") == PLANE
    assert plane_of("engineering").is_engineering
    with pytest.raises(InputError) as error:
        plane_of("EPSG:4490")
    assert code_of(error) == "LR535"


# --- conversion ------------------------------------------------------------------------------------------------------

POINT = np.array([[39519000.125, 3497500.5]])


@pytest.mark.parametrize(
    ("source", "target", "shift"),
    [
        ("EPSG:4527", "EPSG:4548", -39e6),  # prefix dropped
        ("EPSG:4548", "EPSG:4527", 39e6),
        ("EPSG:4527", "EPSG:4498", -19e6),  # 6-degree zone 20 has the same meridian, 117
        ("EPSG:4527", "EPSG:4527", 0.0),
    ],
)
def test_two_writings_of_one_plane_differ_by_whole_millions(source: str, target: str, shift: float) -> None:
    start = POINT if source == "EPSG:4527" else POINT - np.array([39e6, 0])
    assert (transform_points(start, source, target) == start + np.array([shift, 0])).all()


def test_there_and_back() -> None:
    degrees = transform_points(POINT, "EPSG:4527", "EPSG:4490")
    assert degrees[0] == pytest.approx([117.2, 31.6], abs=0.01)
    assert transform_points(degrees, "EPSG:4490", "EPSG:4527") == pytest.approx(POINT, abs=1e-6)


def test_cgcs2000_is_taken_as_wgs84() -> None:
    degrees = transform_points(POINT, "EPSG:4527", "EPSG:4490")
    for same in ("EPSG:4326", "OGC:CRS84"):
        assert (transform_points(POINT, "EPSG:4527", same) == degrees).all()
        assert (
            transform_points(degrees, same, "EPSG:4527") == transform_points(degrees, "EPSG:4490", "EPSG:4527")
        ).all()
    assert (transform_points(degrees, "EPSG:4326", "EPSG:4490") == degrees).all()
    utm = transform_points(degrees, "EPSG:4490", "EPSG:32650")
    assert transform_points(utm, "EPSG:32650", "EPSG:4527") == pytest.approx(POINT, abs=1e-6)


@pytest.mark.parametrize("source", ["EPSG:4610", "EPSG:2363", "EPSG:4214", "EPSG:2415"])
def test_older_frames_are_refused_both_ways(source: str) -> None:
    shapes = array_of([shapely.Point(39519000, 3497500)])
    for pair in ((source, "EPSG:4527"), ("EPSG:4527", source), (source, "OGC:CRS84")):
        with pytest.raises(InputError) as error:
            transform(shapes, *pair)
        assert code_of(error) == "LR530"


def test_within_an_older_frame_conversion_is_exact() -> None:
    degrees = transform_points(POINT, "EPSG:2363", "EPSG:4610")
    assert transform_points(degrees, "EPSG:4610", "EPSG:2363") == pytest.approx(POINT, abs=1e-6)


def test_ballpark_shifts_are_refused() -> None:
    with pytest.raises(InputError) as error:
        transform_points(np.array([[117.2, 31.6]]), "EPSG:4555", "EPSG:4490")
    assert code_of(error) == "LR531"


def test_infinite_results_are_refused() -> None:
    with pytest.raises(InputError) as error:
        transform_points(np.array([[39519000.0, 3497500.0]]), "EPSG:4548", "EPSG:4490", "site.geojson")
    assert code_of(error) == "LR532"


def test_engineering_does_not_mix_with_the_earth() -> None:
    for pair in (("engineering", "EPSG:4527"), ("EPSG:4527", "engineering")):
        with pytest.raises(InputError) as error:
            transform_points(POINT, *pair)
        assert code_of(error) == "LR534"


def test_heights_are_dropped() -> None:
    shapes = transform(array_of([shapely.Point(117.2, 31.6, 12.0)]), "EPSG:4490", "EPSG:4527")
    assert not shapely.has_z(shapes).any()


def test_an_engineering_plane_never_opens_pyproj() -> None:
    program = (
        "import sys, shapely\n"
        "from landrules.geo.kernel import array_of\n"
        "from landrules.geo.area import survey_areas\n"
        "from landrules.geo.crs import recognise, transform\n"
        "from landrules.geo.site import Plane\n"
        "import landrules.engine.overlay\n"
        "box = array_of([shapely.box(0, 0, 10, 10)])\n"
        "assert survey_areas(box, Plane('engineering'))[0] == 100\n"
        "assert recognise('urn:ogc:def:crs:EPSG::4527').zone == 39\n"
        "assert 'pyproj' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


# --- bare numbers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "y", "reading", "zone"),
    [
        (117.2, 31.6, Reading.DEGREES, None),
        (31.6, 117.2, Reading.SWAPPED_DEGREES, None),
        (40.0, 80.0, Reading.SWAPPED_DEGREES, None),
        (-93.2, 44.9, Reading.DEGREES, None),
        (39519000, 3497500, Reading.PREFIXED, 39),
        (20519000, 3497500, Reading.PREFIXED, 20),
        (3497500, 39519000, Reading.SWAPPED_METRES, None),
        (3497500, 519000, Reading.SWAPPED_METRES, None),
        (519000, 3497500, Reading.METRES, None),
        (500000, 600000, Reading.METRES, None),
    ],
)
def test_readings(x: float, y: float, reading: Reading, zone: int | None) -> None:
    found = read_numbers(x, y)
    assert (found.reading, found.zone) == (reading, zone)


def boxes(*rows: tuple[float, float, float, float]) -> np.ndarray:
    return np.array(rows, dtype=np.float64)


DEGREES = (117.2, 31.6, 117.21, 31.61)
ZONE_39 = (39519000.0, 3497500.0, 39519100.0, 3497600.0)
BARE = (519000.0, 3497500.0, 519100.0, 3497600.0)
SWAPPED = (3497500.0, 39519000.0, 3497600.0, 39519100.0)


def test_degrees_without_a_system_are_read_with_a_note() -> None:
    found = source_system(None, boxes(DEGREES), PLANE)
    assert found.crs.code == "OGC:CRS84"
    assert [n.code for n in found.notes] == ["LR520"]
    assert [n.code for n in source_system(None, boxes(DEGREES), PLANE, decimals=6).notes] == ["LR520", "LR521"]


@pytest.mark.parametrize(
    ("declared", "box", "code"),
    [
        (None, ZONE_39, "LR524"),
        (None, BARE, "LR524"),
        (None, SWAPPED, "LR525"),
        (None, (31.6, 117.2, 31.61, 117.21), "LR525"),
        ("EPSG:4490", (31.6, 117.2, 31.61, 117.21), "LR525"),
        ("EPSG:4490", ZONE_39, "LR533"),
        ("EPSG:4527", DEGREES, "LR533"),
        ("EPSG:4527", BARE, "LR526"),
        ("EPSG:4548", ZONE_39, "LR526"),
        ("EPSG:4528", ZONE_39, "LR526"),
        ("EPSG:4527", SWAPPED, "LR525"),
        ("engineering", ZONE_39, "LR534"),
    ],
)
def test_numbers_that_do_not_fit_are_refused(
    declared: str | None, box: tuple[float, float, float, float], code: str
) -> None:
    with pytest.raises(InputError) as error:
        source_system(declared, boxes(box), PLANE, ids=("001",), where="site.geojson")
    assert code_of(error) == code
    assert error.value.diagnostics[0].where in ("site.geojson 001", "site.geojson")


def test_the_zone_in_an_easting_is_named_in_the_advice() -> None:
    with pytest.raises(InputError) as error:
        source_system(None, boxes(ZONE_39), PLANE)
    assert "EPSG:4527" in error.value.diagnostics[0].help("en")


def test_zones_are_never_mixed() -> None:
    with pytest.raises(InputError) as error:
        source_system("EPSG:4527", boxes(ZONE_39, (40419000.0, 3497500.0, 40419100.0, 3497600.0)), PLANE)
    assert code_of(error) == "LR527"


@pytest.mark.parametrize(("declared", "box"), [("EPSG:4527", ZONE_39), ("EPSG:4548", BARE), ("EPSG:4490", DEGREES)])
def test_numbers_that_fit_are_taken_without_notes(declared: str, box: tuple[float, float, float, float]) -> None:
    assert source_system(declared, boxes(box), PLANE).notes == ()


@pytest.mark.parametrize(("east", "notes"), [(500_000, []), (640_000, []), (645_000, ["LR529"]), (780_000, ["LR529"])])
def test_distance_from_the_meridian(east: float, notes: list[str]) -> None:
    """At 31.6 degrees north 1.5 degrees are 142 km and 3 degrees 285 km."""
    box = np.array([39e6 + east, 3497500.0, 39e6 + east + 100, 3497600.0])
    assert [n.code for n in zone_notes(box, PLANE)] == notes


def test_beyond_three_degrees_is_refused() -> None:
    with pytest.raises(InputError) as error:
        zone_notes(np.array([39790000.0, 3497500.0, 39790100.0, 3497600.0]), PLANE)
    assert code_of(error) == "LR528"
    assert zone_notes(np.array([0.0, 0.0, 1.0, 1.0]), Plane("engineering")) == ()
