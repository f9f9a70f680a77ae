"""Reading an article in a real browser: from a snippet to its place, from one highlighted word to the next."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import View

pytestmark = pytest.mark.browser

QUERY = "السفينة"
PHONE = 390


def open_article(page: Page) -> int:
    """Opens an article in which the query is highlighted several times; how often."""
    page.goto(f"/search?q={QUERY}")
    links = page.locator(".hit h2 a")
    for n in range(links.count()):
        links.nth(n).click()
        count = page.locator(".body mark[id]").count()
        if count > 2:
            return count
        page.go_back()
    raise AssertionError(f"no article of the sample has {QUERY} three times")


def highlighted_place(page: Page) -> str:
    return str(page.evaluate("document.querySelector('mark:target')?.id ?? ''"))


def test_a_snippet_leads_to_the_place_it_shows(page: Page) -> None:
    page.goto(f"/search?q={QUERY}")
    snippet = page.locator(".snippet a").first
    word = snippet.locator("mark").first.inner_text()
    snippet.click()
    page.wait_for_url(re.compile("#m"))
    assert page.locator("mark:target").inner_text() == word
    expect(page.locator("mark:target")).to_be_in_viewport()


def test_keys_step_through_the_highlighted_words_and_announce_their_number(page: Page) -> None:
    count = open_article(page)
    places = page.locator(".body mark[id]").evaluate_all("marks => marks.map(mark => mark.id)")
    status = page.locator(".steps [role=status]")
    for n in range(count):
        page.keyboard.press("nj"[n % 2])
        expect(status).to_have_text(f"{n + 1} من {count}")
        assert highlighted_place(page) == places[n]
        expect(page.locator("mark:target")).to_be_in_viewport()
    page.keyboard.press("n")
    expect(status).to_have_text(f"1 من {count}")
    page.keyboard.press("p")
    expect(status).to_have_text(f"{count} من {count}")
    page.keyboard.press("k")
    assert highlighted_place(page) == places[-2]
    page.go_back()  # stepping left no traces in the way back
    expect(page.locator(".hit").first).to_be_visible()


def test_keys_that_are_typed_into_the_box_step_nowhere(page: Page) -> None:
    open_article(page)
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially("njpk")
    expect(page.locator("#q")).to_have_value("njpk")
    assert highlighted_place(page) == ""


def test_the_buttons_work_by_keyboard_and_in_english(page: Page) -> None:
    open_article(page)
    page.get_by_role("link", name="English").click()
    page.get_by_role("link", name="Next", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".steps [role=status]")).to_have_text(re.compile(r"1 of \d+"))
    expect(page.get_by_role("link", name="Next", exact=True)).to_be_focused()
    page.get_by_role("link", name="Previous", exact=True).click()
    expect(page.locator(".steps [role=status]")).to_have_text(re.compile(r"(\d+) of \1"))


def test_without_javascript_each_highlighted_word_leads_to_the_next(view: View) -> None:
    page = view(PHONE, javascript=False)
    count = open_article(page)
    places = [page.locator(".body mark[id]").nth(n).get_attribute("id") for n in range(count)]
    page.get_by_role("link", name="التالي", exact=True).click()
    for place in [*places[1:], places[0]]:
        page.locator("mark:target a").click()
        page.wait_for_url(re.compile(f"#{place}$"))
    page.get_by_role("link", name="السابق", exact=True).click()
    page.wait_for_url(re.compile(f"#{places[-1]}$"))
