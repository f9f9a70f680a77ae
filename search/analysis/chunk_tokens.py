"""The chunks of a text between white space, and their tokens → the tokens of the text.

In: a text, and what gives the tokens of each chunk, which are remembered. Out: the tokens, with offsets into the text.
Called by `analyzer.py` and, for queries, by `search/query/query_words.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from search.analysis.analyzed_token import AnalyzedToken
from search.analysis.context import IN_DOUBT


def tokens_of_chunks(text: str, tokens: Callable[[str], Sequence[AnalyzedToken]]) -> list[AnalyzedToken]:
    """Return the tokens of a text, with offsets into it; `tokens` gives those of a chunk."""
    found: list[AnalyzedToken] = []
    for chunk, at in chunks_of(text):
        found += [_moved(token, at) for token in tokens(chunk)] if at else tokens(chunk)
    return found


def are_in_doubt(tokens: Iterable[AnalyzedToken]) -> bool:
    """Return whether neighbouring words decide the terms of one of these tokens."""
    for token in tokens:  # noqa: SIM110 (a generator for each word of a query takes three times as long)
        if token.word[:1] == IN_DOUBT:
            return True
    return False


def _moved(token: AnalyzedToken, by: int) -> AnalyzedToken:
    t = token
    return AnalyzedToken(t.start + by, t.end + by, t.text, t.exact, t.word, t.stems, t.function, t.readings)


def chunks_of(text: str) -> Iterator[tuple[str, int]]:
    """Yield the chunks between white space, each with its offset."""
    chunks, end = text.split(), 0
    if len(chunks) == 1 and len(chunks[0]) == len(text):
        yield text, 0
        return
    for chunk in chunks:
        at = text.index(chunk, end)
        end = at + len(chunk)
        yield chunk, at
