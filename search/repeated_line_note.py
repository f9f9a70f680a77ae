"""Notes on a query's only word that stands in a line which publishers repeat, and there alone in further articles.

Such a line is no part of its articles (`search/index/repeated_lines.py`), so a word does not find them by it. In: the
answerer of a request and the parsed query. Out: a note that names the line, says how many articles have the word only
in lines such as it, within the filters of the request, and offers the query that finds these articles too: the exact
forms that the lines have of the word. Called by `search/results_page.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from search import unanswered
from search.answering import Answerer
from search.article import decode_article
from search.engines.base import Found
from search.engines.budgeted_engine import BudgetedEngine, TimeIsUp
from search.index.repeated_words import LineWithWord
from search.pages.records import Note
from search.query.clauses import Clause, Combine, Term, all_of, any_of
from search.query.exact_forms import in_exact_forms
from search.query.lone_words import only_word
from search.query.parser import parse
from search.query.tree import Parsed, Tree, Word
from search.results.facets import filter_clauses


def repeated_line_note(answerer: Answerer, parsed: Parsed) -> tuple[Note, ...]:
    """Return the note on the query's only word; () if no repeated line has it, if no article has it there alone, if
    there is no time to count them, or if a part of the index does not answer.
    """
    word = only_word(parsed.tree)
    lines = _lines_with(answerer, word) if word else ()
    if not word or not lines:
        return ()
    forms = [line.form for line in lines]
    query = in_exact_forms(answerer.request.query, parsed.tree, word, forms=forms, today=answerer.today)
    if query is None:
        return ()
    try:
        found = _only_there(answerer, parsed.tree, query, lines)
    except TimeIsUp:
        return ()
    if not found.total or unanswered.parts():
        return ()
    values = (("piece", word.text), ("line", _line_of(answerer, found, lines)), ("count", found.total))
    return (Note("repeated-line", values, query),)


def _lines_with(answerer: Answerer, word: Word) -> tuple[LineWithWord, ...]:
    tokens = answerer.index.ranking.words.of_text(word.text)
    return answerer.index.repeated_words.lines_with(tokens[0]) if len(tokens) == 1 else ()


def _only_there(answerer: Answerer, tree: Tree, query: str, lines: Sequence[LineWithWord]) -> Found:
    """Return how many articles the query of exact forms finds by these lines alone, and one of them. Raises TimeIsUp.

    They have all words of a line, so that خدمه (he served him) does not count for خدمة (a service), which is folded
    alike.
    """
    within = any_of(*(all_of(*(Term("body_word", word) for word in line.words)) for line in lines))
    exact = _match(answerer, parse(query, today=answerer.today).tree)
    must = (exact, within, *filter_clauses(answerer.request.filters))
    engine = BudgetedEngine(answerer.index.engine, answerer.budget)
    return engine.search(Combine(must=must, must_not=(_match(answerer, tree),)), limit=1)


def _match(answerer: Answerer, tree: Tree) -> Clause:
    expanded = answerer.index.expander.expanded(tree, synonyms=answerer.request.names)
    return answerer.plan(expanded.tree).match


def _line_of(answerer: Answerer, found: Found, lines: Sequence[LineWithWord]) -> str:
    """Return the shortest line that the article found has; the first line if it has none letter by letter."""
    if len(lines) == 1:
        return lines[0].text
    (kept,) = answerer.index.engine.load([found.matches[0].ref])
    body = decode_article(kept.raw).body
    return min((line.text for line in lines if line.text in body), key=len, default=lines[0].text)
