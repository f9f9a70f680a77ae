"""An export in each format: its parts, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import bibtexparser
import pytest
import rispy

from search import export_commands
from search.errors import RequestError
from search.export.formats import FORMATS, Export, exported
from search.pages.records import Hit
from tests.search.export.records import ARTICLE, READ_ON, hit

PLAIN = Export("csv", "كشّاف", READ_ON)


def written(export: Export, *hits: Hit) -> str:
    return b"".join(exported(hits, export)).decode()


def test_the_command_offers_all_formats() -> None:
    assert tuple(FORMATS) == export_commands._FORMATS


def test_csv_has_a_row_of_names_and_a_row_for_each_hit() -> None:
    export = replace(PLAIN, snippets=True, body=True, permalink=lambda id: f"https://k/article/{id}")
    rows = list(csv.DictReader(io.StringIO(written(export, hit(), hit(title="")), newline="")))
    assert rows[0] == {
        "id": "sample-1",
        "title": "وزير المالية: لا زيادة في الأسعار",
        "source": "صحيفة عكاظ",
        "section": "اقتصاد",
        "author": "أحمد علي; منى سالم",
        "agency": "واس",
        "place": "الرياض",
        "published": "2017-07-15T10:30:00+03:00",
        "url": "https://example.org/أخبار/1?a=b&c={d}",
        "permalink": "https://k/article/sample-1",
        "page": "3-4",
        "snippet": "قال وزير المالية … قال وزير المالية",
        "body": ARTICLE.body,
    }
    assert rows[1]["title"].startswith("قال وزير المالية")
    assert written(PLAIN) == "id,title,source,section,author,agency,place,published,url,permalink,page\r\n"


def test_the_byte_order_mark_comes_on_request() -> None:
    assert written(replace(PLAIN, bom=True)).startswith("\ufeffid,") and written(PLAIN).startswith("id,")


def test_jsonl_has_an_object_a_line() -> None:
    lines = written(replace(PLAIN, format="jsonl", snippets=True, body=True), hit(), hit(id="2")).splitlines()
    first, second = map(json.loads, lines)
    assert (first["id"], first["copies"], first["body"], second["id"]) == ("sample-1", 2, ARTICLE.body, "2")
    assert first["snippets"] == ["قال <mark>وزير</mark> المالية"] * 2 and first["permalink"] is None
    plain = json.loads(written(replace(PLAIN, format="jsonl"), hit()))
    assert not {"snippets", "body"} & plain.keys()


def test_citations_are_read_by_public_parsers() -> None:
    hits = [hit(id=f"n-{n}") for n in range(250)]
    assert len(rispy.loads(written(replace(PLAIN, format="ris"), *hits))) == 250
    library = bibtexparser.parse_string(written(replace(PLAIN, format="bibtex"), *hits))
    assert len({entry.key for entry in library.entries}) == 250 and not library.failed_blocks


@pytest.mark.parametrize("format", FORMATS)
def test_only_a_part_is_in_memory(format: str) -> None:
    taken: list[int] = []

    def endless() -> Iterator[Hit]:
        number = 0
        while True:
            taken.append(number)
            yield hit(id=str(number))
            number += 1

    parts = list(islice(exported(endless(), replace(PLAIN, format=format)), 3))
    assert len(parts) == 3 and len(taken) <= 300


def test_what_cannot_be_is_refused_by_one_clear_line() -> None:
    with pytest.raises(RequestError, match="format 'xlsx': choose one of csv, jsonl, ris, bibtex"):
        replace(PLAIN, format="xlsx")
    with pytest.raises(RequestError, match="choose csv or jsonl"):
        replace(PLAIN, format="ris", body=True)
    with pytest.raises(RequestError, match="only csv"):
        replace(PLAIN, format="jsonl", bom=True)
