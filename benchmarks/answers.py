"""The same answers as the peers: areas of the union by proposal and class, from prepared layers and the overlay kernel.

    python benchmarks/answers.py COUNTY [PEER.json ...]

Prints one JSON object as the peers do (planar m², groups of more than a millionth of a square metre), and the largest
difference from each peer's file given. Exits with 1 where groups differ or areas differ by more than 0.01 m² of a layer.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyogrio
import shapely

from landrules.base.version import VERSION
from landrules.geo import kernel, overlap
from landrules.geo.along import boxes_along
from landrules.geo.cut import cut
from landrules.geo.ground import Ground
from landrules.geo.site import AbsentLayer, Parcel, Plane, Role
from landrules.intake.layers import open_layer
from landrules.intake.workspace import load_workspace
from landrules.rules.load import load_ruleset

LAYERS = {"dltb": ("dltb", "class"), "yjjbnt": ("pbf", ""), "stbhhx": ("erl", ""), "ghfq": ("plan_zone", "zone")}


def main(county: Path, peers: list[Path]) -> int:
    """Overlay every proposal with four layers, add up by class, compare."""
    workspace = load_workspace(county)
    rules = load_ruleset(workspace.rulesets, workspace.root)
    _, _, blobs, _ = pyogrio.raw.read(county / "proposals.gpkg", columns=["PID"])
    shapes = kernel.normal_form(shapely.from_wkb(blobs))
    sums: dict[str, list[float]] = {name: [] for name in LAYERS}
    for shape in shapes:
        parcel = Parcel("P", Role.PARCEL, shape, {}, Decimal(0))
        ground = Ground.of((parcel,), Plane("engineering"))
        boxes = boxes_along(kernel.array_of([shape]), 0.0)
        for name, (bound, column) in LAYERS.items():
            day = date(2026, 5, 20)
            layer = open_layer(workspace, bound, rules.layers[bound], rules.schemes, law_date=day, boxes=boxes)
            if isinstance(layer, AbsentLayer):
                raise SystemExit(f"{bound}: {layer.kind}")
            pieces = cut(ground, layer)
            values = layer.columns[column] if column else [""] * len(layer.ids)
            keys = np.array([str(values[int(f)]) for f in pieces.feature], dtype=object)
            for key in np.unique(keys.astype(str)) if len(keys) else ():
                area = float(pieces.select(keys.astype(str) == key).union_area())
                if area > 1e-6:
                    sums[name].append(area)
    out = {name: {"groups": len(areas), "area_m2": float(np.sum(areas))} for name, areas in sums.items()}
    print(
        json.dumps({"peer": "landrules", "versions": {"landrules": VERSION, "kernel": overlap.name()}, "layers": out})
    )
    return max([compare(out, path) for path in peers], default=0)


def compare(own: dict[str, dict[str, float]], path: Path) -> int:
    """Print the differences from a peer; 1 where they matter."""
    peer = json.loads(path.read_text(encoding="utf-8"))
    worst = 0
    for name, found in own.items():
        there = peer["layers"][name]
        apart = abs(found["area_m2"] - there["area_m2"])
        line = f"{peer['peer']} {name}: groups {found['groups']} / {there['groups']}, areas differ by {apart:.6f} m2"
        print(line, file=sys.stderr)
        worst = max(worst, int(found["groups"] != there["groups"] or apart > 0.01))
    return worst


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(p) for p in sys.argv[2:]]))
