"""The parts of a citation, and the sentences made of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.export.citation import one_line
from search.export.plain import plain_citation
from tests.search.export.records import HOSTILE, READ_ON, citation


def test_persons_are_authors_and_agencies_stand_in_for_them() -> None:
    assert citation().names == (("أحمد علي", False), ("منى سالم", False))
    assert citation(persons=()).names == (("واس", True),)
    assert citation(persons=(), agencies=(), places=(), author="كاتب غير معروف").names == (("كاتب غير معروف", False),)
    assert citation(persons=(), agencies=(), places=(), author=None).names == ()


def test_an_article_without_a_title_is_called_by_its_first_sentence() -> None:
    assert citation(title="").title == "قال وزير المالية أمس إن الأسعار لن تزيد هذا العام"
    assert citation(title="", body="", url=None).title == "sample-1"


def test_the_abstract_is_the_first_sentence_past_the_dateline_cut_between_words() -> None:
    assert citation().abstract == "قال وزير المالية أمس إن الأسعار لن تزيد هذا العام"
    long = citation(body="كلمة " * 100).abstract
    assert 150 <= len(long) <= 161 and long.endswith("كلمة…")


def test_addresses_are_that_of_the_publisher_and_that_of_the_archive() -> None:
    own = "https://archive.example/article/sample-1"
    assert citation().addresses == ("https://example.org/أخبار/1?a=b&c={d}", own)
    assert citation(url=None).addresses == (own,)


@given(st.text())
def test_one_line_is_one_line_and_stays_so(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1 and line == one_line(line) == line.strip()
    line.encode()


@pytest.mark.parametrize("text", HOSTILE)
def test_every_part_is_one_line(text: str) -> None:
    made = citation(id=text, title=text, source=(text, text), persons=(text,), section=text, url=text)
    for part in (made.id, made.title, *made.authors, made.newspaper, made.section, made.url):
        assert part == one_line(part)


def test_an_arabic_sentence() -> None:
    assert plain_citation(citation(), "ar", read_on=READ_ON) == (
        "أحمد علي، ومنى سالم. «وزير المالية: لا زيادة في الأسعار». صحيفة عكاظ، 15 يوليو/تموز 2017، ص 3-4. "
        "كشّاف، اطُّلع عليه في 15 يناير/كانون الثاني 2026. https://example.org/أخبار/1?a=b&c={d}."
    )


def test_an_english_sentence() -> None:
    assert plain_citation(citation(), "en", read_on=READ_ON) == (
        "أحمد علي, and منى سالم. “وزير المالية: لا زيادة في الأسعار”. صحيفة عكاظ, 15 July 2017, pp. 3-4. "
        "كشّاف, accessed 15 January 2026. https://example.org/أخبار/1?a=b&c={d}."
    )


def test_what_is_not_known_is_left_out() -> None:
    bare = citation(persons=(), agencies=(), places=(), author=None, source=(), published=None, url=None, page=None)
    assert plain_citation(bare, "ar", read_on=READ_ON).startswith("«وزير المالية: لا زيادة في الأسعار». د.ت. كشّاف")
    assert "n.d." in plain_citation(bare, "en", read_on=READ_ON)
