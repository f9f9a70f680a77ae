"""The list below the search box in a real browser: names after their fields, by mouse and by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

COMPLETED = 'القمح مصدر:"مجلة القنديل"'


def test_a_right_click_on_a_completion_does_not_search(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("هليكو")
    option = page.get_by_role("option").first
    option.click(button="right")
    page.wait_for_timeout(300)
    assert "/search" not in page.url
    option.click()
    page.wait_for_url(re.compile(r"/search\?q="))


def test_names_are_completed_after_their_field_and_keep_what_is_before(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("القمح مصدر:القن")
    expect(page.get_by_role("option")).to_have_text([COMPLETED])
    box.press("ArrowDown")
    expect(box).to_have_value(COMPLETED)
    box.press("Enter")
    page.wait_for_url(re.compile(r"/search\?q="))
    assert page.locator("#q").input_value() == COMPLETED


def test_the_list_has_an_accessible_name_and_opens_again_by_an_arrow(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("قسم:")
    listed = page.get_by_role("listbox", name="كلمات البحث")
    expect(listed).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("Escape")
    expect(listed).to_be_hidden()
    expect(box).to_have_value("قسم:")
    box.press("ArrowDown")
    expect(listed).to_be_visible()
    box.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    expect(chosen).to_have_count(1)
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    page.keyboard.press("Tab")
    expect(listed).to_be_hidden()
