"""Bad and good for the messages about prepared layers, told in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from landrules.base.messages.examples.example import Example

EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "LR590": Example("LANDRULES_CACHE=off", "LANDRULES_CACHE=D:\\landrules", "words"),
        "LR591": Example(
            "landrules index   # while dltb.gpkg is being exported", "landrules index   # afterwards", "words"
        ),
        "LR592": Example("landrules index & landrules index", "landrules index", "words"),
        "LR593": Example(".landrules/dltb-2025-12-31-….layer   # cut off", ".landrules/   # as it was made", "words"),
    }
)
