"""What a page says of how a query was understood, on every engine: its dates."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from search.page import Filters, SearchPage, SearchRequest
from search.page_json import page_object
from search.page_text import page_lines
from search.service import SearchService

TODAY = date(2025, 12, 10)


def ask(service: SearchService, query: str, **options: object) -> SearchPage:
    return service.search(replace(SearchRequest(query, today=TODAY), **options))  # type: ignore[arg-type]


def test_the_page_says_which_days_a_typed_date_means(service: SearchService) -> None:
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
    lines = {language: list(page_lines(page, color=False, language=language)) for language in ("ar", "en")}
    assert "(تاريخ النشر: نوفمبر/تشرين الثاني 2023)" in lines["ar"] and "(Published: November 2023)" in lines["en"]


def test_the_days_told_are_those_that_are_searched(service: SearchService) -> None:
    for query in ("تاريخ:آخر 30 يوما", "بعد:2025-11-15", "-تاريخ:2025", "تاريخ:(2023 أو 2024)"):
        (read,) = ask(service, query).dates
        spans = [Filters(first=span.first, last=span.last) for span in read.spans]
        within = sum(ask(service, "تاريخ:1900..", filters=filters).total for filters in spans)
        every = ask(service, "").total
        assert ask(service, query).total == (every - within if read.excluded else within), query
        assert ask(service, read.without or "").total == every


def test_days_given_the_wrong_way_round_are_said(service: SearchService) -> None:
    filters = Filters(first=date(2023, 1, 1), last=date(2024, 12, 31))
    assert "swapped-days" in [note.kind for note in ask(service, "", filters=filters, swapped=True).notes]
    assert "swapped-days" not in [note.kind for note in ask(service, "", filters=filters).notes]
