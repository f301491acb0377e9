"""Hostile rule text: a diagnostic within five seconds and 500 MB, never a crash, whatever stands in the file.

Each case is read by a process of its own, which may have no more memory. Seconds are those of a machine that is not
shared: the process measures how fast it is just then by a piece of work that takes `WORK` seconds there, and is stopped
in any case after a minute.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from landrules.base.diagnostic import Diagnostic
from landrules.base.source import SourceFile
from landrules.lang.parse import parse, parse_expression

SECONDS = 5
WORK = 0.25
BYTES = 500_000_000

READ = f"""
import gc, json, resource, sys, time
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
resource.setrlimit(resource.RLIMIT_AS, ({BYTES}, {BYTES}))
from pathlib import Path
from landrules.rules.load import read_rulesets

def work():
    gc.disable()
    begin = time.process_time()
    made = {{}}
    for n in range(400_000):
        made[str(n)] = (n, n + 1)
    taken = time.process_time() - begin
    gc.enable()
    return taken

before = work()
begin = time.process_time()
loaded = read_rulesets(sys.argv[1:], Path("."))
said = [d.render(lang) for d in loaded.diagnostics for lang in ("zh", "en")]
taken = time.process_time() - begin
slower = max(1.0, max(before, work()) / {WORK})
print(json.dumps([[d.code for d in loaded.diagnostics], max(map(len, said), default=0), taken / slower]))
"""

HEAD = 'ruleset x.{name} zh 例.{name} {{ title zh "例" en "x" level provincial version "1" }}\n'
LAW = 'instrument ordinance zh 条例 { title zh "条例" en "Ordinance" effective from 2020-01-01 }\n'
CITED = "cites ordinance article 1 example  effective from 2020-01-01\n"
MEGA = 1_000_000
DEEP = 100_000

Files = dict[str, bytes]
CASES: dict[str, tuple[Callable[[], Files], set[str]]] = {}
Case = Callable[[], "Files | str"]


def case(*codes: str) -> Callable[[Case], Case]:
    """A case: what it is made of, and the codes that must be among those told; without codes it must be read."""

    def noted(make: Case) -> Case:
        def files() -> Files:
            made = make()
            return {"a.rules": (HEAD.format(name="a") + LAW + made).encode()} if isinstance(made, str) else made

        CASES[make.__name__] = (files, set(codes))
        return make

    return noted


def requires(expression: str) -> str:
    return f"rule r zh 甲 {{ {CITED} requires {expression} }}\n"


# ---- nesting


@case()
def parentheses() -> str:
    return requires("(" * DEEP + "1 = 1" + ")" * DEEP)


@case("LR117")
def parentheses_that_never_close() -> str:
    return requires("(" * DEEP + "1 = 1")


@case()
def chinese_parentheses() -> str:
    return requires("（" * DEEP + "1 = 1" + "）" * DEEP)


@case("LR119")
def negations() -> str:
    return requires("not " * DEEP + "proposal.is_construction")


@case("LR119")
def minuses() -> str:
    return requires("-" * DEEP + "1 = 1")


@case("LR119")
def lists() -> str:
    return requires("1 in " + "[" * DEEP + "1" + "]" * DEEP)


@case("LR119")
def records() -> str:
    return 'test zh "甲" { set proposal.a = ' + "{ a = " * DEEP + "1" + " }" * DEEP + " }\n"


@case("LR119")
def conjunctions() -> str:
    return requires(" and ".join(["proposal.is_construction"] * DEEP))


@case("LR119")
def sums() -> str:
    return requires(" + ".join(["1"] * DEEP) + " = 1")


@case("LR119")
def exceptions_to_exceptions() -> str:
    return (
        "rule r zh 甲 { " + "".join(f"except e{n} zh 例{n} {{ " for n in range(DEEP // 4)) + "} " * (DEEP // 4) + "}\n"
    )


@case("LR119")
def conditions_on_conditions() -> str:
    return requires("any of pbf where (" * DEEP + "true" + ")" * DEEP)


@case()
def braces_that_open_nothing() -> str:
    return "{" * MEGA


@case("LR104", "LR137")
def braces_that_close_nothing() -> str:
    return "}" * MEGA


# ---- length


@case("LR136")
def a_megabyte_identifier() -> str:
    return f"rule {'a' * MEGA} {{ }}\n"


@case("LR136")
def a_megabyte_chinese_identifier() -> str:
    return f"规则 {'永' * MEGA} {{ }}\n"


@case("LR136")
def a_megabyte_code() -> str:
    return requires("proposal.project_kind in project_kind:" + "a." * (MEGA // 2) + "a")


@case("LR139")
def a_name_of_many_parts() -> str:
    return requires(" . ".join("a" * 50_000) + " = 1")


@case("LR102")
def a_text_that_never_closes() -> str:
    return 'rule r zh 甲 { title zh "' + "x" * MEGA


@case("LR102")
def quotes_that_never_close() -> str:
    return '"\n' * (MEGA // 2)


@case()
def a_megabyte_of_quotes() -> str:
    return '"' * (MEGA + 1)


@case()
def titles_that_never_close() -> str:
    return "《" * (MEGA // 3)


@case("LR402")
def a_megabyte_text() -> str:
    return f'rule r zh 甲 {{ title zh "{"x" * MEGA}" cites ordinance article 1 example requires 1 = 1 }}\n'


@case("LR121")
def a_megabyte_of_backslashes() -> str:
    return f'rule r zh 甲 {{ title zh "{chr(92) + "q"}{chr(92) * 2 * (MEGA // 2)}" }}\n'


@case("LR402")
def a_megabyte_comment() -> str:
    return f"# {'x' * MEGA}\nrule r zh 甲 {{ cites ordinance article 1 example requires 1 = 1 }} # {'y' * MEGA}\n"


@case("LR402")
def a_hundred_thousand_comments() -> str:
    return "# x\n" * DEEP + "rule r zh 甲 { cites ordinance article 1 example requires 1 = 1 }\n" + "# y\n" * DEEP


@case("LR138")
def a_number_of_a_million_digits() -> str:
    return requires("1" * MEGA + " = 1")


@case("LR136")
def a_fraction_of_a_million_digits() -> str:
    return requires("0." + "1" * MEGA + " = 1")


@case("LR136")
def an_article_of_a_million_digits() -> str:
    return f"规则 r {{ 依据 ordinance 第{'一' * MEGA}条 示例 }}\n"


@case("LR138")
def an_article_of_a_million_latin_digits() -> str:
    return f"rule r {{ cites ordinance article {'1' * MEGA} example }}\n"


@case("LR120")
def dates_that_do_not_exist() -> str:
    return "parameter p zh 甲 number { effective from 0000-00-00 { value 1 } effective from 9999-99-99 { value 2 } }\n"


@case("LR137")
def a_hundred_thousand_dates_that_do_not_exist() -> str:
    return "list l zh 甲 code of survey { " + "effective from 2026-02-30\n" * DEEP + "}\n"


@case()
def one_line_of_a_megabyte() -> str:
    return requires("[" + ", ".join(["1"] * DEEP) + "] = 1")


# ---- very many mistakes


@case("LR137")
def a_hundred_thousand_mistakes() -> str:
    return "rule r zh 甲 {\n" + "    when = = 3\n" * DEEP + "}\n"


@case("LR100")
def a_hundred_thousand_mistakes_on_one_line() -> str:
    return "rule r zh 甲 { " + "when = = 3 " * DEEP + "}\n"


@case("LR137")
def a_hundred_thousand_wrong_words() -> str:
    return "rul r { }\n" * DEEP


@case("LR137")
def a_hundred_thousand_wrong_signs() -> str:
    return "rule r zh 甲 { when " + "@ " * DEEP + "}\n"


@case("LR234")
def twenty_thousand_unknown_names() -> str:
    return "".join(f"define d{n} zh 丁{n} = nobody{n}\n" for n in range(20_000))


@case("LR234")
def twenty_thousand_names_declared_twice() -> str:
    return "define d zh 丁 = 1\n" * 20_000


@case("LR137")
def control_characters_without_end() -> str:
    return "\x00\u202e\u200b" * (MEGA // 6)


@case("LR137")
def look_alikes_without_end() -> str:
    return "рbf " * (MEGA // 8)


# ---- bytes


@case("LR233")
def utf_16() -> Files:
    return {"a.rules": ("\ufeff" + HEAD.format(name="a") + requires("1 = 1")).encode("utf-16-le")}


@case("LR135")
def utf_16_without_its_mark() -> Files:
    return {
        "a.rules": HEAD.format(name="a")
        .replace("例", "x")
        .replace("zh", "en")
        .encode("utf-16-le")
        .replace(b"\x80", b"")
    }


@case("LR233")
def a_lone_surrogate() -> Files:
    return {"a.rules": HEAD.format(name="a").encode() + b"# \xed\xa0\x80\n"}


@case("LR233")
def random_bytes() -> Files:
    return {"a.rules": bytes(range(256)) * 4000}


@case("LR135")
def a_mark_in_the_middle() -> str:
    return "\ufeffrule r zh 甲 { }\n"


# ---- files


@case("LR206")
def a_ring_of_two_thousand_imports() -> Files:
    return {f"f{n}.rules": (HEAD.format(name=f"f{n}") + f"import x.f{(n + 1) % 2000}\n").encode() for n in range(2000)}


@case()
def a_chain_of_two_thousand_imports() -> Files:
    files = {f"f{n}.rules": (HEAD.format(name=f"f{n}") + f"import x.f{n + 1}\n").encode() for n in range(2000)}
    return {**files, "f2000.rules": HEAD.format(name="f2000").encode()}


@case("LR205", "LR234")
def ten_thousand_imports_of_nothing() -> str:
    return "".join(f"import x.nothing{n}\n" for n in range(10_000))


@case()
def imports_that_branch_and_meet_again() -> Files:
    files = {}
    for n in range(60):
        for side in "ab":
            text = HEAD.format(name=f"{side}{n}") + f"import x.a{n + 1}\nimport x.b{n + 1}\n"
            files[f"{side}{n}.rules"] = text.encode()
    return {**files, **{f"{side}60.rules": HEAD.format(name=f"{side}60").encode() for side in "ab"}}


def scheme(name: str) -> str:
    return f"scheme s zh 码 {{ source {json.dumps(name)} }}\n"


@case("LR230")
def data_that_lie_elsewhere() -> Files:
    names = (
        "../x.csv",
        "/etc/passwd",
        "C:\\x.csv",
        "C:x.csv",
        "..",
        ".",
        "",
        "a/../x.csv",
        "\\\\host\\x.csv",
        "link.csv",
    )
    text = "".join(scheme(name).replace(" s ", f" s{n} ").replace("码", f"码{n}") for n, name in enumerate(names))
    return {"a.rules": (HEAD.format(name="a") + text).encode(), "../x.csv": b"code,parent,name_zh,name_en\na,,x,x\n"}


@case("LR135")
def data_with_a_nul_in_the_name() -> str:
    return scheme("x\x00.csv")


@case("LR233")
def data_that_are_no_table() -> Files:
    text = HEAD.format(name="a") + scheme("x.csv")
    return {"a.rules": text.encode(), "x.csv": b'"' + b"x" * 300_000 + b"\x00\n" + b"," * 300_000}


# ---- values


def rows(keys: str, row: str, count: int = DEEP) -> str:
    body = "".join(row.format(n=n) for n in range(count))
    return f"table t zh 表 ({keys}) length {{ cites ordinance article 1 example\n{body}}}\n"


@case("LR140")
def a_table_of_a_hundred_thousand_rows() -> str:
    return rows("k zh 键 number", "row {n} gives 1 m\n")


@case()
def a_table_of_forty_thousand_rows() -> str:
    return rows("k zh 键 number", "row {n} gives 1 m\n", 40_000)


@case("LR417")
def a_table_of_forty_thousand_equal_rows() -> str:
    return rows("k zh 键 number", "row 1 gives 1 m\n", 40_000)


@case()
def a_scheme_of_a_hundred_thousand_codes() -> str:
    body = "".join(f'code c{n} zh "码" under c{n - 1}\n' if n else 'code c0 zh "码"\n' for n in range(DEEP))
    return f"scheme s zh 码 {{\n{body}}}\n"


@case()
def a_parameter_of_ten_thousand_periods() -> str:
    body = "".join(
        f"effective from {1000 + n}-01-01 to {1000 + n}-12-31 {{ value {n} m  cites ordinance article 1 example }}\n"
        for n in range(8000)
    )
    return f"parameter p zh 参 length {{\n{body}}}\n"


@case()
def a_rule_of_ten_thousand_givens() -> str:
    return (
        f"rule r zh 甲 {{ {CITED}"
        + "".join(f"given g{n} zh 给{n} = {n}\n" for n in range(10_000))
        + "requires g1 = 1 }\n"
    )


@case()
def a_norm_with_five_thousand_exceptions() -> str:
    body = "".join(f"except e{n} zh 例{n} {{ {CITED} when area of wood > 1 ha }}\n" for n in range(5000))
    return f"layer wood zh 林 {{ field a zh 甲 number }}\nred line r zh 乙 on wood {{ {CITED} prohibits occupation\n{body}}}\n"


def doubling(first: str, step: str) -> str:
    lines = [
        f"define d0 zh 丁0 = {first}\n",
        *(f"define d{n} zh 丁{n} = {step.format(d=f'd{n - 1}')}\n" for n in range(1, 60)),
    ]
    return "".join(lines) + requires("d59 = d59")


@case("LR235")
def definitions_that_double() -> str:
    return doubling("proposal.investment_wan", "{d} + {d}")


@case("LR235")
def conditions_that_double() -> str:
    return doubling("proposal.is_construction", "{d} or not {d}").replace("d59 = d59", "d59")


@case("LR235")
def numbers_that_explode() -> str:
    return doubling("9999999999", "{d} * {d}")


@case("LR223")
def a_ring_of_definitions() -> str:
    return "".join(f"define d{n} zh 丁{n} = d{(n + 1) % 3000}\n" for n in range(3000))


@case("LR235")
def a_chain_of_definitions() -> str:
    return "".join(f"define d{n} zh 丁{n} = d{n + 1}\n" for n in range(3000)) + "define d3000 zh 丁3000 = 1\n"


def read(folder: Path) -> tuple[list[str], int, float]:
    """The codes told of a folder, the longest rendering, and the seconds it took."""
    out = subprocess.run(
        [sys.executable, "-c", READ, "."],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "LANDRULES_CACHE": "off"},
        timeout=120,
        check=False,
    )
    assert out.returncode == 0, out.stderr[-2000:]
    told, longest, seconds = json.loads(out.stdout)
    return told, longest, seconds


@pytest.mark.parametrize("name", CASES)
def test_hostile_text_is_told(name: str, tmp_path: Path) -> None:
    files, codes = CASES[name]
    folder = tmp_path / "rules"
    folder.mkdir()
    for file, data in files().items():
        (folder / file).write_bytes(data)
    (folder / "link.csv").symlink_to("/etc/hostname")
    told, longest, seconds = read(folder)
    assert seconds < SECONDS or read(folder)[2] < SECONDS
    assert all(any(c.startswith(code) for c in told) for code in codes), told
    assert len(told) <= 450 and longest < 10_000


def codes_of(text: str) -> list[str]:
    return [d.code for d in parse(SourceFile.from_text(text))[1]]


def test_so_many_mistakes_are_counted() -> None:
    mistakes = parse(SourceFile.from_text("rule r {\n" + "    when = = 3\n" * 1000 + "}\n"))[1]
    assert len(mistakes) == 201
    assert mistakes[-1] == Diagnostic("LR137", {"count": 800}, mistakes[-1].span)
    assert mistakes[-1].span is not None and mistakes[-1].span.line == 202
    assert mistakes[-1].message("en") == "at least 800 more mistakes are not listed; the first of them is here"


@pytest.mark.parametrize("char", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b\x7f\x85\u2028\ufeff")
@pytest.mark.parametrize(
    "place", ["rule a{} {{ }}", 'rule a {{ title zh "甲{}" }}', "# {}\nrule a {{ }}", "rule a {{{} }}"]
)
def test_what_reorders_or_steers_may_stand_nowhere(char: str, place: str) -> None:
    (mistake,) = parse(SourceFile.from_text(place.format(char)))[1]
    assert (mistake.code, mistake.args["point"]) == ("LR135", f"U+{ord(char):04X}")
    assert char not in mistake.render("en") and char not in mistake.render("zh")


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("永农2026_pbf", []),
        ("pbf永农", []),
        ("naïve_größe", []),
        ("永农かな", []),
        ("ཞིང་ས", ["LR112"]),
        ("сlass", ["LR132"]),
        ("永农с", ["LR132"]),
        ("αβγ", ["LR132"]),
        ("ﬁeld", ["LR133"]),
        ("ａrea", ["LR133"]),
        ("𝐚rea", ["LR133"]),
        ("a١", ["LR134"]),
        ("مرعى", ["LR134"]),
        ("aमb", ["LR132"]),
        ("草ܐ", ["LR134"]),
    ],
)
def test_which_letters_a_name_may_have(name: str, codes: list[str]) -> None:
    assert codes_of(f"rule {name} {{ }}")[: len(codes)] == codes
    assert codes or not codes_of(f"rule {name} {{ }}")


def test_letters_of_every_kind_may_stand_in_texts_and_comments() -> None:
    assert not codes_of('# сlass ａ مرعى\nrule a { title zh "сlass ａ مرعى \u200d" en "αβγ" }')
    assert not codes_of("rule a { when x = 3 m² or y = 5㎡ }")


def test_characters_in_an_expression_are_looked_at_too() -> None:
    found, mistakes = parse_expression(SourceFile.from_text("сlass = 1"))
    assert found is None and [m.code for m in mistakes] == ["LR132"]
