"""A report in sentences that fit into a letter: headline, articles, measures, places, duties, missing facts.

One function a sentence, each a plain text in the reader's language, used by the terminal and the page alike so that the
two never say a thing differently. Nothing is measured, added up or decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from landrules.base.diagnostic import Lang
from landrules.engine.answer import (
    Answer,
    CitationOut,
    DutyOut,
    FindingOut,
    Measured,
    MissingOut,
    OverlayOut,
    Provenance,
    Text,
    TraceOut,
)
from landrules.render import words
from landrules.render.numbers import area, hectares, quantity
from landrules.render.words import DECISIVE, LEVELS, OUTCOMES, SEVERITY, Word, in_lang

REMARK = Word(
    "本结果由程序按所列规则和数据得出，供审查参考，不代替审批决定。",
    "Computed from the rules and data listed; it supports the review and is no approval.",
)

NOT_LIFTING = "does_not_lift"
"""What a trace says of an exception that was looked at and does not hold."""


def headline(report: Answer, lang: Lang) -> str:
    """The decision in one sentence: what, for whom, on how much land, and for how many reasons."""
    found = OUTCOMES[report.decision](lang)
    count = sum(1 for finding in report.findings if finding.outcome == report.decision)
    rules = "1 rule" if count == 1 else f"{count} rules"
    then = words.CONSEQUENCES[report.decision](lang).format(count=count, rules=rules)
    name, size = report.proposal.name, quantity(report.proposal.area_m2, "m2", lang)
    size += bracket([hectares(report.proposal.area_m2, lang)], lang)
    if lang == "zh":
        return f"{found}：{name}（{report.proposal.id}），用地 {size}，{then}。"
    return f"{name} ({report.proposal.id}), {size}, {found}: {then}."


def dates(report: Answer, lang: Lang) -> str:
    """The law date with where it comes from, and the date of the data."""
    source = words.LAW_DATE_SOURCES[report.law_date_source](lang)
    if lang == "zh":
        return f"法律日期 {report.law_date}（{source}），数据截至 {report.data_as_of}。"
    return f"Law as of {report.law_date} ({source}), data as of {report.data_as_of}."


def authorised(report: Answer, lang: Lang) -> str:
    """How much of the ground a norm authorises."""
    size = area(report.authorised_m2, "m2", lang)
    return f"有规划依据的用地 {size}。" if lang == "zh" else f"Ground authorised by the plans: {size}."


def by_weight(findings: Iterable[FindingOut]) -> list[FindingOut]:
    """Findings from the gravest outcome on, then from the highest level down, then by topic and id."""
    return sorted(findings, key=lambda f: (SEVERITY.index(f.outcome), _rank(f.level), topic(f.rule), f.rule))


def decisive(report: Answer) -> list[FindingOut]:
    """The findings that stop a plain permit, gravest first."""
    return [finding for finding in by_weight(report.findings) if finding.outcome in DECISIVE]


def topic(rule: str) -> str:
    """The topic a rule belongs to: the first two segments of its id.

    >>> topic("cn.plan.conformity")
    'cn.plan'
    """
    return ".".join(rule.split(".")[:2])


def citation(cited: CitationOut, lang: Lang) -> str:
    """An article as a letter names it, with how far its text was verified where that is not in full.

    《土地管理法》第三十五条（条文部分核实）
    """
    instrument, article = in_lang(cited.instrument, lang), in_lang(cited.article, lang)
    if lang == "zh":
        name = instrument if instrument.startswith("《") else f"《{instrument}》"
        number = f"（{cited.number}）" if cited.number else ""
        text = f"{name}{number}{article}"
    else:
        number = f" ({cited.number})" if cited.number else ""
        text = f"{instrument}{number}, {article}" if article else f"{instrument}{number}"
    remarks = [] if cited.status == "verified" else [words.STATUSES[cited.status](lang)]
    if cited.note is not None:
        remarks.append(in_lang(cited.note, lang))
    return text + bracket(remarks, lang)


def told_as(finding: FindingOut, lang: Lang) -> list[str]:
    """What information is where it is more than a note: something favoured, or a lead."""
    word = words.INFORMATION.get(finding.kind)
    return [word(lang)] if word else []


def citations(finding: FindingOut, lang: Lang) -> str:
    """All articles of a finding, or an empty text."""
    return ("；" if lang == "zh" else "; ").join(citation(cited, lang) for cited in finding.citations)


def measured(measure: Measured, lang: Lang) -> str:
    """A measured value with its limit, margin, tolerance and method."""
    parts = [f"{in_lang(measure.title, lang)} {area(measure.value, measure.unit, lang)}"]
    for title, value in (
        (Word("限值", "limit"), measure.limit),
        (Word("差额", "margin"), measure.margin),
        (Word("容差", "tolerance"), measure.tolerance),
        (Word("容差内未计", "left out by tolerance"), measure.dropped_by_tolerance),
    ):
        if value is not None:
            parts.append(f"{title(lang)} {quantity(value, measure.unit, lang)}")
    if measure.near_limit:
        parts.append("与限值相差不超过 0.01，须复核" if lang == "zh" else "within 0.01 of the limit: check by hand")
    if measure.method:
        method = words.METHODS.get(measure.method)
        parts.append(method(lang) if method else measure.method)
    return ("，" if lang == "zh" else ", ").join(parts)


def places(finding: FindingOut, titles: Mapping[str, Text], lang: Lang, most: int | None = None) -> str:
    """Where: each piece that the finding objects to, with its parcel, layer, feature and area; else the parcels.

    `titles` names the layers for people. `most` pieces are written out, the largest; the rest are counted.
    """
    pieces = [piece for piece in finding.pieces if piece.outcome in DECISIVE]
    pieces.sort(key=lambda p: (SEVERITY.index(p.outcome), -p.area_m2, p.parcel, p.layer or "", p.feature or ""))
    if not pieces:
        return enumeration(finding.parcels, lang)
    texts = []
    for piece in pieces[:most]:
        named = titles.get(piece.layer or "")
        title = in_lang(named, lang) if named else piece.layer
        on = " ".join(name for name in (title, piece.feature) if name)
        size = quantity(piece.area_m2, "m2", lang)
        result = "" if piece.outcome == finding.outcome else f" {OUTCOMES[piece.outcome](lang)}"
        texts.append(f"{piece.parcel}{bracket([on], lang)} {size}{result}")
    if len(pieces) > len(texts):
        left = len(pieces) - len(texts)
        texts.append(f"另有 {left} 处" if lang == "zh" else f"{left} more")
    return ("；" if lang == "zh" else "; ").join(texts)


def layer_titles(report: Answer) -> dict[str, Text]:
    """What people call the layers consulted."""
    return {found.layer: found.title for found in report.overlays}


def duty(owed: DutyOut, lang: Lang) -> str:
    """A duty: what, and who may give it (every possible one)."""
    issuers = (" 或 " if lang == "zh" else " or ").join(words.level(name, lang) for name in owed.issuers)
    text = in_lang(owed.text, lang)
    kind = words.DUTY_KINDS[owed.kind](lang)
    by = (f"机关：{issuers}" if lang == "zh" else f"by: {issuers}") if issuers else ""
    return f"{kind}{'：' if lang == 'zh' else ': '}{text}{bracket([by], lang) if by else ''}"


def missing(absent: MissingOut, lang: Lang) -> str:
    """A missing fact: which, which of the absences it is, and who must supply it."""
    parts = [words.ABSENCES[absent.kind](lang), words.SUPPLIERS[absent.kind](lang)]
    detail = [absent.detail] if absent.detail else []
    colon, comma = ("：", "，") if lang == "zh" else (": ", ", ")
    return (
        f"{in_lang(absent.title, lang)}{bracket([absent.name], lang)}{colon}{comma.join(parts)}{bracket(detail, lang)}"
    )


def possible(finding: FindingOut, lang: Lang) -> str:
    """The results that remain possible until the missing facts are known."""
    return (" 或 " if lang == "zh" else " or ").join(OUTCOMES[name](lang) for name in finding.possible)


def trace(step: TraceOut, lang: Lang) -> str:
    """What became of an exception, a case or a clause; for a note only what it says."""
    if step.what == "note":
        return in_lang(step.text, lang)
    result = OUTCOMES[step.outcome](lang) if step.outcome in OUTCOMES else step.outcome
    head = f"{step.id}{bracket([result] if result else [], lang)}".strip()
    return f"{head}{'：' if lang == 'zh' else ': '}{in_lang(step.text, lang)}" if head else in_lang(step.text, lang)


def notes(finding: FindingOut, lang: Lang) -> list[str]:
    """The remarks that go with a finding that decides nothing: notes of the trace, else how far its law is verified."""
    said = [in_lang(step.text, lang) for step in finding.trace if step.what == "note"]
    if not said and finding.status in ("partly", "unverified"):
        said = [words.STATUSES[finding.status](lang)]
    return said


def details(
    finding: FindingOut, titles: Mapping[str, Text], lang: Lang, most: int | None = None
) -> Iterator[tuple[Word, str]]:
    """The labelled lines of a reason, those that there are; `titles` and `most` as for `places`."""
    if finding.citations:
        yield Word("依据", "Law"), citations(finding, lang)
    for measure in finding.measured:
        yield Word("测得", "Measured"), measured(measure, lang)
    if where := places(finding, titles, lang, most):
        yield Word("位置", "Where"), where
    for owed in finding.duties:
        yield Word("须办", "Duty"), duty(owed, lang)
    for absent in finding.missing:
        yield Word("缺少", "Missing"), missing(absent, lang)
    if finding.possible:
        yield Word("可能的结果", "Still possible"), possible(finding, lang)
    for step in finding.trace:
        if step.outcome != NOT_LIFTING:
            yield words.TRACES[step.what], trace(step, lang)
    if vain := [in_lang(step.text, lang) for step in finding.trace if step.outcome == NOT_LIFTING]:
        yield Word("不成立的例外", "Exceptions that do not hold"), enumeration(vain, lang)
    if finding.set_aside_by:
        yield Word("适用的例外", "Lifted by"), enumeration(finding.set_aside_by, lang)
    for remedy in finding.remedies:
        yield Word("可改为", "Remedy"), in_lang(remedy, lang)


def overlay(line: OverlayOut, lang: Lang) -> str:
    """One layer consulted, with its edition and what was met there: 不涉及 0.0000 where nothing was."""
    edition = f" {line.edition}" if line.edition else ""
    word = words.COVERAGES[line.status](lang)
    if line.status == "involved":
        found = f"{word} {quantity(line.area_m2, 'm2', lang)}"
    elif line.status == "not_involved":
        found = f"{word} {hectares(line.area_m2, lang)}"
    else:
        found = word
    if line.uncovered_m2:
        uncovered = quantity(line.uncovered_m2, "m2", lang)
        found += f"，未覆盖 {uncovered}" if lang == "zh" else f", not covered {uncovered}"
    return f"{in_lang(line.title, lang)}{edition}{'：' if lang == 'zh' else ': '}{found}"


def provenance(record: Provenance, lang: Lang) -> str:
    """By what the result was made: engine, geometry libraries, plane, rulesets with the head of their digests."""
    rules = enumeration((f"{r.name} {r.version} ({r.sha256[:12]})" for r in record.rulesets), lang)
    made = (
        f"landrules {record.engine}, GEOS {record.geos}, PROJ {record.proj}, {record.kernel}, "
        f"{record.area_method}, {record.plane}"
    )
    return f"出处：{made}；规则集 {rules}。" if lang == "zh" else f"Made by {made}; rulesets {rules}."


def head(finding: FindingOut, lang: Lang) -> str:
    """The level of a finding and, where its law is not verified in full, how far: ``县级，示例（虚构）``."""
    parts = [words.level(finding.level, lang)]
    if finding.status != "verified":
        parts.append(words.STATUSES[finding.status](lang))
    return ("，" if lang == "zh" else ", ").join(parts)


def bracket(parts: Iterable[str], lang: Lang) -> str:
    """The parts in brackets of the language, or nothing."""
    kept = [part for part in parts if part]
    if not kept:
        return ""
    return f"（{'，'.join(kept)}）" if lang == "zh" else f" ({', '.join(kept)})"


def enumeration(names: Iterable[str], lang: Lang) -> str:
    """Names one after the other, as the language separates them."""
    return ("、" if lang == "zh" else ", ").join(names)


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)
