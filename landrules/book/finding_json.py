"""Why a proposal came out as it did, as plain values for machines: statements with truth, values and margins."""

from __future__ import annotations

from typing import Any

from landrules.base.diagnostic import Lang
from landrules.base.quantity import Dimension
from landrules.base.valuetype import Missing
from landrules.book.glossary import Glossary
from landrules.book.retell import retold
from landrules.book.speech import Speech
from landrules.book.values import value
from landrules.book.weighing import Teller, is_truth, statements, truth_of, with_named
from landrules.engine.explain import Elsewhere, Explanation, Weighed, WeighedClause, WeighedException
from landrules.rules import expr as e
from landrules.rules import model as m


def finding_json(told: Explanation, rules: m.RuleSet, names: Glossary, lang: Lang) -> dict[str, Any]:
    """An explanation as plain values: the same statements with their truth, values, limits and margins."""
    return _Plain(Speech(lang, with_named(names, told.result.norm)), rules).plain(told)


class _Plain(Teller):
    __slots__ = ()

    def plain(self, told: Explanation) -> dict[str, Any]:
        result = told.result
        return {
            "rule": result.norm.id,
            "title": {"zh": result.norm.title.zh, "en": result.norm.title.en},
            "outcome": result.outcome.value,
            "possible": sorted(o.value for o in result.possible),
            "parcels": list(told.parcels),
            "features": list(told.features),
            "elsewhere": [self.elsewhere_plain(x) for x in told.others],
            "missing": [self.missing_plain(f, told) for f in result.missing],
            "applies": self.weighed_plain(told.applies),
            "cases": [
                {
                    "applied": b.verdict is not None,
                    "effect": b.branch.effect.value,
                    "when": self.weighed_plain(b.when),
                    "clauses": [self.clause_plain(c) for c in b.clauses],
                }
                for b in told.branches
            ],
            "exceptions": [self.exception_plain(x) for x in told.exceptions],
            "citations": [
                {
                    "instrument": {"zh": c.instrument.title.zh, "en": c.instrument.title.en},
                    "article": {"zh": c.article.zh, "en": c.article.en},
                    "status": c.status,
                }
                for c in result.norm.citations
            ],
        }

    def elsewhere_plain(self, place: Elsewhere) -> dict[str, Any]:
        unmet = [
            {
                "says": value(self.s, retold(c.left)),
                "value": self.quantity(c.value, c.left.type),
                "operator": c.op,
                "limit": self.quantity(c.limit, c.left.type),
            }
            for c in place.unmet
        ]
        return {
            "parcels": list(place.parcels),
            "features": list(place.features),
            "outcome": place.outcome.value,
            "area": self.quantity(place.area, Dimension.AREA) if place.area is not None else None,
            "unmet": unmet,
        }

    def missing_plain(self, fact: Missing, told: Explanation) -> dict[str, Any]:
        hanging = [self.said(w.expr) for w in statements(told) if fact in w.facts]
        return {"name": fact.name, "kind": fact.kind.value, "decides": list(dict.fromkeys(hanging))}

    def weighed_plain(self, told: Weighed) -> dict[str, Any]:
        out: dict[str, Any] = {"holds": truth_of(told.value)} if is_truth(told.value) else {"value": self.printed(told)}
        out["says"] = self.said(told.expr) if is_truth(told.value) else value(self.s, retold(told.expr))
        if margin := self.margin(told):
            out["margin"] = margin
        if told.parts:
            out["parts"] = [self.weighed_plain(p) for p in told.parts if not isinstance(p.expr, e.Const)]
        return out

    def clause_plain(self, told: WeighedClause) -> dict[str, Any]:
        verdict = told.verdict
        return {
            "kind": type(told.clause).__name__.lower().removesuffix("clause"),
            "outcome": verdict.outcome.value if verdict is not None else None,
            "reasons": [self.both(n.text) for n in verdict.notes] if verdict is not None else [],
            "condition": self.weighed_plain(told.condition) if told.condition is not None else None,
        }

    def exception_plain(self, told: WeighedException) -> dict[str, Any]:
        return {
            "id": told.exception.id,
            "lifted": told.lifted,
            "when": self.weighed_plain(told.when),
            "clauses": [self.clause_plain(c) for c in told.clauses],
            "exceptions": [self.exception_plain(x) for x in told.exceptions],
        }
