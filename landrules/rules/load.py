"""Reading rulesets: from names and paths to one `RuleSet`, imports followed, mistakes of all files together.

A reference is a shipped ruleset (`cn.erl`), a prefix of several (`cn`), or the path of a `.rules` file or of a folder of
them. An import is looked up by ruleset id: beside the importing file first, then among the shipped ones. Files of codes
and of rows that a ruleset names lie beside it. Nothing else is ever opened.

Every file is read every time; what was made of the same bytes before is taken from the `store`. A file that changed is
parsed anew, the others are not; the ruleset is taken from the store only where no file of it changed.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from landrules.base.collecting import without_collecting
from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.frozen import frozen, record
from landrules.base.source import SourceFile
from landrules.rules.faults import MOST, EnoughMistakes, Faults, hint
from landrules.rules.model import RuleSet
from landrules.rules.outline import Outline, Reference
from landrules.rules.shipped import folder_index, ids_in, rules_in, shipped_folder, shipped_index
from landrules.rules.store import Store, open_store

if TYPE_CHECKING:
    from landrules.lang.tree import Document
    from landrules.rules.world import CodeRow

COLUMNS = ("code", "parent", "name_zh", "name_en")


@frozen
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
    with without_collecting():
        reader = _gathered(refs, base, tests=False)
        ruleset = reader.kept()
        if ruleset is not None:
            return ruleset
        loaded = reader.loaded()
        errors = [d for d in loaded.diagnostics if d.severity == "error"]
        if loaded.ruleset is None or errors:
            raise InputError(errors)
        reader.keep(loaded.ruleset)
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
    with without_collecting():
        return _gathered(refs, base, tests, unsaved).loaded()


def _gathered(
    refs: Sequence[str | Path],
    base: Path | None,
    tests: bool,
    unsaved: Mapping[Path, bytes] = MappingProxyType({}),
) -> _Reader:
    """The files of some references, read with all that they import."""
    reader = _Reader(base or Path(), tests, unsaved, open_store())
    try:
        for ref in refs:
            reader.asked += [p for p in reader.files_of(ref) if p not in reader.asked]
        reader.read()
    except EnoughMistakes:
        reader.lost = True
        reader.faults.found.append(Diagnostic("LR234", {"limit": MOST}))
    if any(f.document is not None for f in reader.files.values()):
        reader.store.tidy()
    return reader


@record
class _File:
    """A file that could be read: its text, and what was made of it, at once or when it is asked for."""

    source: SourceFile
    outline: Outline
    document: Document | None = None


@record
class _Reader:
    """The files read so far. `lost` says that a file could not be read at all, so names would be missed."""

    base: Path
    tests: bool
    unsaved: Mapping[Path, bytes]
    store: Store
    faults: Faults = field(default_factory=Faults)
    asked: list[Path] = field(default_factory=list)
    files: dict[Path, _File] = field(default_factory=dict)
    folders: dict[Path, Mapping[str, Path]] = field(default_factory=dict)
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

    def read(self) -> None:
        """The files asked for, and behind each at once all that it imports. Raises `EnoughMistakes`."""
        todo: list[Iterator[Path]] = [iter(self.asked)]
        while todo:
            path = next(todo[-1], None)
            if path is None:
                todo.pop()
            elif path not in self.seen:
                self.seen.add(path)
                if (file := self.open(path)) is not None:
                    self.files[path] = file
                    todo.append(self.imports(path, file))

    def open(self, path: Path) -> _File | None:
        """One file, from the store or parsed; `None` where nothing of it could be read."""
        name = self.name_of(path)
        data = self.unsaved[path] if path in self.unsaved else path.read_bytes()
        try:
            source = SourceFile.from_bytes(name, data)
        except UnicodeDecodeError:
            self.lost = True
            self.faults.found.append(Diagnostic("LR233", {"file": name}, where=name))
            return None
        kept = self.store.outline(source, self.tests)
        return _File(source, kept) if kept is not None else self.parse(source)

    def parse(self, source: SourceFile) -> _File | None:
        """What a text says; it is kept where nothing in it is wrong."""
        from landrules.lang.parse import parse
        from landrules.lang.skim import without_tests
        from landrules.rules.outline import outline

        document, mistakes = parse(source, source.text if self.tests else without_tests(source.text))
        self.faults.found.extend(mistakes)
        if document is None:
            self.lost = True
            return None
        found = _File(source, outline(document), document)
        if not mistakes:
            self.store.keep_document(source, self.tests, found.outline, document)
        elif any(d.severity == "error" for d in mistakes):
            self.lost = True
        return found

    def imports(self, path: Path, file: _File) -> Iterator[Path]:
        """The imports of a file; an id that nothing declares is told by the pass that finds names."""
        if not file.outline.imports:
            return
        beside = self.beside(path.parent)
        for node in file.outline.imports:
            target = beside.get(node.name) or shipped_index().get(node.name)
            if target is not None:
                yield target.resolve()
            elif node.name not in ids_in(file.source.text):
                known = {*beside, *shipped_index()}
                self.faults.add("LR205", node.span, name=node.name, **hint(node.name, known))

    def beside(self, folder: Path) -> Mapping[str, Path]:
        """The rulesets in one folder."""
        if folder not in self.folders:
            self.folders[folder] = folder_index(folder)
        return self.folders[folder]

    def name_of(self, path: Path) -> str:
        """The name of a file in messages and records: never a machine's own path."""
        shipped = shipped_folder()
        if path.is_relative_to(shipped):
            return path.relative_to(shipped.parent).as_posix()
        base = self.base.resolve()
        return path.relative_to(base).as_posix() if path.is_relative_to(base) else f"{path.parent.name}/{path.name}"

    def document(self, path: Path) -> Document:
        """The tree of a file; one whose outline was kept may have to be parsed after all."""
        file = self.files[path]
        if file.document is None:
            file.document = self.store.document(file.source, self.tests)
        if file.document is None:
            parsed = self.parse(file.source)
            assert parsed is not None and parsed.document is not None
            file.document = parsed.document
        return file.document

    def loaded(self) -> Loaded:
        """The ruleset of all files, and every mistake."""
        from landrules.rules.names import dictionary
        from landrules.rules.resolve import resolve

        documents = tuple(sorted((self.document(p) for p in self.files), key=lambda d: d.source.name))
        codes, sheets = self.data_files()
        found = list(self.faults.found)
        ruleset = None
        if not any(d.severity == "error" for d in found):
            ruleset, mistakes = resolve(documents, codes, sheets)
            found += mistakes
        elif not self.lost:
            told = {(d.code, d.span) for d in found}
            found += [d for d in resolve(documents, codes, sheets)[1] if (d.code, d.span) not in told]
        found += dictionary(documents)[1]
        asked = tuple(self.document(p) for p in self.asked if p in self.files)
        return Loaded(ruleset, documents, asked, tuple(found))

    def kept(self) -> RuleSet | None:
        """The ruleset that was made of the same bytes before."""
        if self.lost or self.faults.found:
            return None
        return self.store.ruleset(self.contents(), self.sources())

    def keep(self, ruleset: RuleSet) -> None:
        """Keep the ruleset for the next time."""
        self.store.keep_ruleset(self.contents(), self.sources(), ruleset)
        self.store.tidy()

    def sources(self) -> list[SourceFile]:
        """The text of every file."""
        return [f.source for f in self.files.values()]

    def contents(self) -> tuple[tuple[str, str], ...]:
        """All files that a ruleset is made of, data files beside them included, with the digest of each."""
        found = {(f.source.name, f.source.sha256) for f in self.files.values()}
        for path, file in self.files.items():
            for named in file.outline.sources:
                beside = self.data_file(path, named)
                digest = "" if beside is None else _digest(beside)
                found.add((f"{file.source.name}\n{named.name}", digest))
        return tuple(sorted(found))

    def data_file(self, beside: Path, named: Reference) -> Path | None:
        """The file that a ruleset names as its data (before `#`, a sheet of it): one that lies beside it, or none."""
        name = named.name.partition("#")[0]
        if name in ("", ".", "..") or any(sign in name for sign in "/\\:\0"):
            return None
        path = beside.parent / name
        return path if path.is_file() and not path.is_symlink() else None

    def data_files(self) -> tuple[dict[tuple[str, str], tuple[CodeRow, ...]], dict[tuple[str, str], SourceFile]]:
        """The rows of every code file that a scheme names; the text of every file that a table or a crosswalk names."""
        from landrules.rules.sheets import sheet

        codes: dict[tuple[str, str], tuple[CodeRow, ...]] = {}
        sheets: dict[tuple[str, str], SourceFile] = {}
        with suppress(EnoughMistakes):
            for path, file in self.files.items():
                for named in file.outline.sources:
                    key = (file.source.name, named.name)
                    if named.kind == "scheme":
                        codes[key] = self.rows_of(path, named)
                    elif named.kind in ("table", "crosswalk"):
                        beside, tab, inside = named.name.partition("#")
                        shown = self.name_of(path.parent / beside) + tab + inside
                        if (text := sheet(path.parent, named.name, shown, named.span, self.faults)) is not None:
                            sheets[key] = text
        return codes, sheets

    def rows_of(self, beside: Path, named: Reference) -> tuple[CodeRow, ...]:
        """The rows of one code file; it must lie beside the ruleset and have the four columns."""
        path = self.data_file(beside, named)
        if path is None:
            self.faults.add("LR230", named.span, file=named.name)
            return ()
        try:
            reader = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig")))
            absent = [c for c in COLUMNS if c not in (reader.fieldnames or ())]
            if not absent:
                return tuple({c: (row[c] or "").strip() for c in COLUMNS} for row in reader)
        except (UnicodeDecodeError, csv.Error):
            self.faults.add("LR233", named.span, file=named.name)
            return ()
        self.faults.add("LR231", named.span, file=named.name, columns=", ".join(absent))
        return ()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
