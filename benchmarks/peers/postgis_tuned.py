"""The thousand proposals against four layers by PostGIS, tuned: GiST indexes, the red line and proposals subdivided.

    python benchmarks/peers/postgis_tuned.py --prepare COUNTY CONNECTION
    python benchmarks/peers/postgis_tuned.py COUNTY CONNECTION

Loading, subdividing, indexing and VACUUM ANALYZE are preparation and not timed, proposals included: only the client's
start and the four queries are. Prints one JSON object. Needs psycopg; preparing needs pyogrio.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import psycopg

LAYERS = (("dltb", "DLBM"), ("yjjbnt", None), ("stbhhx", None), ("ghfq", "GHFQDM"))
TILED = 64


def prepare(county: Path, connection: str) -> None:
    """Tables as a careful user would have them."""
    import pyogrio

    with psycopg.connect(connection, autocommit=True) as db:
        db.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        for name, by in (*LAYERS, ("proposals", "PID")):
            db.execute(f"DROP TABLE IF EXISTS {name}, {name}_tiled")
            db.execute(f"CREATE TABLE {name} (class text, geom geometry)")
            _, _, blobs, columns = pyogrio.raw.read(county / f"{name}.gpkg", columns=[by] if by else [])
            classes = columns[0] if by else [""] * len(blobs)
            with db.cursor().copy(f"COPY {name} (class, geom) FROM STDIN") as copy:
                for value, blob in zip(classes, blobs, strict=True):
                    key = str(value)[:1] if name == "ghfq" else str(value)  # the workspace knows five zones
                    copy.write_row((key, bytes(blob).hex()))
        for name in ("stbhhx", "proposals"):
            subdivided = f"ST_Subdivide(geom, {TILED})"
            db.execute(f"CREATE TABLE {name}_tiled AS SELECT class, {subdivided} AS geom FROM {name}")
        for name in ("dltb", "yjjbnt", "stbhhx_tiled", "ghfq", "proposals_tiled"):
            db.execute(f"CREATE INDEX ON {name} USING gist (geom)")
            db.execute(f"VACUUM ANALYZE {name}")


def main(connection: str) -> None:
    """Query and print."""
    out = {}
    with psycopg.connect(connection) as db:
        for name, _ in LAYERS:
            table = "stbhhx_tiled" if name == "stbhhx" else name
            row = db.execute(
                f"""SELECT count(*), sum(area) FROM (
                      SELECT p.class AS pid, l.class, sum(ST_Area(ST_Intersection(p.geom, l.geom))) AS area
                      FROM proposals_tiled p JOIN {table} l ON ST_Intersects(p.geom, l.geom)
                      GROUP BY 1, 2) t WHERE area > 1e-6"""
            ).fetchone()
            out[name] = {"groups": int(row[0]), "area_m2": float(row[1])}
        versions = db.execute("SELECT version(), postgis_full_version()").fetchone()
    words = {"postgresql": versions[0].split(" on ")[0], "postgis": versions[1][:60], "psycopg": psycopg.__version__}
    print(json.dumps({"peer": "postgis", "versions": words, "layers": out}))


if __name__ == "__main__":
    if sys.argv[1] == "--prepare":
        prepare(Path(sys.argv[2]), sys.argv[3])
    else:
        main(sys.argv[2])
