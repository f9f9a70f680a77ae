"""HTML that Python writes is as safe as that of templates: text stays text, and what is empty leaves nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.pages.records import SearchRequest, Segment, TimelineBar
from web.addresses.links import Link, Links, web_address
from web.pieces.articles import byline_text, headed, star, untitled, when
from web.pieces.facet_values import value_items
from web.pieces.hits import hit_items
from web.pieces.periods import bars, rows, ticks
from web.views.article_heading import ArticleHeading
from web.views.bylines import Byline
from web.views.linked_snippets import LinkedSnippet
from web.views.results_view import HitView
from web.views.savable_article import SavableArticle
from web.views.timeline import Bar, Tick, Timeline, draw_timeline

EVIL = "<b id='x'>\"&amp;\""
MARKED = (Segment(EVIL), Segment(EVIL, highlighted=True))
BYLINE = Byline((EVIL, EVIL), EVIL, EVIL, EVIL, EVIL, EVIL)
SAVABLE = SavableArticle(*[EVIL] * 8)
HEADING = ArticleHeading(MARKED, from_text=True)
BAR = Bar("0", "0", "1", "1", ("0", "1"), EVIL, EVIL, EVIL, EVIL, EVIL)
HIT = HitView(
    HEADING,
    EVIL,
    EVIL,
    BYLINE,
    (LinkedSnippet(MARKED, EVIL), LinkedSnippet(MARKED, None)),
    Link(EVIL, EVIL),
    SAVABLE,
    EVIL,
    ((EVIL, EVIL),),
)
PIECES = {
    "headed": headed(HEADING),
    "star": star(SAVABLE),
    "when": when(BYLINE),
    "byline": byline_text(BYLINE),
    "values": value_items([Link(EVIL, EVIL, True, EVIL)]),
    "hits": hit_items([HIT], "ar"),
    "bars": bars(Timeline(720, 96, (BAR,), (), False, BAR)),
    "ticks": ticks([Tick(EVIL)]),
    "rows": rows([BAR]),
}


@pytest.mark.parametrize("name", PIECES)
def test_no_letter_of_a_text_becomes_html(name: str) -> None:
    html = PIECES[name]
    assert "id='x'" not in html and "<b " not in html and '"&amp;"' not in html
    assert "&lt;" in html and "&quot;&amp;" in html


def test_what_an_article_has_not_leaves_nothing() -> None:
    nothing = Byline((), None, None, None, "", "")
    assert (byline_text(nothing), when(nothing), untitled(ArticleHeading(MARKED, from_text=False), "ar")) == (
        "",
        "",
        "",
    )
    assert 'class="more"' not in hit_items([HitView(HEADING, "/", "hit-1", nothing, (), None, SAVABLE, "", ())], "ar")


def test_the_words_of_a_link_to_copies_keep_their_order_beside_an_arabic_article() -> None:
    hit = replace(HIT, copies=Link("1 more copy", "/"))
    assert "<bdi><bdi>1</bdi> <bdi>more copy</bdi></bdi></a>" in hit_items([hit], "en")


def test_a_byline_leaves_out_what_a_place_does_not_want() -> None:
    byline = Byline(("عكاظ",), None, "سعاد", "2015-08-06", "6 أغسطس 2015", "قبل يومين")
    assert all(text in byline_text(byline) for text in ("عكاظ", "سعاد", "قبل يومين"))
    shorter = byline_text(byline, hint=False, author=False)
    assert "عكاظ" in shorter and "سعاد" not in shorter and "قبل يومين" not in shorter


def test_a_period_with_articles_is_a_link_and_one_without_is_none() -> None:
    drawn = draw_timeline((TimelineBar("2015", 3, 4), TimelineBar("2016", 0, 4)), SearchRequest("س"), Links())
    assert drawn is not None
    assert [bars(drawn).count(tag) for tag in ("<a ", "<g>")] == [1, 1]
    assert rows(drawn.bars).count("<a ") == 1


@pytest.mark.parametrize("id", ["a1", "a b/ج", "/a", "..", "", "https://x/?a=1&b"])
@pytest.mark.parametrize("request_", [None, SearchRequest("س & ص", page=2)])
def test_addresses_of_many_articles_are_those_of_each(id: str, request_: SearchRequest | None) -> None:
    for links in (Links(), Links("/archive", "en")):
        assert links.to_articles(request_)(id) == links.article(id, request_)


@pytest.mark.parametrize(
    "address",
    [
        "https://alyaum.com/article/1?a=b#c",
        "http://x/",
        "https://x/[",
        "http://aawsat.com/home/article/1/هل-تعود-«الحرب»؟",
        "http://[",
        "http:///x",
        "https://-/",
        "http://x",
    ],
)
def test_an_address_in_the_usual_form_is_read_as_any_other(address: str) -> None:
    spaced = web_address(f" {address} ")  # which the pattern of usual addresses does not take
    assert web_address(address) == spaced
