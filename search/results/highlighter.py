"""Highlights the words of an article that match a query, and chooses the passages that a page shows as snippets.

In: the raw title or body of an article and the query's `Highlights`. Out: `HighlightedText`, which pages show. Made by
`search/hits.py` and `search/service.py` for one request, which analyses each chunk between white space once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields

from msgspec.structs import replace

from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.context import AFTER, BEFORE, DECIDED_BY_NEIGHBOURS, IN_DOUBT, outcomes
from search.analysis.memo import Memo
from search.analysis.vocalisation import vocalisation_agrees
from search.analysis.weak_methods import weakly
from search.analysis.written_words import whole_spans
from search.article import Article
from search.engines.edit_distance import indices_within_distance
from search.pages.records import HighlightedText, Reason
from search.query.highlights import Highlights
from search.query.plan import Plan
from search.results.chunk_offsets import BLOCK_LENGTH, Chunks, blocks
from search.results.form_filter import FormFilter
from search.results.match_levels import NAME, match_level
from search.results.passages import (
    PASSAGE_WORDS,
    Span,
    choose,
    passage,
    positions,
    put_together,
    segments_of,
    without_overlaps,
)
from search.results.phrase_places import PhrasePlaces, neighbour

PASSAGES = 2  # passages of a body in a hit
_MOST_REASONS = 20  # reasons that a hit is explained with
_REMEMBERED = 2**16  # chunks whose highlights are remembered for a request
_MOST_READ = 5_000_000  # characters that one request reads beyond the first block of each article


class Highlighter:
    """Highlights the texts of one page for one query. Not safe to share between threads."""

    def __init__(self, analyzer: Analyzer, highlights: Highlights) -> None:
        self._analyzer = analyzer
        self._highlights = highlights
        self._chunks = Memo(weakly(self._chunk), limit=_REMEMBERED)
        self._words = highlights.words | highlights.forms
        self._forms = FormFilter(highlights.forms) if highlights.forms else None
        by_letters = self._words.isdisjoint(DECIDED_BY_NEIGHBOURS)  # which the letters of a stem do not tell
        having = analyzer.chunks_by_stem.having
        self._having = having(highlights.stems, by_letters=by_letters) if highlights.stems else None
        self._read: dict[str, tuple[Chunks, list[int]]] = {}  # what was read together: text → chunks, those with a stem
        self._left = _MOST_READ
        has_phrases = highlights.phrases or highlights.exact_phrases
        self._places = PhrasePlaces(analyzer, highlights.phrases, highlights.exact_phrases) if has_phrases else None
        self._doubtful: set[str] = set()  # chunks whose words the neighbours decide
        self._compared: dict[str, bool] = {}  # terms → whether they are similar to a word of the query
        self._vocalised: defaultdict[str, list[str]] = defaultdict(list)
        for exact, typed in highlights.vocalised:
            self._vocalised[exact].append(typed)
        self._exacts = highlights.exact | {exact for exact, _ in highlights.particles} | self._vocalised.keys()

    def read_together(self, texts: Iterable[str]) -> None:
        """Find in several texts what `highlight` and `snippets` will look for in each: that costs less at once."""
        if self._having:
            read = [Chunks(text) for text in dict.fromkeys(texts) if len(text) <= BLOCK_LENGTH]
            numbers = self._having.in_each(read)
            self._read = {chunks.text: (chunks, found) for chunks, found in zip(read, numbers, strict=True)}

    def highlight(self, text: str) -> HighlightedText:
        """Return the whole text as segments, those that match the query highlighted."""
        return segments_of(text, self.spans(text), 0, len(text))

    def highlight_portion(self, text: str, start: int, end: int) -> HighlightedText:
        """Return the text from start to end as segments, whose offsets are those in the whole text."""
        segments = self.highlight(text[start:end])
        return tuple(replace(s, offset=s.offset + start) if s.offset is not None else s for s in segments)

    def spans(self, text: str) -> list[Span]:
        """Return the highlighted spans of the text in order; no two of them overlap."""
        return self._read_text(text)[1]

    def _read_text(self, text: str) -> tuple[Chunks, list[Span]]:
        """Return the chunks of a text and its highlighted spans."""
        chunks, having = self._read.get(text) or (Chunks(text), None)
        if having is None:
            having = self._having.numbers(chunks) if self._having else []
        return chunks, self._spans(chunks, having)

    def _spans(self, chunks: Chunks, having: list[int]) -> list[Span]:
        """Return the highlighted spans; `having` are the numbers of the chunks with a stem of the query."""
        single: list[Span] = []
        for number in self._candidates(chunks, having):
            begin, chunk = chunks.start(number), chunks.chunk(number)
            highlighted = self._chunks[chunk]
            if chunk in self._doubtful:
                single += self._beside_neighbours(chunks, number)
                continue
            for start, end, key in highlighted:
                single.append(Span(begin + start, begin + end, number, key))
        phrases = self._phrases(chunks, self._places) if self._places else []
        if not phrases:
            return single
        covered = [span for span in single if not any(p.start <= span.start < p.end for p in phrases)]
        return sorted(phrases + covered, key=lambda span: span.start)

    def snippets(self, text: str, *, passages: int = PASSAGES) -> tuple[HighlightedText, ...]:
        """Return the best passages in the order of the text; if nothing in it is highlighted, its beginning.

        All passages are taken from one block of the text (`blocks` of `chunk_offsets.py`).
        """
        start, chunks, spans = self._best_block(text)
        if not chunks:
            return ()
        chosen = choose(chunks, spans, passages) or [(0, min(len(chunks), PASSAGE_WORDS))]
        return tuple(passage(chunks, spans, span, start=start, whole=len(text)) for span in sorted(chosen))

    def _best_block(self, text: str) -> tuple[int, Chunks, list[Span]]:
        """Return the first block in which the most different words are highlighted: its offset, chunks and spans."""
        if len(text) <= BLOCK_LENGTH:
            return 0, *self._read_text(text)
        found: tuple[int, Chunks, list[Span]] = 0, Chunks(""), []
        most = -1
        most_keys = sum(len(getattr(self._highlights, each.name)) for each in fields(self._highlights))
        for start, end in self._blocks_to_read(text):
            chunks, spans = self._read_text(text[start:end])
            different = len({span.key for span in spans})
            if different > most:
                found, most = (start, chunks, spans), different
            if different >= most_keys:
                break
        return found

    def _blocks_to_read(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the offsets of the first block of the text, and of further ones while the request may read more."""
        for start, end in blocks(text):
            if start:
                if self._left <= 0:
                    return
                self._left -= end - start
            yield start, end

    def reasons(self, article: Article, plan: Plan) -> tuple[Reason, ...]:
        """Return why the article matched: each highlighted word, the most exact level at which it matches a word of the
        query, and its field."""
        found: dict[tuple[str, str], Reason] = {}
        for field, text in (("title", article.title), ("body", article.body)):
            for highlighted in self._highlighted(text):
                for token in self._analyzer.tokens(highlighted):
                    level = match_level(token, plan.words)
                    if (token.text, field) not in found and (level != NAME or self._key(token)):  # no more of its word
                        found[token.text, field] = Reason(token.text, level, field)
                if len(found) >= _MOST_REASONS:
                    return tuple(found.values())[:_MOST_REASONS]
        return tuple(found.values())

    def _highlighted(self, text: str) -> Iterator[str]:
        """Yield the highlighted parts of the blocks that are read."""
        for start, end in self._blocks_to_read(text):
            yield from (text[start + span.start : start + span.end] for span in self.spans(text[start:end]))

    def _chunk(self, chunk: str) -> tuple[tuple[int, int, str], ...]:
        """Return the highlighted parts of a chunk, عبدالله as one: start and end offset in the chunk, and key."""
        if token := self._analyzer.lone_token(chunk):
            key = self._key(token)
            return ((token.start, token.end, key),) if key else ()
        ((_, word, _),) = self._analyzer.levels([chunk])
        if IN_DOUBT in word and self._may_match(word):
            self._doubtful.add(chunk)
        return put_together(self._words_of(self._analyzer.tokens(chunk)))

    def _words_of(self, tokens: Sequence[AnalyzedToken]) -> Iterator[tuple[int, int, str]]:
        """Yield the offsets and the key of each token that is highlighted; of a name in one word those of the word."""
        for token, (start, end) in zip(tokens, whole_spans(tokens), strict=True):
            if key := self._key(token):
                yield start, end, key

    def _may_match(self, terms: str) -> bool:
        """Return whether the neighbours may give words that they decide a term of the query."""
        highlights = self._highlights
        read = {outcome for term in terms.split() for outcome in outcomes(term)}
        stems = {stem for term in read for stem in self._analyzer.stems_of_term(term)}
        as_written = bool(self._exacts or highlights.similar)
        return as_written or not (self._words.isdisjoint(read) and highlights.stems.isdisjoint(stems))

    def _beside_neighbours(self, chunks: Chunks, number: int) -> Iterator[Span]:
        """Yield the highlighted spans of a chunk whose words the neighbours decide (context.py)."""
        begin = chunks.start(neighbour(self._analyzer, chunks, number, -1, BEFORE))
        end = chunks.end(neighbour(self._analyzer, chunks, number, 1, AFTER))
        for start, stop, key in put_together(self._words_of(self._analyzer.tokens(chunks.text[begin:end]))):
            if chunks.start(number) < begin + stop and begin + start < chunks.end(number):
                yield Span(begin + start, begin + stop, chunks.number_at(begin + start), key)

    def _candidates(self, chunks: Chunks, found: list[int]) -> list[int]:
        """Return the numbers of the chunks that may be highlighted: few, so that few are analysed token by token.

        found: those that have a stem of the query.
        """
        highlights = self._highlights
        if highlights.words or self._exacts or highlights.similar:
            others = set(range(len(chunks)))
        else:
            others = self._forms.near(chunks) if self._forms else set()
        others.difference_update(found)
        return sorted([*found, *self._as_written(chunks, others)]) if others else found

    def _as_written(self, chunks: Chunks, numbers: Collection[int]) -> list[int]:
        """Return those of the chunks that may be highlighted for their terms at the levels word and exact."""
        texts = {number: chunks.chunk(number) for number in numbers}
        matching = self._matching_as_written(list(set(texts.values())))
        return [number for number, chunk in texts.items() if chunk in matching]

    def _matching_as_written(self, chunks: Sequence[str]) -> set[str]:
        """Return those of the chunks that may be highlighted for their terms at the levels word and exact."""
        levels = self._analyzer.levels(chunks)
        words, exacts = self._words, self._exacts
        if self._highlights.similar:
            self._compare(text for exact, word, _ in levels for text in (exact, word))
        similar = self._compared
        return {
            chunk
            for chunk, (exact, word, _) in zip(chunks, levels, strict=True)
            if word in words
            or exact in exacts
            or " " in exact
            or IN_DOUBT in word
            or (similar and (similar[word] or similar[exact]))
        }

    def _compare(self, terms: Iterable[str]) -> None:
        """Find out which of the terms are within a few letters of a word of the query, and remember it."""
        new = list(set(terms) - self._compared.keys())
        self._compared.update(dict.fromkeys(new, False))
        self._compared.update((new[number], True) for number in indices_within_distance(new, self._highlights.similar))

    def _similar(self, term: str) -> bool:
        if term not in self._compared:
            self._compare((term,))
        return self._compared[term]

    def _key(self, token: AnalyzedToken) -> str:
        """Return the term of the query that the token matches, or "" if it matches none."""
        highlights = self._highlights
        if token.exact in highlights.exact or (self._vocalised and self._is_vocalised_alike(token)):
            return token.exact
        if (token.exact, token.word) in highlights.particles:
            return token.exact
        if token.word in self._words or (
            highlights.similar and (self._similar(token.word) or self._similar(token.exact))
        ):
            return token.word
        for stem in token.stems:
            if stem in highlights.stems:
                return stem
        return ""

    def _is_vocalised_alike(self, token: AnalyzedToken) -> bool:
        return any(vocalisation_agrees(typed, token.text) for typed in self._vocalised.get(token.exact, ()))

    def _phrases(self, chunks: Chunks, places: PhrasePlaces) -> list[Span]:
        """Return the spans of the phrases of the query in the text."""
        spans: list[Span] = []
        for first, last in places.of(chunks):
            begin = chunks.start(first)
            tokens = self._analyzer.tokens(chunks.text[begin : chunks.end(last)])
            words, exact = [token.word for token in tokens], [token.exact for token in tokens]
            whole = whole_spans(tokens)
            found = [(row, words) for row in self._highlights.phrases]
            found += [(row, exact) for row in self._highlights.exact_phrases]
            for row, terms in found:
                for i in positions(terms, row):
                    start, end = begin + whole[i][0], begin + whole[i + len(row) - 1][1]
                    spans.append(Span(start, end, chunks.number_at(start), " ".join(row)))
        return without_overlaps(spans)
