"""The id of an article → the address of its page, which lasts as long as the site and the article.

In: an id and where the site is reached. Out: an address, percent-encoded. Called by `web/addresses/links.py`, which
adds the search an article was found by, and for what leaves the archive by the command line, such as alerts,
exports and lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial

Permalink = Callable[[str], str | None]  # the id of an article → the address of its page; None: there is no site

_UNSAFE = re.compile(r"[^A-Za-z0-9_.~-]+")
_UNSAFE_IN_PATH = re.compile(r"[^A-Za-z0-9_.~/:@!$()*,-]+")


def permalink(site: str, id: str) -> str:
    """Return the address of an article's page. site: where the site is reached, such as "https://news.example.org"."""
    path = article_path(id)
    return f"{site}/article/{path}" if path is not None else f"{site}/article/?id={quoted_value(id)}"


def permalinks(public_address: str) -> Permalink:
    """Return what gives the addresses of articles' pages. public_address: the setting, "" where there is no site."""
    site = public_address.rstrip("/")
    return partial(permalink, site) if site else lambda id: None


@lru_cache(maxsize=512)
def article_path(id: str) -> str | None:
    """Return the id as the end of a path, None where it cannot stand in one; a page has three addresses of each of its
    hits."""
    # Browsers resolve "." and ".." in a path, escaped or not, and a path that begins with two slashes has lost its
    # place: such ids go after the question mark.
    if not id or id.startswith("/") or not {".", ".."}.isdisjoint(id.replace("\\", "/").split("/")):
        return None
    return _UNSAFE_IN_PATH.sub(percent_encoded, id)


@lru_cache(maxsize=4_096)
def quoted_value(value: str) -> str:
    """Return the value as an address carries it behind the question mark; a page repeats its search in a hundred
    addresses, pages their facets."""
    return _UNSAFE.sub(percent_encoded, value).replace("%20", "+")


def percent_encoded(run: re.Match[str]) -> str:
    """Return what `urllib.parse.quote` makes of letters that are not safe, a whole run of Arabic at once."""
    return "%" + run[0].encode(errors="replace").hex("%").upper()
