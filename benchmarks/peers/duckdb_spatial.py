"""The thousand proposals against four layers by DuckDB with its spatial extension: a spatial join, areas by class.

    python benchmarks/peers/duckdb_spatial.py COUNTY

Layers are read from Parquet files of WKB that `prepare` wrote beforehand (not timed). Prints one JSON object. Needs
duckdb and duckdb-extension-spatial; preparing needs pyarrow and pyogrio.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

import duckdb

LAYERS = (("dltb", "DLBM"), ("yjjbnt", None), ("stbhhx", None), ("ghfq", "GHFQDM"))


def prepare(county: Path) -> None:
    """Parquet files of the layers and the proposals."""
    import pyarrow
    import pyarrow.parquet
    import pyogrio

    for name, by in (*LAYERS, ("proposals", "PID")):
        _, _, blobs, columns = pyogrio.raw.read(county / f"{name}.gpkg", columns=[by] if by else [])
        data = {"geom": [bytes(b) for b in blobs], **({by: [str(v) for v in columns[0]]} if by else {})}
        pyarrow.parquet.write_table(pyarrow.table(data), county / f"{name}.parquet")


def main(county: Path) -> None:
    """Join and print."""
    db = duckdb.connect()
    if hasattr(module := import_module("duckdb_extension_spatial"), "__file__") and module.__file__:
        found = sorted(Path(module.__file__).parent.rglob("spatial.duckdb_extension*"))
        db = duckdb.connect(config={"allow_unsigned_extensions": "true"})
        db.execute(f"LOAD '{found[0]}'")
    out = {}
    read = f"SELECT PID, ST_GeomFromWKB(geom) AS geom FROM '{county / 'proposals.parquet'}'"
    db.execute(f"CREATE TABLE proposals AS {read}")
    for name, by in LAYERS:
        value = "left(GHFQDM, 1)" if name == "ghfq" else by  # the workspace knows five zones, by the first figure
        column = f", {value} AS class" if by else ", '' AS class"
        db.execute(f"CREATE TABLE {name} AS SELECT ST_GeomFromWKB(geom) AS geom{column} FROM '{county / name}.parquet'")
        row = db.execute(
            f"""SELECT count(*), sum(area) FROM (
                  SELECT p.PID, l.class, sum(ST_Area(ST_Intersection(p.geom, l.geom))) AS area
                  FROM proposals p JOIN {name} l ON ST_Intersects(p.geom, l.geom)
                  GROUP BY 1, 2 HAVING sum(ST_Area(ST_Intersection(p.geom, l.geom))) > 1e-6)"""
        ).fetchone()
        out[name] = {"groups": int(row[0]), "area_m2": float(row[1])}
    print(json.dumps({"peer": "duckdb", "versions": {"duckdb": duckdb.__version__}, "layers": out}))


if __name__ == "__main__":
    if sys.argv[1] == "--prepare":
        prepare(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]))
