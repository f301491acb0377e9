"""One cold `landrules check` against the import of the packages it stands on, and `--help` against an empty program.

    python benchmarks/cold.py [--runs 15] [--workspace DIR] [--county COUNTY] [PROPOSAL ...]

Each round starts, one after the other, `python -c pass`, the import line, `landrules --help`, and a check of each
proposal in a fresh process; the medians over the rounds are printed, processor time (user and system) first, because it
moves less than the clock on a machine that does other work, and the ratios, which are what counts. Bytecode and caches
lie in a folder of this run: one round before the first fills them, as an installed program has them. Without arguments
the example county is copied and two of its proposals are checked; with `--county`, a folder of `county/make_county.py` and
`county/bind.py`, its first compact site and its first corridor of 30 km.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
IMPORTS = "import numpy, shapely, pyproj, rtree, pydantic, typer"
NOTHING = "python -c pass"
RUN = "from landrules.cli.main import run; run()"
DECIDED = (0, 1, 3, 4)
"""Exit codes of a check that decided something."""


@dataclass(frozen=True)
class Case:
    """A command, what it is divided by, and the exit codes with which it may end."""

    name: str
    arguments: tuple[str, ...]
    against: str
    codes: tuple[int, ...]


@dataclass(frozen=True)
class Cost:
    """What one process took: seconds of processor and of the clock, and the most memory it held, in MB."""

    cpu: float
    wall: float
    memory: float


def started(case: Case, environment: dict[str, str]) -> Cost:
    """Run a case once. Ends the program where the command fails."""
    before = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", *case.arguments], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - before
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in case.codes:
        sys.exit(f"{case.name}: exit code {process.returncode}\n{said.decode(errors='replace')}")
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2))


def cases(proposals: list[Path], workspace: Path | None) -> list[Case]:
    """The empty program, the import line, the help, and a check of each proposal."""
    stated = () if workspace is None else ("--workspace", str(workspace))
    return [
        Case(NOTHING, ("pass",), NOTHING, (0,)),
        Case(IMPORTS, (IMPORTS,), IMPORTS, (0,)),
        Case("landrules --help", (RUN, "--help"), NOTHING, (0,)),
        *(Case(f"landrules check {p.name}", (RUN, "check", str(p), *stated), IMPORTS, DECIDED) for p in proposals),
    ]


def measure(found: list[Case], runs: int, environment: dict[str, str]) -> dict[str, list[Cost]]:
    """The cost of every run of every case, one round after the other."""
    for case in found:
        started(case, environment)
        started(case, environment)
    costs: dict[str, list[Cost]] = {case.name: [] for case in found}
    for _ in range(runs):
        for case in found:
            costs[case.name].append(started(case, environment))
    return costs


def show(found: list[Case], costs: dict[str, list[Cost]]) -> None:
    """A table in Markdown. A ratio is the median of the ratios of the rounds, each of neighbours in time."""
    print("| | CPU ms | wall ms | peak MB | ratio CPU | ratio wall | against |\n|---|---|---|---|---|---|---|")
    for case in found:
        own, base = costs[case.name], costs[case.against]
        cpu, wall = (
            statistics.median(getattr(a, key) / getattr(b, key) for a, b in zip(own, base, strict=True))
            for key in ("cpu", "wall")
        )
        print(
            f"| `{case.name}` | {statistics.median(c.cpu for c in own) * 1000:.0f} "
            f"| {statistics.median(c.wall for c in own) * 1000:.0f} | {max(c.memory for c in own):.0f} "
            f"| {cpu:.2f} | {wall:.2f} | `{case.against}` |"
        )


def of_county(county: Path, kind: str) -> Path:
    """The first proposal of a kind."""
    first = min((county / "geojson").glob(f"*_{kind}.geojson"))
    return county / "proposals" / f"{first.name.removesuffix(f'_{kind}.geojson')}.geojson"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--workspace", type=Path, help="the workspace; else the nearest above each proposal")
    parser.add_argument("--county", type=Path, help="a generated county, and its workspace")
    parser.add_argument("proposals", type=Path, nargs="*", metavar="PROPOSAL")
    asked = parser.parse_args()
    if asked.county is not None:
        asked.workspace = asked.county
        asked.proposals = [of_county(asked.county, kind) for kind in ("site", "corridor")]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        proposals: list[Path] = asked.proposals
        if not proposals:
            shutil.copytree(ROOT / "examples" / "qingxi", folder / "qingxi")
            proposals = [folder / "qingxi" / "proposals" / f"{n}.geojson" for n in ("a_expressway", "c_livestock")]
        environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")}
        environment |= {
            "PYTHONPATH": str(ROOT),
            "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
            "LANDRULES_CACHE": str(folder / "cache"),
        }
        found = cases(proposals, asked.workspace)
        show(found, measure(found, asked.runs, environment))


if __name__ == "__main__":
    main()
