"""What a proposal file is made of: a coordinate system, the project's attributes, features by id.

In: the JSON value of a file, or what a reader of another format made of one. Out: an `Envelope`, with everything that
stops the run collected. Nothing here knows what an attribute means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from landrules.base.diagnostic import Diagnostic
from landrules.base.frozen import frozen
from landrules.base.vocabulary import ENUMS
from landrules.intake.jsontext import Json, kind_of, literal, shown_value
from landrules.intake.shapes import LINES, POINTS, POLYGONS, Shape, Unreadable, read_shape

GROUND = (*POLYGONS, *LINES, *POINTS)


@frozen
class RawFeature:
    """A feature as written: id, properties, shape in the file's own system (`None` for a plot that states none)."""

    id: str
    properties: Mapping[str, Json]
    shape: Shape | None

    @property
    def is_building(self) -> bool:
        """Whether its role says that it is the outline of a building."""
        return self.properties.get("role") == "building"


@frozen
class Envelope:
    """A file taken apart. `crs` is what it declares, `None` where nothing; features and plots are sorted by id."""

    crs: str | None
    attributes: Mapping[str, Json]
    features: tuple[RawFeature, ...]
    supplements: tuple[RawFeature, ...]


def open_envelope(value: Json, name: str, stops: list[Diagnostic]) -> Envelope:
    """Take a GeoJSON value apart; what stops the run is added to `stops` (LR610 to LR627, LR630)."""
    if not isinstance(value, dict) or value.get("type") not in ("FeatureCollection", "Feature"):
        stops.append(Diagnostic("LR610", _found_instead(value), where=name))
        return Envelope(None, {}, (), ())
    crs = _crs(value, name, stops)
    raw = [value] if value["type"] == "Feature" else value.get("features")
    attributes = _attributes(value, name, stops)
    if not isinstance(raw, list):
        stops.append(Diagnostic("LR612", _wanted_list("features", raw), where=name))
        raw = []
    elif not any(not _is_building(item) for item in raw):
        stops.append(Diagnostic("LR618", where=name))
    features = _features(raw, name, "", stops)
    supplements = attributes.get("supplements", [])
    if not isinstance(supplements, list):
        supplements = []  # the walk of the attributes reports it
    plots = _features(supplements, name, "supplements", stops)
    return Envelope(crs, attributes, features, plots)


def _found_instead(value: Json) -> dict[str, str]:
    if isinstance(value, dict):
        kind = shown_value(value.get("type"))
        if kind:
            return {"found": f"“{kind}”", "found_en": f"`{kind}`"}
        return {"found": "没有 type 的对象", "found_en": "an object without a type"}
    return kind_of(value)


def _wanted_list(key: str, raw: Json) -> dict[str, str]:
    return {"key": key, "wanted": "清单", "wanted_en": "a list", **kind_of(raw)}


def _is_building(item: Json) -> bool:
    properties = item.get("properties") if isinstance(item, dict) else None
    return isinstance(properties, dict) and properties.get("role") == "building"


def _crs(value: Mapping[str, Json], name: str, stops: list[Diagnostic]) -> str | None:
    """The system that the older `crs` member names (GeoJSON 2008), or its plain name."""
    if "crs" not in value:
        return None
    raw = value["crs"]
    if isinstance(raw, str) and raw.strip():
        return raw
    if isinstance(raw, dict) and raw.get("type") == "name" and isinstance(raw.get("properties"), dict):
        found = raw["properties"].get("name")
        if isinstance(found, str) and found.strip():
            return found
    stops.append(Diagnostic("LR627", where=name))
    return None


def _attributes(value: Mapping[str, Json], name: str, stops: list[Diagnostic]) -> dict[str, Json]:
    raw = value.get("proposal")
    if raw is None:
        stops.append(Diagnostic("LR611", where=name))
        return {}
    if not isinstance(raw, dict):
        wanted = {"key": "proposal", "wanted": "对象", "wanted_en": "an object", **kind_of(raw)}
        stops.append(Diagnostic("LR612", wanted, where=name))
        return {}
    return raw


def identity(attributes: Mapping[str, Json]) -> str:
    """The project's code as stated, or an empty text."""
    value = attributes.get("id")
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def check_identity(attributes: Mapping[str, Json], name: str, stops: list[Diagnostic]) -> None:
    """A proposal that says neither who it is nor where in procedure it stands is not judged (LR613 to LR615)."""
    where = f"{name}: proposal"
    if not identity(attributes):
        stops.append(Diagnostic("LR613", where=where))
    stages = ENUMS["proposal", "stage"]
    stage = attributes.get("stage")
    if stage is None or stage == "":
        stops.append(Diagnostic("LR614", {"choices": ", ".join(stages)}, where=where))
    elif stage not in stages:
        found = {"found": shown_value(stage) or literal(stage), "choices": ", ".join(stages)}
        stops.append(Diagnostic("LR615", found, where=where))


def _features(raw: list[Json], name: str, part: str, stops: list[Diagnostic]) -> tuple[RawFeature, ...]:
    out: list[RawFeature] = []
    prefix = f"{name}: {part}" if part else name
    for number, item in enumerate(raw, start=1):
        feature = _feature(item, number, prefix, bool(part), stops)
        if feature is not None:
            out.append(feature)
    for id_, count in sorted(Counter(f.id for f in out).items()):
        if count > 1:
            stops.append(Diagnostic("LR621", {"id": id_, "count": count}, where=prefix))
    return tuple(sorted(out, key=lambda f: f.id))


def _feature(item: Json, number: int, prefix: str, is_plot: bool, stops: list[Diagnostic]) -> RawFeature | None:
    if not isinstance(item, dict) or item.get("type") != "Feature":
        key = f"features[{number - 1}]"
        found = _found_instead(item)
        stops.append(
            Diagnostic("LR612", {"key": key, "wanted": "Feature", "wanted_en": "a Feature"} | found, where=prefix)
        )
        return None
    properties = item.get("properties", {})
    if properties is None:
        properties = {}  # RFC 7946 writes no properties as null
    if not isinstance(properties, dict):
        wanted = {"key": "properties", "wanted": "对象", "wanted_en": "an object", **kind_of(properties)}
        stops.append(Diagnostic("LR612", wanted, where=f"{prefix}: {number}"))
        properties = {}
    id_ = _id(item, properties, is_plot)
    if not id_:
        stops.append(Diagnostic("LR620", {"number": number}, where=prefix))
    where = f"{prefix}: {id_ or number}"
    shape = _shape(item, properties, is_plot, where, stops)
    return RawFeature(id_, properties, shape) if id_ else None


def _id(item: Mapping[str, Json], properties: Mapping[str, Json], is_plot: bool) -> str:
    """The feature's own id, or the number that its properties give it."""
    numbers = (properties.get("plot_no"),) if is_plot else (properties.get("parcel_no"), properties.get("building_no"))
    for value in (item.get("id"), *numbers):
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""


def _shape(
    item: Mapping[str, Json], properties: Mapping[str, Json], is_plot: bool, where: str, stops: list[Diagnostic]
) -> Shape | None:
    geometry = item.get("geometry")
    if is_plot and geometry is None:
        return None
    if is_plot:
        role = ("补充地块", "replenishment plot")
    elif properties.get("role") == "building":
        role = ("建筑", "building")
    else:
        role = ("地块", "parcel")
    try:
        return read_shape(geometry, GROUND if role[1] == "parcel" else POLYGONS, *role)
    except Unreadable as problem:
        stops.append(problem.diagnostic(where))
        return None
