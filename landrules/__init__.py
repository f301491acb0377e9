"""landrules: may this project use this land, and why?

The public names are imported when they are first used, so that a command that needs little starts fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from landrules.base.version import VERSION

if TYPE_CHECKING:
    from landrules.base.diagnostic import Diagnostic, InputError
    from landrules.batch.run import check_many
    from landrules.engine.report import FindingOut as Finding
    from landrules.engine.report import Report
    from landrules.road import check
    from landrules.rules.load import load_ruleset
    from landrules.rules.model import Outcome as Decision

__version__ = VERSION

__all__ = [
    "Decision",
    "Diagnostic",
    "Finding",
    "InputError",
    "Report",
    "__version__",
    "check",
    "check_many",
    "load_ruleset",
]

_HOMES = {
    "Decision": ("landrules.rules.model", "Outcome"),
    "Diagnostic": ("landrules.base.diagnostic", "Diagnostic"),
    "Finding": ("landrules.engine.report", "FindingOut"),
    "InputError": ("landrules.base.diagnostic", "InputError"),
    "Report": ("landrules.engine.report", "Report"),
    "check": ("landrules.road", "check"),
    "check_many": ("landrules.batch.run", "check_many"),
    "load_ruleset": ("landrules.rules.load", "load_ruleset"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"landrules has no {name}")
    from importlib import import_module

    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
