"""Whole reports of the example county with every kernel: the same findings, and areas within a hundredth."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import pytest

from landrules.geo import overlap
from landrules.road import Session

COUNTY = Path(__file__).parents[2] / "examples" / "qingxi"
PROPOSALS = sorted((COUNTY / "proposals").glob("*.geojson"))
FAST = tuple(k for k in ("numpy", "c") if k != "c" or overlap.compiled_sums() is not None)


@lru_cache(maxsize=1)
def county() -> Session:
    return Session.open(COUNTY / "landrules.toml")


def report(file: Path, kernel: str) -> dict[str, object]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(overlap.VARIABLE, kernel)
        overlap.name.cache_clear()
        try:
            said = json.loads(county().check(file).to_json())
        finally:
            overlap.name.cache_clear()
    assert said["provenance"].pop("kernel") == kernel
    return dict(said)


def differences(found: object, wanted: object, path: str = "") -> list[str]:
    """Where two reports differ by more than a hundredth in a number, or at all in anything else."""
    if isinstance(found, dict) and isinstance(wanted, dict) and found.keys() == wanted.keys():
        return [d for key in found for d in differences(found[key], wanted[key], f"{path}.{key}")]
    if isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted):
        return [
            d for k, (a, b) in enumerate(zip(found, wanted, strict=True)) for d in differences(a, b, f"{path}[{k}]")
        ]
    if isinstance(found, float) and isinstance(wanted, (int, float)) and abs(found - wanted) <= 0.0100001:
        return []
    return [] if found == wanted else [f"{path}: {found!r} instead of {wanted!r}"]


def test_the_county_has_proposals() -> None:
    assert len(PROPOSALS) >= 10


@pytest.mark.parametrize("file", PROPOSALS, ids=lambda f: f.stem)
def test_every_kernel_tells_the_same(file: Path) -> None:
    wanted = report(file, "geos")
    assert wanted["findings"]
    for kernel in FAST:
        assert differences(report(file, kernel), wanted) == []
