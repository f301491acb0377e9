"""Results as JUnit XML, the form in which build services read tests.

One `testsuite` a file, one `testcase` a test: `name` is the title in the reader's language, `classname` the id of the
ruleset, `file` and `line` where it stands. What came out otherwise is a `failure`; a test that is wrong in itself is an
`error`. Nothing reads a clock: `time` is 0, and the same results give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from landrules.base.diagnostic import Lang
from landrules.trial.run import TrialResult
from landrules.trial.told import told_failure

Attributes = Iterable[tuple[str, str | int]]


def junit_xml(results: Sequence[TrialResult], lang: Lang) -> str:
    """The whole document; files in the order in which they were run."""
    suites = [(file, list(cases)) for file, cases in groupby(results, key=lambda r: r.file)]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f"<testsuites{_attributes([('name', 'landrules'), *_counts(results)])}>")
    for file, cases in suites:
        lines.append(f"  <testsuite{_attributes([('name', file), *_counts(cases)])}>")
        for case in cases:
            lines += _case(case, lang)
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>", ""])


def _case(case: TrialResult, lang: Lang) -> list[str]:
    place: Attributes = [
        ("classname", case.ruleset),
        ("name", case.title(lang)),
        ("file", case.file),
        ("line", case.line),
        ("time", 0),
    ]
    head = f"    <testcase{_attributes(place)}"
    if case.passed:
        return [f"{head}/>"]
    word = "error" if case.diagnostics else "failure"
    rows = told_failure(case, lang)
    message = case.diagnostics[0].message(lang) if case.diagnostics else rows[0]
    told = _attributes(
        [("message", message), ("type", case.diagnostics[0].code if case.diagnostics else "expectation")]
    )
    return [f"{head}>", f"      <{word}{told}>{_escaped(chr(10).join(rows))}</{word}>", "    </testcase>"]


def _counts(results: Sequence[TrialResult]) -> Attributes:
    errors = sum(1 for r in results if r.diagnostics)
    failures = sum(1 for r in results if r.failures and not r.diagnostics)
    return [("tests", len(results)), ("failures", failures), ("errors", errors), ("skipped", 0), ("time", 0)]


def _attributes(pairs: Attributes) -> str:
    return "".join(f' {name}="{_escaped(str(value), in_attribute=True)}"' for name, value in pairs)


_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow, escaped or not (W3C, section 2.2)."""


def _escaped(text: str, *, in_attribute: bool = False) -> str:
    """Text for XML. A character that XML cannot hold is shown as a sign.

    >>> _escaped("a<b & \\x1b")
    'a&lt;b &amp; ⟨U+001B⟩'
    """
    safe = _FORBIDDEN.sub(lambda m: f"⟨U+{ord(m[0]):04X}⟩", text)
    safe = safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return safe.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;") if in_attribute else safe
