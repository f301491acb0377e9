"""Every benchmark, one command: makes the counties it needs, measures, prints tables with both sides' versions.

    python benchmarks/run.py [--counties FOLDER] [--peers PYTHON] [--large] [--rounds 3]

Counties of 20,000, 100,000 and 300,000 patches are made in `FOLDER` where they are not there yet (`--large` adds one of
a million, which takes seven gigabytes of memory to make). `PYTHON` is an interpreter with geopandas, duckdb,
duckdb-extension-spatial, psycopg and pyarrow; without it the peers are left out and said so.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
SIZES = (20_000, 100_000, 300_000)
LARGE = 1_000_000


def main() -> None:
    """Run one after another."""
    reader = argparse.ArgumentParser(description="Every benchmark, one command.")
    reader.add_argument("--counties", type=Path)
    reader.add_argument("--peers", default="")
    reader.add_argument("--large", action="store_true")
    reader.add_argument("--rounds", type=int, default=3)
    asked = reader.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        counties = made(asked.counties or Path(folder), (*SIZES, LARGE) if asked.large else SIZES)
        county = str(counties[2])
        rounds = ["--rounds", str(asked.rounds)]
        peers = ["--peers", asked.peers] if asked.peers else []
        if not peers:
            print("no peers: --peers names no interpreter")
        section("indexing from nothing", "indexing.py", *map(str, counties))
        section("a polygon of a million vertices", "giant.py", county)
        section("a thousand proposals, whole processes", "batch.py", county, *peers, *rounds)
        section("a check in a new process", "cold.py", "--county", county)
        section("a check in a warm process", "warm.py", county)
        section("growth", "growth.py", *map(str, counties))
        section("faults", "faults.py")
        section("rules", "language.py")


def made(folder: Path, sizes: tuple[int, ...]) -> list[Path]:
    """The counties, made and bound where they are not there."""
    out = []
    for size in sizes:
        county = folder / str(size)
        if not (county / "proposals.jsonl").is_file():
            make = [str(HERE / "county" / "make_county.py"), "--patches", str(size), "--out", str(county)]
            subprocess.run([sys.executable, *make], check=True, stdout=subprocess.DEVNULL)
            subprocess.run([sys.executable, str(HERE / "county" / "bind.py"), str(county)], check=True)
        out.append(county)
    return out


def section(title: str, script: str, *arguments: str) -> None:
    """One benchmark under its title."""
    print(f"\n## {title}\n", flush=True)
    subprocess.run([sys.executable, str(HERE / script), *arguments], check=True)


if __name__ == "__main__":
    main()
