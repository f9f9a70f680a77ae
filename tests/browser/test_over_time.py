"""The pages about time in a real browser: on a phone and a desktop, without JavaScript, without colour."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import View

pytestmark = pytest.mark.browser

COMPARED = "/compare?q=في&q=وزير&q=أسعار"
WIDTHS = (320, 390, 1280)


def test_a_search_leads_to_a_comparison_and_a_second_query_is_added(page: Page) -> None:
    page.goto("/search?q=في")
    page.get_by_role("link", name="قارن على مرّ الزمن").click()
    page.wait_for_url("**/compare?*")  # until its style sheet is there both drawings can be seen
    expect(page.get_by_role("img", name="خطوط على مرّ الزمن: أ في")).to_be_visible()
    page.get_by_label("البحث ب").fill("وزير")
    page.get_by_role("button", name="قارن").click()
    expect(page.locator(".compared .query")).to_have_text(["في", "وزير"])
    page.get_by_role("link", name="الحصة من كل المقالات").click()
    expect(page.locator(".drawing:visible .figure").last).to_contain_text("%")
    page.get_by_role("link", name="إزالة «وزير» من المقارنة").click()
    expect(page.locator(".compared .query")).to_have_text(["في"])
    assert "share=1" in page.url


def test_the_table_is_opened_by_keyboard_and_its_figures_lead_to_as_many_articles(page: Page) -> None:
    page.goto(COMPARED)
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("region", name="الأرقام في جدول")).to_be_focused()
    cell = page.locator(".table tbody td a").first
    count = cell.inner_text()
    page.keyboard.press("Tab")
    expect(cell).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    assert count in page.locator(".summary .count").inner_text() or count == "1"


def test_a_point_of_the_drawing_is_a_way_to_its_period(page: Page) -> None:
    page.goto(COMPARED)
    page.locator(".points a").last.click(force=True)
    page.wait_for_url("**/search?*from=*")


def test_time_runs_from_the_right_in_arabic_and_from_the_left_in_english(page: Page) -> None:
    def places(address: str) -> tuple[float, float]:
        page.goto(address)
        moments = page.locator(".drawing.wide .moment")
        boxes = moments.first.bounding_box(), moments.last.bounding_box()
        assert boxes[0] and boxes[1]
        return boxes[0]["x"], boxes[1]["x"]

    first, last = places(COMPARED)
    assert first > last
    first, last = places(f"{COMPARED}&lang=en")
    assert first < last


def test_lines_differ_without_colour(view: View) -> None:
    page = view(forced="active")
    page.goto(COMPARED)
    strokes = page.locator(".drawing.wide .stroke")
    looks = strokes.evaluate_all("all => all.map(one => getComputedStyle(one).strokeDasharray)")
    colours = strokes.evaluate_all("all => all.map(one => getComputedStyle(one).stroke)")
    assert len(set(looks)) == 3 and len(set(colours)) == 1
    assert page.locator(".drawing.wide .end").count() == 3


def test_the_coverage_is_reached_from_home_and_a_square_leads_to_its_articles(view: View) -> None:
    page = view(javascript=False)
    page.goto("/")
    page.get_by_role("link", name="تغطية الأرشيف").click()
    square = page.locator(".grid tbody tr").nth(1).locator("td.some").first
    expect(square).to_be_visible()
    count = square.locator("span").inner_text()
    square.locator("a").click()
    page.wait_for_url("**/search?source=*")
    assert page.locator(".hit").count() == min(int(count), 10)
    page.goto("/coverage")
    page.get_by_role("link", name="أرقام").click()
    expect(page.locator(".in-figures td.some span").first).to_be_visible()


@pytest.mark.parametrize("path", [COMPARED, "/compare", "/coverage", "/coverage?figures=1"])
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_no_page_scrolls_sideways(view: View, path: str, lang: str) -> None:
    long = "كلمة" * 60
    for width in WIDTHS:
        page = view(width)
        page.goto(f"{path}{'&' if '?' in path else '?'}lang={lang}&q={long}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
