"""An article → what the browser keeps of it when a reader saves it: one line of JSON. Pure.

Nothing of it is sent to the site again. `static/saved.js` keeps it in the browser and writes the list of `/saved` from
it. `web/present.py` and `web/telling.py` call it.
"""

from __future__ import annotations

import json
from dataclasses import replace

from search.article import Article
from search.display_title import display_title
from web.bidi import showable
from web.links import Links, web_address
from web.shortening import LONGEST_TITLE, shortened

MOST_SAVED = 500  # articles; browsers keep about 5 MB for a site
LONGEST_ADDRESS = 1_000  # characters; a longer address of the article elsewhere is left out


def savable(article: Article, links: Links) -> str:
    """id, title, source, date, url and link, null where absent. The link is the page, without a search or a language.

    A long title is shortened, so that hundreds of articles fit into what a browser keeps for a site.
    """
    url = web_address(article.url)
    kept = {
        "id": article.id,
        "title": shortened(display_title(article), LONGEST_TITLE),
        "source": shortened(" + ".join(article.source), LONGEST_TITLE) or None,
        "date": article.published,
        "url": url if url and len(url) <= LONGEST_ADDRESS else None,
        "link": replace(links, language="ar").article(article.id),
    }
    return showable(json.dumps(kept, ensure_ascii=False, separators=(",", ":")))
