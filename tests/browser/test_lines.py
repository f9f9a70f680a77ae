"""Lines of pages at the width of a phone: no text is cut, and none begins or ends with what only parts words."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from search.article import Article
from search.settings import Settings
from tests.browser.conftest import View
from tests.browser.lines import CUT, DRAWN, HANGING
from tests.browser.page_kinds import page_kinds
from tests.browser.screenshots import in_language
from tests.web.fakes import FakeService
from tests.web.server_here import running
from web.app import create_app

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
PAPERS = ("alriyadh", "صحيفة الاقتصادية السعودية", "Jawhara FM", "الشرق الأوسط", "aljazirah", "وكالة الأنباء السعودية")
#: As in newspapers: sources of one and of several names, sections, authors and days of every length.
ARTICLES = tuple(
    Article(
        f"a{n}",
        f"الميناء يستقبل السفينة رقم {n}",
        "وصلت السفينة إلى الميناء صباح اليوم.",
        tuple(PAPERS[(n + k) % 6] for k in range(1 + n % 4)),
        ("رياضة", "الاقتصاد والأعمال", "sport", None)[n % 4],
        (None, "عبدالرحمن بن محمد", "سالم")[n % 3],
        None,
        f"20{10 + n % 16}-{n % 12 + 1:02}-{n % 27 + 1:02}",
    )
    for n in range(60)
)
LISTED = {"list": "الميناء\nالسفينة\nلا شيء"}


@pytest.fixture(scope="module")
def archive(browser: Browser) -> Iterator[Page]:
    """A page of a site over these articles, at the width of a phone."""
    with running(create_app(Settings(), FakeService(ARTICLES, copies=3)), threads=2) as server:
        page = browser.new_page(base_url=f"http://127.0.0.1:{server.port}", viewport=PHONE)  # type: ignore[arg-type]
        yield page
        page.close()


def _addresses() -> Iterator[str]:
    for language in ({}, {"lang": "en"}):
        yield f"/?{urlencode(language)}"
        yield f"/search?{urlencode({'q': 'السفينة', 'limit': 60, **language})}"
        yield f"/article/a3?{urlencode(language)}"
        yield f"/batch?{urlencode({**LISTED, **language})}"
        yield f"/batch?{urlencode({**LISTED, 'by': 'year', **language})}"
        yield f"/compare?{urlencode([('q', 'السفينة'), ('q', 'الميناء'), ('q', 'اليوم'), *language.items()])}"
        yield f"/coverage?{urlencode(language)}"
        yield f"/coverage?{urlencode({'figures': 1, **language})}"
        yield f"/api?{urlencode(language)}"


@pytest.mark.parametrize("address", list(_addresses()), ids=lambda address: address[:20])
def test_no_text_is_cut_and_no_line_begins_or_ends_with_a_sign(archive: Page, address: str) -> None:
    archive.goto(address)
    assert archive.evaluate(CUT) == []
    assert archive.evaluate(HANGING) == []
    assert archive.evaluate(DRAWN)["faults"] == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_kind_of_page_cuts_a_text(view: View, site: str, language: str) -> None:
    page = view(PHONE["width"])
    found = {}
    for kind in page_kinds(site):
        page.goto(in_language(kind.path, language))
        if kind.opened and (opener := page.locator(kind.opened)).first.is_visible():
            opener.first.click()
        if faults := page.evaluate(CUT) + page.evaluate(HANGING) + page.evaluate(DRAWN)["faults"]:
            found[kind.name] = faults
    assert found == {}


def test_signs_are_seen_between_facts_and_lost_at_the_ends_of_lines(archive: Page) -> None:
    """Of bylines on a page, some are one line and some are several."""
    archive.goto(f"/search?{urlencode({'q': 'السفينة', 'limit': 60})}")
    drawn = archive.evaluate(DRAWN)
    assert drawn["faults"] == [] and drawn["kept"] > 50 and drawn["lost"] > 5
    first = archive.locator(".hit .imprint", has=archive.locator(".plus")).first
    assert " + " in first.text_content()  # type: ignore[operator]
    drawn = archive.locator(".plus").evaluate_all("all => all.map((each) => getComputedStyle(each, '::after').content)")
    assert set(drawn) == {'" "'}


def test_a_month_of_two_names_is_one_line_beside_its_figures(archive: Page) -> None:
    """«ديسمبر/كانون الأول 2016» broke behind its sign."""
    archive.goto(f"/compare?{urlencode([('q', 'السفينة'), ('q', 'الميناء'), ('from', '2014'), ('to', '2015')])}")
    archive.locator(".figures-table summary").click()
    periods = archive.locator(".figures-table tbody th")
    heights = periods.evaluate_all("all => all.map((each) => each.getBoundingClientRect().height)")
    assert any("/" in period for period in periods.all_inner_texts())
    assert len(heights) > 10 and len({round(height) for height in heights}) == 1 and heights[0] < 50
