"""What indexing a county costs, layer by layer, from nothing: wall and CPU time, peak memory, size of source and store.

    python benchmarks/indexing.py COUNTY [COUNTY ...]

Each county is copied to a temporary folder first, so that nothing prepared is there; the index is built by one process.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from measure import run

LANDRULES = [sys.executable, "-m", "landrules"]
LAYERS = {"dltb": "dltb", "pbf": "yjjbnt", "erl": "stbhhx", "plan_zone": "ghfq", "udb": "czkfbj", "highway": "roads"}


def main(counties: list[Path]) -> None:
    """Index copies and print a table."""
    print("| county | layer | wall s | CPU s | peak MB | source MB | store MB |")
    print("|---|---|---|---|---|---|---|")
    for county in counties:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "county"
            copy.mkdir()
            for file in (*county.glob("*.gpkg"), *county.glob("*.rules"), county / "landrules.toml"):
                shutil.copyfile(file, copy / file.name)
            for layer, source in LAYERS.items():
                before = _size(copy / ".landrules")
                cost = run([*LANDRULES, "index", layer, "--workspace", str(copy)])
                stored = _size(copy / ".landrules") - before
                sizes = f"{(copy / f'{source}.gpkg').stat().st_size / 1e6:.1f} | {stored / 1e6:.1f}"
                print(f"| {county.name} | {layer} | {cost.wall:.1f} | {cost.cpu:.1f} | {cost.rss_mb:.0f} | {sizes} |")


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) if folder.is_dir() else 0


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
