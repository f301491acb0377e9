"""The thousand proposals against four layers by geopandas: sjoin for candidates, intersection, areas by class.

    python benchmarks/peers/geopandas_overlay.py COUNTY

Prints one JSON object: versions, and for each layer the number of groups and the area in m². Needs geopandas.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import geopandas
import shapely

LAYERS = (("dltb", "DLBM"), ("yjjbnt", None), ("stbhhx", None), ("ghfq", "GHFQDM"))


def main(county: Path) -> None:
    """Overlay and print."""
    proposals = geopandas.read_file(county / "proposals.gpkg", columns=["PID"])
    out = {}
    for name, by in LAYERS:
        columns = [by] if by else []
        layer = geopandas.read_file(county / f"{name}.gpkg", columns=columns)
        if name == "ghfq":
            layer[by] = layer[by].str[:1]  # the workspace knows five zones, by the first figure
        pairs = proposals.sjoin(layer, predicate="intersects")
        met = shapely.intersection(
            pairs.geometry.to_numpy(), layer.geometry.to_numpy()[pairs["index_right"].to_numpy()]
        )
        pairs["area"] = shapely.area(met)
        sums = pairs[pairs["area"] > 1e-6].groupby(["PID", *columns])["area"].sum()
        out[name] = {"groups": len(sums), "area_m2": float(sums.sum())}
    versions = {"geopandas": geopandas.__version__, "shapely": shapely.__version__, "geos": shapely.geos_version_string}
    print(json.dumps({"peer": "geopandas", "versions": versions, "layers": out}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
