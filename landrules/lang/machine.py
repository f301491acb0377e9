"""The automaton over a text: words are read and shifted, rules are reduced to nodes, up to a word that does not fit.

The tables are Lark's; this loop does what Lark's does, with two differences. A word's reductions are tried out on the
states before anything is built, so at a word that does not fit the stack still stands as it was before that word. And
a keyword that has no place somewhere is a name there, if names may stand.

Nearly all texts have no mistake: `tree_of` reads them in one go and gives up at the first word that does not fit.
"""

from __future__ import annotations

import re
from typing import Union

from landrules.base.frozen import frozen
from landrules.lang.grammar import Reduction, Tables, tables
from landrules.lang.lexing import Lexer, lexer
from landrules.lang.parsetree import Node, Part, Token, token

END = "$END"
Value = Union[Node, Token, list[Part]]
"""What a symbol of the stack stands for: a node, a word, or the parts that an inlined rule hands up."""

Step = tuple[int, tuple[Reduction, ...], Union[int, None]]
"""Where a run of reductions ends, the rules of it that build something, and what the terminal asks for there."""

_CHAINS: dict[tuple[int, int, str], Step] = {}
_NAME = re.compile(r"[^\W\d]\w*")


@frozen
class Halt:
    """A place where reading stopped, and the word there, if it is a word of the language at all."""

    pos: int
    token: Token | None


def tree_of(text: str, start: str) -> tuple[Node, list[Token]] | None:
    """The tree of a text without mistakes and its words; `None` where anything in it needs a second look."""
    machine = Machine(text, start)
    if not machine.hurry() or not machine.accepts(END):
        return None
    return machine.finish(), machine.taken


class Machine:
    """A parse under way: stacks of states and values, with the stretch of text of each value, and the words taken."""

    __slots__ = ("end", "ends", "lexer", "starts", "states", "tables", "taken", "text", "values")

    def __init__(self, text: str, start: str) -> None:
        self.text = text
        self.tables: Tables = tables()
        self.lexer: Lexer = lexer()
        self.states = [self.tables.starts[start]]
        self.end = self.tables.ends[start]
        self.values: list[Value] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.taken: list[Token] = []

    def hurry(self) -> bool:
        """Read the whole text, each word reduced at once; false, and of no more use, where one does not fit."""
        text, size, pos = self.text, len(self.text), 0
        rows, rules, chain = self.tables.states, self.tables.rules, self._chain
        choices, gap, words = self.lexer.choices, self.lexer.gap, self.lexer.words
        states, values, starts, ends, taken = self.states, self.values, self.starts, self.ends, self.taken
        new, build, name = Token.__new__, self._build, _NAME.fullmatch
        while True:
            found = gap(text, pos)
            assert found is not None
            begin, word = found.span(1)[0], found[1]
            state = states[-1]
            choice = choices[state]
            if not word:
                if begin == size:
                    return True
                first = text[begin]
                candidates = choice.by_character.get(first)
                if candidates is None:
                    candidates = choice.at_character(first)
            elif word in words:
                candidates = choice.by_word.get(word)
                if candidates is None:
                    candidates = choice.at_word(word)
            else:
                candidates = choice.by_character.get(word[0])
                if candidates is None:
                    candidates = choice.at_character(word[0])
            for candidate in candidates:
                terminal, match = candidate
                if match is None:
                    pos = begin + len(word)
                    break
                if (matched := match(text, begin)) is not None:
                    pos = matched.end()
                    break
            else:
                return False
            taking = new(Token, text[begin:pos])
            taking.start_pos = begin
            taking.end_pos = pos
            action = rows[state].get(terminal)
            if action is None and name(taking):
                terminal = "NAME"
                action = rows[state].get(terminal)
            taking.type = terminal
            while action is not None and action < 0:
                rule = rules[~action]
                if rule.size == 1:
                    states[-1], built, action = chain(states[-2], states[-1], terminal)
                    for rule in built:
                        build(rule)
                else:
                    build(rule)
                    if rule.size:
                        del states[-rule.size :]
                    target = rows[states[-1]][rule.symbol]
                    states.append(target)
                    action = rows[target].get(terminal)
            if action is None:
                return False
            states.append(action)
            values.append(taking)
            starts.append(begin)
            ends.append(pos)
            taken.append(taking)

    def run(self, pos: int) -> Halt | None:
        """Read on from a place to the end of the text; where a word does not fit, that place."""
        text, size = self.text, len(self.text)
        rows, choices, gap, words = self.tables.states, self.lexer.choices, self.lexer.gap, self.lexer.words
        states, values, starts, ends, taken = self.states, self.values, self.starts, self.ends, self.taken
        new = Token.__new__
        while True:
            found = gap(text, pos)
            assert found is not None
            begin, word = found.start(1), found[1]
            choice = choices[states[-1]]
            if not word:
                if begin == size:
                    return None if self.accepts(END) else Halt(size, None)
                first = text[begin]
                candidates = choice.by_character.get(first)
                if candidates is None:
                    candidates = choice.at_character(first)
            elif word in words:
                candidates = choice.by_word.get(word)
                if candidates is None:
                    candidates = choice.at_word(word)
            else:
                candidates = choice.by_character.get(word[0])
                if candidates is None:
                    candidates = choice.at_character(word[0])
            for candidate in candidates:
                terminal, match = candidate
                if match is None:
                    pos = found.end()
                    break
                if (matched := match(text, begin)) is not None:
                    pos = matched.end()
                    break
            else:
                return self._unknown(begin, word)
            taking = new(Token, text[begin:pos])
            taking.type = terminal
            taking.start_pos = begin
            taking.end_pos = pos
            action = rows[states[-1]].get(terminal)
            if action is None or action < 0:
                action = self._reduce(terminal)
                if action < 0:
                    action = self._reduce("NAME") if _NAME.fullmatch(taking) else -1
                    if action < 0:
                        return Halt(begin, taking)
                    taking.type = "NAME"
            states.append(action)
            values.append(taking)
            starts.append(begin)
            ends.append(pos)
            taken.append(taking)

    def give(self, given: Token) -> bool:
        """Take a word that is not in the text, if it fits."""
        action = self._reduce(given.type)
        if action < 0:
            return False
        self.states.append(action)
        self.values.append(given)
        self.starts.append(given.start_pos)
        self.ends.append(given.end_pos)
        self.taken.append(given)
        return True

    def finish(self) -> Node:
        """The whole tree, at an end that fits."""
        self._reduce(END)
        (whole,) = self.values
        assert isinstance(whole, Node)
        return whole

    def pop(self) -> Value:
        """Take back the last symbol."""
        self.states.pop()
        self.starts.pop()
        self.ends.pop()
        return self.values.pop()

    def accepts(self, terminal: str) -> bool:
        """Whether a terminal fits. Reductions are tried out, so merged lookaheads do not mislead."""
        return self._try(terminal)[0] >= 0

    def _unknown(self, begin: int, word: str) -> Halt:
        """A word that no terminal of the state matches; perhaps it is one elsewhere."""
        found = self.lexer.anything.match(self.text, begin, word)
        return Halt(begin, None if found is None else token(found[0], self.text[begin : found[1]], begin, found[1]))

    def _try(self, terminal: str) -> tuple[int, int, list[int], list[Reduction]]:
        """What a terminal would do: the state it leads to (-1 where it does not fit; the end counts as one), how many
        states stay, those that come on top, and the rules that build something."""
        rows, rules, states = self.tables.states, self.tables.rules, self.states
        stay, top, built = len(states), list[int](), list[Reduction]()
        action = rows[states[-1]].get(terminal)
        while action is not None and action < 0:
            rule = rules[~action]
            size = rule.size
            if size == 1:
                if top:
                    last = top.pop()
                else:
                    stay -= 1
                    last = states[stay]
                target, more, action = self._chain(top[-1] if top else states[stay - 1], last, terminal)
                top.append(target)
                if more:
                    built += more
            else:
                built.append(rule)
                if size <= len(top):
                    if size:
                        del top[-size:]
                else:
                    stay -= size - len(top)
                    top.clear()
                target = rows[top[-1] if top else states[stay - 1]][rule.symbol]
                top.append(target)
                action = rows[target].get(terminal)
            if target == self.end and terminal == END:
                return target, stay, top, built
        return (-1 if action is None else action), stay, top, built

    def _chain(self, below: int, last: int, terminal: str) -> Step:
        """The reductions of one part each that a terminal asks for in a state above another, one after the other."""
        key = (below, last, terminal)
        found = _CHAINS.get(key)
        if found is None:
            rows, rules = self.tables.states, self.tables.rules
            built: list[Reduction] = []
            action = rows[last].get(terminal)
            while action is not None and action < 0 and rules[~action].size == 1:
                rule = rules[~action]
                if not rule.passes:
                    built.append(rule)
                last = rows[below][rule.symbol]
                action = None if last in self.tables.ends.values() and terminal == END else rows[last].get(terminal)
            found = _CHAINS[key] = (last, tuple(built), action)
        return found

    def _reduce(self, terminal: str) -> int:
        """Reduce all that a terminal asks for; the state it leads to, or -1 where it does not fit and nothing is done."""
        action, stay, top, built = self._try(terminal)
        if action >= 0:
            if top:
                del self.states[stay:]
                self.states += top
            for rule in built:
                self._build(rule)
        return action

    def _build(self, rule: Reduction) -> None:
        """Make one value of the last ones, by a rule."""
        values, starts, ends = self.values, self.starts, self.ends
        size, kept = rule.size, rule.kept
        if size == 1 and kept:
            last = values[-1]
            if not isinstance(last, list):
                if not (rule.inlined or rule.lone):
                    values[-1] = Node(rule.data, [last], starts[-1], ends[-1])
                return
        base = len(values) - size
        parts: list[Part] = []
        for n, _ in kept:
            value = values[base + n]
            if not isinstance(value, list):
                parts.append(value)
            elif parts:
                parts += value
            else:
                parts = value
        start, end = (starts[base], ends[-1]) if size else (-1, -1)
        if size and (start < 0 or end < 0):
            start = next((s for s in starts[base:] if s >= 0), -1)
            end = next((e for e in reversed(ends[base:]) if e >= 0), -1)
        made: Value
        if rule.inlined:
            made = parts[0] if len(parts) == 1 else parts
        elif rule.lone and len(parts) == 1:
            made = parts[0]
        else:
            made = Node(rule.data, parts, start, end)
        if size:
            values[base:] = (made,)
            starts[base:] = (start,)
            ends[base:] = (end,)
        else:
            values.append(made)
            starts.append(start)
            ends.append(end)
