"""Lines of a terminal: styled pieces of text, folded by columns, East Asian characters counting two.

Chinese has no spaces: a line may be folded between any two of its characters, except before closing punctuation and
after opening punctuation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal

from landrules.base.diagnostic import columns
from landrules.base.frozen import frozen
from landrules.render.safe import neutral

Style = Literal["", "strong", "deny", "indeterminate", "refer", "conditional", "permit", "faint"]

_NEVER_FIRST = frozenset("，。、；：？！）》〉】”’…,.;:?!)]}%")
_NEVER_LAST = frozenset("（《〈【“‘([{")
_UNIT_STARTS = frozenset("m公亩h元万日")


@frozen
class Line:
    """A line of output: runs of (text, style), first columns of indent, and further indent of the lines it folds into.

    Text may come from data; it is made harmless when the line is drawn.
    """

    runs: tuple[tuple[str, Style], ...]
    indent: int = 0
    hang: int = 0


def line(*runs: str | tuple[str, Style], indent: int = 0, hang: int = 0) -> Line:
    """A line of plain or styled runs."""
    return Line(tuple((run, "") if isinstance(run, str) else run for run in runs), indent, hang)


def drawn(lines: Iterable[Line], width: int | None, colour: bool) -> str:
    """The lines as text: folded at `width` columns where one is given, in colours where asked.

    rich is imported only for colours.
    """
    folded = [row for item in lines for row in _folded(item, width)]
    if not colour:
        return "".join("".join(text for text, _ in row).rstrip() + "\n" for row in folded)
    return _coloured(folded)


def fold(text: str, width: int) -> list[str]:
    """One text folded at a number of columns, at least 16.

    >>> fold("占用永久基本农田。", 16)
    ['占用永久基本农', '田。']
    """
    return ["".join(part for part, _ in row) for row in _folded(Line(((text, ""),)), width)]


def display_width(text: str) -> int:
    """Terminal columns of a text."""
    return sum(columns(char) for char in text)


_Row = list[tuple[str, Style]]


def _folded(item: Line, width: int | None) -> list[_Row]:
    cells = [(char, style) for text, style in item.runs for char in neutral(text)]
    if width is None:
        return [_row(item.indent, cells)]
    rows: list[_Row] = []
    current: list[tuple[str, Style]] = []
    used, room = 0, max(16, width - item.indent)
    for word in _words(cells):
        wide = sum(columns(char) for char, _ in word)
        if current and used + wide > room:
            rows.append(_row(item.indent + (item.hang if rows else 0), current))
            current, used, room = [], 0, max(16, width - item.indent - item.hang)
            if word[0][0] == " ":
                continue
        current += word
        used += wide
    return [*rows, _row(item.indent + (item.hang if rows else 0), current)]


def _words(cells: list[tuple[str, Style]]) -> Iterator[list[tuple[str, Style]]]:
    """Runs of cells that stay together."""
    word: list[tuple[str, Style]] = []
    for cell in cells:
        if word and _may_break("".join(char for char, _ in word[-2:]), cell[0]):
            yield word
            word = []
        word.append(cell)
    if word:
        yield word


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end after `before` (the last two characters); a number keeps its unit."""
    last = before[-1]
    if after == " ":
        return last != " " and not last.isdigit()
    if last == " ":
        return not (before[0].isdigit() and after in _UNIT_STARTS)
    if after in _NEVER_FIRST or last in _NEVER_LAST:
        return False
    return columns(last) == 2 or columns(after) == 2


def _row(indent: int, cells: list[tuple[str, Style]]) -> _Row:
    runs: _Row = [(" " * indent, "")] if indent else []
    for style, group in groupby(cells, key=lambda cell: cell[1]):
        runs.append(("".join(char for char, _ in group), style))
    return runs


_COLOURS: dict[Style, str] = {
    "": "",
    "strong": "bold",
    "deny": "bold red",
    "indeterminate": "bold magenta",
    "refer": "bold yellow",
    "conditional": "bold cyan",
    "permit": "bold green",
    "faint": "dim",
}


def _coloured(rows: list[_Row]) -> str:
    import io

    from rich.console import Console
    from rich.text import Text

    out = io.StringIO()
    console = Console(
        file=out, force_terminal=True, color_system="standard", width=10_000, highlight=False, legacy_windows=False
    )
    for row in rows:
        text = Text(no_wrap=True, overflow="ignore", end="\n")
        for part, style in row:
            text.append(part, _COLOURS[style])
        console.print(text, soft_wrap=True)
    return out.getvalue()
