"""A list, parameter or table whose dates leave days between two entries without a value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from landrules.base.source import Span
from landrules.lang.tree import Document, Effective, PeriodNode, Row
from landrules.lint.record import Found, LintRule
from landrules.lint.scene import Scene
from landrules.lint.words import declared

KINDS_ZH = {"list": "清单", "parameter": "参数", "table": "对照表", "crosswalk": "转换表"}


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """Gaps between dated parts, and between rows of the same keys. Before the first and after the last is no gap."""
    for _, item in declared(document):
        if item.kind not in KINDS_ZH:
            continue
        said = {"name": item.names.id, "kind_zh": KINDS_ZH[item.kind], "kind_en": item.kind}
        parts = [c.period for c in item.body if isinstance(c, Effective) and c.body is not None]
        series: list[list[PeriodNode]] = [parts]
        rows: dict[str, list[PeriodNode]] = {}
        for row in (c for c in item.body if isinstance(c, Row)):
            dates = [c.period for c in row.body if isinstance(c, Effective)]
            rows.setdefault(repr(row.keys), []).extend(dates)
        for dated in (*series, *rows.values()):
            for span, after, before in _gaps(dated):
                yield Found(span, {**said, "after": after, "before": before})


def _gaps(dated: Sequence[PeriodNode]) -> Iterator[tuple[Span, object, object]]:
    ordered = sorted(dated, key=lambda p: (p.start is not None, p.start))
    for one, two in pairwise(ordered):
        if one.end is not None and two.start is not None and (two.start - one.end).days > 1:
            yield two.span, one.end, two.start


RULE = LintRule("gap_in_dated_series", "LR909", "error", "日期有空档", "gap in a dated series", find)
