"""Drive the parser over a text, past its mistakes.

At a mistake that has one likely repair the parser is fed the repaired word and goes on. At any other it is unwound to
the nearest open block, text is passed over up to the next word that can begin a clause there, and parsing goes on: so
one file yields all its mistakes, and a tree of what could be read. Mistakes that follow a repair on the same line are
its echo and are not reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, cast

from lark import Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedToken
from lark.parsers.lalr_analysis import Shift

from landrules.lang.grammar import parser, table
from landrules.lang.keywords import spelled_terminals
from landrules.lang.mistakes import Mistake, Stop, diagnose

BROKEN = "\x00"
"""The name of a block whose head could not be read; such a block is never part of a document."""

_BLOCKS = ("clause", "test_item", "item")
_HEADS: dict[str, tuple[tuple[str, str], ...]] = {
    "clause": (("EXCEPT", "except"), ("NAME", BROKEN)),
    "item": (("RULE", "rule"), ("NAME", BROKEN)),
    "test": (("TEST", "test"), ("ZH", "zh"), ("STRING", '"\\u0000"')),
}
_SCAN = re.compile(r'"(?:[^"\\\n]|\\.)*"|《[^》\n]+》|#[^\n]*|\n|[{｛]|[}｝]|\w+|[^\S\n]+|.')
_NAME = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parse tree of what could be read, every mistake on the way, and the tokens taken."""

    tree: Tree[Token] | None
    mistakes: tuple[Mistake, ...]
    tokens: tuple[Token, ...]


def drive(text: str, start: str) -> Parsed:
    """Parse a text from a start rule."""
    return _Drive(text, start).run()


@dataclass(slots=True)
class _Drive:
    text: str
    start: str
    pos: int = 0
    taken: list[Token] = field(default_factory=list)
    opened: list[Token] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    repaired_line: int = -1
    passes: int = 0
    session: Any = None

    def run(self) -> Parsed:
        self.session = parser().parse_interactive(self.text, start=self.start)
        while True:
            stop = self._go()
            if stop is None:
                return self._done(self.session.feed_eof(self.taken[-1] if self.taken else None))
            if not self._mend(stop):
                return self._done(None)

    def _done(self, tree: Any) -> Parsed:
        return Parsed(cast("Tree[Token] | None", tree), tuple(self.mistakes), tuple(self.taken))

    def _go(self) -> Stop | None:
        """Parse on from here, up to the end or to a word that does not fit."""
        lexing = self.session.lexer_thread
        state = self.session.parser_state
        lexing.state.line_ctr.char_pos = self.pos
        try:
            for token in lexing.lex(state):
                fitting = self._fitting(token)
                if fitting is None:
                    return self._stop(token.start_pos, token)
                self._feed(fitting)
                self.pos = token.end_pos
        except UnexpectedToken as wrong:
            return self._stop(cast(int, wrong.token.start_pos), wrong.token)
        except UnexpectedCharacters as wrong:
            return self._stop(cast(int, wrong.pos_in_stream), None)
        if self._accepts("$END"):
            return None
        return self._stop(len(self.text), None)

    def _feed(self, token: Token) -> None:
        self.session.feed_token(token)
        self.taken.append(token)
        if token.type in ("_LPAR", "_LBRACE", "_LSQB"):
            self.opened.append(token)
        elif token.type in ("_RPAR", "_RBRACE", "_RSQB") and self.opened:
            self.opened.pop()

    def _fitting(self, token: Token) -> Token | None:
        """The token as it can stand here: a keyword that has no place here is a name where names may stand."""
        if self._accepts(token.type):
            return token
        if _NAME.fullmatch(token) and self._accepts("NAME"):
            return Token.new_borrow_pos("NAME", str(token), token)
        return None

    def _accepts(self, terminal: str) -> bool:
        return accepts(self.session.parser_state.state_stack, terminal)

    def _stop(self, pos: int, token: Token | None) -> Stop:
        stack = self.session.parser_state.state_stack
        expected = {t for t in table()[stack[-1]] if (t.isupper() or t == "$END") and self._accepts(t)}
        return Stop(self.text, pos, token, tuple(self.taken[-3:]), frozenset(expected), tuple(self.opened))

    def _mend(self, stop: Stop) -> bool:
        """Report a stop and get past it; false where nothing more can be read."""
        mistake = diagnose(stop)
        line = self.text.count("\n", 0, stop.pos)
        if line != self.repaired_line:
            self.mistakes.append(mistake)
        self.passes += 1
        if self.passes > len(self.text) + 10:
            return False
        if mistake.repair is not None:
            feed, resume = mistake.repair
            if all(self._give(type_, value, stop.pos) for type_, value in feed):
                if resume > stop.pos:
                    self.repaired_line = line
                self.pos = resume
                return True
        return self._resynchronise(stop.pos if mistake.again is None else mistake.again)

    def _give(self, type_: str, value: str, pos: int) -> bool:
        """Feed a token that is not in the text, where it fits."""
        token = Token(type_, value, start_pos=pos, line=1, column=1, end_line=1, end_column=1, end_pos=pos)
        if not self._accepts(type_):
            return False
        self._feed(token)
        return True

    def _resynchronise(self, start: int) -> bool:
        """Unwind to the innermost open block and go on at the next clause, brace or declaration."""
        if self.start != "start":
            return False
        self._unwind()
        depth, fresh, pos = 0, self._begins_line(start), start
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

    def _begins_line(self, pos: int) -> bool:
        return not self.text[self.text.rfind("\n", 0, pos) + 1 : pos].strip()

    def _block(self) -> str:
        """What the innermost open block holds."""
        entries = table()[self.session.parser_state.state_stack[-1]]
        return next(b for b in _BLOCKS if b in entries)

    def _unwind(self) -> None:
        state = self.session.parser_state
        states = table()
        while not any(b in states[state.state_stack[-1]] for b in _BLOCKS):
            state.state_stack.pop()
            dropped = state.value_stack.pop()
            if isinstance(dropped, Token) and dropped.type == "_LBRACE":
                while self.opened.pop().type != "_LBRACE":
                    pass
        while self.opened and self.opened[-1].type != "_LBRACE":
            self.opened.pop()

    def _open_broken(self, resume: int) -> bool:
        """Read the block of a head that could not be read, for the mistakes in it."""
        kind = self._block()
        head = self.text[self.text.rfind("\n", 0, resume - 1) + 1 : resume]
        if kind == "item" and re.match(r"\s*(?:test|测试)(?!\w)", head):
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
        column = pos - (self.text.rfind("\n", 0, pos) + 1)
        return column == 0 and any(t in _DECLARATIONS for t in spelled_terminals(word))

    def _close_blocks(self, resume: int) -> bool:
        """Close every open block, as a missing brace would have."""
        while self._accepts("_RBRACE"):
            self._give("_RBRACE", "}", resume)
        self.pos = resume
        return True


_DECLARATIONS = frozenset(
    [
        "IMPORT",
        "RULESET",
        "INSTRUMENT",
        "LAYER",
        "SCHEME",
        "GRADES",
        "LIST",
        "PARAMETER",
        "ACCOUNT",
        "TABLE",
        "DEFINE",
        "USE_CONTROL",
        "RED_LINE",
        "BALANCE",
        "RULE",
        "EXCEPTION",
        "TEST",
    ]
)


def accepts(stack: list[Any], terminal: str) -> bool:
    """Whether the automaton would take a terminal: reductions are tried out, so merged lookaheads do not mislead."""
    states = table()
    stack = list(stack)
    while (entry := states[stack[-1]].get(terminal)) is not None:
        action, arg = entry
        if action is Shift:
            return True
        if size := len(arg.expansion):
            del stack[-size:]
        target = states[stack[-1]][arg.origin.name][1]
        stack.append(target)
        if terminal == "$END" and target in _ends():
            return True
    return False


def _ends() -> frozenset[Any]:
    ends = parser().parser.parser._parse_table.end_states
    return frozenset(cast("dict[str, Any]", ends).values())
