"""The shape of `landrules.toml`: pydantic at the door, plain frozen values afterwards.

An unknown key is an error with the nearest name, because a misspelt `coverage` would silently cover nothing.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal, Union

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from landrules.base.diagnostic import Diagnostic, InputError, nearest
from landrules.intake.jsontext import decode, literal


class Strict(BaseModel):
    """A table of the file: no key beyond those named, no value turned into another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True)


class TableRef(Strict):
    """A table of a file (`path`, relative to the workspace folder) or of a database (`postgis`, a libpq connection).

    `geometry` and `key` name columns of a database's table: its geometry, and the whole numbers that tell its rows apart.
    """

    path: str = ""
    postgis: str = ""
    table: str = ""
    geometry: str = ""
    key: str = ""
    crs: str = ""


class BoundaryRef(TableRef):
    """The polygons of the county; `code` is the column of their district codes."""

    code: str = "XZQDM"


class ColumnRef(Strict):
    """The column that holds a field, and how its values are to be read."""

    column: str
    unit: str = ""
    scheme: str = ""
    system: str = ""
    map: dict[str, bool | str | int | Decimal] = {}


def _with_name(value: object) -> object:
    """A bare column name as the table it is short for."""
    return {"column": value} if isinstance(value, str) else value


NamedColumn = Annotated[ColumnRef, BeforeValidator(_with_name)]


class TableCoverage(TableRef):
    """Covered is what the polygons of a table cover."""

    kind: Literal["file", "database"]


class WholeCoverage(Strict):
    """Covered is the workspace's boundary and so many metres beyond; `none`: there is no feature in it at all."""

    kind: Literal["complete", "none"]
    beyond_m: float | int = 0
    by: str = ""
    date: datetime.date | None = None


class DistrictCoverage(Strict):
    """Covered is one district of the boundary."""

    kind: Literal["district"]
    code: str


CoverageRef = Annotated[Union[TableCoverage, WholeCoverage, DistrictCoverage], Field(discriminator="kind")]


class EditionRef(TableRef):
    """One edition of a layer; what it leaves out it takes from the layer."""

    id: str = ""
    edition: datetime.date | None = None
    valid_to: datetime.date | None = None
    accuracy_m: float | int | None = None
    fields: dict[str, NamedColumn] = {}
    coverage: CoverageRef | None = None
    gap_free: bool | None = None


class LayerRef(EditionRef):
    """A layer: itself an edition, or several."""

    editions: tuple[EditionRef, ...] = ()


class ToleranceRef(Strict):
    """A review tolerance in m² and who set it."""

    m2: Decimal | int
    author: str


class ReviewRef(Strict):
    """What the reviewer declares."""

    tolerance: dict[str, ToleranceRef] = {}


class WorkspaceRef(Strict):
    """The head of the file."""

    name: str = ""
    county: str = ""
    crs: str
    boundary: BoundaryRef | None = None
    rulesets: tuple[str, ...] = ()
    accounts: str = ""


class SettingsFile(Strict):
    """The whole file."""

    workspace: WorkspaceRef
    review: ReviewRef = ReviewRef()
    layers: dict[str, LayerRef] = {}


def read_settings(data: bytes, name: str) -> SettingsFile:
    """The settings of a file's bytes. Raises `InputError`: LR603 encoding, LR540 syntax, LR541 to LR543 content."""
    try:
        value = tomllib.loads(decode(data, name).replace("\r\n", "\n"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+), column (\d+)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (0, 0)
        raise InputError(Diagnostic("LR540", {"line": line, "column": column}, where=name)) from None
    try:
        return SettingsFile.model_validate(_as_tuples(value))
    except ValidationError as error:
        raise InputError(_diagnostics(error.errors(include_url=False), name)) from None


def _as_tuples(value: Any) -> Any:
    """Lists as tuples and decimals where floats are wanted: strict models take nothing else."""
    if isinstance(value, dict):
        return {
            key: float(inner) if isinstance(inner, Decimal) and key in ("accuracy_m", "beyond_m") else _as_tuples(inner)
            for key, inner in value.items()
        }
    return tuple(_as_tuples(item) for item in value) if isinstance(value, list) else value


_WANTED: tuple[tuple[str, str, str], ...] = (
    ("string", "加引号的文字", "quoted text"),
    ("bool", "true 或 false", "true or false"),
    ("date", "日期，例如 2026-01-31（不加引号）", "a date such as 2026-01-31 (no quotation marks)"),
    ("tuple", "清单 […]", "a list […]"),
    ("dict", "表 {…}", "a table {…}"),
    ("model", "表 {…}", "a table {…}"),
    ("decimal", "数", "a number"),
    ("float", "数", "a number"),
    ("int", "数", "a number"),
)


def _diagnostics(errors: Sequence[Mapping[str, Any]], name: str) -> list[Diagnostic]:
    out: dict[str, Diagnostic] = {}
    for error in errors:
        path = [str(step) for step in error["loc"] if not _is_branch(str(step))]
        key = ".".join(path)
        where = f"{name}: {key}"
        match str(error["type"]):
            case "extra_forbidden":
                out.setdefault(key, Diagnostic("LR541", _unknown(path), where=where))
            case "missing":
                out.setdefault(key, Diagnostic("LR542", {"key": key}, where=where))
            case "union_tag_not_found":
                out.setdefault(key, Diagnostic("LR542", {"key": f"{key}.kind"}, where=where))
            case kind:
                out.setdefault(key, Diagnostic("LR543", _wrong(key, kind, error), where=where))
    return list(out.values())


def _is_branch(step: str) -> bool:
    """Whether a step names an alternative of a union, not a key of the file."""
    return step in _BRANCHES


_BRANCHES = frozenset(
    {"str", "bool", "int", "decimal", "float", "TableCoverage", "WholeCoverage", "DistrictCoverage"}
    | {"file", "database", "complete", "none", "district"}
)


def _wrong(key: str, kind: str, error: Mapping[str, Any]) -> dict[str, object]:
    if kind in ("literal_error", "union_tag_invalid"):
        context = error.get("ctx", {})
        choices = str(context.get("expected") or context.get("expected_tags")).replace(" or ", ", ")
        wanted, wanted_en = f"其一：{choices}", f"one of {choices}"
        found = context.get("tag", error.get("input"))
    else:
        wanted, wanted_en = next(
            ((zh, en) for word, zh, en in _WANTED if kind.startswith(word)), ("另一种值", "another value")
        )
        found = error.get("input")
    return {
        "key": key,
        "found": literal(found) if not isinstance(found, datetime.date) else str(found),
        "wanted": wanted,
        "wanted_en": wanted_en,
    }


_TABLES: tuple[tuple[re.Pattern[str], tuple[type[BaseModel], ...]], ...] = (
    (re.compile(r""), (SettingsFile,)),
    (re.compile(r"workspace"), (WorkspaceRef,)),
    (re.compile(r"workspace\.boundary"), (BoundaryRef,)),
    (re.compile(r"review"), (ReviewRef,)),
    (re.compile(r"review\.tolerance\..*"), (ToleranceRef,)),
    (re.compile(r"layers\.[^.]+"), (LayerRef,)),
    (re.compile(r"layers\.[^.]+\.editions\.\d+"), (EditionRef,)),
    (re.compile(r"layers\..*\.coverage"), (TableCoverage, WholeCoverage, DistrictCoverage)),
    (re.compile(r"layers\..*\.fields\.[^.]+"), (ColumnRef,)),
)


def _unknown(path: Sequence[str]) -> dict[str, object]:
    """Which keys there are where an unknown one stands, and the nearest."""
    table, key = ".".join(path[:-1]), path[-1]
    models = next((m for pattern, m in reversed(_TABLES) if pattern.fullmatch(table)), ())
    known = sorted({field for model in models for field in model.model_fields})
    near = nearest(key, known)
    zh, en = (f"；最接近的是 {near}", f"; the nearest is {near}") if near else ("", "")
    return {"key": ".".join(path), "choices": ", ".join(known), "nearest_zh": zh, "nearest_en": en}
