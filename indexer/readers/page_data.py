"""The tree of a page → what it says of its article to search engines, in data of schema.org (JSON-LD).

Called by `html_page.py` and `page_dates.py`. Videos, pictures and the site stand there, too, with titles and dates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

_ARTICLE: Final = re.compile(r"Article|Posting|Report|Review", re.IGNORECASE)  # types


def data_of(tree: Any) -> list[str]:
    """The data of a page as it stands there; some is no JSON."""
    return [script.text or "" for script in tree.iterfind(".//script") if "json" in (script.get("type") or "")]


def articles_in_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The articles in the data of a page, in their order."""
    for written in data_of(tree):
        try:
            left = [json.loads(written, strict=False)]
        except (ValueError, RecursionError):
            continue
        while left:
            value = left.pop()
            if isinstance(value, dict):
                if _ARTICLE.search(str(value.get("@type"))):
                    yield value
                left += reversed(list(value.values()))
            elif isinstance(value, list):
                left += reversed(value)
