"""Passing over the tests of a ruleset: a check needs its norms only, and most of a well-tested file is tests.

Test blocks are blanked out, not cut: every place in what remains keeps its line and column. A text that cannot be
skimmed with certainty (an unclosed string or block) is left as it is, for the parser to complain about.
"""

from __future__ import annotations

import re

from landrules.lang.quotes import COMMENT, QUOTED, TITLE

_WORDS = re.compile(rf'{QUOTED}|{TITLE}|{COMMENT}|[{{｛]|[}}｝]|"|\n')
_TEST = re.compile(r"^[^\S\n]*(?:test|测试)(?!\w)", re.M)


def without_tests(text: str) -> str:
    """The text with its top-level test blocks as blanks.

    >>> without_tests('rule a { }\\ntest zh "x" en "x" { on 2026-01-01 }\\nrule b { }').split()
    ['rule', 'a', '{', '}', 'rule', 'b', '{', '}']
    """
    starts = {m.start(): m.end() for m in _TEST.finditer(text)}
    if not starts:
        return text
    cuts: list[tuple[int, int]] = []
    depth, line, opened = 0, 0, -1
    if line in starts:
        opened = line
    for found in _WORDS.finditer(text):
        word = found.group()
        if word == '"':
            return text
        if word == "\n":
            line = found.end()
            if depth == 0 and line in starts:
                opened = line
        elif word in "{｛":
            depth += 1
        elif word in "}｝":
            depth -= 1
            if depth < 0:
                return text
            if depth == 0 and opened >= 0:
                cuts.append((opened, found.end()))
                opened = -1
    if depth:
        return text
    for start, end in cuts:
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return text
