"""Pages of results, explanations of analysis and facts of an index as lines for a terminal.

In: a `SearchPage`, the analyser's `Explanation`s or `IndexFacts`. Out: lines of text. Called by `search/commands.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import click

from search.analysis.explanation import Explanation
from search.limits import FACET_VALUES
from search.pages.dates_in_words import date_in_words
from search.pages.display_title import display_title
from search.pages.plurals import counted, number
from search.pages.records import HighlightedText, IndexFacts, SearchPage
from search.pages.sentences import action_text, count_text, note_text

_WORDS: Final = {
    "ar": {
        "suggestion": "هل تقصد: {query}",
        "date": "تاريخ النشر: {days}",
        "page": "الصفحة {page} من {pages}",
    },
    "en": {
        "suggestion": "Did you mean: {query}",
        "date": "Published: {days}",
        "page": "page {page} of {pages}",
    },
}


def page_lines(page: SearchPage, *, color: bool, language: str = "ar") -> Iterator[str]:
    """Yield the notes of a page of results, then each hit with its source, date and snippets.

    color: whether highlighted words are bold and yellow, or else between asterisks. language: "ar" or "en", in which
    notes and counts are written.
    """
    words = _WORDS[language]
    for note in page.notes:
        onward = action_text(note, language) if note.without is None else None
        yield f"({' – '.join(filter(None, (note_text(note, language), onward)))})"
    for read in page.dates:
        yield f"({words['date'].format(days=date_in_words(read, language))})"
    if page.suggestion:
        yield words["suggestion"].format(query=page.suggestion)
    page_number = words["page"].format(page=number(page.request.page), pages=number(page.pages))
    yield f"{count_text(page, language)} — {page_number} — {page.took_ms:.1f} ms"
    for rank, hit in enumerate(page.hits, (page.request.page - 1) * page.request.limit + 1):
        article = hit.article
        yield ""
        yield f"{rank}. {_highlighted(hit.title, color) if article.title.strip() else display_title(article)}"
        facts = [" + ".join(article.source), article.section, article.author, article.published, article.id]
        yield "   " + " · ".join(fact for fact in facts if fact)
        for snippet in hit.snippets:
            yield "   " + _highlighted(snippet, color)
        if hit.copies:
            yield f"   (+ {counted(hit.copies, 'copy', language)})"
        for reason in hit.reasons:
            yield f"   {reason.word}: {reason.level} / {reason.field}"


def facts_lines(facts: IndexFacts) -> Iterator[str]:
    """Yield what is in an index, a fact on each line."""
    yield f"index      {facts.place}"
    yield f"engine     {facts.engine}"
    yield f"analyser   {facts.analyser}"
    yield f"articles   {facts.articles:,}"
    yield f"withdrawn  {'unknown' if facts.withdrawn is None else format(facts.withdrawn, ',')}"
    yield f"dates      {facts.first or '–'} to {facts.last or '–'}"
    yield f"size       {facts.size_bytes / 1e6:,.1f} MB"
    yield f"updated    {facts.updated or '–'}"
    for name, rows in (("source", facts.sources), ("section", facts.sections)):
        for value, count in rows[:FACET_VALUES]:
            yield f"{name:<10} {value}  {count:,}"
        if len(rows) > FACET_VALUES:
            yield f"{name:<10} and {len(rows) - FACET_VALUES:,} more"


def analysis_lines(found: Iterable[Explanation]) -> Iterator[str]:
    """Yield each token with its terms at every level and the rule or lexicon entry that decided them."""
    for token in found:
        yield f"{token.text}  [{token.start}:{token.end}]" + ("  function word" if token.function else "")
        yield f"  exact  {token.exact}"
        yield f"  word   {token.word}" + (f"  (without {' + '.join(token.particles)})" if token.particles else "")
        yield f"  stem   {' '.join(token.stems)}  ({', '.join(filter(None, (token.source, *token.lemmas)))})"
        if token.reason:
            yield f"  why    {token.reason}"
        for also in token.readings:
            yield f"  also   {also.key}  ({also.description}; {also.source}, {also.weight:.0%}: queries)"
        for other in token.alternatives:
            yield f"  or     {other.key}  ({other.description})"


def _highlighted(text: HighlightedText, color: bool) -> str:
    def highlighted(word: str) -> str:
        return click.style(word, bold=True, fg="yellow") if color else f"*{word}*"

    return "".join(highlighted(s.text) if s.highlighted else s.text for s in text)
