"""A thousand proposals against a county, whole processes: `landrules batch` with all rules, and the peers' overlays.

    python benchmarks/batch.py COUNTY [--peers PYTHON] [--rounds 3]

`COUNTY` is a folder of `county/make_county.py` and `county/bind.py`. `PYTHON` is an interpreter that has geopandas, duckdb
and psycopg; for PostGIS a server of Debian's packages is started, with a gigabyte of shared buffers. Layers are indexed before (as peers' tables are loaded before); what is timed is one command from start to
end: proposals read, layers looked up, every norm in force judged, a report a proposal written. The peers only overlay
four layers and add areas up by class. Prints a table and, for the peers that ran, the ratio of wall times.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

from measure import Cost, in_turns, run
from postgis_server import postgis_server

HERE = Path(__file__).parent
LANDRULES = [sys.executable, "-m", "landrules"]
TUNED = {
    "shared_buffers": "1GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "512MB",
    "effective_cache_size": "8GB",
    "max_parallel_workers_per_gather": "2",
    "random_page_cost": "1.1",
}


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(description="A thousand proposals, whole processes.")
    reader.add_argument("county", type=Path)
    reader.add_argument("--peers", default="")
    reader.add_argument("--rounds", type=int, default=3)
    asked = reader.parse_args()
    county: Path = asked.county
    run([*LANDRULES, "index", "--workspace", str(county)])
    with tempfile.TemporaryDirectory() as folder, postgis_server(TUNED) if asked.peers else nullcontext() as server:
        connection = server.connection if server else ""
        costs = measure(county, asked.peers, connection, asked.rounds, Path(folder))
    show(costs)


def measure(county: Path, peers: str, postgis: str, rounds: int, folder: Path) -> dict[str, Cost]:
    """The median costs of our runs and the peers', in turns."""
    batch = [*LANDRULES, "batch", str(county / "proposals.jsonl"), "--workspace", str(county), "--restart", "--output"]
    ours = {
        "landrules, 2 jobs": [*batch, str(folder / "2.jsonl"), "--jobs", "2", "--no-geometry"],
        "landrules, 1 job": [*batch, str(folder / "1.jsonl"), "--jobs", "1", "--no-geometry"],
        "landrules, 2 jobs, geometry printed": [*batch, str(folder / "g.jsonl"), "--jobs", "2"],
    }
    theirs: dict[str, list[str]] = {}
    if peers:
        run([peers, str(HERE / "peers" / "duckdb_spatial.py"), "--prepare", str(county)])
        theirs["geopandas"] = [peers, str(HERE / "peers" / "geopandas_overlay.py"), str(county)]
        theirs["duckdb"] = [peers, str(HERE / "peers" / "duckdb_spatial.py"), str(county)]
    if peers and postgis:
        script = str(HERE / "peers" / "postgis_tuned.py")
        run([peers, script, "--prepare", str(county), postgis])
        theirs["postgis tuned"] = [peers, script, str(county), postgis]
    costs = in_turns({**ours, **theirs}, rounds)
    without = {"landrules, 2 jobs, numpy kernel": ours["landrules, 2 jobs"]}
    costs |= in_turns(without, rounds, {**os.environ, "LANDRULES_KERNEL": "numpy"})
    for name in theirs:
        versions = json.loads(costs[name].out.splitlines()[-1])["versions"]
        print(f"{name}: {versions}")
    return costs


def show(costs: dict[str, Cost]) -> None:
    """The table, each row with how many times as long it took as our run with two jobs."""
    own = costs["landrules, 2 jobs"].wall
    print("| what | wall s | CPU s | peak MB | times ours |")
    print("|---|---|---|---|---|")
    for name, cost in costs.items():
        print(f"| {name} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.rss_mb:.0f} | {cost.wall / own:.1f} |")


if __name__ == "__main__":
    main()
