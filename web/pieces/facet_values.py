"""The facets of a page of results → their sections, with the values of each. Called by `templates/filters.html`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup

from web.addresses.links import Link
from web.messages.table import say
from web.text.bidi import showable
from web.text.escaping import escape
from web.text.shortening import shortened
from web.views.filter_links import Facet

_BOX = '<span class="box" aria-hidden="true"></span>'


def facet_sections(facets: Iterable[Facet], language: str) -> Markup:
    """A <section> for each facet; the values that are not shown at first are folded away in it."""
    return Markup("".join([_section(facet, language) for facet in facets]))


def value_items(values: Iterable[Link]) -> Markup:
    """An <li> for each value."""
    return Markup("\n".join([_item(value) for value in values]))


def _section(facet: Facet, language: str) -> str:
    folded = ""
    if facet.rest:
        summary = f"<summary>{escape(say(language, 'more_values'))}</summary>"
        folded = f"<details>{summary}<ul>\n{value_items(facet.rest)}\n</ul>\n</details>"
    return (
        f'<section class="facet" aria-labelledby="facet-{facet.name}">\n'
        f'<h2 id="facet-{facet.name}">{escape(facet.title)}</h2>\n'
        f"<ul>\n{value_items(facet.values)}\n</ul>\n\n{folded}</section>\n"
    )


def _item(value: Link) -> str:
    current = ' aria-current="true"' if value.current else ""
    count = f'<span class="count">{escape(value.count)}</span>'
    return f'<li><a href="{escape(value.url)}" rel="nofollow"{current}>{_name(value.text)}{count}</a></li>'


@lru_cache(maxsize=4_096)  # pages repeat the names of sources, sections and authors
def _name(text: str) -> str:
    return f'{_BOX}<bdi dir="auto">{escape(showable(shortened(text)))}</bdi>'
