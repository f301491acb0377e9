"""Findings about rule files as text and JSON: grouped by file, one place and one sentence each, and what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from landrules.base.diagnostic import Diagnostic, InputError, Lang, columns
from landrules.base.source import Span
from landrules.cli.language import unknown
from landrules.lint.entry import Entry
from landrules.lint.sarif import sarif

FORMATS = ("text", "json", "sarif")
_WORDS = {"error": {"zh": "错误", "en": "error"}, "warning": {"zh": "警告", "en": "warning"}}


def read_format(value: str) -> str:
    """The format asked for. Raises `InputError` (LR806)."""
    if value not in FORMATS:
        raise InputError(unknown("--format", value, FORMATS))
    return value


def told(
    form: str, command: str, entries: Sequence[Entry], notices: Sequence[Diagnostic], files: int, lang: Lang, width: int
) -> str:
    """A report in one of the formats."""
    if form == "sarif":
        return sarif(entries, notices, lang)
    if form == "json":
        return as_json(command, entries, notices, files)
    return as_text(entries, notices, files, lang, width)


def as_json(command: str, entries: Sequence[Entry], notices: Sequence[Diagnostic], files: int) -> str:
    """Everything, in both languages, with places from 1 in characters."""
    errors = sum(e.diagnostic.severity == "error" for e in entries)
    report = {
        "schema": "landrules.findings/1",
        "command": command,
        "files": files,
        "errors": errors,
        "warnings": len(entries) - errors,
        "findings": [_row(entry) for entry in entries],
        "notices": [{"code": n.code, "message": _both(n.message("zh"), n.message("en"))} for n in notices],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _row(entry: Entry) -> dict[str, object]:
    found = entry.diagnostic
    place: dict[str, object] = {"file": entry.file}
    if found.span is not None:
        last_line, last_column = found.span.source.line_col(found.span.end)
        place |= {"line": found.span.line, "column": found.span.column}
        place |= {"end_line": last_line, "end_column": last_column}
    return {
        "code": found.code,
        "rule": entry.rule,
        "severity": found.severity,
        **place,
        "message": _both(found.message("zh"), found.message("en")),
        "help": _both(found.help("zh"), found.help("en")),
        "page": entry.page,
        "fixable": bool(entry.edits),
    }


def _both(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def as_text(entries: Sequence[Entry], notices: Sequence[Diagnostic], files: int, lang: Lang, width: int) -> str:
    """For a terminal of some width: plain characters only."""
    from landrules.render.safe import neutral

    lines: list[str] = []
    for file, group in groupby(entries, key=lambda e: e.file):
        lines += [file] if file else []
        for entry in group:
            lines += _lines(entry, lang, width)
        lines.append("")
    lines += [line for notice in notices for line in _folded(_notice(notice, lang), 0, width)]
    lines.append(summary(entries, files, lang))
    return "".join(neutral(line.rstrip(), keep="\t") + "\n" for line in lines)


def _lines(entry: Entry, lang: Lang, width: int) -> Iterator[str]:
    found = entry.diagnostic
    place = f"{found.span.line}:{found.span.column} " if found.span is not None else ""
    name = " ".join(x for x in (found.code, entry.rule) if x)
    yield f"  {place}{_WORDS[found.severity][lang]} {name}"
    yield from _folded(found.message(lang), 4, width)
    if found.span is not None:
        yield from _quoted(found.span, width)
    if help_ := found.help(lang):
        yield from _folded(("建议：" if lang == "zh" else "help: ") + help_, 4, width)
    if entry.page:
        yield "    " + ("说明：" if lang == "zh" else "page: ") + entry.page


def _folded(text: str, indent: int, width: int) -> Iterator[str]:
    from landrules.render.layout import fold

    return (" " * indent + line for line in fold(text, width - indent))


def _quoted(span: Span, width: int) -> Iterator[str]:
    """The line of the source with a caret below; of a long line the part around it."""
    text = span.source.line(span.line)
    start = span.column - 1
    end = min(len(text), start + max(1, span.end - span.start))
    room = width - 9
    first = start
    while first > 0 and _width(text[first - 1 : end]) <= room * 2 // 3:
        first -= 1
    last = min(end, len(text))
    while last > start + 1 and _width(text[first:last]) > room:
        last -= 1
    while last < len(text) and _width(text[first : last + 1]) <= room:
        last += 1
    pad = "".join("\t" if c == "\t" else " " * columns(c) for c in text[first:start])
    yield f"  {span.line:>4} | {text[first:last]}"
    yield f"       | {pad}{'^' * max(1, _width(text[start : min(end, last)]))}"


def _width(text: str) -> int:
    return sum(columns(c) for c in text)


def _notice(notice: Diagnostic, lang: Lang) -> str:
    mark, stop = ("注意：", "；") if lang == "zh" else ("note: ", "; ")
    return mark + stop.join(x for x in (notice.message(lang), notice.help(lang)) if x)


def summary(entries: Sequence[Entry], files: int, lang: Lang) -> str:
    """How much was looked at and found."""
    errors = sum(e.diagnostic.severity == "error" for e in entries)
    warnings = len(entries) - errors
    if lang == "zh":
        return f"检查了 {files} 个文件：{errors} 个错误，{warnings} 个警告"
    return f"files: {files}, errors: {errors}, warnings: {warnings}"
