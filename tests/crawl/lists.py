"""One list of results from its first page to its last, by the link «next» of each.

In come a test client and an address, out go the addresses of the articles in order and what was wrong on the way.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient

from tests.crawl.reading import SITE, Read, read_page


@dataclass(frozen=True, slots=True)
class Walked:
    """A list as it was read. pages: how many there were; first: the first of them; articles: paths in order."""

    first: Read
    pages: int
    articles: tuple[str, ...]

    @property
    def faults(self) -> list[str]:
        """What the list's own counts and its pages say differently."""
        found = [f"{path} stands {n} times" for path, n in Counter(self.articles).items() if n > 1]
        if len(self.articles) != self.first.reachable:
            found.append(f"{len(self.articles)} articles of {self.first.reachable}")
        if self.pages != self.first.pages:
            found.append(f"{self.pages} pages of {self.first.pages}")
        return found


def walk(client: FlaskClient, address: str) -> Walked:
    """The list of this address. Raises AssertionError where a page of it is refused."""
    url: str | None = SITE + address
    pages: list[Read] = []
    while url is not None:
        answer = client.get(url.removeprefix(SITE))
        assert answer.status_code == 200, f"{answer.status_code} at {url}"
        pages.append(read_page(answer.text, url))
        url = next((link.url for link in pages[-1].links if link.kind == "link next"), None)
    return Walked(pages[0], len(pages), tuple(_article(hit) for page in pages for hit in page.hits))


def _article(url: str) -> str:
    """What of an article's address says which it is."""
    parts = urlsplit(url)
    return f"{parts.path}?{parse_qs(parts.query).get('id', [''])[0]}"
