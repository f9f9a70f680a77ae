"""Completes the query that a reader is typing: with words as headlines write them, and with whole headlines.

In: an open index and the text in the search box. Out: whole queries, the likeliest first; the median takes a few
milliseconds. Behind other words come those that really follow them (`following_words.py`), and so behind the last
word where it may be complete; where none is known, and for a first word, the commonest words of headlines, or of bodies
in an archive without headlines, each as articles write it. After مصدر:, قسم: and كاتب: names of the field are completed
instead (`field_values.py`). Called by the service.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import chain, islice

from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.fold import fold, strip_marks
from search.analysis.function_words import FUNCTION_WORDS
from search.engines.base import Engine
from search.naming.names import Names
from search.query.clauses import Clause, all_of, any_of
from search.query.compose import quoted
from search.query.field_clauses import LevelField, anywhere, exact_phrase, level_fields
from search.query.operators import DATE_FIELDS, MOST_CHARACTERS, clean
from search.query.tree import NAME_FIELDS, TEXT_FIELDS
from search.query.unfinished_text import UnfinishedText, unfinished_texts
from search.results.careful_form import careful_form, pieces_with
from search.results.field_values import FieldValues
from search.results.first_articles import first_articles
from search.results.following_words import FollowingWords
from search.unanswered import whole
from search.whole_answers import remembered

_MOST_TERMS = 300_000  # the commonest terms that completion knows
_WIDE = 200  # completions of the last word, the commonest, that are tried together with the words already typed
_TRIED = 8  # completions, the commonest, that are looked for in the articles with the words already typed
_TITLES = 24  # headlines read for some that begin as typed
_BEGUN = 8  # completions, the commonest, of which such a headline has one
_BEHIND = 4  # words behind the last one that are offered where it may be complete
_FORMS = 12  # headlines or bodies read for the written form of a completion
_BODY = 2_000  # characters of a body that are read
_LONGEST = 200  # characters of the words before, and of a headline that is offered whole
_AFTER = "\U0010ffff"


class Completer:
    """Completes for one open index. Safe to share between threads."""

    def __init__(self, engine: Engine, analyzer: Analyzer, names: Names) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._level_fields = tuple(level_field for level_field in level_fields("title") if level_field.exact)
        rows = sorted(_listed(engine, self._level_fields).items())
        self._name = "title" if rows else "body"
        if not rows:  # a word of a body counts the articles too where it has particles; its forms are read in the text
            self._level_fields = level_fields("body")
            rows = sorted(_listed(engine, self._level_fields).items())
        self._terms = [term for term, _ in rows]
        self._counts = [count for _, count in rows]
        self._values = FieldValues(engine, analyzer, names)
        self._following = FollowingWords(engine, analyzer)
        self._best = remembered(self._commonest, most=4096)
        self._form = remembered(self._read_form, most=4096)

    def complete(self, typed: str, *, limit: int) -> tuple[str, ...]:
        """Return at most `limit` queries that continue what is typed."""
        typed = clean(typed[: MOST_CHARACTERS + 1]).lstrip()
        if len(typed) > MOST_CHARACTERS:
            return ()
        for unfinished in unfinished_texts(typed):
            named = unfinished.field in NAME_FIELDS
            words = () if unfinished.field in DATE_FIELDS else self._words(unfinished, limit)
            found = self._names(unfinished) if named else words
            if queries := tuple(dict.fromkeys(query for query in found if query != typed))[:limit]:
                return queries
        return ()

    def _names(self, unfinished: UnfinishedText) -> Iterable[str]:
        """Return the query with each name of the field instead of the unfinished text, quoted if it needs quotes."""
        values = self._values.beginning(unfinished.field or "", unfinished.text)
        return (unfinished.head + name for value in values if (name := quoted(value)))

    def _words(self, unfinished: UnfinishedText, limit: int) -> Iterable[str]:
        """Return the query with each completion of its last word, then the headlines that begin like the query."""
        readings = self._analyzer.unfinished_readings(unfinished.text)
        typed = readings[0]
        if not typed or typed[-1].end < len(unfinished.text):
            return ()
        before = self._analyzer.query_tokens(unfinished.before[-_LONGEST:])
        room = limit if len(typed) > 1 or before or not unfinished.single else max(1, limit - 2)
        found = [self._going_on(unfinished, before, tokens, room) for tokens in readings]
        if sum(map(bool, found)) > 1:  # أما goes on as أمام, and as a name that begins with أم
            counts = self._together(before, chain.from_iterable(found))
            completed = sorted(chain.from_iterable(found), key=lambda text: -counts[text])[:room]
        else:
            completed = [text for texts in found for text in texts]
        completed = [f"{unfinished.text} {word}" for word in self._behind([*before, *typed])] + completed
        if unfinished.in_phrase:
            completed = [text for text in completed if self._is_phrase(before, text)]
        completed = [unfinished.head + text for text in completed]
        if not unfinished.single or len(completed) >= limit:
            return completed
        for *within, last in readings:
            if terms := self._best(last.exact):
                completed += self._whole(unfinished.head + unfinished.text, [*before, *within], terms)
        return completed

    def _going_on(
        self, unfinished: UnfinishedText, before: Sequence[AnalyzedToken], tokens: Sequence[AnalyzedToken], room: int
    ) -> list[str]:
        """Return the unfinished text with each completion of its last token; of a name that is begun in one word only
        what makes it such a name."""
        *within, last = tokens
        before = [*before, *within]
        terms = self._best(last.exact)
        words = self._following(before, last.exact, terms, limit=room)
        is_cut = bool(within) and within[-1].end == last.start
        if not words and not is_cut:
            words = tuple(islice(self._written(self._in_one_article(before, terms)), room))
        going_on = [word for word in words if fold(strip_marks(word)).startswith(last.exact)]  # not % for بالمئة
        if is_cut:
            joined = unfinished.text[within[-1].start : last.start]
            going_on = [word for word in going_on if self._analyzer.tokens(joined + word)[0].exact == within[-1].exact]
        return [unfinished.text[: last.start] + word for word in _as_typed(going_on, last.text)]

    def _behind(self, tokens: Sequence[AnalyzedToken]) -> Sequence[str]:
        """Return words behind the last token where it may be complete: no word that it begins is commoner."""
        if self._best(tokens[-1].exact)[:1] != (tokens[-1].exact,):
            return ()
        return self._following(tokens, "", self._best(""), limit=_BEHIND)

    def _is_phrase(self, before: Sequence[AnalyzedToken], text: str) -> bool:
        """Return whether articles have a completed text right behind all the words before it."""
        row = tuple(token.exact for token in (*before, *self._analyzer.tokens(text)))
        phrases = (exact_phrase(name, row, self._engine.frequencies) for name in TEXT_FIELDS)
        return self._engine.search(any_of(*phrases), limit=1).total > 0

    def _together(self, before: Sequence[AnalyzedToken], texts: Iterable[str]) -> dict[str, int]:
        """Return for each completed text how many articles have it, behind the last word before it, in what completion
        reads."""
        first, known = tuple(token.exact for token in before[-1:]), self._engine.frequencies
        rows = {text: (*first, *(token.exact for token in self._analyzer.tokens(text))) for text in texts}
        phrases = {text: exact_phrase(self._name, row, known) for text, row in rows.items()}
        return {text: self._engine.search(phrase, limit=0).total for text, phrase in phrases.items()}

    def _in_one_article(self, before: Sequence[AnalyzedToken], terms: Sequence[str]) -> list[str]:
        """Return the terms that some article has with all the words before; where none has these, any that is not one
        of them."""
        typed = tuple(dict.fromkeys(token.exact for token in before))
        others = [term for term in terms if term not in typed]
        if not typed or not self._following.has_all(typed):
            return others
        return [term for term in others[:_TRIED] if self._following.has_all((*typed, term))]

    def _whole(self, typed: str, before: Sequence[AnalyzedToken], terms: Sequence[str]) -> list[str]:
        """Return headlines that begin with what is typed, of those that have its words and a completion of the last."""
        fields = [each.any_of(terms[:_BEGUN]) for each in self._level_fields]
        words = (anywhere(self._name, [token.exact for token in before], exact=True),) if before else ()
        texts = self._read(all_of(*words, any_of(*fields)), _TITLES)
        return [title for title in texts if len(title) < _LONGEST and title.startswith(typed) and "\n" not in title]

    def _commonest(self, prefix: str) -> tuple[str, ...]:
        first, last = bisect_left(self._terms, prefix), bisect_left(self._terms, prefix + _AFTER)
        rows = nlargest(
            _WIDE, zip(self._counts[first:last], range(first, last), strict=True), key=lambda row: (row[0], -row[1])
        )
        terms = [self._terms[number] for _, number in rows]
        return tuple(sorted(terms, key=FUNCTION_WORDS.__contains__))  # nobody types ال to search for إلى

    def _written(self, terms: Iterable[str]) -> Iterator[str]:
        """Yield each term as articles write it; those that cannot be found in what is read of them are left out."""
        return (form for term in terms if (form := self._form(term)))

    def _read_form(self, term: str) -> str | None:
        texts = self._read(any_of(*(each.term(term) for each in self._level_fields)), _FORMS)
        tokens = (
            token for text in texts for piece in pieces_with(text, term) for token in self._analyzer.tokens(piece)
        )
        uses = Counter(token.text for token in tokens if token.exact == term)
        return careful_form(uses) if uses else None

    def _read(self, clause: Clause, limit: int) -> list[str]:
        articles = first_articles(self._engine, clause, limit)
        return [article.title if self._name == "title" else article.body[:_BODY] for article in articles]


def _as_typed(words: Iterable[str], typed: str) -> list[str]:
    """Return the words, first those that begin with the very letters typed where these include a hamza or a ة."""
    return list(words) if fold(typed) == typed else sorted(words, key=lambda word: not word.startswith(typed))


@whole()
def _listed(engine: Engine, level_fields: Iterable[LevelField]) -> Counter[str]:
    """Return the commonest terms, each with its document frequency."""
    counts: Counter[str] = Counter()
    for level_field in level_fields:
        for term, count in engine.terms(level_field.field, level_field.prefix, limit=_MOST_TERMS):
            counts.update(dict.fromkeys(level_field.texts([term]), count))
    return counts
