"""Approvals and opinions: whether a document that somebody must have issued is there, and what it does.

Met by a document of the matter, of the level asked, dated on or before the law date, unexpired, agreeing, and standing
for the affected place. Absent: a duty. Refused, expired, of the wrong level or not covering the place: a deny. Of
several documents the most favourable counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from fractions import Fraction
from typing import Literal

from landrules.base.frozen import frozen
from landrules.base.quantity import round_half_up
from landrules.base.valuetype import Absence, Missing, Place, Value
from landrules.engine.scope import Judged, Scope, walk
from landrules.engine.unknown import Facts, Unknown, maybe
from landrules.geo.ground import Extent
from landrules.rules.model import Bilingual, Confirmed, Outcome, SubjectTo

DutyKind = Literal["approval", "opinion", "duty"]


@frozen(order=True)
class Duty:
    """Something to be obtained or done. `issuer` is the level that must issue it; empty where any may."""

    kind: DutyKind
    matter: str
    issuer: str
    zh: str
    en: str


@frozen
class Affected:
    """The place for which a document must stand. `measured`: involvement was measured on a layer.

    `extent` and `parcels` are worked out where a document says for which ground it stands. `total` is the area that one document must do for, where the place is a part of what is affected; `totals` says it
    by matter, once it is known which places ask for which document. `at_most` is the
    place were all the ground affected of which that is not known, according to `facts`.
    """

    extent: Callable[[], Extent] | None
    parcels: Callable[[], tuple[str, ...]]
    area: Fraction
    measured: bool
    total: Fraction | None = None
    totals: Mapping[str, Fraction] = field(default_factory=dict)
    at_most: Callable[[], Affected] | None = None
    facts: Facts = frozenset()


UNSAID = Bilingual("", "")


@frozen
class DocumentResult:
    """What a document does: the outcome, the duties, and a reason for the trace."""

    outcome: Outcome
    duties: tuple[Duty, ...] = ()
    reason: Bilingual = UNSAID


def subject_to(
    scope: Scope,
    clause: SubjectTo,
    issuer: Callable[[Scope], Judged] | None,
    place: Affected,
    latest: Callable[[Scope], Judged] | None = None,
) -> DocumentResult:
    """What the proposal's documents do for a clause; one dated after the `latest` day counts as absent."""
    path, key = (("approvals",), "matter") if clause.kind == "approval" else (("opinions",), "kind")
    level = _level(scope, issuer)
    duty = _duty(clause, level)
    records = _records(scope, path, key, clause.matter)
    last = latest(scope) if latest is not None else None
    results = [_one(scope, clause, record, level, place, n, last) for n, record in enumerate(records)]
    return _most_favourable([r for r in results if r is not None], duty)


GROUND = ("covers", "parcels", "area_ha")
"""The entries of a document that say for which ground it stands."""


def tells_places_apart(scope: Scope, asked: Iterable[SubjectTo | Confirmed]) -> bool:
    """Whether a document that one of some clauses looks at says for which ground it stands.

    Where none does, no document is better for one place than for another.
    """
    for clause in asked:
        if isinstance(clause, Confirmed):
            records = _records(scope, ("opinions",), "kind", clause.opinion)
        else:
            path, key = (("approvals",), "matter") if clause.kind == "approval" else (("opinions",), "kind")
            records = _records(scope, path, key, clause.matter)
        if any(entry in record for record in records for entry in GROUND):
            return True
    return False


def _records(scope: Scope, path: tuple[str, ...], key: str, matter: str) -> list[Mapping[str, Value]]:
    """The documents of a matter. Where the list itself is invalid one document of which nothing is known stands for it."""
    found = walk(scope.evidence.proposal.attributes, path, "proposal")
    if isinstance(found, Missing):
        return [{"date": found, "result": found}] if found.kind is Absence.INVALID else []
    records = found if isinstance(found, tuple) else ()
    return [r for r in records if isinstance(r, Mapping) and r.get(key) == matter]


def _most_favourable(results: Sequence[DocumentResult], duty: Duty) -> DocumentResult:
    """The best of several documents, whatever their order; a duty where there is none."""
    return min(results, key=lambda r: (r.outcome.rank, sorted(r.duties), r.reason.zh), default=_absent(duty))


def confirmed(scope: Scope, clause: Confirmed, number: Judged, place: Affected) -> DocumentResult:
    """A balance by account, fee or government: met when its number is given and an opinion bears that number.

    That opinion counts as any document does: refused, expired or with conditions, it says so.
    """
    text = Bilingual(f"取得{clause.opinion_zh}", f"obtain the {clause.opinion.replace('_', ' ')}")
    duty = Duty("opinion", clause.opinion, "", text.zh, text.en)
    if isinstance(number, Unknown) and all(f.kind is Absence.NOT_SUPPLIED for f in number.facts):
        return _absent(duty)
    if isinstance(number, Unknown):
        scope.assumed.truth(scope.assumed.settle(maybe(f"{number.key} confirmed", number.facts)))
    asked = SubjectTo("opinion", clause.opinion, clause.opinion_zh, None)
    records = [r for r in _records(scope, ("opinions",), "kind", clause.opinion) if r.get("number") == number]
    results = [_one(scope, asked, record, "", place, n) for n, record in enumerate(records)]
    return _most_favourable([r for r in results if r is not None], duty)


def _level(scope: Scope, issuer: Callable[[Scope], Judged] | None) -> str | None:
    """The level asked for; empty for any; `None` where the law's own table does not tell."""
    if issuer is None:
        return ""
    value = issuer(scope)
    return value if isinstance(value, str) else None


LEVEL_WORDS: Mapping[str, Bilingual] = {
    "central": Bilingual("国务院或国家主管部门", "the State Council or its departments"),
    "province": Bilingual("省级", "the province"),
    "city": Bilingual("市级", "the city"),
    "county": Bilingual("县级", "the county"),
    "township": Bilingual("乡镇级", "the township"),
    "village": Bilingual("村级", "the village"),
    "expert": Bilingual("专家", "experts"),
}


def _duty(clause: SubjectTo, level: str | None) -> Duty:
    by = LEVEL_WORDS.get(level or "", Bilingual("", ""))
    matter = clause.matter.replace("_", " ")
    if clause.kind == "approval":
        zh, en = f"须经{by.zh}批准：{clause.matter_zh}", f"approval of {matter}"
    else:
        zh, en = f"须有{by.zh}意见：{clause.matter_zh}", f"opinion on {matter}"
    return Duty(clause.kind, clause.matter, level or "", zh, f"{en} by {by.en}" if by.en else en)


def _absent(duty: Duty) -> DocumentResult:
    return DocumentResult(Outcome.CONDITIONAL, (duty,), Bilingual("尚未取得", "not there yet"))


def _one(
    scope: Scope,
    clause: SubjectTo,
    record: Mapping[str, Value],
    level: str | None,
    place: Affected,
    position: int,
    latest: Judged | None = None,
) -> DocumentResult | None:
    """What one document does; `None` where it counts as absent. What is open of two documents is open apart."""
    name = f"proposal.{clause.kind}.{clause.matter}"
    key = f"{name} {position}"
    if not _in_time(scope, record, f"{name}.date", key, latest):
        return None
    result = record.get("result", Missing(f"{name}.result", Absence.NOT_SUPPLIED))
    title = _document_title(clause, record)
    if isinstance(result, Missing):
        agreed = scope.assumed.truth(
            scope.assumed.settle(maybe(f"{key} agrees", frozenset((_named(result, name, "result"),))))
        )
        result = "agree" if agreed else "refused"
    if result == "refused":
        return DocumentResult(Outcome.DENY, (), Bilingual(f"{title[0]}：不同意", f"{title[1]}: refused"))
    if result == "not_involved":
        outcome = Outcome.REFER if place.measured else Outcome.PERMIT
        return DocumentResult(outcome, (), Bilingual(f"{title[0]}称不涉及", f"{title[1]} says: not involved"))
    if _invalid(scope, record, ("expires",), name, key):
        return DocumentResult(Outcome.DENY, (), Bilingual(f"{title[0]}有效期无效", f"{title[1]}: expiry not readable"))
    expires = record.get("expires")
    if isinstance(expires, date) and expires < scope.evidence.law_date:
        return DocumentResult(
            Outcome.DENY, (), Bilingual(f"{title[0]}已于 {expires} 失效", f"{title[1]} expired on {expires}")
        )
    if not _right_level(scope, record, level, name, key):
        by = LEVEL_WORDS.get(level or "", Bilingual("所要求的级别", "the level asked"))
        return DocumentResult(
            Outcome.DENY, (), Bilingual(f"{title[0]}不是{by.zh}出具", f"{title[1]} was not issued by {by.en}")
        )
    if not _covers(scope, record, place, name, key):
        return DocumentResult(
            Outcome.DENY, (), Bilingual(f"{title[0]}未覆盖所涉范围", f"{title[1]} does not cover the place")
        )
    if result == "agree_with_conditions":
        conditions = record.get("conditions")
        texts = [c for c in conditions if isinstance(c, str)] if isinstance(conditions, tuple) else []
        duties = tuple(Duty("duty", clause.matter, level or "", t, t) for t in texts) or (
            Duty(
                "duty",
                clause.matter,
                level or "",
                f"落实{clause.matter_zh}所附条件",
                f"meet the conditions of {clause.matter.replace('_', ' ')}",
            ),
        )
        return DocumentResult(
            Outcome.CONDITIONAL, duties, Bilingual(f"{title[0]}：附条件同意", f"{title[1]}: with conditions")
        )
    return DocumentResult(Outcome.PERMIT, (), Bilingual(f"{title[0]}：同意", f"{title[1]}: agreed"))


def _document_title(clause: SubjectTo, record: Mapping[str, Value]) -> tuple[str, str]:
    """A document by its matter and number, or else by who issued it."""
    stated = (record.get(key) for key in ("number", "issuer"))
    mark = next((x for x in stated if isinstance(x, str) and x), "")
    zh, en = clause.matter_zh, clause.matter.replace("_", " ")
    return (f"{zh}（{mark}）", f"{en} ({mark})") if mark else (zh, en)


def _named(missing: Missing, name: str, key: str) -> Missing:
    return Missing(f"{name}.{key}", missing.kind, missing.detail)


def _in_time(scope: Scope, record: Mapping[str, Value], name: str, key: str, latest: Judged | None) -> bool:
    """Whether a document is dated on or before the law date, and the latest day asked for; without a date that is open."""
    dated = record.get("date", Missing(name, Absence.NOT_SUPPLIED))
    if isinstance(dated, date):
        if dated > scope.evidence.law_date:
            return False
        if isinstance(latest, Unknown):
            return scope.assumed.truth(scope.assumed.settle(maybe(f"{key} no later than {latest.key}", latest.facts)))
        return not isinstance(latest, date) or dated <= latest
    fact = Missing(name, dated.kind if isinstance(dated, Missing) else Absence.INVALID)
    return scope.assumed.truth(scope.assumed.settle(maybe(f"{key} in time", frozenset((fact,)))))


def _right_level(scope: Scope, record: Mapping[str, Value], level: str | None, name: str, key: str) -> bool:
    if level == "":
        return True
    stated = record.get("issuer_level", Missing(f"{name}.issuer_level", Absence.NOT_SUPPLIED))
    if level is None or isinstance(stated, Missing):
        kind = stated.kind if isinstance(stated, Missing) else Absence.NO_ROW
        fact = Missing(f"{name}.issuer_level", kind)
        return scope.assumed.truth(scope.assumed.settle(maybe(f"{key} of the level asked", frozenset((fact,)))))
    return stated == level


def _covers(scope: Scope, record: Mapping[str, Value], place: Affected, name: str, key: str) -> bool:
    """Whether a document stands for the affected place (proposal.md 1.11); open where it might be larger than it does."""
    if _invalid(scope, record, GROUND, name, key) or not _stands_for(scope, record, place):
        return False
    if place.at_most is None or _stands_for(scope, record, place.at_most()):
        return True
    return scope.assumed.truth(scope.assumed.settle(maybe(f"{key} covers what is affected", place.facts)))


def _invalid(scope: Scope, record: Mapping[str, Value], keys: tuple[str, ...], name: str, key: str) -> bool:
    """Whether an entry that cannot be read tells against a document; open, where there is such an entry."""
    facts = frozenset(_named(v, name, k) for k in keys if isinstance(v := record.get(k), Missing))
    return bool(facts) and scope.assumed.truth(scope.assumed.settle(maybe(f"{key} fails by {keys[0]}", facts)))


def _stands_for(scope: Scope, record: Mapping[str, Value], place: Affected) -> bool:
    covers, parcels, area = record.get("covers"), record.get("parcels"), record.get("area_ha")
    if isinstance(covers, Place):
        return place.extent is None or place.extent().lies_within(covers.geometry, scope.evidence.proposal.precision_m)
    if isinstance(parcels, tuple):
        return all(p in parcels for p in place.parcels())
    if isinstance(area, Fraction) and place.measured:
        needed = place.totals.get(str(record.get("matter", record.get("kind"))), place.total)
        return area >= Fraction(round_half_up(place.area if needed is None else needed))
    return True
