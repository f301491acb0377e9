"""Verdict stability: an outcome that hangs on less than a layer's positional accuracy is told as such.

The outcome itself stays as it is. For every norm and every layer of stated accuracy it is asked whether the outcome
would be another if the layer's edges lay up to the accuracy elsewhere: the ground met gone, a feature near by reached, a
strip narrower or wider, a measured area smaller or larger. Bounds that need no drawing clear nearly all; only what they
leave is judged again on moved edges. A layer that states no accuracy says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from fractions import Fraction

import numpy as np

from landrules.base.diagnostic import Diagnostic
from landrules.base.frozen import frozen
from landrules.base.quantity import round_half_up
from landrules.engine.describe import fact_title, text
from landrules.engine.evaluate import judge_again
from landrules.engine.evidence import Evidence, Overlaid
from landrules.engine.findings import telling_rows
from landrules.engine.program import Program
from landrules.engine.selections import Selection, may_belong, selections
from landrules.engine.shifted import with_areas, with_pieces, with_strips
from landrules.engine.steady import Swings, is_steady
from landrules.engine.verdict import Result
from landrules.geo import stability as geo
from landrules.geo.kernel import FloatArray
from landrules.geo.nearest import Pairs
from landrules.rules.model import OnLayer, Outcome, Strip

NOISE = Fraction(1, 100)

OUTCOMES: Mapping[Outcome, tuple[str, str]] = {
    Outcome.DENY: ("禁止", "denied"),
    Outcome.INDETERMINATE: ("无法判定", "not to be decided"),
    Outcome.REFER: ("须裁量", "referred to a person"),
    Outcome.CONDITIONAL: ("有条件允许", "lawful under conditions"),
    Outcome.PERMIT: ("符合", "in compliance"),
    Outcome.NOT_APPLICABLE: ("不适用", "not concerned"),
}


def stability(programs: Sequence[Program], results: Sequence[Result], evidence: Evidence) -> tuple[Diagnostic, ...]:
    """A line for every norm and layer where less than the layer's accuracy decides, in the order of results."""
    accuracies = {n: Fraction(str(x.accuracy_m)) for n, x in sorted(evidence.layers.items()) if x.accuracy_m}
    if not accuracies:
        return ()
    case = Case(evidence, {p.norm.id: p for p in programs}, tuple(results))
    return tuple(
        line
        for result in results
        if not result.norm.informs and result.outcome is not Outcome.INDETERMINATE and result.norm.id in case.programs
        for name in result.norm.layers
        if name in accuracies and (line := _line(case, result, name, accuracies[name])) is not None
    )


@frozen(eq=False)
class Case:
    """What was judged, and what was worked out of it once for all norms."""

    evidence: Evidence
    programs: Mapping[str, Program]
    results: tuple[Result, ...]
    near: dict[tuple[str, bool], Pairs] = field(default_factory=dict)
    reached: dict[tuple[str, bool], Evidence] = field(default_factory=dict)
    most: dict[str, FloatArray] = field(default_factory=dict)
    swings: dict[str, Swings] = field(default_factory=dict)
    bounds: dict[str, tuple[Evidence, Evidence]] = field(default_factory=dict)

    def differs(self, result: Result, *moved: Evidence, duties: bool = False) -> Outcome | None:
        """The outcome that a norm would have on some moved evidence, where it or its duties are not what they are."""
        program = self.programs[result.norm.id]
        for evidence in moved:
            other = judge_again(program, evidence, self.results)
            if other.outcome is result.outcome and (not duties or other.duties == result.duties):
                continue
            plain = judge_again(program, self.evidence, self.results)  # rivals were settled after the norm was judged
            if other.outcome is not plain.outcome or (duties and other.duties != plain.duties):
                return other.outcome
        return None


def _line(case: Case, result: Result, layer: str, accuracy: Fraction) -> Diagnostic | None:
    """The first way, if any, in which an outcome hangs on the edges of a layer."""
    subject = result.norm.subject
    if isinstance(subject, Strip) and subject.layer == layer:
        return _by_strip(case, result, layer, accuracy)
    if isinstance(subject, OnLayer) and subject.layer == layer and result.met is not None:
        found = _by_occupation(case, result, result.met, accuracy) or _by_neighbour(case, result, result.met, accuracy)
        if found is not None:
            return found
    return _by_area(case, result, layer, accuracy)


# --------------------------------------------------------------------------- ground met, and ground near by


def _by_occupation(case: Case, result: Result, met: Overlaid, accuracy: Fraction) -> Diagnostic | None:
    """Ground met that would be gone, or within the review tolerance, if its features' edges lay farther in."""
    if result.outcome not in (Outcome.DENY, Outcome.REFER, Outcome.CONDITIONAL):
        return None
    rows = telling_rows(result)
    if not rows or any(j.bare is not None for j in result.judgements if j.outcome is result.outcome):
        return None
    table, limit = met.chosen(rows), Fraction(0) if result.shown.is_hard else result.tolerance
    wide = float(4 * accuracy)  # ground so wide has a point deeper than the accuracy, whatever its shape
    if limit == 0 and not table.noise(wide).all():
        return None
    rest = geo.pulled_back(table, met.layer, float(accuracy))
    if rest.is_noise(case.evidence.proposal.precision_m):
        args = {"area": round_half_up(met.area(rows)), "width": round_half_up(Fraction(float(table.width.max())))}
        return _told("LR750", case, result, met.layer.name, accuracy, args)
    area, left = met.area(rows), rest.union_area()
    length = geo.edge_length(table, met.layer, float(accuracy)) if limit else 0.0
    other = None
    if left <= limit < area:
        other = Outcome.REFER
    elif area <= limit < area + Fraction(length) * accuracy:
        other = Outcome.DENY
    return _by_so_much(case, result, met.layer.name, accuracy, length, other)


def _by_neighbour(case: Case, result: Result, met: Overlaid, accuracy: Fraction) -> Diagnostic | None:
    """A feature that is not met and would be, if its edge lay farther out."""
    program, evidence = case.programs[result.norm.id], case.evidence
    subject = result.norm.subject
    assert isinstance(subject, OnLayer)
    if result.touched and not subject.each and not result.norm.authorises:
        return None  # more of the same ground is told by its area
    name, on_buildings = met.layer.name, met.parcels is evidence.proposal.buildings
    key = (name, on_buildings)
    plain = _plain(evidence, name, on_buildings)
    if plain is None:
        return None
    if key not in case.near:
        precision = evidence.proposal.precision_m
        case.near[key] = geo.neighbours(plain.pieces, plain.layer, float(accuracy), precision)
    near = case.near[key]
    own = [i for i, f in enumerate(near.second.tolist()) if may_belong(program, evidence, plain.layer, f)]
    if not own:
        return None
    if key not in case.reached:
        pieces = geo.reaching(plain.pieces, plain.layer, near, float(accuracy))
        case.reached[key] = with_pieces(evidence, plain, pieces)
    other = case.differs(result, case.reached[key])
    if other is None:
        return None
    closest = min(own, key=lambda i: (float(near.distance[i]), i))
    args = {
        "parcel": plain.parcels[int(near.first[closest])].id,
        "feature": plain.layer.ids[int(near.second[closest])],
        "distance": round_half_up(Fraction(float(near.distance[closest]))),
    }
    return _told("LR751", case, result, name, accuracy, args, other)


def _plain(evidence: Evidence, layer: str, on_buildings: bool) -> Overlaid | None:
    """The proposal's parcels, or its buildings, on a layer as it was overlaid."""
    if on_buildings:
        return evidence.buildings(layer) if evidence.buildings is not None else None
    found = evidence.ground(layer)
    return found if isinstance(found, Overlaid) else None


# --------------------------------------------------------------------------- strips


def _by_strip(case: Case, result: Result, layer: str, accuracy: Fraction) -> Diagnostic | None:
    """A strip that something is just inside of, or just outside."""
    stripped = result.stripped
    if stripped is None:
        return None
    close = [n for n in stripped.strips.near if n.margin is not None and abs(n.margin) <= accuracy]
    if stripped.is_plain and not close:
        return None
    moved = (with_strips(case.evidence, layer, by) for by in (-accuracy, accuracy))
    other = case.differs(result, *moved)
    if other is None:
        return None
    if not stripped.is_plain or not close:
        return _told("LR754", case, result, layer, accuracy, {}, other)
    nearest = min(close, key=lambda n: (abs(n.margin or 0), n.parcel, n.feature))
    args = {
        "parcel": stripped.overlaid.parcels[nearest.parcel].id,
        "feature": stripped.overlaid.layer.ids[nearest.feature],
        "distance": round_half_up(nearest.distance),
        "limit": round_half_up(nearest.width or Fraction(0)),
    }
    return _told("LR752", case, result, layer, accuracy, args, other)


# --------------------------------------------------------------------------- measured areas


def _by_area(case: Case, result: Result, layer: str, accuracy: Fraction) -> Diagnostic | None:
    """A measured area whose distance from what decides is less than the layer's edges may carry."""
    met = case.evidence.ground(layer)
    if not isinstance(met, Overlaid) or len(met.pieces) == 0:
        return None
    subject = result.norm.subject
    if result.norm.authorises and isinstance(subject, OnLayer) and subject.layer == layer:
        return None  # what takes ground off a norm that authorises gives it to its neighbours, which is told by piece
    if layer not in case.most:
        case.most[layer] = geo.most_by_edges(met.pieces, met.layer, float(accuracy))
    most = case.most[layer]
    swings = case.swings.setdefault(layer, {})
    if is_steady(case.programs[result.norm.id], case.evidence, met, most, float(accuracy), swings):
        return None
    asked = selections(case.programs[result.norm.id], layer)
    if not asked:
        return None
    if layer not in case.bounds:
        case.bounds[layer] = with_areas(case.evidence, met, -most), with_areas(case.evidence, met, most)
    if case.differs(result, *case.bounds[layer], duties=True) is None:
        return None
    for rows, length, moved in _exactly(case, met, asked, accuracy):
        other = case.differs(result, *moved, duties=True) if rows else None
        if other is not None:
            return _by_so_much(case, result, layer, accuracy, length, other)
    return None


def _exactly(
    case: Case, met: Overlaid, asked: Sequence[Selection], accuracy: Fraction
) -> Iterator[tuple[tuple[int, ...], float, tuple[Evidence, ...]]]:
    """For each selection its rows, the length of its edge, and the evidence with less of it and with more."""
    for selection in asked:
        rows = selection.rows(case.evidence, met)
        if not rows:
            continue
        chosen = met.chosen(rows)
        length = geo.edge_length(chosen, met.layer, float(accuracy))
        back = geo.instead(met.pieces, np.array(rows), geo.pulled_back(chosen, met.layer, float(accuracy)))
        more = np.zeros(len(met.pieces))
        more[list(rows)] = chosen.area / chosen.area.sum() * length * float(accuracy)
        yield rows, length, (with_pieces(case.evidence, met, back), with_areas(case.evidence, met, more))


def _by_so_much(
    case: Case, result: Result, layer: str, accuracy: Fraction, length: float, other: Outcome | None
) -> Diagnostic | None:
    if other is None:
        return None
    args = {
        "length": round_half_up(Fraction(length)),
        "area": round_half_up(Fraction(length) * accuracy),
    }
    return _told("LR753", case, result, layer, accuracy, args, other)


# --------------------------------------------------------------------------- words


def _told(
    code: str,
    case: Case,
    result: Result,
    layer: str,
    accuracy: Fraction,
    args: Mapping[str, object],
    other: Outcome | None = None,
) -> Diagnostic:
    title, called = text(result.norm.title), fact_title(layer, case.evidence.rules)
    names = {
        "title_zh": title.zh,
        "title_en": title.en,
        "layer_zh": called.zh,
        "layer_en": called.en,
        "accuracy": round_half_up(accuracy),
    }
    names |= dict(zip(("outcome_zh", "outcome_en"), OUTCOMES[result.outcome], strict=True))
    if other is result.outcome:
        names |= {"other_zh": "附有不同的义务", "other_en": "under other duties"}
    elif other is not None:
        names |= dict(zip(("other_zh", "other_en"), OUTCOMES[other], strict=True))
    return Diagnostic(code, {**names, **args}, where=result.norm.id, severity="warning")
