"""An HTML page → the article on it: title, text without menus, date, author, source, section, address.

Called by the registry, and by the readers of web archives. The text is what trafilatura finds; of pages too short
for it, all that is not navigation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from indexer.readers.as_file import whole
from indexer.readers.bylines import writer_in
from indexer.readers.contract import Blob, Item, Remark, Skipped
from indexer.readers.date_lines import dated_line
from indexer.readers.findings import WITHOUT_TEXT
from indexer.readers.markup_text import UNSEEN, decode_markup, html_tree, lines_of
from indexer.readers.page_data import articles_in_data, data_of
from indexer.readers.page_dates import published_in
from indexer.repairs.findings import WRONG_ENCODING
from search.analysis.fold import folded
from search.article import Article
from search.encodings.double_encoding import with_right_encoding
from search.encodings.encoding import arabic_letters
from search.pages.agencies import AGENCY
from search.query.dates.published import read_published

_LONG_ENOUGH: Final = 250  # letters from which trafilatura's choice is better than all text of the page
_MOST_LETTERS: Final = 2_000_000  # of a page: choosing among more takes too long
_MOST_ELEMENTS: Final = 20_000  # likewise; about ten seconds
_FRAME: Final = UNSEEN.union(("nav", "header", "footer", "aside", "form", "menu", "h1"))  # of a page
_COMMENTS: Final = "//div[contains(@class,'fb-comments') or contains(@id,'disqus_thread') or contains(@id,'comments')]"
_HEADINGS: Final = ("h1", "h2", "h3")
_DATES: Final[dict[str, Any]] = {"extensive_search": False, "original_date": True}
_WORD: Final = re.compile(r"\w+")
_BETWEEN_NAMES: Final = re.compile(r"\s+[-–—|:•»«]+\s+")  # of a page and its paper, in the title of the window
_UTF8_READ: Final = re.compile("[\u00d8\u00d9][^\x00-\x7f]")  # an Arabic letter in UTF-8, read in a Western encoding
_NAME_IN_DATA: Final = re.compile(r'"name"\s*:\s*"([^"\\]{2,100})"')
# Rules of a site: what has several links to its terms, in a few lines.
_RULES: Final = (
    "//div[count(.//a[contains(@href,'privacy') or contains(@href,'terms') or contains(@href,'guidelines')]) >= 2"
    " and string-length(normalize-space(.)) < 1500]"
)


def read_html(blob: Blob) -> Iterator[Item]:
    """The article of a page."""
    yield from page_items(whole(blob.blocks), blob.location, section=blob.section)


def page_items(
    raw: bytes, location: str, *, declared: str = "", address: str | None = None, section: str | None = None
) -> Iterator[Item]:
    """The article of a page in bytes; `declared`: its encoding as the server said. Raises Unreadable."""
    text = decode_markup(raw, declared)
    misread = len(_UTF8_READ.findall(text))
    if misread and misread > arabic_letters(text):  # before menus are told apart: signs are lost by that
        yield Remark(WRONG_ENCODING, location)
        text = with_right_encoding(text)
    tree = html_tree(text)
    article = None if tree is None else article_of(tree, address=address, section=section)
    yield article or Skipped(location, WITHOUT_TEXT.of("page"))


def article_of(tree: Any, *, address: str | None = None, section: str | None = None) -> Article | None:
    """The article on a page; None where the page has neither title nor text."""
    every_line = lines_of(tree, without=_FRAME)
    address = _address(tree) or address
    published = published_in(tree, address)
    heading = next(filter(None, (" ".join(h1.text_content().split()) for h1 in tree.iterfind(".//h1"))), "")
    page_title = " ".join((tree.findtext(".//title") or "").split())
    is_long = len("".join(every_line)) >= _LONG_ENOUGH
    chosen = _chosen(tree, address) if is_long else _metadata(tree, address)
    title = _not_of_site(tree, str(chosen.get("title") or heading or page_title), page_title, every_line)
    lines = [line for line in str(chosen.get("text") or "").split("\n") if line.strip()] or every_line
    if not is_long and (told := _told_in_data(tree, longer_than=len("".join(lines)))):
        title, lines = told.title or title, told.body.split("\n")
    while lines and (" ".join(lines[0].split()) == title or _is_date(lines[0], published)):
        lines = lines[1:]
    if not title and not lines:
        return None
    return Article(
        "",
        title=title,
        body="\n".join(line.strip() for line in lines),
        source=tuple(filter(None, [chosen.get("sitename")])),
        section=next(iter(chosen.get("categories") or ()), None) or section,
        author=_author(tree, chosen.get("author") or "") or writer_in(lines),
        url=address,
        published=published,
        page=_page(tree),
    )


def _not_of_site(tree: Any, title: str, page_title: str, lines: list[str]) -> str:
    """The title, or what stands beside it in the title of the window if that is a longer heading: the title is the
    site's then, whose name or logo is its first heading. On pages without headings, any line counts as one.
    """
    parts = _BETWEEN_NAMES.split(page_title)
    if len(parts) < 2 or title not in parts:
        return title
    headings = {" ".join(each.text_content().split()) for each in tree.iter(*_HEADINGS)}
    return max([part for part in parts if part in (headings or lines)], key=len, default=title)


def _told_in_data(tree: Any, *, longer_than: int) -> Article | None:
    """Title and text of the article as the page tells them to search engines, where programs of the page show them."""
    for article in articles_in_data(tree):
        if len(text := str(article.get("articleBody") or "").strip()) > longer_than:
            return Article("", title=str(article.get("headline") or "").strip(), body=text)
    return None


def _is_date(line: str, published: str | None) -> bool:
    """Whether a line is the date of publication and nothing else."""
    told = dated_line(line) if published else None
    if not published or not told:
        return False
    day, of_page = read_published(told.published), read_published(published)
    return day is not None and of_page is not None and day.date() == of_page.date()


def _unframed(tree: Any) -> Any:
    """The tree with its tables as blocks where they lay out the page: a cell of data is no text of many lines."""
    layout = {_table_of(cell) for cell in tree.iter("td") if len(cell.text_content()) >= _LONG_ENOUGH} - {None}
    parts = [each for each in tree.iter("tbody", "tr", "td", "th") if _table_of(each) in layout] if layout else []
    for element in (*layout, *parts):
        element.tag = "div"
    return tree


def _table_of(element: Any) -> Any:
    return next(element.iterancestors("table"), None)


def _chosen(tree: Any, address: str | None) -> dict[str, Any]:
    """What trafilatura finds on the page; {} where it finds no text worth the name."""
    import trafilatura

    if len(tree.text_content()) > _MOST_LETTERS or sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        return {}
    try:
        document: Any = trafilatura.bare_extraction(
            _unframed(tree),
            url=address,
            with_metadata=True,
            include_comments=False,
            prune_xpath=[_COMMENTS, _RULES],
            date_extraction_params=_DATES,
        )
    except Exception:  # a library of heuristics: whatever it stumbles over on a page, the page has its text
        return {}
    found = {} if document is None else document.as_dict()
    return found if len(found.get("text") or "") >= _LONG_ENOUGH else {**found, "text": ""}


def _metadata(tree: Any, address: str | None) -> dict[str, Any]:
    """What a page without a long text says of itself; the title as a reader of the page sees it is found elsewhere."""
    from trafilatura.metadata import extract_metadata

    try:
        found: Any = extract_metadata(tree, default_url=address, date_config=_DATES, extensive=False)
    except Exception:  # likewise
        return {}
    return {**found.as_dict(), "title": "", "text": ""}


def _address(tree: Any) -> str | None:
    """The address that the page gives itself."""
    for link in tree.iterfind(".//link[@rel='canonical']"):
        if (link.get("href") or "").startswith("http"):
            return str(link.get("href"))
    for meta in tree.iterfind(".//meta[@property='og:url']"):
        if (meta.get("content") or "").startswith("http"):
            return str(meta.get("content"))
    return None


def _author(tree: Any, found: str) -> str:
    """The author that was found, as the page writes it («د. سلمى»); else an agency that the page names as its author.

    Single words are not found, for they may be the name of a user: agencies are known.
    """
    metas = (" ".join((meta.get("content") or "").split()) for meta in tree.iterfind(".//meta[@name='author']"))
    named = (name for text in data_of(tree) for name in _NAME_IN_DATA.findall(text))
    for name in chain(metas, named):
        if folded(name) in AGENCY if not found else _WORD.findall(name) == _WORD.findall(found):
            return str(name)
    return found


def _page(tree: Any) -> str | None:
    """The page of print, as pages tell it to search engines of libraries."""
    told = {meta.get("name", "").lower(): meta.get("content") or "" for meta in tree.iterfind(".//meta[@name]")}
    first, last = told.get("citation_firstpage", ""), told.get("citation_lastpage", "")
    return f"{first}-{last}" if first and last else first or told.get("prism.startingpage") or None
