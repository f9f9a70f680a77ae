"""What only a browser can tell of the looks of a page: where things stand, in which typeface, and what is printed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import View

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 700, 1000, 1280, 1900])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_box_begins_where_the_results_begin(view: View, width: int, language: str) -> None:
    page = view(width)
    page.goto(f"/search?q=في&lang={language}")
    box, column = (page.locator(one).bounding_box() for one in (".masthead .search", ".hits"))
    assert box is not None and column is not None
    begins = (lambda b: b["x"] + b["width"]) if language == "ar" else (lambda b: b["x"])
    assert abs(begins(box) - begins(column)) <= 1


def test_in_print_there_are_no_buttons(view: View) -> None:
    page = view(800)
    page.goto("/search?q=في")
    page.locator(".hits h2 a").first.click()
    expect(page.locator(".printed")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".printed")).to_be_visible()
    for pressed in (".masthead", ".star", ".steps", ".wayback"):
        expect(page.locator(pressed).first).to_be_hidden()
    expect(page.locator("article .imprint .when")).to_be_visible()
