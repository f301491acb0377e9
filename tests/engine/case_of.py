"""A case in an engineering plane from shapes in metres: rules beside the tests, one parcel or several, layers by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import shapely

from landrules.base.valuetype import Value
from landrules.engine.answer import Answer
from landrules.engine.assemble import answer
from landrules.engine.evaluate import evaluate
from landrules.engine.gather import gather
from landrules.engine.plan import Plan, plan
from landrules.engine.stability import stability
from landrules.geo.kernel import array_of, normal_form
from landrules.geo.site import Coverage, CoverageKind, Geometry, Layer, Parcel, Plane, Proposal, Role
from landrules.rules.load import load_ruleset
from landrules.rules.model import RuleSet

DAY = date(2026, 6, 18)
RULES = Path(__file__).parent / "stability.rules"


@cache
def law() -> tuple[RuleSet, Plan]:
    rules = load_ruleset([RULES])
    return rules, plan(rules, DAY)


def layer(
    name: str,
    *shapes: Geometry,
    accuracy: float | None = None,
    columns: Mapping[str, Sequence[Value]] | None = None,
    is_gap_free: bool = False,
    coverage: Coverage | None = None,
    invalid: Sequence[Geometry] = (),
    plane: str = "engineering",
) -> Layer:
    """A layer whose features are named f0, f1 …; it covers everything unless told otherwise."""
    return Layer(
        name,
        None,
        normal_form(array_of(shapes)) if shapes else array_of([]),
        tuple(f"f{i}" for i in range(len(shapes))),
        columns or {},
        coverage or Coverage(CoverageKind.COMPLETE),
        "",
        plane,
        accuracy_m=accuracy,
        is_gap_free=is_gap_free,
        invalid=array_of(invalid),
    )


def judged(
    parcels: Sequence[Geometry],
    *layers: Layer,
    facts: Mapping[str, Value] | None = None,
    geometry: bool = True,
    plane: str = "engineering",
) -> Answer:
    """The answer for some parcels; layers that are not given have no feature anywhere."""
    rules, steps = law()
    given = {x.name: x for x in layers}
    none = {name: layer(name, columns={"kind": (), "net_area": ()}) for name in steps.layers}
    ground = tuple(
        Parcel(f"P{i}", Role.PARCEL, shape, {}, Decimal(round(shapely.area(shape), 2)))
        for i, shape in enumerate(parcels, start=1)
    )
    proposal = Proposal("p", "p", facts or {"is_construction": False}, ground, (), (), Plane(plane), "", 0.001)
    evidence = gather(rules, steps, proposal, none | given, data_as_of=DAY)
    results = evaluate(steps.programs, evidence)
    return answer(
        results,
        evidence,
        steps.layers,
        version="",
        proj="",
        workspace_sha256="",
        settings={},
        law_date_source="option",
        geometry=geometry,
        hanging=stability(steps.programs, results, evidence),
    )


def outcome(found: Answer, rule: str) -> str:
    """What a rule of the case says."""
    return next(f.outcome for f in found.findings if f.rule == f"case.stability.{rule}")


def lines(found: Answer) -> list[tuple[str, str]]:
    """The data-quality lines, each with its place of origin."""
    return [(q.code, q.where.removeprefix("case.stability.")) for q in found.data_quality]
