"""What was understood of a query, in a real browser: chips of typed dates, fields of dates, offers."""

from __future__ import annotations

from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import View

pytestmark = pytest.mark.browser

PHONE = 390
DATED = "سفينة تاريخ:نوفمبر 2023"


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def phone(request: pytest.FixtureRequest, view: View) -> Page:
    """A page on a phone, with and without JavaScript."""
    return view(PHONE, javascript=request.param)


@pytest.mark.parametrize(("language", "text"), [("ar", "نوفمبر/تشرين الثاني 2023"), ("en", "November 2023")])
def test_a_typed_date_is_a_chip_that_is_taken_away(phone: Page, language: str, text: str) -> None:
    phone.goto(f"/search?q={DATED}&lang={language}")
    expect(phone.locator(".chips .typed")).to_have_text(f"{text}×")
    phone.locator(".chips .typed .off").click()
    expect(phone.locator(".chips")).to_have_count(0)
    expect(phone.locator("#q")).to_have_value("سفينة")


def test_a_typed_date_is_changed_in_the_fields(phone: Page) -> None:
    phone.goto(f"/search?q={DATED}")
    phone.locator(".chips .typed .change").click()
    field = phone.locator("#day-from")
    expect(field).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_value("نوفمبر 2023")
    field.fill("15 تشرين الثاني 2023")
    phone.get_by_role("button", name="طبّق").click()
    expect(phone.locator("#q")).to_have_value("سفينة")
    expect(phone.locator(".chips li").first).to_contain_text("من 15 نوفمبر/تشرين الثاني 2023 إلى 30 نوفمبر")
    assert "from=15 تشرين الثاني 2023" in unquote_plus(phone.url)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_date_that_cannot_be_read_is_named_beside_its_field(phone: Page, language: str) -> None:
    phone.goto(f"/search?q=سفينة&from=مارسس&lang={language}")
    field = phone.locator("#day-from")
    expect(field).to_have_value("مارسس")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(phone.locator("#wrong-day-from")).to_be_visible()
    expect(phone.locator("#wrong-day-from")).to_contain_text("15/7/2017")
    expect(phone.locator(".hit").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_a_comparison_and_the_coverage_take_dates_as_people_write_them(phone: Page) -> None:
    for path in ("/compare?q=سفينة", "/coverage"):
        phone.goto(path)
        phone.locator("#day-from").fill("تموز ٢٠٢٣")
        phone.locator("#day-to").fill("2023")
        phone.locator(".queries button").click()
        expect(phone.locator("#day-from")).to_have_value("يوليو 2023")
        expect(phone.locator("#day-to")).to_have_value("2023")
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE


@pytest.mark.parametrize(
    ("language", "said"), [("ar", "هل تقصد «مجلة القنديل»؟"), ("en", "Did you mean “مجلة القنديل”?")]
)
def test_the_nearest_source_is_one_step_away(phone: Page, language: str, said: str) -> None:
    for asked in ("q=مصدر:القنديلل", "source=القنديلل"):
        phone.goto(f"/search?{asked}&lang={language}")
        phone.locator("[data-kind=unknown-source] a", has_text=said).click()
        expect(phone.locator(".hit").first).to_be_visible()
        expect(phone.locator("[data-kind=unknown-source]")).to_have_count(0)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_date_in_ordinary_words_is_one_step_away(phone: Page, language: str) -> None:
    phone.goto(f"/search?q=سفينة من أكتوبر إلى نوفمبر 2023&lang={language}")
    phone.locator("[data-kind=spoken-date] a").first.click()
    expect(phone.locator("#q")).to_have_value("سفينة تاريخ:من أكتوبر إلى نوفمبر 2023")
    expect(phone.locator(".chips .typed")).to_have_count(1)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE
