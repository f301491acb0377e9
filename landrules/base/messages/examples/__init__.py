"""A bad and a good example for every message, one module a family.

Examples of the language (LR1xx to LR4xx) are programs: the tests run each, the bad one yields its code and nothing else,
the good one yields nothing. Examples about files, workspaces, proposals and commands are told in words.
"""

from __future__ import annotations

from types import MappingProxyType

from landrules.base.messages.examples import (
    batch,
    commands,
    constructs,
    intake,
    law,
    levels,
    lint,
    names,
    quality,
    store,
    syntax,
    tables,
    types,
    workspace,
)
from landrules.base.messages.examples.example import Example, Frame
from landrules.base.messages.examples.frame import files

FAMILIES = (
    syntax.EXAMPLES,
    names.EXAMPLES,
    types.EXAMPLES,
    tables.EXAMPLES,
    law.EXAMPLES,
    constructs.EXAMPLES,
    levels.EXAMPLES,
    workspace.EXAMPLES,
    intake.EXAMPLES,
    quality.EXAMPLES,
    store.EXAMPLES,
    commands.EXAMPLES,
    batch.EXAMPLES,
    lint.EXAMPLES,
)

EXAMPLES = MappingProxyType({code: example for family in FAMILIES for code, example in family.items()})

__all__ = ["EXAMPLES", "Example", "Frame", "files"]
