"""Reports without places: the same findings, every coordinate taken out.

Layers are often classified; a report that says *what* and *how much* may travel further than one that says *where*.
"""

from __future__ import annotations

from landrules.base.frozen import replace
from landrules.engine.answer import Answer, FindingOut


def without_geometry(report: Answer) -> Answer:
    """The report with every geometry null: of findings, their pieces, information and data-quality lines."""
    return replace(
        report,
        findings=tuple(_bare(finding) for finding in report.findings),
        information=tuple(_bare(finding) for finding in report.information),
        data_quality=tuple(replace(line, geometry=None) for line in report.data_quality),
    )


def _bare(finding: FindingOut) -> FindingOut:
    pieces = tuple(replace(piece, geometry=None) for piece in finding.pieces)
    return replace(finding, geometry=None, pieces=pieces)
