"""Reports without places: the same findings, every coordinate taken out.

Layers are often classified; a report that says *what* and *how much* may travel further than one that says *where*.
"""

from __future__ import annotations

from landrules.engine.report import FindingOut, Report


def without_geometry(report: Report) -> Report:
    """The report with every geometry null: of findings, their pieces, information and data-quality lines."""
    return report.model_copy(
        update={
            "findings": tuple(_bare(finding) for finding in report.findings),
            "information": tuple(_bare(finding) for finding in report.information),
            "data_quality": tuple(line.model_copy(update={"geometry": None}) for line in report.data_quality),
        }
    )


def _bare(finding: FindingOut) -> FindingOut:
    pieces = tuple(piece.model_copy(update={"geometry": None}) for piece in finding.pieces)
    return finding.model_copy(update={"geometry": None, "pieces": pieces})
