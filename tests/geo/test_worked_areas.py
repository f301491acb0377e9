"""The areas that domain/proposal.md 6 works out for the example county, from its rectangles.

Coordinates are metres east and north of (39519000, 3497500) in EPSG:4527.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
import shapely

from landrules.base.quantity import round_half_up
from landrules.engine.overlay import overlay, overlay_strips
from landrules.geo import crs, kernel
from landrules.geo.apportion import fit
from landrules.geo.area import rounded, survey_areas
from landrules.geo.ground import Ground
from landrules.geo.pieces import without
from landrules.geo.site import Coverage, CoverageKind, Layer, Parcel, Plane, Proposal, Role

PLANE = Plane("EPSG:4527")
EAST, NORTH = 39519000.0, 3497500.0
Rectangle = tuple[float, float, float, float]

DLTB: dict[str, tuple[Rectangle, str, str]] = {
    "A1": ((0, -300, 300, 40), "101999.08", "101999.08"),
    "A2": ((-100, 40, 400, 42), "999.99", "0"),
    "A3": ((300, -300, 302, 40), "679.99", "0"),
    "A4": ((302, -60, 350, 40), "4799.96", "0"),
    "A5": ((350, -60, 400, 40), "4999.95", "0"),
    "A6": ((400, -400, 460, 400), "47999.55", "0"),
    "A7": ((460, -60, 520, 100), "9599.91", "9599.91"),
    "A8": ((520, -139, 620, 21), "15999.85", "15999.85"),
    "A9": ((620, -139, 670, -19), "5999.94", "5999.94"),
    "A10": ((620, -19, 670, 21), "1999.98", "0"),
    "A11": ((620, 21, 670, 81), "2999.97", "0"),
    "A12": ((520, 21, 620, 81), "5999.94", "5699.94"),
    "R1": ((-800, 600, -674, 700), "12599.90", "12347.90"),
    "B1": ((3000, 50, 3050, 150), "4999.94", "0"),
    "B2": ((3050, 50, 3130, 150), "7999.90", "0"),
    "B3": ((3130, 50, 3140, 150), "999.99", "0"),
    "B4": ((3140, 50, 3161, 150), "2099.97", "0"),
    "B5": ((3161, 50, 3270, 150), "10899.87", "10899.87"),
    "B6": ((3000, 0, 3270, 50), "13499.84", "13499.84"),
    "B7": ((3270, 0, 3350, 150), "11999.85", "0"),
    "C1": ((-2100, 1087.5, -1800, 1400), "93749.33", "93749.33"),
    "C2": ((-2000, 1040, -1880, 1087.5), "5699.96", "5699.96"),
    "C3": ((-2000, 1000, -1880, 1040), "4799.97", "0"),
    "C4": ((-1880, 1000, -1860, 1060), "1199.99", "1199.99"),
    "D1": ((1400, -1200, 1700, -1196), "1199.99", "0"),
    "D2": ((1500, -1196, 1620, -1190), "719.99", "0"),
    "E1": ((3100, -555, 3220, -455), "11999.85", "0"),
    "E2": ((2600, -600, 4200, -560), "63999.21", "0"),
}


def ring(*corners: tuple[float, float]) -> shapely.Polygon:
    return shapely.Polygon([(EAST + x, NORTH + y) for x, y in corners])


def box(r: Rectangle) -> shapely.Polygon:
    return shapely.box(EAST + r[0], NORTH + r[1], EAST + r[2], NORTH + r[3])


def parcel(name: str, shape: shapely.Polygon, role: Role = Role.PARCEL) -> Parcel:
    shape = kernel.normal_form(kernel.array_of([shape]))[0]
    area = rounded(float(survey_areas(kernel.array_of([shape]), PLANE)[0]))
    return Parcel(name, role, shape, {}, area)


def proposal(*parcels: Parcel) -> Proposal:
    return Proposal("p", "p", {}, parcels, (), (), PLANE, "0" * 64, 1.2e-6)


def layer(name: str, shapes: dict[str, shapely.Geometry]) -> Layer:
    ids = tuple(sorted(shapes))
    geometry = kernel.array_of([shapes[i] for i in ids])
    return Layer(name, date(2025, 12, 31), geometry, ids, {}, Coverage(CoverageKind.COMPLETE), "0" * 64, PLANE.code)


# 6.4 to 6.8: A is the expressway, B the logistics park, C the livestock facility, D the village road, E the workshop.
A = proposal(
    parcel("001", ring((0, 0), (400, 0), (400, 4), (400, 38), (400, 42), (0, 42))),
    parcel("002", box((400, 4, 460, 38))),
    parcel("003", box((460, 4, 520, 38))),
    parcel("004", ring((520, -39), (670, -39), (670, 81), (520, 81), (520, 38), (520, 4))),
)
B = proposal(parcel("01", box((3000, 0, 3220, 150))), parcel("02", box((3220, 0, 3350, 150))))
C = proposal(parcel("S-01", box((-2000, 1000, -1880, 1090))), parcel("S-02", box((-1880, 1000, -1860, 1060))))
D = proposal(parcel("1", box((1500, -1196, 1620, -1190))))
E = proposal(parcel("1", box((3100, -555, 3220, -455))))
W1 = parcel("W-1", box((3110, -548, 3170, -500)), Role.BUILDING)
W2 = parcel("W-2", box((3180, -538, 3212, -458)), Role.BUILDING)


@pytest.mark.parametrize("name", DLTB)
def test_survey_area_of_every_patch_is_its_tbmj(name: str) -> None:
    shape, tbmj, _ = DLTB[name]
    assert rounded(float(survey_areas(kernel.array_of([box(shape)]), PLANE)[0])) == Decimal(tbmj)


def area(site: Proposal, name: str, *rectangles: Rectangle) -> Decimal:
    shapes = {f"{i}": box(r) for i, r in enumerate(rectangles)}
    return overlay(site, layer(name, shapes)).rounded_area()


def test_part_of_the_protected_farmland_and_the_red_line() -> None:
    assert area(A, "pbf", (0, -300, 300, 40)) == Decimal("11999.89")
    assert area(A, "erl", (400, -200, 460, 300)) == Decimal("2039.98")


@pytest.mark.parametrize(
    ("site", "whole"), [(A, "38879.64"), (B, "52499.36"), (C, "11999.91"), (D, "719.99"), (E, "11999.85")]
)
def test_whole_proposals(site: Proposal, whole: str) -> None:
    ground = Ground.of(site.parcels, site.plane)
    assert ground.whole().rounded_area() == Decimal(whole)
    assert area(site, "plan_zone", (-9000, -9000, 9000, 9000)) == Decimal(whole)


def test_authorised_and_refused_ground_of_the_livestock_facility_add_up() -> None:
    protected = overlay(C, layer("plan_zone", {"farm": box((-2100, 1087.5, -1800, 1400))}))
    rest = without(protected.ground, protected)
    assert protected.rounded_area() == Decimal("300.00")
    assert rest.rounded_area() == Decimal("11699.92")  # 11699.916; a printed table fits it to the total
    printed = fit(Decimal("11999.91"), {"farm": protected.union_area(), "rest": rest.area()})
    assert printed == {"farm": Decimal("300.00"), "rest": Decimal("11699.91")}
    assert float(protected.union_area() + rest.area()) == pytest.approx(
        float(protected.ground.surveyed.sum()), abs=2e-6
    )


def net_cultivated(site: Proposal) -> Decimal:
    patches = {name: box(r) for name, (r, _, _) in DLTB.items()}
    pieces = overlay(site, layer("dltb", patches))
    names = sorted(patches)
    total = pieces.apportioned([Fraction(DLTB[names[f]][2]) for f in pieces.feature])
    assert total is not None
    return round_half_up(total)


def test_net_cultivated_area_is_apportioned_from_the_patches() -> None:
    assert net_cultivated(A) == Decimal("26739.75")
    # The paper prints 24399.70; B5 and B6 lie wholly inside, so it is the sum of their TBDLMJ.
    assert net_cultivated(B) == Decimal("10899.87") + Decimal("13499.84") == Decimal("24399.71")
    assert net_cultivated(D) == Decimal("0.00")


def test_dossier_in_degrees_measures_as_in_metres() -> None:
    """Parcel 001 of A as the dossier writes it, eleven decimals of a degree."""
    corners = [
        (117.20020800077, 31.59985117935), (117.20442288343, 31.59984450467), (117.20442296223, 31.59988057953),
        (117.20442363201, 31.60018721584), (117.20442371081, 31.60022329069), (117.20020881109, 31.60022996548),
    ]  # fmt: skip
    shape = crs.transform(kernel.array_of([shapely.Polygon(corners)]), "OGC:CRS84", PLANE.code)
    site = proposal(parcel("001", shape[0]))
    assert area(site, "pbf", (0, -300, 300, 40)) == Decimal("11999.89")
    assert shapely.hausdorff_distance(shape[0], A.parcels[0].geometry) < 2e-6


def test_strip_beside_the_power_line() -> None:
    lines = {
        "south": shapely.LineString([(EAST + 2800, NORTH + 154), (EAST + 3500, NORTH + 154)]),
        "north": shapely.LineString([(EAST + 2800, NORTH + 162), (EAST + 3500, NORTH + 162)]),
    }
    found = overlay_strips(Ground.of(B.parcels, PLANE), layer("power_line", lines), [Fraction(10), Fraction(10)])
    # 350 m by 6 m. The paper prints 2099.98; B's 52500 planar m² measure 52499.3636, so 2100 measure 2099.9745.
    assert found.pieces.rounded_area() == Decimal("2099.97")
    assert [n.distance for n in found.near] == [4, 4]


def test_building_in_the_strip_of_the_national_road() -> None:
    road = layer("highway", {"GL-1": box((2600, -600, 4200, -560))})
    found = overlay_strips(Ground.of((W1, W2), PLANE), road, [Fraction(20)], reach=Fraction(50))
    first, second = found.nearest(0), found.nearest(1)
    assert first is not None
    assert second is not None
    assert (first.distance, first.margin) == (12, -8)
    assert (second.distance, second.margin) == (22, 2)
    assert found.pieces.rounded_area() == Decimal("479.99")
    assert found.pieces.parcels_touched() == ("W-1",)
