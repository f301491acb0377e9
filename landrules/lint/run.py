"""Running the rules over files: read once, find, listen to remarks, report.

A rule that could not run is a notice, never dropped. Findings stand in the order of files and places.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from landrules.base.diagnostic import Diagnostic, InputError, Severity
from landrules.base.frozen import frozen
from landrules.base.source import SourceFile
from landrules.lang.parse import parse
from landrules.lang.tree import Document
from landrules.lint.record import Found, LintFinding, LintRule
from landrules.lint.remarks import Remark, remarks
from landrules.lint.rules import RULES
from landrules.lint.rules.unused_suppression import RULE as LAST
from landrules.lint.scene import Scene
from landrules.lint.settings import LintSettings
from landrules.lint.words import uses
from landrules.rules.faults import hint
from landrules.rules.load import Loaded, read_rulesets
from landrules.rules.shipped import rules_in, shipped_folder

NO_SETTINGS = LintSettings()


@frozen
class LintReport:
    """What was found; rules that were not run; how many files were read and how many findings a remark allows."""

    findings: tuple[LintFinding, ...]
    notices: tuple[Diagnostic, ...]
    files: int
    allowed: int


def lint(
    refs: Sequence[str | Path],
    base: Path | None = None,
    *,
    as_of: date | None = None,
    rules: Sequence[LintRule] = RULES,
    settings: LintSettings = NO_SETTINGS,
    unsaved: Mapping[Path, bytes] = MappingProxyType({}),
) -> LintReport:
    """The report on the files that some references name. Raises `InputError` where the rules themselves are wrong."""
    loaded = read_rulesets(refs, base, unsaved=unsaved)
    errors = [d for d in loaded.diagnostics if d.severity == "error"]
    if loaded.ruleset is None or errors:
        raise InputError(errors)
    around = _around(refs, base or Path(), loaded, unsaved)
    options = {(r.id, key): value for r in RULES for key, value in r.options.items()}
    scene = Scene(
        loaded.asked,
        loaded.documents,
        around,
        uses((*loaded.documents, *around)),
        loaded.ruleset,
        as_of,
        {**options, **settings.options},
        frozenset(name for r in RULES for name in (r.id, r.zh)),
    )
    return examine(scene, rules, settings)


def examine(scene: Scene, rules: Sequence[LintRule], settings: LintSettings) -> LintReport:
    """The report on a scene."""
    wanted = [r for r in rules if settings.levels.get(r.id) != "off"]
    running = [r for r in wanted if not r.dated or scene.as_of is not None]
    notices = [Diagnostic("LR935", {"rule": r.id}, severity="warning") for r in wanted if r not in running]
    written = {d.source.name: remarks(d) for d in scene.asked}
    spent: set[Remark] = set()
    kept: list[LintFinding] = []
    allowed = 0
    for rule in running:
        if rule is LAST:
            names = {name for r in running for name in (r.id, r.zh)}
            idle = (x for found in written.values() for x in found if x.reason and x.rule in names and x not in spent)
            scene = replace(scene, unspent=tuple(idle))
        severity = _severity(rule, settings)
        for document in scene.asked:
            for found in rule.find(document, scene):
                covering = [x for x in written[document.source.name] if x.covers((rule.id, rule.zh), found.span)]
                spent.update(covering)
                if covering:
                    allowed += 1
                else:
                    kept.append(_finding(rule, severity, found))
    ordered = sorted(kept, key=lambda f: (f.span.source.name, f.span.start, f.rule.code))
    return LintReport(tuple(ordered), tuple(notices), len(scene.asked), allowed)


def chosen(only: Sequence[str], but: Sequence[str]) -> tuple[LintRule, ...]:
    """The rules named, or all but those named. Raises `InputError` (LR931) for a name that is no rule's."""
    by_name = {name: rule for rule in RULES for name in (rule.id, rule.code, rule.zh)}
    unknown = [n for n in (*only, *but) if n not in by_name]
    if unknown:
        ids = [rule.id for rule in RULES]
        raise InputError([Diagnostic("LR931", {"name": n, **hint(n, ids)}) for n in unknown])
    kept = {by_name[n].id for n in only} or {rule.id for rule in RULES}
    left = {by_name[n].id for n in but}
    return tuple(rule for rule in RULES if rule.id in kept - left)


def _severity(rule: LintRule, settings: LintSettings) -> Severity:
    level = settings.levels.get(rule.id, rule.severity)
    return "warning" if level == "warning" else "error"


def _finding(rule: LintRule, severity: Severity, found: Found) -> LintFinding:
    return LintFinding(rule, Diagnostic(rule.code, found.args, found.span, severity=severity), found.span, found.edits)


def _around(
    refs: Iterable[str | Path], base: Path, loaded: Loaded, unsaved: Mapping[Path, bytes]
) -> tuple[Document, ...]:
    """The files that could import those read: of the same folders, and of the shipped set where one of it was asked for."""
    shipped = shipped_folder()
    files: set[Path] = set()
    for ref in refs:
        path = (base / ref).resolve()
        if not path.exists() or path.is_relative_to(shipped):
            files.update(p.resolve() for p in rules_in(shipped))
        elif path.is_file():
            files.update(p.resolve() for p in path.parent.glob("*.rules"))
    read = {d.source.sha256 for d in loaded.documents}
    found: list[Document] = []
    for path in sorted(files):
        try:
            source = SourceFile.from_bytes(path.as_posix(), unsaved[path] if path in unsaved else path.read_bytes())
        except (OSError, UnicodeDecodeError):
            continue
        document = parse(source)[0] if source.sha256 not in read else None
        if document is not None:
            found.append(document)
    return tuple(found)
