"""Every kind of page that the site has, in one list: what is looked at by screenshots and by the accessibility tests.

A new kind of page is a new row of `page_kinds`. Addresses are made from what the running site has, be it the sample or
an archive of years.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode
from urllib.request import urlopen

_LIST = 'في\nالملك سلمان\n"مجلس الأمن" -اليمن\nغوتيريش\n؟!\nكلمةلاتوجد\nعلامة "مفتوحة\n'
UNDATED = "-date:1900.."  # articles without a date often have no title either


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page and one address of it; `opened` selects what is clicked where it can be seen."""

    name: str
    path: str
    opened: str = ""
    status: int = 200


def page_kinds(site: str) -> list[PageKind]:
    """One page of each kind, of the site at this address."""
    newest = _hits(site)
    titled = next(hit for hit in newest if hit["title"])
    source = next(hit["sources"][0] for hit in newest if hit["sources"])
    word = max(titled["title"].split(), key=len)
    found = f"/search?{urlencode({'q': word})}"
    noted = urlencode({"q": word + ' عنوان: ("قهوة'})
    kinds = [
        PageKind("home", "/"),
        PageKind("results", found),
        PageKind("results-page-2", "/search?page=2"),
        PageKind("results-none", "/search?q=غيرموجودقط&section=لا"),
        PageKind("results-notes", f"/search?{noted}"),
        PageKind("results-dated", f"/search?{urlencode({'q': word + ' date:1900.. -date:1950'})}&source=x"),
        PageKind("results-unknown", f"/search?{urlencode({'q': word + ' مصدر:زقزق من يوليو إلى أغسطس 2015'})}"),
        PageKind("results-wrong-day", f"{found}&from={quote('مارسس')}&to=2100"),
        PageKind("results-explained", f"{found}&explain=1"),
        PageKind("filters-open", found, opened=".filters summary"),
        PageKind("results-taken-along", found, opened=".take summary"),
        PageKind("article", _article(titled, q=word)),
        PageKind("against", _article(newest[0], against=newest[1]["id"])),
        PageKind("saved", "/saved"),
        PageKind("compare", f"/compare?{urlencode({'q': word})}&q=%D9%81%D9%8A", opened="summary"),
        PageKind("compare-share", f"/compare?{urlencode({'q': word})}&q=%D9%81%D9%8A&share=1"),
        PageKind("compare-form", "/compare"),
        PageKind("compare-wrong-day", f"/compare?{urlencode({'q': word, 'from': 'مارسس'})}"),
        PageKind("coverage", "/coverage"),
        PageKind("coverage-figures", "/coverage?figures=1"),
        PageKind(
            "coverage-wrong-day",
            f"/coverage?{urlencode({'from': 'مارسس', 'to': '2100', 'source': source})}",
        ),
        PageKind("follow-open", f"{found}&source=x", opened=".following summary"),
        PageKind("list-form", "/batch"),
        PageKind("list", f"/batch?{urlencode({'list': _LIST + word})}"),
        PageKind(
            "list-years", f"/batch?{urlencode({'list': _LIST + word, 'by': 'year', 'as': 'near', 'from': 'مارسس'})}"
        ),
        PageKind("help", "/help"),
        PageKind("api", "/api"),
        PageKind("advanced", "/advanced"),
        PageKind("advanced-wrong", "/advanced?go=1&all=قمح&from=غير+تاريخ&distance=x"),
        PageKind("failure-404", "/nowhere", status=404),
        PageKind("failure-400", "/search?page=x", status=400),
    ]
    sent = next((hit for hit in [*newest, *_hits(site, "وكالة:واس")] if hit["agencies"] and hit["places"]), None)
    if sent:
        narrowed = urlencode({"agency": sent["agencies"][0], "place": sent["places"][0]})
        kinds += [PageKind("article-credits", _article(sent)), PageKind("results-agency", f"/search?{narrowed}")]
    untitled = next((hit for hit in [*newest, *_hits(site, UNDATED)] if not hit["title"]), None)
    return [*kinds, PageKind("article-untitled", _article(untitled))] if untitled else kinds


def _article(hit: Mapping[str, Any], **query: str) -> str:
    carried = f"?{urlencode(query)}" if query else ""
    return f"/article/{quote(hit['id'], safe='/:@!$()*,;~')}{carried}"


def _hits(site: str, query: str = "") -> list[dict[str, Any]]:
    """A hundred articles of the site, the newest first."""
    asked = urlencode({"q": query, "limit": 100, "sort": "newest", "facets": 0})
    with urlopen(f"{site}/api/search?{asked}", timeout=60) as answer:
        hits: list[dict[str, Any]] = json.load(answer)["hits"]
    return hits
