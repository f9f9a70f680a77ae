"""Plain text: the contract, and where title, sources and date stand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from search.article import Article
from tests.conftest import SHARED
from tests.contracts.reader import NOT_IN_LINES, ReaderContract, as_lines, read_bytes, told_in_lines

PARAGRAPH = "قال المتحدث باسم البلدية إن الأعمال تنتهي قبل نهاية الشهر المقبل."


class TestPlainText(ReaderContract):
    suffix = ".txt"
    several = False
    lacks = NOT_IN_LINES

    def written(self, articles: Sequence[Article]) -> str:
        title, *lines = as_lines(articles[0])
        return "\n".join((title, "", *lines, ""))

    def told(self, article: Article) -> Article:
        return super().told(told_in_lines(article))


def article(*lines: str) -> Article:
    (found,) = read_bytes("\n".join(lines).encode(), "news.txt")
    assert isinstance(found, Article)
    return found


def test_the_first_line_that_is_not_empty_is_the_title() -> None:
    assert article("", "  ", " عنوان الخبر ", "", PARAGRAPH).title == "عنوان الخبر"


def test_the_title_leaves_the_body() -> None:
    assert article("عنوان الخبر", "", PARAGRAPH, "", PARAGRAPH).body == f"{PARAGRAPH}\n\n{PARAGRAPH}"


@pytest.mark.parametrize("first", ["A view of the old city, May 2017. Photo: Reuters", "2", "* * *", "-"])
def test_a_caption_in_another_script_or_a_page_number_is_no_title(first: str) -> None:
    found = article(first, "", "عنوان الخبر", PARAGRAPH)
    assert found.title == "عنوان الخبر"
    assert first in found.body


def test_a_caption_after_the_title_stays_in_the_body() -> None:
    assert article("عنوان الخبر", "A view of the old city", PARAGRAPH).body == f"A view of the old city\n{PARAGRAPH}"


def test_a_latin_article_has_a_latin_title() -> None:
    assert article("City opens a park", "", "The city opened a park on Monday.").title == "City opens a park"


def test_a_paragraph_is_no_title() -> None:
    found = article(PARAGRAPH * 4, "", PARAGRAPH)
    assert found.title == ""
    assert found.body.startswith(PARAGRAPH)


def test_sub_headings_stay_in_the_body() -> None:
    assert "عملية عسكرية" in article("عنوان الخبر", PARAGRAPH, "عملية عسكرية", PARAGRAPH).body.splitlines()


@pytest.mark.parametrize(
    ("line", "sources"),
    [
        ("المصدر : الجزيرة + وكالة الأناضول", ("الجزيرة", "وكالة الأناضول")),
        ("المصدر: رويترز", ("رويترز",)),
        ("(المصدر: محيط)", ("محيط",)),
        ("المصدر : الجزيرة,رويترز", ("الجزيرة", "رويترز")),
        ("Source: Reuters + AFP", ("Reuters", "AFP")),
    ],
)
def test_a_last_line_of_sources_leaves_the_body(line: str, sources: tuple[str, ...]) -> None:
    found = article("عنوان الخبر", PARAGRAPH, line, "", " ")
    assert found.source == sources
    assert found.body == PARAGRAPH


def test_a_source_within_the_text_is_text() -> None:
    found = article("عنوان الخبر", "المصدر: وكالات", PARAGRAPH)
    assert found.source == ()
    assert "المصدر: وكالات" in found.body
    assert article("عنوان الخبر", f"وقال المصدر: {PARAGRAPH}").source == ()


@pytest.mark.parametrize("line", ["2012.10.20", "تاريخ النشر: الثلاثاء 01 مايو 2012", "السبت 03 أكتوبر 2020 - 07:50"])
def test_a_line_that_is_a_date_is_the_day_of_publication(line: str) -> None:
    assert article("عنوان الخبر", line, PARAGRAPH).published == line
    assert article(line, "عنوان الخبر", PARAGRAPH).title == "عنوان الخبر"


def test_a_date_within_a_sentence_is_text() -> None:
    assert article("عنوان الخبر", "تأسس النادي في 20 أكتوبر 2012 وله فروع.", PARAGRAPH).published is None


def test_a_null_byte_at_the_end_is_nothing() -> None:
    assert article("عنوان الخبر", PARAGRAPH, "المصدر: رويترز", "\0").source == ("رويترز",)


def test_a_file_of_blanks_is_empty() -> None:
    (item,) = read_bytes(b" \n\n \0 \n", "news.txt")
    assert not isinstance(item, Article)


def test_what_a_date_line_names_beside_the_date_is_read() -> None:
    found = article("عنوان الخبر", "ليلى حسننشر في المساء يوم 25 - 09 - 2012", PARAGRAPH)
    assert (found.author, found.source, found.published) == ("ليلى حسن", ("المساء",), "25 - 09 - 2012")
    assert article("2012-06-19 (رياضة)", "عنوان الخبر", PARAGRAPH).section == "رياضة"
    named = article("عنوان الخبر", "البيان 28 جويلية 2012", PARAGRAPH, "المصدر: رويترز")
    assert named.source == ("رويترز",)  # what is told as the source counts


def test_a_line_of_a_place_and_a_name_is_the_byline_and_no_title() -> None:
    found = article("القاهرة - عمر عطية", "عنوان الخبر", PARAGRAPH)
    assert (found.title, found.author) == ("عنوان الخبر", "القاهرة - عمر عطية")


def test_a_title_drawn_out_by_tatweel_is_a_title() -> None:
    title = "الرياضــــــــــــــة ومصــــــــــــــاب السكــــــــــــــــري" + "ـ" * 150
    assert article(title, PARAGRAPH).title == title


@pytest.mark.shared
def test_the_seed_has_its_arabic_headline_and_both_sources() -> None:
    (path,) = Path(SHARED / "seed").glob("*.txt")
    (found,) = read_bytes(path.read_bytes(), "seed.txt")
    assert isinstance(found, Article)
    assert found.title == path.read_text(encoding="utf-8").splitlines()[0]
    assert found.source == ("الجزيرة", "وكالة الأناضول")
    assert "المصدر" not in found.body.splitlines()[-1]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("بقلم: د. محمود السيد داود *", "د. محمود السيد داود"),
        ("بقلم عبد الحميد العوضي*", "عبد الحميد العوضي"),
        ("كتب/ أحمد المالكي:", "أحمد المالكي"),
        ("كتب طارق عرابي:", "طارق عرابي"),
        ("إعداد – عبدالله المالكي", "عبدالله المالكي"),
        ("أجرى الحوار - علي الستراوي", "علي الستراوي"),
        ("كتب تستحق القراءة هذا العام", None),  # books
        ("كتب الوزير على صفحته:", None),  # a sentence
        ("تقرير - خاص", None),
        ("حوار مع جراح عيون بارز", None),
        ("ترجمة: سناء عبدالله", None),
    ],
)
def test_a_line_that_says_who_wrote_an_article_gives_its_author(line: str, author: str | None) -> None:
    (found,) = read_bytes(f"العنوان\n{line}\nنص الخبر هنا.\nبقية النص.".encode(), "x.txt")
    assert isinstance(found, Article)
    assert found.author == author and found.body.startswith(line)


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("السبت 28 جويلية 2012        الشروق", "السبت 28 جويلية 2012"),
        ("الصباح السبت 28 جويلية 2012", "السبت 28 جويلية 2012"),
        ("05-05-2012 11:42 AM  ضوء", "05-05-2012 11:42 AM"),
        ("أحداث 11 سبتمبر 2001", None),
        ("في السبت 28 جويلية 2012 حدث", None),
    ],
)
def test_a_word_beside_a_date_with_its_weekday_or_hour_does_not_hide_it(line: str, published: str | None) -> None:
    (found,) = read_bytes(f"{line}\nعنوان الخبر\nنص الخبر هنا.".encode(), "x.txt")
    assert isinstance(found, Article)
    assert found.published == published
    assert found.title == ("عنوان الخبر" if published else line)
