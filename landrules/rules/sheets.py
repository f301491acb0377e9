"""Files of rows that tables and crosswalks name: CSV and XLSX, read into one text with cells that know their place.

A file lies beside its ruleset, in the same folder, and nothing else is ever opened. A workbook is read as if its sheet had
been saved as CSV, so whatever is wrong is shown in one way, with the row and the cell.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from landrules.base.source import SourceFile, Span
from landrules.rules.faults import Faults

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST = 200 * 1024 * 1024
"""Bytes that a file, or what is packed into a workbook, may have."""


@dataclass(slots=True)
class SheetRow:
    """A row: the texts of its cells without blanks around them, and where each stands in the file."""

    source: SourceFile
    cells: list[str]
    starts: list[int]

    def span(self, column: int) -> Span:
        """Where a cell stands; beyond the last, the end of the row."""
        if column >= len(self.cells):
            end = self.starts[-1] + len(self.cells[-1])
            return Span(self.source, end, end)
        return Span(self.source, self.starts[column], self.starts[column] + len(self.cells[column]))

    @property
    def whole(self) -> Span:
        """Where the row stands."""
        return Span(self.source, self.starts[0], self.starts[-1] + len(self.cells[-1]))

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(self.cells)


def sheet(folder: Path, name: str, shown: str, span: Span, faults: Faults) -> SourceFile | None:
    """The text of a file of rows in a folder, or `None` after a mistake.

    `name` is a file name, for a workbook with `#` and a sheet behind it where it is not the first; `shown` is the name
    in messages.
    """
    file, _, tab = name.partition("#")
    path = folder / file
    if Path(file).name != file or "\\" in file or path.is_symlink() or not path.is_file():
        faults.add("LR270", span, file=file)
        return None
    if path.stat().st_size > LARGEST:
        faults.add("LR277", span, file=file)
        return None
    match path.suffix.lower():
        case ".csv" if not tab:
            try:
                return SourceFile.from_bytes(shown, path.read_bytes())
            except UnicodeDecodeError:
                faults.add("LR271", span, file=file)
                return None
        case ".xlsx":
            return _workbook(path, tab, shown, span, faults)
        case _:
            faults.add("LR272", span, file=name)
            return None


def rows_in(text: SourceFile, faults: Faults) -> Iterator[SheetRow]:
    """The rows of a file, one after the other; a quote that is not closed ends them with a mistake."""
    header = text.text.partition("\n")[0]
    comma = next((c for c in ",;\t" if c in header), ",")
    quoted = re.compile(rf'[ ]*"((?:[^"]|"")*)"[ ]*({comma}|\n|\Z)|([^"{comma}\n]*)({comma}|\n|\Z)')
    at = 0
    while at < len(text.text):
        end = text.text.find("\n", at)
        end = end if end >= 0 else len(text.text)
        line = text.text[at:end]
        if '"' not in line:
            yield _bare(text, line.split(comma), at)
            at = end + 1
            continue
        row = SheetRow(text, [], [])
        while True:
            found = quoted.match(text.text, at)
            if found is None:
                faults.add("LR282", Span(text, at, end))
                return
            group = 1 if found[1] is not None else 3
            row.cells.append(found[group].replace('""', '"').strip())
            row.starts.append(found.start(group) + len(found[group]) - len(found[group].lstrip()))
            at = found.end()
            if found[group + 1] != comma:
                break
        yield row


def _bare(text: SourceFile, cells: list[str], at: int) -> SheetRow:
    """A row without quotes."""
    starts: list[int] = []
    for n, cell in enumerate(cells):
        starts.append(at)
        at += len(cell) + 1
        stripped = cell.strip()
        if stripped is not cell and len(stripped) < len(cell):
            starts[n] += len(cell) - len(cell.lstrip())
            cells[n] = stripped
    return SheetRow(text, cells, starts)


# --------------------------------------------------------------------------- workbooks


def _workbook(path: Path, tab: str, shown: str, span: Span, faults: Faults) -> SourceFile | None:
    try:
        import openpyxl
    except ImportError:
        faults.add("LR276", span, file=path.name)
        return None
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST:
                faults.add("LR277", span, file=path.name)
                return None
        book = openpyxl.load_workbook(path, data_only=False, keep_links=False)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError, TypeError):
        faults.add("LR278", span, file=path.name)
        return None
    if tab and tab not in book.sheetnames:
        faults.add(
            "LR279",
            span,
            file=path.name,
            sheet=tab,
            known="、".join(book.sheetnames),
            known_en=", ".join(book.sheetnames),
        )
        return None
    page: Worksheet = book[tab] if tab else book.worksheets[0]
    if page.merged_cells.ranges:
        where = sorted(str(r) for r in page.merged_cells.ranges)
        faults.add("LR280", span, file=path.name, cells=", ".join(where[:5]))
        return None
    lines: list[str] = []
    for cells in page.iter_rows():
        formulas = [c for c in cells if c.data_type == "f"]
        if formulas:
            faults.add("LR281", span, file=path.name, cell=formulas[0].coordinate)
            return None
        lines.append(",".join(_written(c) for c in cells))
    text = unicodedata.normalize("NFC", "\n".join(lines))
    return SourceFile(shown, text, hashlib.sha256(path.read_bytes()).hexdigest())


def _written(cell: Cell | MergedCell) -> str:
    """A cell as CSV has it: days as 2026-11-22, numbers as typed, truths as words."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            text = "true" if value else "false"
        case datetime():
            text = value.date().isoformat()
        case date():
            text = value.isoformat()
        case float():
            text = format(Decimal(repr(value)).normalize(), "f")
        case _:
            text = " ".join(str(value).split("\n"))
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',;\t"') else text
