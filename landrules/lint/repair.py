"""Repairs: what lint rules and unambiguous hints would change, worked out in memory until nothing is left to change.

Nothing is written here. A file with mistakes is not repaired, but for names whose hint knows one near name and no
other, where that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.frozen import frozen
from landrules.base.source import SourceFile, Span
from landrules.lint.record import Edit
from landrules.lint.run import lint
from landrules.lint.settings import LintSettings
from landrules.rules.load import read_rulesets

ROUNDS = 20
"""More rounds than any chain of repairs needs; a repair that never ends is a fault of a rule."""


@frozen
class Repair:
    """One thing that was mended: the file, the diagnostic that asked for it, and its edits."""

    path: Path
    diagnostic: Diagnostic
    edits: tuple[Edit, ...]


@frozen
class Mended:
    """All repairs in the order made, and the new content of each file that changes."""

    repairs: tuple[Repair, ...]
    contents: Mapping[Path, bytes]


def mend(files: Sequence[Path], settings: LintSettings, *, suggestions: bool) -> Mended:
    """The repairs of some files. Raises `InputError` where mistakes remain that no repair is known for."""
    paths = [path.resolve() for path in files]
    contents: dict[Path, bytes] = {}
    done: list[Repair] = []
    for _ in range(ROUNDS):
        found = _round(paths, settings, contents, suggestions)
        if not found:
            return Mended(tuple(done), MappingProxyType(contents))
        done += found
        for path, group in groupby(sorted(found, key=lambda r: str(r.path)), key=lambda r: r.path):
            edits = [e for repair in group for e in repair.edits]
            contents[path] = apply(edits[0].span.source.text, edits).encode("utf-8")
    raise RuntimeError("the repairs do not come to an end; nothing was written")


def apply(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits made, the same edit once. Of edits that overlap the first counts; the rest come round again.

    Spans count in characters of the text.
    """
    out, at = "", 0
    seen: set[tuple[int, int, str]] = set()
    for edit in sorted(edits, key=lambda e: (e.span.start, e.span.end)):
        key = (edit.span.start, edit.span.end, edit.text)
        if key in seen or edit.span.start < at:
            continue
        seen.add(key)
        out, at = out + text[at : edit.span.start] + edit.text, edit.span.end
    return out + text[at:]


def _round(
    paths: Sequence[Path], settings: LintSettings, contents: Mapping[Path, bytes], suggestions: bool
) -> list[Repair]:
    """What one reading finds to mend."""
    digests = {SourceFile.from_bytes("", contents[p] if p in contents else p.read_bytes()).sha256: p for p in paths}
    loaded = read_rulesets(paths, unsaved=contents)
    errors = [d for d in loaded.diagnostics if d.severity == "error"]
    if not errors:
        report = lint(paths, settings=settings, unsaved=contents)
        return [
            Repair(digests[f.span.source.sha256], f.diagnostic, f.edits)
            for f in report.findings
            if f.edits and f.span.source.sha256 in digests
        ]
    known = [
        Repair(digests[d.span.source.sha256], d, (edit,))
        for d in errors
        if d.span is not None and d.span.source.sha256 in digests and (edit := suggested(d)) is not None
    ]
    if not suggestions or not known:
        raise InputError(errors)
    return known


def suggested(diagnostic: Diagnostic) -> Edit | None:
    """The one near name in place of the unknown one; `None` where there are several, or the place is not sure."""
    near, span = diagnostic.args.get("near"), diagnostic.span
    word = next((str(diagnostic.args[k]) for k in ("name", "code") if k in diagnostic.args), "")
    if not isinstance(near, str) or span is None or not word or span.text.count(word) != 1:
        return None
    start = span.start + span.text.index(word)
    return Edit(Span(span.source, start, start + len(word)), near)
