"""The vocabulary of proposals: which facts a file may state, under which key and Chinese name, of which type and unit.

One source for the schema at the door, for the names a rule may use, and for the documents a rule may ask for. Tables,
nothing else; standard library only. Source: the project's proposal paper, sections 1.0 to 1.12.
"""

from __future__ import annotations

from landrules.base.vocabulary.documents import MATTERS, OPINION_KINDS, documents
from landrules.base.vocabulary.enums import ENUMS
from landrules.base.vocabulary.names import NAMES, WORDS, en_of, zh_of
from landrules.base.vocabulary.records import (
    ABSENT_IS_EMPTY,
    APPROVAL,
    BALANCE,
    BARE_CODES,
    BUILDING,
    NOTICE,
    OPINION,
    PARCEL,
    PROPOSAL,
    STATED_GRADES,
    STATED_UNITS,
    SUPPLEMENT,
    records,
)

__all__ = [
    "ABSENT_IS_EMPTY",
    "APPROVAL",
    "BALANCE",
    "BARE_CODES",
    "BUILDING",
    "ENUMS",
    "MATTERS",
    "NAMES",
    "NOTICE",
    "OPINION",
    "OPINION_KINDS",
    "PARCEL",
    "PROPOSAL",
    "STATED_GRADES",
    "STATED_UNITS",
    "SUPPLEMENT",
    "WORDS",
    "documents",
    "en_of",
    "records",
    "zh_of",
]
