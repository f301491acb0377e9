"""A rule book as one HTML page: sentences, sources, values over time, tests, and indexes by article, layer and level.

Everything from files is text and goes through `element`, which escapes it; nothing is fetched from anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from landrules.base.diagnostic import Lang
from landrules.book.entries import Book, BookEntry, Dated, Part, Source, Tested
from landrules.book.passage import Passage, number
from landrules.book.stylesheet import CSS, SCRIPT
from landrules.render.element import Html, element, joined
from landrules.render.stylesheet import CSS as HOUSE


def page(book: Book) -> str:
    """The whole page."""
    say = _voice(book.lang)
    rules = sum(e.is_norm for e in book.entries)
    count = say(
        f"{rules}条规则，{len(book.entries) - rules}项参数、表和定义",
        f"{rules} rules, {len(book.entries) - rules} parameters, tables and definitions",
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", book.title),
        element("style", Html(HOUSE + CSS)),
    )
    search = element(
        "p",
        element(
            "input",
            id="find",
            type="search",
            placeholder=say("查找：规则、条文、字词", "Find: a rule, an article, a word"),
            aria_label=say("查找", "Find"),
        ),
        element("output", id="found", data_count=say("找到 # 项", "# found")),
        class_="search",
    )
    body = element(
        "body",
        element("header", element("h1", book.title), element("p", count), element("p", _legend(say)), search),
        element("nav", element("h2", say("目录", "Contents")), element("ol", *(_listed(p) for p in book.parts))),
        *(_part(p, book.lang) for p in book.parts),
        _indexes(book),
        element("script", Html(SCRIPT)),
    )
    lang = "zh-CN" if book.lang == "zh" else "en"
    return f"<!DOCTYPE html>\n{element('html', head, body, lang=lang)}\n"


Say = Callable[[str, str], str]


def _voice(lang: Lang) -> Say:
    return lambda zh, en: zh if lang == "zh" else en


def _legend(say: Say) -> Html:
    states = (
        ("verified", say("已核对", "verified"), say("条文已对照原文", "the article was read")),
        (
            "partly",
            say("部分核对", "partly verified"),
            say("只核对了一部分，交由人裁量", "read in part: a person decides"),
        ),
        ("unverified", say("未核对", "not verified"), say("没有读到原文，交由人裁量", "not read: a person decides")),
        ("example", say("虚构示例", "invented example"), say("为示例而编", "made up for an example")),
    )
    told = [joined((element("span", word, class_=f"state {name}"), f" {meaning}")) for name, word, meaning in states]
    return joined(told, say("；", "; "))


def _listed(part: Part) -> Html:
    rules = [element("li", element("a", e.title, href=f"#{e.anchor}")) for e in part.entries if e.is_norm]
    others = [e for e in part.entries if not e.is_norm]
    more = [element("li", element("a", f"{e.kind} · {e.title}", href=f"#{e.anchor}"), class_="note") for e in others]
    return element("li", element("b", element("a", part.title, href=f"#{part.anchor}")), element("ul", *rules, *more))


def _part(part: Part, lang: Lang) -> Html:
    say = _voice(lang)
    note = f"{part.id} · {part.level}" + (f" · {say('版本', 'version')} {part.version}" if part.version else "")
    return element(
        "section",
        element("h2", part.title),
        element("p", note, class_="note"),
        *(_entry(e, lang) for e in part.entries),
        class_="part",
        id=part.anchor,
    )


def _entry(entry: BookEntry, lang: Lang) -> Html:
    say = _voice(lang)
    said = [_passage(p, lang, 0) for p in entry.passages]
    return element(
        "article",
        element(
            "h3",
            entry.title,
            element("span", entry.kind, class_="tag"),
            element("span", entry.level, class_="tag") if entry.is_norm else None,
        ),
        element("code", entry.id, class_="rule"),
        element("div", *said, class_="said"),
        _sources(entry.sources, say),
        _values(entry, say),
        _tests(entry.tests, say) if entry.is_norm else None,
        _written(entry, say),
        class_="entry norm" if entry.is_norm else "entry",
        id=entry.anchor,
    )


def _passage(passage: Passage, lang: Lang, depth: int) -> Html:
    return joined((element("p", passage.text), _under(passage, lang, depth)))


def _under(passage: Passage, lang: Lang, depth: int) -> Html | None:
    if not passage.items and not passage.after:
        return None
    inner = depth + 1 if passage.numbered else depth
    lists = []
    if passage.items:
        rows = [_item(p, lang, i, depth, inner, numbered=passage.numbered) for i, p in enumerate(passage.items, 1)]
        lists.append(element("ol" if passage.numbered else "ul", *rows))
    if passage.after:
        lists.append(element("ul", *(_item(p, lang, 0, depth, inner, numbered=False) for p in passage.after)))
    return joined(lists)


def _item(passage: Passage, lang: Lang, position: int, depth: int, inner: int, *, numbered: bool) -> Html:
    under = _under(passage, lang, inner)
    if not numbered:
        return element("li", passage.text, under)
    return element(
        "li",
        element("span", number(position, depth, lang), class_="mark"),
        element("div", passage.text, under),
        class_="n",
    )


def _sources(sources: Sequence[Source], say: Say) -> Html | None:
    if not sources:
        return None
    rows = [
        element(
            "li",
            x.where,
            element("span", x.status_word + (f" {x.verified_on}" if x.verified_on else ""), class_=f"state {x.status}"),
        )
        for x in sources
    ]
    return joined((element("h4", say("依据", "Sources")), element("ul", *rows, class_="sources")))


def _values(entry: BookEntry, say: Say) -> Html | None:
    if not entry.values:
        return None
    keyed = any(v.keys for v in entry.values)
    heads = [
        *([say("情形", "Case")] if keyed else []),
        say("取值", "Value"),
        say("时间", "When"),
        say("依据", "Source"),
    ]
    rows = [element("tr", *(element("td", c) for c in _cells(v, keyed=keyed))) for v in entry.values]
    table = element(
        "table", element("thead", element("tr", *(element("th", h) for h in heads))), element("tbody", *rows)
    )
    return joined((element("h4", say("取值与时间", "Values over time")), element("div", table, class_="scroll")))


def _cells(value: Dated, *, keyed: bool) -> tuple[str, ...]:
    return (*((value.keys,) if keyed else ()), value.value, value.period, value.source)


def _tests(tests: Sequence[Tested], say: Say) -> Html:
    if not tests:
        return element("p", say("没有测试说到这条规则。", "No test speaks of this rule."), class_="note")
    words = {
        True: (say("通过", "passed"), "passed"),
        False: (say("失败", "failed"), "failed"),
        None: (say("未运行", "not run"), "note"),
    }
    rows = [
        element(
            "tr",
            element("td", x.title),
            element("td", x.day, class_="short"),
            element("td", x.expects),
            element("td", words[x.passed][0], class_=words[x.passed][1] + " short"),
        )
        for x in tests
    ]
    heads = (say("测试", "Test"), say("日期", "Day"), say("预期", "Expected"), say("结果", "Result"))
    table = element(
        "table", element("thead", element("tr", *(element("th", h) for h in heads))), element("tbody", *rows)
    )
    failed = sum(x.passed is False for x in tests)
    title = say(
        f"测试（{len(tests)}项{f'，{failed}项失败' if failed else ''}）",
        f"Tests ({len(tests)}{f', {failed} failed' if failed else ''})",
    )
    return element(
        "details", element("summary", title), element("div", table, class_="scroll"), open="" if failed else None
    )


def _written(entry: BookEntry, say: Say) -> Html:
    lines = joined(entry.text.split("\n"), "\n")
    return element("details", element("summary", say("规则原文", "As it is written")), element("pre", lines))


# --------------------------------------------------------------------------- indexes


def _indexes(book: Book) -> Html:
    say = _voice(book.lang)
    return element(
        "section",
        element("h2", say("索引", "Indexes")),
        *_index(say("按条文", "By article"), _by_article(book)),
        *_index(say("按图层", "By layer"), _grouped((layer, e) for e in book.entries for layer in e.layers)),
        *_index(say("按级别", "By level"), _grouped((e.level, e) for e in book.entries if e.is_norm)),
        class_="index",
    )


Rows = Sequence[tuple[str, Sequence[tuple[str, BookEntry]]]]


def _index(title: str, rows: Rows) -> tuple[Html, ...]:
    if not rows:
        return ()
    items: list[Html] = []
    for head, entries in rows:
        items.append(element("dt", head))
        items += [
            element("dd", f"{prefix} " if prefix else None, element("a", e.title, href=f"#{e.anchor}"))
            for prefix, e in entries
        ]
    return element("h3", title), element("dl", *items)


def _by_article(book: Book) -> Rows:
    laws: dict[str, dict[tuple[tuple[int, str], str, str], BookEntry]] = {}
    for entry in book.entries:
        for source in entry.sources:
            laws.setdefault(source.instrument, {})[source.order, source.article, entry.id] = entry
    return [(law, [(key[1], rows[key]) for key in sorted(rows)]) for law, rows in sorted(laws.items())]


def _grouped(pairs: Iterable[tuple[str, BookEntry]]) -> Rows:
    found: dict[str, list[tuple[str, BookEntry]]] = {}
    for head, entry in pairs:
        found.setdefault(head, []).append(("", entry))
    return sorted(found.items())
