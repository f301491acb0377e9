"""Formats that show no shapes say the same of an answer for which none were drawn; so do rows of a batch."""

from __future__ import annotations

from pathlib import Path

import pytest

from landrules.batch.inputs import Input
from landrules.batch.table import as_row
from landrules.render.options import Options
from landrules.render.renderers import RENDERERS
from landrules.road import Options as Asked
from landrules.road import Session

QINGXI = Path(__file__).parents[2] / "examples" / "qingxi"
PROPOSALS = sorted((QINGXI / "proposals").glob("*.geojson"))
UNDRAWN = [r for r in RENDERERS if not r.draws]


@pytest.fixture(scope="module")
def session() -> Session:
    return Session.open(QINGXI)


def test_some_formats_show_shapes_and_some_do_not() -> None:
    assert [r.name for r in UNDRAWN] == ["text"]


@pytest.mark.parametrize("path", PROPOSALS, ids=[p.stem for p in PROPOSALS])
def test_words_need_no_shapes(path: Path, session: Session) -> None:
    proposal = session.read(path)
    drawn = session.answer(proposal, Asked())
    undrawn = session.answer(proposal, Asked(drawn=False))
    assert all(f.geometry is None and all(p.geometry is None for p in f.pieces) for f in undrawn.findings)
    assert undrawn.data_quality == drawn.data_quality
    for lang in ("zh", "en"):
        for renderer in UNDRAWN:
            options = Options(lang=lang, geometry=True)
            assert renderer.function(undrawn, options) == renderer.function(drawn, options)
        item = Input(path.name, path, 0, 0)
        assert as_row(lang, item, undrawn) == as_row(lang, item, drawn)
