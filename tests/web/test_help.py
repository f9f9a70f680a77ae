"""The help page says the whole table in both languages, its examples lead somewhere, and notes lead to it."""

from __future__ import annotations

import html
import re

import pytest
from flask.testing import FlaskClient

from search.pages.records import Note
from search.query.guide.sections import ABOUT, SECTIONS
from tests.web.fakes import FakeService


def words(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_row_of_the_table_is_on_the_page(client: FlaskClient, language: str) -> None:
    text = words(client.get(f"/help?lang={language}").text)
    for section in SECTIONS:
        assert (section.title_ar if language == "ar" else section.title_en) in text
        for row in section.rows:
            meaning = row.ar if language == "ar" else row.en
            assert row.form.replace("`", "") in text
            assert meaning.replace("`", "") in text


def test_an_example_that_the_index_answers_leads_to_its_results(client: FlaskClient) -> None:
    page = client.get("/help").text
    found = re.findall(r'<a href="(/search[^"]+)" rel="nofollow"><code dir="auto">([^<]+)</code></a>', page)
    assert [html.unescape(query) for _, query in found] == ["هيئة الموانئ", '"هيئة الموانئ"']
    assert client.get(html.unescape(found[0][0])).status_code == 200
    assert "مقال واحد" in page


def test_a_row_without_such_an_example_shows_how_it_is_typed(client: FlaskClient) -> None:
    assert '<li><code dir="auto">قهوة أو شطرنج</code></li>' in client.get("/help").text


def test_every_page_leads_to_the_help_page(client: FlaskClient) -> None:
    for url in ("/", "/search?q=الموانئ", "/article/a1", "/nothing", "/help", "/advanced"):
        assert 'href="/help"' in client.get(url).text
        english = f"{url}{'&' if '?' in url else '?'}lang=en"
        assert 'href="/help?lang=en"' in client.get(english).text


NOTE_VALUES = {"piece": "كلمة", "limit": 3, "names": ("غوتيريش",), "least": 1, "wanted": 2, "year": 2017}


@pytest.mark.parametrize("kind", sorted(ABOUT))
def test_a_note_about_an_operator_leads_to_its_section(service: FakeService, client: FlaskClient, kind: str) -> None:
    service.notes = (Note(kind, tuple(NOTE_VALUES.items())),)
    found = re.search(r'<a class="about" href="/help#([\w-]+)"', client.get("/search?q=الموانئ").text)
    assert found is not None
    assert f'<section id="{found[1]}"' in client.get("/help").text


def test_a_note_without_a_section_of_the_guide_has_no_link(service: FakeService, client: FlaskClient) -> None:
    service.notes = (Note("keyboard", (("found", "كلمة"),)),)
    assert 'class="about"' not in client.get("/search?q=الموانئ").text
