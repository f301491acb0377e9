"""What a test expects against what came out: every difference as a sentence, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from landrules.base.diagnostic import Lang
from landrules.base.quantity import in_base, round_half_up
from landrules.engine.decide import authorised, decision
from landrules.engine.evidence import Evidence
from landrules.engine.findings import telling_rows
from landrules.engine.verdict import Result
from landrules.lang import tree as t
from landrules.lang.keywords import by_english
from landrules.rules.model import Outcome
from landrules.trial.cast import Canonical

Failure = tuple[str, str]
"""What was expected and found otherwise: Chinese, English."""


def against_decision(expect: t.Expect, results: Mapping[str, Result], evidence: Evidence) -> tuple[Failure, ...]:
    """How the decision differs from what is expected."""
    found = _decision(results, evidence).value
    if found == expect.outcome:
        return ()
    zh = f"结论应为 {said(expect.outcome, 'zh')}，实为 {said(found, 'zh')}"
    return ((zh, f"decision: {said(expect.outcome, 'en')} expected, {said(found, 'en')} found"),)


def against_norm(expect: t.Expect, result: Result, canonical: Canonical) -> tuple[Failure, ...]:
    """How a norm's result differs from what is expected; where its outcome does, nothing more is compared."""
    name, found = result.norm.id, outcome_of(result)
    if found == expect.outcome:
        return tuple(_details(expect, name, result, canonical))
    names = sorted(m.name for m in result.missing)
    more_zh, more_en = (f"（缺 {'、'.join(names)}）", f" (missing {', '.join(names)})") if names else ("", "")
    zh = f"{name} 应为 {said(expect.outcome, 'zh')}，实为 {said(found, 'zh')}{more_zh}"
    return ((zh, f"{name}: {said(expect.outcome, 'en')} expected, {said(found, 'en')} found{more_en}"),)


def outcome_of(result: Result) -> str:
    """The outcome in the words of tests: `information` where a norm that only informs has something to tell."""
    informed = result.norm.informs and any(j.shown.informed for j in result.judgements)
    return "information" if informed else result.outcome.value


def said(outcome: str, lang: Lang) -> str:
    """An outcome as rules spell it.

    >>> said("not_applicable", "zh")
    '不适用'
    """
    return by_english("outcome", outcome).spelling(lang)


def _details(expect: t.Expect, name: str, result: Result, canonical: Canonical) -> list[Failure]:
    found: list[Failure] = []
    if expect.area is not None:
        wanted = round_half_up(in_base(expect.area.value, expect.area.unit))
        area = round_half_up(result.met.area(telling_rows(result)) if result.met else Fraction(0))
        if area != wanted:
            zh = f"{name} 面积应为 {wanted} 平方米，实为 {area} 平方米"
            found.append((zh, f"{name}: an area of {wanted} m2 expected, {area} m2 found"))
    if expect.missing:
        asked = [".".join(canonical(p) for p in path.parts) for path in expect.missing]
        names = [m.name for m in result.missing]
        if sorted(asked) != sorted(names):
            zh = f"{name} 应缺 {_listed(asked, 'zh')}，实缺 {_listed(names, 'zh')}"
            found.append((zh, f"{name}: missing {_listed(asked, 'en')} expected, {_listed(names, 'en')} found"))
    if expect.possible:
        possible = [o.value for o in result.possible]
        if sorted(expect.possible) != sorted(possible):
            zh = f"{name} 可能为 {_outcomes(expect.possible, 'zh')}，实为 {_outcomes(possible, 'zh')}"
            en = f"{name}: possible {_outcomes(expect.possible, 'en')} expected, {_outcomes(possible, 'en')} found"
            found.append((zh, en))
    if expect.by:
        lifted = {x.rsplit(".", 1)[-1] for j in result.judgements for x in j.shown.lifted_by}
        if canonical(expect.by) not in lifted:
            zh = f"{name} 应由例外 {expect.by} 解除，实为 {_listed(sorted(lifted), 'zh')}"
            found.append((zh, f"{name}: lifted by {expect.by} expected, {_listed(sorted(lifted), 'en')} found"))
    return found


def _outcomes(names: Sequence[str], lang: Lang) -> str:
    return _listed([said(name, lang) for name in names], lang)


def _listed(names: Sequence[str], lang: Lang) -> str:
    if not names:
        return "无" if lang == "zh" else "none"
    return ("、" if lang == "zh" else ", ").join(sorted(names))


def _decision(results: Mapping[str, Result], evidence: Evidence) -> Outcome:
    found = list(results.values())
    ground = authorised(found, evidence)
    outcomes = [r.outcome for r in found if not r.norm.informs]
    return decision([*outcomes, ground.outcome])
