"""Saved articles in a real browser: the star, the list, its export; a browser that keeps nothing or has no room."""

from __future__ import annotations

import csv
import io
import json
import re

import bibtexparser
import pytest
import rispy
from playwright.sync_api import Page, expect

from tests.browser.conftest import View

pytestmark = pytest.mark.browser

BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"


def save_first_hits(page: Page, count: int) -> list[str]:
    page.goto("/search?q=في")
    for n in range(count):
        page.locator(".hit .star button").nth(n).click()
    return [page.locator(".hit h2 a").nth(n).inner_text() for n in range(count)]


def test_a_star_saves_an_article_by_keyboard_and_is_the_same_on_its_page(page: Page) -> None:
    page.goto("/search?q=في")
    star = page.locator(".hit .star button").first
    expect(star).to_have_attribute("aria-pressed", "false")
    star.focus()
    page.keyboard.press("Space")
    expect(star).to_have_attribute("aria-pressed", "true")
    page.locator(".hit h2 a").first.click()
    star = page.locator("article .star button")
    expect(star).to_have_attribute("aria-pressed", "true")
    star.press("Enter")
    expect(star).to_have_attribute("aria-pressed", "false")
    page.goto("/saved")
    expect(page.locator(".saved .empty")).to_be_visible()
    expect(page.locator(".saved .without")).to_have_count(0)


def test_the_list_opens_removes_and_takes_back(page: Page) -> None:
    titles = save_first_hits(page, 3)
    page.goto("/saved")
    names = page.locator(".saved li h2 a")
    assert names.all_inner_texts() == titles[::-1]
    page.locator(".saved .remove").first.press("Enter")
    assert names.all_inner_texts() == titles[1::-1]
    expect(page.locator(".saved .remove").first).to_be_focused()
    page.get_by_role("button", name="أزل الكل").click()
    expect(names).to_have_count(0)
    expect(page.get_by_role("button", name="تراجع")).to_be_focused()
    page.keyboard.press("Enter")
    assert names.all_inner_texts() == titles[1::-1]
    names.first.click()
    expect(page.locator("article h1")).to_contain_text(titles[1])


def test_the_list_is_exported_as_csv_and_json_lines(page: Page, site: str) -> None:
    titles = save_first_hits(page, 2)
    page.goto("/saved?lang=en")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="JSONL").click()
    lines = waiting.value.path().read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["title"] for row in rows] == titles[::-1]
    assert list(rows[0]) == ["id", "title", "source", "author", "agency", "date", "url", "link"]
    assert rows[0]["link"].startswith(f"{site}/article/")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    text = waiting.value.path().read_text("utf-8-sig")
    assert [row["title"] for row in csv.DictReader(io.StringIO(text))] == titles[::-1]


def test_the_list_is_exported_as_citations(page: Page, site: str) -> None:
    page.goto("/saved?lang=en")
    hostile = {"id": "خبر 1", "title": "} @x{ 50%\r\nER  - _&", "source": "عكاظ", "date": "2017-07-15T10:00", "url": ""}
    hostile |= {"author": "أحمد علي; } and {\nER  - ", "agency": "واس"}
    other = {"id": "2", "title": "ب", "link": "/article/2", "agency": "وكالة الأنباء; رويترز"}
    articles = [hostile | {"link": "/article/1"}, other, {"id": "3", "title": "ج", "link": "/article/3"}]
    page.evaluate("kept => localStorage.setItem('kashaf.saved:', kept)", json.dumps(articles))
    page.reload()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="RIS").click()
    first, second, third = rispy.loads(waiting.value.path().read_text("utf-8"))
    assert (first["title"], first["date"], first["urls"]) == ("} @x{ 50% ER - _&", "2017/07/15/", [f"{site}/article/1"])
    assert (first["authors"], second["authors"]) == (["أحمد علي", "} and { ER -"], ["وكالة الأنباء", "رويترز"])
    assert "authors" not in third
    assert (first["secondary_title"], second["accession_number"]) == ("عكاظ", "2")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="BibTeX").click()
    library = bibtexparser.parse_string(waiting.value.path().read_text("utf-8"))
    assert [entry.key for entry in library.entries] == [
        "saved2017:1",
        "saved:2",
        "saved:3",
    ] and not library.failed_blocks
    assert library.entries[0]["title"] == r"\textbraceright{} @x\textbraceleft{} 50\% ER - \_\&"
    assert library.entries[0]["author"] == r"أحمد علي and {\textbraceright{} and \textbraceleft{} ER -}"
    assert library.entries[1]["author"] == "{وكالة الأنباء} and {رويترز}" and "author" not in library.entries[2]
    assert waiting.value.suggested_filename == "kashaf-saved.bib"


def test_a_cell_that_a_spreadsheet_would_compute_is_defused(page: Page) -> None:
    page.goto("/saved")
    article = {"id": "1", "title": '=HYPERLINK("x"), و', "link": "/article/1"}
    page.evaluate("kept => localStorage.setItem('kashaf.saved:', kept)", json.dumps([article]))
    page.reload()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    (row,) = csv.DictReader(io.StringIO(waiting.value.path().read_text("utf-8-sig")))
    assert row["title"] == '\'=HYPERLINK("x"), و'


@pytest.mark.parametrize(
    "kept", ["{}", "[", "null", '[1, null, {"id": 1}]', '[{"id":"1","title":"x","link":"//e.org"}]']
)
def test_what_is_damaged_or_leads_elsewhere_is_not_shown(page: Page, kept: str) -> None:
    page.goto("/saved")
    page.evaluate("kept => localStorage.setItem('kashaf.saved:', kept)", kept)
    page.reload()
    expect(page.locator(".saved .empty")).to_be_visible()
    expect(page.locator(".saved li")).to_have_count(0)


def test_a_browser_without_storage_shows_no_stars_and_a_sentence_with_the_reason(own_page: Page) -> None:
    page = own_page
    page.add_init_script(BLOCKED)
    page.goto("/search?q=في")
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.locator(".star button")).to_have_count(0)
    page.goto("/saved")
    expect(page.locator(".saved .blocked")).to_be_visible()


def test_a_browser_whose_storage_is_full_shows_that_nothing_was_saved(own_page: Page) -> None:
    page = own_page
    page.add_init_script(FULL)
    page.goto("/search?q=في&lang=en")
    page.locator(".star button").first.click()
    expect(page.get_by_role("status").filter(has_text="no room left")).to_be_visible()
    expect(page.locator(".star button").first).to_have_attribute("aria-pressed", "false")


def test_the_list_has_a_bound(page: Page) -> None:
    page.goto("/saved")
    articles = [{"id": f"x{n}", "title": "x", "link": "/article/x"} for n in range(500)]
    page.evaluate("kept => localStorage.setItem('kashaf.saved:', kept)", json.dumps(articles))
    page.goto("/search?q=في")
    page.locator(".star button").first.click()
    expect(page.get_by_role("status").filter(has_text=re.compile("القائمة تتسع لعدد 500"))).to_be_visible()
    assert page.evaluate("JSON.parse(localStorage.getItem('kashaf.saved:')).length") == 500


def test_without_javascript_there_are_no_stars_and_a_sentence_names_what_is_missing(view: View) -> None:
    page = view(javascript=False)
    page.goto("/search?q=في")
    expect(page.locator(".star button")).to_have_count(0)
    page.goto("/saved")
    expect(page.get_by_text("يحتاجان إلى JavaScript")).to_be_visible()
    expect(page.locator(".saved .list")).to_be_hidden()
