"""What an article is called on a page: its title, or the beginning of its text with the words that are highlighted
there.

In comes an article with its highlighted title and snippets; out goes a `Heading`. Pure; `web/views/results_view.py` and
`web/views/article_view.py` call it. Where the heading is taken from the text, the snippet that says the same goes on
behind it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.article import Article
from search.pages.display_title import display_title, is_untitled
from search.pages.records import HighlightedText, Segment
from web.text.bidi import cut, plain
from web.text.shortening import shortened_marked

Snippets = tuple[HighlightedText, ...]

_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Heading:
    """text: as it is shown; made: whether it is not the article's own title but the beginning of its text."""

    text: HighlightedText
    made: bool

    @property
    def plain(self) -> str:
        return plain(self.text)


def heading(article: Article, title: HighlightedText = ()) -> Heading:
    """The article's heading; `title` is its own title, highlighted."""
    if is_untitled(article):
        return Heading((Segment(display_title(article)),), made=True)
    return Heading(title or (Segment(article.title.strip()),), made=False)


def head_and_snippets(article: Article, title: HighlightedText, snippets: Snippets) -> tuple[Heading, Snippets]:
    """The heading of a hit and the snippets below it; a made heading takes its words out of the first snippet."""
    head = heading(article, title)
    shown = tuple(snippet for snippet in snippets if plain(snippet).strip())
    if not head.made or not shown:
        return head, shown
    words = head.plain.removesuffix(_ELLIPSIS)
    at = plain(shown[0]).find(words)
    if at < 0:
        return head, shown
    highlighted = cut(shown[0], at, at + len(words))
    ending = (Segment(_ELLIPSIS),) if head.plain.endswith(_ELLIPSIS) else ()
    return Heading((*highlighted, *ending), made=True), (*_rest(shown[0], at + len(words)), *shown[1:])


def in_a_list(heading: Heading) -> Heading:
    """The heading as lists show it: the beginning of a very long one."""
    return replace(heading, text=shortened_marked(heading.text))


def _rest(snippet: HighlightedText, end: int) -> Snippets:
    """What the snippet says after the heading's words; nothing where that is only a sign or a word in front."""
    after = cut(snippet, end)
    if not any(letter.isalnum() for letter in plain(after)):
        return ()
    return ((Segment(f"{_ELLIPSIS} "), *_stripped(after)),)


def _stripped(marked: HighlightedText) -> HighlightedText:
    first, *others = marked
    text = first.text.lstrip(" .،؛:-")
    return (replace(first, text=text), *others) if text else tuple(others)
