"""Programs that lint rules are tried on, and how they are run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from landrules.lint.run import LintReport, chosen, lint

HEAD = """\
ruleset local.case zh 本地.案例 {
    title zh "案例" en "Case"
    level county
    version "1"
}

instrument plan zh 规划 {
    title zh "规划（示例）" en "A plan (invented)"
    effective from 2024-01-01
}
"""
"""Five lines of head and an instrument: what follows begins on line 11."""

Linted = Callable[..., LintReport]


def runner(folder: Path) -> Linted:
    """Lint programs in a folder."""

    def run(
        text: str,
        *only: str,
        beside: Mapping[str, str] | None = None,
        ask: tuple[str, ...] = ("case.rules",),
        as_of: date | None = None,
    ) -> LintReport:
        for name, content in {"case.rules": text, **(beside or {})}.items():
            (folder / name).write_text(content, encoding="utf-8")
        return lint(ask, folder, as_of=as_of, rules=chosen(only, ()))

    return run


def told(report: LintReport) -> list[str]:
    """Each finding as `line code`."""
    return [f"{f.span.line} {f.diagnostic.code}" for f in report.findings]
