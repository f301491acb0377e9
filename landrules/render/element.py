"""Pieces of a page, built so that text can never become markup.

`Html` is text that is already markup; every other text is escaped on its way into an element. Nothing else in the house
makes markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from landrules.render.safe import neutral

_VOID = frozenset(("meta", "br", "hr", "col", "path", "rect", "line", "circle", "use"))


class Html(str):
    """Markup: made by `element` and `joined` only."""

    __slots__ = ()


def element(name: str, /, *children: str | None, **attributes: str | None) -> Html:
    """An element. Attributes: a trailing underscore is dropped, other underscores become hyphens, `None` is left out.

    >>> element("p", "a < b", class_="note")
    '<p class="note">a &lt; b</p>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(neutral(value), quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID and not children:
        return Html(f"<{name}{written}/>" if name not in ("meta", "br", "hr", "col") else f"<{name}{written}>")
    return Html(f"<{name}{written}>{joined(children)}</{name}>")


def joined(children: Iterable[str | None], between: str = "") -> Html:
    """Children one after the other, plain text escaped, `None` left out."""
    return Html(between.join(_markup(child) for child in children if child is not None))


def _markup(child: str) -> str:
    return str(child) if isinstance(child, Html) else escape(neutral(child), quote=True)
