"""BibTeX, as a public parser reads it, and its keys."""

from __future__ import annotations

import re

import bibtexparser
import pytest
from bibtexparser import middlewares
from hypothesis import given
from hypothesis import strategies as st

from search.export.bibtex import bibtex_entry, key
from search.export.citation import one_line
from tests.examples import examples
from tests.search.export.records import HOSTILE, READ_ON, citation

KEY = re.compile(r"[A-Za-z0-9:.-]+")


def parsed(text: str) -> bibtexparser.Library:
    return bibtexparser.parse_string(text, append_middleware=[middlewares.LatexDecodingMiddleware()])


def test_an_article_of_a_newspaper() -> None:
    (entry,) = bibtexparser.parse_string(bibtex_entry(citation(), read_on=READ_ON)).entries
    assert (entry.entry_type, entry.key) == ("article", "ly2017:sample-1")
    assert {field.key: field.value for field in entry.fields} == {
        "author": "أحمد علي and منى سالم",
        "title": "وزير المالية: لا زيادة في الأسعار",
        "journal": "صحيفة عكاظ",
        "entrysubtype": "newspaper",
        "date": "2017-07-15",
        "year": "2017",
        "month": "7",
        "chapter": "اقتصاد",
        "pages": "3--4",
        "abstract": "قال وزير المالية أمس إن الأسعار لن تزيد هذا العام",
        "language": "ar",
        "langid": "arabic",
        "url": "https://example.org/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1?a=b&c=%7Bd%7D",
        "urldate": "2026-01-15",
        "note": r"\url{https://archive.example/article/sample-1}",
    }


def test_without_a_newspaper_it_is_miscellaneous() -> None:
    (entry,) = bibtexparser.parse_string(bibtex_entry(citation(source=()), read_on=READ_ON)).entries
    assert entry.entry_type == "misc" and "journal" not in entry.fields_dict


def test_a_year_has_four_digits() -> None:
    (entry,) = bibtexparser.parse_string(bibtex_entry(citation(published="0900-07-15"), read_on=READ_ON)).entries
    assert entry.key.startswith("ly0900:")
    assert (entry["year"], entry["date"]) == ("0900", "0900-07-15")


def test_a_name_that_bibtex_would_cut_is_one_unit() -> None:
    names = ("علي and ولي", "Ali, Omar", "others", "أحمد علي")
    text = bibtex_entry(citation(persons=names), read_on=READ_ON)
    assert "author = {{علي and ولي} and {Ali, Omar} and {others} and أحمد علي}," in text
    assert "author = {{واس}}," in bibtex_entry(citation(persons=()), read_on=READ_ON)


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_one_entry_and_comes_back(text: str) -> None:
    made = citation(title=f"أ {text} ب", persons=(f"ج {text}",), source=(f"د {text}",), url=f"http://x/{text}")
    library = parsed(bibtex_entry(made, read_on=READ_ON) + bibtex_entry(citation(id="2"), read_on=READ_ON))
    assert not library.failed_blocks and [entry.key for entry in library.entries][1] == "ly2017:2"
    first = library.entries[0]
    assert (one_line(first["title"]), one_line(first["journal"])) == (
        as_decoded(made.title),
        as_decoded(made.newspaper),
    )


def as_decoded(text: str) -> str:
    """What the parser makes of it: it does not know the names of braces, and has another circumflex."""
    whole = text.count("{") == text.count("}") and text.find("{") < text.find("}")
    return one_line((text if whole else re.sub("[{}]", "", text)).replace("^", "\u02c6"))


@given(st.text(max_size=20), st.text(max_size=20))
@examples(60)
def test_braces_are_balanced_whatever_the_text_is(title: str, name: str) -> None:
    text = bibtex_entry(citation(title=title, persons=(name,), section=name, url=title), read_on=READ_ON)
    assert text.count("{") == text.count("}") and text.count("\n@") == 0
    assert not bibtexparser.parse_string(text).failed_blocks


@pytest.mark.parametrize("name", ("ا", "ء", "آ", "ئ", "", "،", "محمد", "پژوهش", "José", "李"))
@pytest.mark.parametrize("id", ("ا", "ء", "1", "https://x/خبر", "a b", "{", ""))
def test_keys_are_ascii_and_never_empty(name: str, id: str) -> None:
    made = key(citation(id=id, persons=(name,), source=(name,)))
    assert KEY.fullmatch(made) and made.isascii()


def test_keys_of_articles_differ_and_stay() -> None:
    ids = [f"خبر {n}" for n in range(2_000)] + [f"a-{n}" for n in range(2_000)] + ["a_1", "a:1", "A-1", "a 1"]
    keys = [key(citation(id=id)) for id in ids]
    assert len(set(keys)) == len(ids)
    assert keys[0] == key(citation(id="خبر 0"))
