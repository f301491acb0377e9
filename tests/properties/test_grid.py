"""What must hold whatever the site: on the random worlds of the oracle, judged again after a change that may not matter.

Order never matters; less knowledge never helps; more law never helps; what is called missing is enough, and all of it is
needed; where a parcel is cut in two no comparison moves; printed tables add up.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

import numpy as np
import pytest
import shapely

from landrules import Report
from landrules.engine.assemble import answer
from landrules.engine.evaluate import evaluate
from landrules.engine.evidence import Evidence
from landrules.engine.gather import gather
from landrules.engine.plan import Plan
from landrules.rules.model import RuleSet
from tests.oracle.build import evidence_of, layer_of, rules_of
from tests.oracle.world import KINDS, Feature, World, world

RANK = {"permit": 0, "conditional": 1, "refer": 2, "indeterminate": 3, "deny": 4}
CHUNKS, CHUNK = 4, 8
LAYERS = ("farmland", "survey", "nature", "zoning", "boundary", "detail", "hazard", "highway")

chunks = pytest.mark.parametrize("chunk", range(CHUNKS))


def seeds(chunk: int) -> range:
    """The seeds of a chunk; not those of the oracle's own test."""
    return range(10_000 + chunk * CHUNK, 10_000 + (chunk + 1) * CHUNK)


def judged(steps: Plan, evidence: Evidence) -> Report:
    """The report of some evidence."""
    found = answer(
        evaluate(steps.programs, evidence),
        evidence,
        steps.layers,
        version="",
        proj="",
        workspace_sha256="",
        settings={},
        law_date_source="option",
        geometry=False,
    )
    return Report.of(found)


def answered(site: World, rules: RuleSet | None = None) -> Report:
    """The report of a world."""
    return judged(*evidence_of(site, rules))


def substance(found: Report) -> dict[str, Any]:
    """All of a report but where it came from."""
    return found.model_dump(exclude={"provenance"})


def comparisons(found: Report) -> dict[str, Any]:
    """What norms came to and what they measured, without the pieces and parcels in which it was said."""
    return {
        f.rule: (f.outcome, [(m.name, m.value, m.limit) for m in f.measured if "distance" not in m.name])
        for f in found.findings
    }


# --------------------------------------------------------------------------- order


@chunks
def test_the_order_of_rules_features_and_vertices_never_matters(chunk: int) -> None:
    for seed in seeds(chunk):
        rng = random.Random(seed)
        site = world(seed)
        before = substance(answered(site))
        rules = rules_of(site.rulesets[::-1])
        norms = list(rules.norms)
        rng.shuffle(norms)
        other = deepcopy(site)
        for layer in other.layers.values():
            rng.shuffle(layer.features)
        rng.shuffle(other.documents)
        steps, evidence = evidence_of(other, replace(rules, norms=tuple(norms)))
        assert substance(judged(steps, sorted_evidence(other, steps, evidence))) == before, seed


def sorted_evidence(site: World, steps: Plan, evidence: Evidence) -> Evidence:
    """The same evidence, whose layers came through a door that sorts features and turned rings."""
    layers = {}
    for name in steps.layers:
        layer = layer_of(site, name, evidence.rules)
        ids = getattr(layer, "ids", None)
        if ids is None:
            layers[name] = layer
            continue
        order = sorted(range(len(ids)), key=lambda i: ids[i])
        layers[name] = replace(
            layer,
            ids=tuple(ids[i] for i in order),
            geometry=turned(layer.geometry)[order],
            columns={k: tuple(column[i] for i in order) for k, column in layer.columns.items()},
        )
    return gather(
        evidence.rules,
        steps,
        evidence.proposal,
        layers,
        data_as_of=evidence.data_as_of,
        tolerances=evidence.tolerances,
    )


def turned(shapes: Any) -> Any:
    """Polygons whose rings begin at another vertex and run the other way."""
    out = shapes.copy()
    for i, shape in enumerate(shapes):
        if shape.geom_type == "Polygon":
            ring = list(shape.exterior.coords)[:-1]
            out[i] = shapely.Polygon((ring[2:] + ring[:2])[::-1], shape.interiors)
    return out


# --------------------------------------------------------------------------- less knowledge, more law


@chunks
def test_taking_a_layer_away_never_makes_a_project_lawful(chunk: int) -> None:
    for seed in seeds(chunk):
        site = world(seed)
        before = answered(site)
        for name in LAYERS:
            other = deepcopy(site)
            (other.roads if name == "highway" else other.layers[name]).bound = False
            after = answered(other)
            if RANK[before.decision] >= RANK["refer"]:
                assert RANK[after.decision] >= RANK["refer"], (seed, name)
            if name not in {o.layer for o in before.overlays}:
                assert substance(after) == substance(before), (seed, name)


@chunks
def test_another_limiting_norm_never_lowers_a_decision(chunk: int) -> None:
    for seed in seeds(chunk):
        site = world(seed)
        few = replace(site, rulesets=tuple(r for r in site.rulesets if r not in ("lines", "sums", "strips")))
        fewer = ("matrix",) if not few.rulesets else few.rulesets
        last = -1
        for more in ((), ("lines",), ("lines", "strips"), ("lines", "strips", "sums")):
            found = answered(replace(site, rulesets=(*fewer, *more), tolerances={}))
            assert RANK[found.decision] >= last, (seed, more)
            last = RANK[found.decision]


# --------------------------------------------------------------------------- what is missing

BOOLEANS = ("is_construction", "is_temporary", "is_national_major")


def completions(site: World, names: set[str]) -> Iterator[World]:
    """The worlds in which some missing facts of the proposal and of features are supplied."""
    slots: list[tuple[Any, str, tuple[Any, ...]]] = []
    for name in (*BOOLEANS, "project_kind"):
        if f"proposal.{name}" in names and site.facts[name] is None:
            slots.append((lambda w, n=name: w.facts, name, KINDS if name == "project_kind" else (True, False)))
    for parcel in site.parcels:
        for name, values in (("dispute_pending", (True, False)), ("ownership", ("collective", "state"))):
            if f"parcel.{parcel}.{name}" in names:
                slots.append((lambda w, p=parcel: w.parcels[p].facts, name, values))
    for chosen in product(*(values for _, _, values in slots)):
        other = deepcopy(site)
        for (where, name, _), value in zip(slots, chosen, strict=True):
            where(other)[name] = value
        yield other


SUPPLIABLE = tuple(f"proposal.{n}" for n in (*BOOLEANS, "project_kind"))


def is_suppliable(name: str) -> bool:
    """Whether `completions` can supply a fact."""
    return name in SUPPLIABLE or name.endswith((".dispute_pending", ".ownership"))


@pytest.mark.parametrize("chunk", range(4))
def test_what_is_missing_is_enough_and_no_fact_of_it_is_idle(chunk: int) -> None:
    tried = 0
    for seed in range(20_000 + chunk * 30, 20_000 + (chunk + 1) * 30):
        site = world(seed)
        for finding in answered(site).findings:
            names = {m.name for m in finding.missing}
            if finding.outcome != "indeterminate" or finding.rule.endswith(".default"):
                continue
            if not names or len(names) > 3 or not all(is_suppliable(n) for n in names):
                continue
            tried += 1
            outcomes = {outcome(w, finding.rule) for w in completions(site, names)}
            assert "indeterminate" not in outcomes, (seed, finding.rule)
            assert outcomes <= {*finding.possible, "permit", "not_applicable"}, (seed, finding.rule)
            for left_out in names:
                rest = {outcome(w, finding.rule) for w in completions(site, names - {left_out})}
                assert "indeterminate" in rest, (seed, finding.rule, left_out)
    assert tried, chunk


def outcome(site: World, rule: str) -> str:
    """What one norm says of a world."""
    return next(f.outcome for f in answered(site).findings if f.rule == rule)


@chunks
def test_a_fact_supplied_only_narrows_what_is_possible(chunk: int) -> None:
    for seed in seeds(chunk):
        site = world(seed)
        before = {f.rule: f for f in answered(site).findings}
        for name in (n for n in (*BOOLEANS, "project_kind") if site.facts[n] is None):
            for other in completions(site, {f"proposal.{name}"}):
                for finding in answered(other).findings:
                    old = before.get(finding.rule)
                    if old is None or old.outcome != "indeterminate" or finding.rule.endswith(".default"):
                        continue
                    now = set(finding.possible) or {finding.outcome}
                    assert now <= {*old.possible, "permit", "not_applicable"}, (seed, name, finding.rule)


# --------------------------------------------------------------------------- cutting and adding up


@chunks
def test_a_parcel_cut_in_two_changes_no_comparison(chunk: int) -> None:
    parcelwise = ("oracle.sums.small_parcels", "oracle.matrix.zones")
    for seed in seeds(chunk):
        site = world(seed)
        for document in site.documents:
            document.parcels = None
        before = answered(site)
        other = deepcopy(site)
        name, parcel = next(iter(other.parcels.items()))
        columns = np.flatnonzero(parcel.mask.any(axis=0))
        west = parcel.mask.copy()
        west[:, columns[len(columns) // 2] :] = False
        if not west.any():
            continue
        other.parcels[name] = Feature(name, parcel.mask & ~west, parcel.facts)
        other.parcels[name + "b"] = Feature(name + "b", west, dict(parcel.facts))
        other.parcels = dict(sorted(other.parcels.items()))
        after = answered(other)
        one, two = comparisons(before), comparisons(after)
        for rule in parcelwise:
            one.pop(rule, None)
            two.pop(rule, None)
        assert one == two, seed
        assert after.proposal.area_m2 == before.proposal.area_m2


@chunks
def test_tables_add_up_in_every_unit(chunk: int) -> None:
    units = set()
    for seed in seeds(chunk):
        for table in answered(world(seed)).tables:
            units.add(table.key.rsplit(".", 1)[-1])
            numbers = [row[3:] for row in table.rows]
            body, last = numbers[:-1], numbers[-1]
            assert all(sum(row[:-1], Decimal(0)) == row[-1] for row in numbers), (seed, table.key)
            for column, total in enumerate(last):
                assert sum((row[column] for row in body), Decimal(0)) == total, (seed, table.key)
    assert units == {"m2", "ha", "mu"}
