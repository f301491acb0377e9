"""Where mistakes of authors are put down while a ruleset is read: many per file, in the order of the text.

Every pass adds to one list and goes on; nothing here stops the reading. An expression with a mistake becomes `None`,
and whatever stands on it stays silent, so that one mistake is one message.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import field
from difflib import get_close_matches

from landrules.base.diagnostic import Diagnostic, nearest
from landrules.base.frozen import record
from landrules.base.source import Span

MOST = 200
"""How many mistakes are looked for; whoever has so many corrects them first."""


class EnoughMistakes(Exception):
    """So many mistakes were found that looking for more serves nobody."""


@record
class Faults:
    """The mistakes found so far. Adding one more than `MOST` raises `EnoughMistakes`."""

    found: list[Diagnostic] = field(default_factory=list)
    _seen: dict[tuple[str, int, str], list[Diagnostic]] = field(default_factory=dict)
    _noted: int = 0

    def add(self, code: str, span: Span | None, /, **args: object) -> None:
        """Put down one mistake; the same mistake at the same place is kept once."""
        self._put(Diagnostic(code, args, span))

    def warn(self, code: str, span: Span | None, /, **args: object) -> None:
        """Put down something that is no mistake but worth a second look."""
        self._put(Diagnostic(code, args, span, severity="warning"))

    def _put(self, diagnostic: Diagnostic) -> None:
        for other in self.found[self._noted :]:
            self._seen.setdefault(_place(other), []).append(other)
        self._noted = len(self.found)
        if any(_same(diagnostic, other) for other in self._seen.get(_place(diagnostic), ())):
            return
        if len(self.found) >= MOST:
            raise EnoughMistakes
        self.found.append(diagnostic)

    @property
    def has_errors(self) -> bool:
        """Whether anything but warnings was found."""
        return any(d.severity == "error" for d in self.found)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """All of them by file and place."""
        return tuple(sorted(self.found, key=_place))


def _place(diagnostic: Diagnostic) -> tuple[str, int, str]:
    span = diagnostic.span
    return (span.source.name if span else diagnostic.where, span.start if span else 0, diagnostic.code)


def _same(one: Diagnostic, two: Diagnostic) -> bool:
    return (one.code, one.span, dict(one.args)) == (two.code, two.span, dict(two.args))


def hint(word: str, known: Iterable[str]) -> dict[str, str]:
    """The values `hint_zh` and `hint_en` of a message about an unknown name: the nearest, or the first few known ones.

    Where one name is very near and no other, it is the value `near`, which a repair may put in its place.
    """
    names = sorted(_comparable(word, known if isinstance(known, Collection) else list(known)))
    if near := nearest(word, names):
        told = {"hint_zh": f"是否指“{near}”？", "hint_en": f"did you mean `{near}`?"}
        alone = get_close_matches(word, names, n=2, cutoff=0.8)
        return {**told, "near": near} if alone == [near] else told
    if names and len(names) <= 8:
        return {"hint_zh": "可用的有：" + "、".join(names), "hint_en": "there are: " + ", ".join(names)}
    return {
        "hint_zh": "请核对拼写，或引入声明它的规则集",
        "hint_en": "check the spelling, or import the ruleset that declares it",
    }


_MANY = 2_000


def _comparable(word: str, known: Collection[str]) -> set[str]:
    """The names that a word is compared with: of very many, those that begin alike and are about as long."""
    if len(known) <= _MANY:
        return {k for k in known if k}
    like = {k for k in known if k and k[0] == word[:1] and abs(len(k) - len(word)) <= 2}
    return like if len(like) <= _MANY else set()
