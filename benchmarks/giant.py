"""A polygon of a million vertices beside an ordinary county: what it costs to prepare, and whether checks feel it.

    python benchmarks/giant.py COUNTY [--vertices 1000000] [--runs 7]

`COUNTY` is a folder of `county/make_county.py` and `county/bind.py`; a copy of it gets an ecological red line that is one
ragged polygon round the middle of the county, through which many of its proposals run. Prints the cost of preparing that
layer, and cold checks of the same proposals (one that lies on the ragged edge, one corridor) in both counties with the
ratio of their medians.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from cold import of_county
from measure import in_turns, run

LANDRULES = [sys.executable, "-m", "landrules"]


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(description="A polygon of a million vertices.")
    reader.add_argument("county", type=Path)
    reader.add_argument("--vertices", type=int, default=1_000_000)
    reader.add_argument("--runs", type=int, default=7)
    asked = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plain, giant = (copied(asked.county, Path(folder) / name) for name in ("plain", "giant"))
        ring = replace_red_line(giant / "stbhhx.gpkg", asked.vertices)
        edge = on_the_edge(asked.county, ring)
        run([*LANDRULES, "index", "--workspace", str(plain)])
        cost = run([*LANDRULES, "index", "erl", "--workspace", str(giant)])
        print(
            f"| {asked.vertices:,} vertices, prepared | {cost.wall:.1f} s | {cost.cpu:.1f} CPU s | {cost.rss_mb:.0f} MB |"
        )
        run([*LANDRULES, "index", "--workspace", str(giant)])
        cases = {"a proposal on its edge": edge, "a corridor of 30 km": of_county(asked.county, "corridor")}
        commands = {
            f"{name}, {county.name}": [*LANDRULES, "check", str(path), "--workspace", str(county)]
            for name, path in cases.items()
            for county in (plain, giant)
        }
        costs = in_turns(commands, asked.runs)
        print(
            "| cold check | red line of the county, CPU s | red line of a million, CPU s | ratio |\n|---|---|---|---|"
        )
        for name in cases:
            one, other = costs[f"{name}, plain"].cpu, costs[f"{name}, giant"].cpu
            print(f"| {name} | {one:.3f} | {other:.3f} | {other / one:.2f} |")


def copied(county: Path, place: Path) -> Path:
    """The layers, rules and workspace of a county, nothing prepared."""
    place.mkdir()
    for file in (*county.glob("*.gpkg"), *county.glob("*.rules"), county / "landrules.toml"):
        shutil.copyfile(file, place / file.name)
    return place


def replace_red_line(path: Path, vertices: int) -> shapely.Polygon:
    """Put one ragged ring round the middle of the layer in its place; star-shaped, so it never crosses itself."""
    meta, _, blobs, columns = pyogrio.raw.read(path)
    west, south, east, north = shapely.total_bounds(shapely.from_wkb(blobs))
    middle = np.array([(west + east) / 2, (south + north) / 2])
    radius = 0.4 * min(east - west, north - south)
    turn = np.linspace(0.0, 2 * np.pi, vertices, endpoint=False)
    waves = sum(np.sin(turn * k + k) / k for k in (3, 17, 101, 997, 9_973))
    ragged = np.random.default_rng(1).uniform(-0.2, 0.2, vertices) * (2 * np.pi * radius / vertices)
    along = np.column_stack([np.cos(turn), np.sin(turn)])
    ring = shapely.Polygon(np.round(middle + (radius * (1 + 0.2 * waves) + ragged)[:, None] * along, 4))
    if not shapely.is_valid(ring):
        raise SystemExit(shapely.is_valid_reason(ring))
    first = [column[:1] for column in columns]
    path.unlink()
    pyogrio.raw.write(
        path, np.array([shapely.to_wkb(ring)], dtype=object), first, meta["fields"], layer=path.stem, driver="GPKG",
        geometry_type="Polygon", crs=meta["crs"],
    )  # fmt: skip
    return ring


def on_the_edge(county: Path, ring: shapely.Polygon) -> Path:
    """The first compact site that the ring's edge runs through."""
    _, _, blobs, (names,) = pyogrio.raw.read(county / "proposals.gpkg", columns=["PID"])
    boundary = ring.exterior
    shapely.prepare(boundary)
    met = shapely.intersects(boundary, shapely.from_wkb(blobs))
    small = shapely.area(shapely.envelope(shapely.from_wkb(blobs))) < 1e6
    return county / "proposals" / f"{names[np.flatnonzero(met & small)[0]]}.geojson"


if __name__ == "__main__":
    main()
