"""Running the tests of rulesets: the same plan, overlay and evaluation as for a real proposal, in an engineering plane."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from landrules.base.diagnostic import Diagnostic, InputError, Lang, nearest
from landrules.base.frozen import frozen
from landrules.engine.evaluate import evaluate
from landrules.engine.gather import gather
from landrules.engine.plan import Plan, plan
from landrules.lang import tree as t
from landrules.rules.load import Loaded, read_rulesets
from landrules.rules.model import RuleSet
from landrules.rules.names import canonical_names
from landrules.trial.cast import Canonical, cast
from landrules.trial.compare import Failure, against_decision, against_norm
from landrules.trial.witness import Observation, observed


@frozen
class TrialResult:
    """How one test came out: what was expected and found otherwise, in both languages; or what is wrong with it.

    `ruleset` is the id of the ruleset it stands in, `day` its law date, `norms` the ids of the norms it names.
    """

    file: str
    line: int
    title_zh: str
    title_en: str
    failures: tuple[Failure, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    ruleset: str = ""
    day: date | None = None
    norms: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything expected was found."""
        return not self.failures and not self.diagnostics

    def title(self, lang: Lang) -> str:
        """The title in the reader's language, or in the other where it has none."""
        return (self.title_zh or self.title_en) if lang == "zh" else (self.title_en or self.title_zh)


@frozen
class Trials:
    """The tests of some references, run: what was read, how each test came out, what of the law they came upon."""

    loaded: Loaded
    ruleset: RuleSet
    results: tuple[TrialResult, ...]
    observations: tuple[Observation, ...] = ()


def run_tests(refs: Sequence[str | Path], base: Path | None = None) -> tuple[TrialResult, ...]:
    """Every test of the rulesets that some references name. Raises `InputError` where a ruleset is wrong."""
    return trials(refs, base).results


def trials(refs: Sequence[str | Path], base: Path | None = None, *, title: str = "", watched: bool = False) -> Trials:
    """The tests whose title holds a text, in either language; where `watched`, also what of the law they came upon.

    Raises `InputError` where a ruleset is wrong.
    """
    loaded = read_rulesets(refs, base)
    errors = [d for d in loaded.diagnostics if d.severity == "error"]
    if loaded.ruleset is None or errors:
        raise InputError(errors)
    hall = _Hall(loaded.ruleset, canonical_names(loaded), watched)
    wanted = title.casefold()
    results = tuple(
        _run(item, document, hall)
        for document in loaded.asked
        for item in document.items
        if isinstance(item, t.Test) and (wanted in item.text.zh.casefold() or wanted in item.text.en.casefold())
    )
    return Trials(loaded, loaded.ruleset, results, tuple(hall.observations))


@dataclass(slots=True)
class _Hall:
    """What the tests of one run share: the rules, the plan of each law date, what has been seen."""

    rules: RuleSet
    canonical: Canonical
    watched: bool
    plans: dict[date, Plan] = field(default_factory=dict)
    observations: list[Observation] = field(default_factory=list)

    def law(self, day: date) -> Plan:
        """The law of a day, compiled once."""
        if day not in self.plans:
            self.plans[day] = plan(self.rules, day)
        return self.plans[day]


def _run(test: t.Test, document: t.Document, hall: _Hall) -> TrialResult:
    case, faults = cast(test, hall.rules, hall.canonical)
    prefix = next((i.names.id for i in document.items if isinstance(i, t.Declaration) and i.kind == "ruleset"), "")
    head = TrialResult(document.source.name, test.span.line, test.text.zh, test.text.en, ruleset=prefix)
    day = case.law_date
    if day is None:
        faults = (*faults, Diagnostic("LR491", span=test.span))
    if not case.expects:
        faults = (*faults, Diagnostic("LR492", span=test.span))
    if faults or day is None:
        return replace(head, diagnostics=faults)
    law = hall.law(day)
    in_force = frozenset(p.norm.id for p in law.programs)
    named = [_full_id(x.norm, in_force, prefix, hall.canonical) if x.norm else None for x in case.expects]
    norms = tuple(sorted({name for name in named if name in in_force}))
    steps = law if None in named else _narrowed(law, norms)
    evidence = gather(hall.rules, steps, case.proposal, case.layers, data_as_of=day, accounts=case.accounts)
    results = {r.norm.id: r for r in evaluate(steps.programs, evidence)}
    failures: list[Failure] = []
    wrong: list[Diagnostic] = []
    for expect, name in zip(case.expects, named, strict=True):
        if name is None:
            failures += against_decision(expect, results, evidence)
        elif name in in_force:
            failures += against_norm(expect, results[name], hall.canonical)
        else:
            near = nearest(name, in_force) or "—"
            wrong.append(Diagnostic("LR493", {"norm": name, "day": day, "near": near}, expect.span))
    if hall.watched:
        hall.observations += observed(steps.programs, norms, results, evidence)
    return replace(head, failures=tuple(failures), diagnostics=tuple(wrong), day=day, norms=norms)


def _full_id(path: t.Path, known: Collection[str], prefix: str, canonical: Canonical) -> str:
    name = canonical(".".join(path.parts))
    return name if name in known or not prefix else f"{prefix}.{name}"


def _narrowed(law: Plan, norms: Collection[str]) -> Plan:
    """The plan for some norms only, with their rivals.

    Use controls come together: those above reach only what those below leave.
    """
    together = any(p.norm.yields and p.norm.id in norms for p in law.programs)
    wanted = {*norms, *(x for p in law.programs if p.norm.id in norms for x in p.norm.standing.rivals)}
    programs = tuple(p for p in law.programs if p.norm.id in wanted or (together and p.norm.yields))
    return replace(law, programs=programs, layers=tuple(sorted({x for p in programs for x in p.norm.layers})))
