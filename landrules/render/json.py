"""The published object itself, landrules/report/1, as JSON text."""

from __future__ import annotations

from landrules.engine.answer import Answer
from landrules.render.options import Options
from landrules.render.privacy import without_geometry
from landrules.render.safe import neutral_json


def render_json(report: Answer, options: Options) -> str:
    """The report as one JSON object, keys in declared order; without any coordinate where none are asked for."""
    from landrules.engine.report import Report

    return neutral_json(Report.of(report if options.geometry else without_geometry(report)).to_json())
