"""The features of Qingxi that stand in a list: the ground of the dossiers, drawn in rectangles.

Coordinates are metres east and north of `ORIGIN` in EPSG:4527, written ``x0,y0,x1,y1``. Everything here is invented; the
ground of the five first dossiers (A to E, R1) and the village of Nanwei (X1 to X12) lie at least 300 m from the filler
mesh of `filler.py`, so that no filler patch can change a dossier's numbers. Comes in: nothing. Goes out: `Rect` records
and the tuples of features of each table, in the order in which they are written.
"""

from __future__ import annotations

from dataclasses import dataclass

ORIGIN = (39_519_000, 3_497_500)
"""Easting with zone prefix and northing of the example's zero point, about 117.2003 E, 31.6 N."""

COUNTY = "349901"
STATE, COLLECTIVE = "20", "30"
SHIQIAO, DONGHE, CHENGGUAN = "349901104", "349901102", "349901100"


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in metres from `ORIGIN`."""

    x0: float
    y0: float
    x1: float
    y1: float

    def ring(self) -> list[tuple[float, float]]:
        """Its anticlockwise closed ring in EPSG:4527."""
        east, north = ORIGIN
        corners = [(self.x0, self.y0), (self.x1, self.y0), (self.x1, self.y1), (self.x0, self.y1), (self.x0, self.y0)]
        return [(east + x, north + y) for x, y in corners]


def rect(text: str) -> Rect:
    """The rectangle that ``x0,y0,x1,y1`` says."""
    x0, y0, x1, y1 = (float(part) for part in text.split(","))
    return Rect(x0, y0, x1, y1)


@dataclass(frozen=True, slots=True)
class Owner:
    """A unit that owns land: its 19-digit code, its name and the nature of ownership."""

    code: str
    name: str
    nature: str


OWNERS = {
    "东河": Owner("3499011022010000000", "东河镇东河村", COLLECTIVE),
    "西圩": Owner("3499011022020000000", "东河镇西圩村", COLLECTIVE),
    "南圩": Owner("3499011022030000000", "东河镇南圩村", COLLECTIVE),
    "石桥": Owner("3499011042010000000", "石桥镇石桥村", COLLECTIVE),
    "柳荫": Owner("3499011002010000000", "城关镇柳荫村", COLLECTIVE),
    "水务": Owner("3499011020000000000", "清溪县水务局", STATE),
    "城关": Owner("3499011000000000000", "城关镇人民政府", STATE),
    "交通": Owner("3499010000000000000", "清溪县交通运输局", STATE),
}


@dataclass(frozen=True, slots=True)
class Patch:
    """A land-use patch: class of the survey, slope grade 1 to 5, ridge coefficient, quality level and national grade.

    Slope, quality and grade are 0 where the patch is not cultivated.
    """

    id: str
    where: Rect
    survey_class: str
    owner: Owner
    slope: int = 0
    ridge: float = 0.0
    quality: int = 0
    grade: int = 0


def _patches(text: str) -> tuple[Patch, ...]:
    rows = [line.split() for line in text.strip().splitlines()]
    return tuple(
        Patch(i, rect(r), c, OWNERS[o], int(s or 0), float(k or 0), int(q or 0), int(g or 0))
        for i, r, c, o, s, k, q, g in ([*row, *[""] * (8 - len(row))] for row in rows)
    )


# id, rectangle, class of the survey, owner, slope, ridge coefficient, quality level, national grade
PATCHES = _patches("""
A1  0,-300,300,40          0101 东河 1 0    4 6
A2  -100,40,400,42         1006 东河
A3  300,-300,302,40        1006 东河
A4  302,-60,350,40         1104 东河
A5  350,-60,400,40         0307 东河
A6  400,-400,460,400       1101 水务
A7  460,-60,520,100        0101 西圩 1 0    4 7
A8  520,-139,620,21        0101 西圩 1 0    4 7
A9  620,-139,670,-19       0101 西圩 1 0    4 7
A10 620,-19,670,21         0307 西圩
A11 620,21,670,81          0702 西圩
A12 520,21,620,81          0103 西圩 2 0.05 5 8
R1  -800,600,-674,700      0101 东河 2 0.02 4 6
B1  3000,50,3050,150       0702 柳荫
B2  3050,50,3130,150       0307 柳荫
B3  3130,50,3140,150       1107 柳荫
B4  3140,50,3161,150       0601 柳荫
B5  3161,50,3270,150       0103 柳荫 1 0    5 8
B6  3000,0,3270,50         0103 柳荫 1 0    5 8
B7  3270,0,3350,150        0601 城关
C1  -2100,1087.5,-1800,1400 0103 石桥 1 0   5 8
C2  -2000,1040,-1880,1087.5 0103 石桥 1 0   5 8
C3  -2000,1000,-1880,1040  0204 石桥
C4  -1880,1000,-1860,1060  0103 石桥 1 0    5 8
D1  1400,-1200,1700,-1196  1004 东河
D2  1500,-1196,1620,-1190  1201 东河
E1  3100,-555,3220,-455    0601 城关
E2  2600,-600,4200,-560    1003 交通
X1  0,-2600,400,-2000      0103 南圩 1 0    5 8
X2  400,-2600,404,-2000    1006 南圩
X3  404,-2600,700,-2300    0103 南圩 1 0    5 9
X4  404,-2300,700,-2296    1004 南圩
X5  404,-2296,560,-2000    0702 南圩
X6  560,-2296,600,-2256    1201 南圩
X7  600,-2296,700,-2256    0702 南圩
X8  560,-2256,700,-2100    0702 南圩
X9  560,-2100,620,-2060    1201 南圩
X10 620,-2100,700,-2060    0702 南圩
X11 560,-2060,700,-2000    0103 南圩 1 0    5 9
X12 700,-2600,1000,-2000   0201 南圩
""")

PBF = (("YN-01", "A1"), ("YN-02", "C1"), ("YN-03", "X1"))
"""Permanent basic farmland: its patch number and the land-use patch that it takes over whole."""

PBF_RESERVE = (("CB-1", rect("-900,500,-600,800"), "东河镇储备区一"),)
ERL = (("HX-1", rect("400,-200,460,300"), "东河水土保持红线", "水土保持"),)
FOREST = (
    ("F-1", rect("350,-60,400,40")),
    ("F-2", rect("620,-19,670,21")),
    ("F-3", rect("3050,50,3130,150")),
)
RIVER = (("HD-1", rect("400,-400,460,400"), "东河"),)
HIGHWAY = (("GL-1", rect("2600,-600,4200,-560"), "国道", "national"),)
POWER = (
    ("XL-1", ((2800, 154), (3500, 154)), "110 kV 清关线(南侧边导线)", 110),
    ("XL-2", ((2800, 162), (3500, 162)), "110 kV 清关线(北侧边导线)", 110),
)
UDB = (("KF-1", rect("2900,-100,3400,200")), ("KF-2", rect("2900,-560,3500,-300")))
CONSTRUCTION_SCOPE = (
    ("KF-1", rect("2900,-100,3400,200"), "城镇"),
    ("KF-2", rect("2900,-560,3500,-300"), "城镇"),
    ("CJ-1", rect("1400,-1300,1700,-1100"), "村庄"),
    ("CJ-2", rect("404,-2300,700,-2000"), "村庄"),
)
TOWNSHIPS = (
    (SHIQIAO, "石桥镇", rect("-8000,-6000,-1500,7000")),
    (DONGHE, "东河镇", rect("-1500,-6000,2000,7000")),
    (CHENGGUAN, "城关镇", rect("2000,-6000,9000,7000")),
)

PLAN_ZONES = (
    ("FQ-01", "farm_protect", rect("0,-300,300,40")),
    ("FQ-02", "farm_protect", rect("-2100,1087.5,-1800,1400")),
    ("FQ-03", "eco_protect", rect("400,-200,460,300")),
    ("FQ-04", "rural.general", rect("-100,40,300,100")),
    ("FQ-05", "rural.general", rect("300,-300,400,100")),
    ("FQ-06", "rural.general", rect("460,-300,800,300")),
    ("FQ-07", "rural.general", rect("-2100,950,-1800,1087.5")),
    ("FQ-08", "rural.general", rect("-900,500,-600,800")),
    ("FQ-09", "rural.village", rect("1400,-1300,1700,-1100")),
    ("FQ-10", "urban.concentrated.logistics", rect("2900,-100,3400,200")),
    ("FQ-11", "urban.concentrated.industry", rect("2900,-560,3500,-300")),
    ("FQ-12", "farm_protect", rect("0,-2600,400,-2000")),
    ("FQ-13", "rural.general", rect("400,-2600,404,-2000")),
    ("FQ-14", "rural.general", rect("404,-2600,700,-2300")),
    ("FQ-15", "rural.village", rect("404,-2300,700,-2000")),
    ("FQ-16", "rural.general", rect("700,-2600,1000,-2000")),
)
PLAN_USES = (
    ("YD-01", "1202", rect("0,0,400,42")),
    ("YD-02", "1202", rect("400,4,520,38")),
    ("YD-03", "1202", rect("520,-39,670,81")),
    ("YD-04", "1101", rect("3000,0,3220,150")),
    ("YD-05", "1101", rect("3230,0,3350,150")),
    ("YD-06", "1207", rect("3220,0,3230,150")),
    ("YD-07", "1207", rect("1400,-1200,1700,-1194")),
    ("YD-08", "060202", rect("-2000,1000,-1880,1087.5")),
    ("YD-09", "060202", rect("-1880,1000,-1860,1060")),
    ("YD-10", "100101", rect("3000,-560,3400,-400")),
    ("YD-11", "01", rect("-2100,1087.5,-1800,1400")),
    ("YD-12", "01", rect("-900,500,-600,800")),
    ("YD-13", "01", rect("0,-2600,400,-2000")),
    ("YD-14", "0601", rect("400,-2600,404,-2000")),
    ("YD-15", "01", rect("404,-2600,700,-2300")),
    ("YD-16", "1207", rect("404,-2300,700,-2296")),
    ("YD-17", "0703", rect("404,-2296,560,-2000")),
    ("YD-18", "0704", rect("560,-2296,600,-2256")),
    ("YD-19", "0703", rect("600,-2296,700,-2256")),
    ("YD-20", "0703", rect("560,-2256,700,-2100")),
    ("YD-21", "0704", rect("560,-2100,620,-2060")),
    ("YD-22", "0703", rect("620,-2100,700,-2060")),
    ("YD-23", "080403", rect("560,-2060,700,-2000")),
    ("YD-24", "02", rect("700,-2600,1000,-2000")),
)

EMPTY_LAYERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("protected_area", ("kind", "level", "zone")),
    ("grassland", ("is_basic",)),
    ("water_source", ("level",)),
    ("relic_scope", ("level",)),
    ("relic_control", ("level",)),
    ("historic_place", ("kind",)),
    ("geohazard", ("kind",)),
    ("mineral_deposit", ("kind",)),
    ("dem_slope", ()),
    ("dike_zone", ()),
    ("four_lines", ("colour",)),
    ("met_station", ("class",)),
)
"""Layers that were surveyed over their whole coverage and hold no feature, with their text fields."""

MET_SURVEYED = rect("-40000,-40000,41000,41000")
"""The ground for which the provincial bureau says that it has no station: its rules reach beyond the county."""
