"""Every output format, in reading order; adding one is a file, a function and a line here.

What makes a format is imported when one is asked for it: a letter on a screen needs no map.
"""

from __future__ import annotations

from landrules.engine.answer import Answer
from landrules.render.options import Options, Renderer


def _text(report: Answer, options: Options) -> str:
    from landrules.render.text import render_text

    return render_text(report, options)


def _json(report: Answer, options: Options) -> str:
    from landrules.render.json import render_json

    return render_json(report, options)


def _geojson(report: Answer, options: Options) -> str:
    from landrules.render.geojson import render_geojson

    return render_geojson(report, options)


def _html(report: Answer, options: Options) -> str:
    from landrules.render.html import render_html

    return render_html(report, options)


RENDERERS: tuple[Renderer, ...] = (
    Renderer("text", "text/plain; charset=utf-8", _text, draws=False),
    Renderer("json", "application/json", _json),
    Renderer("geojson", "application/geo+json", _geojson),
    Renderer("html", "text/html; charset=utf-8", _html),
)

BY_NAME: dict[str, Renderer] = {renderer.name: renderer for renderer in RENDERERS}
