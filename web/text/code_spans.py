"""Text with what a reader types between backticks → HTML with it in <code>. A filter of the templates."""

from __future__ import annotations

from markupsafe import Markup, escape

from web.text.bidi import direction, isolate, showable


def coded(text: str) -> Markup:
    """The text escaped; what stands between backticks as code, each piece in its own direction."""
    pieces = text.split("`")
    return Markup().join(_code(piece) if number % 2 else isolate(piece) for number, piece in enumerate(pieces))


def _code(piece: str) -> Markup:
    written = escape(showable(piece))
    if not any(map(str.isalpha, piece)):  # signs alone stand in the direction of the page
        return Markup("<code>{}</code>").format(written)
    return Markup('<code dir="{}">{}</code>').format(direction(piece), written)
