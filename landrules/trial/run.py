"""Running the tests of rulesets: the same plan, overlay and evaluation as for a real proposal, in an engineering plane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from landrules.base.diagnostic import Diagnostic, InputError, nearest
from landrules.base.quantity import in_base, round_half_up
from landrules.engine.decide import authorised, decision
from landrules.engine.evaluate import evaluate
from landrules.engine.evidence import Evidence
from landrules.engine.findings import telling_rows
from landrules.engine.gather import gather
from landrules.engine.plan import plan
from landrules.engine.verdict import Result
from landrules.lang import tree as t
from landrules.rules.load import read_rulesets
from landrules.rules.model import Outcome, RuleSet
from landrules.rules.names import canonical_names
from landrules.trial.cast import Canonical, Case, cast


@dataclass(frozen=True, slots=True)
class TrialResult:
    """How one test came out: what was expected and found otherwise, in both languages; or what is wrong with it."""

    file: str
    line: int
    title_zh: str
    title_en: str
    failures: tuple[tuple[str, str], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything expected was found."""
        return not self.failures and not self.diagnostics


def run_tests(refs: Sequence[str | Path], base: Path | None = None) -> tuple[TrialResult, ...]:
    """Every test of the rulesets that some references name. Raises `InputError` where a ruleset is wrong."""
    loaded = read_rulesets(refs, base)
    errors = [d for d in loaded.diagnostics if d.severity == "error"]
    if loaded.ruleset is None or errors:
        raise InputError(errors)
    canonical = canonical_names(loaded)
    return tuple(r for doc in loaded.asked for r in run_document(doc, loaded.ruleset, canonical))


def run_document(document: t.Document, rules: RuleSet, canonical: Canonical) -> tuple[TrialResult, ...]:
    """The tests of one file."""
    head = next((i for i in document.items if isinstance(i, t.Declaration) and i.kind == "ruleset"), None)
    prefix = head.names.id if head else ""
    tests = [i for i in document.items if isinstance(i, t.Test)]
    return tuple(_run(test, document.source.name, prefix, rules, canonical) for test in tests)


def _run(test: t.Test, file: str, prefix: str, rules: RuleSet, canonical: Canonical) -> TrialResult:
    case, faults = cast(test, rules, canonical)
    head = (file, test.span.line, test.text.zh, test.text.en)
    if case.law_date is None:
        faults = (*faults, Diagnostic("LR491", span=test.span))
    if not case.expects:
        faults = (*faults, Diagnostic("LR492", span=test.span))
    if faults or case.law_date is None:
        return TrialResult(*head, diagnostics=faults)
    steps = plan(rules, case.law_date)
    evidence = gather(rules, steps, case.proposal, case.layers, data_as_of=case.law_date, accounts=case.accounts)
    results = {r.norm.id: r for r in evaluate(steps.programs, evidence)}
    failures: list[tuple[str, str]] = []
    wrong: list[Diagnostic] = []
    for expect in case.expects:
        _compare(expect, case, results, evidence, prefix, canonical, failures, wrong)
    return TrialResult(*head, tuple(failures), tuple(wrong))


def _compare(
    expect: t.Expect,
    case: Case,
    results: Mapping[str, Result],
    evidence: Evidence,
    prefix: str,
    canonical: Canonical,
    failures: list[tuple[str, str]],
    wrong: list[Diagnostic],
) -> None:
    if expect.norm is None:
        found = _decision(results, evidence)
        if found.value != expect.outcome:
            failures.append(
                (
                    f"结论应为 {expect.outcome}，实为 {found.value}",
                    f"decision: {expect.outcome} expected, {found.value} found",
                )
            )
        return
    name = _full_id(expect.norm, results, prefix, canonical)
    result = results.get(name)
    if result is None:
        near = nearest(name, results) or "—"
        wrong.append(Diagnostic("LR493", {"norm": name, "day": case.law_date, "near": near}, expect.span))
        return
    outcome = "information" if _informed(result) else result.outcome.value
    if outcome != expect.outcome:
        names = ", ".join(m.name for m in result.missing)
        more = f" (missing {names})" if names else ""
        failures.append(
            (
                f"{name} 应为 {expect.outcome}，实为 {outcome}{more}",
                f"{name}: {expect.outcome} expected, {outcome} found{more}",
            )
        )
        return
    _compare_details(expect, name, result, canonical, failures)


def _compare_details(
    expect: t.Expect, name: str, result: Result, canonical: Canonical, failures: list[tuple[str, str]]
) -> None:
    if expect.area is not None:
        wanted = round_half_up(in_base(expect.area.value, expect.area.unit))
        rows = telling_rows(result)
        area = round_half_up(result.met.area(rows) if result.met else Fraction(0))
        if area != wanted:
            failures.append(
                (f"{name} 面积应为 {wanted}，实为 {area}", f"{name}: an area of {wanted} expected, {area} found")
            )
    if expect.missing:
        asked = sorted(".".join(canonical(p) for p in path.parts) for path in expect.missing)
        missing = sorted(m.name for m in result.missing)
        if asked != missing:
            failures.append(
                (f"{name} 应缺 {asked}，实缺 {missing}", f"{name}: missing {asked} expected, {missing} found")
            )
    if expect.possible:
        possible = sorted(o.value for o in result.possible)
        if sorted(expect.possible) != possible:
            failures.append(
                (
                    f"{name} 可能 {sorted(expect.possible)}，实为 {possible}",
                    f"{name}: possible {sorted(expect.possible)} expected, {possible} found",
                )
            )
    if expect.by:
        lifted = {x.rsplit(".", 1)[-1] for j in result.judgements for x in j.shown.lifted_by}
        if canonical(expect.by) not in lifted:
            failures.append(
                (
                    f"{name} 应由例外 {expect.by} 解除，实为 {sorted(lifted)}",
                    f"{name}: lifted by {expect.by} expected, {sorted(lifted)} found",
                )
            )


def _informed(result: Result) -> bool:
    return result.norm.informs and any(j.shown.informed for j in result.judgements)


def _full_id(path: t.Path, results: Mapping[str, Result], prefix: str, canonical: Canonical) -> str:
    name = ".".join(canonical(p) for p in path.parts)
    return name if name in results or not prefix else f"{prefix}.{name}"


def _decision(results: Mapping[str, Result], evidence: Evidence) -> Outcome:
    found = list(results.values())
    ground = authorised(found, evidence)
    outcomes = [r.outcome for r in found if not r.norm.informs]
    return decision([*outcomes, ground.outcome])
