"""Hypothesis strategies: documents and clause trees over them, of so few words that clauses match."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import strategies as st

from search.analysis.term_encoding import encode_terms
from search.engines.base import Document
from search.query.clauses import (
    Between,
    Boost,
    Clause,
    Combine,
    Constant,
    Everything,
    Nothing,
    PhraseClause,
    Similar,
    Term,
    TermSet,
)
from search.schema import FIELDS, Detail, Kind

TERMS = [field.name for field in FIELDS if field.kind is Kind.TERMS]
POSITIONS = [field.name for field in FIELDS if field.kind is Kind.TERMS and field.detail is Detail.POSITIONS]
FACETS = [field.name for field in FIELDS if field.facet]
NUMBERS = ["moment", "day", "month", "group"]
LOWEST, HIGHEST = -(2**63), 2**63 - 1

_COMMON = ["كتاب", "كتب", "كاتب", "مكتبة", "كتابي", "وزير", "a", "ab", "ba", "abc", "15.5", "kitAb_1/N", "katab/V"]
# Terms hold no ASCII capitals and no slash but in lemma keys: see search/analysis/term_encoding.py.
_any_word = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters=bytes([*range(0x41, 0x5E), 0x2F]).decode()),
    min_size=1,
    max_size=6,
).filter(lambda text: not any(letter.isspace() for letter in text))
words = st.sampled_from(_COMMON) | st.sampled_from(_COMMON) | _any_word
values = st.sampled_from(["الجزيرة", "وكالة الأناضول", "رويترز", "Agence France-Presse", "ا ف ب"])
numbers = st.integers(-3, 3) | st.integers(736_000, 736_003) | st.integers(LOWEST, HIGHEST)
ids = st.sampled_from([f"https://a.example/{number}" for number in range(12)])

documents = st.builds(
    Document,
    id=ids,
    digest=st.integers(0, HIGHEST),
    raw=st.binary(max_size=20),
    terms=st.dictionaries(
        st.sampled_from(TERMS), st.lists(words, max_size=12).map(" ".join).map(encode_terms), max_size=8
    ),
    keywords=st.dictionaries(st.sampled_from(FACETS), st.lists(values, max_size=3).map(tuple)),
    numbers=st.dictionaries(st.sampled_from(NUMBERS), numbers),
)
collections = st.lists(documents, min_size=1, max_size=12, unique_by=lambda document: document.id)

_terms = st.builds(Term, st.sampled_from(TERMS), words)
_facets = st.builds(Term, st.sampled_from(FACETS), values) | st.builds(Term, st.just("id"), ids)
_sets = st.builds(TermSet, st.sampled_from(TERMS), st.lists(words, max_size=4).map(tuple)) | st.builds(
    TermSet, st.just("id"), st.lists(ids, max_size=4).map(tuple)
)


def _positions(size: int) -> st.SearchStrategy[tuple[int, ...]]:
    """(), or ascending positions relative to the first."""
    gaps = st.lists(st.integers(1, 3), min_size=size - 1, max_size=size - 1)
    return st.just(()) | gaps.map(lambda gaps: tuple(accumulate(gaps, initial=0)))


@st.composite
def _sequences(draw: st.DrawFn) -> PhraseClause:
    texts = tuple(draw(st.lists(words, min_size=2, max_size=3)))
    return PhraseClause(draw(st.sampled_from(POSITIONS)), texts, positions=draw(_positions(len(texts))))


_runs = _sequences()
_near = st.builds(
    PhraseClause,
    st.sampled_from(POSITIONS),
    st.lists(words, min_size=2, max_size=2, unique=True).map(tuple),
    slop=st.integers(1, 6),
    positions=_positions(2),
)
_similar = st.builds(Similar, st.sampled_from(TERMS), words, distance=st.integers(1, 2))
_between = st.builds(Between, st.sampled_from(NUMBERS), st.none() | numbers, st.none() | numbers)
_whole = st.builds(Everything) | st.builds(Nothing)
_exact_leaves = st.one_of(_terms, _terms, _facets, _sets, _runs, _similar, _between, _whole)


def _trees(inner: st.SearchStrategy[Clause]) -> st.SearchStrategy[Clause]:
    several = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Combine, must=several, should=several, must_not=several, least=st.integers(0, 3)),
        st.builds(Boost, inner, st.floats(0.1, 10)),
        st.builds(Constant, inner, st.floats(0, 10)),
    )


clauses = st.recursive(_exact_leaves | _near, _trees, max_leaves=8)
scored_clauses = st.recursive(_exact_leaves, _trees, max_leaves=8)  # those whose scores the reference knows

# A life of an index: articles put, ids deleted, commits, and writers closed and opened again.
histories = st.lists(documents | documents | ids | st.sampled_from(["commit", "reopen"]), max_size=25)
