"""Where the time of one cold `landrules check` goes.

    python benchmarks/cold_check.py [--runs 7] [--proposal FILE]

Prints, for a proposal (else one of the example county), the median over several fresh processes of each step in CPU time, and the
share of the whole: a machine-independent figure. A second figure is the ratio of the whole to a bare `import shapely`
in a fresh process of the same run.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROPOSAL = ROOT / "examples" / "qingxi" / "proposals" / "a_expressway.geojson"

STEPS = """
import gc; gc.disable()
import json, sys, time
clock = time.process_time
marks = {"start of Python": clock()}
from pathlib import Path
import numpy, shapely, pyproj, rtree, pydantic, typer
marks["numpy, shapely, pyproj, rtree, pydantic, typer"] = clock() - sum(marks.values())
from landrules import road
from landrules.render.options import Options
from landrules.render.renderers import BY_NAME
import landrules.render.text
marks["own modules"] = clock() - sum(marks.values())

def timed(step, function):
    def run(*given, **named):
        start = clock()
        try:
            return function(*given, **named)
        finally:
            marks[step] = marks.get(step, 0.0) + clock() - start
    return run

class Planner:
    of = staticmethod(timed("plan: compile the norms", road.Planner.of))

for step, name in (
    ("workspace", "open_workspace"), ("rules", "load_ruleset"), ("proposal", "load_proposal"),
    ("layers near the site", "read_layers_near"), ("overlay", "gather_each"), ("evaluate", "evaluate"),
    ("stability", "stability"), ("answer", "answer"),
):
    setattr(road, name, timed(step, getattr(road, name)))
road.Planner = Planner
found = road.answer_to(Path(sys.argv[1]), None, road.Options(drawn=False))
timed("text", BY_NAME["text"].function)(found, Options())
print(json.dumps(list(marks.items())))
"""

SHAPELY = "import shapely, time; print(time.process_time())"


def measure(runs: int, proposal: Path) -> tuple[dict[str, float], float]:
    """Median CPU seconds of each step, and of importing shapely alone."""
    found: dict[str, list[float]] = {}
    alone = []
    for _ in range(runs):
        out = subprocess.run([sys.executable, "-c", STEPS, str(proposal)], capture_output=True, text=True, check=True)
        for name, seconds in json.loads(out.stdout):
            found.setdefault(name, []).append(seconds)
        bare = subprocess.run([sys.executable, "-c", SHAPELY], capture_output=True, text=True, check=True)
        alone.append(float(bare.stdout))
    return {name: statistics.median(times) for name, times in found.items()}, statistics.median(alone)


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--proposal", type=Path, default=PROPOSAL)
    asked = parser.parse_args()
    steps, shapely = measure(asked.runs, asked.proposal)
    whole = sum(steps.values())
    print("| step | CPU ms | share |\n|---|---|---|")
    for name, seconds in steps.items():
        print(f"| {name} | {seconds * 1000:.0f} | {seconds / whole:.0%} |")
    print(f"| whole | {whole * 1000:.0f} | 100% |")
    print(f"\nratio to importing shapely alone: {whole / shapely:.1f}")


if __name__ == "__main__":
    main()
