"""Where the time of one cold `landrules check` goes.

    python benchmarks/cold_check.py [--runs 7]

Prints, for a proposal of the example county, the median over several fresh processes of each step in CPU time, and the
share of the whole: a machine-independent figure. A second figure is the ratio of the whole to a bare `import shapely`
in a fresh process of the same run.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROPOSAL = ROOT / "examples" / "qingxi" / "proposals" / "a_expressway.geojson"

STEPS = """
import json, sys, time
clock = time.process_time
marks = [("start of Python", clock())]
from landrules import road
from landrules.engine.plan import plan
from landrules.road import *
marks.append(("imports", clock()))
path = Path(sys.argv[1])
place = open_workspace(None, path)
marks.append(("workspace", clock()))
rulesets = load_ruleset(place.rulesets, place.root)
marks.append(("rules: parse, resolve, lower", clock()))
proposal = load_proposal(path, place.plane, rulesets.schemes, {})
day, source = settle_law_date(proposal, None)
marks.append(("proposal", clock()))
steps = plan(rulesets, day)
marks.append(("plan", clock()))
layers = read_layers(place, steps, rulesets, proposal, day)
marks.append(("layers read near the site", clock()))
evidence = gather(rulesets, steps, proposal, layers, data_as_of=day, accounts=read_accounts(place.accounts))
marks.append(("overlay", clock()))
results = evaluate(steps.programs, evidence)
marks.append(("evaluate", clock()))
answer = report(results, evidence, steps.layers, version=VERSION, proj=proj_version(), workspace_sha256="",
                settings={}, law_date_source=source, geometry=True)
answer.to_json()
marks.append(("report and JSON", clock()))
print(json.dumps(marks))
"""

SHAPELY = "import shapely, time; print(time.process_time())"


def measure(runs: int) -> tuple[dict[str, float], float]:
    """Median CPU seconds of each step, and of importing shapely alone."""
    found: dict[str, list[float]] = {}
    alone = []
    for _ in range(runs):
        out = subprocess.run([sys.executable, "-c", STEPS, str(PROPOSAL)], capture_output=True, text=True, check=True)
        marks = json.loads(out.stdout)
        found.setdefault(marks[0][0], []).append(marks[0][1])
        for (_, before), (name, after) in itertools.pairwise(marks):
            found.setdefault(name, []).append(after - before)
        bare = subprocess.run([sys.executable, "-c", SHAPELY], capture_output=True, text=True, check=True)
        alone.append(float(bare.stdout))
    return {name: statistics.median(times) for name, times in found.items()}, statistics.median(alone)


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=7)
    steps, shapely = measure(parser.parse_args().runs)
    whole = sum(steps.values())
    print("| step | CPU ms | share |\n|---|---|---|")
    for name, seconds in steps.items():
        print(f"| {name} | {seconds * 1000:.0f} | {seconds / whole:.0%} |")
    print(f"| whole | {whole * 1000:.0f} | 100% |")
    print(f"\nratio to importing shapely alone: {whole / shapely:.1f}")


if __name__ == "__main__":
    main()
