"""Desks, papers, dates and sentences in the place of a byline are nobody's signature."""

from __future__ import annotations

import pytest

from indexer.cleaning.clean import Cleaned, clean
from indexer.cleaning.unsigned import Signed, names_nobody, signed_by
from search.article import Article, decode_article

_TEXT = "استقبل الأمير في مكتبه أمس عددا من المواطنين"


def stored(**values: str) -> Article:
    cleaned = clean(Article("1", "عنوان", _TEXT, **values), lambda *_: None)  # type: ignore[arg-type]
    assert isinstance(cleaned, Cleaned)
    return decode_article(cleaned.raw)


@pytest.mark.parametrize(
    "author",
    [
        "الجزيرة - المحليات:",
        "متابعة - الرياض الإلكتروني",
        "اليمن - الوئام:",
        "الوئام - متابعات :",
        "سبق- متابعة:",
        "كانو (نيجيريا): «الشرق الأوسط»",
        "عكاظ (المكاتب الداخلية)",
        "الرياضي",
        "إعداد - المحرر الثقافي",
        "القسم السياسي",
        "مندوب المدينة - اليمن",
        "(زائر)",
        "إعداد:",
        "| Tuesday, 11 August 2015 - 00:00 am",
        "يوليو 27, 2015, 2:51 م",
        "- هل نحن مقبلون على انهيار كبير؟",
        "بكل الحب والترحاب نستقبل مشاركاتكم الشعرية وأراءكم ومقترحاتكم على العنوان التالي:",
        "...",
    ],
)
def test_a_desk_a_paper_a_date_or_a_sentence_is_no_author(author: str) -> None:
    article = stored(author=author)
    assert article.author == author
    assert article.unsigned
    assert article.writers == ()
    assert "author" not in article.keywords


@pytest.mark.parametrize("author", ["كلمة اليوم", "كلمة الاقتصادية", "Hassan Daier", "saad2019", "قاسم حول", "الكعاش"])
def test_what_may_be_a_signature_stays_one(author: str) -> None:
    assert not names_nobody(author)
    assert stored(author=author).writers == (author,)


def test_a_desk_is_the_section_where_no_other_is_given() -> None:
    assert stored(author="الجزيرة - المحليات:").section == "المحليات"
    assert stored(author="الجزيرة - المحليات:", section="أخبار").section == "أخبار"
    assert stored(author="الوئام - متابعات:").section is None


def test_a_byline_that_names_an_agency_a_place_or_a_person_is_not_looked_at() -> None:
    for author in ("سبق- وكالات:", "الوئام - الرياض", "الجزيرة - أحمد علي"):
        assert not stored(author=author).unsigned
    assert signed_by(None, _TEXT, "أخبار") == Signed(signed_by(None, _TEXT, None).credits, "أخبار")


def test_an_article_that_somebody_signs_is_stored_without_a_sign_of_it() -> None:
    cleaned = clean(Article("1", "عنوان", _TEXT, author="أحمد علي"), lambda *_: None)
    assert isinstance(cleaned, Cleaned)
    assert b"unsigned" not in cleaned.raw
