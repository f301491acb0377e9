"""A check in a process that is warm: how long one proposal takes from its bytes to its report, and where the time goes.

    python benchmarks/warm.py COUNTY [--proposals 1000]

CPU time of each proposal (one thread: with the machine to itself, wall time) of the county's `proposals.jsonl`, after the first twenty have been judged once: read at the
door, layers near it, overlay, judgement, report, JSON without geometry. Prints median, 95th and 99th percentile, the
slowest, the same by kind of proposal, and the shares of the steps.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from landrules import road
from landrules.engine.assemble import answer
from landrules.engine.evaluate import evaluate
from landrules.engine.gather import gather
from landrules.engine.stability import stability
from landrules.render.json import render_json
from landrules.render.options import Options

STEPS = ("door", "layers", "overlay", "judgement", "stability", "report", "JSON")
FEW = 20


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(description="A check in a warm process.")
    reader.add_argument("county", type=Path)
    reader.add_argument("--proposals", type=int, default=1_000)
    asked = reader.parse_args()
    session = road.Session.open(asked.county)
    texts = (asked.county / "proposals.jsonl").read_bytes().splitlines()[: asked.proposals]
    for text in texts[:FEW]:
        steps(session, text)
    rows = np.array([steps(session, text) for text in texts]) * 1e3
    whole = rows.sum(axis=1)
    kinds = defaultdict(list)
    for text, cost in zip(texts, whole, strict=True):
        kinds[kind_of(text)].append(cost)
    print("| proposals | number | median ms | 95 % | 99 % | slowest |")
    print("|---|---|---|---|---|---|")
    for name, costs in (("all", whole.tolist()), *sorted(kinds.items())):
        middle, high, top = np.percentile(costs, (50, 95, 99))
        print(f"| {name} | {len(costs)} | {middle:.1f} | {high:.1f} | {top:.1f} | {max(costs):.1f} |")
    print("\n| step | median ms | share of all time |")
    print("|---|---|---|")
    for name, column in zip(STEPS, rows.T, strict=True):
        print(f"| {name} | {np.median(column):.2f} | {column.sum() / rows.sum():.0%} |")


def steps(session: road.Session, text: bytes) -> list[float]:
    """Seconds of each step of one check."""
    clock = time.process_time
    marks = [clock()]
    proposal = session.read(text)
    marks.append(clock())
    day, source = road.settle_law_date(proposal, None)
    plan = session.planner.on(day)
    layers = road.read_layers(session.workspace, plan, session.rulesets, proposal, day)
    marks.append(clock())
    evidence = gather(
        session.rulesets,
        plan,
        proposal,
        layers,
        data_as_of=day,
        accounts=session.accounts,
        tolerances=session.tolerances,
    )
    marks.append(clock())
    results = evaluate(plan.programs, evidence)
    marks.append(clock())
    hanging = stability(plan.programs, results, evidence)
    marks.append(clock())
    found = answer(
        results,
        evidence,
        plan.layers,
        version=road.VERSION,
        proj=road.proj_version(),
        workspace_sha256=session.workspace.sha256,
        settings={},
        law_date_source=source,
        geometry=False,
        hanging=hanging,
    )
    marks.append(clock())

    render_json(found, Options(lang="zh", geometry=False))
    marks.append(clock())
    return np.diff(marks).tolist()


def kind_of(text: bytes) -> str:
    """Site, scattered or a line of a road, told by the project's kind and its parcels."""
    value = json.loads(text)
    if value["proposal"]["project_kind"] == "transport.highway":
        return "road or corridor"
    return "site" if len(value["features"]) == 1 else "scattered"


if __name__ == "__main__":
    main()
