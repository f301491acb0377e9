"""Judging a proposal once more, to explain it: the road's own steps, with what they made kept."""

from __future__ import annotations

from pathlib import Path

from landrules.base.diagnostic import InputError
from landrules.base.frozen import frozen
from landrules.book.glossary import Glossary, glossary
from landrules.engine.evaluate import evaluate
from landrules.engine.evidence import Evidence
from landrules.engine.explain import Explanation, explain
from landrules.engine.gather import gather
from landrules.engine.plan import Plan, plan
from landrules.engine.verdict import Result
from landrules.intake.accounts import read_accounts
from landrules.intake.files import load_proposal
from landrules.road import Options, open_workspace, read_layers, settle_law_date, settle_tolerances
from landrules.rules.load import read_rulesets
from landrules.rules.model import Outcome


@frozen
class Examined:
    """A proposal judged: the evidence, the norms in force, the results, the names of what its rules declare."""

    evidence: Evidence
    plan: Plan
    results: tuple[Result, ...]
    names: Glossary

    def explained(self, rule: str) -> Explanation | None:
        """One norm explained, by its full id, its last name or its Chinese one; `None` where none such is in force."""
        wanted = self.names.spelled(rule, "en") if "." not in rule else rule
        for program in self.plan.programs:
            if program.norm.id == wanted or program.norm.id.rsplit(".", 1)[-1] == wanted:
                result = next(r for r in self.results if r.norm.id == program.norm.id)
                return explain(program, self.plan.programs, result, self.evidence)
        return None

    def decisive(self) -> tuple[str, ...]:
        """The norms that keep the proposal from a plain permit, the gravest first."""
        grave = [r for r in self.results if r.outcome.rank > Outcome.PERMIT.rank and not r.norm.informs]
        return tuple(r.norm.id for r in sorted(grave, key=lambda r: (-r.outcome.rank, r.norm.id)))


def examine(proposal: Path, workspace: Path | None, options: Options) -> Examined:
    """Judge a proposal as `check` does. Raises `InputError` where proposal, rules or workspace are wrong."""
    place = open_workspace(workspace, proposal)
    loaded = read_rulesets(options.rules or place.rulesets, None if options.rules else place.root, tests=False)
    errors = [d for d in loaded.diagnostics if d.severity == "error"]
    if loaded.ruleset is None or errors:
        raise InputError(errors)
    rules = loaded.ruleset
    read = load_proposal(proposal, place.plane, rules.schemes, options.settings)
    day, _ = settle_law_date(read, options.law_date)
    as_of = options.data_as_of or day
    steps = plan(rules, day)
    evidence = gather(
        rules,
        steps,
        read,
        read_layers(place, steps, rules, read, as_of),
        data_as_of=as_of,
        accounts=read_accounts(place.accounts) if place.accounts else (),
        tolerances=settle_tolerances(place.tolerances, rules),
    )
    return Examined(evidence, steps, evaluate(steps.programs, evidence), glossary(loaded.documents, rules))
