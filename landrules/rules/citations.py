"""Dates and articles: `effective` and `cites` of any block, read once and in one way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from landrules.base.frozen import frozen
from landrules.base.period import ALWAYS, Period
from landrules.base.source import Span
from landrules.lang import tree as t
from landrules.rules.faults import hint
from landrules.rules.model import Bilingual, Citation, Instrument
from landrules.rules.symbols import Module, find
from landrules.rules.world import World

DIGITS = "零一二三四五六七八九"


@frozen
class Stretch:
    """A period of a block with what is written for it alone, and where."""

    period: Period
    body: tuple[t.Clause, ...]
    span: Span


def citations(body: Iterable[t.Clause], module: Module, world: World) -> tuple[Citation, ...]:
    """The citations of a block, in the order written."""
    return tuple(_citation(c, module, world) for c in body if isinstance(c, t.Cites))


def _citation(node: t.Cites, module: Module, world: World) -> Citation:
    name = ".".join(node.instrument.parts)
    found = find(world.names, module, node.instrument)
    instrument = world.instruments.get(found[0].id) if found and not found[1] else None
    if instrument is None:
        known = [w for w, s in module.visible.items() if s.kind == "instrument"]
        world.faults.add("LR220", node.instrument.span, name=name, **hint(name, known))
        instrument = Instrument(name, Bilingual(name, name), "", ALWAYS)
    if node.status == "example" and (module.id == "cn" or module.id.startswith("cn.")):
        world.faults.add("LR403", node.span, name=name, ruleset=module.id)
    note = Bilingual(node.note.zh, node.note.en) if node.note else None
    return Citation(instrument, article(node.loci), node.status, node.verified_on, note)


def article(loci: Sequence[t.Locus]) -> Bilingual:
    """Articles as they are read aloud in both languages.

    >>> article((t.Locus(44, 2, 1), t.Locus(46)))
    Bilingual(zh='第四十四条第二款第一项、第四十六条', en='article 44 paragraph 2 item 1, article 46')
    """
    return Bilingual("、".join(_locus_zh(x) for x in loci), ", ".join(_locus_en(x) for x in loci))


def _locus_zh(locus: t.Locus) -> str:
    if locus.part:
        return locus.part
    parts = ((locus.article, "条"), (locus.paragraph, "款"), (locus.item, "项"))
    return "".join(f"第{numeral(n)}{word}" for n, word in parts if n is not None)


def _locus_en(locus: t.Locus) -> str:
    if locus.part:
        return f"part {locus.part}"
    parts = (("article", locus.article), ("paragraph", locus.paragraph), ("item", locus.item))
    return " ".join(f"{word} {n}" for word, n in parts if n is not None)


def numeral(number: int) -> str:
    """A whole number below ten thousand in Chinese numerals, as articles are numbered.

    >>> [numeral(n) for n in (5, 10, 15, 44, 105, 1242)]
    ['五', '十', '十五', '四十四', '一百零五', '一千二百四十二']
    """
    if number == 0 or number >= 10_000:
        return str(number)
    text = ""
    gap = False
    for size, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + word
            gap = False
        else:
            gap = bool(text)
    return text[1:] if text.startswith("一十") else text


def period_of(node: t.PeriodNode) -> Period:
    """A written period; one that ends before it starts was told when it was read."""
    return Period(node.start, node.end)


def own_period(body: Sequence[t.Clause], world: World) -> Period | None:
    """The period of a whole block (`effective` without a body), or `None` where none is written."""
    found = [c for c in body if isinstance(c, t.Effective) and c.body is None]
    for extra in found[1:]:
        world.faults.add("LR412", extra.span, clause_zh="施行", clause_en="effective")
    return period_of(found[0].period) if found else None


def stretches(body: Sequence[t.Clause]) -> tuple[Stretch, ...]:
    """The dated parts of a block (`effective … { … }`), in the order written."""
    found = [c for c in body if isinstance(c, t.Effective) and c.body is not None]
    return tuple(Stretch(period_of(c.period), c.body or (), c.span) for c in found)


def undated(body: Sequence[t.Clause]) -> tuple[t.Clause, ...]:
    """What a block says outside its dated parts and its dates."""
    return tuple(c for c in body if not isinstance(c, t.Effective))


def no_overlap(dated: Sequence[tuple[Period, Span]], what_zh: str, what_en: str, world: World) -> None:
    """Two values may not be in force on one day; days between two values on which none is are a warning."""
    names = {"what_zh": what_zh, "what_en": what_en}
    met = False
    meeting = _meeting([p for p, _ in dated])
    for n, (two, span) in [(n, dated[n]) for n in meeting]:
        one = next((dated[k][0] for k in meeting if k < n and dated[k][0].meets(two)), None)
        if one is not None:
            met = True
            texts = {"one": read(one)[0], "two": read(two)[0], "one_en": read(one)[1], "two_en": read(two)[1]}
            world.faults.add("LR405", span, **texts, **names)
    if not met:
        for after, before, span in silent(dated):
            world.faults.warn("LR406", span, after=after, before=before, **names)


def _meeting(periods: Sequence[Period]) -> tuple[int, ...]:
    """The places of the periods that meet another one, in the order given."""
    order = sorted(range(len(periods)), key=lambda n: periods[n].start or date.min)
    found: set[int] = set()
    latest = order[0] if order else 0
    for before, n in pairwise(order):
        found.update(pair for k in (before, latest) if periods[k].meets(periods[n]) for pair in (k, n))
        if (periods[n].end or date.max) > (periods[latest].end or date.max):
            latest = n
    return tuple(sorted(found))


def silent(dated: Sequence[tuple[Period, Span]]) -> tuple[tuple[date, date, Span], ...]:
    """Stretches of days between periods that lie in none of them: the day before, the day after, what begins there."""
    found: list[tuple[date, date, Span]] = []
    latest: date | None = date.min
    for period, span in sorted(dated, key=lambda d: d[0].start or date.min):
        if latest is None:
            break
        if latest > date.min and period.start is not None and (period.start - latest).days > 1:
            found.append((latest, period.start, span))
        latest = None if period.end is None else max(latest, period.end)
    return tuple(found)


def read(period: Period) -> tuple[str, str]:
    """A period in words, Chinese and English."""
    if period == ALWAYS:
        return "不限日期", "always"
    zh = "".join((f"自 {period.start}" if period.start else "", f" 至 {period.end}" if period.end else "")).strip()
    en = " ".join(
        x for x in (f"from {period.start}" if period.start else "", f"to {period.end}" if period.end else "") if x
    )
    return zh, en
