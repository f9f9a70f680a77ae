"""JSON files: the contract for one object and for a list, and broken ones."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers.bounds import BLOCK_BYTES
from indexer.readers.contract import Blob, Remark
from indexer.readers.findings import NO_FIELD, WITHOUT_ARTICLE
from indexer.readers.json_document import Document, read_json_document
from search.article import Article
from tests.contracts.reader import ReaderContract, articles_of, named, read_bytes, skipped_of
from tests.examples import examples


def titles(content: str) -> list[str]:
    return [title for title, _ in articles_of(read_bytes(content.encode(), "news.json"))]


class TestList(ReaderContract):
    suffix = ".json"

    def written(self, articles: Sequence[Article]) -> str:
        return json.dumps([named(each) for each in articles], ensure_ascii=False)


class TestIndentedList(ReaderContract):
    suffix = ".json"

    def written(self, articles: Sequence[Article]) -> str:
        return json.dumps([named(each) for each in articles], ensure_ascii=False, indent=2) + "\n"


class TestOneObject(ReaderContract):
    suffix = ".json"
    several = False

    def written(self, articles: Sequence[Article]) -> str:
        return json.dumps(named(articles[0]), ensure_ascii=False, indent=4)


class TestObjectsOneAfterAnother(ReaderContract):
    suffix = ".json"

    def written(self, articles: Sequence[Article]) -> str:
        return "\n".join(json.dumps(named(each), ensure_ascii=False, indent=1) for each in articles)


def test_braces_quotes_and_backslashes_in_strings_are_text() -> None:
    strange = ['}{"', "\\", '\\"}', "[{", '"', "},{", "\\\\", "{}"]
    assert titles(json.dumps([{"title": title} for title in strange])) == strange


def test_articles_within_an_answer_are_found() -> None:
    answer = {"status": "ok", "total": 2, "articles": [{"title": "أول"}, {"title": "ثان"}]}
    assert titles(json.dumps(answer)) == ["أول", "ثان"]


@pytest.mark.parametrize(
    "broken",
    ['{"title": }', '{"title": "كلمة "مقتبسة" هنا"}', '{"title": "بلا إغلاق, "body": "x"}', '{"title": "بلا قوس"'],
)
def test_after_a_broken_object_reading_goes_on(broken: str) -> None:
    content = f'[{{"title": "أول"}},\n {broken},\n {{"title": "ثالث"}},\n {{"title": "رابع"}}]'
    items = read_bytes(content.encode(), "news.json")
    assert [title for title, _ in articles_of(items)] == ["أول", "ثالث", "رابع"]
    assert {item.reason.sentence for item in skipped_of(items)} == {"broken JSON"}


def test_a_list_that_breaks_off_is_reported_and_what_came_is_kept() -> None:
    items = read_bytes('[{"title": "أول"}, {"title": "ثان"}, {"tit'.encode(), "news.json")
    assert [title for title, _ in articles_of(items)] == ["أول", "ثان"]
    assert skipped_of(items)
    items = read_bytes('[{"title": "أول"}, '.encode(), "news.json")
    assert "breaks off" in skipped_of(items)[0].detail


@pytest.mark.parametrize("content", ["5", '"نص"', "[1, 2]", "null", "[" * 100_000])
def test_json_without_an_object_is_skipped(content: str) -> None:
    items = read_bytes(content.encode(), "news.json")
    assert not articles_of(items)
    assert skipped_of(items)


def test_an_empty_list_is_remarked_and_not_skipped() -> None:
    (item,) = read_bytes(b"[]\n", "news.json")
    assert isinstance(item, Remark) and item.about == WITHOUT_ARTICLE.of("file")


def test_of_many_broken_objects_each_letter_is_looked_at_a_few_times_at_most() -> None:
    broken = "[" + '{"a": "},{' * 10_000
    items = read_bytes(broken.encode(), "news.json")
    assert not articles_of(items)
    assert skipped_of(items)
    assert looked_at(broken) < 10 * len(broken)


def looked_at(content: str) -> int:
    """How many letters are looked at to read a file."""
    document = Document(iter([content.encode()[at : at + BLOCK_BYTES] for at in range(0, len(content), BLOCK_BYTES)]))
    assert list(document.objects())
    return document.looked


@pytest.mark.parametrize(
    "broken",
    [
        '{"a": "},{',
        '{"title": "بلا قوس", "body": "نص",\n',
        '{"title": "بلا إغلاق, "body": "x"},\n',
        '{"a":[{},',
        '{"a":[{"b":"}, {"},',
        '{"title": "كلمة "مقتبسة" هنا"}, {"title": "سليم", "body": "نص"},',
        '{"a": "\\"},{\\"',
        "{",
        "[{},",
        '{"a": 1} {',
        '{"a": {"b": "',
        "],[{,",
        "{}\n" + " " * 50 + "{",
    ],
)
@pytest.mark.parametrize("before", ["[", '{"articles": [{"title": "أول"}, '])
def test_what_is_looked_at_grows_as_the_file(broken: str, before: str) -> None:
    small, large = (looked_at(before + broken * (size // len(broken))) for size in (25_000, 100_000))
    assert large < 6 * small
    assert large < 10 * 100_000


def test_of_a_wrapper_that_breaks_off_every_whole_article_is_kept() -> None:
    answer = json.dumps({"status": "ok", "articles": [{"title": title} for title in "أبتث"]}, ensure_ascii=False)
    assert titles(answer[:-4]) == ["أ", "ب", "ت"]
    assert titles(answer.replace("ت", 'ت"')) == ["أ", "ب", "ث"]


def test_several_broken_objects_in_a_row_are_counted_each() -> None:
    items = read_bytes(b'[{"title": }, {"title": }, {"title": "a"}, {"title": ]}, {"title": "b"}]', "news.json")
    assert [title for title, _ in articles_of(items)] == ["a", "b"]
    assert len(skipped_of(items)) == 3


@examples(50)
@given(data=st.data())
def test_however_blocks_are_cut_the_outcome_is_the_same(data: st.DataObject) -> None:
    content = bytearray(json.dumps([{"title": f"عنوان {n}", "body": '"},{"'} for n in range(20)]).encode())
    for _ in range(data.draw(st.integers(0, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.sampled_from(b'"{}[],:\\x'))
    size = data.draw(st.integers(1, 50))
    whole = list(read_json_document(Blob("x", iter([bytes(content)]))))
    cut = [bytes(content[at : at + size]) for at in range(0, len(content), size)]
    assert list(read_json_document(Blob("x", iter(cut)))) == whole


def test_what_a_file_says_of_all_of_its_articles_is_said_of_each() -> None:
    articles = [{"title": "أ", "text": "نص"}, {"title": "ب", "text": "نص", "date": "2019-03-04", "source": "واس"}]
    issue = {"newspaper": "الميناء", "date": "2019-03-05", "articles": articles}
    found = [item for item in read_bytes(json.dumps(issue).encode(), "x.json") if isinstance(item, Article)]
    assert [(each.title, each.source, each.published) for each in found] == [
        ("أ", ("الميناء",), "2019-03-05"),
        ("ب", ("واس",), "2019-03-04"),
    ]


def test_what_is_said_a_level_deeper_counts_first() -> None:
    issue = {"newspaper": "الميناء", "articles": [{"title": "أ", "text": "نص"}]}
    document = {"date": "2019-03-05", "source": "واس", "data": issue}
    (found,) = (item for item in read_bytes(json.dumps(document).encode(), "x.json") if isinstance(item, Article))
    assert (found.source, found.published) == (("الميناء",), "2019-03-05")


def test_a_list_that_is_named_as_a_field_is_no_field_of_its_articles() -> None:
    document = {"sections": [{"title": "أ", "text": "نص"}]}
    (found,) = (item for item in read_bytes(json.dumps(document).encode(), "x.json") if isinstance(item, Article))
    assert (found.title, found.section) == ("أ", None)


def test_an_article_a_level_deeper_is_named_and_not_the_articles_that_it_links_to() -> None:
    row = {"title": "خبر", "body": "نص", "related": [{"title": "آخر", "url": "https://x.example/2"}]}
    items = read_bytes(json.dumps({"data": row}).encode(), "x.json")
    assert (articles_of(items), [item.reason for item in skipped_of(items)]) == ([], [NO_FIELD])


def test_a_feed_in_json_is_a_list_of_articles_and_its_title_their_source() -> None:
    items = [{"id": "1", "url": "https://x.example/1", "title": "خبر", "content_html": "<p>نص</p>"}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "الميناء", "items": items}
    (found,) = (item for item in read_bytes(json.dumps(feed).encode(), "x.json") if isinstance(item, Article))
    assert (found.title, found.body, found.source) == ("خبر", "<p>نص</p>", ("الميناء",))


def test_an_article_with_links_to_others_stays_one() -> None:
    row = {"title": "خبر", "url": "https://x.example/1", "related": [{"title": "آخر", "url": "https://x.example/2"}]}
    assert articles_of(read_bytes(json.dumps(row).encode(), "x.json")) == [("خبر", "")]


@pytest.mark.parametrize(
    "document",
    [
        {"status": 1, "data": {"total": 2, "articles": [{"title": "أ", "body": "نص"}, {"title": "ب", "body": "متن"}]}},
        {"17": {"title": "أ", "body": "نص"}, "18": {"title": "ب", "body": "متن"}},
        {"news": {"17": {"title": "أ", "body": "نص"}, "18": {"title": "ب", "body": "متن"}}},
        {"title": {"0": "أ", "1": "ب"}, "body": {"0": "نص", "1": "متن"}},
        {"title": ["أ", "ب"], "body": ["نص", "متن"]},
    ],
)
def test_other_ways_to_write_a_list_of_articles(document: dict[str, object]) -> None:
    assert articles_of(read_bytes(json.dumps(document).encode(), "x.json")) == [("أ", "نص"), ("ب", "متن")]


def test_articles_that_are_told_by_their_ids_have_them() -> None:
    document = {"17": {"title": "أ"}, "18": {"title": "ب", "id": "x"}}
    found = [item for item in read_bytes(json.dumps(document).encode(), "x.json") if isinstance(item, Article)]
    assert [each.id for each in found] == ["17", "x"]


def test_paragraphs_and_languages_of_one_article_are_no_articles() -> None:
    rows = [
        {"title": {"rendered": "أ"}, "body": {"rendered": "نص"}},
        {"title": {"en": "x", "ar": "أ"}, "body": {"text": "نص"}},
        {"title": "أ", "content": [{"type": "paragraph", "text": "نص"}]},
        {"title": ["أ"], "paragraphs": ["نص"]},
    ]
    assert [articles_of(read_bytes(json.dumps(row).encode(), "x.json")) for row in rows] == [[("أ", "نص")]] * 4
