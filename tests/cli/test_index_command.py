"""`landrules index`: a line a layer in both languages, faults by their ids, what cannot be read does not stop the rest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import shapely

from landrules.base.diagnostic import Diagnostic
from landrules.intake.inventory import items, prepared
from landrules.intake.workspace import load_workspace

ROOT = Path(__file__).parents[2]
SQUARES = {
    "A": shapely.box(0, 0, 10, 10),
    "B": shapely.box(10, 0, 20, 10),
    "C": shapely.box(15, 5, 25, 15),
    "D": shapely.box(0, 0, 10, 10),
    "E": shapely.Polygon([(40, 0), (50, 10), (50, 0), (40, 10)]),
}


def landrules(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("LANDRULES_LANG", "CI", "LANDRULES_STORE")}
    return subprocess.run(
        [sys.executable, "-m", "landrules", "index", *arguments],
        cwd=folder, env={**kept, "PYTHONPATH": str(ROOT)}, capture_output=True, encoding="utf-8", check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def county(folder: Path) -> Path:
    features = [
        {"type": "Feature", "properties": {"code": k}, "geometry": json.loads(shapely.to_geojson(s))}
        for k, s in SQUARES.items()
    ]
    layer = {"type": "FeatureCollection", "crs": "engineering", "features": features}
    (folder / "zone.geojson").write_text(json.dumps(layer), encoding="utf-8")
    (folder / "landrules.toml").write_text(
        '[workspace]\ncrs = "engineering"\nboundary = { path = "zone.geojson" }\n'
        '[layers.zone]\npath = "zone.geojson"\nid = "code"\nedition = 2025-12-31\n'
        '[layers.roads]\ncoverage = { kind = "none", beyond_m = 10 }\n'
        '[layers.lost]\npath = "lost.gpkg"\n',
        encoding="utf-8",
    )
    return folder


def test_a_line_a_layer_and_faults_by_their_ids(tmp_path: Path) -> None:
    county(tmp_path)
    first = landrules(tmp_path, "zone", "--lang", "en")
    assert first.returncode == 0, first.stderr
    line, *faults = first.stdout.splitlines()
    assert line.startswith(
        "zone 2025-12-31  built: 5 features, 20 vertices, 1 invalid, 1 duplicates, 2 overlapping pairs"
    )
    assert any("E (Self-intersection)" in fault for fault in faults)
    assert any(f in fault for fault in faults for f in ("A = D", "D = A"))
    assert any("(25.0000 m²)" in fault for fault in faults)
    assert "zone 2025-12-31: " in first.stderr and (tmp_path / ".landrules" / ".gitignore").is_file()
    again = landrules(tmp_path, "zone", "--verify")
    assert again.returncode == 0 and again.stdout.startswith("zone 2025-12-31  已备妥：5 个要素，20 个顶点，1 个无效")
    assert "1 个重复，2 对重叠，面积 400 m²" in again.stdout and again.stderr == ""
    assert landrules(tmp_path, "zone", "--rebuild").stdout.startswith("zone 2025-12-31  已建：")


def test_what_cannot_be_read_does_not_stop_the_rest(tmp_path: Path) -> None:
    found = landrules(county(tmp_path), "--workspace", str(tmp_path), "--lang", "en")
    assert found.returncode == 2
    assert "LR545" in found.stderr and "LR557" in found.stderr
    assert "roads  declared to have no features" in found.stdout and "zone 2025-12-31  built" in found.stdout


def test_a_layer_that_is_not_bound_and_a_folder_without_a_workspace(tmp_path: Path) -> None:
    unknown = landrules(county(tmp_path), "zones")
    assert unknown.returncode == 2 and "LR806" in unknown.stderr and "zone" in unknown.stderr
    (tmp_path / "empty").mkdir()
    (tmp_path / "landrules.toml").unlink()
    assert "LR830" in landrules(tmp_path / "empty").stderr


def test_a_damaged_copy_is_found_and_made_anew(tmp_path: Path) -> None:
    workspace = load_workspace(county(tmp_path))
    item = next(item for item in items(workspace, ["zone"]))
    said: list[Diagnostic] = []
    options: dict[str, Any] = {"rebuild": False, "verify": True, "tell": said.append}
    assert prepared(workspace, item, **options).state == "built"
    (path,) = _stores(tmp_path)
    data = bytearray(path.read_bytes())
    data[200] ^= 1
    path.unlink()
    path.write_bytes(bytes(data))
    assert prepared(workspace, item, **options).state in ("built", "current")
    assert prepared(workspace, item, **options).state == "current"


def _stores(folder: Path) -> list[Path]:
    from landrules.intake.store import Place, place_of

    place = place_of(folder / "landrules.toml")
    assert isinstance(place, Place)
    return [path for folder in place.folders for path in folder.glob("*.layer")]
