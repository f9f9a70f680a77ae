"""A reader who follows every link: breadth first, so many links of each kind from each kind of page.

In come a test client and addresses; out goes a `Crawl` with what was visited and every fault found. The kind of a page
is what was asked of it (language and the names of its parameters), the kind of a link is where it stands. So each kind
of link is followed from each kind of page, and the crawl of an archive of any size ends.
"""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urldefrag, urlsplit
from zlib import crc32

from flask.testing import FlaskClient

from tests.crawl import rules
from tests.crawl.addresses import LANGUAGES
from tests.crawl.reading import SITE, Link, Read, read_page

#: Language → parameters of a page beside query and language, where links are still followed. What leads on from a page
#: is made by the same code in each language: English pages are all looked at, from Arabic ones, and followed less far.
_DEEPEST: Final = {"ar": 1, "en": 0}


@dataclass(frozen=True, slots=True)
class Visit:
    """An answer: the page where it is one, how many articles it says match, the links of a feed where it is one."""

    page: Read | None = None
    total: int | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A link to follow, and the page it stands on (None: where the reader begins)."""

    link: Link
    origin: str | None


@dataclass
class Crawl:
    """What one crawl saw.

    most      pages that it visits
    each      links of a kind that it follows from pages of a kind
    deepest   language → parameters of a page beside query and language, where links are still followed
    followed  kind of page, kind of link → how many such links were followed
    """

    client: FlaskClient
    most: int
    each: int = 1
    deepest: Mapping[str, int] = field(default_factory=lambda: _DEEPEST)
    visits: dict[str, Visit] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    followed: Counter[tuple[str, str]] = field(default_factory=Counter)
    waiting: deque[Step] = field(default_factory=deque)

    def begin(self, addresses: Iterable[str]) -> Crawl:
        """Follows from these addresses until nothing new is left, or the most pages are visited."""
        self.waiting.extend(Step(Link(SITE + address, "begin", leaves=True), None) for address in addresses)
        while self.waiting and len(self.visits) < self.most:
            self._follow(self.waiting.popleft())
        return self

    def follow(self, links: Iterable[Link], origin: str) -> None:
        """Follows exactly these links of one page, and none from there."""
        for link in links:
            self._follow(Step(link, origin))
        self.waiting.clear()

    def report(self) -> str:
        """The faults, the first thirty of them."""
        return f"{len(self.faults)} faults in {len(self.visits)} pages\n" + "\n".join(self.faults[:30])

    def _follow(self, step: Step) -> None:
        url = urldefrag(step.link.url).url
        new = url not in self.visits
        if new:
            self._visit(url, step)
        visit = self.visits[url]
        self.faults += [_located(fault, url, step) for fault in self._between(step, visit)]
        if new and visit.page is not None:
            self._choose(url, visit.page, begins=step.origin is None)
        elif new and visit.links:
            self._queue(kind_of_page(url), _by_kind(visit.links), url, most=self.each)

    def _visit(self, url: str, step: Step) -> None:
        with self.client.get(url.removeprefix(SITE)) as answer:
            if answer.status_code != 200:
                visit, found = Visit(), [f"status {answer.status_code}"]
            else:
                visit, found = _READERS.get(answer.mimetype, _document)(url, answer.text)
        self.faults += [_located(fault, url, step) for fault in found]
        self.visits[url] = visit

    def _between(self, step: Step, visit: Visit) -> Iterator[str]:
        """What the page of a link and the page it leads to say differently."""
        place = urldefrag(step.link.url).fragment
        if place and visit.page is not None and place not in visit.page.ids:
            yield f"no place #{place}"
        origin = self.visits.get(step.origin or "", Visit())
        promised = step.link.count
        if promised is None and visit.page is None and origin.page is not None:
            promised = origin.total  # the same search as JSON
        if visit.total is not None and promised not in (None, visit.total) and not (promised == 0 and _mended(visit)):
            yield f"{promised} promised, {visit.total} found"
        from_empty = origin.total is not None and origin.page is not None and not origin.page.hits
        is_empty = visit.total is not None and visit.page is not None and not visit.page.hits
        if is_empty and not step.link.leaves and not from_empty:
            yield "an empty page is linked"

    def _choose(self, url: str, page: Read, *, begins: bool) -> None:
        """Queues links of each kind that has not been followed often enough from this kind of page."""
        kinds = _by_kind(link for link in page.links if link.url.startswith(f"{SITE}/"))
        if len(_parameters(url)) <= self.deepest.get(page.language, 0):
            self._queue(kind_of_page(url), kinds, url, most=self.each)
        if begins and page.language == LANGUAGES[0]:  # from each search at least onward, and to what promises a count
            told = {kind: links for kind, links in kinds.items() if links[0].count is not None or "pager" in kind}
            self._queue(url, told, url, most=1)

    def _queue(self, of: str, kinds: dict[str, list[Link]], url: str, *, most: int) -> None:
        for kind, links in kinds.items():
            missing = most - self.followed[of, kind]
            chosen = list(dict.fromkeys((links[crc32(url.encode()) % len(links)], links[-1], links[0])))[:missing]
            self.followed[of, kind] += len(chosen)
            self.waiting.extend(Step(link, url) for link in chosen)


def _mended(visit: Visit) -> bool:
    """Whether the page answers another query than the one typed, which finds nothing: it leads back to that one, or
    says that its articles have only some of the words."""
    page = visit.page
    return page is not None and ("relaxed" in page.notes or any("repair=0" in link.url for link in page.links))


def _by_kind(links: Iterable[Link]) -> dict[str, list[Link]]:
    kinds: dict[str, list[Link]] = {}
    for link in links:
        kinds.setdefault(link.kind, []).append(link)
    return kinds


def _page(url: str, text: str) -> tuple[Visit, list[str]]:
    page = read_page(text, url)
    found = [*rules.page_faults(url, text, page)]
    if urlsplit(url).path == "/search":
        found += rules.list_faults(url, page)
    return Visit(page, page.total), found


def _feed(url: str, text: str) -> tuple[Visit, list[str]]:
    found = [*rules.feed_faults(text)]
    return Visit(links=() if found else tuple(rules.feed_links(text))), found


def _data(url: str, text: str) -> tuple[Visit, list[str]]:
    found = [*rules.data_faults(url, text)]
    is_search = urlsplit(url).path == "/api/search" and not found
    return Visit(total=json.loads(text)["total"] if is_search else None), found


def _document(url: str, text: str) -> tuple[Visit, list[str]]:
    return Visit(), [] if text else ["nothing in it"]


_READERS: Final = {"text/html": _page, "application/atom+xml": _feed, "application/json": _data}


def kind_of_page(url: str) -> str:
    """The path's first word, the language, and the names of what is asked for."""
    parts = urlsplit(url)
    spoken = dict(parse_qsl(parts.query)).get("lang", "ar")
    return f"/{parts.path.split('/')[1]} {spoken} {' '.join(sorted(_parameters(url)))}"


def _parameters(url: str) -> set[str]:
    return {name for name, _ in parse_qsl(urlsplit(url).query)} - {"q", "lang"}


def _located(fault: str, url: str, step: Step) -> str:
    return f"{fault}\n    at {url[:300]}\n    by {step.link.kind} of {(step.origin or '')[:300]}"
