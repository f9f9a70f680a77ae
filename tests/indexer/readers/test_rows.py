"""What an article's fields are called, and what may stand in them."""

from __future__ import annotations

import json
import tracemalloc

import pytest

from indexer.readers.contract import Remark
from indexer.readers.findings import UNKNOWN_FIELD
from indexer.readers.rows import shape_of
from search.article import Article
from tests.contracts.reader import read_bytes, skipped_of


def items(*rows: object) -> list[object]:
    return list(read_bytes("\n".join(json.dumps(row) for row in rows).encode(), "news.jsonl"))


def article(**row: object) -> Article:
    (found,) = (item for item in items(row) if isinstance(item, Article))
    return found


def test_the_fields_of_an_article_have_their_own_names() -> None:
    row = {"id": "1", "title": "t", "body": "b", "source": "s", "section": "c", "author": "a", "url": "u"}
    assert article(**row, published="2017-07-15") == Article("1", "t", "b", ("s",), "c", "a", "u", "2017-07-15")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("content", "body"),
        ("text", "body"),
        ("articleBody", "body"),
        ("headline", "title"),
        ("Title", "title"),
        ("category", "section"),
        ("date", "published"),
        ("published_at", "published"),
        ("publishedAt", "published"),
        ("date_extracted", "published"),
        ("pubDate", "published"),
        ("link", "url"),
        ("byline", "author"),
        ("عنوان", "title"),
        ("post_title", "title"),
        ("post_content", "body"),
        ("news_date", "published"),
        ("article_link", "url"),
        ("content_html", "body"),
        ("عنوان الخبر", "title"),
        ("نص المقال", "body"),
        ("تفاصيل الخبر", "body"),
        ("تاريخ النشر", "published"),
        ("اسم الكاتب", "author"),
        ("رابط الخبر", "url"),
    ],
)
def test_the_usual_other_names_are_known_also_with_what_stands_around_them(name: str, field: str) -> None:
    assert getattr(article(**{"id": "1", name: "قيمة"}), field) == "قيمة"


def test_the_better_field_name_is_taken_where_it_has_a_value() -> None:
    assert article(text="نص", body="متن").body == "متن"
    assert article(text="نص", body="").body == "نص"
    assert article(text="نص", body=None).body == "نص"


def test_unknown_names_are_kept_out_and_remarked_on_once() -> None:
    found = items({"title": "أ", "views": 5}, {"title": "ب", "views": 7}, {"views": 1, "lang": "ar", "title": "ج"})
    remarks = [item for item in found if isinstance(item, Remark)]
    assert remarks == [Remark(UNKNOWN_FIELD, "views"), Remark(UNKNOWN_FIELD, "lang")]
    assert sum(isinstance(item, Article) for item in found) == 3


def test_sources_may_be_one_or_several() -> None:
    assert article(title="خبر", source="الجزيرة").source == ("الجزيرة",)
    assert article(title="خبر", sources=["الجزيرة", "رويترز"]).source == ("الجزيرة", "رويترز")
    assert article(title="خبر", source={"id": None, "name": "رويترز"}).source == ("رويترز",)
    assert article(title="خبر", source="").source == ()


def test_ids_and_dates_may_be_numbers() -> None:
    found = article(id=17, title="خبر", timestamp=1500000000)
    assert (found.id, found.published) == ("17", "1500000000")
    assert article(_id={"$oid": "5f1"}, title="خبر").id == "5f1"


@pytest.mark.parametrize("value", [5, True, {"a": 1}, [1], {"rendered": {}}])
@pytest.mark.parametrize("field", ["title", "body"])
def test_a_title_or_body_that_is_no_text_is_a_skip_with_its_reason(field: str, value: object) -> None:
    (skipped,) = skipped_of(items({"id": "1", "url": "u", field: value}))  # type: ignore[arg-type]
    assert skipped.reason.sentence == "a title or body that is no text"
    assert field in skipped.detail


def test_paragraphs_in_a_list_are_lines() -> None:
    assert article(body=["فقرة أولى", "فقرة ثانية"]).body == "فقرة أولى\nفقرة ثانية"


def test_other_values_that_are_no_text_are_left_out_with_a_remark() -> None:
    found = items({"title": "خبر", "author": 5, "section": {"a": 1}})
    assert Article("", title="خبر") in found
    assert {item.example for item in found if isinstance(item, Remark)} == {
        "author that is a number",
        "section that is an object",
    }


def test_null_is_the_same_as_absent() -> None:
    assert article(title="خبر", author=None, source=None, id=None, date=None) == Article("", title="خبر")


def test_an_object_with_no_field_of_an_article_is_skipped() -> None:
    assert skipped_of(items({"x": 1}))[0].reason.sentence == "an object with no field of an article"  # type: ignore[arg-type]
    assert skipped_of(items({}))  # type: ignore[arg-type]


def test_a_name_alone_counts_before_one_with_something_around_it() -> None:
    assert article(post_title="طويل", title="عنوان").title == "عنوان"
    assert article(**{"title": "ع", "الصحيفة": "الميناء"}).source == ("الميناء",)


@pytest.mark.parametrize("name", ["newspaper_of_record", "posts", "storyline", "الخبر", "news", "story"])
def test_other_names_that_begin_or_end_so_are_unknown(name: str) -> None:
    assert Remark(UNKNOWN_FIELD, name) in items({"title": "ع", name: "قيمة"})


def test_long_names_are_not_remembered() -> None:
    tracemalloc.start()
    try:
        for number in range(50):
            shape_of((f"{number}{'x' * 100_000}", "title"))
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 500_000


def test_a_subject_beside_a_title_is_a_section() -> None:
    """Of ninjs 1 as a list or a text; of data sets of news («title,text,subject,date»)."""
    assert article(headline="ع", subject="اقتصاد").section == "اقتصاد"
    assert article(headline="ع", subject=[{"name": "اقتصاد"}]).section == "اقتصاد"
    assert article(title="ع", Subject="اقتصاد", section="رياضة").section == "رياضة"
    assert Remark(UNKNOWN_FIELD, "subject") in items({"body": "نص", "subject": "من الوزارة"})


def test_rows_of_elasticsearch() -> None:
    row = {"_index": "news", "_id": "x1", "_source": {"title": "ع", "body": "نص"}}
    assert article(**row) == Article("x1", title="ع", body="نص")
