"""Examples about batches (LR85x), told in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from landrules.base.messages.examples.example import Example


def _told(bad: str, good: str) -> Example:
    return Example(bad, good, "words")


EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "LR850": _told("landrules batch 2026", "landrules batch 2026 --recursive"),
        "LR851": _told("landrules batch counties --recursive", "landrules batch counties/qingxi"),
        "LR852": _told("landrules batch 2026 --jobs 8", "landrules batch 2026 --jobs 1"),
        "LR853": _told("landrules batch 2026 --jobs 8", "landrules batch 2026 --jobs 2"),
        "LR854": _told(
            "landrules batch 2026 --output a.jsonl --law-date 2026-06-18   (begun without --law-date)",
            "landrules batch 2026 --output a.jsonl --law-date 2026-06-18 --restart",
        ),
        "LR855": _told("--output a.jsonl   (twice at once)", "--output b.jsonl"),
        "LR856": _told("--output a.csv   (open in a spreadsheet)", "--output a.csv   (closed)"),
        "LR857": _told("landrules batch 2026 --output 2026/out.json", "landrules batch 2026 --output out.jsonl"),
        "LR858": _told("2026/a.geojson, 2026/a (copy).geojson", "2026/a.geojson"),
        "LR859": _told("--jobs 0", "--jobs 2"),
        "LR849": _told("landrules batch 2026 --restart", "landrules batch 2026 --output a.jsonl --restart"),
    }
)
