"""The schemes and the plane of tests at the door."""

from __future__ import annotations

import pytest
from intake_cases import CODES, scheme

from landrules.geo.site import Plane
from landrules.rules.model import CodeScheme


@pytest.fixture(scope="session")
def schemes() -> dict[str, CodeScheme]:
    return {id_: scheme(id_, codes) for id_, codes in CODES.items()}


@pytest.fixture(scope="session")
def plane() -> Plane:
    return Plane("EPSG:4527")
