"""SARIF 2.1.0: findings as code review tools read them.

Columns count Unicode code points, from 1; paths are relative to the root of the checkout; the same findings give the
same bytes. Nothing in it tells when or on which machine it was made.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from landrules.base.diagnostic import Diagnostic, Lang
from landrules.base.source import Span
from landrules.base.version import VERSION
from landrules.lint.entry import Entry

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
Json = dict[str, object]


def sarif(entries: Sequence[Entry], notices: Sequence[Diagnostic], lang: Lang) -> str:
    """The log of one run. `notices` tell what was not looked at."""
    codes = sorted({e.diagnostic.code for e in entries})
    index = {code: number for number, code in enumerate(codes)}
    first = {code: next(e for e in entries if e.diagnostic.code == code) for code in codes}
    driver: Json = {
        "name": "landrules",
        "semanticVersion": VERSION,
        "language": "zh-CN" if lang == "zh" else "en",
        "rules": [_rule(code, first[code], lang) for code in codes],
    }
    run: Json = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "the root of the checkout"}}},
        "invocations": [
            {"executionSuccessful": True, "toolConfigurationNotifications": [_notice(n, lang) for n in notices]}
        ],
        "results": [_result(e, index[e.diagnostic.code], lang) for e in entries],
    }
    log: Json = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, entry: Entry, lang: Lang) -> Json:
    found: Json = {"id": code}
    if entry.rule:
        found["name"] = entry.rule
        found["shortDescription"] = {"text": entry.title_zh if lang == "zh" else entry.title_en}
        found["helpUri"] = entry.page
    return found


def _result(entry: Entry, index: int, lang: Lang) -> Json:
    told = entry.diagnostic
    help_ = told.help(lang)
    text = told.message(lang) + (f"\n{help_}" if help_ else "")
    found: Json = {
        "ruleId": told.code,
        "ruleIndex": index,
        "level": told.severity,
        "message": {"text": text},
        "locations": [_location(entry)] if entry.file else [],
    }
    if entry.edits:
        found["fixes"] = [_fix(entry, lang)]
    return found


def _location(entry: Entry) -> Json:
    place: Json = {"artifactLocation": _artifact(entry.file)}
    if entry.diagnostic.span is not None:
        place["region"] = _region(entry.diagnostic.span)
    return {"physicalLocation": place}


def _artifact(name: str) -> Json:
    return {"uri": quote(name.replace("\\", "/")), "uriBaseId": "SRCROOT"}


def _region(span: Span) -> Json:
    last_line, last_column = span.source.line_col(span.end)
    return {"startLine": span.line, "startColumn": span.column, "endLine": last_line, "endColumn": last_column}


def _fix(entry: Entry, lang: Lang) -> Json:
    replacements = [{"deletedRegion": _region(e.span), "insertedContent": {"text": e.text}} for e in entry.edits]
    return {
        "description": {"text": "landrules fix 的改法" if lang == "zh" else "what landrules fix does"},
        "artifactChanges": [{"artifactLocation": _artifact(entry.file), "replacements": replacements}],
    }


def _notice(notice: Diagnostic, lang: Lang) -> Json:
    return {"level": "note", "descriptor": {"id": notice.code}, "message": {"text": notice.message(lang)}}
