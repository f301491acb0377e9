"""Names for people: facts, layers and expressions in both languages, from the vocabulary and the rulesets."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from landrules.base.levels import level_words
from landrules.base.valuetype import Absence, Missing
from landrules.base.vocabulary import NAMES, WORDS
from landrules.engine.answer import MissingOut, Text
from landrules.engine.kept import Kept
from landrules.rules import expr as e
from landrules.rules.model import Bilingual, RuleSet


def text(b: Bilingual) -> Text:
    """A bilingual text as published; an empty side is filled from the other."""
    return Text(zh=b.zh or b.en, en=b.en or b.zh)


def fact_title(name: str, rules: RuleSet) -> Text:
    """A dotted fact in words: `proposal.plan.village_plan` is 项目的规划的村庄规划; a look-up by its table and keys."""
    return _facts(rules)(name)


_facts: Kept[RuleSet, Callable[[str], Text]] = Kept(
    lambda rules: lru_cache(maxsize=4096)(lambda name: _fact_title(name, rules)), most=16
)


def _fact_title(name: str, rules: RuleSet) -> Text:
    if name.endswith(")") and (asked := _asked(name, rules)) is not None:
        return asked
    if name in rules.parameters:
        return text(rules.parameters[name].title)
    head, *rest = name.split(".")
    if head in rules.layers and not rest:
        return text(rules.layers[head].title)
    zh = [_word(head, rules), *(_word(p, rules) for p in rest)]
    en = [head.replace("_", " "), *(p.replace("_", " ") for p in rest)]
    return Text(zh="·".join(zh), en=" / ".join(en))


def _asked(name: str, rules: RuleSet) -> Text | None:
    """What was asked of a table or a list, with the keys asked for: `cn.codes.survey_to_lulc2023(survey:0602)`."""
    id_, _, inside = name.removesuffix(")").partition("(")
    found = rules.tables.get(id_) or rules.lists.get(id_)
    if found is None:
        return None
    keys = [_key(part, rules) for part in inside.split(", ")]
    zh, en = "，".join(k.zh for k in keys), ", ".join(k.en for k in keys)
    title = text(found.title)
    return Text(zh=f"{title.zh}：{zh}", en=f"{title.en}: {en}")


def _key(part: str, rules: RuleSet) -> Text:
    scheme, _, code = part.partition(":")
    entry = rules.schemes[scheme].entries.get(code) if scheme in rules.schemes else None
    return Text(zh=f"{entry.title.zh} {part}", en=f"{entry.title.en} {part}") if entry else Text(zh=part, en=part)


def _word(part: str, rules: RuleSet) -> str:
    if part in rules.layers:
        return rules.layers[part].title.zh or part
    if part == "area":
        return "面积"
    return WORDS.get(part) or NAMES.get(part) or part


ABSENCES: dict[Absence, Text] = {
    Absence.NOT_SUPPLIED: Text(zh="未提供", en="not supplied"),
    Absence.NOT_COVERED: Text(zh="图层未覆盖此处", en="the layer does not cover this place"),
    Absence.OUTDATED: Text(zh="图层在适用日已过期", en="the layer is out of date for the law date"),
    Absence.INVALID: Text(zh="值无效", en="the value is invalid"),
    Absence.UNBOUND: Text(zh="工作区未绑定该图层", en="the layer is not bound in the workspace"),
    Absence.NO_ROW: Text(zh="表或台账中无此项", en="no row in the table or account"),
    Absence.SEVERAL: Text(zh="对应多个代码，须人工选定", en="several codes answer; a person must choose"),
    Absence.OPEN_LIST: Text(
        zh="清单以“等”结尾，是否包括须人工判断", en="the list ends in “and the like”; a person must tell"
    ),
}
"""The absences in words: they stay apart also in a letter."""


def absence(missing: Missing, rules: RuleSet) -> Text:
    """What is missing, and in which way."""
    title, why = fact_title(missing.name, rules), ABSENCES[missing.kind]
    parameter = rules.parameters.get(missing.name)
    if parameter is not None and parameter.filled_by is not None and missing.kind is Absence.NOT_SUPPLIED:
        level = level_words("of", parameter.filled_by)
        why = Text(zh=f"由{level['of_zh']}填定，尚未填定", en=f"to be filled in at the {level['of_en']} level")
    return Text(zh=f"{title.zh}（{why.zh}）", en=f"{title.en} ({why.en})")


def missing_out(missing: Missing, rules: RuleSet) -> MissingOut:
    """A missing fact as published."""
    return MissingOut(
        kind=missing.kind.value, name=missing.name, title=fact_title(missing.name, rules), detail=missing.detail
    )


def expr_title(expr: e.Expr, rules: RuleSet) -> Text:
    """A short name of what an expression measures."""
    return _exprs(rules)(expr)


_exprs: Kept[RuleSet, Kept[e.Expr, Text]] = Kept(lambda rules: Kept(lambda expr: _expr_title(expr, rules)), most=16)


def _expr_title(expr: e.Expr, rules: RuleSet) -> Text:
    match expr:
        case e.Named(name, _, _, zh):
            return Text(zh=zh or name, en=name.replace("_", " "))
        case e.Fact():
            return fact_title(expr.name, rules)
        case e.ParcelFact(path, _):
            return fact_title(".".join(("parcel", *path)), rules)
        case e.FeatureFact(layer, field, _):
            schema = rules.layers.get(layer)
            zh = schema.fields[field].zh if schema and field in schema.fields else field
            return Text(zh=f"{_word(layer, rules)}·{zh or field}", en=f"{layer} / {field}")
        case e.ItemFact(path, _):
            return fact_title(".".join(path), rules)
        case e.BoundFact(name, path, _):
            words = fact_title(".".join(path), rules) if path else Text(zh="", en="")
            return Text(zh=f"{name}·{words.zh}".strip("·"), en=f"{name} {words.en}".strip())
        case e.IfAbsent(left, _, _):
            return expr_title(left, rules)
        case e.ProposalArea():
            return Text(zh="项目面积", en="area of the proposal")
        case e.ParcelArea():
            return Text(zh="地块面积", en="area of the parcel")
        case e.Aggregate():
            return _aggregate_title(expr, rules)
        case e.ParameterRef(id_, _):
            return text(rules.parameters[id_].title)
        case e.Lookup(id=id_):
            return text(rules.tables[id_].title)
        case e.AccountRef(kind=kind):
            account = rules.accounts.get(kind)
            return text(account.title) if account else Text(zh=kind, en=kind)
        case e.Arithmetic(op, left, right, _):
            a, b = expr_title(left, rules), expr_title(right, rules)
            return Text(zh=f"{a.zh} {op} {b.zh}", en=f"{a.en} {op} {b.en}")
        case e.Const():
            return Text(zh="常数", en="constant")
        case _:
            return Text(zh="数值", en="value")


KINDS = {
    "sum": ("合计", "sum of"),
    "count": ("数目", "count of"),
    "min": ("最小值", "least"),
    "max": ("最大值", "greatest"),
    "any": ("有无", "any"),
    "average": ("加权平均", "mean"),
    "area": ("面积", "area of"),
}


def _aggregate_title(expr: e.Aggregate, rules: RuleSet) -> Text:
    source = expr.items.source
    match source:
        case e.LayerItems(layer):
            zh, en = _word(layer, rules), layer
        case e.OccupiedItems(layer):
            zh, en = f"占用{_word(layer, rules)}", f"occupied {layer}"
        case e.RecordItems(path):
            zh, en = "·".join(_word(p, rules) for p in path), " ".join(path)
        case e.ParcelItems(path):
            zh, en = "·".join(("地块", *(_word(p, rules) for p in path))), " ".join(("parcels", *path))
        case e.BuildingItems():
            zh, en = "建筑", "buildings"
        case e.BoundItems(name, path):
            zh, en = "·".join((name, *(_word(p, rules) for p in path))), " ".join((name, *path))
    if isinstance(expr.value, e.ItemFact) and expr.value.path:
        field = expr.value.path[-1]
        layer = getattr(source, "layer", "")
        schema = rules.layers.get(layer)
        word = schema.fields[field].zh if schema and field in schema.fields else _word(field, rules)
        zh, en = f"{zh}{word or field}", f"{en} {field}"
    kind_zh, kind_en = KINDS[expr.kind]
    return Text(zh=f"{zh}{kind_zh}", en=f"{kind_en} {en}".replace("_", " "))
