"""A norm's result as a published finding: words, pieces, measures, duties, what is missing, what would help."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from landrules.base.frozen import frozen, replace
from landrules.base.quantity import round_half_up
from landrules.engine.answer import (
    CitationOut,
    DutyOut,
    FindingOut,
    FindingOutcome,
    InformationKind,
    OutcomeName,
    PieceOut,
    Text,
    TraceOut,
)
from landrules.engine.describe import absence, missing_out, text
from landrules.engine.documents import Duty, DutyKind
from landrules.engine.evidence import Evidence, Overlaid
from landrules.engine.explore import Assumptions
from landrules.engine.kept import Kept
from landrules.engine.measured import compared, measures
from landrules.engine.message import fill
from landrules.engine.program import in_force
from landrules.engine.scope import Scope
from landrules.engine.verdict import UNMET, Judgement, Result
from landrules.geo.apportion import fit
from landrules.geo.region import to_geojson
from landrules.rules.model import Bilingual, Citation, Effect, Norm, Outcome, Whole

NOTES = {
    "unverified_refers": Text(
        zh="依据尚未完全核实，提请裁量", en="the source is not fully verified: referred to a person"
    ),
    "unverified_clean": Text(
        zh="依据尚未完全核实；就现有事实未发现问题",
        en="the source is not fully verified; on the facts given nothing is wrong",
    ),
    "law_silent": Text(
        zh="所依据的表没有与本案对应的一行，提请裁量",
        en="the table of the law has no row for this case: referred to a person",
    ),
    "several": Text(
        zh="转换表给出多个代码，结论因选定的代码而异，提请裁量",
        en="the crosswalk gives several codes and the answer hangs on which: referred to a person",
    ),
    "open_list": Text(
        zh="清单以“等”结尾，是否包括本案须由人判断，提请裁量",
        en="the list ends in “and the like”: whether it holds this case is referred to a person",
    ),
    "source_doubt": Text(
        zh="其中一项例外、参数或审批权限的依据尚未核实，足以改变结论，提请裁量",
        en="an exception, row or parameter that is not verified would change this: referred to a person",
    ),
}


KINDS: dict[Effect, InformationKind] = {
    Effect.INFORM: "note",
    Effect.ENCOURAGE: "encouragement",
    Effect.SUSPECT: "lead",
}
"""What kind of information an effect gives."""


NOTHING = Text(zh="", en="")
NOT_INVOLVED = Text(zh="不涉及，0.0000 公顷", en="not involved, 0.0000 ha")
WORDS = {
    Outcome.PERMIT: Text(zh="符合", en="complies"),
    Outcome.CONDITIONAL: Text(zh="符合，须履行所列义务", en="lawful once the duties listed are met"),
    Outcome.REFER: Text(zh="须由有权机关裁量", en="left to the competent authority"),
    Outcome.DENY: Text(zh="不符合", en="not allowed"),
    Outcome.NOT_APPLICABLE: Text(zh="不适用", en="not applicable"),
}


@frozen
class Drawing:
    """Whether shapes are published at all."""

    geometry: bool


def finding(result: Result, evidence: Evidence, drawing: Drawing) -> FindingOut:
    """The published finding of a result. Whether there is something to tell may itself not be known: that is told."""
    norm = result.norm
    informed = norm.informs and any(j.shown.informed for j in result.judgements)
    unclear = norm.informs and not informed and any(len(j.possible) > 1 for j in result.judgements)
    if unclear:
        facts = tuple(sorted({m for j in result.judgements for m in j.missing}))
        result = replace(result, outcome=Outcome.INDETERMINATE, possible=frozenset(), missing=facts)
    outcome: FindingOutcome = "information" if informed or unclear else name_of(result.outcome)
    told = _telling(result)
    rows = _rows(told)
    return FindingOut(
        rule=norm.id,
        level=norm.level,
        outcome=outcome,
        kind=KINDS[norm.tells] if norm.tells is not None else "",
        title=_title(norm),
        message=_message(result, told, evidence, rows),
        status=result.status,
        parcels=_parcels(result, told, evidence),
        pieces=_pieces(result, evidence, drawing),
        measured=measures(result, told, evidence, rows),
        citations=_citations(norm, evidence.law_date),
        duties=duties_out(result.duties, norm.id),
        missing=tuple(missing_out(m, evidence.rules) for m in result.missing),
        possible=tuple(name_of(o) for o in sorted(result.possible, key=lambda o: -o.rank))
        if result.outcome is Outcome.INDETERMINATE
        else (),
        set_aside_by=tuple(sorted({x for j in result.judgements for x in j.shown.lifted_by})),
        remedies=_remedies(result, rows),
        trace=(*_review(result, evidence), *_trace(told)),
        geometry=_geometry(result, rows, evidence, drawing),
    )


def name_of(outcome: Outcome) -> OutcomeName:
    """The published name of an outcome."""
    return outcome.value


def citation_out(c: Citation) -> CitationOut:
    """A citation as published."""
    return CitationOut(
        instrument=text(c.instrument.title),
        number=c.instrument.number,
        article=text(c.article),
        status=c.status,
        verified_on=c.verified_on,
        note=text(c.note) if c.note else None,
    )


_title: Kept[Norm, Text] = Kept(lambda norm: text(norm.title))
_cited: Kept[Norm, tuple[CitationOut, ...]] = Kept(
    lambda norm, standing: tuple(citation_out(norm.citations[i]) for i in standing)
)


def _citations(norm: Norm, day: date) -> tuple[CitationOut, ...]:
    """What a norm cites and stands on a day: one thing for all days on which the same stands."""
    return _cited(norm, tuple([i for i, c in enumerate(norm.citations) if in_force(c, day)]))


def duties_out(duties: Collection[Duty], rule: str) -> tuple[DutyOut, ...]:
    """Duties as published; where several issuers are possible for one matter all are named in one line."""
    if not duties:
        return ()
    grouped: dict[tuple[DutyKind, str, str], list[Duty]] = {}
    for duty in sorted(duties):
        key = (duty.kind, duty.matter, "" if duty.kind != "duty" else duty.zh)
        grouped.setdefault(key, []).append(duty)
    out = []
    for (kind, matter, _), same in grouped.items():
        issuers = tuple(sorted({d.issuer for d in same if d.issuer}))
        words = Text(zh="；或".join(d.zh for d in same), en="; or ".join(d.en for d in same))
        out.append(DutyOut(kind=kind, matter=matter, issuers=issuers, text=words, rule=rule))
    return tuple(out)


# --------------------------------------------------------------------------- what tells


def _telling(result: Result) -> Sequence[Judgement]:
    """The judgements that make the outcome; all where nothing stands out."""
    wanted = result.outcome
    same = [j for j in result.judgements if j.outcome is wanted]
    if result.noted == "unverified_refers":
        return [j for j in result.judgements if j.possible & {Outcome.DENY, Outcome.CONDITIONAL, Outcome.REFER}]
    return same or result.judgements


def telling_rows(result: Result) -> tuple[int, ...]:
    """The pieces of the judgements that make the outcome."""
    return _rows(_telling(result))


def _rows(told: Sequence[Judgement]) -> tuple[int, ...]:
    if len(told) == 1:
        return tuple(sorted(told[0].rows))
    return tuple(sorted({r for j in told for r in j.rows}))


def _parcels(result: Result, told: Sequence[Judgement], evidence: Evidence) -> tuple[str, ...]:
    """The parcels that a finding speaks of, sorted: one thing for all findings of a case that speak of the same."""
    found = {_parcels_of(j, result.met, evidence) for j in told}
    if not any(found):
        return ()
    return evidence.memo.of(("parcels", frozenset(found)), lambda: tuple(sorted({p for ids in found for p in ids})))


def _parcels_of(judged: Judgement, met: Overlaid | None, evidence: Evidence) -> tuple[str, ...]:
    if not judged.rows or met is None:
        return judged.parcels
    rows, noise = judged.rows, met.noise(evidence.proposal.precision_m)
    if any(noise[r] for r in rows):
        rows = tuple(_printed(met, rows, evidence))
    # Other rows are printed, whatever their areas are fitted to
    return tuple([met.parcels[p].id for p in dict.fromkeys(met.pieces.parcel[list(rows)].tolist())])


def _message(result: Result, told: Sequence[Judgement], evidence: Evidence, rows: tuple[int, ...]) -> Text:
    said = _sentence(result, told, evidence, rows)
    note = NOTES.get(result.noted) or (
        NOTES["source_doubt"] if any(j.source_doubt for j in result.judgements) else None
    )
    reasons = _reasons(result, told, evidence)
    if note is not None and outcome_words(result.outcome) == said:
        said = NOTHING  # the note says what is left to a person, and why
    if note is None and reasons is NOTHING:
        return said
    zh = "；".join(x for x in (said.zh, reasons.zh, note.zh if note else "") if x)
    en = "; ".join(x for x in (said.en, reasons.en, note.en if note else "") if x)
    return Text(zh=zh, en=en)


def _reasons(result: Result, told: Sequence[Judgement], evidence: Evidence) -> Text:
    """Why clauses failed, in the author's words, and which exceptions or rivals clash."""
    if result.outcome not in (Outcome.DENY, Outcome.REFER):
        return NOTHING
    certain = [j for j in told if len(j.possible) == 1]
    telling = (("clause", "deny"), ("note", "refer"))
    unmet = ("clause", "", "refer")  # a requirement that only calls for review; documents have an id
    notes = [n for j in certain for n in j.shown.notes]
    given = [n.text for n in notes if (n.what, n.outcome) in telling or (n.what, n.id, n.outcome) == unmet]
    unique = list(dict.fromkeys(t for t in given if t != UNMET))
    if UNMET in given:
        unique += _unmet(told, evidence) or [UNMET]
    return Text(zh="；".join(t.zh or t.en for t in unique), en="; ".join(t.en or t.zh for t in unique))


def _unmet(told: Sequence[Judgement], evidence: Evidence) -> list[Bilingual]:
    """What fell short or went too far, with both sides, where the author of the rule gave no words for it."""
    out = []
    for judged in told:
        for c in judged.shown.comparisons:
            if c.holds:
                continue
            m = compared(c, evidence)
            zh = f"{m.title.zh} {m.value} {m.unit}".rstrip() + f"，要求 {SIGNS[c.op]} {m.limit} {m.unit}".rstrip()
            en = f"{m.title.en} {m.value} {m.unit}".rstrip() + f", required {SIGNS[c.op]} {m.limit} {m.unit}".rstrip()
            out.append(Bilingual(zh, en))
    return list(dict.fromkeys(out))


SIGNS = {"<=": "≤", ">=": "≥", "<": "<", ">": ">", "=": "=", "!=": "≠"}


def _sentence(result: Result, told: Sequence[Judgement], evidence: Evidence, rows: tuple[int, ...]) -> Text:
    norm, outcome = result.norm, result.outcome
    spatial = not isinstance(norm.subject, Whole)
    if outcome is Outcome.NOT_APPLICABLE and not norm.informs:
        return outcome_words(outcome) if result.noted != "unverified_clean" else NOTHING
    if outcome is Outcome.PERMIT and spatial and not result.touched and not norm.authorises:
        return NOT_INVOLVED
    if outcome is Outcome.INDETERMINATE:
        what = [absence(m, evidence.rules) for m in result.missing]
        zh, en = "、".join(w.zh for w in what), ", ".join(w.en for w in what)
        return Text(zh=f"无法判定，缺少：{zh}", en=f"cannot be decided; missing: {en}")
    if norm.message is not None and outcome is not Outcome.PERMIT:
        return fill(norm.message, _told_at(result, told, evidence, rows))
    return outcome_words(outcome)


def _told_at(result: Result, told: Sequence[Judgement], evidence: Evidence, rows: tuple[int, ...]) -> Scope:
    """The place of which a message speaks: all ground that tells, and its first piece or parcel."""
    met = result.met
    if met is not None:
        at = next((j.rows[0] for j in told if j.rows), None)
        parcel = met.parcel_of(at) if at is not None else None
        return Scope(evidence, Assumptions(), ground=met, occupied=rows, row=at, parcel=parcel)
    if result.judgements and result.judgements[0].parcels:
        first = told[0].parcels[0]
        return Scope(evidence, Assumptions(), parcel=next(p for p in evidence.proposal.parcels if p.id == first))
    return Scope(evidence, Assumptions())


def outcome_words(outcome: Outcome) -> Text:
    """What is said of an outcome where the author of the rule says nothing."""
    return WORDS.get(outcome, NOTHING)


# --------------------------------------------------------------------------- pieces and measures


def _pieces(result: Result, evidence: Evidence, drawing: Drawing) -> tuple[PieceOut, ...]:
    met = result.met
    if met is None:
        return ()
    outcome_of = {r: name_of(j.outcome) for j in result.judgements for r in j.rows}
    if not outcome_of:
        return ()
    printed = _printed(met, sorted(outcome_of), evidence)
    rows = list(printed)
    places = zip(met.pieces.parcel[rows].tolist(), met.pieces.feature[rows].tolist(), strict=True)
    return tuple(
        [
            PieceOut(
                parcel=met.parcels[parcel].id,
                layer=met.layer_of(row),
                feature=met.layer.ids[feature],
                area_m2=area,
                outcome=outcome_of[row],
                geometry=to_geojson(met.pieces.shape(row), evidence.proposal.plane) if drawing.geometry else None,
            )
            for (row, area), (parcel, feature) in zip(printed.items(), places, strict=True)
        ]
    )


def _printed(met: Overlaid, rows: Sequence[int], evidence: Evidence) -> Mapping[int, Decimal]:
    """The areas of pieces as printed: they make up the sum of all; touches that are only noise are left out."""
    precision, asked = evidence.proposal.precision_m, tuple(rows)
    return met.memo.of(("printed", asked, precision), lambda: _fitted(met, asked, precision))


def _fitted(met: Overlaid, rows: tuple[int, ...], precision: float) -> Mapping[int, Decimal]:
    total, noise = round_half_up(met.area(rows)), met.noise(precision)
    areas = dict(zip(rows, met.chosen(rows).net_areas().tolist(), strict=True))
    fitted = fit(total, areas) if total > 0 else dict.fromkeys(rows, Decimal("0.00"))
    return {row: area for row, area in fitted.items() if area > 0 or not noise[row]}


def _geometry(result: Result, rows: tuple[int, ...], evidence: Evidence, drawing: Drawing) -> dict[str, Any] | None:
    if not drawing.geometry or result.outcome in (Outcome.NOT_APPLICABLE, Outcome.PERMIT):
        return None
    plane = evidence.proposal.plane
    if rows and result.met is not None:
        return to_geojson(result.met.extent(rows).outline(), plane)
    bare = next((j.bare for j in _telling(result) if j.bare is not None), None)
    return to_geojson(bare.outline(), plane) if bare is not None else None


def _remedies(result: Result, rows: tuple[int, ...]) -> tuple[Text, ...]:
    """What would make a denied site pass: ground taken off, or a building moved."""
    if result.outcome is not Outcome.DENY or result.met is None or not rows:
        return ()
    if result.stripped is not None and result.on_buildings:
        if not result.stripped.is_plain:
            return ()
        out = []
        for position, near in result.stripped.strips.nearest_of_each().items():
            if near.margin is not None and near.margin < 0:
                moved, back = result.stripped.overlaid.parcels[position].id, round_half_up(-near.margin)
                out.append(Text(zh=f"{moved} 至少后退 {back} 米", en=f"move {moved} back by at least {back} m"))
        return tuple(out)
    taken = round_half_up(result.met.area(rows) / 10_000, 4)
    square = Decimal(round_half_up(result.met.area(rows)))
    return (
        Text(
            zh=f"核减面积 {taken} 公顷（{square} 平方米）",
            en=f"take {taken} ha ({square} m2) off the site",
        ),
    )


def _review(result: Result, evidence: Evidence) -> tuple[TraceOut, ...]:
    """The review tolerance, printed with its author's name."""
    stated = evidence.tolerances.get(result.norm.id)
    if stated is None:
        return ()
    amount, author = round_half_up(stated[0]), stated[1]
    words = Text(zh=f"审查容差 {amount} 平方米，由{author}设定", en=f"review tolerance {amount} m2, set by {author}")
    return (TraceOut(what="note", id="tolerance", outcome="", text=words),)


def _trace(told: Sequence[Judgement]) -> tuple[TraceOut, ...]:
    seen: dict[tuple[str, str, str, str], TraceOut] = {}
    for judged in told:
        for n in judged.shown.notes:
            key = (n.what, n.id, n.outcome, n.text.zh)
            if key not in seen:
                seen[key] = TraceOut(what=n.what, id=n.id, outcome=n.outcome, text=text(n.text))
    return tuple(seen.values())
