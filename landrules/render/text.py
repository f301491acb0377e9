"""A report for a terminal: the decision in one sentence, what decides first, the rest in a few lines.

Plain when piped, coloured and folded when a person looks (`Options`); one screen for a simple case. The reasons that stop
a permit come whole: rule, article, measured value, limit, margin, place, duties, missing facts, remedies. What complies
is a list of titles; what is not involved says so with its 0.0000.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import cast

from landrules.base.diagnostic import Lang
from landrules.engine.answer import Answer, FindingOut, Text
from landrules.render import letter, words
from landrules.render.layout import Line, Style, drawn, line
from landrules.render.numbers import hectares
from landrules.render.options import Options
from landrules.render.words import OUTCOMES, Word, in_lang

_DEPTH = 3
"""Columns of indent below a numbered reason."""

_PIECES = 8
"""Pieces of ground written out for one reason; the page and the JSON hold all."""


def render_text(report: Answer, options: Options) -> str:
    """The report as text in the reader's language."""
    return drawn(_lines(report, options.lang), options.width, options.colour)


def _lines(report: Answer, lang: Lang) -> Iterator[Line]:
    yield line((letter.headline(report, lang), cast(Style, report.decision)))
    yield line((letter.dates(report, lang) + (" " if lang == "en" else "") + letter.authorised(report, lang), "faint"))
    yield from _reasons(report, lang)
    yield from _duties(report, lang)
    yield from _missing(report, lang)
    yield from _rest(report, lang)
    yield from _information(report, lang)
    yield from _quality(report, lang)
    yield from _layers(report, lang)
    yield line("")
    yield line((letter.provenance(report.provenance, lang), "faint"))
    yield line((letter.REMARK(lang), "faint"))


def _heading(title: Word, lang: Lang, count: int | None = None, style: Style = "strong") -> Iterator[Line]:
    yield line("")
    number = "" if count is None else letter.bracket([str(count)], lang)
    yield line((words.heading(title, lang) + number, style))


def _reasons(report: Answer, lang: Lang) -> Iterator[Line]:
    number, titles = 0, letter.layer_titles(report)
    for outcome, group in groupby(letter.decisive(report), key=lambda finding: finding.outcome):
        findings = list(group)
        yield from _heading(OUTCOMES[outcome], lang, len(findings), cast(Style, outcome))
        for finding in findings:
            number += 1
            yield from _reason(number, finding, titles, lang)


def _reason(number: int, finding: FindingOut, titles: Mapping[str, Text], lang: Lang) -> Iterator[Line]:
    title = in_lang(finding.title, lang)
    yield line(
        f"{number}. ", (title, "strong"), letter.bracket([letter.head(finding, lang)], lang), (f" {finding.rule}", "faint"),
        hang=_DEPTH,
    )  # fmt: skip
    message = in_lang(finding.message, lang)
    if message and message != title:
        yield line(message, indent=_DEPTH)
    for label, text in letter.details(finding, titles, lang, _PIECES):
        yield line(
            (words.heading(label, lang) + ("：" if lang == "zh" else ": "), "faint"), text, indent=_DEPTH, hang=2
        )


def _duties(report: Answer, lang: Lang) -> Iterator[Line]:
    """Duties that no printed reason carries (those of norms that otherwise comply)."""
    printed = {owed for finding in letter.decisive(report) for owed in finding.duties}
    rest = [owed for owed in report.duties if owed not in printed]
    if rest:
        yield from _heading(Word("另须办理", "Further duties"), lang, len(rest))
        for owed in rest:
            yield line("- ", letter.duty(owed, lang), (f" {owed.rule}", "faint"), hang=2)


def _missing(report: Answer, lang: Lang) -> Iterator[Line]:
    printed = {absent for finding in letter.decisive(report) for absent in finding.missing}
    rest = [absent for absent in report.missing if absent not in printed]
    if rest:
        yield from _heading(Word("另缺事实", "Further missing facts"), lang, len(rest))
        for absent in rest:
            yield line("- ", letter.missing(absent, lang), hang=2)


def _rest(report: Answer, lang: Lang) -> Iterator[Line]:
    """Permits, what is not involved, and what does not apply, in a few lines."""
    ordered = letter.by_weight(report.findings)
    met = [f for f in ordered if words.wording(f) == "permit"]
    untouched = [f for f in ordered if words.wording(f) == "untouched"]
    apart = [f for f in ordered if f.outcome == "not_applicable"]
    noted = [f for f in apart if letter.notes(f, lang)]
    if met or untouched or apart:
        yield line("")
    if met:
        yield _titles(OUTCOMES["permit"], met, lang, "permit")
    if untouched:
        zero = f" {hectares(Decimal(0), lang)}"
        yield _titles(OUTCOMES["untouched"], untouched, lang, "permit", zero)
    if apart:
        bare = len(apart) - len(noted)
        text = words.heading(OUTCOMES["not_applicable"], lang) + letter.bracket([str(len(apart))], lang)
        if noted and bare:
            text += f"，其中 {len(noted)} 条有说明：" if lang == "zh" else f", {len(noted)} with a note:"
        yield line((text, "strong"))
        for finding in noted:
            remark = ("；" if lang == "zh" else "; ").join(letter.notes(finding, lang))
            yield line("- ", in_lang(finding.title, lang), ("：" if lang == "zh" else ": ") + remark, hang=2)


def _titles(word: Word, findings: list[FindingOut], lang: Lang, style: Style, after: str = "") -> Line:
    count = letter.bracket([str(len(findings))], lang)
    names = letter.enumeration((_named(finding, lang) for finding in findings), lang)
    return line((words.heading(word, lang) + after + count, style), ("：" if lang == "zh" else ": ") + names, hang=2)


def _named(finding: FindingOut, lang: Lang) -> str:
    invented = [words.STATUSES["example"](lang)] if finding.status == "example" else []
    return in_lang(finding.title, lang) + letter.bracket(invented, lang)


def _information(report: Answer, lang: Lang) -> Iterator[Line]:
    if report.information:
        yield from _heading(OUTCOMES["information"], lang, len(report.information))
        for finding in report.information:
            title, message = in_lang(finding.title, lang), in_lang(finding.message, lang)
            title += letter.bracket(letter.told_as(finding, lang), lang)
            said = f"{'：' if lang == 'zh' else ': '}{message}" if message and message != title else ""
            yield line("- ", title, said, hang=2)
            worked = ("；" if lang == "zh" else "; ").join(letter.measured(m, lang) for m in finding.measured)
            if worked:
                yield line(worked, indent=2, hang=2)


def _quality(report: Answer, lang: Lang) -> Iterator[Line]:
    if report.data_quality:
        yield from _heading(Word("数据质量", "Data quality"), lang, len(report.data_quality))
        for found in report.data_quality:
            where = letter.bracket([found.where], lang)
            word = words.QUALITY[found.severity](lang)
            yield line(
                "- ", f"{word} {found.code}{where}", "：" if lang == "zh" else ": ", in_lang(found.text, lang), hang=2
            )


def _layers(report: Answer, lang: Lang) -> Iterator[Line]:
    if not report.overlays:
        return
    yield from _heading(Word("核对的图层", "Layers consulted"), lang, len(report.overlays))
    untouched = [o for o in report.overlays if o.status == "not_involved" and not o.uncovered_m2]
    for found in report.overlays:
        if found not in untouched:
            yield line("- ", letter.overlay(found, lang), hang=2)
    if untouched:
        word = f"{words.heading(OUTCOMES['untouched'], lang)} {hectares(Decimal(0), lang)}"
        names = letter.enumeration(
            (f"{in_lang(o.title, lang)}{f' {o.edition}' if o.edition else ''}" for o in untouched), lang
        )
        yield line(
            "- ", word + letter.bracket([str(len(untouched))], lang) + ("：" if lang == "zh" else ": ") + names, hang=2
        )
