"""How the law is called and how far it was verified: texts in two languages, instruments, citations."""

from __future__ import annotations

from datetime import date
from typing import Literal

from landrules.base.frozen import frozen
from landrules.base.period import Period

Status = Literal["verified", "partly", "unverified", "example"]


@frozen
class Bilingual:
    """A text in two languages; where one is empty the other stands in."""

    zh: str
    en: str


@frozen
class Instrument:
    """A law, regulation, notice or plan, with its own validity."""

    id: str
    title: Bilingual
    number: str
    period: Period
    end_verified: bool = True


@frozen
class Citation:
    """An article with the state of its verification. `article` reads as in the instrument's own language."""

    instrument: Instrument
    article: Bilingual
    status: Status
    verified_on: date | None = None
    note: Bilingual | None = None
