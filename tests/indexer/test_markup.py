"""HTML in an article's text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.cleaning.markup import without_markup
from tests.examples import examples


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("قال <b>الوزير</b> أمس", "قال الوزير أمس"),
        ("<p>أول</p><p>ثان</p>", "\nأول\n\nثان\n"),
        ("أول<br/>ثان<br />ثالث", "أول\nثان\nثالث"),
        ('<a href="http://a/?b=1&c=2" title="س">رابط</a>', "رابط"),
        ("قبل<script>var x = '<p>';</script>بعد", "قبلبعد"),
        ("قبل<STYLE type='a'>p {}</STYLE >بعد", "قبلبعد"),
        ("قبل<!-- تعليق <p> -->بعد", "قبلبعد"),
        ("<![CDATA[نص]]>", "نص"),
        ("&quot;نص&quot; &amp; &#1593;&#x628;", '"نص" & عب'),
        ("&lt;b&gt;", "<b>"),
    ],
)
def test_what_a_page_would_show(written: str, seen: str) -> None:
    assert without_markup(written) == seen


@pytest.mark.parametrize(
    "text",
    ["س < ص و ص > ع", "<وزير>", "a < b", "AT&T", "&copy 2015", "سهم --> يمين", "<خبر عاجل>", "5<6", "<3", "<foo>"],
)
def test_what_is_no_markup_stays(text: str) -> None:
    assert without_markup(text) == text


def test_markup_without_an_end_removes_no_text() -> None:
    assert without_markup("أول <script> ثان") == "أول  ثان"
    assert without_markup("أول <!-- ثان") == "أول  ثان"


@examples(100)
@given(st.text(st.sampled_from("<>/!-&#;pbscriptx ا\n"), max_size=80))
def test_no_tag_that_html_knows_is_left(text: str) -> None:
    seen = without_markup(text)
    assert len(seen) <= len(text)
    if "<" not in text:
        assert seen.count("ا") == text.count("ا")
