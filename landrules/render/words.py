"""The words of results, in both languages, as reviewers write them (domain/proposal.md section 3.2).

Tables only. Wording follows what was measured and not the name of the outcome: a red line that was measured and is not
touched is 不涉及, never 符合.
"""

from __future__ import annotations

from landrules.base.diagnostic import Lang
from landrules.base.frozen import frozen
from landrules.engine.answer import FindingOut, Text
from landrules.render.numbers import is_area

SEVERITY = ("deny", "indeterminate", "refer", "conditional", "permit", "not_applicable", "information")
"""Outcomes from the gravest on; what decides is printed first."""

DECISIVE = SEVERITY[:4]
"""Outcomes that stop a plain permit, each printed with its whole reason."""

LEVELS = ("national", "provincial", "municipal", "county", "township")


@frozen
class Word:
    """A term in both languages."""

    zh: str
    en: str

    def __call__(self, lang: Lang) -> str:
        """The term in the reader's language."""
        return self.zh if lang == "zh" else self.en


OUTCOMES: dict[str, Word] = {
    "deny": Word("不符合", "does not comply"),
    "indeterminate": Word("需补正", "cannot be judged"),
    "refer": Word("须研究", "to be decided by a person"),
    "conditional": Word("基本符合", "complies once duties are met"),
    "permit": Word("符合", "complies"),
    "untouched": Word("不涉及", "not involved"),
    "not_applicable": Word("不适用", "not applicable"),
    "information": Word("提示", "information"),
}

INFORMATION: dict[str, Word] = {
    "encouragement": Word("鼓励", "encouraged"),
    "lead": Word("疑似（线索）", "a lead"),
}
"""What is told of information that is more than a note."""

CONSEQUENCES: dict[str, Word] = {
    "deny": Word(
        "有 {count} 条规定不符合，建议退回或核减", "forbidden by {rules}; to be returned, or the site reduced"
    ),
    "indeterminate": Word("材料不全，有 {count} 条规定无法判定", "papers are incomplete, no result under {rules}"),
    "refer": Word(
        "有 {count} 条规定须由有权机关研究，提请会审",
        "left to an authority by {rules}; to be put before the joint review",
    ),
    "conditional": Word("有 {count} 条规定附有须办事项，须完善", "duties under {rules} are listed below"),
    "permit": Word("适用的规定均符合", "every rule that applies is met"),
}
"""What follows from a decision; `{count}` and `{rules}` are filled with the number of rules that decide."""

STATUSES: dict[str, Word] = {
    "verified": Word("条文已核实", "text verified"),
    "partly": Word("条文部分核实", "text partly verified"),
    "unverified": Word("条文未核实", "text not verified"),
    "example": Word("虚构示例", "invented example"),
}

LEVEL_WORDS: dict[str, Word] = {
    "national": Word("国家级", "national"),
    "provincial": Word("省级", "provincial"),
    "municipal": Word("市级", "municipal"),
    "county": Word("县级", "county"),
    "township": Word("乡镇级", "township"),
    "central": Word("国家级", "central"),
    "state_council": Word("国务院", "State Council"),
    "province": Word("省级", "province"),
    "city": Word("市级", "city"),
    "village": Word("村级", "village"),
    "expert": Word("专家", "experts"),
}

DUTY_KINDS: dict[str, Word] = {
    "approval": Word("批准", "approval"),
    "opinion": Word("意见", "opinion"),
    "duty": Word("义务", "duty"),
}

ABSENCES: dict[str, Word] = {
    "not_supplied": Word("未提供", "not supplied"),
    "not_covered": Word("图层未覆盖此处", "the layer does not cover this place"),
    "outdated": Word("图层在法律日期已失效", "the layer is out of date on the law date"),
    "invalid": Word("值无效", "the value is invalid"),
    "unbound": Word("工作区未绑定该图层", "the workspace does not bind this layer"),
    "no_row": Word("规则表没有对应的行", "no row of the rules' table answers this"),
    "several": Word("对应多个代码，须人工选定", "several codes answer, a person must choose"),
    "open_list": Word("清单以“等”结尾，是否包括须人工判断", "the list ends in “and the like”, a person must tell"),
    "document": Word("缺少文件", "a document is absent"),
}

SUPPLIERS: dict[str, Word] = {
    "not_supplied": Word("由申请人补充", "to be supplied by the applicant"),
    "invalid": Word("由申请人更正", "to be corrected by the applicant"),
    "document": Word("由申请人补交", "to be handed in by the applicant"),
    "not_covered": Word("由数据管理人员补充图层", "to be supplied by whoever keeps the layers"),
    "outdated": Word("由数据管理人员更新图层", "to be renewed by whoever keeps the layers"),
    "unbound": Word(
        "由数据管理人员在 landrules.toml 中绑定", "to be bound in landrules.toml by whoever keeps the layers"
    ),
    "no_row": Word("由规则编写人员核实补充", "to be settled by whoever writes the rules"),
    "several": Word("由审查人员选定", "to be chosen by the reviewer"),
    "open_list": Word("由审查人员判断", "to be judged by the reviewer"),
}

COVERAGES: dict[str, Word] = {
    "involved": Word("涉及", "involved"),
    "not_involved": Word("不涉及", "not involved"),
    "not_covered": Word("未覆盖", "not covered"),
    "outdated": Word("已失效", "out of date"),
    "missing": Word("缺少", "missing"),
}

TRACES: dict[str, Word] = {
    "exception": Word("例外", "exception"),
    "branch": Word("情形", "case"),
    "clause": Word("条件", "clause"),
    "note": Word("说明", "note"),
}

METHODS: dict[str, Word] = {
    "ellipsoidal": Word("椭球面积", "ellipsoidal area"),
    "planar": Word("平面面积", "planar area"),
}

QUALITY: dict[str, Word] = {"error": Word("错误", "error"), "warning": Word("注意", "note")}

LAW_DATE_SOURCES: dict[str, Word] = {
    "option": Word("由命令指定", "given on the command line"),
    "application_date": Word("取自申请日期", "the application date"),
}


def in_lang(text: Text, lang: Lang) -> str:
    """The text in the reader's language; where it is empty the other stands in."""
    chosen, other = (text.zh, text.en) if lang == "zh" else (text.en, text.zh)
    return chosen or other


def level(name: str, lang: Lang) -> str:
    """The word for a level or an issuer; a name that is no level stays as it is."""
    word = LEVEL_WORDS.get(name)
    return word(lang) if word else name


def heading(word: Word, lang: Lang) -> str:
    """A term at the head of a section."""
    text = word(lang)
    return text[:1].upper() + text[1:]


def is_untouched(finding: FindingOut) -> bool:
    """Whether a permit says that something was measured and is not there.

    True where areas were measured, every one is zero with no allowance used, and no piece has ground: a red line that
    lies elsewhere. A quota or a ceiling that is kept (a limit above zero) complies, it is not 不涉及.
    """
    areas = [m for m in finding.measured if is_area(m.unit)]
    return (
        finding.outcome == "permit"
        and bool(areas)
        and all(m.value == 0 and not m.limit and not m.dropped_by_tolerance for m in areas)
        and all(piece.area_m2 == 0 for piece in finding.pieces)
    )


def wording(finding: FindingOut) -> str:
    """The key of `OUTCOMES` that fits what was found."""
    return "untouched" if is_untouched(finding) else finding.outcome
