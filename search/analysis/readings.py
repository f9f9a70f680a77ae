"""Further readings of a query's word: other terms at the level stem that it may stand for, each with a weight.

An index keeps the likeliest lemma of a written form, sometimes two; a query is short and can ask for all. In: a token
of a query and `ReadingSource`s. Out: the token with the readings they found. Called by `search/query/query_words.py`.
To add a source, write a function or class of the type `ReadingSource` and name it in `OpenIndex.reading_sources`, or in
`Analyzer.reading_sources` if it needs no index.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from msgspec.structs import replace

from search.analysis.analyzed_token import AnalyzedToken, Reading

MOST_READINGS: Final = 12  # further readings of one word, the likeliest


class ReadingSource(Protocol):
    """Finds further readings of a query's word; () if it has none. Called for content words only, in any script."""

    def __call__(self, token: AnalyzedToken) -> Sequence[Reading]: ...


def with_readings(token: AnalyzedToken, sources: Iterable[ReadingSource]) -> AnalyzedToken:
    """Return the token with the readings of these sources beside those it has, the likeliest first.

    A term that is one of the token's stems is no further reading. Where two sources give one term, the reading of the
    larger weight stays. Function words have no readings.
    """
    if token.function:
        return token
    found = {(reading.level, reading.term): reading for reading in token.readings}
    for source in sources:
        for reading in source(token):
            known, is_stem = found.get((reading.level, reading.term)), reading.level == "stem"
            if (not is_stem or reading.term not in token.stems) and (known is None or known.weight < reading.weight):
                found[reading.level, reading.term] = reading
    if not found:
        return token
    ranked = sorted(found.values(), key=lambda reading: (-reading.weight, reading.term))
    return replace(token, readings=tuple(ranked[:MOST_READINGS]))
