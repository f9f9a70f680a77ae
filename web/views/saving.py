"""An article → what the browser keeps of it when a reader saves it. Pure.

Nothing of it is sent to the site again. `static/saved.js` keeps it in the browser and writes the list of `/saved` from
it. `web/views/results_view.py` and `web/views/article_view.py` call it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.article import Article
from search.pages.display_title import display_title
from web.addresses.links import Links, web_address
from web.text.bidi import showable
from web.text.shortening import LONGEST_TITLE, shortened
from web.views.heading import Heading

MOST_SAVED = 500  # articles; browsers keep about 5 MB for a site
LONGEST_ADDRESS = 1_000  # characters; a longer address of the article elsewhere is left out


@dataclass(frozen=True, slots=True)
class Savable:
    """What is kept; "" where an article has none. link: its page, without a search or a language."""

    id: str
    title: str
    source: str
    date: str
    url: str
    link: str


def savable(article: Article, head: Heading, links: Links) -> Savable:
    """The article as a browser keeps it.

    A long title is shortened, so that hundreds of articles fit into what a browser keeps for a site.
    """
    url = web_address(article.url)
    title = head.plain if head.made else display_title(article)
    return Savable(
        showable(article.id),
        showable(shortened(title, LONGEST_TITLE)),
        showable(shortened(" + ".join(article.source), LONGEST_TITLE)),
        article.published or "",
        url if url and len(url) <= LONGEST_ADDRESS else "",
        replace(links, language="ar").article(article.id),
    )
