"""Every message has an example; those of the language are programs that yield their code and nothing else."""

from __future__ import annotations

import pytest

from landrules.base.codes import MESSAGES
from landrules.base.messages.examples import EXAMPLES
from landrules.book.catalogue import blank, catalogue, diagnosed, explained, page_lines

RUN = tuple(sorted(code for code, example in EXAMPLES.items() if example.is_run))
TOLD_IN_WORDS = {
    *("LR137", "LR140", "LR232", "LR233", "LR234", "LR494", "LR495"),
    *("LR271", "LR276", "LR277", "LR278", "LR279", "LR280", "LR281", "LR287", "LR434", "LR437"),
}
"""What no short text can show: a reference, an encoding, a workspace, workbooks, and mistakes by the hundred."""


def test_no_message_is_without_an_example() -> None:
    assert sorted(set(MESSAGES) - set(EXAMPLES)) == []
    assert sorted(set(EXAMPLES) - set(MESSAGES)) == []


def test_every_code_of_the_language_has_a_program() -> None:
    language = {code for code in MESSAGES if code < "LR500"}
    assert sorted(language - set(RUN) - TOLD_IN_WORDS) == []


@pytest.mark.parametrize("code", RUN)
def test_the_bad_program_yields_this_code_alone_and_the_good_one_none(code: str) -> None:
    example = EXAMPLES[code]
    assert {d.code for d in diagnosed(example, example.bad)} == {code}
    assert [d.render("en") for d in diagnosed(example, example.good)] == []


@pytest.mark.parametrize("code", ["LR111", "LR301", "LR401", "LR603"])
def test_an_explanation_says_what_why_and_how_in_both_languages(code: str) -> None:
    for lang, words in (("zh", ("缘由：", "错误的写法：", "正确的写法：")), ("en", ("Why: ", "Bad:", "Good:"))):
        text = "\n".join(page_lines(explained(code, lang), lang))
        assert all(word in text for word in words), text
        assert text.startswith(code)
        assert "{" not in blank(MESSAGES[code].text(lang))


def test_the_catalogue_is_whole_and_every_message_has_its_reason() -> None:
    for lang in ("zh", "en"):
        told = catalogue(lang)
        assert [t.code for t in told] == sorted(MESSAGES)
        assert all(t.why and t.sentence for t in told)
