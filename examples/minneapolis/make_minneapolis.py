"""Clip the city's published zoning to a window: ``python examples/minneapolis/make_minneapolis.py SOURCE [FOLDER]``.

SOURCE is a folder with ``Planning_Primary_Zoning.geojson``, ``Zoning_Overlays.gpkg`` and ``LICENSE-CC0.txt`` (see
README.md for their origin). Whole features that meet the window are kept, and no coordinate is touched: a polygon that
the city published invalid stays invalid. Writes ``layers/``, ``proposals/`` and the licence's text below FOLDER, or
beside this file; every proposal is the outline of one district of the city, cut where it leaves the window.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyproj
import shapely

WINDOW = (-93.275, 44.963, -93.205, 44.989)
"""West, south, east, north in degrees: downtown's river bank, the university and the south-east industrial land."""

CRS = "EPSG:4326"
OVERLAYS = ("Flood Plain", "Shoreland", "Mississippi River Critical Area")
LAST_CHANGE = "2022-01-01T00:00:00.000Z"

PROPOSALS = (
    ("a_flood_plain_homes", "Homes on the river bank", 380, "urban.residential", "residential"),
    ("b_shoreland_flats", "Flats within the shoreland", 1015, "urban.residential", "residential"),
    ("c_industrial_hall", "Hall in an industrial district", 34, "industry.factory", "industrial"),
    (
        "d_beside_invalid_district",
        "Workshop beside a district with an invalid outline",
        1715,
        "industry.factory",
        "industrial",
    ),
    ("e_outside_window", "Shop outside the window", 0, "urban.commercial", "commercial"),
)
"""File name, name, district (OBJECTID), project kind, use afterwards; district 0 is the first C1 beyond the window."""


def main() -> None:
    """Make the clip from the source folder named on the command line."""
    source = Path(sys.argv[1])
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent
    (folder / "layers").mkdir(parents=True, exist_ok=True)
    (folder / "proposals").mkdir(exist_ok=True)
    shutil.copyfile(source / "LICENSE-CC0.txt", folder / "LICENSE-CC0.txt")
    zoning, overlays = folder / "layers" / "zoning.gpkg", folder / "layers" / "overlays.gpkg"
    for path in (zoning, overlays):
        path.unlink(missing_ok=True)
    city = source / "Planning_Primary_Zoning.geojson"
    _clip(city, "Planning_Primary_Zoning", zoning, "districts")
    _write(zoning, "window", "Polygon", [shapely.to_wkb(window())], ["name"], [np.array(["window"], dtype=object)])
    for name in OVERLAYS:
        _clip(source / "Zoning_Overlays.gpkg", name, overlays, name)
    for path in (zoning, overlays):
        _settle(path)
    for name, document in _proposals(city).items():
        text = json.dumps(document, indent=1) + "\n"
        (folder / "proposals" / f"{name}.geojson").write_text(text, encoding="utf-8", newline="\n")


def window() -> shapely.Polygon:
    """The window, with a vertex every thousandth of a degree so that its edges stay on the parallels in any plane."""
    return shapely.segmentize(shapely.box(*WINDOW), 0.001)


def meets_window(shapes: np.ndarray) -> np.ndarray:
    """Which features meet the window; an invalid one is asked through its repaired shape, which is then thrown away."""
    valid = shapely.is_valid(shapes)
    asked = shapes.copy()
    asked[~valid] = shapely.make_valid(shapes[~valid])
    found: np.ndarray = shapely.intersects(asked, window())
    return found


def _clip(source: Path, layer: str, target: Path, table: str) -> None:
    meta, _, geometry, columns = pyogrio.raw.read(source, layer=layer)
    keep = meets_window(shapely.from_wkb(geometry))
    _write(
        target, table, meta["geometry_type"], geometry[keep], list(meta["fields"]), [column[keep] for column in columns]
    )


def _write(path: Path, table: str, kind: str, geometry: Any, fields: list[str], columns: list[np.ndarray]) -> None:
    pyogrio.raw.write(
        path,
        np.array(geometry, dtype=object),
        columns,
        fields,
        layer=table,
        driver="GPKG",
        geometry_type=kind,
        crs=CRS,
        append=path.exists(),
        layer_options={"SPATIAL_INDEX": "NO"},
    )


def _settle(path: Path) -> None:
    """Take the time of writing and the count of changes out of the file: a fresh copy begins to count anew."""
    fresh = path.with_suffix(".fresh")
    fresh.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE gpkg_contents SET last_change = ?", (LAST_CHANGE,))
    connection.commit()
    connection.execute("VACUUM INTO ?", (str(fresh),))
    connection.close()
    fresh.replace(path)


def _proposals(city: Path) -> dict[str, dict[str, Any]]:
    meta, _, geometry, columns = pyogrio.raw.read(city)
    found = dict(zip(meta["fields"], columns, strict=True))
    ids, codes, shapes = found["OBJECTID"], found["ZONE_CODE"], shapely.from_wkb(geometry)
    beyond = shapely.is_valid(shapes) & ~meets_window(shapes) & (codes == "C1")
    far = int(ids[beyond].min())
    by_id = dict(zip(ids.tolist(), shapes, strict=True))
    return {
        name: _proposal(number, title, _within(by_id[district]) if district else by_id[far], district or far, kind, use)
        for number, (name, title, district, kind, use) in enumerate(PROPOSALS, start=1)
    }


def _within(district: shapely.Geometry) -> shapely.Geometry:
    """The part of a district that lies well inside the window: the whole, unless it reaches beyond."""
    inside = shapely.box(*(edge + inwards for edge, inwards in zip(WINDOW, (1e-4, 1e-4, -1e-4, -1e-4), strict=True)))
    return district if inside.contains(district) else shapely.normalize(inside.intersection(district))


def _proposal(number: int, title: str, shape: shapely.Geometry, district: int, kind: str, use: str) -> dict[str, Any]:
    square_metres = abs(pyproj.Geod(ellps="WGS84").geometry_area_perimeter(shape)[0])
    use_after = {"scheme": "minneapolis_use", "code": use}
    parcel = {
        "parcel_no": "P-01",
        "parcel_name": f"district {district}",
        "use_after": use_after,
        "area_ha": round(square_metres / 10_000, 4),
        "area_method": "ellipsoidal",
    }
    return {
        "type": "FeatureCollection",
        "proposal": {
            "schema": "landrules/proposal/1",
            "id": f"minneapolis-{number}",
            "name": title,
            "stage": "plan_conformity",
            "application_form": "stock",
            "project_kind": kind,
            "construction_nature": "rebuild",
            "is_construction": True,
            "is_temporary": False,
            "use_after": use_after,
            "application_date": "2026-05-04",
            "opinions": [],
            "approvals": [],
        },
        "features": [
            {"type": "Feature", "id": "P-01", "properties": parcel, "geometry": json.loads(shapely.to_geojson(shape))}
        ],
    }


if __name__ == "__main__":
    main()
