"""What a norm's clauses say: the ground, what follows on it, what is required, which documents and duties."""

from __future__ import annotations

from typing import assert_never

from landrules.book.conditions import NOTHING, All, Any, Atom, Said, both, conditions, inline, is_long, listed, sentence
from landrules.book.passage import Passage
from landrules.book.speech import Speech
from landrules.book.values import items, value
from landrules.lang import tree as t

# --------------------------------------------------------------------------- ground


def ground_of(s: Speech, subject: t.Subject) -> str:
    """The ground a norm speaks of: a layer, or a strip along it."""
    some = items(s, t.Select(subject.layer, subject.where, subject.span))
    if subject.where is not None:
        some = s.say(some, f"those parts of {some}")
    if subject.within is None:
        return some
    width = value(s, subject.within)
    if subject.beyond is not None:
        inner = value(s, subject.beyond)
        return s.say(
            f"{some}外缘{inner}以外、再{width}以内的用地",
            f"the strip of {width} that begins {inner} beyond the edge of {some}",
        )
    if isinstance(subject.within, t.NumberLit):
        return s.say(f"{some}外缘以外{width}范围", f"the strip of {width} along the edge of {some}")
    if isinstance(subject.within, t.Call) and subject.within.args:
        table = s.term(subject.within.name.parts)
        by = s.listed([value(s, a) for a in subject.within.args], "and")
        return s.say(
            f"{some}外缘以外的控制范围（宽度依{table}按{by}确定）",
            f"the strip along the edge of {some} (as wide as {table} gives for {by})",
        )
    return s.say(
        f"{some}外缘以外的控制范围（宽度为{width}）", f"the strip along the edge of {some} (its width: {width})"
    )


def effect(s: Speech, node: t.Effect, subject: t.Subject | None, actor: str = "") -> str:
    """What follows, as the end of a sentence."""
    land = ground_of(s, subject) if subject is not None else ""
    who_en = f"no {actor or 'project'}"
    match node.word:
        case "occupation":
            return s.say(f"禁止{actor}占用{land or '土地'}", f"{who_en} may occupy {land or 'this ground'}")
        case "buildings":
            place = f"在{land}内" if land else "在该范围内"
            of = f" of {a_(actor)}" if actor else ""
            return s.say(f"禁止{actor}{place}建设建筑物", f"no buildings{of} may stand in {land or 'this ground'}")
        case "project":
            if not land:
                return s.say(f"禁止实施{actor or '该项目'}", f"{who_en} of this kind may be carried out")
            return s.say(f"禁止{actor or '项目'}使用{land}", f"{who_en} may use {land}")
        case "permits":
            return s.say("予以允许", "the project is permitted")
        case "refers":
            return s.say("提请有权机关裁量", "the case is put before the competent authority to decide")
        case "informs":
            return s.say("仅作告知", "this is only pointed out")
        case "encourages":
            return s.say("予以鼓励", "the project is encouraged")
        case "suspects":
            return s.say("作为疑似线索移交核查", "this is a lead to be looked into")
        case "authorises":
            return s.say("符合本条的土地准予使用", "ground that complies with this rule is authorised")
    assert_never(node.word)


# --------------------------------------------------------------------------- what is asked


def requirement(s: Speech, node: t.Condition | t.SubjectTo | t.Duty, lead: str = "", under: Said = NOTHING) -> Passage:
    """One requirement, document or duty as a sentence of its own."""
    match node:
        case t.Condition():
            return _requires(s, node, lead, under)
        case t.SubjectTo():
            own = conditions(s, node.provided) if node.provided is not None else NOTHING
            return sentence(s, lead, together(under, own), _document(s, node))
        case t.Duty():
            own = conditions(s, node.provided) if node.provided is not None else NOTHING
            text = s.text(node.text).rstrip("。.；; ")
            return sentence(s, lead, together(under, own), s.say(f"应当做到“{text}”", f"there is the duty “{text}”"))
    assert_never(node)


def together(under: Said, own: Said) -> Said:
    """Two conditions together; nothing adds nothing."""
    if is_nothing(own):
        return under
    return own if is_nothing(under) else both(under, own)


def _requires(s: Speech, node: t.Condition, lead: str, under: Said) -> Passage:
    asked = conditions(s, node.expr)
    failing = ""
    if node.otherwise is not None:
        text = s.text(node.otherwise).rstrip("。.")
        failing = s.say(f"；否则：{text}", f" (otherwise: {text})")
    if isinstance(asked, Atom) or not is_long(s, asked):
        said = inline(s, asked)
        return sentence(s, lead, under, s.say(f"要求{said}{failing}", f"it is required that {said}{failing}"))
    which = (
        ("同时符合下列各项", "all of the following")
        if isinstance(asked, All)
        else ("符合下列任何一项", "one of the following")
    )
    then = s.say(
        f"要求{which[0]}{failing}",
        f"it is required that {which[1]} {'hold' if isinstance(asked, All) else 'holds'}{failing}",
    )
    return sentence(s, lead, under, then, listed(s, asked))


def _document(s: Speech, node: t.SubjectTo) -> str:
    matter = s.document(node.matter)
    latest = ""
    if node.latest is not None:
        day = value(s, node.latest)
        latest = s.say(f"，且作出日期不晚于{day}", f", dated no later than {day}")
    plain = node.issuer is None or isinstance(node.issuer, t.LevelLit)
    issuer = value(s, node.issuer) if node.issuer is not None else ""
    level, whose = f"级别为{issuer}", f"by the level that is {issuer}"
    if isinstance(node.issuer, t.Call) and node.issuer.args:
        table, by = s.term(node.issuer.name.parts), s.listed([value(s, a) for a in node.issuer.args], "and")
        level, whose = f"级别由{table}按{by}确定", f"by the level that {table} gives for {by}"
    if node.kind == "approval":
        if plain:
            by = s.say(issuer, f" by {issuer}" if issuer else "")
            return s.say(f"须经{by}批准（{matter}）{latest}", f"approval{by} is needed for {matter}{latest}")
        return s.say(
            f"须经批准（{matter}），批准{level}{latest}",
            f"approval is needed for {matter}, {whose}{latest}",
        )
    if plain:
        by = s.say(f"{issuer}出具的" if issuer else "", f" by {issuer}" if issuer else "")
        return s.say(f"须有{by}“{matter}”意见{latest}", f"an opinion{by} is needed on {matter}{latest}")
    return s.say(
        f"须有“{matter}”意见，出具{level}{latest}",
        f"an opinion is needed on {matter}, {whose}{latest}",
    )


def is_nothing(said: Said) -> bool:
    """Whether no condition is stated."""
    return isinstance(said, All | Any) and not said.items


def a_(noun: str) -> str:
    """An English noun with its article."""
    return f"a {noun}"
