"""What an article is called on a page."""

from __future__ import annotations

from search.article import Article
from search.pages.records import Segment, plain_text
from web.views.article_heading import article_heading, heading_and_snippets

BODY = "دبي: «الخليج» افتتح وزير الصحة مستشفى جديدا في المدينة بحضور عدد كبير من المسؤولين والأطباء والأهالي. وأضاف."
UNTITLED = Article("1", "", BODY)


def test_a_title_is_shown_highlighted_and_leaves_the_snippets_alone() -> None:
    title = (Segment("عنوان "), Segment("الخبر", True))
    snippets = ((Segment("نص"),), (Segment(" "),))
    head, shown = heading_and_snippets(Article("1", "عنوان الخبر", "نص"), title, snippets)
    assert (head.text, head.from_text, shown) == (title, False, snippets[:1])


def test_a_made_heading_takes_its_highlighted_words_out_of_the_snippet_that_goes_on_behind_it() -> None:
    before, after = BODY.split("الصحة")
    head, (snippet,) = heading_and_snippets(UNTITLED, (), ((Segment(before), Segment("الصحة", True), Segment(after)),))
    assert head.from_text
    assert plain_text(head.text) == article_heading(UNTITLED).plain
    assert plain_text(head.text).startswith("افتتح وزير الصحة") and plain_text(head.text).endswith("…")
    assert [segment.text for segment in head.text if segment.highlighted] == ["الصحة"]
    assert plain_text(snippet) == "… والأهالي. وأضاف."


def test_a_snippet_that_repeats_the_heading_is_left_out() -> None:
    short = Article("1", "", "افتتح وزير الصحة مستشفى جديدا.")
    head, shown = heading_and_snippets(short, (), ((Segment("افتتح وزير الصحة مستشفى جديدا."),),))
    assert (head.plain, shown) == ("افتتح وزير الصحة مستشفى جديدا", ())


def test_a_snippet_from_elsewhere_stays_whole() -> None:
    snippet = (Segment("… وأضاف "), Segment("الوزير", True))
    head, shown = heading_and_snippets(UNTITLED, (), (snippet,))
    assert (head.plain, shown) == (article_heading(UNTITLED).plain, (snippet,))
