"""The orders and the pages that a page of results leads to → their links. Called by `templates/results.html`."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from web.addresses.links import Link
from web.text.escaping import escape


def order_links(orders: Iterable[Link]) -> Markup:
    """An <a> for each order."""
    return Markup("\n".join([_way(order, "true") for order in orders]))


def page_items(pages: Iterable[Link | None]) -> Markup:
    """An <li> for each page of the pager, and for each gap in it."""
    gap = '<span class="gap" aria-hidden="true">…</span>'
    return Markup("".join([f"<li>{gap if page is None else _way(page, 'page')}</li>\n" for page in pages]))


def _way(link: Link, current: str) -> str:
    here = f' aria-current="{current}"' if link.current else ""
    return f'<a href="{escape(link.url)}"{here}>{escape(link.text)}</a>'
