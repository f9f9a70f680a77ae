"""JSONL: the contract, and what a line may be."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from indexer.readers.bounds import LARGEST_DOCUMENT
from indexer.readers.contract import Skipped
from search.article import Article
from tests.contracts.reader import ARTICLES, ReaderContract, articles_of, named, read_bytes, skipped_of


def line(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False)


class TestJsonLines(ReaderContract):
    suffix = ".jsonl"

    def written(self, articles: Sequence[Article]) -> str:
        return "".join(line(**named(each)) + "\n" for each in articles)


class TestNdjson(TestJsonLines):
    suffix = ".ndjson"


@pytest.mark.parametrize(
    "broken", ['{"title": "بلا نهاية', '{"title": }', "{]", "نص عابر", '{"title": "خبر"} زائد', "{" * 50_000, "NaNaN"]
)
def test_a_broken_line_costs_only_that_line(broken: str) -> None:
    items = read_bytes(f"{line(title='أول')}\n{broken}\n{line(title='ثالث')}".encode(), "news.jsonl")
    assert [title for title, _ in articles_of(items)] == ["أول", "ثالث"]
    (skipped,) = skipped_of(items)
    assert skipped.reason.sentence == "broken JSON"
    assert skipped.location.endswith("news.jsonl:2")
    assert skipped.detail


def test_a_line_too_long_costs_only_that_line() -> None:
    content = line(title="أول") + "\n" + line(body="س" * LARGEST_DOCUMENT) + "\n" + line(title="ثالث") + "\n"
    items = read_bytes(content.encode(), "news.jsonl")
    assert [title for title, _ in articles_of(items)] == ["أول", "ثالث"]
    assert skipped_of(items)[0].location.endswith(":2")


def test_blank_lines_are_nothing() -> None:
    items = read_bytes(f"\n  \n{line(title='خبر')}\n\n".encode(), "news.jsonl")
    assert articles_of(items) == [("خبر", "")]
    assert len(items) == 1


def test_one_line_in_windows_1256_among_utf8_is_read() -> None:
    content = line(title="أول").encode() + b"\n" + line(title="عاجل من الموصل").encode("cp1256") + b"\n"
    assert [title for title, _ in articles_of(read_bytes(content, "news.jsonl"))] == ["أول", "عاجل من الموصل"]


def test_half_a_character_and_a_raw_tab_in_a_string_are_read() -> None:
    content = b'{"title": "\\ud83d \\u062e\\u0628\\u0631", "body": "a\tb"}\n'
    assert articles_of(read_bytes(content, "news.jsonl")) == [("\ud83d خبر", "a\tb")]


@pytest.mark.parametrize("value", ["5", '"نص"', "null", "true", '["a"]'])
def test_a_line_that_is_no_object_is_skipped(value: str) -> None:
    (item,) = read_bytes((line(title="خبر") + "\n" + value).encode(), "news.jsonl")[1:]
    assert isinstance(item, Skipped)
    assert item.reason.sentence == "JSON that is no object"


def test_a_list_named_jsonl_is_read_as_a_list() -> None:
    content = json.dumps([{"title": each.title} for each in ARTICLES], ensure_ascii=False, indent=1)
    assert [title for title, _ in articles_of(read_bytes(content.encode(), "x.jsonl"))] == [a.title for a in ARTICLES]
