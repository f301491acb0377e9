"""A report as one self-contained page: no script, nothing fetched, good on a screen and on A4 paper.

Order of a reviewer's reading: the decision, the facts of the case, the reasons by topic and level, the map, duties and
missing facts, the tables, the layers, everything else that was judged, data quality, and how the result was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Literal

from landrules.base.diagnostic import Lang
from landrules.engine.answer import SCHEMA, Answer, FindingOut, Table, Text
from landrules.render import letter, words
from landrules.render.element import Html, element, joined
from landrules.render.map import drawing
from landrules.render.numbers import area, hectares, number, unit_word
from landrules.render.options import Options
from landrules.render.stylesheet import CSS
from landrules.render.words import OUTCOMES, Word, in_lang

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_TITLE = Word("国土空间用途管制审查结果", "Land-use review")


def render_html(report: Answer, options: Options) -> str:
    """The page in the reader's language; without coordinates where none are asked for, and then it says so."""
    lang = options.lang
    body = [
        element("h1", _TITLE(lang)),
        element("p", element("span", letter.headline(report, lang)), class_=f"headline {report.decision}"),
        _case(report, lang),
        *_reasons(report, lang),
        _section(Word("示意图", "Map"), _map(report, options), lang),
        _section(Word("须办事项", "Duties"), _duties(report, lang), lang),
        _section(Word("缺少的事实", "Missing facts"), _missing(report, lang), lang),
        _section(Word("审查表", "Tables"), [_table(table, lang) for table in report.tables], lang),
        _section(Word("图层核对", "Layers consulted"), _overlays(report, lang), lang),
        _section(Word("其他规定", "Other rules"), _others(report, lang), lang),
        _section(OUTCOMES["information"], _information(report, lang), lang),
        _section(Word("数据质量", "Data quality"), _quality(report, lang), lang),
        _section(Word("出处", "Provenance"), _provenance(report, lang), lang),
        _signatures(lang),
        element("footer", element("p", letter.REMARK(lang)), element("p", SCHEMA)),
    ]
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"{report.proposal.name} · {OUTCOMES[report.decision](lang)}"),
        element("style", Html(CSS)),
    )
    page = element("html", head, element("body", joined(body, "\n")), lang="zh-CN" if lang == "zh" else "en")
    return f"<!doctype html>\n{page}\n"


def _section(title: Word, children: Iterable[Html], lang: Lang) -> Html | None:
    kept = list(children)
    return element("section", element("h2", words.heading(title, lang)), *kept) if kept else None


def _facts(rows: Iterable[tuple[str, str]]) -> Html:
    return element(
        "dl", *(part for label, text in rows for part in (element("dt", label), element("dd", text))), class_="facts"
    )


def _case(report: Answer, lang: Lang) -> Html:
    source = words.LAW_DATE_SOURCES[report.law_date_source](lang)
    return _facts(
        (label(lang), text)
        for label, text in (
            (Word("项目", "Project"), report.proposal.name),
            (Word("项目代码", "Project code"), report.proposal.id),
            (Word("用地面积", "Area"), area(report.proposal.area_m2, "m2", lang)),
            (Word("有规划依据", "Authorised"), area(report.authorised_m2, "m2", lang)),
            (Word("法律日期", "Law as of"), f"{report.law_date}{letter.bracket([source], lang)}"),
            (Word("数据截至", "Data as of"), str(report.data_as_of)),
        )
    )


def _reasons(report: Answer, lang: Lang) -> Iterator[Html]:
    """One section an outcome, gravest first; inside, level and topic above the findings they share."""
    titles = letter.layer_titles(report)
    for outcome, findings in groupby(letter.decisive(report), key=lambda f: f.outcome):
        children: list[Html] = []
        for (level, topic), group in groupby(findings, key=lambda f: (f.level, letter.topic(f.rule))):
            children.append(element("h4", f"{words.level(level, lang)} · {topic}"))
            children += [_reason(finding, titles, lang) for finding in group]
        yield element("section", element("h2", words.heading(OUTCOMES[outcome], lang), class_=outcome), *children)


def _reason(finding: FindingOut, titles: Mapping[str, Text], lang: Lang) -> Html:
    title, message = in_lang(finding.title, lang), in_lang(finding.message, lang)
    tags = letter.told_as(finding, lang)
    tags += [] if finding.status == "verified" else [words.STATUSES[finding.status](lang)]
    return element(
        "article",
        element("h3", title, *(element("span", tag, class_="tag") for tag in tags)),
        element("p", message) if message and message != title else None,
        _facts((words.heading(label, lang), text) for label, text in letter.details(finding, titles, lang)),
        element("div", finding.rule, class_="rule"),
        class_=f"reason {finding.outcome}",
    )


def _map(report: Answer, options: Options) -> Iterator[Html]:
    if not options.geometry:
        text = Word("本报告不含坐标和图形。", "This report carries no coordinates and no map.")
        yield element("p", text(options.lang), class_="note")
        return
    drawn = drawing((*report.findings, *report.information), options.lang)
    if drawn is None:
        text = Word("没有可以绘制的图形。", "There is no geometry to draw.")
        yield element("p", text(options.lang), class_="note")
    else:
        yield drawn


def _duties(report: Answer, lang: Lang) -> Iterator[Html]:
    if report.duties:
        yield element(
            "ol",
            *(element("li", letter.duty(d, lang), " ", element("span", d.rule, class_="rule")) for d in report.duties),
        )


def _missing(report: Answer, lang: Lang) -> Iterator[Html]:
    if report.missing:
        yield element("ol", *(element("li", letter.missing(absent, lang)) for absent in report.missing))


_Kind = Literal["", "short", "number"]
"""How a column is set: running text, never folded, or figures to the right."""


def _grid(
    heads: Iterable[tuple[str, _Kind]], rows: Iterable[tuple[str, ...]], caption: str = "", total: bool = False
) -> Html:
    """A table that scrolls by itself on a narrow screen; `total` sets the last row apart."""
    titles = list(heads)
    kinds = [kind or None for _, kind in titles]
    cells = [[element("td", cell, class_=kind) for cell, kind in zip(row, kinds, strict=True)] for row in rows]
    last = len(cells) - 1 if total else None
    lines = [element("tr", *row, class_="total" if i == last else None) for i, row in enumerate(cells)]
    return element(
        "div",
        element(
            "table",
            element("caption", caption) if caption else None,
            element(
                "thead", element("tr", *(element("th", t, class_=k) for (t, _), k in zip(titles, kinds, strict=True)))
            ),
            element("tbody", *lines),
        ),
        class_="scroll",
    )


def _table(table: Table, lang: Lang) -> Html:
    kinds: list[_Kind] = [
        "number" if any(isinstance(row[i], Decimal) for row in table.rows) else "" for i in range(len(table.columns))
    ]
    heads = [
        (in_lang(c.title, lang) + letter.bracket([unit_word(c.unit, lang).strip()], lang), kind)
        for c, kind in zip(table.columns, kinds, strict=True)
    ]
    rows = (
        tuple(_cell(cell, column.unit) for cell, column in zip(row, table.columns, strict=True)) for row in table.rows
    )
    note = element("p", in_lang(table.note, lang), class_="note") if table.note else None
    return joined((_grid(heads, rows, in_lang(table.title, lang), total=True), note))


def _cell(cell: str | Decimal | None, unit: str) -> str:
    if cell is None:
        return "—"
    return cell if isinstance(cell, str) else number(cell, unit)


def _overlays(report: Answer, lang: Lang) -> Iterator[Html]:
    if not report.overlays:
        return
    heads: tuple[tuple[str, _Kind], ...] = (
        (Word("图层", "Layer")(lang), ""),
        (Word("版本日期", "Edition")(lang), "short"),
        (Word("结果", "Result")(lang), "short"),
        (Word("面积（m²）", "Area (m²)")(lang), "number"),
        (Word("面积（公顷）", "Area (ha)")(lang), "number"),
        (Word("未覆盖（m²）", "Not covered (m²)")(lang), "number"),
        (Word("图斑数", "Features")(lang), "number"),
    )
    yield _grid(
        heads,
        (
            (
                in_lang(found.title, lang) + letter.bracket([found.layer], lang),
                str(found.edition or "—"),
                words.COVERAGES[found.status](lang),
                number(found.area_m2, "m2"),
                hectares(found.area_m2, lang).split(" ")[0],
                number(found.uncovered_m2, "m2"),
                str(found.features),
            )
            for found in report.overlays
        ),
    )


def _others(report: Answer, lang: Lang) -> Iterator[Html]:
    """What complies, is not involved or does not apply: one line each."""
    rest = [finding for finding in letter.by_weight(report.findings) if finding.outcome not in words.DECISIVE]
    heads: tuple[tuple[str, _Kind], ...] = (
        (Word("规定", "Rule")(lang), ""),
        (Word("结果", "Result")(lang), "short"),
        (Word("依据", "Law")(lang), ""),
        (Word("说明", "Note")(lang), ""),
    )
    rank = ("permit", "untouched", "not_applicable")
    rest.sort(key=lambda finding: rank.index(words.wording(finding)))
    if rest:
        yield _grid(heads, (_other(finding, lang) for finding in rest))


def _other(finding: FindingOut, lang: Lang) -> tuple[str, ...]:
    key = words.wording(finding)
    result = OUTCOMES[key](lang)
    if key == "untouched":
        result += f" {hectares(Decimal(0), lang)}"
    said = letter.notes(finding, lang)
    if key == "permit":
        said = [letter.measured(m, lang) for m in finding.measured] + said
    invented = [words.STATUSES["example"](lang)] if finding.status == "example" else []
    return (
        in_lang(finding.title, lang) + letter.bracket(invented, lang),
        result,
        letter.citations(finding, lang),
        ("；" if lang == "zh" else "; ").join(said),
    )


def _information(report: Answer, lang: Lang) -> Iterator[Html]:
    titles = letter.layer_titles(report)
    for finding in report.information:
        yield _reason(finding, titles, lang)


def _quality(report: Answer, lang: Lang) -> Iterator[Html]:
    if report.data_quality:
        heads: tuple[tuple[str, _Kind], ...] = (
            (Word("编号", "Code")(lang), "short"),
            (Word("位置", "Where")(lang), ""),
            (Word("内容", "What")(lang), ""),
        )
        rows = (
            (f"{q.code} {words.QUALITY[q.severity](lang)}", q.where, in_lang(q.text, lang)) for q in report.data_quality
        )
        yield _grid(heads, rows)


def _provenance(report: Answer, lang: Lang) -> Iterator[Html]:
    record = report.provenance
    yield _facts(
        (label(lang), text)
        for label, text in (
            (Word("程序", "Engine"), f"landrules {record.engine}"),
            (Word("几何库", "Geometry"), f"GEOS {record.geos}, PROJ {record.proj}, {record.kernel}"),
            (Word("面积与平面", "Area and plane"), f"{record.area_method}, {record.plane}"),
            (Word("文件摘要", "File digest"), f"sha256 {report.proposal.sha256}"),
            (Word("工作区摘要", "Workspace digest"), f"sha256 {record.workspace_sha256}"),
        )
    )
    if record.settings:
        yield _facts((key, value) for key, value in sorted(record.settings.items()))
    heads: list[tuple[str, _Kind]] = [
        (Word("规则集", "Ruleset")(lang), ""),
        (Word("版本", "Version")(lang), "short"),
        (Word("摘要", "Digest")(lang), ""),
    ]
    yield _grid(heads, ((r.name, r.version, r.sha256) for r in record.rulesets))
    if record.layers:
        heads = [
            (Word("图层", "Layer")(lang), ""),
            (Word("版本日期", "Edition")(lang), "short"),
            (Word("坐标系", "CRS")(lang), "short"),
            (Word("覆盖", "Coverage")(lang), ""),
            (Word("摘要", "Digest")(lang), ""),
        ]
        yield _grid(heads, ((x.name, str(x.edition or "—"), x.crs, x.coverage, x.sha256) for x in record.layers))


def _signatures(lang: Lang) -> Html:
    fields = (Word("审查人（签字）", "Reviewed by"), Word("审核人（签字）", "Checked by"), Word("日期", "Date"))
    return element("div", *(element("div", w(lang)) for w in fields), class_="sign")
