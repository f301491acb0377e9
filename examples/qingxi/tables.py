"""The tables of the example's GeoPackage: the listed features and the mesh, under the national databases' field names.

Comes in: `listed.py` and `filler.py`. Goes out: `Table` records in writing order, every area by the survey formula. Areas
that the databases state (TBMJ, YJJBNTTBMJ, MJ ...) are ellipsoidal; net areas are gross minus the ridge, each rounded to
0.01 m² half away from zero, as survey software does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import filler
import listed
import shapely
from listed import Rect

CENT = Decimal("0.01")

CLASS_NAMES = {
    "0101": "水田", "0103": "旱地", "0201": "果园", "0202": "茶园", "0204": "其他园地", "0301": "乔木林地",
    "0302": "竹林地", "0305": "灌木林地", "0307": "其他林地", "0508": "物流仓储用地", "0601": "工业用地",
    "0701": "城镇住宅用地", "0702": "农村宅基地", "0809": "公用设施用地", "08H2": "科教文卫用地", "1003": "公路用地",
    "1004": "城镇村道路用地", "1006": "农村道路", "1101": "河流水面", "1104": "坑塘水面", "1107": "沟渠",
    "1201": "空闲地", "1202": "设施农用地",
}  # fmt: skip
ZONE_NAMES = {
    "farm_protect": "农田保护区",
    "eco_protect": "生态保护区",
    "rural.general": "一般农业区",
    "rural.village": "村庄建设区",
    "urban.concentrated.logistics": "物流仓储区",
    "urban.concentrated.industry": "工业发展区",
}
PLAN_NAMES = {
    "01": "耕地", "02": "园地", "03": "林地", "0601": "农村道路", "0602": "设施农用地", "060202": "畜禽养殖设施建设用地",
    "0703": "农村宅基地", "0704": "农村社区服务设施用地", "0804": "教育用地", "080403": "中小学用地",
    "100101": "一类工业用地", "1101": "物流仓储用地", "1202": "公路用地", "1207": "城镇村道路用地", "17": "陆地水域",
}  # fmt: skip
PLANNED = {
    "01": "01", "02": "02", "03": "03", "1006": "0601", "1202": "0602", "0702": "0703", "1201": "0704", "08H2": "0804",
    "1003": "1202", "1004": "1207", "1101": "17", "1104": "17", "1107": "17",
}  # fmt: skip
"""The planned use of a filler patch by its survey class, or by the class's first two figures."""

PLANNED_STRIP = 1
"""The strip whose filler has planned uses: only 东河镇 had its village plans put on the map."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, its fields with their types (`text`, `integer`, `real`, `boolean`) and its rows."""

    name: str
    fields: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Any, ...], ...]
    shapes: tuple[shapely.Geometry, ...]


SurveyArea = Callable[[shapely.Geometry], Decimal]
AnyPatch = listed.Patch | filler.FillerPatch


def polygon(where: Rect) -> shapely.Polygon:
    """The polygon of a rectangle in EPSG:4527."""
    return shapely.Polygon(where.ring())


def dissolved(shapes: Iterable[shapely.Geometry]) -> shapely.Geometry:
    """One geometry of patches that share their points; no new point arises."""
    return shapely.normalize(shapely.coverage_union_all(list(shapes)))


class County:
    """The county's features, with the areas that the survey formula gives them."""

    def __init__(self, survey_area: SurveyArea) -> None:
        self.survey_area = survey_area
        self.filler = filler.filler_patches()
        self.mesh = Rect(filler.STRIPS[0][1], filler.SOUTH, filler.STRIPS[-1][2], filler.NORTH)

    def tables(self) -> tuple[Table, ...]:
        """All tables in writing order."""
        return (
            self._land_use(),
            self._covered("DLTB_COVERAGE", [patch.where for patch in listed.PATCHES], self.mesh),
            self._farmland("YJJBNTTB_2022", 2022),
            self._farmland("YJJBNTTB_2025", 2025),
            self._simple("YJJBNTCBQ", "CBQMC", [(i, n, polygon(r)) for i, r, n in listed.PBF_RESERVE]),
            self._red_line(),
            self._urban_boundary(),
            self._simple("JSYDGZQ", "GZQLX", self._scopes()),
            self._zones(),
            self._covered("GHFQ_COVERAGE", [where for _, _, where in listed.PLAN_ZONES], self.mesh),
            self._uses(),
            self._covered("GHYDYH_COVERAGE", [where for _, _, where in listed.PLAN_USES], self._planned_ground()),
            self._townships(),
            self._forest(),
            self._simple("river_scope", "name", self._rivers()),
            self._highways(),
            self._power_lines(),
            self._covered("met_station_coverage", [listed.MET_SURVEYED], None),
            *(_empty(name, fields) for name, fields in listed.EMPTY_LAYERS),
        )

    def _area(self, shape: shapely.Geometry) -> float:
        return float(self.survey_area(shape))

    def _gross_ridge_net(self, shape: shapely.Geometry, ridge: float) -> tuple[float, float, float]:
        gross = self.survey_area(shape)
        deducted = (gross * Decimal(str(ridge))).quantize(CENT, ROUND_HALF_UP)
        return float(gross), float(deducted), float(gross - deducted)

    def _land_use(self) -> Table:
        fields = (
            ("BSM", "text"), ("TBBH", "text"), ("DLBM", "text"), ("DLMC", "text"), ("QSXZ", "text"), ("QSDWDM", "text"),
            ("QSDWMC", "text"), ("ZLDWDM", "text"), ("TBMJ", "real"), ("KCXS", "real"), ("KCMJ", "real"),
            ("TBDLMJ", "real"), ("GDLX", "text"), ("GDPDJB", "text"), ("ZLDJ", "integer"), ("GDDB", "integer"),
        )  # fmt: skip
        shapes = [polygon(patch.where) for patch in listed.PATCHES] + [patch.polygon for patch in self.filler]
        patches: tuple[AnyPatch, ...] = (*listed.PATCHES, *self.filler)
        rows = []
        for number, (patch, shape) in enumerate(zip(patches, shapes, strict=True), start=1):
            owner = patch.owner
            where = owner.code if owner.nature == listed.COLLECTIVE else f"{_township_of(shape)}0000000000"
            gross, deducted, net = self._gross_ridge_net(shape, patch.ridge)
            rows.append((
                patch.id, f"{number:05d}", patch.survey_class, CLASS_NAMES[patch.survey_class], owner.nature,
                owner.code, owner.name, where, gross, patch.ridge, deducted, net, "PD" if patch.slope > 1 else None,
                str(patch.slope) if patch.slope else None, patch.quality or None, patch.grade or None,
            ))  # fmt: skip
        return Table("DLTB", fields, tuple(rows), tuple(shapes))

    def _farmland(self, name: str, year: int) -> Table:
        fields = (
            ("BSM", "text"), ("YJJBNTTBBH", "text"), ("TBBH", "text"), ("DLBM", "text"), ("DLMC", "text"),
            ("QSDWDM", "text"), ("YJJBNTTBMJ", "real"), ("KCXS", "real"), ("KCMJ", "real"), ("YJJBNTMJ", "real"),
            ("GDPDJB", "text"), ("GDDB", "integer"), ("SJNF", "integer"),
        )  # fmt: skip
        by_id = {patch.id: patch for patch in listed.PATCHES}
        chosen: list[tuple[str, AnyPatch, shapely.Geometry]] = [
            (farm_id, by_id[patch_id], polygon(by_id[patch_id].where)) for farm_id, patch_id in listed.PBF
        ]
        protected = [patch for patch in self.filler if patch.theme == "farm" and patch.survey_class.startswith("01")]
        chosen += [(f"YN-{number:04d}", patch, patch.polygon) for number, patch in enumerate(protected, start=101)]
        rows, shapes = [], []
        for farm_id, patch, shape in chosen:
            gross, deducted, net = self._gross_ridge_net(shape, patch.ridge)
            rows.append((
                farm_id, farm_id, patch.id, patch.survey_class, CLASS_NAMES[patch.survey_class], patch.owner.code, gross,
                patch.ridge, deducted, net, str(patch.slope), patch.grade, year,
            ))  # fmt: skip
            shapes.append(shape)
        return Table(name, fields, tuple(rows), tuple(shapes))

    def _simple(self, name: str, field: str, features: Iterable[tuple[str, str, shapely.Geometry]]) -> Table:
        """A table whose features have an id, one text and their area."""
        found = list(features)
        rows = tuple((i, text, self._area(shape)) for i, text, shape in found)
        fields = (("BSM", "text"), (field, "text"), ("MJ", "real"))
        return Table(name, fields, rows, tuple(shape for _, _, shape in found))

    def _covered(self, name: str, rectangles: Iterable[Rect], more: Rect | None) -> Table:
        """Declared coverage: the union of rectangles, the filler's ground with it, as one feature."""
        parts = [polygon(where) for where in (*rectangles, *([more] if more else []))]
        ground = shapely.normalize(shapely.union_all(parts))
        return Table(name, (("BSM", "text"),), ((name,),), (ground,))

    def _blocks(self, *themes: str) -> list[tuple[tuple[int, int, int], list[filler.FillerPatch]]]:
        groups: dict[tuple[int, int, int], list[filler.FillerPatch]] = {}
        for patch in self.filler:
            if patch.theme in themes:
                groups.setdefault(patch.block, []).append(patch)
        return sorted(groups.items())

    def _block_shapes(self, *themes: str) -> list[shapely.Geometry]:
        return [dissolved(patch.polygon for patch in group) for _, group in self._blocks(*themes)]

    def _of_class(self, survey_class: str) -> shapely.Geometry:
        return dissolved(patch.polygon for patch in self.filler if patch.survey_class == survey_class)

    def _red_line(self) -> Table:
        fields = (
            ("BSM", "text"), ("HXBM", "text"), ("HXMC", "text"), ("HXLX", "text"), ("MJ", "real"),
            ("ZRBHDMC", "text"), ("ZRBHDFQ", "text"),
        )  # fmt: skip
        features = [(i, name, kind, polygon(where)) for i, where, name, kind in listed.ERL]
        for number, shape in enumerate(self._block_shapes("reserve"), start=101):
            features.append((f"HX-{number}", "北岭水源涵养红线", "水源涵养", shape))
        rows = tuple((i, i, name, kind, self._area(shape), "", "") for i, name, kind, shape in features)
        return Table("STBHHX", fields, rows, tuple(shape for *_, shape in features))

    def _urban_boundary(self) -> Table:
        fields = (("BSM", "text"), ("GHFQDM", "text"), ("GHFQMC", "text"), ("MJ", "real"))
        features = [(i, polygon(where)) for i, where in listed.UDB]
        features += [(f"KF-{n}", shape) for n, shape in enumerate(self._block_shapes("town"), start=101)]
        rows = tuple((i, "410", "城镇集中建设区", self._area(shape)) for i, shape in features)
        return Table("CZKFBJ", fields, rows, tuple(shape for _, shape in features))

    def _scopes(self) -> list[tuple[str, str, shapely.Geometry]]:
        scopes = [(i, kind, polygon(where)) for i, where, kind in listed.CONSTRUCTION_SCOPE]
        scopes += [(f"KF-{n}", "城镇", shape) for n, shape in enumerate(self._block_shapes("town"), start=101)]
        scopes += [(f"CJ-{n}", "村庄", shape) for n, shape in enumerate(self._block_shapes("village"), start=101)]
        return scopes

    def _zones(self) -> Table:
        fields = (("BSM", "text"), ("GHFQDM", "text"), ("GHFQMC", "text"), ("MJ", "real"))
        features = [(i, zone, polygon(where)) for i, zone, where in listed.PLAN_ZONES]
        for number, (_, group) in enumerate(self._blocks(*filler.SHARES), start=101):
            shape = dissolved(patch.polygon for patch in group)
            features.append((f"FQ-{number}", filler.ZONE_OF_THEME[group[0].theme], shape))
        rows = tuple((i, zone, ZONE_NAMES[zone], self._area(shape)) for i, zone, shape in features)
        return Table("GHFQ", fields, rows, tuple(shape for *_, shape in features))

    def _planned_ground(self) -> Rect:
        _, west, east = filler.STRIPS[PLANNED_STRIP]
        return Rect(west, filler.SOUTH, east, filler.NORTH)

    def _uses(self) -> Table:
        fields = (("BSM", "text"), ("YDYHFLDM", "text"), ("YDYHFLMC", "text"), ("TBMJ", "real"))
        features = [(i, use, polygon(where)) for i, use, where in listed.PLAN_USES]
        groups: dict[tuple[tuple[int, int, int], str], list[shapely.Geometry]] = {}
        for patch in self.filler:
            if patch.block[0] == PLANNED_STRIP:
                use = PLANNED.get(patch.survey_class) or PLANNED[patch.survey_class[:2]]
                groups.setdefault((patch.block, use), []).append(patch.polygon)
        for number, ((_, use), shapes) in enumerate(sorted(groups.items(), key=lambda item: item[0]), start=101):
            features.append((f"YD-{number}", use, dissolved(shapes)))
        rows = tuple((i, use, PLAN_NAMES[use], self._area(shape)) for i, use, shape in features)
        return Table("GHYDYH", fields, rows, tuple(shape for *_, shape in features))

    def _townships(self) -> Table:
        fields = (("BSM", "text"), ("XZQDM", "text"), ("XZQMC", "text"), ("DCMJ", "real"))
        shapes = tuple(polygon(where) for _, _, where in listed.TOWNSHIPS)
        rows = tuple(
            (code, code, name, self._area(shape))
            for (code, name, _), shape in zip(listed.TOWNSHIPS, shapes, strict=True)
        )
        return Table("XZQ", fields, rows, shapes)

    def _forest(self) -> Table:
        fields = (
            ("BSM", "text"), ("level", "integer"), ("kind", "text"), ("is_public_welfare", "boolean"), ("MJ", "real"),
        )  # fmt: skip
        features = [(i, 4, "timber", False, polygon(where)) for i, where in listed.FOREST]
        for number, (_, group) in enumerate(self._blocks("hill", "reserve"), start=101):
            wooded = [patch.polygon for patch in group if patch.survey_class.startswith("03")]
            protected = group[0].theme == "reserve"
            level, kind = (2, "protection") if protected else (3, "timber")
            features.append((f"F-{number}", level, kind, protected, dissolved(wooded)))
        rows = tuple((i, level, kind, welfare, self._area(s)) for i, level, kind, welfare, s in features)
        return Table("forest", fields, rows, tuple(shape for *_, shape in features))

    def _rivers(self) -> list[tuple[str, str, shapely.Geometry]]:
        return [
            *((i, name, polygon(where)) for i, where, name in listed.RIVER),
            ("HD-2", "北河", self._of_class("1101")),
        ]

    def _highways(self) -> Table:
        fields = (("BSM", "text"), ("name", "text"), ("class", "text"), ("MJ", "real"))
        features = [(i, name, kind, polygon(where)) for i, where, name, kind in listed.HIGHWAY]
        features.append(("GL-2", "北岭县道", "county", self._of_class("1003")))
        rows = tuple((i, name, kind, self._area(shape)) for i, name, kind, shape in features)
        return Table("highway", fields, rows, tuple(shape for *_, shape in features))

    def _power_lines(self) -> Table:
        east, north = listed.ORIGIN
        shapes = tuple(
            shapely.LineString([(east + x, north + y) for x, y in points]) for _, points, _, _ in listed.POWER
        )
        rows = tuple((i, name, voltage) for i, _, name, voltage in listed.POWER)
        return Table("power_line", (("BSM", "text"), ("name", "text"), ("kv", "integer")), rows, shapes)


def _empty(name: str, fields: tuple[str, ...]) -> Table:
    return Table(name, tuple((field, "text") for field in ("BSM", *fields)), (), ())


def _township_of(shape: shapely.Geometry) -> str:
    x = shape.bounds[0] - listed.ORIGIN[0]
    return next(code for code, _, where in listed.TOWNSHIPS if where.x0 <= x < where.x1)
