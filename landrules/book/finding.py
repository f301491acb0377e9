"""Why a proposal came out as it did under one rule: the failing clause first, then everything that was weighed.

What comes in is the engine's explanation; what goes out are passages, and the same as plain values for machines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from landrules.base.diagnostic import Lang
from landrules.base.quantity import Dimension
from landrules.book.glossary import Glossary
from landrules.book.passage import Passage
from landrules.book.phrases import OUTCOMES
from landrules.book.read import Reading
from landrules.book.retell import retold
from landrules.book.speech import Speech, capital
from landrules.book.values import value
from landrules.book.weighing import MARKS, Teller, is_truth, leaves, statements, truth_of, with_named
from landrules.engine.describe import absence
from landrules.engine.explain import Elsewhere, Explanation, Weighed, WeighedBranch, WeighedClause, WeighedException
from landrules.engine.findings import SIGNS
from landrules.rules import expr as e
from landrules.rules import model as m

_NAMED = 5
"""So many parcels or features name a place; more would hide what is said of it."""
_PLACES = 30
"""So many other places are listed; machines get them all."""

_NOTED = {
    "unverified_refers": (
        "所依据的条文没有全部核实，发现的问题交由有权机关裁量。",
        "The articles it rests on were not verified in full: what it finds is put before the competent authority.",
    ),
    "unverified_clean": (
        "所依据的条文没有全部核实，未发现问题，不作结论。",
        "The articles it rests on were not verified in full; it found nothing wrong and decides nothing.",
    ),
    "law_silent": (
        "规则表没有对应的行，由有权机关裁量。",
        "No row of the rules' table answers this: it is put before the competent authority.",
    ),
}
_DOUBT = (
    "但这项结论依靠没有全部核实的条文，只按已核实的条文会有不同结果，因此交由有权机关裁量。",
    (
        "But this rests on articles that were not verified in full; by the verified ones alone it would come out otherwise, so "
        "it is put before the competent authority."
    ),
)
_EFFECTS = {
    m.Effect.DENY: ("规则禁止这一情形。", "The rule prohibits this case."),
    m.Effect.DENY_OCCUPATION: ("该用地不得占用。", "This ground may not be occupied."),
    m.Effect.DENY_BUILDINGS: ("该用地内不得建设建筑物。", "No buildings may stand on this ground."),
    m.Effect.REFER: ("规则把这一情形交由有权机关裁量。", "The rule leaves this case to the competent authority."),
}


def finding(told: Explanation, rules: m.RuleSet, names: Glossary, lang: Lang) -> Reading:
    """An explanation as a reading."""
    return _Prose(Speech(lang, with_named(names, told.result.norm)), rules).reading(told)


class _Prose(Teller):
    __slots__ = ()

    def reading(self, told: Explanation) -> Reading:
        s, result = self.s, told.result
        norm = result.norm
        title = self.both(norm.title) or norm.id
        parts = [
            Passage(
                s.say(
                    f"结论：{s.pair(OUTCOMES[result.outcome.value])}。",
                    f"Outcome: {s.pair(OUTCOMES[result.outcome.value])}.",
                )
            ),
            *self.place(told),
            *self.failing(told),
            *self.missing(told),
            *self.weighed(told),
            *self.elsewhere(told),
            *self.sources(told),
            Passage(
                s.say(
                    "（✓ 成立，✗ 不成立，？ 未知，– 没有审到）",
                    "(✓ holds, ✗ does not, ？ is not known, – was not reached)",
                )
            ),
        ]
        return Reading(norm.id, s.say("说明", "explanation"), title, tuple(parts))

    def place(self, told: Explanation) -> Iterator[Passage]:
        s, result = self.s, told.result
        where = self.where(told.parcels, told.features)
        if where:
            yield Passage(s.say("所在：", "Place: ") + where + s.stop)
        if result.occupied is not None:
            area = self.quantity(result.occupied, Dimension.AREA)
            text = s.say(f"涉及面积：{area}", f"Ground touched: {area}")
            if result.tolerance:
                text += s.say("，容差", ", tolerance ") + self.quantity(result.tolerance, Dimension.AREA)
            if result.uncovered:
                text += s.say("，图层未覆盖", ", not covered by the layer ") + self.quantity(
                    result.uncovered, Dimension.AREA
                )
            yield Passage(text + s.stop)
        if result.noted in _NOTED:
            yield Passage(s.say(*_NOTED[result.noted]))

    def where(self, parcels: Sequence[str], features: Sequence[str]) -> str:
        """A place by its parcels and features, the first of each where they are many; empty for the whole proposal."""
        s = self.s
        words = (
            ("地块", "parcels " if len(parcels) > 1 else "parcel ", parcels),
            ("要素", "features " if len(features) > 1 else "feature ", features),
        )
        said = []
        for zh, en, names in words:
            if names:
                more = s.say("等", " and more") if len(names) > _NAMED else ""
                said.append(s.say(zh, en) + s.say("、", ", ").join(names[:_NAMED]) + more)
        return s.say("；", "; ").join(said)

    def elsewhere(self, told: Explanation) -> Iterator[Passage]:
        """The other places the norm was judged at, one line each."""
        s, others = self.s, told.others
        if not others:
            return
        head = s.say(f"另审查了{len(others)}处：", f"It was judged at {len(others)} more places:")
        if len(others) == 1:
            head = s.say("另审查了一处：", "It was judged at one more place:")
        lines = [Passage(self.other(x)) for x in others[:_PLACES]]
        rest = len(others) - len(lines)
        if rest:
            lines.append(Passage(s.say(f"其余{rest}处从略。", f"{rest} more are left out here.")))
        yield Passage(head, tuple(lines), numbered=False)

    def other(self, place: Elsewhere) -> str:
        """One other place: where, how it came out, what was measured and did not hold."""
        s = self.s
        where = self.where(place.parcels, place.features) or s.say("整个项目", "the whole proposal")
        measured = [self.quantity(place.area, Dimension.AREA)] if place.area is not None else []
        for c in place.unmet:
            limit, found = self.quantity(c.limit, c.left.type), self.quantity(c.value, c.left.type)
            name = value(s, retold(c.left))
            measured.append(
                s.say(
                    f"{name}为{found}，要求{SIGNS[c.op]}{limit}", f"{name} is {found}, required {SIGNS[c.op]} {limit}"
                )
            )
        outcome = s.pair(OUTCOMES[place.outcome.value])
        return capital(where) + s.colon + s.say("；", "; ").join((outcome, *dict.fromkeys(measured))) + s.stop

    def failing(self, told: Explanation) -> Iterator[Passage]:
        """What failed, before everything else."""
        s = self.s
        found = [p for b in told.branches if b.verdict is not None for p in self.failed_branch(b)]
        if not found:
            return
        tried = [x for x in told.exceptions if not x.lifted]
        lifted = [x for x in told.exceptions if x.lifted]
        yield Passage(s.say("决定结论的是：", "What decided:"), tuple(found))
        if lifted:
            names = s.listed([s.quoted(self.both(x.exception.title)) for x in lifted], "and")
            yield Passage(s.say(f"因例外{names}解除。", f"Lifted by the exception {names}."))
            if told.judgement is not None and told.judgement.source_doubt:
                yield Passage(s.say(*_DOUBT))
        elif tried:
            yield Passage(
                s.say("各项例外均未解除：", "No exception lifted it:"), tuple(self.not_lifting(x) for x in tried)
            )

    def failed_branch(self, branch: WeighedBranch) -> Iterator[Passage]:
        s, effect = self.s, branch.branch.effect
        if effect in _EFFECTS and branch.verdict is not None and branch.verdict.outcome.rank > m.Outcome.PERMIT.rank:
            yield Passage(s.say(*_EFFECTS[effect]))
        for clause in branch.clauses:
            if clause.verdict is not None and clause.verdict.outcome.rank > m.Outcome.PERMIT.rank:
                yield self.clause(clause)

    def not_lifting(self, told: WeighedException) -> Passage:
        """An exception that did not lift, with the first reason."""
        s, title = self.s, self.both(told.exception.title) or told.exception.id.rsplit(".", 1)[-1]
        if told.when.value is not True:
            return Passage(
                f"{title}{s.colon}" + s.say("不适用，因为：", "does not apply, because:"),
                tuple(self.reasons(told.when)),
                numbered=False,
            )
        unmet = [self.clause(c) for c in told.clauses if c.verdict is not None and c.verdict.outcome is m.Outcome.DENY]
        if unmet:
            return Passage(
                f"{title}{s.colon}" + s.say("适用，但要求未满足：", "applies, but what it asks is not met:"),
                tuple(unmet),
                numbered=False,
            )
        inner = [x for x in told.exceptions if x.lifted]
        if inner:
            names = s.listed([self.both(x.exception.title) for x in inner], "and")
            return Passage(
                f"{title}{s.colon}" + s.say(f"被{s.quoted(names)}排除。", f"set aside by {s.quoted(names)}.")
            )
        return Passage(f"{title}{s.colon}" + s.say("未起作用。", "had no effect."))

    def reasons(self, told: Weighed) -> list[Passage]:
        """The statements that keep a condition from holding: of those joined by and, only the ones that fail."""
        if isinstance(told.expr, e.Named) and told.parts:
            head = self.statement(told)
            return [Passage(head, tuple(self.reasons(told.parts[0])), numbered=False)]
        if isinstance(told.expr, e.Logic):
            kept = [p for p in told.parts if p.value is not True] if told.expr.op == "and" else list(told.parts)
            return [x for p in kept for x in self.reasons(p)]
        return [Passage(self.statement(told), tuple(self.sides(told)), numbered=False)]

    def missing(self, told: Explanation) -> Iterator[Passage]:
        s, result = self.s, told.result
        if not result.missing:
            return
        items = []
        for fact in result.missing:
            said = absence(fact, self.rules)
            hanging = [self.said(w.expr) for w in statements(told) if fact in w.facts]
            text = said.zh if s.zh else said.en
            if hanging:
                text += s.say("；它决定：", "; on it hangs whether ") + s.say("；", "; ").join(dict.fromkeys(hanging))
            items.append(Passage(text + s.stop))
        names = [s.pair(OUTCOMES[o.value]) for o in sorted(result.possible, key=lambda o: -o.rank)]
        possible = s.listed(names)
        yield Passage(
            s.say(
                f"缺少下列事实，补齐后结论为{possible}：",
                f"These facts are missing; with them it comes out as {possible}:",
            ),
            tuple(items),
        )

    def weighed(self, told: Explanation) -> Iterator[Passage]:
        s = self.s
        if told.applies.expr != e.TRUE:
            yield Passage(s.say("适用条件：", "It applies where:"), (self.tree(told.applies),), numbered=False)
        spoken = [b for b in told.branches if b.verdict is not None]
        silent = len(told.branches) - len(spoken)
        for branch in spoken or told.branches:
            parts = [self.tree(branch.when)] if branch.branch.when != e.TRUE else []
            parts += [self.clause(c) for c in branch.clauses]
            if parts:
                spoke = branch.verdict is not None
                head = s.say(
                    "情形（已适用）：" if spoke else "情形（未适用）：",
                    "Case (it applied):" if spoke else "Case (it did not apply):",
                )
                yield Passage(head, tuple(parts), numbered=False)
        if spoken and silent:
            yield Passage(s.say(f"另有{silent}种情形未适用。", f"Cases that did not apply: {silent}."))
        none_lifted = not any(x.lifted for x in told.exceptions)
        for x in sorted(told.exceptions, key=lambda x: not x.lifted):
            if x.lifted or x.when.value is not False:
                yield self.exception(x)
            elif not none_lifted:
                yield self.not_lifting(x)

    def exception(self, told: WeighedException) -> Passage:
        s, title = self.s, self.both(told.exception.title) or told.exception.id.rsplit(".", 1)[-1]
        state = {True: ("已解除", "lifted"), False: ("未解除", "did not lift"), None: ("未启用", "was not reached")}[
            told.lifted
        ]
        parts = [self.tree(told.when)] if told.when.expr != e.TRUE else []
        parts += [self.clause(c) for c in told.clauses]
        parts += [self.exception(x) for x in told.exceptions]
        head = s.say(f"例外“{title}”（{state[0]}）：", f"Exception “{title}” ({state[1]}):")
        return Passage(head, tuple(parts), numbered=False)

    def sources(self, told: Explanation) -> Iterator[Passage]:
        s = self.s
        cited = list(told.result.norm.citations)
        if cited:
            said = s.say("；", "; ").join(
                f"{s.say('《', '')}{self.both(c.instrument.title)}{s.say('》', ', ')}{self.both(c.article)}{s.bracketed(s.status(c.status))}"
                for c in cited
            )
            yield Passage(s.say(f"依据：{said}。", f"Sources: {said}."))

    def tree(self, told: Weighed) -> Passage:
        """A condition and what it is made of, each with its truth."""
        if isinstance(told.expr, e.Logic):
            head = self.s.say(
                *(("同时成立：", "all of these:") if told.expr.op == "and" else ("至少一项成立：", "one of these:"))
            )
            return Passage(
                f"{MARKS[truth_of(told.value)]} {head}", tuple(self.tree(p) for p in told.parts), numbered=False
            )
        if isinstance(told.expr, e.Named) and told.parts and is_truth(told.value):
            return Passage(self.statement(told), (self.tree(told.parts[0]),), numbered=False)
        return Passage(self.statement(told), tuple(self.sides(told)), numbered=False)

    def statement(self, told: Weighed) -> str:
        """A statement with its mark."""
        return f"{MARKS[truth_of(told.value)]} {capital(self.said(told.expr))}{self.s.stop}"

    def sides(self, told: Weighed) -> Iterator[Passage]:
        """The values behind a statement: both sides of a comparison and the margin, or the facts."""
        s = self.s
        if isinstance(told.expr, e.Given):
            return
        for part in leaves(told):
            yield Passage(f"{value(s, retold(part.expr))} = {self.printed(part)}{s.stop}")
        if margin := self.margin(told):
            yield Passage(s.say(f"相差{margin}。", f"The margin is {margin}."))

    def clause(self, told: WeighedClause) -> Passage:
        s = self.s
        match told.clause:
            case m.Requires(otherwise=otherwise):
                assert told.condition is not None
                failing = (
                    f"{s.say('：', ': ')}{self.both(otherwise)}" if otherwise and told.condition.value is False else ""
                )
                head = s.say("要求", "Required") + failing + s.say("：", ":")
                return Passage(
                    f"{MARKS[truth_of(told.condition.value)]} {head}", (self.tree(told.condition),), numbered=False
                )
            case m.SubjectTo():
                kind = s.say(*(("批准", "approval") if told.clause.kind == "approval" else ("意见", "opinion")))
                head = s.say(f"{kind}：{told.clause.matter_zh}", f"{capital(kind)}: {s.document(told.clause.matter)}")
            case m.Confirmed():
                head = s.say(f"凭证：{told.clause.opinion_zh}", f"Confirmation: {s.document(told.clause.opinion)}")
            case m.DutyClause(text):
                head = s.say(f"义务：{self.both(text)}", f"Duty: {self.both(text)}")
        verdict = told.verdict
        state = ""
        mark = "–"
        if verdict is not None:
            mark = MARKS[True] if verdict.outcome is m.Outcome.PERMIT else MARKS[False]
            reasons = [self.both(n.text) for n in verdict.notes]
            state = s.say("：", ": ") + (s.say("；", "; ").join(reasons) or s.pair(OUTCOMES[verdict.outcome.value]))
        under = (self.tree(told.condition),) if told.condition is not None else ()
        return Passage(f"{mark} {head}{state}{s.stop}", under, numbered=False)
