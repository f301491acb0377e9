"""The engine against counted cells: on thousands of random sites the same outcomes, areas and decision, no more, no less.

`law.py` and `authority.py` say what must come out, from design.md alone; `build.py` hands the same site to the engine.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from landrules import Report, check
from landrules.engine.assemble import answer
from landrules.engine.evaluate import evaluate
from tests.oracle.authority import Expected, expected
from tests.oracle.build import RULES, evidence_of
from tests.oracle.files import write_workspace
from tests.oracle.law import DENY, INDETERMINATE, LIMITING, REFER
from tests.oracle.world import World, world

CHUNKS, CHUNK = 20, 102
WORLDS = CHUNKS * CHUNK
FILES = 44


def answered(site: World) -> Report:
    """The report of a world, without files."""
    steps, evidence = evidence_of(site)
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


def differences(site: World, found: Report, law: Expected) -> list[str]:
    """Where a report and the oracle disagree, in words."""
    out = []
    findings = {f.rule: f for f in found.findings}
    default = next((f for name, f in findings.items() if name.endswith(".default")), None)
    norms = {name for name in findings if not name.endswith(".default")}
    if norms != set(law.answers):
        out.append(f"norms: {sorted(norms ^ set(law.answers))}")
    for name in sorted(norms & set(law.answers)):
        finding, answer = findings[name], law.answers[name]
        if finding.outcome != answer.outcome:
            out.append(f"{name}: {answer.outcome} of {sorted(answer.possible)} expected, {finding.outcome} found")
        elif finding.outcome == INDETERMINATE and not set(finding.possible) >= answer.possible:
            out.append(f"{name}: possible {sorted(answer.possible)} expected, {sorted(finding.possible)} found")
        area = next((m.value for m in finding.measured if m.name.startswith("area of")), None)
        if (
            name in LIMITING
            and answer.occupied is not None
            and area is not None
            and area != Decimal(int(answer.occupied))
        ):
            out.append(f"{name}: {answer.occupied} m2 expected, {area} found")
    if found.decision != law.decision:
        out.append(f"decision: {law.decision} expected, {found.decision} found")
    if found.authorised_m2 != Decimal(int(law.authorised)):
        out.append(f"authorised: {law.authorised} expected, {found.authorised_m2} found")
    if law.default is None:
        if default is not None and default.outcome in (DENY, REFER):
            out.append(f"default: none expected, {default.outcome} found")
    elif default is None or default.outcome != law.default:
        out.append(f"default: {law.default} expected, {default.outcome if default else None} found")
    elif default.measured[0].value != Decimal(int(law.default_area)):
        out.append(f"default: {law.default_area} m2 expected, {default.measured[0].value} found")
    return [f"seed {site.seed}: {line}" for line in out]


@cache
def law_of(seed: int) -> Expected:
    """What the oracle says of a seed."""
    return expected(world(seed))


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_engine_says_what_counting_cells_says(chunk: int) -> None:
    wrong = []
    for seed in range(chunk * CHUNK, (chunk + 1) * CHUNK):
        site = world(seed)
        wrong += differences(site, answered(site), law_of(seed))
    assert not wrong, "\n".join(wrong)


def test_the_worlds_reach_every_decision_and_every_outcome() -> None:
    """A test that only ever saw denials would show little."""
    laws = [law_of(seed) for seed in range(WORLDS // 4)]
    decisions = Counter(law.decision for law in laws)
    assert set(decisions) == {"deny", "indeterminate", "refer", "conditional", "permit"}
    assert min(decisions.values()) >= 8, decisions
    seen = {(name, answer.outcome) for law in laws for name, answer in law.answers.items()}
    for name in (
        "oracle.lines.farmland",
        "oracle.lines.nature_any",
        "oracle.strips.no_buildings",
        "oracle.matrix.zones",
    ):
        assert {(name, o) for o in ("deny", "refer", "permit", "not_applicable", "indeterminate")} <= seen
    assert {law.default for law in laws} == {None, "deny", "refer"}


@pytest.mark.parametrize("part", range(4))
def test_the_same_through_real_files(part: int, tmp_path: Path) -> None:
    wrong = []
    for seed in range(part, FILES, 4):
        site = world(seed)
        folder = tmp_path / str(seed)
        proposal = write_workspace(site, folder)
        rules = [RULES / f"{name}.rules" for name in site.rulesets]
        found = check(proposal, workspace=folder, rules=rules, law_date=site.day)
        wrong += differences(site, found, law_of(seed))
    assert not wrong, "\n".join(wrong)
