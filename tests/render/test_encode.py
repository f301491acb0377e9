"""What is written straight from an answer is what the published model makes of it, for every example and every way."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from landrules.batch.answer import as_json
from landrules.batch.inputs import Input
from landrules.engine.answer import Answer, Text
from landrules.engine.report import Report
from landrules.render.encode import MOST, amount, encode, number, quoted
from landrules.render.json import render_json
from landrules.render.options import Options
from landrules.render.privacy import without_geometry
from landrules.render.safe import neutral_json
from landrules.road import Session

EXAMPLES = Path(__file__).parents[2] / "examples"
CASES = tuple(
    (county, path.name)
    for county in ("qingxi", "minneapolis")
    for path in sorted((EXAMPLES / county / "proposals").glob("*.geojson"))
)


@cache
def session_of(county: str) -> Session:
    return Session.open(EXAMPLES / county)


@cache
def answer_of(county: str, name: str) -> Answer:
    session = session_of(county)
    return session.answer(session.read(EXAMPLES / county / "proposals" / name))


@pytest.mark.parametrize(("county", "name"), CASES)
def test_an_answer_is_written_as_its_model_is(county: str, name: str) -> None:
    found = answer_of(county, name)
    bare = without_geometry(found)
    assert render_json(found, Options()) == neutral_json(Report.of(found).to_json())
    assert render_json(found, Options(geometry=False)) == neutral_json(Report.of(bare).to_json())
    for shown, geometry in ((found, True), (bare, False)):
        line = neutral_json(Report.of(shown).model_dump_json(by_alias=True))
        assert encode(found, geometry=geometry, indent=False) == line
    assert Report.model_validate_json(render_json(found, Options())) == Report.of(found)


def test_a_line_of_a_batch_is_the_model_on_one_line() -> None:
    found = answer_of(*CASES[0])
    line = as_json(Input("one", Path("one")), found).line.decode("utf-8")
    assert line == neutral_json(Report.of(found).model_dump_json(by_alias=True)) + "\n"


ODD = '\x00\x07\x1b"\\/\n\r\t\x7f\x85\xad\u200b\u200c\u202e\u2028\ufeff\U000e0001清溪😀'


@given(st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from(ODD))))
@example(ODD)
def test_any_text_is_written_as_the_model_writes_it(text: str) -> None:
    assert quoted(text) == neutral_json(TypeAdapter(str).dump_json(text).decode())


@given(
    st.one_of(
        st.floats(allow_nan=False, allow_infinity=False),
        st.decimals(-(10**15), 10**15, places=4).map(float),
        st.floats(-1e-3, 1e-3),
    )
)
@example(1e15)
@example(1e16)
@example(12345678901234567.0)
@example(-1.5e-05)
@example(9.9e-05)
@example(1e-06)
@example(-0.0)
@example(5e-324)
def test_any_number_is_written_as_the_model_writes_it(value: float) -> None:
    assert number(value) == TypeAdapter(float).dump_json(value).decode()


@given(
    st.one_of(
        st.decimals(-(10**12), 10**12, places=2),
        st.decimals(-(10**12), 10**12, places=4),
        st.decimals(-1, 1, places=6),
        st.decimals(allow_nan=False, allow_infinity=False),
    )
)
@example(Decimal("-0.00"))
@example(Decimal("0.0000"))
@example(Decimal("0.00001"))
@example(Decimal("7"))
@example(Decimal("1.5E+3"))
@example(Decimal("12345678901234.56"))
@example(Decimal("99999999999.9999"))
@example(Decimal("123456789012345.678"))
def test_an_amount_is_written_as_the_number_nearest_to_it(value: Decimal) -> None:
    if abs(value) < Decimal("1e308"):
        assert amount(value) == number(float(value))


def test_names_by_strangers_are_escaped_and_texts_are_let_go_of() -> None:
    plain = answer_of(*CASES[0])
    for count in range(MOST // 20 + 2):
        rows = tuple(Text(zh=f"{count} {i} \x1b", en="\u202e") for i in range(20))
        told = replace(plain, findings=(replace(plain.findings[0], remedies=rows),), information=())
        if count % 100 in (0, 4):
            assert render_json(told, Options()) == neutral_json(Report.of(told).to_json())
        else:
            encode(told, geometry=True, indent=True)
    assert render_json(plain, Options()) == neutral_json(Report.of(plain).to_json())
