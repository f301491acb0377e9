"""A norm in a few lines, for cases to be compared whole."""

from __future__ import annotations

from fractions import Fraction

from landrules.base.period import ALWAYS, Period
from landrules.rules import expr as e
from landrules.rules import model as m


def short(ruleset: m.RuleSet) -> str:
    """All norms of a ruleset."""
    return "\n".join(line for norm in ruleset.norms for line in (*_norm(norm), ""))


def _norm(norm: m.Norm) -> list[str]:
    marks = [w for w, on in (("authorises", norm.authorises), ("informs", norm.informs)) if on]
    lines = [f"{norm.id} [{norm.construct}, {norm.level}{''.join(', ' + w for w in marks)}] {_period(norm.period)}"]
    lines.append(f"  title {norm.title.zh} | {norm.title.en}")
    lines.append(f"  on {_subject(norm.subject)}; reads {', '.join(norm.layers) or 'no layer'}")
    lines += [f"  cites {_citation(c)}" for c in norm.citations]
    if norm.applies != e.TRUE:
        lines.append(f"  applies {show(norm.applies)}")
    if norm.tolerance != m.ToleranceRule():
        lines.append(f"  tolerance {norm.tolerance.limit} m2, {norm.tolerance.handed_to} up to {norm.tolerance.up_to}")
    for branch in norm.branches:
        lines.append(f"  {branch.effect.value}{_label(branch)} {_period(branch.period)} when {show(branch.when)}")
        lines += [f"    {_clause(c)}" for c in branch.clauses]
        lines += [f"    cites {_citation(c)}" for c in branch.citations]
    for exception in norm.exceptions:
        lines += _exception(exception, "  ")
    if norm.message is not None:
        lines += [f"  says {''.join(_part(p) for p in parts)}" for parts in (norm.message.zh, norm.message.en)]
    return lines


def _label(branch: m.Branch) -> str:
    return f" ({branch.label})" if branch.label else ""


def _part(part: m.MessagePart) -> str:
    if part.expr is None:
        return part.text
    return "{" + show(part.expr) + (f" in {part.unit.symbol}" if part.unit else "") + "}"


def _exception(exception: m.ExceptionNorm, pad: str) -> list[str]:
    lines = [f"{pad}except {exception.id} {_period(exception.period)} when {show(exception.when)}"]
    lines += [f"{pad}  {_clause(c)}" for c in exception.clauses]
    lines += [f"{pad}  cites {_citation(c)}" for c in exception.citations]
    for inner in exception.exceptions:
        lines += _exception(inner, pad + "  ")
    return lines


def _period(period: Period) -> str:
    return "always" if period == ALWAYS else f"{period.start or '…'} to {period.end or '…'}"


def _subject(subject: m.Subject) -> str:
    each = " each" if not isinstance(subject, m.Whole) and subject.each else ""
    match subject:
        case m.Whole(each_parcel):
            return "every parcel" if each_parcel else "the proposal"
        case m.OnLayer(layer, where, _, uncovered):
            bare = f" uncovered {uncovered.value}" if uncovered else ""
            return f"{layer}{_where(where)}{each}{bare}"
        case m.Strip(layer, width, where):
            beyond = f" beyond {show(subject.beyond)}" if subject.beyond is not None else ""
            prefers = f" prefers {subject.prefers}" if subject.prefers else ""
            return f"within {show(width)}{beyond} of {layer}{_where(where)}{each}{prefers}"


def _where(where: e.Expr | None) -> str:
    return f" where {show(where)}" if where is not None else ""


def _citation(citation: m.Citation) -> str:
    day = f" {citation.verified_on}" if citation.verified_on else ""
    return f"{citation.instrument.title.zh}{citation.article.zh} | {citation.article.en} {citation.status}{day}"


def _clause(clause: m.Clause) -> str:
    match clause:
        case m.Requires(expr, otherwise):
            else_ = f" otherwise {otherwise.zh} | {otherwise.en}" if otherwise else ""
            return f"requires {show(expr)}{else_}{' or refers' if clause.refers else ''}"
        case m.SubjectTo(kind, matter, zh, issuer, provided):
            by = f" by {show(issuer)}" if issuer is not None else ""
            until = f" no later than {show(clause.latest)}" if clause.latest is not None else ""
            return f"subject to {kind} {matter} {zh}{by}{until}{_provided(provided)}"
        case m.DutyClause(text, provided):
            return f"duty {text.zh} | {text.en}{_provided(provided)}"
        case m.Confirmed(opinion, zh, number):
            return f"confirmed by {opinion} {zh} number {show(number)}"


def _provided(expr: e.Expr) -> str:
    return "" if expr == e.TRUE else f" provided {show(expr)}"


def show(expr: e.Expr) -> str:
    """An expression, names and units bound."""
    match expr:
        case e.Const(value):
            return _value(value)
        case e.LawDay():
            return "law_date"
        case e.Fact(path):
            return ".".join(("proposal", *path))
        case e.ParcelFact(path):
            return ".".join(("parcel", *path))
        case e.FeatureFact(layer, field):
            return f"{layer}.{field}"
        case e.ItemFact(path):
            return ".".join(("it", *path))
        case e.BoundFact(name, path):
            return ".".join((name, *path))
        case e.CalendarCall(own, calendar, args):
            return f"{own}({', '.join((calendar, *(show(a) for a in args)))})"
        case e.IfAbsent(left, right):
            return f"({show(left)} if absent {show(right)})"
        case e.ForEach(name, items, body, value):
            of = f" in {show(value)}" if value is not None else ""
            return f"for each {name}{of} of {_items(items)} ({show(body)})"
        case e.ParameterRef(own) | e.ListRef(own):
            return own
        case e.Lookup(own, args) | e.Function(own, args):
            return f"{own}({', '.join(show(a) for a in args)})"
        case e.AccountRef(kind, region, year):
            return f"{kind}({show(region)}, {show(year)})"
        case e.Not(operand):
            return f"not {show(operand)}"
        case e.Logic(op, operands):
            return "(" + f" {op} ".join(show(x) for x in operands) + ")"
        case e.Compare(op, left, right) | e.Arithmetic(op, left, right):
            return f"({show(left)} {op} {show(right)})"
        case e.NoWorse(left, right):
            return f"({show(left)} no worse than {show(right)})"
        case e.Within(left, right):
            return f"({show(left)} in {show(right)})"
        case e.Given(operand):
            return f"given {show(operand)}"
        case e.Negative(operand):
            return f"-{show(operand)}"
        case e.Aggregate(kind, items, _, value, weight, shared):
            of = f" of {show(value)}" if value is not None else ""
            by = f" by {show(weight)}" if weight is not None else ""
            by += f" per {show(expr.per)}" if expr.per is not None else ""
            return f"{kind}{of}{by}{' shared' if shared else ''} over {_items(items)}"
        case e.ProposalArea():
            return "area of proposal"
        case e.ParcelArea():
            return "area of parcel"
        case e.Named(name, body):
            return f"[{name}: {show(body)}]"


def _items(items: e.Collection) -> str:
    match items.source:
        case e.LayerItems(layer):
            name = layer
        case e.OccupiedItems(layer):
            name = f"occupied {layer}"
        case e.RecordItems(path):
            name = ".".join(path)
        case e.ParcelItems(path):
            name = ".".join(("parcels", *path))
        case e.BuildingItems():
            name = "buildings"
        case e.BoundItems(bound, path):
            name = ".".join((bound, *path))
    return f"<{name}{_where(items.where)}>"


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return "{" + ", ".join(_value(v) for v in value) + "}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, Fraction) or not isinstance(value, str) else f'"{value}"'
