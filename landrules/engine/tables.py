"""The reviewer's tables: ground by class on every layer that classifies it, parcel by parcel, adding up to the last digit.

One table for each layer with a code field, in m², ha and mu: rows are classes, columns are parcels, totals close in
both directions and meet the proposal's area. Ground that no feature covers and ground outside coverage are rows of
their own. Net areas and the lines of layers without classes stand in the table of control lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from landrules.base.quantity import round_half_up
from landrules.base.valuetype import Absence, Code, CodeType, Value
from landrules.engine.answer import Column, OverlayOut, OverlayStatus, Table, Text
from landrules.engine.describe import text
from landrules.engine.evidence import Evidence, Overlaid
from landrules.engine.verdict import Result
from landrules.geo.apportion import Fitted, counted, fit_tables, in_unit
from landrules.geo.pieces import without
from landrules.rules.model import RuleSet

UNITS = ("m2", "ha", "mu")
UNIT_ZH = {"m2": "平方米", "ha": "公顷", "mu": "亩"}
NO_FEATURE, NOT_COVERED = "~none", "~uncovered"


def tables(evidence: Evidence) -> tuple[Table, ...]:
    """All tables, in the order of layers."""
    out: list[Table] = []
    total = round_half_up(evidence.area)
    printed = {unit: total if unit == "m2" else in_unit(total, unit) for unit in UNITS}
    printed = {unit: amount for unit, amount in printed.items() if amount != 0}
    for name in sorted(evidence.grounds):
        met = evidence.grounds[name]
        schema = evidence.rules.layers.get(name)
        if not isinstance(met, Overlaid) or schema is None or len(met.pieces) == 0:
            continue
        coded = next((f.name for f in schema.fields.values() if isinstance(f.type, CodeType)), None)
        if coded is not None and met.pieces.is_disjoint:
            cells = _cells(coded, met)
            titles = _titles(cells, evidence.rules)
            for unit, fitted in zip(printed, fit_tables(tuple(printed.values()), cells), strict=True):
                out.append(_table(name, unit, text(schema.title), titles, fitted, printed[unit], evidence))
    return tuple(out)


def _cells(field: str, met: Overlaid) -> dict[tuple[str, str], int]:
    """Exact areas by class and parcel, in whole multiples of one small area; a class is written `scheme:code`."""
    pieces, ids = met.pieces, [parcel.id for parcel in met.parcels]
    features, positions = pieces.feature.tolist(), pieces.parcel.tolist()
    column = met.layer.columns.get(field)
    classes = {f: _class(column[f] if column is not None else None) for f in set(features)}
    rest = [
        (kind, position, area)
        for kind, areas in ((NO_FEATURE, _without_feature(met)), (NOT_COVERED, met.hidden().areas().tolist()))
        for position, area in enumerate(areas)
        if area > 0.005
    ]
    counts = counted([*pieces.net_areas().tolist(), *(area for _, _, area in rest)])
    cells: dict[tuple[str, str], int] = {}
    for feature, position, count in zip(features, positions, counts[: len(features)], strict=True):
        key = (classes[feature], ids[position])
        cells[key] = cells.get(key, 0) + count
    for (kind, position, _), count in zip(rest, counts[len(features) :], strict=True):
        cells[kind, ids[position]] = count
    return cells


def _class(value: Value | None) -> str:
    return str(value) if isinstance(value, Code) else "?"


def _without_feature(met: Overlaid) -> Sequence[float]:
    """Of each parcel the area in m² inside coverage where no feature lies: drawn only where areas do not add up."""
    rest = met.unfilled()
    if rest is not None:
        return rest
    drawn = without(met.pieces.ground, met.pieces).minus(met.hidden())
    areas: list[float] = drawn.areas().tolist()
    return areas


def _titles(cells: Mapping[tuple[str, str], int], rules: RuleSet) -> dict[str, Text]:
    out = {}
    for key in {k for k, _ in cells}:
        scheme, _, code = key.partition(":")
        entry = rules.schemes[scheme].entries.get(code) if scheme in rules.schemes else None
        out[key] = text(entry.title) if entry else Text(zh=code or key, en=code or key)
    out[NO_FEATURE] = Text(zh="无图斑", en="no feature")
    out[NOT_COVERED] = Text(zh="图层未覆盖", en="not covered by the layer")
    out["?"] = Text(zh="代码缺失", en="no code")
    return out


HEADS = (
    Column(key="code", title=Text(zh="代码", en="code")),
    Column(key="name_zh", title=Text(zh="名称", en="name (zh)")),
    Column(key="name_en", title=Text(zh="英文名称", en="name")),
)
TOTAL = Text(zh="合计", en="total")
NOTE = Text(zh="面积按最大余数法逐级平差，行列合计一致", en="fitted by largest remainder; rows and columns both close")


def _table(
    name: str,
    unit: str,
    layer: Text,
    titles: Mapping[str, Text],
    fitted: Fitted,
    total: Decimal,
    evidence: Evidence,
) -> Table:
    parcels = tuple(fitted.columns)
    heads = evidence.memo.of(("columns", parcels, unit), lambda: _heads(parcels, unit))
    body: list[tuple[str | Decimal | None, ...]] = [
        (_shown_code(row), titles[row].zh, titles[row].en, *line, amount)
        for row, line, amount in zip(fitted.rows, fitted.cells, fitted.row_totals, strict=True)
    ]
    body.append(("", "合计", "total", *fitted.column_totals, total))
    title = Text(zh=f"{layer.zh}分类面积表（{UNIT_ZH[unit]}）", en=f"{layer.en}: area by class ({unit})")
    return Table(key=f"{name}.{unit}", title=title, columns=heads, rows=tuple(body), note=NOTE)


def _heads(parcels: tuple[str, ...], unit: str) -> tuple[Column, ...]:
    return (
        *HEADS,
        *(Column(key=p, title=Text(zh=p, en=p), unit=unit) for p in parcels),
        Column(key="total", title=TOTAL, unit=unit),
    )


def _shown_code(key: str) -> str:
    return "" if key.startswith("~") or key == "?" else key


def overlays(evidence: Evidence, layers: tuple[str, ...], results: Sequence[Result]) -> tuple[OverlayOut, ...]:
    """One line for every layer that norms in force read: involved, not involved, not covered, outdated, missing.

    A layer whose strip is entered is involved, with the area in the strip.
    """
    out = []
    entered = {r.met.layer.name: r.met for r in results if r.stripped is not None and r.touched and r.met is not None}
    for name in layers:
        schema = evidence.rules.layers.get(name)
        title = text(schema.title) if schema else Text(zh=name, en=name)
        met = evidence.ground(name)
        if not isinstance(met, Overlaid):
            absent: OverlayStatus = "outdated" if met.kind is Absence.OUTDATED else "missing"
            out.append(OverlayOut(layer=name, title=title, status=absent, area_m2=Decimal("0.00"), features=0))
            continue
        met = entered.get(name, met)
        noise = met.is_noise(met.rows, evidence.proposal.precision_m)
        uncovered = met.uncovered()
        area = round_half_up(met.area(met.rows))
        state: OverlayStatus = (
            "involved" if not noise else "not_covered" if uncovered > Fraction(1, 100) else "not_involved"
        )
        out.append(
            OverlayOut(
                layer=name,
                title=title,
                edition=met.layer.edition,
                status=state,
                area_m2=area if not noise else Decimal("0.00"),
                uncovered_m2=round_half_up(uncovered),
                features=len({met.feature_of(r) for r in met.rows}) if not noise else 0,
            )
        )
    return tuple(out)
