"""The values of a facet → the list that shows them. Called by `templates/filters.html`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from markupsafe import Markup

from web.addresses.links import Link
from web.text.bidi import showable
from web.text.shortening import shortened

_BOX = '<span class="box" aria-hidden="true"></span>'


def value_items(values: Iterable[Link]) -> Markup:
    """An <li> for each value."""
    return Markup("\n".join([_item(value) for value in values]))


def _item(value: Link) -> str:
    current = ' aria-current="true"' if value.current else ""
    count = f'<span class="count">{escape(value.count)}</span>'
    return f'<li><a href="{escape(value.url)}" rel="nofollow"{current}>{_name(value.text)}{count}</a></li>'


@lru_cache(maxsize=4_096)  # pages repeat the names of sources, sections and authors
def _name(text: str) -> str:
    return f'{_BOX}<bdi dir="auto">{escape(showable(shortened(text)))}</bdi>'
