"""An article → the fields that the browser stores when a reader saves it.

Pure; called by `web/views/results_view.py` and `web/views/article_view.py`. `static/saved.js` stores the fields in the
browser and makes the list on `/saved` of them; they are never sent to the site again.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.article import Article
from search.pages.display_title import display_title
from web.addresses.links import Links, web_address
from web.text.bidi import showable
from web.text.shortening import LONGEST_TITLE, shortened
from web.views.article_heading import ArticleHeading

MOST_SAVED = 500  # articles; browsers keep about 5 MB for a site
LONGEST_NAMES = 100  # letters of all sources, authors or agencies of an article
LONGEST_ADDRESS = 1_000  # characters; a longer address of the article elsewhere is left out


@dataclass(frozen=True, slots=True)
class SavableArticle:
    """The stored fields, "" where an article lacks one.

    author, agency  names with "; " between them, as in the columns of an export
    link            the article's page without a search or a language
    """

    id: str
    title: str
    source: str
    author: str
    agency: str
    date: str
    url: str
    link: str


def savable_article(article: Article, head: ArticleHeading, links: Links) -> SavableArticle:
    """The fields of an article that a browser stores.

    Long titles and names are shortened, so that hundreds of articles fit into what a browser keeps for a site.
    """
    url = web_address(article.url)
    title = head.plain if head.from_text else display_title(article)
    return SavableArticle(
        showable(article.id),
        showable(shortened(title, LONGEST_TITLE)),
        showable(shortened(" + ".join(article.source), LONGEST_NAMES)),
        showable(shortened("; ".join(article.writers), LONGEST_NAMES)),
        showable(shortened("; ".join(article.agencies), LONGEST_NAMES)),
        article.published or "",
        url if url and len(url) <= LONGEST_ADDRESS else "",
        links.alone(article.id),
    )
