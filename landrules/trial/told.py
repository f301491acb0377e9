"""Results and coverage as people read them: what failed, a line a norm, what no test reaches, how much in all."""

from __future__ import annotations

from collections.abc import Sequence

from landrules.base.diagnostic import Lang, columns
from landrules.trial.compare import said
from landrules.trial.coverage import Coverage, Row
from landrules.trial.run import TrialResult
from landrules.trial.sentences import KIND_NAMES, KINDS, Kind

COLUMNS: tuple[Kind, ...] = ("branch", "clause", "exception")


def told_results(results: Sequence[TrialResult], lang: Lang) -> tuple[str, ...]:
    """The tests that failed, each with what was expected and found, and the count; a line each."""
    lines: list[str] = []
    for result in results:
        if not result.passed:
            head = "失败：" if lang == "zh" else "failed: "
            lines.append(f"{result.file}:{result.line}: {head}{result.title(lang)}")
            lines += [f"  {row}" for row in told_failure(result, lang)]
    failed = sum(1 for result in results if not result.passed)
    if lang == "zh":
        return (*lines, f"{len(results)} 个测试，{failed} 个失败" if results else "没有测试")
    return (*lines, f"{len(results)} tests, {failed} failed" if results else "no tests")


def told_failure(result: TrialResult, lang: Lang) -> tuple[str, ...]:
    """What was expected and found otherwise, then what is wrong with the test itself; a line each."""
    differences = [zh if lang == "zh" else en for zh, en in result.failures]
    return (*differences, *(row for d in result.diagnostics for row in d.render(lang).split("\n")))


def told_coverage(found: Coverage, lang: Lang) -> tuple[str, ...]:
    """A table of the norms, what no test reaches by name, and percentages by kind; a line each."""
    zh = lang == "zh"
    head = ("规则", "结论", *(KIND_NAMES[k].zh if zh else KIND_NAMES[k].en for k in COLUMNS))
    if not zh:
        head = ("rule", "outcomes", *head[2:])
    table = _aligned([head, *(_row(row, lang) for row in found.norms)], numbers=range(2, 2 + len(COLUMNS)))
    unseen = [f"{i.file}:{i.line}: {i.said.zh if zh else i.said.en}" for i in found.unseen]
    sums = [(KIND_NAMES[k].zh if zh else KIND_NAMES[k].en, found.count(k)) for k in KINDS]
    sums.append(("合计" if zh else "total", found.count()))
    totals = _aligned([(name, f"{c.seen}/{c.of}", f"{c.percent} %") for name, c in sums if c.of], numbers=(1, 2))
    parts = [part for part in (table if found.norms else [], unseen, totals) if part]
    return tuple(row for part in parts for row in ("", *part))


def _row(row: Row, lang: Lang) -> tuple[str, ...]:
    outcomes = ("、" if lang == "zh" else ", ").join(said(o, lang) for o in row.outcomes)
    nothing = "没有测试" if lang == "zh" else "no test"
    parts = (row.parts[k] for k in COLUMNS)
    return (row.id, outcomes or nothing, *(f"{c.seen}/{c.of}" if c.of else "-" for c in parts))


def _aligned(rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> list[str]:
    """Rows in columns two blanks apart; numbers stand to the right."""
    widths = [max((_width(row[n]) for row in rows), default=0) for n in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = []
        for n, cell in enumerate(row):
            pad = " " * (widths[n] - _width(cell))
            cells.append(pad + cell if n in numbers else cell + pad)
        lines.append("  ".join(cells).rstrip())
    return lines


def _width(text: str) -> int:
    return sum(columns(c) for c in text)
