"""The cite box in a real browser: copied by keyboard, said aloud, and there to be selected without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import View

pytestmark = pytest.mark.browser

SENTENCES = {"Copy the Arabic citation": "#cite-ar", "Copy the English citation": "#cite-en"}


def open_article(page: Page) -> None:
    page.goto("/search?q=القمح&lang=en")
    page.locator(".hit h2 a").first.click()


@pytest.mark.parametrize("name", SENTENCES)
def test_a_citation_is_copied_by_keyboard_and_the_page_says_so(own_page: Page, name: str) -> None:
    page = own_page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_article(page)
    button = page.get_by_role("button", name=name)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".cite [role=status]")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(SENTENCES[name]).text_content() and "القمح" in copied


def test_where_the_clipboard_is_closed_the_citation_is_copied_the_old_way_or_selected(own_page: Page) -> None:
    page = own_page
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    open_article(page)
    page.get_by_role("button", name="Copy the Arabic citation").click()
    expect(page.locator(".cite [role=status]")).to_have_text("Copied.")
    page.evaluate("document.execCommand = () => false")
    page.get_by_role("button", name="Copy the English citation").click()
    expect(page.locator(".cite [role=status]")).to_contain_text("copy it yourself")
    assert page.evaluate("getSelection().toString()") == page.locator("#cite-en").inner_text()


def test_without_a_script_there_is_no_button_and_the_text_can_be_selected(view: View) -> None:
    page = view(javascript=False)
    open_article(page)
    expect(page.locator(".cite button").first).to_be_hidden()
    page.locator("#cite-en").click(click_count=3)
    with page.expect_download() as waiting:
        page.locator(".cite").get_by_role("link", name="RIS").click()
    assert waiting.value.suggested_filename.endswith(".ris")


def test_the_menu_of_results_opens_by_keyboard_and_gives_a_file(page: Page) -> None:
    page.goto("/search?q=القمح")
    page.locator(".take summary").focus()
    page.keyboard.press("Enter")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").press("Enter")
    assert waiting.value.suggested_filename == "kashaf-القمح.csv"
    assert waiting.value.path().read_text("utf-8-sig").startswith("id,title,")
