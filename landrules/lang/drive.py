"""Drive the parser over a text, past its mistakes.

At a mistake that has one likely repair the parser is fed the repaired word and goes on. At any other it is unwound to
the nearest open block, text is passed over up to the next word that can begin a clause there, and parsing goes on: so
one file yields all its mistakes, and a tree of what could be read. Mistakes that follow a repair on the same line are
its echo and are not reported.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from landrules.base.frozen import frozen
from landrules.lang.keywords import KEYWORDS, spelled_terminals
from landrules.lang.machine import END, Halt, Machine, tree_of
from landrules.lang.mistakes import MOST, Mistake, Stop, diagnose
from landrules.lang.parsetree import Node, Token, token
from landrules.lang.quotes import COMMENT, QUOTED, TITLE

BROKEN = "\x00"
"""The name of a block whose head could not be read; such a block is never part of a document."""

_STUCK = 60
_COUNTED = 25 * MOST
_BLOCKS = ("clause", "test_item", "item")
_HEADS: dict[str, tuple[tuple[str, str], ...]] = {
    "clause": (("EXCEPT", "except"), ("NAME", BROKEN)),
    "item": (("RULE", "rule"), ("NAME", BROKEN)),
    "test": (("TEST", "test"), ("ZH", "zh"), ("STRING", '"\\u0000"')),
}
_SCAN = re.compile(rf"{QUOTED}|{TITLE}|{COMMENT}|\n|[{{｛]|[}}｝]|\w+|[^\S\n]+|.")
_BLANKS = re.compile(r"[^\S\n]*")
_TEST = re.compile(r"(?:test|测试)(?!\w)")
_OPENING = frozenset({"_LPAR", "_LBRACE", "_LSQB"})
_CLOSING = frozenset({"_RPAR", "_RBRACE", "_RSQB"})


@frozen
class Parsed:
    """A parse tree of what could be read, every mistake on the way, and the tokens taken.

    `untold` is how many places at least with mistakes are not among `mistakes`, and the first of them.
    """

    tree: Node | None
    mistakes: tuple[Mistake, ...]
    tokens: tuple[Token, ...]
    untold: tuple[int, int] = (0, 0)


def drive(text: str, start: str) -> Parsed:
    """Parse a text from a start rule."""
    if (whole := tree_of(text, start)) is not None:
        return Parsed(whole[0], (), tuple(whole[1]))
    return _Drive(text, start, Machine(text, start)).run()


@dataclass(slots=True)
class _Drive:
    text: str
    start: str
    machine: Machine
    pos: int = 0
    seen: int = 0
    opened: list[Token] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    untold: int = 0
    first_untold: int = 0
    repaired_line: int = -1
    passes: int = 0
    stuck: tuple[int, int] = (-1, 0)
    lines: list[int] = field(default_factory=list)
    beginning: tuple[int, int] = (-1, 0)

    def run(self) -> Parsed:
        while (halt := self.machine.run(self.pos)) is not None:
            if not self._mend(halt):
                return self._done(None)
        return self._done(self.machine.finish())

    def _done(self, tree: Node | None) -> Parsed:
        return Parsed(tree, tuple(self.mistakes), tuple(self.machine.taken), (self.untold, self.first_untold))

    def _stop(self, halt: Halt) -> Stop:
        machine = self.machine
        row = machine.tables.states[machine.states[-1]]
        expected = frozenset(t for t in row if (t.isupper() or t == END) and machine.accepts(t))
        return Stop(self.text, halt.pos, halt.token, tuple(machine.taken[-3:]), expected, tuple(self.opened))

    def _accepts(self, terminal: str) -> bool:
        return self.machine.accepts(terminal)

    def _count_brackets(self) -> None:
        """Note the brackets among the words taken since the last time."""
        for one in self.machine.taken[self.seen :]:
            if one.type in _OPENING:
                self.opened.append(one)
            elif one.type in _CLOSING and self.opened:
                self.opened.pop()
        self.seen = len(self.machine.taken)

    def _line(self, pos: int) -> int:
        """The line of a place, from 0."""
        if not self.lines:
            self.lines = [0, *(found.end() for found in re.finditer("\n", self.text))]
        return bisect_right(self.lines, pos) - 1

    def _mend(self, halt: Halt) -> bool:
        """Report a halt and get past it; false where nothing more can be read."""
        self._count_brackets()
        line = self._line(halt.pos)
        last, times = self.stuck
        self.stuck = (halt.pos, times + 1 if last == halt.pos else 1)
        if self.stuck[1] > _STUCK:
            return False
        self.passes += 1
        if len(self.mistakes) >= MOST or self.passes > 3 * MOST:
            self.first_untold = self.first_untold or halt.pos
            self.untold += 1
            return self.untold < _COUNTED and self._resynchronise(halt.pos)
        mistake = diagnose(self._stop(halt))
        if line != self.repaired_line:
            self.mistakes.append(mistake)
        if mistake.repair is not None:
            feed, resume = mistake.repair
            if all(self._give(type_, value, halt.pos) for type_, value in feed):
                if resume > halt.pos:
                    self.repaired_line = line
                self.pos = resume
                return True
        return self._resynchronise(halt.pos if mistake.again is None else mistake.again)

    def _give(self, type_: str, value: str, pos: int) -> bool:
        """Feed a token that is not in the text, where it fits."""
        given = self.machine.give(token(type_, value, pos, pos))
        self._count_brackets()
        return given

    def _resynchronise(self, start: int) -> bool:
        """Unwind to the innermost open block and go on at the next clause, brace or declaration."""
        if self.start != "start":
            return False
        self._unwind()
        depth, fresh, pos = 0, self._beginning(start) >= start, start
        for match in _SCAN.finditer(self.text, start):
            word, pos = match[0], match.start()
            if word == "\n":
                fresh = True
            elif word in "{｛":
                if depth == 0 and self._block() != "test_item":
                    return self._open_broken(match.end())
                depth += 1
            elif word in "}｝":
                if depth == 0:
                    return self._at_brace(match)
                depth -= 1
                fresh = True
            elif not word.isspace() and word[0] not in "#":
                if fresh and depth == 0 and any(self._accepts(t) for t in spelled_terminals(word)):
                    self.pos = pos
                    return True
                if fresh and self._is_declaration(word, pos):
                    return self._close_blocks(pos)
                fresh = False
        return self._close_blocks(len(self.text))

    def _beginning(self, pos: int) -> int:
        """Where the first word of a place's line stands."""
        line = self._line(pos)
        if self.beginning[0] != line:
            found = _BLANKS.match(self.text, self.lines[line])
            assert found is not None
            self.beginning = (line, found.end())
        return self.beginning[1]

    def _block(self) -> str:
        """What the innermost open block holds."""
        entries = self.machine.tables.states[self.machine.states[-1]]
        return next(b for b in _BLOCKS if b in entries)

    def _unwind(self) -> None:
        machine = self.machine
        rows = machine.tables.states
        while not any(b in rows[machine.states[-1]] for b in _BLOCKS):
            machine.pop()
        self.opened = [v for v in machine.values if isinstance(v, Token) and v.type in _OPENING]

    def _open_broken(self, resume: int) -> bool:
        """Read the block of a head that could not be read, for the mistakes in it."""
        kind = self._block()
        if kind == "item" and _TEST.match(self.text, self._beginning(resume - 1)):
            kind = "test"
        for type_, value in (*_HEADS[kind], ("_LBRACE", "{")):
            self._give(type_, value, resume - 1)
        self.pos = resume
        return True

    def _at_brace(self, match: re.Match[str]) -> bool:
        """Close the block, or pass over a brace that closes nothing."""
        self.pos = match.start() if self._accepts("_RBRACE") else match.end()
        return True

    def _is_declaration(self, word: str, pos: int) -> bool:
        at_margin = self.lines[self._line(pos)] == pos
        return at_margin and any(t in _DECLARATIONS for t in spelled_terminals(word))

    def _close_blocks(self, resume: int) -> bool:
        """Close every open block, as a missing brace would have."""
        while self._accepts("_RBRACE"):
            self._give("_RBRACE", "}", resume)
        self.pos = resume
        return True


_DECLARATIONS = frozenset(k.terminal for k in KEYWORDS if k.group == "declaration")
