"""Trees for property tests: every kind of node, as an author could have written it.

A tree is one that parsing can yield: names are bare words or titles, numbers are not negative, exact and without sign,
a `Select` outside an aggregate has a condition. Spans are empty. Use `documents()`, `expressions()`, `clauses()`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from landrules.base.quantity import UNITS
from landrules.base.source import SourceFile, Span
from landrules.base.valuetype import LEVELS
from landrules.lang import tree as t

SOURCE = SourceFile.from_text("")
AT = Span(SOURCE, 0, 0)

_EN = st.sampled_from(
    [
        "pbf",
        "dltb",
        "area",
        "zone",
        "class",
        "value",
        "code",
        "grade",
        "level",
        "title",
        "source",
        "number",
        "range",
        "name",
        "kind",
        "x1",
        "net_area",
        "not_here",
        "in_force",
        "set_back",
        "where_from",
        "other",
        "true",
        "county",
        "by",
        "and",
        "in",
        "zh",
        "test",
        "decision",
        "on",
        "project",
    ]
)
_ZH = st.sampled_from(
    [
        "永久基本农田",
        "净面积",
        "等别",
        "项目",
        "地块",
        "面积",
        "级别",
        "是",
        "其他",
        "存在",
        "意见",
        "省级",
        "分区",
        "第一条",
        "甲2",
        "占用",
        "禁止",
        "或",
    ]
)
WORDS = st.one_of(_EN, _ZH)
NAMES = st.one_of(WORDS, st.sampled_from(["关于“永农”的通知（试行）", "办法〔2019〕1号", "a b"]))
NUMBERS = st.decimals(0, 100_000, places=2, allow_nan=False).map(abs) | st.integers(0, 9999).map(Decimal)
DATES = st.dates(date(1949, 10, 1), date(2099, 12, 31))
_PLAIN = st.characters(exclude_categories=["Cs"]).filter(lambda c: c != "\0")
STRINGS = st.text(_PLAIN, max_size=12)
_CODES = st.from_regex(r"[a-z0-9]{1,4}(\.[a-z0-9]{1,3})?", fullmatch=True)
_COMMENT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Mn", "Mc", "Me", "Lm"]), max_size=10)


def _normal(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", text).rstrip()


COMMENTS = st.one_of(
    st.just(t.NO_COMMENTS),
    st.builds(
        t.Comments,
        st.lists(_COMMENT.map(_normal), max_size=2).map(tuple),
        _COMMENT.map(_normal),
    ),
)


def _tuple(strategy: SearchStrategy, low: int = 0, high: int = 3) -> SearchStrategy:
    return st.lists(strategy, min_size=low, max_size=high).map(tuple)


def texts() -> SearchStrategy[t.Text]:
    """Texts in one language or both."""
    pairs = st.tuples(STRINGS, STRINGS).filter(any)
    return pairs.map(lambda p: t.Text(p[0], p[1], AT))


def names(titles: bool = False, dotted: bool = False) -> SearchStrategy[t.Names]:
    """Declared names in one language or both."""
    chinese = NAMES.filter(lambda n: n not in _EN_WORDS and n != "a b") if titles else _ZH
    english = _EN
    if dotted:
        english, chinese = (st.lists(s, min_size=1, max_size=3).map(".".join) for s in (_EN, _ZH))
    both = st.tuples(english, chinese)
    return st.one_of(both, english.map(lambda e: (e, "")), chinese.map(lambda c: ("", c))).map(
        lambda p: t.Names(p[0], p[1], AT)
    )


_EN_WORDS = frozenset(
    [
        "pbf",
        "dltb",
        "area",
        "zone",
        "class",
        "value",
        "code",
        "grade",
        "level",
        "title",
        "source",
        "number",
        "range",
        "name",
        "kind",
        "x1",
        "net_area",
        "not_here",
        "in_force",
        "set_back",
        "where_from",
        "other",
        "true",
        "county",
        "by",
        "and",
        "in",
        "zh",
        "test",
        "decision",
        "on",
        "project",
    ]
)


def paths(high: int = 3) -> SearchStrategy[t.Path]:
    """Dotted names."""
    return _tuple(NAMES, 1, high).map(lambda p: t.Path(p, AT))


def numbers() -> SearchStrategy[t.NumberLit]:
    """Numbers with and without a unit."""
    return st.builds(lambda v, u: t.NumberLit(v, u, AT), NUMBERS, st.sampled_from(["", *(u.symbol for u in UNITS)]))


def measures() -> SearchStrategy[t.NumberLit]:
    """Numbers with a unit."""
    return numbers().filter(lambda n: n.unit)


def codes() -> SearchStrategy[t.CodeLit]:
    """Codes with their scheme."""
    return st.builds(lambda s, c: t.CodeLit(s, c, AT), _EN, _CODES)


_LEVELS = st.sampled_from(LEVELS).map(lambda name: t.LevelLit(name, AT))
_LEAVES = st.one_of(
    numbers(),
    STRINGS.map(lambda v: t.StringLit(v, AT)),
    DATES.map(lambda v: t.DateLit(v, AT)),
    st.booleans().map(lambda v: t.BoolLit(v, AT)),
    codes(),
    _LEVELS,
    st.just(t.OtherLit(AT)),
    paths(),
)
_OPS = ["or", "and", "=", "!=", "<", "<=", ">", ">=", "in", "not_in", "no_worse", "+", "-", "*", "/", "if_absent"]


def _fields(values: SearchStrategy) -> SearchStrategy:
    return st.dictionaries(NAMES, values, max_size=3).map(lambda d: tuple(d.items()))


def _grow(inner: SearchStrategy) -> SearchStrategy:
    selects = st.builds(lambda p, w: t.Select(p, w, AT), paths(), st.none() | inner)
    return st.one_of(
        st.builds(lambda o, a, b: t.Binary(o, a, b, AT), st.sampled_from(_OPS), inner, inner),
        st.builds(lambda o, a: t.Unary(o, a, AT), st.sampled_from(["not", "-", "given", "not_given"]), inner),
        st.builds(lambda p, a: t.Call(p, a, AT), paths(), _tuple(inner)),
        _tuple(inner).map(lambda i: t.ListLit(i, AT)),
        _fields(inner).map(lambda f: t.RecordLit(f, AT)),
        st.builds(lambda p, w: t.Select(p, w, AT), paths(), inner),
        st.builds(
            lambda k, s: t.Aggregate(k, s, AT), st.sampled_from(["sum", "count", "min", "max", "any", "area"]), selects
        ),
        st.builds(lambda s, w: t.Average(s, w, AT), selects, paths()),
        st.builds(lambda k, s, e: t.Aggregate(k, s, AT, e), st.sampled_from(["sum", "min", "max"]), selects, inner),
        st.builds(lambda n, s, d, e: t.ForEach(n, s, d, e, AT), names(), selects, st.booleans(), inner),
    )


def expressions(leaves: int = 5) -> SearchStrategy[t.Expr]:
    """Expressions of every kind."""
    return st.recursive(_LEAVES, _grow, max_leaves=leaves)


_EXPR = expressions(3)


def keys() -> SearchStrategy[t.Expr]:
    """Keys of a row of a table."""
    end = st.none() | _EXPR
    stretches = st.builds(lambda a, i, b, j: t.Interval(a, i, b, j, AT), end, st.booleans(), end, st.booleans())
    kept = stretches.filter(lambda k: (k.low or k.high) is not None)
    told = kept.map(
        lambda k: t.Interval(
            k.low, k.low is not None and k.low_included, k.high, k.high is not None and k.high_included, AT
        )
    )
    return st.one_of(_EXPR, st.just(t.AnyKey(AT)), told)


_MAYBE = st.none() | _EXPR


def types() -> SearchStrategy[t.TypeNode]:
    """Types, with a scheme or system where they take one."""
    simple = ["boolean", "number", "ratio", "area", "length", "money", "mass", "duration", "date", "text", "level"]
    return st.one_of(
        st.sampled_from(simple).map(lambda n: t.TypeNode(n, "", AT)),
        st.builds(lambda n, of: t.TypeNode(n, of, AT), st.sampled_from(["code", "grade"]), WORDS),
    )


def periods() -> SearchStrategy[t.PeriodNode]:
    """Periods with one end or both."""
    ends = st.tuples(st.none() | DATES, st.none() | DATES).filter(any)
    return ends.map(lambda e: sorted(e) if all(e) else e).map(lambda e: t.PeriodNode(e[0], e[1], AT))


def loci() -> SearchStrategy[t.Locus]:
    """Places in an instrument."""
    n = st.integers(1, 1300)
    return st.one_of(
        st.builds(t.Locus, n, st.none() | n, st.none() | n),
        STRINGS.map(lambda p: t.Locus(None, part=p)),
    )


def cites() -> SearchStrategy[t.Cites]:
    """Citations of every status."""
    dated = st.tuples(st.sampled_from(["verified", "partly"]), DATES)
    plain = st.tuples(st.sampled_from(["unverified", "example"]), st.none())
    return st.builds(
        lambda p, where, s, n, c: t.Cites(p, where, s[0], s[1], n, AT, c),
        paths(2), _tuple(loci()), dated | plain, st.none() | texts(), COMMENTS,
    )  # fmt: skip


def _setting(key: str, values: SearchStrategy) -> SearchStrategy:
    return st.builds(lambda v, c: t.Setting(key, v, AT, c), values, COMMENTS)


def _word(*words: str) -> SearchStrategy:
    return st.sampled_from(words).map(lambda w: (t.StringLit(w, AT),))


def settings() -> SearchStrategy[t.Setting]:
    """Every clause that sets one thing."""
    text = STRINGS.map(lambda v: (t.StringLit(v, AT),))
    days = DATES.map(lambda v: t.DateLit(v, AT))
    bound = NUMBERS.map(lambda v: t.NumberLit(v, "", AT))
    return st.one_of(
        _setting("level", _word("national", "provincial", "municipal", "county", "township")),
        _setting("default", _word("refer", "deny")),
        _setting("uncovered", _word("refer", "deny", "permit")),
        _setting("better", _word("lower", "higher")),
        _setting("tightens", _word("downward", "upward")),
        _setting("ends", _word("uncertain")),
        _setting("policy", _word("unique", "any", "collect sum", "collect min", "collect max", "collect count")),
        *(_setting(key, st.just(())) for key in ("complete", "open", "absolute")),
        *(_setting(key, _LEVELS.map(lambda v: (v,))) for key in ("may be relaxed by", "filled by")),
        _setting("left", st.tuples(paths(), _EXPR)),
        _setting("supersedes", paths().map(lambda p: (p,)) | st.tuples(paths(), days)),
        _setting("holiday", days.map(lambda d: (d,)) | st.tuples(days, days)),
        _setting("workday", days.map(lambda d: (d,))),
        *(_setting(key, text) for key in ("version", "number", "source")),
        *(
            _setting(key, _EXPR.map(lambda e: (e,)))
            for key in ("value", "debit", "credit", "at least", "at most", "used", "requested")
        ),
        *(_setting(key, paths().map(lambda p: (p,))) for key in ("confirmation", "repealed by", "rivals", "prefers")),
        _setting("includes", _tuple(_EXPR, 1)),
        _setting("range", st.tuples(bound, bound)),
    )


def _plain_clauses() -> SearchStrategy:
    c = COMMENTS
    condition = st.one_of(
        st.builds(lambda k, e, m: t.Condition(k, e, None, AT, m), st.sampled_from(["applies", "when"]), _EXPR, c),
        st.builds(lambda e, o, m: t.Condition("requires", e, o, AT, m), _EXPR, st.none() | texts(), c),
    )
    handed = st.tuples(st.sampled_from(LEVELS), measures()) | st.just(("", None))
    effects = st.sampled_from(
        ["occupation", "buildings", "project", "permits", "refers", "informs", "encourages", "suspects", "authorises"]
    )
    return st.one_of(
        st.builds(lambda x, m: t.Title(x, AT, m), texts(), c),
        st.builds(lambda x, m: t.MessageClause(x, AT, m), texts(), c),
        cites(),
        st.builds(lambda p, m: t.Effective(p, None, AT, m), periods(), c),
        condition,
        st.builds(lambda n, e, m: t.Given(n, e, AT, m), names(), _EXPR, c),
        st.builds(
            lambda k, n, i, p, m, d: t.SubjectTo(k, n, i, p, AT, m, d),
            st.sampled_from(["approval", "opinion"]), NAMES, _MAYBE, _MAYBE, c, _MAYBE,
        ),
        st.builds(lambda x, p, m: t.Duty(x, p, AT, m), texts(), _MAYBE, c),
        st.builds(lambda n, h, m: t.Tolerance(n, h[0], h[1], AT, m), measures(), handed, c),
        st.builds(lambda w, m: t.Effect(w, AT, m), effects, c),
        settings(),
        st.builds(lambda n, k, a, o, m: t.FieldClause(n, k, a, o, AT, m), names(), types(), st.booleans(), st.booleans(), c),
        st.builds(lambda n, x, u, m: t.CodeClause(n, x, u, AT, m), _CODES, texts(), st.just("") | _CODES, c),
    )  # fmt: skip


def clauses() -> SearchStrategy[t.Clause]:
    """Clauses of every kind, blocks within blocks included."""

    def blocks(inner: SearchStrategy) -> SearchStrategy:
        body, c = _tuple(inner, 0, 3), COMMENTS
        return st.one_of(
            st.builds(lambda p, b, m: t.Effective(p, b, AT, m), periods(), body, c),
            st.builds(lambda n, b, m: t.Except(n, b, AT, m), names(), body, c),
            st.builds(
                lambda w, u, b, m: t.Cell(w, u, b, AT, m),
                st.sampled_from(["permits", "restricts", "prohibits"]), _tuple(_EXPR, 1), body, c,
            ),
            st.builds(lambda u, b, m: t.Zone(u, b, AT, m), _tuple(_EXPR, 1), body, c),
            st.builds(lambda k, v, b, m: t.Row(k, v, b, AT, m), _tuple(keys(), 1), _EXPR, body, c),
        )  # fmt: skip

    return st.recursive(_plain_clauses(), blocks, max_leaves=3)


_BODY = _tuple(clauses(), 0, 3)


def declarations() -> SearchStrategy[t.Declaration]:
    """Declarations of every kind."""
    none: tuple[t.TableParam, ...] = ()
    params = _tuple(st.builds(t.TableParam, names(), types()))

    def made(kinds: list[str], named: SearchStrategy, type_: SearchStrategy, given: SearchStrategy) -> SearchStrategy:
        return st.builds(
            lambda k, n, y, p, b, m: t.Declaration(k, n, y, p, None, b, AT, m),
            st.sampled_from(kinds), named, type_, given, _BODY, COMMENTS,
        )  # fmt: skip

    return st.one_of(
        made(["ruleset"], names(dotted=True), st.none(), st.just(none)),
        made(["instrument"], names(titles=True), st.none(), st.just(none)),
        made(["layer", "scheme", "grades", "calendar", "group"], names(), st.none(), st.just(none)),
        made(["list", "parameter"], names(), types(), st.just(none)),
        made(["account", "table", "crosswalk"], names(), types(), params),
        st.builds(
            lambda n, p, b, m: t.Declaration("fill", n, None, (), None, b, AT, m, p), names(), paths(), _BODY, COMMENTS
        ),
        st.builds(lambda n, e, m: t.Declaration("define", n, None, (), e, (), AT, m), names(), _EXPR, COMMENTS),
    )


def norms() -> SearchStrategy[t.NormDecl]:
    """Norms of every construct."""
    on = st.builds(lambda p, w: t.Subject(p, w, None, AT), paths(), _MAYBE)
    within = st.builds(lambda p, w, d, b: t.Subject(p, w, d, AT, b), paths(), _MAYBE, _EXPR, _MAYBE)
    subject = on | within

    def made(
        kind: str, land: SearchStrategy, by: SearchStrategy, uses: SearchStrategy, to: SearchStrategy
    ) -> SearchStrategy:
        return st.builds(
            lambda n, s, z, u, x, b, m: t.NormDecl(kind, n, s, z, u, x, b, AT, m),
            names(), land, by, uses, to, _BODY, COMMENTS,
        )  # fmt: skip

    none, blank, nothing = st.none(), st.just(""), st.just(())
    return st.one_of(
        made("red_line", subject, blank, none, nothing),
        made("use_control", subject, NAMES, none | paths(), nothing),
        made("balance", none, blank, none, nothing),
        made("quota", none, blank, none, nothing),
        made("indicator", none | subject, blank, none, nothing),
        made("rule", none | subject, blank, none, nothing),
        made("exception", none, blank, none, _tuple(paths(), 1)),
    )


def shapes() -> SearchStrategy[t.Shape]:
    """Shapes drawn in metres."""
    place = st.decimals(-500, 500, places=1, allow_nan=False).map(lambda d: d + 0)
    point = st.tuples(place, place)
    side = st.integers(1, 500).map(Decimal)
    return st.one_of(
        st.builds(lambda s, p: t.Shape("square", (s,), (p,), AT), side, point),
        st.builds(lambda a, b, p: t.Shape("rectangle", (a, b), (p,), AT), side, side, point),
        st.builds(
            lambda k, p: t.Shape(k, (), p, AT), st.sampled_from(["polygon", "line", "point"]), _tuple(point, 1, 4)
        ),
    )


def test_items() -> SearchStrategy[t.TestItem]:
    """Lines of a test."""
    c = COMMENTS
    layer = st.lists(WORDS, min_size=1, max_size=2).map(".".join)
    ids = _CODES | st.sampled_from(["P1", "地块 1", "340-1"])
    drawn = st.tuples(st.sampled_from(["parcel", "building", "supplement"]), st.just("")) | st.tuples(
        st.just("feature"), layer
    )
    outcome = st.sampled_from(
        ["deny", "indeterminate", "refer", "conditional", "permit", "not_applicable", "information"]
    )
    return st.one_of(
        st.builds(lambda p, e, m: t.Assign(p, e, AT, m), paths(), _EXPR, c),
        st.builds(lambda d, i, s, f, m: t.Drawn(d[0], d[1], i, s, f, AT, m), drawn, ids, st.none() | shapes(), _fields(_EXPR), c),
        st.builds(
            lambda s, n, g, m: t.LayerState(s, n, g, AT, m), st.sampled_from(["unbound", "uncovered"]), layer, st.none() | shapes(), c
        ),
        st.builds(lambda d, m: t.LawDate(d, AT, m), DATES, c),
        st.builds(lambda n, a, e, m: t.AccountRow(t.Call(n, a, AT), e, AT, m), paths(), _tuple(_EXPR), _EXPR, c),
        st.builds(
            lambda n, o, a, x, p, b, m: t.Expect(n, o, a, x, p, b, AT, m),
            st.none() | paths(), outcome, st.none() | measures(), _tuple(paths()), _tuple(outcome), st.just("") | layer, c,
        ),
    )  # fmt: skip


def documents() -> SearchStrategy[t.Document]:
    """Whole files."""
    tests = st.builds(lambda x, i, m: t.Test(x, i, AT, m), texts(), _tuple(test_items(), 0, 4), COMMENTS)
    imports = st.builds(lambda p, m: t.Import(p, AT, m), paths(), COMMENTS)
    items = st.one_of(imports, declarations(), norms(), tests)
    trailing = _tuple(_COMMENT.map(_normal), 0, 2)
    return st.builds(lambda i, c: t.Document(SOURCE, "en", i, c), _tuple(items, 1, 3), trailing)
