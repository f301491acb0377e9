"""A proposal by its path: GeoJSON as it is, other formats with their attributes in a file beside them.

A GeoPackage or a shapefile has no place for the project's attributes; they stand in `<name>.proposal.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import shapely

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.geo.site import Plane, Proposal
from landrules.intake.digest import sha256_of_file
from landrules.intake.formats import format_of, read_table
from landrules.intake.formats.table import Cell, FeatureTable
from landrules.intake.jsontext import Json, read_json
from landrules.intake.proposal import proposal_of, read_proposal
from landrules.rules.model import CodeScheme


def load_proposal(
    path: Path,
    plane: Plane,
    schemes: Mapping[str, CodeScheme],
    settings: Mapping[str, str] | None = None,
) -> Proposal:
    """The proposal of a file. Raises `InputError`: LR607 absent, LR645 no attributes beside it, else as `read_proposal`."""
    if not path.exists() or (path.is_dir() and path.suffix.lower() != ".gdb"):
        reason = {"reason_zh": "文件不存在", "reason_en": "it does not exist"}
        raise InputError(Diagnostic("LR607", reason, where=path.name))
    form = format_of(path)
    if form.name == "GeoJSON":
        return read_proposal(path.read_bytes(), path.name, plane, schemes, settings)
    sidecar = path.with_name(f"{path.stem}.proposal.json")
    if not sidecar.is_file():
        args = {"format": form.name, "sidecar": sidecar.name}
        raise InputError(Diagnostic("LR645", args, where=path.name))
    attributes = read_json(sidecar.read_bytes(), sidecar.name)
    if isinstance(attributes, dict) and isinstance(attributes.get("proposal"), dict):
        attributes = attributes["proposal"]
    table = read_table(path, "", None, path.name)
    for broken in table.broken:
        where = f"{path.name}: {table.keys[broken.row]}"
        raise InputError(Diagnostic("LR546", {"path": path.name, "reason": broken.reason}, where=where))
    value: dict[str, Json] = {
        "type": "FeatureCollection",
        "proposal": attributes,
        "features": [_feature(table, row) for row in range(len(table.keys))],
    }
    if table.crs is not None:
        value["crs"] = table.crs
    return proposal_of(value, path.name, plane, schemes, settings or {}, sha256_of_file(path))


def _feature(table: FeatureTable, row: int) -> dict[str, Json]:
    properties = {name: value for name, cells in table.columns.items() if (value := _json(cells[row])) is not None}
    feature: dict[str, Json] = {"type": "Feature", "properties": properties, "geometry": _geometry(table, row)}
    if "id" in properties:
        feature["id"] = properties.pop("id")
    return feature


def _json(cell: Cell) -> Json:
    """A cell as JSON would state it; text that is a JSON object or list is one (a record stored in a column)."""
    if isinstance(cell, str) and cell[:1] in ("{", "["):
        try:
            return read_json(cell.encode("utf-8"), "")
        except InputError:
            return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else Decimal(repr(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return None if cell == "" else cell


def _geometry(table: FeatureTable, row: int) -> Json:
    """GeoJSON of a shape as stored, its coordinates plain floats."""
    found: Json = json.loads(shapely.to_geojson(table.geometry[row]), parse_float=float)
    return found
