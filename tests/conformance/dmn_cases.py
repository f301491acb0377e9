"""Cases of the DMN Technology Compatibility Kit, restated in this language.

Source: the TCK of the OMG's Decision Model and Notation, github.com/dmn-tck/tck, commit 0dbcaf9, Apache License 2.0.
Facts and expected results are restated; no text or code of the kit is copied. A case is named by its model and its id.

What stands for what: a boolean or a number of the kit is a fact of the proposal; `null` is a fact that is not supplied,
and a result of null is a rule that cannot be judged for want of it; a result of true is a rule that is met, of false one
that is not. A mistake of types, which the kit finds when a model runs and answers with null, is found here when rules
are read: such cases name the message. What compares with null outright (`x = null`) asks here whether a fact was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Expected = Literal["true", "false", "null"]


@dataclass(frozen=True, slots=True)
class Case:
    """A case of the kit: its model and id, the condition it comes to here, the facts supplied, the result."""

    model: str
    id: str
    condition: str
    expected: Expected
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A case of the kit in which operands are of the wrong type: the condition, and the message that refuses it."""

    model: str
    id: str
    condition: str
    message: str


A, B = "proposal.is_construction", "proposal.is_temporary"
NUMBER, TEXT, DAY = "proposal.term_months", "proposal.industry_name", "proposal.application_date"
NULL = "proposal.dispute_pending"
WORDS = {"true": "true", "false": "false", "null": NULL}


def _ternary() -> list[Case]:
    """0106 and 0107: both operators over all pairs of inputs A and B, in the order of the kit; negation."""
    found: list[Case] = []
    pairs = [(a, b) for b in ("true", "false", "null") for a in ("true", "false", "null")]
    for n, (a, b) in enumerate(pairs, 1):
        facts = tuple((path, v) for path, v in ((A, a), (B, b)) if v != "null")
        conjunction: Expected = "false" if "false" in (a, b) else "null" if "null" in (a, b) else "true"
        disjunction: Expected = "true" if "true" in (a, b) else "null" if "null" in (a, b) else "false"
        found.append(Case("0106-feel-ternary-logic", f"{n:03} DecisionAnd", f"{A} and {B}", conjunction, facts))
        found.append(Case("0106-feel-ternary-logic", f"{n:03} DecisionOr", f"{A} or {B}", disjunction, facts))
    return [
        *found,
        Case("0107-feel-ternary-logic-not", "001", f"not {A}", "false", ((A, "true"),)),
        Case("0107-feel-ternary-logic-not", "002", f"not {A}", "true", ((A, "false"),)),
        Case("0107-feel-ternary-logic-not", "003", f"not {A}", "null"),
    ]


def _constants() -> list[Case]:
    """0064, 0065, 0066: the same of constants."""
    table: tuple[tuple[str, str, str, Expected, Expected], ...] = (
        ("001", "true", "true", "true", "true"),
        ("002", "true", "false", "false", "true"),
        ("003_a", "true", "null", "null", "true"),
        ("004", "false", "true", "false", "true"),
        ("005", "false", "false", "false", "false"),
        ("006_a", "false", "null", "false", "null"),
        ("007_a", "null", "true", "null", "true"),
        ("008_a", "null", "false", "false", "null"),
        ("009_a", "null", "null", "null", "null"),
    )
    found: list[Case] = []
    for id_, left, right, conjunction, disjunction in table:
        a, b = WORDS[left], WORDS[right]
        found.append(Case("0064-feel-conjunction", id_, f"{a} and {b}", conjunction))
        found.append(Case("0065-feel-disjunction", id_, f"{a} or {b}", disjunction))
    return [
        *found,
        Case("0066-feel-negation", "001", "not true", "false"),
        Case("0066-feel-negation", "002", "not false", "true"),
        Case("0066-feel-negation", "003_a", f"not {NULL}", "null"),
    ]


EQUALITY = "0068-feel-equality"
BETWEEN = "0071-feel-between"
IN = "0072-feel-in"


def _is(id_: str, condition: str, expected: Expected, *facts: tuple[str, str]) -> Case:
    return Case(EQUALITY, id_, condition, expected, facts)


EQUALITIES: tuple[Case, ...] = (
    _is("null_001", f"{NULL} is not given", "true"),
    _is("null_002", f"{NULL} is given", "false"),
    _is("boolean_001", "true = true", "true"),
    _is("boolean_002", "true != true", "false"),
    _is("boolean_003", "false = false", "true"),
    _is("boolean_004", "false != false", "false"),
    _is("boolean_005", "true = false", "false"),
    _is("boolean_006", f"{A} is not given", "false", (A, "true")),
    _is("boolean_007", f"{A} is not given", "false", (A, "false")),
    _is("number_001", "123 = 123", "true"),
    _is("number_002", "123.01 = 123.01", "true"),
    _is("number_003", "0 = 0.00", "true"),
    _is("number_004", "-0 = 0", "true"),
    _is("number_005", "-1 = 1", "false"),
    _is("number_006", f"{NUMBER} is not given", "false", (NUMBER, "100")),
    _is("string_001", '"foo" = "foo"', "true"),
    _is("string_002", '"foo" = "Foo"', "false"),
    _is("string_003", '"foo" != "Foo"', "true"),
    _is("string_004", f"{TEXT} is not given", "false", (TEXT, '"foo"')),
    _is("list_015", "proposal.opinions is not given", "false", ("proposal.opinions", "[]")),
    _is("date_001", "2018-12-08 = 2018-12-08", "true"),
    _is("date_002", "2018-12-07 = 2018-12-08", "false"),
    _is("date_003", f"{DAY} is not given", "false", (DAY, "2018-12-07")),
    _is("dt_duration_001", "1 days = 1 days", "true"),
    _is("dt_duration_003", "1 days = 2 days", "false"),
    _is("dt_duration_004", "1 days = -1 days", "false"),
    _is("dt_duration_005", "0 days = -0 days", "true"),
)


def _between() -> list[Case]:
    """0071: both ends belong to a stretch; an end or a value that is not known leaves the answer open."""
    found: list[Case] = []
    for n, value in enumerate((0, 1, 5, 10, 11), 1):
        expected: Expected = "true" if 1 <= value <= 10 else "false"
        found.append(Case(BETWEEN, f"number_{n:03}", f"{value} >= 1 and {value} <= 10", expected))
    for n in range(1, 6):
        expected = "true" if 2 <= n <= 4 else "false"
        day = f"2018-12-0{n}"
        found.append(Case(BETWEEN, f"date_{n:03}", f"{day} >= 2018-12-02 and {day} <= 2018-12-04", expected))
        found.append(Case(BETWEEN, f"dt_duration_{n:03}", f"{n} days >= 2 days and {n} days <= 4 days", expected))
    return [
        *found,
        Case(BETWEEN, "null_001", f"{NUMBER} >= 1 and {NUMBER} <= 10", "null"),
        Case(BETWEEN, "null_002", f"2 >= {NUMBER} and 2 <= 10", "null"),
        Case(BETWEEN, "null_003", f"2 >= 1 and 2 <= {NUMBER}", "null"),
    ]


STRETCHES: tuple[tuple[str, str, str], ...] = (
    ("number_in_007", "number", "> {2} and < {4}"),
    ("number_in_008", "number", "> {2} and <= {4}"),
    ("number_in_009", "number", ">= {2} and < {4}"),
    ("number_in_010", "number", "{2} to {4}"),
    ("date_in_007", "date", "> {2} and < {4}"),
    ("date_in_008", "date", "> {2} and <= {4}"),
    ("date_in_009", "date", ">= {2} and < {4}"),
    ("date_in_010", "date", "{2} to {4}"),
    ("duration_in_007", "duration", "> {2} and < {4}"),
    ("duration_in_008", "duration", "> {2} and <= {4}"),
    ("duration_in_009", "duration", ">= {2} and < {4}"),
    ("duration_in_010", "duration", "{2} to {4}"),
)
"""0072: stretches with open and closed ends, as keys of a table."""

_SPELLED = {"number": "{}", "date": "2018-12-0{}", "duration": "{} days"}
_KIT = {"number": "number", "date": "date", "duration": "dt_duration"}


def stretch_tables() -> str:
    """A table for each stretch: true on it, false elsewhere."""
    found = []
    for name, kind, key in STRETCHES:
        ends = {n: _SPELLED[kind].format(n) for n in (2, 4)}
        written = key.replace("{2}", ends[2]).replace("{4}", ends[4])
        found.append(f"table {name} (given_{kind} {kind}) boolean {{\n complete\n cites kit article 1 example\n")
        found.append(f" row {written} gives true\n row other gives false\n}}\n")
    return "".join(found)


def _in() -> list[Case]:
    """0072: membership of lists, of stretches, of either; equality and inequality as unary tests."""
    found: list[Case] = []
    for name, kind, key in STRETCHES:
        number = name[-3:]
        for letter, value in zip("abcde", range(1, 6), strict=True):
            low, high = (value > 2 or (value == 2 and "> " not in key)), (value < 4 or (value == 4 and "< " not in key))
            call = f"{name}({_SPELLED[kind].format(value)})"
            id_ = f"{_KIT[kind]}_{number}_{letter}"
            found.append(Case(IN, id_, call, "true" if low and high else "false"))
    plain: tuple[tuple[str, str, Expected], ...] = (
        ("number_001", "1 in [2, 3, 1]", "true"),
        ("number_001_a", "1 in [2, 3, 4]", "false"),
        ("number_002", "(1 >= 2 and 1 <= 4) or (1 >= 1 and 1 <= 3)", "true"),
        ("number_002_a", "(5 >= 2 and 5 <= 4) or (5 >= 1 and 5 <= 3)", "false"),
        ("number_003", "1 <= 10", "true"),
        ("number_003_1", "10 <= 10", "true"),
        ("number_003_a", "11 <= 10", "false"),
        ("number_004", "1 < 10", "true"),
        ("number_004_a", "10 < 10", "false"),
        ("number_005", "11 >= 10", "true"),
        ("number_005_1", "10 >= 10", "true"),
        ("number_005_a", "9 >= 10", "false"),
        ("number_006", "11 > 10", "true"),
        ("number_006_a", "10 > 10", "false"),
        ("number_011", "1 in [1]", "true"),
        ("number_014", "10 in [1] or 10 < 5 or 10 >= 10", "true"),
        ("number_014_a", "10 in [1, 5, 9]", "false"),
        ("number_015_a", "10 = 10", "true"),
        ("number_015_c", "10 = 11", "false"),
        ("number_016_a", "10 != 10", "false"),
        ("number_016_c", "10 != 11", "true"),
        ("string_001", '"a" in ["b", "c", "a"]', "true"),
        ("string_001_a", '"a" in ["b", "c", "d"]', "false"),
        ("string_011", '"a" in ["a"]', "true"),
        ("string_015_a", '"a" = "a"', "true"),
        ("string_015_c", '"a" = "b"', "false"),
        ("string_016_a", '"a" != "a"', "false"),
        ("string_016_c", '"a" != "b"', "true"),
        ("boolean_001", "true in [true, false]", "true"),
        ("boolean_011", "true in [true]", "true"),
        ("boolean_014", "true in [false, true]", "true"),
        ("boolean_014_a", "true in [false, false]", "false"),
        ("boolean_015_a", "true = true", "true"),
        ("boolean_015_c", "true = false", "false"),
        ("boolean_016_a", "true != true", "false"),
        ("boolean_016_c", "true != false", "true"),
        ("date_001", "2018-12-08 in [2018-12-08, 2018-12-09, 2018-12-10]", "true"),
        ("date_001_a", "2018-12-11 in [2018-12-08, 2018-12-09, 2018-12-10]", "false"),
        ("date_003", "2018-12-04 <= 2018-12-05", "true"),
        ("date_003_a", "2018-12-05 <= 2018-12-04", "false"),
        ("date_004_a", "2018-12-10 < 2018-12-10", "false"),
        ("date_005_1", "2018-12-10 >= 2018-12-10", "true"),
        ("date_006_a", "2018-12-10 > 2018-12-10", "false"),
        ("date_014", "2018-12-05 in [2018-12-04] or 2018-12-05 >= 2018-12-05", "true"),
        ("date_014_a", "2018-12-05 in [2018-12-04] or 2018-12-05 >= 2018-12-06", "false"),
        ("null_001", f"{NUMBER} >= 1 and {NUMBER} <= 10", "null"),
        ("null_001_a", f"5 > {NUMBER} and 5 <= 10", "null"),
        ("null_001_b", f"5 >= 1 and 5 < {NUMBER}", "null"),
    )
    return [*found, *(Case(IN, id_, condition, expected) for id_, condition, expected in plain)]


WRONG_TYPES: tuple[Refused, ...] = (
    *(
        Refused(model, f"{id_}_{letter}", condition.format(op=op, x=wrong), "LR304")
        for model, op in (("0064-feel-conjunction", "and"), ("0065-feel-disjunction", "or"))
        for id_, condition in (
            ("003", "true {op} {x}"),
            ("006", "false {op} {x}"),
            ("007", "{x} {op} true"),
            ("008", "{x} {op} false"),
        )
        for letter, wrong in (("b", "123"), ("c", '"true"'))
    ),
    *(
        Refused(model, id_, f"{wrong} {op} {wrong}", "LR304")
        for model, op in (("0064-feel-conjunction", "and"), ("0065-feel-disjunction", "or"))
        for id_, wrong in (("009_b", '"true"'), ("009_c", "0"))
    ),
    Refused("0066-feel-negation", "003_b", "not 0", "LR304"),
    Refused("0066-feel-negation", "003_c", "not 1", "LR304"),
    Refused("0066-feel-negation", "003_d", 'not "true"', "LR304"),
    Refused(EQUALITY, "boolean_008", "false = 0", "LR300"),
    Refused(EQUALITY, "boolean_009", "true = 1", "LR300"),
    Refused(EQUALITY, "number_007", '100 = "100"', "LR300"),
    Refused(EQUALITY, "string_005", '"foo" = 100', "LR300"),
    Refused(EQUALITY, "date_004", "2018-12-07 = 100", "LR300"),
    Refused(EQUALITY, "dt_duration_007", "0 days = 0", "LR301"),
)


# --------------------------------------------------------------------------- decision tables

TABLES = """
table approval_u (age number, risk text, affordable boolean) text {
    policy unique
    cites kit article 1 example
    row >= 18, ["Medium", "Low"], true gives "Approved"
    row < 18, ["Medium", "Low"], true gives "Declined"
    row any, "High", true gives "Declined"
    row any, any, false gives "Declined"
}
table approval_a (age number, risk text, affordable boolean) text {
    policy any
    cites kit article 1 example
    row >= 18, ["Medium", "Low"], true gives "Approved"
    row < 18, any, any gives "Declined"
    row any, "High", any gives "Declined"
    row any, any, false gives "Declined"
}
table multi_u_status (age number, risk text, affordable boolean) text {
    cites kit article 1 example
    row >= 18, "Low", true gives "Approved"
    row >= 18, "Medium", true gives "Approved"
    row < 18, ["Medium", "Low"], true gives "Declined"
    row any, "High", true gives "Declined"
    row any, any, false gives "Declined"
}
table multi_u_rate (age number, risk text, affordable boolean) text {
    cites kit article 1 example
    row >= 18, "Low", true gives "Best"
    row >= 18, "Medium", true gives "Standard"
    row < 18, ["Medium", "Low"], true gives "Standard"
    row any, "High", true gives "Standard"
    row any, any, false gives "Standard"
}
table multi_a_status (age number, risk text, affordable boolean) text {
    policy any
    cites kit article 1 example
    row >= 18, "Low", true gives "Approved"
    row >= 18, "Medium", true gives "Approved"
    row < 18, ["Medium", "Low"], true gives "Declined"
    row any, "High", true gives "Declined"
    row any, any, false gives "Declined"
    row >= 19, "Low", true gives "Approved"
}
table multi_a_rate (age number, risk text, affordable boolean) text {
    policy any
    cites kit article 1 example
    row >= 18, "Low", true gives "Best"
    row >= 18, "Medium", true gives "Standard"
    row < 18, ["Medium", "Low"], true gives "Standard"
    row any, "High", true gives "Standard"
    row any, any, false gives "Standard"
    row >= 19, "Low", true gives "Best"
}
table car_insurance (years number) number {
    policy collect min
    cites kit article 1 example
    row > 1 gives 98.83
    row > 2 gives 150.21
    row > 3 gives 205.43
    row > 4 gives 64.32
}
table salary_sum (years number) number {
    policy collect sum
    cites kit article 1 example
    row > 1 gives 100
    row > 2 gives 200
    row > 3 gives 300
    row > 5 gives 500
}
table salary_count (years number) number {
    policy collect count
    cites kit article 1 example
    row > 1 gives 100
    row > 2 gives 200
    row > 3 gives 300
    row > 5 gives 500
}
table extra_1 (age number, service number) number {
    policy collect max
    cites kit article 1 example
    row < 18, any gives 5
    row >= 60, any gives 5
    row any, >= 30 gives 5
    row other, other gives 0
}
table extra_2 (age number, service number) number {
    policy collect max
    cites kit article 1 example
    row any, >= 30 gives 3
    row >= 60, any gives 3
    row other, other gives 0
}
table extra_3 (age number, service number) number {
    policy collect max
    cites kit article 1 example
    row any, >= 15 and < 30 gives 2
    row >= 45, any gives 2
    row other, other gives 0
}
table price_over_10 (price number) boolean {
    complete
    cites kit article 1 example
    row > 10 gives true
    row <= 10 gives false
}
table day_compared (compared_day date) boolean {
    complete
    cites kit article 1 example
    row > 2016-10-01 gives true
    row <= 2016-10-01 gives false
}
"""


def _approvals(table: str, model: str, rows: tuple[tuple[str, int, str, str], ...]) -> list[Case]:
    return [
        Case(
            model,
            id_,
            f'{table}({NUMBER}, {TEXT}, {A}) = "{result}"',
            "true",
            ((NUMBER, str(age)), (TEXT, f'"{risk}"'), (A, "true")),
        )
        for id_, age, risk, result in rows
    ]


def _numbers(table: str, model: str, rows: tuple[tuple[str, str, str], ...]) -> list[Case]:
    return [
        Case(model, id_, f"{table}({NUMBER}) = {result}", "true", ((NUMBER, years),)) for id_, years, result in rows
    ]


VACATION = f"""22 + extra_2({NUMBER}, proposal.survey_year)
    + extra_1({NUMBER}, proposal.survey_year) = {{}}
    and extra_1({NUMBER}, proposal.survey_year) >= extra_3({NUMBER}, proposal.survey_year)
    or 22 + extra_2({NUMBER}, proposal.survey_year) + extra_3({NUMBER}, proposal.survey_year) = {{}}
    and extra_3({NUMBER}, proposal.survey_year) > extra_1({NUMBER}, proposal.survey_year)"""
"""The larger of two tables, which the kit takes with `max`."""


def _tables() -> list[Case]:
    simple = (("001", 18, "Medium", "Approved"), ("002", 17, "Medium", "Declined"), ("003", 18, "High", "Declined"))
    status = (("001", 18, "Low", "Approved"), ("002", 17, "Medium", "Declined"), ("003", 18, "High", "Declined"))
    rate = (("001", 18, "Low", "Best"), ("002", 17, "Medium", "Standard"), ("003", 18, "High", "Standard"))
    any_status = (("001", 19, "Low", "Approved"), ("002", 17, "High", "Declined"), ("003", 19, "Medium", "Approved"))
    any_rate = (("001", 19, "Low", "Best"), ("002", 17, "High", "Standard"), ("003", 19, "Medium", "Standard"))
    vacation = (
        ("001", 16, 1, 27),
        ("002", 25, 5, 22),
        ("003", 25, 20, 24),
        ("004", 44, 30, 30),
        ("005", 50, 20, 24),
        ("006", 50, 30, 30),
        ("007", 60, 20, 30),
    )
    return [
        *_approvals("approval_u", "0004-simpletable-U", simple),
        *_approvals("approval_a", "0005-simpletable-A", simple),
        *_approvals("multi_u_status", "0010-multi-output-U", status),
        *_approvals("multi_u_rate", "0010-multi-output-U", rate),
        *_numbers(
            "car_insurance",
            "0114-min-collect-hitpolicy",
            (("001", "5", "64.32"), ("002", "3", "98.83"), ("003", "4", "98.83")),
        ),
        *_numbers(
            "salary_sum", "0115-sum-collect-hitpolicy", (("001", "6", "1100"), ("002", "3", "300"), ("003", "2", "100"))
        ),
        *_numbers(
            "salary_count", "0116-count-collect-hitpolicy", (("001", "6", "4"), ("002", "2", "1"), ("003", "3", "2"))
        ),
        *_approvals("multi_a_status", "0117-multi-any-hitpolicy", any_status),
        *_approvals("multi_a_rate", "0117-multi-any-hitpolicy", any_rate),
        Case("0017-tableTests", "001", f"price_over_10({NUMBER})", "true", ((NUMBER, "20"),)),
        Case("0017-tableTests", "003", f"day_compared({DAY})", "true", ((DAY, "2016-11-01"),)),
        *(
            Case(
                "0020-vacation-days",
                id_,
                VACATION.format(days, days),
                "true",
                ((NUMBER, str(age)), ("proposal.survey_year", str(years))),
            )
            for id_, age, years, days in vacation
        ),
    ]


CASES: tuple[Case, ...] = (*_ternary(), *_constants(), *EQUALITIES, *_between(), *_in(), *_tables())

OUT_OF_SCOPE: dict[str, str] = {
    "0006-simpletable-P1": "hit policy priority: which rule counts depends on the order of output values",
    "0007-simpletable-P2": "hit policy priority: which rule counts depends on the order of output values",
    "0108-first-hitpolicy": "hit policy first: which rule counts depends on the order of rows",
    "0109-ruleOrder-hitpolicy": "hit policy rule order: results stand in the order of rows",
    "0110-outputOrder-hitpolicy": "hit policy output order: results stand in the order of output values",
    "0111-first-hitpolicy-singleoutputcol": "hit policy first: which rule counts depends on the order of rows",
    "0112-ruleOrder-hitpolicy-singleinoutcol": "hit policy rule order: results stand in the order of rows",
    "0113-outputOrder-hitpolicy-singleinoutcol": "hit policy output order: results stand in the order of output values",
    "0118-multi-priority-hitpolicy": "hit policy priority: which rule counts depends on the order of output values",
    "0119-multi-collect-hitpolicy": "collect without an operator gives a list of results in the order of rows",
    "0008-listGen": "collect without an operator gives a list of results in the order of rows",
    "0039-dt-list-semantics": "collect without an operator gives a list of results in the order of rows",
    "0036-dt-variable-input": "keys of rows here are fixed values, never other inputs",
}
"""Models with hit policies, or with tables for their subject, that are not restated, and why."""
