"""The published object itself, landrules/report/1, as JSON text."""

from __future__ import annotations

from landrules.engine.answer import Answer
from landrules.render.encode import encode
from landrules.render.options import Options


def render_json(report: Answer, options: Options) -> str:
    """The report as one JSON object, keys in declared order; without any coordinate where none are asked for."""
    return encode(report, geometry=options.geometry, indent=True) + "\n"
