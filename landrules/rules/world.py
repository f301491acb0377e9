"""What the passes of resolution share: names, mistakes, and the tables of the core as they fill up.

Each pass fills one part and reads those before it: names → schemes, grades, layers, accounts, instruments → lists,
parameters, tables → norms. `freeze` in `resolve` makes the `RuleSet` of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from landrules.base.source import SourceFile
from landrules.lang.tree import Names
from landrules.rules.faults import Faults
from landrules.rules.model import (
    Account,
    Bilingual,
    Calendar,
    CodeScheme,
    DatedList,
    GradeSystem,
    Instrument,
    LayerSchema,
    LookupTable,
    Norm,
    Parameter,
    RulesetInfo,
)
from landrules.rules.symbols import Modules

CodeRow = Mapping[str, str]
"""A row of a scheme's file: `code`, `parent`, `name_zh`, `name_en`."""


@dataclass(slots=True)
class World:
    """The tables of the core while they fill. `files` are the code files that schemes name, by ruleset file and name."""

    names: Modules
    faults: Faults
    files: Mapping[tuple[str, str], Sequence[CodeRow]] = field(default_factory=dict)
    sheets: Mapping[tuple[str, str], SourceFile] = field(default_factory=dict)
    """The files of rows that tables and crosswalks name, by ruleset file and name."""
    schemes: dict[str, CodeScheme] = field(default_factory=dict)
    grades: dict[str, GradeSystem] = field(default_factory=dict)
    layers: dict[str, LayerSchema] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    instruments: dict[str, Instrument] = field(default_factory=dict)
    calendars: dict[str, Calendar] = field(default_factory=dict)
    lists: dict[str, DatedList] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    tables: dict[str, LookupTable] = field(default_factory=dict)
    rulesets: dict[str, RulesetInfo] = field(default_factory=dict)
    norms: dict[str, Norm] = field(default_factory=dict)
    defines: dict[str, object] = field(default_factory=dict)
    """Definitions already read, by full id; `None` where one is wrong."""


def title_of(names: Names) -> Bilingual:
    """A title made of a declaration's names, where the author gave none."""
    return Bilingual(names.zh or names.en, names.en or names.zh)
