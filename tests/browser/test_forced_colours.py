"""What colours say is said without them too: in the colours of a reader's machine, and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import View
from tests.browser.page_kinds import page_kinds
from tests.browser.screenshots import in_language

pytestmark = pytest.mark.browser

NARROW = 320
# Of a background the colour alone: forced to that of the page it stays as opaque as it was, which nobody sees.
SHOWN = """one => {
    const style = getComputedStyle(one)
    const colour = style.backgroundColor.match(/[0-9.]+/g).slice(0, 3).join()
    return [colour, style.outlineStyle, style.textDecorationLine]
}"""


@pytest.fixture
def plain(view: View) -> Page:
    return view(NARROW, height=640, javascript=False, forced="active")


@pytest.fixture
def wide(view: View) -> Page:
    return view(forced="active")


def shown(one: Locator) -> list[str]:
    found: list[str] = one.evaluate(SHOWN)
    return found


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_kind_of_page_fits_a_narrow_phone(plain: Page, site: str, language: str) -> None:
    beyond = []
    for kind in page_kinds(site):
        answer = plain.goto(in_language(kind.path, language))
        assert answer is not None and answer.status == kind.status
        assert plain.locator("h1, .wordmark").first.is_visible()
        if plain.evaluate("document.documentElement.scrollWidth") > NARROW:
            beyond.append(kind.name)
    assert beyond == []


def test_a_chosen_value_looks_other_than_the_rest(wide: Page) -> None:
    wide.goto("/search?q=في")
    wide.locator(".facet li a").first.click()
    facet = wide.locator(".facet").first
    assert shown(facet.locator("[aria-current] .box")) != shown(facet.locator("a:not([aria-current]) .box").first)


def test_highlighted_words_look_other_than_the_rest(wide: Page) -> None:
    wide.goto("/search?q=الموانئ")
    mark = wide.locator(".snippet mark").first
    assert shown(mark) != shown(mark.locator("xpath=.."))


def test_the_current_order_and_page_look_other_than_the_rest(wide: Page) -> None:
    wide.goto("/search?q=في")
    for row in (".sorts", ".pager ol"):
        current, other = wide.locator(f"{row} [aria-current]"), wide.locator(f"{row} a:not([aria-current])").first
        assert shown(current) != shown(other), row
