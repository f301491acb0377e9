"""Every format that GDAL reads, through pyogrio, imported when first needed: shapefile, FileGDB and others."""

from __future__ import annotations

import importlib
import math
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.geo.kernel import FloatArray
from landrules.intake.formats.table import Cell, FeatureTable, shapes_from_wkb


def tables(path: Path) -> tuple[str, ...]:
    """The layers of a file that have geometry, sorted. Raises `InputError` with LR546."""
    pyogrio = _pyogrio()
    try:
        rows = pyogrio.list_layers(path)
    except (pyogrio.errors.DataSourceError, OSError) as error:
        raise _broken(path, error) from None
    return tuple(sorted(str(name) for name, kind in rows if kind is not None))


def read(path: Path, table: str, boxes: FloatArray | None) -> FeatureTable:
    """The rows of a layer whose boxes meet any of `boxes` (in the file's system; `None`: all). Raises LR546."""
    pyogrio = _pyogrio()
    found: dict[int, tuple[bytes | None, tuple[Any, ...]]] = {}
    fields: tuple[str, ...] = ()
    crs: str | None = None
    wanted = [None] if boxes is None else [tuple(box) for box in boxes.tolist()]
    options: dict[str, Any] = {"encoding": encoding} if (encoding := _dbf_encoding(path)) else {}
    for box in wanted or [(math.inf,) * 4]:
        try:
            meta, fids, blobs, values = pyogrio.raw.read(
                path, layer=table, bbox=box, return_fids=True, force_2d=True, **options
            )
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, OSError) as error:
            raise _broken(path, error) from None
        fields, crs = tuple(str(name) for name in meta["fields"]), meta["crs"]
        cells = zip(*values, strict=True) if len(values) else ((),) * len(fids)
        for fid, blob, row in zip(fids.tolist(), blobs, cells, strict=True):
            found[fid] = (None if blob is None else bytes(blob), tuple(row))
    keys = tuple(sorted(found))
    shapes, broken = shapes_from_wkb([found[key][0] for key in keys])
    columns = {name: tuple(_cell(found[key][1][at]) for key in keys) for at, name in enumerate(fields)}
    return FeatureTable(None if crs is None else str(crs), keys, shapes, columns, broken)


def _pyogrio() -> Any:
    return importlib.import_module("pyogrio")


def _broken(path: Path, error: Exception) -> InputError:
    reason = " ".join(str(error).replace(str(path), path.name).split())
    return InputError(Diagnostic("LR546", {"path": path.name, "reason": reason}, where=path.name))


def _dbf_encoding(path: Path) -> str:
    """The encoding of a shapefile's text where no `.cpg` names one: GBK if its bytes are no UTF-8, empty otherwise."""
    table = path.with_suffix(".dbf")
    if path.suffix.lower() != ".shp" or path.with_suffix(".cpg").exists() or not table.exists():
        return ""
    data = table.read_bytes()
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding.upper()
    return ""


def _cell(value: Any) -> Cell:
    """A plain value; numpy's not-a-number and not-a-time are nothing stored."""
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else date.fromisoformat(str(value)[:10])
    if isinstance(value, np.float32):
        return None if np.isnan(value) else float(str(value))
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and math.isnan(value):
        return None
    return value if isinstance(value, str | int | float | bool) else None
