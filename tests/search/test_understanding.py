"""What a page says of how a query was understood, on every engine: its dates, and names that the index has not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from search.naming.named_engine import NamedEngine
from search.naming.names import read_names
from search.pages.as_json import page_object
from search.pages.as_text import page_lines
from search.pages.records import Filters, SearchPage, SearchRequest
from search.pages.sentences import note_text
from search.pages.text_style import TextStyle
from search.results.nearest_names import NearestNames
from search.service import SearchService

TODAY = date(2025, 12, 10)
MAGAZINE = "مجلة القنديل"


def ask(service: SearchService, query: str, **options: object) -> SearchPage:
    return service.search(replace(SearchRequest(query, today=TODAY), **options))  # type: ignore[arg-type]


def test_the_page_shows_which_days_a_typed_date_means(service: SearchService) -> None:
    page = ask(service, "تاريخ:تشرين الثاني 2023 سفينة")
    assert page.total and json.loads(json.dumps(page_object(page)))["understood"] == [
        {
            "kind": "date",
            "typed": "تاريخ:تشرين الثاني 2023",
            "days": [{"first": "2023-11-01", "last": "2023-11-30"}],
            "excluded": False,
            "text": "نوفمبر/تشرين الثاني 2023",
            "text_en": "November 2023",
            "without": "سفينة",
        }
    ]
    lines = {language: list(page_lines(page, TextStyle(language))) for language in ("ar", "en")}
    assert "(تاريخ النشر: نوفمبر/تشرين الثاني 2023)" in lines["ar"] and "(Published: November 2023)" in lines["en"]


def test_the_days_shown_are_those_that_are_searched(service: SearchService) -> None:
    for query in ("تاريخ:آخر 30 يوما", "بعد:2025-11-15", "-تاريخ:2025", "تاريخ:(2023 أو 2024)"):
        (read,) = ask(service, query).dates
        spans = [Filters(first=span.first, last=span.last) for span in read.spans]
        within = sum(ask(service, "تاريخ:1900..", filters=filters).total for filters in spans)
        every = ask(service, "").total
        assert ask(service, query).total == (every - within if read.excluded else within), query
        assert ask(service, read.without or "").total == every


def test_days_given_the_wrong_way_round_get_a_note(service: SearchService) -> None:
    filters = Filters(first=date(2023, 1, 1), last=date(2024, 12, 31))
    assert "swapped-days" in [note.kind for note in ask(service, "", filters=filters, swapped=True).notes]
    assert "swapped-days" not in [note.kind for note in ask(service, "", filters=filters).notes]


def notes_of(page: SearchPage) -> list[tuple[str, str | None]]:
    """What is said of names and spoken dates, and the query that is offered."""
    return [
        (note_text(note, "ar"), note.query)
        for note in page.notes
        if note.kind.startswith("unknown-") or note.kind == "spoken-date"
    ]


def test_a_date_in_ordinary_words_is_offered_and_nothing_changed(service: SearchService) -> None:
    page = ask(service, "سفينة من أكتوبر إلى نوفمبر 2023", repair=False)
    assert notes_of(page) == [
        (
            "بحثنا عن «من أكتوبر إلى نوفمبر 2023» كأي كلمات، ولعله تاريخ النشر",
            "سفينة تاريخ:من أكتوبر إلى نوفمبر 2023",
        )
    ]
    assert page.dates == () and ask(service, "سفينة تاريخ:من أكتوبر إلى نوفمبر 2023").total
    assert notes_of(ask(service, "من أكتوبر إلى نوفمبر 2023", filters=Filters(first=date(2023, 1, 1)))) == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("مصدر:القنديلل", [("لا مصدر باسم «القنديلل»", 'مصدر:"مجلة القنديل"')]),
        ("قسم:رياظة كرة", [("لا قسم باسم «رياظة»", "قسم:رياضة كرة")]),
        ("كاتب:التازيي", [("لا كاتب باسم «التازيي»", None)]),
        ("-مصدر:القنديلل قهوة", [("لا مصدر باسم «القنديلل»", '-مصدر:"مجلة القنديل" قهوة')]),
        ("مصدر:زقزق", [("لا مصدر باسم «زقزق»", None)]),
        ("مصدر:القنديل قسم:رياضه", []),
        (
            "مصدر:(القنديلل أو زقزق) قهوة",
            [("لا مصدر باسم «القنديلل»", 'مصدر:("مجلة القنديل" أو زقزق) قهوة'), ("لا مصدر باسم «زقزق»", None)],
        ),
    ],
)
def test_a_name_that_no_article_has_gets_a_note_with_the_nearest_name(
    service: SearchService, query: str, said: list[tuple[str, str | None]]
) -> None:
    page = ask(service, query)
    found = notes_of(page)
    assert [text for text, _ in found] == [text for text, _ in said]
    for (text, offer), (_, expected) in zip(found, said, strict=True):
        assert expected is None or offer == expected
        assert offer is None or text not in dict(notes_of(ask(service, offer)))


def test_an_author_is_found_by_one_word_of_the_name(service: SearchService) -> None:
    ((_, offer),) = notes_of(ask(service, "كاتب:التازيي"))
    assert offer and "التازي" in offer and ask(service, offer).total


def test_a_filter_that_matches_nothing_gets_a_note_with_the_nearest_name(service: SearchService) -> None:
    page = ask(service, "", filters=Filters(sources=("القنديلل", MAGAZINE), sections=("رياظة",)))
    assert [note.kind for note in page.notes] == ["unknown-source", "unknown-section"]
    source, section = page.notes
    assert source.filters == Filters(sources=(MAGAZINE,), sections=("رياظة",))
    assert section.filters == Filters(sources=("القنديلل", MAGAZINE), sections=("رياضة",))
    asked = {"source": [MAGAZINE], "section": ["رياظة"], "author": [], "agency": [], "place": []}
    assert page_object(page)["notes"][0]["filters"] == asked
    assert "(لا مصدر باسم «القنديلل» – هل تقصد «مجلة القنديل»؟)" in list(page_lines(page, TextStyle("ar")))


def test_an_alias_of_the_owner_leads_to_its_name(tmp_path: Path, service: SearchService) -> None:
    names = tmp_path / "names.toml"
    names.write_text('[sources]\n"المنارة" = ["مجلة القنديل", "almanara"]\n', encoding="utf-8")
    index = service.index
    nearest = NearestNames(NamedEngine(index.engine, read_names(names)), read_names(names))
    assert [nearest.nearest("source", text) for text in ("almanaraa", "القنديلل", "المنارةة")] == ["المنارة"] * 3
    assert nearest.nearest("source", "ال") is None
