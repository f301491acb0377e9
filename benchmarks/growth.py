"""How time grows: a cold check and a batch against counties of more and more patches, a batch of more and more proposals.

    python benchmarks/growth.py COUNTY [COUNTY ...] [--plot PICTURE.svg]

Counties are folders of `county/make_county.py` and `county/bind.py`, smallest first. Prints tables with each time as a
multiple of the first; a cold check should stay flat in patches, a batch be linear in proposals. The picture needs
matplotlib.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
from contextlib import closing
from itertools import chain, cycle, islice
from pathlib import Path

from measure import in_turns, run

LANDRULES = [sys.executable, "-m", "landrules"]
BATCHES = (10, 100, 1_000, 10_000)


def main() -> None:
    """Measure, print, and draw where asked."""
    reader = argparse.ArgumentParser(description="How time grows with patches and with proposals.")
    reader.add_argument("counties", type=Path, nargs="+")
    reader.add_argument("--plot", type=Path)
    asked = reader.parse_args()
    counties: list[Path] = asked.counties
    for county in counties:
        run([*LANDRULES, "index", "--workspace", str(county)])
    patches = [patches_of(county) for county in counties]
    cold = cold_checks(counties)
    table("patches", patches, {"cold check of a site": cold, "batch of 200": batches_over(counties, 200)})
    with tempfile.TemporaryDirectory() as folder:
        sizes = [batch_of(counties[-1], count, Path(folder)) for count in BATCHES]
    table("proposals", list(BATCHES), {"batch": sizes})
    if asked.plot:
        draw(asked.plot, patches, cold, list(BATCHES), sizes)


def patches_of(county: Path) -> int:
    """How many land-use patches a county has."""
    with closing(sqlite3.connect(county / "dltb.gpkg")) as db:
        return int(db.execute("SELECT count(*) FROM dltb").fetchone()[0])


def cold_checks(counties: list[Path]) -> list[float]:
    """CPU seconds of a check in a new process, of the first compact site of each county."""
    commands = {}
    for county in counties:
        site = sorted((county / "geojson").glob("*_site.geojson"))[0].name.split("_")[0]
        proposal = str(county / "proposals" / f"{site}.geojson")
        commands[county.name] = [*LANDRULES, "check", proposal, "--workspace", str(county)]
    costs = in_turns(commands, 7)
    return [costs[county.name].cpu for county in counties]


def batches_over(counties: list[Path], count: int) -> list[float]:
    """CPU seconds of a batch of so many proposals against each county."""
    with tempfile.TemporaryDirectory() as folder:
        return [batch_of(county, count, Path(folder)) for county in counties]


def batch_of(county: Path, count: int, folder: Path) -> float:
    """CPU seconds of one batch; the county's proposals come round again where it has fewer."""
    lines = (county / "proposals.jsonl").read_text(encoding="utf-8").splitlines()
    source = folder / f"{county.name}-{count}.jsonl"
    source.write_text("\n".join(chain(islice(cycle(lines), count), [""])), encoding="utf-8")
    out = folder / f"{county.name}-{count}.out"
    command = [*LANDRULES, "batch", str(source), "--workspace", str(county), "--no-geometry", "--output", str(out)]
    return run([*command, "--restart"]).cpu


def table(what: str, counts: list[int], columns: dict[str, list[float]]) -> None:
    """One row a size: CPU seconds, and how many times the first."""
    print(f"\n| {what} | " + " | ".join(f"{name}, CPU s | times the first" for name in columns) + " |")
    print("|---" * (1 + 2 * len(columns)) + "|")
    for row, count in enumerate(counts):
        cells = (f"{times[row]:.2f} | {times[row] / times[0]:.2f}" for times in columns.values())
        print(f"| {count:,} | " + " | ".join(cells) + " |")


def draw(path: Path, patches: list[int], cold: list[float], proposals: list[int], batch: list[float]) -> None:
    """Two plots side by side, both axes logarithmic in the count."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 3.4))
    left.semilogx(patches, cold, marker="o")
    left.set(xlabel="patches", ylabel="CPU s", title="cold check of one site", ylim=(0, 1.25 * max(cold)))
    right.loglog(proposals, batch, marker="o")
    right.set(xlabel="proposals", ylabel="CPU s", title="batch, largest county")
    for axes in (left, right):
        axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    main()
