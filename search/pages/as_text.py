"""Pages of results, explanations of analysis and facts of an index as lines for a terminal.

In: a `SearchPage`, the analyser's `Explanation`s or `IndexFacts`, and the style of the text. Out: lines of text.
Called by `search/commands.py` and `search/article_commands.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from search.article import Article
from search.limits import FACET_VALUES
from search.pages.dates_in_words import date_in_words
from search.pages.display_title import display_title
from search.pages.line_sentences import line_text
from search.pages.plurals import counted, number
from search.pages.printed_page import page_text
from search.pages.records import ArticlePage, HighlightedText, Hit, IndexFacts, Origin, SearchPage, Segment
from search.pages.sentences import action_text, count_text, note_text
from search.pages.text_style import TextStyle

if TYPE_CHECKING:
    from search.analysis.explanation import Explanation

_INDENT = "   "
_LABELS = ("place", "engine", "analyser", "articles", "withdrawn", "dates", "size", "updated", "source", "section")


def page_lines(page: SearchPage, style: TextStyle) -> Iterator[str]:
    """Yield the notes of a page of results, then each hit with its source, date and snippets."""
    language = style.language
    for note in page.notes:
        onward = action_text(note, language) if note.without is None else None
        yield from style.folded(f"({' – '.join(filter(None, (note_text(note, language), onward)))})")
    for read in page.dates:
        yield from style.folded(f"({line_text('date', language, days=date_in_words(read, language))})")
    if page.suggestion:
        yield from style.folded(line_text("suggestion", language, query=style.isolated(page.suggestion)))
    yield from style.folded(" — ".join(_counts(page, style)))
    for rank, hit in enumerate(page.hits, (page.request.page - 1) * page.request.limit + 1):
        yield ""
        yield from _hit_lines(rank, hit, style)
    if style.terminal and page.request.page < page.pages:
        yield ""
        following = line_text("next", language, page=style.isolated(str(page.request.page + 1)))
        yield from style.folded(f"({following})")


def article_lines(page: ArticlePage, style: TextStyle) -> Iterator[str]:
    """Yield an article: its title, its facts and its paragraphs, with the words of a search highlighted."""
    article = page.article
    title = page.title if article.title.strip() else (Segment(display_title(article)),)
    yield from style.folded(style.highlighted(title))
    yield from style.folded(_facts(article, style))
    if article.url:
        yield style.line(style.isolated(article.url))
    for paragraph in _paragraphs(page.body):
        yield ""
        yield from style.folded(style.highlighted(paragraph))
    if page.copies.total > 1:
        yield ""
        yield style.line(f"(+ {counted(page.copies.total - 1, 'copy', style.language)})")


def origin_lines(origins: Iterable[Origin], style: TextStyle) -> Iterator[str]:
    """Yield where an article comes from, a line for each place that gives it."""
    for rank, origin in enumerate(origins):
        if not rank:
            yield ""
        where = f"{origin.source}: {origin.file}" if origin.source else origin.file
        yield style.line(f"{line_text('origin', style.language)}: {style.isolated(f'{where}, {origin.place}')}")


def facts_lines(facts: IndexFacts, style: TextStyle) -> Iterator[str]:
    """Yield what is in an index, a fact on each line."""
    language = style.language
    labels = {key: line_text(key, language) for key in _LABELS}
    widest = max(map(len, labels.values())) + 1

    def fact(key: str, value: object) -> str:
        return style.line(f"{labels[key]:<{widest}} {style.isolated(str(value))}")

    yield fact("place", facts.place)
    yield fact("engine", facts.engine)
    yield fact("analyser", facts.analyser)
    yield fact("articles", number(facts.articles))
    yield fact("withdrawn", line_text("unknown", language) if facts.withdrawn is None else number(facts.withdrawn))
    yield fact("dates", line_text("span", language, first=_day(facts.first), last=_day(facts.last)))
    yield fact("size", f"{facts.size_bytes / 1e6:,.1f} MB")
    yield fact("updated", facts.updated or "–")
    for name, rows in (("source", facts.sources), ("section", facts.sections)):
        for value, count in rows[:FACET_VALUES]:
            yield f"{fact(name, value)}  {number(count)}"
        if len(rows) > FACET_VALUES:
            yield fact(name, line_text("more", language, count=len(rows) - FACET_VALUES))


def analysis_lines(found: Iterable[Explanation], style: TextStyle) -> Iterator[str]:
    """Yield each token with its terms at every level and the rule or lexicon entry that decided them."""
    for token in found:
        yield style.row(
            [token.text, f"  [{token.start}:{token.end}]", "  function word" if token.function else ""], between=""
        )
        particles = f"  (without {' + '.join(token.particles)})" if token.particles else ""
        why = ", ".join(filter(None, (token.source, *token.lemmas)))
        rows = [
            ("exact", token.exact, ""),
            ("word", token.word, particles),
            ("stem", " ".join(token.stems), f"  ({why})"),
        ]
        if token.reason:
            rows.append(("why", token.reason, ""))
        for also in token.readings:
            rows.append(("also", also.key, f"  ({also.description}; {also.source}, {also.weight:.0%}: queries)"))
        for other in token.alternatives:
            rows.append(("or", other.key, f"  ({other.description})"))
        for label, value, more in rows:
            yield style.row([f"  {label:<5}  ", value, more], between="")


def _counts(page: SearchPage, style: TextStyle) -> Iterator[str]:
    yield count_text(page, style.language)
    if page.pages > 1:
        yield line_text("page", style.language, page=page.request.page, pages=page.pages)
    yield style.isolated(f"{page.took_ms:.1f} ms")


def _hit_lines(rank: int, hit: Hit, style: TextStyle) -> Iterator[str]:
    article = hit.article
    title = hit.title if article.title.strip() else (Segment(display_title(article)),)
    yield from style.folded(f"{rank}. {style.highlighted(title)}", indent="", further=_INDENT)
    yield from style.folded(_facts(article, style), indent=_INDENT)
    for snippet in hit.snippets:
        yield from style.folded(style.highlighted(snippet), indent=_INDENT)
    if hit.copies:
        yield style.line(f"{_INDENT}(+ {counted(hit.copies, 'copy', style.language)})")
    for reason in hit.reasons:
        found = style.isolated(f"{reason.level} / {reason.field}")
        yield style.line(f"{_INDENT}{style.isolated(reason.word)}: {found}")


def _facts(article: Article, style: TextStyle) -> str:
    page = page_text(article.page or "", style.language)
    facts = [" + ".join(article.source), article.section, article.author, article.published, page, article.id]
    return " · ".join(style.isolated(fact) for fact in facts if fact)


def _paragraphs(text: HighlightedText) -> Iterator[HighlightedText]:
    """Yield what stands between line breaks, without what is blank."""
    paragraph: list[Segment] = []
    for segment in text:
        first, *others = segment.text.split("\n")
        paragraph.append(Segment(first, segment.highlighted))
        for other in others:
            if any(each.text.strip() for each in paragraph):
                yield tuple(paragraph)
            paragraph = [Segment(other, segment.highlighted)]
    if any(each.text.strip() for each in paragraph):
        yield tuple(paragraph)


def _day(day: date | None) -> str:
    return "–" if day is None else str(day)
