"""The hits of a page of results → the items of its list. Called by `templates/results.html`."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from web.messages.table import say
from web.pieces.articles import byline_text, coins, headed, star, untitled
from web.text.bidi import isolate, isolate_marked, showable
from web.text.escaping import escape
from web.views.linked_snippets import LinkedSnippet
from web.views.results_view import HitView


def hit_items(hits: Iterable[HitView], language: str) -> Markup:
    """An <li> for each hit."""
    return Markup("\n".join([_item(hit, language) for hit in hits]))


def _item(hit: HitView, language: str) -> str:
    return (
        f'<li id="{escape(hit.anchor)}">\n<article class="hit" lang="ar" dir="rtl">\n'
        f"{star(hit.savable)}{coins(hit.coins)}\n{byline_text(hit.byline)}\n"
        f'<h2><a href="{escape(hit.url)}">{headed(hit.heading)}</a>{untitled(hit.heading, language)}</h2>\n'
        f"{''.join(map(_snippet, hit.snippets))}{_more(hit, language)}</article>\n</li>"
    )


def _snippet(snippet: LinkedSnippet) -> str:
    text = isolate_marked(snippet.text)
    if snippet.url:
        return f'<p class="snippet"><a href="{escape(snippet.url)}" draggable="false">{text}</a></p>\n'
    return f'<p class="snippet">{text}</p>\n'


def _more(hit: HitView, language: str) -> str:
    """The way to the copies of the article, and why it matched."""
    if not hit.copies and not hit.reasons:
        return ""
    copies = ""
    if hit.copies:
        copies = f'<a class="copies" href="{escape(hit.copies.url)}"><bdi>{isolate(hit.copies.text)}</bdi></a>'
    return f'<div class="more">\n{copies}{_reasons(hit.reasons, language)}</div>\n'


def _reasons(reasons: tuple[tuple[str, str], ...], language: str) -> str:
    if not reasons:
        return ""
    items = [f"<li><mark><bdi>{escape(showable(word))}</bdi></mark> {escape(why)}</li>\n" for word, why in reasons]
    summary = f"<summary>{escape(say(language, 'why'))}</summary>"
    return f'<details class="why" open>{summary}\n<ul>\n{"".join(items)}</ul>\n</details>\n'
