"""Reading rulesets: from names and paths to one `RuleSet`, imports followed, mistakes of all files together.

A reference is a shipped ruleset (`cn.erl`), a prefix of several (`cn`), or the path of a `.rules` file or of a folder of
them. An import is looked up by ruleset id: beside the importing file first, then among the shipped ones. Files of codes
and of rows that a ruleset names lie beside it. Nothing else is ever opened.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.source import SourceFile, Span
from landrules.lang.parse import parse
from landrules.lang.skim import without_tests
from landrules.lang.tree import Declaration, Document, Effective, Setting
from landrules.rules.faults import Faults, hint
from landrules.rules.model import RuleSet
from landrules.rules.names import dictionary
from landrules.rules.resolve import resolve
from landrules.rules.sheets import sheet
from landrules.rules.shipped import folder_index, ids_in, rules_in, shipped_folder, shipped_index
from landrules.rules.symbols import import_ids, word_of
from landrules.rules.world import CodeRow

COLUMNS = ("code", "parent", "name_zh", "name_en")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What reading gave: the ruleset (`None` after a mistake), the files read, every mistake and warning.

    `asked` are the documents that the references name; the others came with imports.
    """

    ruleset: RuleSet | None
    documents: tuple[Document, ...]
    asked: tuple[Document, ...]
    diagnostics: tuple[Diagnostic, ...]


def load_ruleset(refs: Sequence[str | Path], base: Path | None = None) -> RuleSet:
    """Everything that some references name, ready for any proposal.

    Paths are relative to `base` (the current folder where it is `None`). Raises `InputError` with every mistake of
    every file.
    """
    loaded = read_rulesets(refs, base, tests=False)
    errors = [d for d in loaded.diagnostics if d.severity == "error"]
    if loaded.ruleset is None or errors:
        raise InputError(errors)
    return loaded.ruleset


def read_rulesets(
    refs: Sequence[str | Path],
    base: Path | None = None,
    *,
    tests: bool = True,
    unsaved: Mapping[Path, bytes] = MappingProxyType({}),
) -> Loaded:
    """The same without an exception: what could be read, and all diagnostics, warnings included.

    Without `tests` the tests of rulesets are passed over, which a check does not need. `unsaved` is what stands in place
    of the content of some files (by resolved path): an editor's buffer, a repair not yet written.
    """
    reader = _Reader(base or Path(), tests, unsaved)
    asked: list[Path] = []
    for ref in refs:
        asked += [p for p in reader.files_of(ref) if p not in asked]
    for path in asked:
        reader.read(path)
    documents = tuple(sorted(reader.documents.values(), key=lambda d: d.source.name))
    files, sheets = reader.code_files(), reader.sheets()
    found = list(reader.faults.found)
    ruleset = None
    if not any(d.severity == "error" for d in found):
        ruleset, mistakes = resolve(documents, files, sheets)
        found += mistakes
    elif not reader.lost:
        told = {(d.code, d.span) for d in found}
        found += [d for d in resolve(documents, files, sheets)[1] if (d.code, d.span) not in told]
    found += dictionary(documents)[1]
    return Loaded(ruleset, documents, tuple(reader.documents[p] for p in asked if p in reader.documents), tuple(found))


@dataclass(slots=True)
class _Reader:
    """The files read so far. `lost` says that a file could not be read at all, so names would be missed."""

    base: Path
    tests: bool
    unsaved: Mapping[Path, bytes]
    faults: Faults = field(default_factory=Faults)
    documents: dict[Path, Document] = field(default_factory=dict)
    seen: set[Path] = field(default_factory=set)
    lost: bool = False

    def files_of(self, ref: str | Path) -> tuple[Path, ...]:
        """The files that a reference names."""
        if isinstance(ref, str):
            index = shipped_index()
            named = sorted({p for name, p in index.items() if name == ref or name.startswith(ref + ".")})
            if named:
                return tuple(p.resolve() for p in named)
        path = self.base / ref
        if path.is_dir() and (inside := rules_in(path)):
            return tuple(p.resolve() for p in inside)
        if path.is_file():
            return (path.resolve(),)
        self.lost = True
        self.faults.found.append(Diagnostic("LR232", {"ref": str(ref), **hint(str(ref), shipped_index())}))
        return ()

    def read(self, path: Path) -> None:
        """One file and all that it imports."""
        if path in self.seen:
            return
        self.seen.add(path)
        try:
            data = self.unsaved[path] if path in self.unsaved else path.read_bytes()
            source = SourceFile.from_bytes(self.name_of(path), data)
        except UnicodeDecodeError:
            self.lost = True
            self.faults.found.append(Diagnostic("LR233", {"file": self.name_of(path)}, where=self.name_of(path)))
            return
        document, mistakes = parse(source if self.tests else replace(source, text=without_tests(source.text)))
        self.faults.found.extend(mistakes)
        if document is None:
            self.lost = True
            return
        self.documents[path] = document
        if any(d.severity == "error" for d in mistakes):
            self.lost = True
        self.follow(path, document)

    def follow(self, path: Path, document: Document) -> None:
        """The imports of a file; an id that nothing declares is told by the pass that finds names."""
        beside = folder_index(path.parent)
        for node in import_ids(document):
            name = ".".join(node.path.parts)
            target = beside.get(name) or shipped_index().get(name)
            if target is not None:
                self.read(target.resolve())
            elif name not in _own_ids(document):
                self.faults.add("LR205", node.path.span, name=name, **hint(name, {*beside, *shipped_index()}))

    def name_of(self, path: Path) -> str:
        """The name of a file in messages and records: never a machine's own path."""
        shipped = shipped_folder().resolve()
        if path.is_relative_to(shipped):
            return path.relative_to(shipped.parent).as_posix()
        base = self.base.resolve()
        return path.relative_to(base).as_posix() if path.is_relative_to(base) else f"{path.parent.name}/{path.name}"

    def code_files(self) -> dict[tuple[str, str], tuple[CodeRow, ...]]:
        """The rows of every code file that a scheme names."""
        found: dict[tuple[str, str], tuple[CodeRow, ...]] = {}
        for path, document in self.documents.items():
            for item in document.items:
                if isinstance(item, Declaration) and item.kind == "scheme":
                    for clause in item.body:
                        if isinstance(clause, Setting) and clause.key == "source":
                            name = word_of(clause.values)
                            found[document.source.name, name] = self.rows_of(path, name, clause.span)
        return found

    def sheets(self) -> dict[tuple[str, str], SourceFile]:
        """The text of every file of rows that a table or a crosswalk names, in a dated part of it too."""
        found: dict[tuple[str, str], SourceFile] = {}
        for path, document in self.documents.items():
            for item in document.items:
                if not isinstance(item, Declaration) or item.kind not in ("table", "crosswalk"):
                    continue
                dated = [clause.body or () for clause in item.body if isinstance(clause, Effective)]
                for clause in (*item.body, *(c for part in dated for c in part)):
                    if isinstance(clause, Setting) and clause.key == "source":
                        name = word_of(clause.values)
                        shown = self.name_of(path.parent / name.partition("#")[0]) + "".join(name.partition("#")[1:])
                        text = sheet(path.parent, name, shown, clause.span, self.faults)
                        if text is not None:
                            found[document.source.name, name] = text
        return found

    def rows_of(self, beside: Path, name: str, span: Span) -> tuple[CodeRow, ...]:
        """The rows of one code file; it must lie beside the ruleset and have the four columns."""
        path = beside.parent / name
        if Path(name).name != name or path.is_symlink() or not path.is_file():
            self.faults.add("LR230", span, file=name)
            return ()
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.faults.add("LR233", span, file=name)
            return ()
        reader = csv.DictReader(io.StringIO(text))
        absent = [c for c in COLUMNS if c not in (reader.fieldnames or ())]
        if absent:
            self.faults.add("LR231", span, file=name, columns=", ".join(absent))
            return ()
        return tuple({c: (row[c] or "").strip() for c in COLUMNS} for row in reader)


def _own_ids(document: Document) -> tuple[str, ...]:
    return ids_in(document.source.text)
