"""Long things on a narrow phone: no page scrolls sideways at 320 px, whatever an archive or a reader gives it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from search.article import Article
from search.pages.records import Note
from search.settings import Settings
from tests.web.fakes import FakeService
from tests.web.server_here import running
from web.app import create_app

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}
QUERY = " ".join(f"كلمة{number}" for number in range(64))
AUTHOR, SOURCE = "محرر" * 63 + "ون!", "source-of-news" * 18
ARTICLES = tuple(
    Article(f"a{number}", f"{QUERY} {'x' * 200}", QUERY, (SOURCE, AUTHOR), AUTHOR, AUTHOR, None, "2017-01-01")
    for number in range(10_000)
)
NOTES = (
    Note("names", (("names", tuple(QUERY.split()[:13])),), QUERY, "names"),
    Note("spelling", (("found", QUERY),), QUERY, "repair"),
    Note("bad-date", (("piece", "س" * 41),)),
)


@pytest.fixture(scope="module")
def crowded() -> Iterator[str]:
    """A site with 10,000 articles of one long name."""
    app = create_app(Settings(), FakeService(ARTICLES, notes=NOTES, suggestion=QUERY, copies=12_345))
    with running(app, threads=4) as server:
        yield f"http://127.0.0.1:{server.port}"


@pytest.fixture(scope="module")
def shared(browser: Browser, crowded: str) -> Iterator[Page]:
    page = browser.new_page(base_url=crowded)
    yield page
    page.close()


@pytest.fixture
def narrow(shared: Page) -> Page:
    shared.set_viewport_size(NARROW)  # type: ignore[arg-type]
    return shared


def _addresses() -> Iterator[str]:
    asked = {"q": QUERY, "author": AUTHOR, "source": SOURCE, "explain": "1"}
    for language in ({}, {"lang": "en"}):
        yield f"/search?{urlencode({**asked, **language})}"
        yield f"/search?{urlencode({**asked, 'page': '1000', **language})}"
        yield f"/article/a1?{urlencode({**asked, **language})}"
        yield f"/advanced?{urlencode({'q': QUERY, 'author': AUTHOR, **language})}"
        yield f"/compare?{urlencode([*asked.items(), ('q', f'{QUERY} أخرى'), *language.items()])}"
        yield f"/coverage?{urlencode({'source': SOURCE, **language})}"
        yield f"/article/a1?{urlencode({'against': 'a2', **language})}"
        yield f"/saved?{urlencode(language)}"
        yield f"/help?{urlencode(language)}"
        yield f"/?{urlencode(language)}"
        yield f"/search?{urlencode({'page': 'x' * 200, **language})}"


@pytest.mark.parametrize("address", list(_addresses()), ids=lambda address: address[:16])
def test_nothing_scrolls_sideways(narrow: Page, address: str) -> None:
    narrow.goto(address)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    if (opener := narrow.locator(".filters summary").first).is_visible():
        opener.click()
        assert narrow.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_the_pager_is_one_line_where_there_is_little_room(narrow: Page) -> None:
    narrow.goto(f"/search?{urlencode({'q': QUERY, 'page': '150'})}")
    pager = narrow.get_by_role("navigation", name="صفحات النتائج")
    expect(pager.locator("ol")).to_be_hidden()
    shown = pager.locator(".short")
    expect(shown).to_have_text("150 / 1,000")
    heights = [pager.get_by_role("link", name=name).bounding_box() for name in ("السابقة", "التالية")]
    assert heights[0] is not None and heights[1] is not None
    assert heights[0]["y"] == heights[1]["y"]
    narrow.set_viewport_size({"width": 800, "height": 640})
    expect(shown).to_be_hidden()
    expect(pager.locator("ol")).to_be_visible()
