"""What only a browser can tell of the looks of a page: where things stand, in which typeface, and what is printed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def opened(browser: Browser, site: str, path: str, width: int) -> Page:
    page = browser.new_page(base_url=site, viewport={"width": width, "height": 900})
    page.goto(path)
    return page


@pytest.mark.parametrize("width", [390, 700, 1000, 1280, 1900])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_box_begins_where_the_results_begin(browser: Browser, site: str, width: int, language: str) -> None:
    page = opened(browser, site, f"/search?q=في&lang={language}", width)
    box, column = (page.locator(one).bounding_box() for one in (".masthead .search", ".hits"))
    assert box is not None and column is not None
    begins = (lambda b: b["x"] + b["width"]) if language == "ar" else (lambda b: b["x"])
    assert abs(begins(box) - begins(column)) <= 1
    page.close()


def test_in_print_there_are_no_buttons(browser: Browser, site: str) -> None:
    page = opened(browser, site, "/search?q=في", 800)
    page.locator(".hits h2 a").first.click()
    expect(page.locator(".printed")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".printed")).to_be_visible()
    for pressed in (".masthead", ".star", ".steps", ".wayback"):
        expect(page.locator(pressed).first).to_be_hidden()
    expect(page.locator("article .imprint .when")).to_be_visible()
    page.close()
