"""Make the layers of the example county: ``python examples/qingxi/make_qingxi.py [FOLDER]``.

Writes ``layers/qingxi.gpkg`` below this file's folder, or below FOLDER. The same versions of GEOS, PROJ and GDAL give
the same bytes: GeoPackage keeps the time of the last change of every table, which is set to the day of the survey
edition, and the file is compacted at the end.
"""

from __future__ import annotations

import sqlite3
import sys
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from tables import County, Table

from landrules.geo.area import rounded, survey_areas
from landrules.geo.site import Plane

PLANE = Plane("EPSG:4527")
LAST_CHANGE = "2025-12-31T00:00:00.000Z"
DTYPES = {"text": object, "integer": np.int32, "real": np.float64, "boolean": np.bool_}


def main() -> None:
    """Write the GeoPackage below the folder named on the command line, or beside this file."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    write(folder / "layers" / "qingxi.gpkg")


def write(path: Path) -> None:
    """Write all tables to `path`, replacing a file that stands there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    for table in County(survey_area).tables():
        _write_table(path, table)
    _settle(path)


def survey_area(shape: shapely.Geometry) -> Decimal:
    """The survey area of a polygon in m², rounded to 0.01."""
    return rounded(float(survey_areas(np.array([shape], dtype=object), PLANE)[0]))


def _write_table(path: Path, table: Table) -> None:
    shapes = np.array(table.shapes, dtype=object)
    kinds = {shape.geom_type for shape in table.shapes} or {"Polygon"}
    if kinds == {"Polygon", "MultiPolygon"}:
        shapes = np.array([shapely.multipolygons(shapely.get_parts(shape)) for shape in shapes], dtype=object)
    kind = kinds.pop() if len(kinds) == 1 else "MultiPolygon"
    columns: list[np.ndarray] = []
    masks: list[np.ndarray | None] = []
    for position, (_, field_type) in enumerate(table.fields):
        values = [row[position] for row in table.rows]
        missing = np.array([value is None for value in values], dtype=bool)
        filled = values if field_type == "text" else [0 if value is None else value for value in values]
        columns.append(np.array(filled, dtype=DTYPES[field_type]))
        masks.append(None if field_type == "text" or not missing.any() else missing)
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapes) if len(shapes) else np.empty(0, dtype=object),
        columns,
        [name for name, _ in table.fields],
        field_mask=masks,
        layer=table.name,
        driver="GPKG",
        geometry_type=kind,
        crs=PLANE.code,
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


if __name__ == "__main__":
    main()
