"""What bad input gets: for every file of tests/cases/door the exact sentences, in both languages.

A file whose name begins with `q_` is let in and reported as data quality; every other one stops the run. The sentences
stand beside it in `<name>.expected`, as a terminal would show them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_cases import DOOR

from landrules.base.codes import MESSAGES
from landrules.base.diagnostic import Diagnostic, InputError
from landrules.geo.site import Plane
from landrules.intake.proposal import application_date, read_proposal
from landrules.rules.model import CodeScheme

CASES = sorted(DOOR.glob("*.geojson"))


def answer(path: Path, plane: Plane, schemes: dict[str, CodeScheme]) -> str:
    """What the door says to a file: whether it stops, then every sentence."""
    found: tuple[Diagnostic, ...]
    try:
        proposal = read_proposal(path.read_bytes(), path.name, plane, schemes)
    except InputError as error:
        verdict, found = "stopped", error.diagnostics
    else:
        verdict, found = "let in", proposal.notes
        day = application_date(proposal)
        if isinstance(day, Diagnostic):
            verdict, found = "no law date", (day, *found)
    lines = [verdict]
    for diagnostic in found:
        lines += ["", diagnostic.render("en"), diagnostic.render("zh")]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_door_says(path: Path, plane: Plane, schemes: dict[str, CodeScheme]) -> None:
    expected = path.with_suffix(".expected").read_text(encoding="utf-8")
    assert answer(path, plane, schemes) == expected
    stops = not path.stem.startswith("q_")
    assert expected.startswith("let in") is not stops


def test_a_file_nested_too_deeply_is_refused(plane: Plane, schemes: dict[str, CodeScheme]) -> None:
    with pytest.raises(InputError) as caught:
        read_proposal(b"[" * 100_000, "deep.geojson", plane, schemes)
    assert [d.code for d in caught.value.diagnostics] == ["LR606"]


def test_every_code_of_the_proposal_door_has_a_case() -> None:
    shown = "".join(path.read_text(encoding="utf-8") for path in DOOR.glob("*.expected"))
    elsewhere = {
        "LR606",  # nested too deeply: above
        "LR607", "LR640", "LR641", "LR645", "LR646", "LR723",  # files and settings: test_intake_files.py
        "LR740", "LR741", "LR742",  # layers: test_intake_layers.py
    }  # fmt: skip
    own = {code for code in MESSAGES if "LR600" <= code < "LR750"}
    assert {code for code in own if code not in shown} == elsewhere
