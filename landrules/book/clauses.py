"""A block of clauses as prose: when, under what conditions, what follows, what must be done, and what lifts it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from landrules.base.frozen import frozen
from landrules.book.conditions import NOTHING, Any, Atom, Said, both, conditions, inline, is_long, listed, sentence
from landrules.book.passage import Passage
from landrules.book.requirements import a_, effect, ground_of, requirement, together
from landrules.book.rows import row
from landrules.book.settings import setting
from landrules.book.sources import cited, message
from landrules.book.speech import Speech, capital
from landrules.book.values import value
from landrules.lang import tree as t


@frozen
class Ground:
    """What a block speaks of: the subject of its norm, and what stands where nothing else follows.

    `follows` is said of a block with conditions but without effect or clause: an exception that simply lifts.
    """

    subject: t.Subject | None = None
    follows: str = ""
    exception: bool = False


@dataclass(slots=True)
class Sorted:
    """The clauses of a block by what they do, each group in the author's order."""

    cites: list[t.Cites] = field(default_factory=list)
    period: t.PeriodNode | None = None
    conditions: list[t.Condition] = field(default_factory=list)
    effects: list[t.Effect] = field(default_factory=list)
    asked: list[t.Condition | t.SubjectTo | t.Duty] = field(default_factory=list)
    dated: list[t.Effective] = field(default_factory=list)
    excepts: list[t.Except] = field(default_factory=list)
    rest: list[t.Clause] = field(default_factory=list)


def sort(body: Iterable[t.Clause]) -> Sorted:
    """The clauses of a block, sorted."""
    found = Sorted()
    for clause in body:
        match clause:
            case t.Cites():
                found.cites.append(clause)
            case t.Effective(body=None):
                found.period = clause.period
            case t.Effective():
                found.dated.append(clause)
            case t.Condition(kind="applies" | "when"):
                found.conditions.append(clause)
            case t.Condition() | t.SubjectTo() | t.Duty():
                found.asked.append(clause)
            case t.Effect():
                found.effects.append(clause)
            case t.Except():
                found.excepts.append(clause)
            case _:
                found.rest.append(clause)
    return found


def block(s: Speech, body: Sequence[t.Clause], ground: Ground, *, sources: bool = True) -> tuple[Passage, ...]:
    """All that a block says, main sentence first. With `sources` its own citations stand with that sentence."""
    found = sort(body)
    main = _main(s, found, ground)
    if sources and found.cites:
        main = _sourced(s, main, found.cites)
    out = list(main)
    for clause in found.rest:
        out += other(s, clause, ground)
    for part in found.dated:
        assert part.body is not None
        when = capital(s.period(part.period.start, part.period.end))
        out.append(Passage(when + s.say("：", ":"), block(s, part.body, replace(ground, follows="")), numbered=False))
    out += _excepted(s, found.excepts, ground)
    return tuple(out)


def _sourced(s: Speech, main: list[Passage], cites: Sequence[t.Cites]) -> list[Passage]:
    """The sources before a Chinese sentence, behind an English one."""
    said = cited(s, cites)
    if not main:
        return [Passage(s.say(f"依据：{said}。", f"Sources: {said}."))]
    first, *more = main
    if s.zh:
        return [replace(first, text=f"{said}：{first.text}"), *more]
    return [replace(first, text=f"{first.text[:-1]} ({said}){first.text[-1]}"), *more]


def _main(s: Speech, found: Sorted, ground: Ground) -> list[Passage]:
    lead = s.period(found.period.start, found.period.end) if found.period is not None else ""
    said = [conditions(s, c.expr) for c in found.conditions]
    actor, rest = ("", said) if ground.exception else _actor(s, found.conditions)
    under: Said = both(*rest) if rest else NOTHING
    asked = found.asked
    granted = [e for e in found.effects if e.word in ("authorises", "permits") and asked]
    effects = [effect(s, e, ground.subject, actor) for e in found.effects if e not in granted]
    main = _asking(s, found, ground, lead, under, actor, effects)
    return [*main, *(Passage(capital(effect(s, e, ground.subject)) + s.stop) for e in granted)]


def _asking(
    s: Speech, found: Sorted, ground: Ground, lead: str, under: Said, actor: str, effects: Sequence[str]
) -> list[Passage]:
    asked = found.asked
    if not asked:
        then = s.say("；", ", and ").join(effects) or ground.follows
        if ground.subject is not None and any(e.word not in _ON_GROUND for e in found.effects):
            under = together(Atom(_touched(s, ground.subject, actor)), under)
        elif actor and not effects:
            under = together(Atom(s.say(f"属于{actor}", f"the project is {a_(actor)}")), under)
        if not then and (found.conditions or found.period):
            then = s.say("适用本条", "this rule applies")
        return [sentence(s, lead, under, then)] if then else []
    if ground.exception:
        if len(asked) == 1 and not is_long(s, under):
            one = requirement(s, asked[0])
            if not one.items:
                tail = one.text.rstrip("。.")
                return [
                    sentence(
                        s,
                        lead,
                        under,
                        s.say(f"{ground.follows}，但{tail}", f"{ground.follows}, provided that {_lower(tail)}"),
                    )
                ]
        then = s.say(
            f"{ground.follows}，但应当符合下列要求", f"{ground.follows}, provided that these requirements are met"
        )
        return [sentence(s, lead, under, then, [requirement(s, c) for c in asked])]
    if ground.subject is not None and not effects:
        under = together(Atom(_touched(s, ground.subject, actor)), under)
    elif actor and not effects:
        under = together(Atom(s.say(f"属于{actor}", f"the project is {a_(actor)}")), under)
    if effects:
        then = s.say("；", ", and ").join(effects) + s.say("，并应当符合下列要求", ", and the following is required")
        return [sentence(s, lead, under, then, [requirement(s, c) for c in asked])]
    if len(asked) == 1:
        return [requirement(s, asked[0], lead, under)]
    return [
        sentence(
            s, lead, under, s.say("应当符合下列要求", "the following is required"), [requirement(s, c) for c in asked]
        )
    ]


_ON_GROUND = ("occupation", "buildings", "project", "authorises")
"""Effects whose sentence names the ground itself."""


def _touched(s: Speech, subject: t.Subject, actor: str) -> str:
    land = ground_of(s, subject)
    return s.say(f"{actor}涉及{land}", f"{a_(actor) if actor else 'the project'} touches {land}")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


# --------------------------------------------------------------------------- who acts


def _actor(s: Speech, found: Sequence[t.Condition]) -> tuple[str, list[Said]]:
    """The project as its conditions name it (a construction project), and the conditions that are left."""
    kinds: dict[str, bool] = {}
    rest: list[Said] = []
    for part in [x for c in found for x in _joined(c.expr)]:
        negated = isinstance(part, t.Unary) and part.op == "not"
        fact = part.operand if isinstance(part, t.Unary) and negated else part
        name = ".".join(s.names.spelled(p, "en") for p in fact.parts) if isinstance(fact, t.Path) else ""
        if name in ("proposal.is_construction", "proposal.is_temporary") and name not in kinds:
            kinds[name] = not negated
        else:
            rest.append(conditions(s, part))
    if kinds.get("proposal.is_construction") is not True:
        return "", [conditions(s, c.expr) for c in found]
    temporary = kinds.get("proposal.is_temporary")
    zh = {None: "建设项目", True: "临时用地的建设项目", False: "非临时用地的建设项目"}[temporary]
    en = {
        None: "construction project",
        True: "temporary construction project",
        False: "construction project that is not temporary",
    }[temporary]
    return s.say(zh, en), rest


def _joined(expr: t.Expr) -> list[t.Expr]:
    if isinstance(expr, t.Binary) and expr.op == "and":
        return [*_joined(expr.left), *_joined(expr.right)]
    return [expr]


# --------------------------------------------------------------------------- exceptions


def _excepted(s: Speech, found: Sequence[t.Except], ground: Ground) -> list[Passage]:
    if not found:
        return []
    inner = s.say("但下列情形除外：", "This is subject to the following exceptions:")
    return [Passage(inner, tuple(exception(s, x, ground) for x in found), numbered=len(found) > 1)]


def exception(s: Speech, node: t.Except, ground: Ground) -> Passage:
    """An exception with its name, its source and what it asks; its own exceptions stand under it."""
    return excepting(s, node.names, node.body, ground)


def excepting(s: Speech, names: t.Names, body: Sequence[t.Clause], ground: Ground) -> Passage:
    """The same for the body of an exception, wherever it stands."""
    title = next((s.text(c.text) for c in body if isinstance(c, t.Title)), "") or s.alias(names)
    sources = cited(s, [c for c in body if isinstance(c, t.Cites)])
    follows = s.say("不受前述限制", "this rule does not apply")
    own = Ground(ground.subject, follows, exception=True)
    parts = block(s, [c for c in body if not isinstance(c, t.Title | t.Cites)], own, sources=False)
    if not parts:
        parts = (Passage(capital(follows) + s.stop),)
    head = s.say(
        f"{title}{f'（{sources}）' if sources else ''}：", f"{capital(title)}{f' ({sources})' if sources else ''}: "
    )
    first, *more = parts
    return replace(first, text=head + first.text, after=(*first.after, *more))


# --------------------------------------------------------------------------- everything else


def other(s: Speech, node: t.Clause, ground: Ground) -> list[Passage]:
    """Clauses that stand beside the main sentence; titles are headings and say nothing here."""
    match node:
        case t.Title():
            return []
        case t.Given():
            name = s.quoted(s.alias(node.names))
            return [means(s, name, node.expr)]
        case t.Tolerance():
            return [Passage(_tolerance(s, node))]
        case t.MessageClause():
            said = message(s, node.text)
            return [Passage(s.say(f"审查意见写明：{said}。", f"The opinion says: {said}."))]
        case t.Cell():
            return [cell(s, node)]
        case t.Zone():
            others = s.say("其他分区", "that are not named")
            where = s.listed([others if isinstance(c, t.OtherLit) else value(s, c) for c in node.codes], "and")
            inside = block(s, node.body, Ground(ground.subject))
            zone = "zone" if len(node.codes) == 1 else "zones"
            return [Passage(s.say(f"在{where}内：", f"In the {zone} {where}:"), inside, numbered=False)]
        case t.Setting():
            return [Passage(setting(s, node))]
        case t.FieldClause():
            return [Passage(_field(s, node))]
        case t.CodeClause():
            under = s.say(f"，属{node.under}", f", under {node.under}") if node.under else ""
            return [Passage(f"{node.code}{s.colon}{s.text(node.text)}{under}{s.stop}")]
        case t.Row():
            return [row(s, node)]
        case t.Cites() | t.Effective() | t.Condition() | t.SubjectTo() | t.Duty() | t.Effect() | t.Except():
            return list(block(s, (node,), ground))
    assert_never(node)


def means(s: Speech, name: str, expr: t.Expr) -> Passage:
    """A definition: 所称“…”，是指…."""
    if not is_condition(s, expr):
        return Passage(s.say(f"所称{name}，是指{value(s, expr)}。", f"Here {name} means {value(s, expr)}."))
    said = conditions(s, expr)
    if isinstance(said, Atom) or not is_long(s, said):
        return Passage(s.say(f"所称{name}，是指{inline(s, said)}。", f"Here {name} means that {inline(s, said)}."))
    which = s.say("同时符合下列各项", "all of the following hold")
    if isinstance(said, Any):
        which = s.say("符合下列任何一项", "any one of the following holds")
    return Passage(s.say(f"所称{name}，是指{which}：", f"Here {name} means that {which}:"), listed(s, said))


def is_condition(s: Speech, expr: t.Expr) -> bool:
    """Whether an expression states something, rather than measures it."""
    match expr:
        case t.Binary(op=op):
            return op not in ("+", "-", "*", "/", "if_absent")
        case t.Unary(op=op):
            return op != "-"
        case t.Aggregate(kind=kind):
            return kind == "any"
        case t.ForEach():
            return True
        case _:
            return False


def _tolerance(s: Speech, node: t.Tolerance) -> str:
    limit = s.number(node.limit)
    text = s.say(f"审查容差为{limit}", f"The review tolerance is {limit}")
    if node.up_to is not None:
        who, up_to = s.level(node.handed_to), s.number(node.up_to)
        text += s.say(f"，授权{who}另定，最大{up_to}", f"; {who} may set another, up to {up_to}")
    return text + s.stop


def cell(s: Speech, node: t.Cell) -> Passage:
    """A cell of a use control: what is permitted, restricted or prohibited."""
    others = s.say("其他用途", "other uses")
    uses = s.say("、", ", ").join(others if isinstance(u, t.OtherLit) else value(s, u) for u in node.uses)
    words = {
        "permits": ("允许", "Permitted: "),
        "restricts": ("限制", "Restricted: "),
        "prohibits": ("禁止", "Prohibited: "),
    }[node.word]
    inside = block(s, node.body, Ground()) if node.body else ()
    head = s.say(words[0], words[1]) + uses
    if len(inside) == 1 and not inside[0].items:
        return Passage(head + s.say("：", "; ") + (inside[0].text if s.zh else _lower(inside[0].text)))
    return Passage(head + (s.say("：", ":") if inside else s.stop), inside)


def _field(s: Speech, node: t.FieldClause) -> str:
    marks = [s.say("按面积分摊", "shared out by area")] if node.apportioned else []
    marks += [s.say("可缺", "may be absent")] if node.optional else []
    more = s.bracketed(s.say("，", ", ").join(marks)) if marks else ""
    return s.say("字段“", "Field “") + s.alias(node.names) + f"”{s.colon}" + s.type(node.type) + more + s.stop
