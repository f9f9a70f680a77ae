"""Latin runs and numbers are isolated inside Arabic lines, and marks and isolates nest properly."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.pages.records import HighlightedText, Segment, plain_text
from web.text import bidi
from web.text.bidi import direction, isolate, isolate_marked, isolate_quotes, showable

TAG = re.compile(r"<(/?)(mark|bdi)>")
TEXTS = st.text(st.sampled_from("سفينة في aBé15-.,:%&<>\"'/ \u202e\u064e٣٫"), max_size=12)
MARKED = st.lists(st.builds(Segment, TEXTS, st.booleans()), max_size=8).map(tuple)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("السفينة «Coral Star» جنحت", "السفينة «<bdi>Coral Star</bdi>» جنحت"),
        ("نحو 3,650 طنا", "نحو <bdi>3,650</bdi> طنا"),
        ("عند 2:40 صباحا", "عند <bdi>2:40</bdi> صباحا"),
        ("في 15/7/2017", "في <bdi>15/7/2017</bdi>"),
        ("يوم 2020-03-15 مساء", "يوم <bdi>2020-03-15</bdi> مساء"),
        ("نظام Windows 10 الجديد", "نظام <bdi>Windows 10</bdi> الجديد"),
        ("طائرة F-16 وفيروس COVID-19", "طائرة <bdi>F-16</bdi> وفيروس <bdi>COVID-19</bdi>"),
        ("وتحمل ٣٬٦٥٠ طنا", "وتحمل <bdi>٣٬٦٥٠</bdi> طنا"),
        ("لا لاتينية هنا", "لا لاتينية هنا"),
        ("", ""),
    ],
)
def test_a_latin_run_or_a_number_in_an_arabic_line_is_isolated_whole(text: str, html: str) -> None:
    assert isolate(text) == html


def test_a_span_of_numbers_keeps_the_order_its_author_saw() -> None:
    assert isolate("بين 10-15%") == "بين <bdi>10</bdi>-<bdi>15</bdi>%"


def test_a_year_before_a_latin_name_is_read_first() -> None:
    assert isolate("عام 2017 Reuters قالت") == "عام <bdi>2017</bdi> <bdi>Reuters</bdi> قالت"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "No article has “برشا” as typed; these have “رشا”",
            "<bdi>No article has</bdi> “<bdi>برشا</bdi>” <bdi>as typed; these have</bdi> “<bdi>رشا</bdi>”",
        ),
        ("“رسالة SMS <b>”", "“<bdi>رسالة <bdi>SMS</bdi> &lt;<bdi>b</bdi>&gt;</bdi>”"),
        ("“sms” is in “...المزيد”", "“<bdi>sms</bdi>” <bdi>is in</bdi> “<bdi>...المزيد</bdi>”"),
        ("«sms» في سطر («رسالة SMS»)", "«<bdi>sms</bdi>» في سطر («رسالة <bdi>SMS</bdi>»)"),
    ],
)
def test_what_an_english_sentence_quotes_keeps_its_place(text: str, html: str) -> None:
    assert isolate_quotes(text) == html


def test_html_in_text_is_escaped() -> None:
    assert "<script" not in isolate("<script>alert(1)</script> خبر")
    assert isolate("\"&'") == "&quot;&amp;&#x27;"


def test_a_highlighted_word_inside_a_latin_run_does_not_break_the_run() -> None:
    marked = (Segment("سفينة Coral "), Segment("Star", True), Segment(" جنحت"))
    assert isolate_marked(marked) == "سفينة <bdi>Coral <mark>Star</mark></bdi> جنحت"


def test_a_highlighted_phrase_that_holds_a_latin_run_stays_one_mark() -> None:
    assert isolate_marked((Segment("فيروس COVID-19", True),)) == "<mark>فيروس <bdi>COVID-19</bdi></mark>"


def test_two_highlighted_words_side_by_side_stay_two_marks() -> None:
    assert isolate_marked((Segment("قوات", True), Segment("نا", True))) == "<mark>قوات</mark><mark>نا</mark>"


@pytest.mark.parametrize(
    ("words", "html"),
    [
        (("وزير", "الخارجية"), "<mark>وزير الخارجية</mark>"),
        (("Coral", "Gate"), "<bdi><mark>Coral Gate</mark></bdi>"),
        (("منصة", "Coral", "الجديدة"), "<mark>منصة <bdi>Coral</bdi> الجديدة</mark>"),
    ],
)
def test_highlighted_words_that_only_a_space_parts_are_one_mark(words: tuple[str, ...], html: str) -> None:
    first, *others = words
    marked = [Segment(first, True)]
    for word in others:
        marked += [Segment(" "), Segment(word, True)]
    assert isolate_marked(tuple(marked)) == html
    assert isolate_marked((*marked, Segment("، "), Segment("ثم", True))) == f"{html}، <mark>ثم</mark>"


@given(st.one_of(TEXTS, st.text(max_size=12)))
def test_runs_begin_nowhere_but_where_they_are_looked_for(text: str) -> None:
    shown = showable(text)
    assert list(bidi._runs(shown)) == [run.span() for run in bidi._RUN.finditer(shown)]


@given(MARKED)
def test_tags_nest_and_the_text_is_kept_whatever_the_segments(marked: HighlightedText) -> None:
    html = str(isolate_marked(marked))
    open_tags: list[str] = []
    for closing, name in TAG.findall(html):
        if closing:
            assert open_tags.pop() == name
        else:
            assert name not in open_tags
            open_tags.append(name)
    assert open_tags == []
    assert unescape(TAG.sub("", html)) == plain_text(marked)


@given(MARKED)
def test_exactly_the_highlighted_letters_are_inside_marks(marked: HighlightedText) -> None:
    html = re.sub(r"</?bdi>", "", str(isolate_marked(marked)))
    highlighted = "".join(unescape(part) for part in re.findall(r"<mark>(.*?)</mark>", html))
    assert re.sub(r"\s", "", highlighted) == re.sub(
        r"\s", "", "".join(segment.text for segment in marked if segment.highlighted)
    )


def test_a_line_of_another_script_runs_from_the_left() -> None:
    assert direction("A view of a part of western Mosul, May 29, 2017.") == "ltr"


@pytest.mark.parametrize("line", ["2017: عام Coral", "Coral Star سفينة", "15", ""])
def test_a_line_with_arabic_or_without_letters_runs_from_the_right(line: str) -> None:
    assert direction(line) == "rtl"


@given(st.text(st.characters(codec=None)))
def test_what_is_shown_can_be_sent_and_holds_no_control_character(text: str) -> None:
    shown = showable(text).encode()
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", shown)
