"""Where the examples are, and small code schemes, for tests at the door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from landrules.rules.model import Bilingual, CodeEntry, CodeScheme

ROOT = Path(__file__).resolve().parents[2]
QINGXI = ROOT / "examples" / "qingxi"
DOOR = ROOT / "tests" / "cases" / "door"

CODES: Mapping[str, Iterable[str]] = {
    "survey": ["0101", "0103", "0204", "0307", "0601", "0702", "1004", "1006", "1101", "1104", "1107", "1201", "1203"],
    "lulc2023": [
        "01",
        "060202",
        "0704",
        "1001",
        "100101",
        "1101",
        "1202",
        "1207",
        "0804",
        "080403",
        "070102",
        "0901",
        "0701",
        "1006",
        "0601",
    ],
}


def scheme(id_: str, codes: Iterable[str]) -> CodeScheme:
    """A flat scheme of some codes."""
    return CodeScheme(id_, Bilingual(id_, id_), {code: CodeEntry(code, Bilingual(code, code)) for code in codes})
