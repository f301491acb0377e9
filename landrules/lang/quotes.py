"""Stretches of text in which braces, signs and words mean nothing: quoted texts, titles in 《》, comments.

The patterns stop at the end of a line and never try a stretch twice, so text that never closes costs no more than text
that does.
"""

from __future__ import annotations

QUOTED = r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
TITLE = r"《[^《》\n]+》"
COMMENT = r"#[^\n]*"
