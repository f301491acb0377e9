"""Proposals by path: other formats with their attributes beside them; settings of the command line; the schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pyogrio.raw
import pytest
import shapely
from intake_cases import DOOR, QINGXI

from landrules.base.diagnostic import InputError
from landrules.base.valuetype import Code
from landrules.geo.site import Plane
from landrules.intake.files import load_proposal
from landrules.intake.proposal import read_proposal
from landrules.intake.schema import proposal_schema
from landrules.intake.settings import parse_settings
from landrules.rules.model import CodeScheme

WORKSHOP = QINGXI / "proposals" / "e_workshop.geojson"


def codes(error: InputError) -> list[str]:
    return [d.code for d in error.diagnostics]


def stored(folder: Path, suffix: str, driver: str) -> Path:
    """The parcel of the workshop in another format, its attributes in columns."""
    raw = json.loads(WORKSHOP.read_text(encoding="utf-8"))
    feature = raw["features"][0]
    path = folder / f"e_workshop{suffix}"
    columns = {"id": feature["id"], "parcel_no": "E-01", "use_after": "lulc2023:100101", "area_ha": 1.2}
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(np.array([shapely.from_geojson(json.dumps(feature["geometry"]))], dtype=object)),
        field_data=[np.array([value], dtype=object if isinstance(value, str) else float) for value in columns.values()],
        fields=list(columns),
        geometry_type="Polygon",
        crs="EPSG:4527",
        driver=driver,
    )
    (folder / "e_workshop.proposal.json").write_text(json.dumps(raw["proposal"]), encoding="utf-8")
    return path


@pytest.mark.parametrize(("suffix", "driver"), [(".gpkg", "GPKG"), (".shp", "ESRI Shapefile")])
def test_another_format_gives_the_same_ground(
    tmp_path: Path, suffix: str, driver: str, plane: Plane, schemes: dict[str, CodeScheme]
) -> None:
    ours = load_proposal(WORKSHOP, plane, schemes)
    theirs = load_proposal(stored(tmp_path, suffix, driver), plane, schemes)
    assert theirs.attributes == ours.attributes and theirs.sha256 != ours.sha256
    (parcel,) = theirs.parcels
    assert parcel.geometry == ours.parcels[0].geometry and parcel.area_m2 == ours.parcels[0].area_m2
    assert parcel.attributes["use_after"] == Code("lulc2023", "100101") and parcel.attributes["area_ha"] == 12_000


def test_a_format_without_attributes_asks_for_them(
    tmp_path: Path, plane: Plane, schemes: dict[str, CodeScheme]
) -> None:
    path = stored(tmp_path, ".gpkg", "GPKG")
    (tmp_path / "e_workshop.proposal.json").unlink()
    with pytest.raises(InputError) as caught:
        load_proposal(path, plane, schemes)
    assert codes(caught.value) == ["LR645"]


@pytest.mark.parametrize(("name", "code"), [("gone.geojson", "LR607"), ("x.docx", "LR646")])
def test_a_file_that_is_none(
    tmp_path: Path, name: str, code: str, plane: Plane, schemes: dict[str, CodeScheme]
) -> None:
    (tmp_path / "x.docx").write_bytes(b"PK")
    with pytest.raises(InputError) as caught:
        load_proposal(tmp_path / name, plane, schemes)
    assert codes(caught.value) == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [("balance.mode", "LR640"), ("balance.mod=self", "LR641"), ("name.x=1", "LR641"), ("investment_wan=viel", "LR640")],
)
def test_a_setting_that_cannot_be_laid(text: str, code: str, plane: Plane, schemes: dict[str, CodeScheme]) -> None:
    with pytest.raises(InputError) as caught:
        read_proposal(WORKSHOP.read_bytes(), "e.geojson", plane, schemes, parse_settings((text,)))
    assert codes(caught.value) == [code]


# --- the published schema --------------------------------------------------------------------------------------------


def validator() -> Any:
    jsonschema.Draft202012Validator.check_schema(proposal_schema())
    return jsonschema.Draft202012Validator(proposal_schema())


@pytest.mark.parametrize("path", sorted((QINGXI / "proposals").glob("*.geojson")), ids=lambda path: path.stem)
def test_the_schema_accepts_the_dossiers(path: Path) -> None:
    assert list(validator().iter_errors(json.loads(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "name",
    [
        "no_id",
        "no_stage",
        "unknown_stage",
        "no_proposal",
        "no_parcel",
        "no_geometry",
        "null_value",
        "bare_code",
        "ring_of_two_points",
        "coordinate_is_text",
        "building_as_line",
        "q_wrong_types",
        "q_table_without_unit",
    ],
)
def test_the_schema_refuses_what_the_door_refuses(name: str) -> None:
    value = json.loads((DOOR / f"{name}.geojson").read_text(encoding="utf-8"))
    assert list(validator().iter_errors(value))


def test_the_schema_names_chinese_and_units() -> None:
    total = proposal_schema()["$defs"]["land_table"]["properties"]["total"]
    assert total == {"type": "number", "title": "总面积", "description": "ha (公顷)", "minimum": 0}
