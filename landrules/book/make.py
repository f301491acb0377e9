"""From references to a finished rule book: files read, tests run, entries made, a page drawn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from landrules.base.diagnostic import InputError, Lang
from landrules.book.entries import book
from landrules.book.glossary import glossary
from landrules.book.holdings import holdings
from landrules.book.page import page
from landrules.trial import TrialResult, run_tests


def rule_book(refs: Sequence[str | Path], lang: Lang, title: str = "") -> str:
    """The rule book of some references as one HTML page. Raises `InputError` where a file cannot be read.

    The tests are run where the rules resolve; in a book of rules with mistakes they are marked as not run.
    """
    loaded = holdings(refs)
    names = glossary(loaded.documents, loaded.ruleset)
    head = title or ("土地用途管制规则手册" if lang == "zh" else "Rule book of land-use control")
    return page(book(loaded.asked, names, _results(refs), lang, head))


def _results(refs: Sequence[str | Path]) -> tuple[TrialResult, ...]:
    try:
        return run_tests(refs)
    except InputError:
        return ()
