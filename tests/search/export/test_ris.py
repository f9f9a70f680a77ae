"""RIS, as a public parser reads it."""

from __future__ import annotations

import pytest
import rispy

from search.export.ris import ris_record
from tests.search.export.records import HOSTILE, READ_ON, citation


def test_a_record_has_all_that_is_known() -> None:
    text = ris_record(citation(), read_on=READ_ON)
    assert text.startswith("TY  - NEWS\r\n") and text.endswith("ER  - \r\n\r\n")
    assert rispy.loads(text) == [
        {
            "type_of_reference": "NEWS",
            "title": "وزير المالية: لا زيادة في الأسعار",
            "authors": ["أحمد علي", "منى سالم"],
            "secondary_title": "صحيفة عكاظ",
            "year": "2017",
            "date": "2017/07/15/",
            "section": "اقتصاد",
            "start_page": "3",
            "end_page": "4",
            "abstract": "قال وزير المالية أمس إن الأسعار لن تزيد هذا العام",
            "language": "ar",
            "urls": ["https://example.org/أخبار/1?a=b&c={d}", "https://archive.example/article/sample-1"],
            "access_date": "2026/01/15/",
            "name_of_database": "كشّاف",
            "accession_number": "sample-1",
        }
    ]


def test_what_is_not_known_has_no_line() -> None:
    bare = citation(
        persons=(), agencies=(), places=(), author=None, source=(), published=None, url=None, section=None, page=None
    )
    (record,) = rispy.loads(ris_record(bare, read_on=READ_ON))
    assert not {"authors", "secondary_title", "year", "date", "section", "start_page"} & record.keys()


def test_one_page_has_no_end() -> None:
    (record,) = rispy.loads(ris_record(citation(page="B7"), read_on=READ_ON))
    assert record["start_page"] == "B7" and "end_page" not in record


def test_a_year_has_four_digits() -> None:
    (record,) = rispy.loads(ris_record(citation(published="0900-07-15"), read_on=READ_ON))
    assert (record["year"], record["date"]) == ("0900", "0900/07/15/")


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_an_article_ends_its_record_or_begins_a_line(text: str) -> None:
    made = citation(title=f"أ {text}", persons=(f"ب {text}",), source=(f"ج {text}",), body=text)
    records = rispy.loads(ris_record(made, read_on=READ_ON) * 2)
    assert [record["title"] for record in records] == [made.title] * 2
    assert [record["authors"] for record in records] == [list(made.authors)] * 2
