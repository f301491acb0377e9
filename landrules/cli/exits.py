"""Exit codes: what a script reads (design.md section 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

if TYPE_CHECKING:
    from landrules.engine.answer import DecisionName

WRONG_INPUT = 2
"""The command, its input, rules or workspace are wrong; nothing was decided."""

FAILED = 1
"""A ruleset's own tests failed, or a file is not in the canonical layout."""


def exit_code(decision: DecisionName) -> int:
    """0 permit, 1 deny, 3 indeterminate or refer, 4 conditional.

    >>> exit_code("refer")
    3
    """
    match decision:
        case "permit":
            return 0
        case "deny":
            return 1
        case "indeterminate" | "refer":
            return 3
        case "conditional":
            return 4
        case _:
            assert_never(decision)
