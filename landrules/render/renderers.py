"""Every output format, in reading order; adding one is a file and a line here."""

from __future__ import annotations

from landrules.render.geojson import render_geojson
from landrules.render.html import render_html
from landrules.render.json import render_json
from landrules.render.options import Renderer
from landrules.render.text import render_text

RENDERERS: tuple[Renderer, ...] = (
    Renderer("text", "text/plain; charset=utf-8", render_text),
    Renderer("json", "application/json", render_json),
    Renderer("geojson", "application/geo+json", render_geojson, needs_geometry=True),
    Renderer("html", "text/html; charset=utf-8", render_html),
)

BY_NAME: dict[str, Renderer] = {renderer.name: renderer for renderer in RENDERERS}
