"""Examples of levels: rights to relax, successors, rivals, groups, parameters that a lower level fills (LR4xx)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from landrules.base.messages.examples.example import Example

_CITED = "cites land_law article 1 verified 2026-11-22"
_DATED = "effective from 2020-01-01"
_HEAD = 'ruleset example.%s { level %s  version "1" }\nimport example.base\n'
_COUNTY = _HEAD % ("county", "county") + "import example.nation\n\n"
_PROVINCE = _HEAD % ("province", "provincial") + "import example.nation\n\n"


def _nation(more: str) -> tuple[tuple[str, str], ...]:
    return (("nation.rules", _HEAD % ("nation", "national") + more),)


def _line(more: str, name: str = "lines") -> str:
    return f"red line {name} on farmland {{ {_CITED}  {_DATED}  prohibits occupation  {more} }}\n"


def _old(more: str, dates: str = "effective from 2015-01-01", name: str = "old") -> str:
    return f"red line {name} on farmland {{ {_CITED}  {dates}  prohibits occupation  {more} }}\n"


_SMALL = f"when area of proposal < 1 ha  {_CITED}"
_LIMIT = f"parameter limit area {{ filled by province  at least 1 ha  at most 9 ha  tightens downward  {_CITED} }}\n"
_FILL = "fill limit_here for example.nation.limit {{ value {0}  " + _CITED + " }}\n"

EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "LR265": Example(
            _line("") + "group limits { includes lnes }", _line("") + "group limits { includes lines }", "items"
        ),
        "LR266": Example(
            "group one { includes two }\ngroup two { includes one }",
            _line("") + "group one { includes lines }\ngroup two { includes one }",
            "items",
        ),
        "LR267": Example(
            f"import example.nation\nexception small to example.nation {{ {_SMALL} }}",
            f"import example.nation\nexception small to example.nation.lines {{ {_SMALL} }}",
            "items",
            beside=_nation(_line("")),
        ),
        "LR268": Example(
            _old("") + _line("supersedes odl since 2020-01-01"),
            _old("") + _line("supersedes old since 2020-01-01"),
            "items",
        ),
        "LR269": Example(
            _PROVINCE + "fill limit_here for example.nation.limt { value 5 ha  " + _CITED + " }\n",
            _PROVINCE + _FILL.format("5 ha"),
            "file",
            beside=_nation(_LIMIT),
        ),
        "LR440": Example(
            _COUNTY + f"exception small to example.nation.lines {{ {_SMALL} }}",
            _COUNTY + f"rule small {{ {_CITED}  {_DATED}  requires area of proposal < 1 ha }}",
            "file",
            beside=_nation(_line("absolute")),
        ),
        "LR441": Example(_line("absolute  may be relaxed by province"), _line("may be relaxed by province"), "items"),
        "LR442": Example(
            _HEAD % ("county", "county") + _line("may be relaxed by province"),
            _HEAD % ("county", "county") + _line("may be relaxed by township"),
            "file",
        ),
        "LR443": Example(_line("may be relaxed by expert"), _line("may be relaxed by province"), "items"),
        "LR444": Example(
            _line("supersedes lines since 2020-01-01"),
            _old("") + _line("supersedes old since 2020-01-01"),
            "items",
        ),
        "LR445": Example(
            _old("") + f"rule lines on farmland {{ {_CITED}  informs  supersedes old }}\n",
            _old("") + f"rule lines on farmland {{ {_CITED}  informs  supersedes old since 2020-01-01 }}\n",
            "items",
        ),
        "LR446": Example(
            _old("") + _line("supersedes old since 2019-01-01"),
            _old("") + _line("supersedes old since 2020-01-01"),
            "items",
        ),
        "LR447": Example(
            _COUNTY + _line("supersedes example.nation.lines since 2020-01-01", "here"),
            _COUNTY + _line("", "here"),
            "file",
            beside=_nation(_line("")),
        ),
        "LR448": Example(
            _old("", "effective from 2021-01-01") + _line("supersedes old since 2020-01-01"),
            _old("") + _line("supersedes old since 2020-01-01"),
            "items",
        ),
        "LR449": Example(
            _old("supersedes lines since 2021-01-01") + _line("supersedes old since 2021-06-01"),
            _old("") + _line("supersedes old since 2021-06-01"),
            "items",
        ),
        "LR450": Example(
            f"rule told {{ {_CITED}  {_DATED}  informs }}\nexception small to told {{ {_SMALL} }}",
            _line("") + f"exception small to lines {{ {_SMALL} }}",
            "items",
        ),
        "LR451": Example(
            _line("") + f"exception small to lines {{ {_CITED}  effective from 2025-01-01\n"
            "    effective to 2024-12-31 { when area of proposal < 1 ha } }",
            _line("") + f"exception small to lines {{ {_CITED}  effective from 2025-01-01\n"
            "    effective from 2026-01-01 { when area of proposal < 1 ha } }",
            "items",
        ),
        "LR452": Example(
            _PROVINCE + _FILL.format("5 ha"),
            _PROVINCE + f"parameter limit_here area {{ value 5 ha  {_CITED} }}\n",
            "file",
            beside=_nation(f"parameter limit area {{ value 9 ha  {_CITED} }}\n"),
        ),
        "LR453": Example(
            _HEAD % ("nation_too", "national") + "import example.nation\n" + _FILL.format("5 ha"),
            _PROVINCE + _FILL.format("5 ha"),
            "file",
            beside=_nation(_LIMIT),
        ),
        "LR454": Example(
            _PROVINCE + _FILL.format("5 m"), _PROVINCE + _FILL.format("5 ha"), "file", beside=_nation(_LIMIT)
        ),
        "LR455": Example(
            _PROVINCE + _FILL.format("15 ha"), _PROVINCE + _FILL.format("5 ha"), "file", beside=_nation(_LIMIT)
        ),
        "LR456": Example(
            _PROVINCE + _FILL.format("5 ha") + _FILL.format("6 ha").replace("limit_here", "limit_there"),
            _PROVINCE + _FILL.format("5 ha"),
            "file",
            beside=_nation(_LIMIT),
        ),
        "LR457": Example(
            _COUNTY + "import example.province\n" + _FILL.format("8 ha").replace("limit_here", "limit_in_county"),
            _COUNTY + "import example.province\n" + _FILL.format("4 ha").replace("limit_here", "limit_in_county"),
            "file",
            beside=(*_nation(_LIMIT), ("province.rules", _PROVINCE + _FILL.format("5 ha"))),
        ),
        "LR458": Example(
            _COUNTY + _FILL.format("4 ha"),
            _PROVINCE + _FILL.format("4 ha"),
            "file",
            beside=_nation(_LIMIT),
        ),
        "LR459": Example(
            f"parameter authority level {{ filled by province  at least county  {_CITED} }}\n",
            f"parameter authority level {{ filled by province  {_CITED} }}\n",
            "items",
        ),
        "LR460": Example(
            f"parameter limit area {{ filled by province  at least 9 ha  at most 1 ha  {_CITED} }}\n",
            f"parameter limit area {{ filled by province  at least 1 ha  at most 9 ha  {_CITED} }}\n",
            "items",
        ),
        "LR461": Example(
            _HEAD % ("county", "county") + f"parameter limit area {{ filled by province  value 5 ha  {_CITED} }}\n",
            _HEAD % ("county", "county") + f"parameter limit area {{ filled by township  value 5 ha  {_CITED} }}\n",
            "file",
        ),
        "LR462": Example(
            _line("")
            + f"exception one to lines {{ {_SMALL} }}\n"
            + f'exception two to lines {{ {_SMALL}  duty zh "绿化" en "Plant trees" }}',
            _line("")
            + f"exception one to lines {{ when area of proposal < 1 ha  {_CITED} }}\n"
            + "exception two to lines { when area of proposal >= 1 ha  "
            + f'{_CITED}  duty zh "绿化" en "Plant trees" }}',
            "items",
        ),
        "LR463": Example(
            _line("rivals allowed") + f"rule allowed on farmland {{ {_CITED}  {_DATED}  permits }}",
            _line("") + f"rule allowed on patches {{ {_CITED}  {_DATED}  permits }}",
            "items",
        ),
        "LR464": Example(
            _line("", "step_0") + "".join(f"exception step_{n} to step_{n - 1} {{ {_SMALL} }}\n" for n in range(1, 22)),
            _line("", "step_0") + "".join(f"exception step_{n} to step_0 {{ {_SMALL} }}\n" for n in range(1, 22)),
            "items",
        ),
    }
)
