"""An article in a list → HTML: its heading, where and when it appeared, and the place of its star.

In come the records of `web/views`; out goes `Markup`. The templates call these as functions, and
`web/pieces/hits.py` does. They are written in Python because a page has ten of each: as macros of a template, calls and
the copies that `Markup` makes took as long as all that they wrote.
"""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from web.messages.table import say
from web.text.bidi import isolate, isolate_marked, showable
from web.text.escaping import escape
from web.text.shortening import shortened
from web.views.article_heading import ArticleHeading
from web.views.bylines import Byline
from web.views.savable_article import SavableArticle

_PLUS = '<span class="plus"><span class="unseen"> + </span></span>'


def headed(heading: ArticleHeading) -> Markup:
    """An article's heading, as text or in a link; a made one is lighter."""
    text = isolate_marked(heading.text)
    return Markup(f'<span class="made">{text}</span>') if heading.from_text else text


def untitled(heading: ArticleHeading, language: str) -> Markup:
    """What says beside a heading that it was made, "" beside an article's own title."""
    return Markup(f' <span class="untitled">{escape(say(language, "untitled"))}</span>' if heading.from_text else "")


def star(savable: SavableArticle) -> Markup:
    """Where static/saved.js puts a button; without JavaScript there is none."""
    return Markup(
        f'<span class="star" hidden data-id="{escape(savable.id)}" data-title="{escape(savable.title)}" '
        f'data-source="{escape(savable.source)}" {_named(savable)}data-date="{escape(savable.date)}" '
        f'data-url="{escape(savable.url)}" data-link="{escape(savable.link)}"></span>'
    )


def _named(savable: SavableArticle) -> str:
    """The attributes of author and agency; most articles have at most one of them."""
    names = (("author", savable.author), ("agency", savable.agency))
    return "".join(f'data-{name}="{escape(value)}" ' for name, value in names if value)


def coins(context: str) -> Markup:
    """The COinS span of an article, an empty element that Zotero and its like look for; "" without a context object."""
    return Markup(f'<span class="Z3988" title="{escape(context)}"></span>' if context else "")


def when(byline: Byline, *, hint: bool = True) -> Markup:
    """The day of an article, and how long ago that is if it is not long; "" for one without a date."""
    return Markup(_when(byline.when, byline.day, byline.ago if hint else "") if byline.when else "")


def byline_text(byline: Byline, *, hint: bool = True, author: bool = True) -> Markup:
    """Source, section, author and day, as many as there are; "" without any."""
    html = ""
    if byline.sources:
        html = f'<span class="source">{_PLUS.join(map(name, byline.sources))}</span>'
    if byline.section:
        html += f"<span>{name(byline.section)}</span>"
    if byline.author and author:
        html += f"<span>{name(byline.author)}</span>"
    if byline.when:
        html += f'<span class="when">{when(byline, hint=hint)}</span>'
    return Markup(f'<p class="imprint">\n{html}</p>\n' if html or byline.author else "")


@lru_cache(maxsize=4_096)  # pages repeat the names of sources, sections and authors, and days
def name(text: str) -> str:
    """The name of a source, section or author, as lists show it."""
    return f"<bdi>{escape(showable(shortened(text)))}</bdi>"


@lru_cache(maxsize=4_096)
def _when(when: str, day: str, ago: str) -> str:
    hint = f' <span class="ago"><bdi>{isolate(ago)}</bdi></span>' if ago else ""
    return f'<time datetime="{escape(when)}" title="{escape(day)}"><bdi>{isolate(day)}</bdi></time>{hint}'
