"""The search box in a real browser: with and without JavaScript, on a phone and a desktop, light and dark."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import View

pytestmark = pytest.mark.browser

PHONE = 390
PAGES = [
    "/",
    "/search?q=الموانئ",
    "/search?q=في&page=2",
    "/search?q=غيرموجودقط&section=لا",
    "/article/sample-001?q=بحارا",
    "/?lang=en",
]


def search(page: Page, words: str) -> None:
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search\?"))


def test_a_vocalised_query_finds_and_highlights_words_and_an_article_opens_and_leads_back(page: Page) -> None:
    page.goto("/")
    search(page, "هِلِيكُوبْتَر")
    first = page.locator(".hit").first
    expect(first.locator("mark").first).to_be_visible()
    assert "هليكوبتر" in first.inner_text()
    first.locator("h2 a").click()
    expect(page.locator("article mark").first).to_be_visible()
    page.get_by_role("link", name="عودة إلى النتائج").click()
    expect(page.locator(".hit").first).to_be_visible()
    assert "/search?" in page.url


def test_the_whole_way_works_without_javascript(view: View) -> None:
    page = view(javascript=False)
    page.goto("/")
    search(page, "هليكوبتر")
    page.get_by_role("link", name="الأقدم").click()
    expect(page.locator("[aria-current=true]", has_text="الأقدم")).to_be_visible()
    page.locator(".facet a").first.click()
    expect(page.locator(".chips a").first).to_be_visible()
    page.locator(".hit h2 a").first.click()
    expect(page.locator("article h1")).to_be_visible()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_scrolls_sideways_on_a_phone(view: View, path: str, scheme: str) -> None:
    page = view(PHONE, scheme=scheme)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_dark_and_light_follow_the_reader(view: View) -> None:
    def brightness(scheme: str) -> int:
        page = view(scheme=scheme)
        page.goto("/")
        colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        return sum(int(part) for part in re.findall(r"\d+", colour)[:3])

    assert brightness("dark") < 150 < 600 < brightness("light")


def test_the_filters_open_on_a_phone_without_javascript(view: View) -> None:
    page = view(PHONE, javascript=False)
    page.goto("/search?q=في")
    expect(page.locator(".panel")).to_be_hidden()
    page.get_by_text("تصفية النتائج").click()
    expect(page.locator(".panel .facet").first).to_be_visible()
    page.locator(".panel .facet a").first.click()
    expect(page.locator(".panel .facet").first).to_be_visible()  # open after a choice
    expect(page.get_by_text("تصفية النتائج (1)")).to_be_visible()


def test_the_bars_of_the_timeline_are_reached_by_keyboard(page: Page) -> None:
    page.goto("/search?q=في")
    bars = page.locator(".timeline svg a")
    bars.last.focus()
    expect(page.locator(".timeline svg a[tabindex='0']")).to_have_count(1)
    page.keyboard.press("ArrowRight")  # earlier: time runs from the right
    expect(bars.nth(bars.count() - 2)).to_be_focused()
    page.keyboard.press("Home")
    expect(bars.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("from="))
    expect(page.locator(".chips li")).to_have_count(1)


def test_a_slash_goes_to_the_search_box(page: Page) -> None:
    page.goto("/article/sample-001")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("")


def test_the_first_tab_stop_of_a_page_skips_to_its_content(page: Page) -> None:
    page.goto("/search?q=في")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_completions_can_be_chosen_by_keyboard(own_page: Page) -> None:
    page = own_page
    answer = {"query": "هل", "suggestions": ["هليكوبتر", "هلسنكي"]}
    page.route("**/api/suggest?*", lambda route: route.fulfill(json=answer))
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("هل")
    expect(page.get_by_role("option")).to_have_count(2)
    box.press("ArrowDown")
    expect(box).to_have_value("هليكوبتر")
    expect(box).to_have_attribute("aria-activedescendant", "completions-0-0")
    box.press("Escape")
    expect(box).to_have_value("هل")
    expect(page.get_by_role("option")).to_have_count(0)
    box.press("Enter")
    page.wait_for_url(re.compile(r"/search\?q="))


def test_latin_names_are_isolated_where_they_are_drawn(page: Page) -> None:
    page.goto("/article/sample-001")
    assert "Coral Star" in page.locator("article .body bdi").all_inner_texts()


def test_english_turns_the_chrome_and_not_the_articles(page: Page) -> None:
    page.goto("/search?q=هليكوبتر")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("body")).to_have_css("direction", "ltr")
    expect(page.locator(".hit").first).to_have_css("direction", "rtl")
