"""What a reader could not know: ids, dates, text as a reader would see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.cleaning.clean import Cleaned, Unfit, _usual_name, _usual_sources, clean
from indexer.cleaning.findings import LONGEST_ID, NO_WORDS, UNREAD_DATE
from indexer.readers.bounds import LARGEST_TEXT
from search.article import Article, decode_article
from search.index.documents import article_digest
from search.limits import LONGEST_NAME
from tests.examples import examples


@dataclass
class Heard:
    remarks: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, text: str, example: str) -> None:
        self.remarks.append((text, example))


def cleaned(remark: Callable[[str, str], None] | None = None, /, **fields: object) -> Article:
    result = clean(Article(**{"id": "1", "title": "خبر", **fields}), remark or Heard())  # type: ignore[arg-type]
    assert isinstance(result, Cleaned)
    assert decode_article(result.raw) == result.article
    return result.article


def test_a_given_id_is_kept() -> None:
    assert cleaned(id=" خبر-1 ", url="https://example.org/1").id == "خبر-1"


def test_without_an_id_the_url_is_the_id() -> None:
    assert cleaned(id=" ", url="https://example.org/1").id == "https://example.org/1"


def test_without_both_the_digest_of_title_and_body_is_the_id() -> None:
    same = cleaned(id="", body="نص", section="أخبار")
    assert same.id == cleaned(id="", body="نص", section="رياضة").id
    assert same.id != cleaned(id="", body="نص آخر").id
    assert cleaned(id="", title="أب", body="ج").id != cleaned(id="", title="أ", body="بج").id


def test_an_id_too_long_is_unfit_and_a_url_too_long_is_no_id() -> None:
    assert isinstance(clean(Article(id="x" * (LONGEST_ID + 1), title="خبر"), Heard()), Unfit)
    assert len(cleaned(id="", url="https://example.org/" + "x" * LONGEST_ID).id) == 24


def test_neither_text_nor_address_is_unfit() -> None:
    assert isinstance(clean(Article(id="", title=" ", body="<p></p>"), Heard()), Unfit)


def test_neither_title_nor_body_but_an_id_is_kept_with_a_remark() -> None:
    heard = Heard()
    assert cleaned(heard, id="7", title="", body=" \n").body == ""
    assert heard.remarks == [(NO_WORDS, "7")]


def test_an_article_larger_than_a_shelf_of_books_is_unfit() -> None:
    assert isinstance(clean(Article(id="1", body="س" * (LARGEST_TEXT + 1)), Heard()), Unfit)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("2015-07-21T13:06:11", "2015-07-21T13:06:11"),
        ("2017-01-20T14:41:00+01:00", "2017-01-20T14:41:00+01:00"),
        ("2017-01-20T14:41:00Z", "2017-01-20T14:41:00+00:00"),
        ("2017-01-20", "2017-01-20"),
        ("2017-01-20T00:00:00", "2017-01-20"),
        ("20/01/2017", "2017-01-20"),
        ("15 تموز 2017", "2017-07-15"),
        ("السبت 03 أكتوبر 2020 - 07:50", "2020-10-03T07:50:00"),
        (" ", None),
    ],
)
def test_dates_have_one_form(written: str, stored: str | None) -> None:
    heard = Heard()
    assert cleaned(heard, published=written).published == stored
    assert not heard.remarks


@pytest.mark.parametrize(
    "written",
    ["غير معروف", "2017-02-30", "2017-02-30T10:00:00", "0000-00-00", "0001-01-01T00:00:00Z", "99999999999999999"],
)
def test_a_date_that_cannot_be_read_is_left_out_with_a_remark(written: str) -> None:
    heard = Heard()
    assert cleaned(heard, published=written).published is None
    assert heard.remarks == [(UNREAD_DATE, written)]


def test_null_bytes_vanish_and_control_characters_part_words() -> None:
    article = cleaned(title="خب\0ر\x07عاجل", body="أول\x0bثان\n\tثالث", author="ك\0اتب")
    assert (article.title, article.body, article.author) == ("خبر عاجل", "أول ثان\n\tثالث", "كاتب")


def test_half_a_character_is_replaced() -> None:
    assert cleaned(body="خبر \ud83d عاجل").body == "خبر \ufffd عاجل"


def test_markup_is_taken_out_of_titles_and_bodies_not_of_addresses() -> None:
    article = cleaned(
        title="<b>خبر</b> &amp; &#8220;رأي&#8221;", body="<p>أول</p><p>ثان</p>", url="http://a/?x=1&copy;=2"
    )
    assert article.title == "خبر & “رأي”"
    assert article.body == "أول\n\nثان"
    assert article.url == "http://a/?x=1&copy;=2"


def test_a_title_is_one_line_and_blank_values_are_absent() -> None:
    article = cleaned(title=" خبر \n عاجل ", section=" ", author="\t", url="", source=("", " "))
    assert article == Article(id="1", title="خبر عاجل")


def test_sources_joined_by_plus_are_several_each_once() -> None:
    assert cleaned(source=("الجزيرة + وكالات", "وكالات")).source == ("الجزيرة", "وكالات")
    assert cleaned(source=("Canal+",)).source == ("Canal+",)


def test_names_are_cut_to_a_length_that_engines_can_keep() -> None:
    assert len(cleaned(author="س" * 100_000).author or "") == LONGEST_NAME


@examples(100)
@given(
    st.builds(
        Article,
        id=st.text(max_size=20),
        title=st.text(max_size=40),
        body=st.text(st.characters() | st.sampled_from("<>&;\0\ud800"), max_size=60),
        source=st.lists(st.text(max_size=10), max_size=3).map(tuple),
        section=st.none() | st.text(max_size=10),
        published=st.none() | st.text(max_size=20),
    )
)
def test_any_article_becomes_json_or_a_reason_and_always_the_same(article: Article) -> None:
    first, second = clean(article, Heard()), clean(article, Heard())
    assert first == second
    if isinstance(first, Cleaned):
        assert first.article.id
        assert decode_article(first.raw) == first.article
        assert article_digest(first.raw) == article_digest(second.raw)  # type: ignore[union-attr]


def test_values_too_long_to_come_again_are_not_remembered() -> None:
    long = "ا" * 1_000_000
    article = Article("1", "خبر", author=long, section=long, source=(long,), published=long)
    before = [each.cache_info().misses for each in (_usual_name, _usual_sources)]
    assert isinstance(clean(article, lambda *_: None), Cleaned)
    assert [each.cache_info().misses for each in (_usual_name, _usual_sources)] == before
