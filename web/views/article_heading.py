"""The heading of an article: its title, or the beginning of its text where it has none.

In: an article with its highlighted title and snippets. Out: an `ArticleHeading`, and the snippets without the words
that the heading already shows. Pure; called by the view models of results, articles and copies.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from msgspec import structs

from search.article import Article
from search.pages.display_title import display_title, is_untitled
from search.pages.records import HighlightedText, Segment, plain_text
from web.text.bidi import cut
from web.text.shortening import shortened_marked

Snippets = tuple[HighlightedText, ...]

_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class ArticleHeading:
    """text: what is shown; from_text: whether that is the beginning of the article's text, for want of a title."""

    text: HighlightedText
    from_text: bool

    @property
    def plain(self) -> str:
        return plain_text(self.text)


def article_heading(article: Article, title: HighlightedText = ()) -> ArticleHeading:
    """The article's heading; `title` is its own title, highlighted."""
    if is_untitled(article):
        return ArticleHeading((Segment(display_title(article)),), from_text=True)
    return ArticleHeading(title or (Segment(article.title.strip()),), from_text=False)


def heading_and_snippets(
    article: Article, title: HighlightedText, snippets: Snippets
) -> tuple[ArticleHeading, Snippets]:
    """The heading of a hit and the snippets below it.

    Where the first snippet contains a heading that is taken from the text, the heading takes over its highlights, and
    the snippet begins behind it.
    """
    head = article_heading(article, title)
    shown = tuple(snippet for snippet in snippets if plain_text(snippet).strip())
    if not head.from_text or not shown:
        return head, shown
    words = head.plain.removesuffix(_ELLIPSIS)
    at = plain_text(shown[0]).find(words)
    if at < 0:
        return head, shown
    highlighted = cut(shown[0], at, at + len(words))
    ending = (Segment(_ELLIPSIS),) if head.plain.endswith(_ELLIPSIS) else ()
    return ArticleHeading((*highlighted, *ending), from_text=True), (*_rest(shown[0], at + len(words)), *shown[1:])


def shortened_heading(heading: ArticleHeading) -> ArticleHeading:
    """The heading as lists show it: of a very long one the beginning."""
    text = shortened_marked(heading.text)
    return heading if text is heading.text else replace(heading, text=text)


def _rest(snippet: HighlightedText, end: int) -> Snippets:
    """The rest of the snippet behind the words of the heading; () where no letter or digit is left."""
    after = cut(snippet, end)
    if not any(letter.isalnum() for letter in plain_text(after)):
        return ()
    return ((Segment(f"{_ELLIPSIS} "), *_stripped(after)),)


def _stripped(marked: HighlightedText) -> HighlightedText:
    first, *others = marked
    text = first.text.lstrip(" .،؛:-")
    return (structs.replace(first, text=text), *others) if text else tuple(others)
