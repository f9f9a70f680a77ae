"""Clauses for words and phrases at the levels word and exact match, on every engine, the articles with such tokens."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import Article
from search.engines.base import Engine
from search.engines.registry import EMBEDDED, backend
from search.query.clauses import Clause, Nothing, PhraseClause, Term
from search.query.field_clauses import (
    DocumentFrequencies,
    LevelField,
    anywhere,
    exact_phrase,
    form_before_word,
    level_fields,
    near_exact,
    near_in_any_form,
    near_words,
    with_particles,
    word_phrase,
)
from tests.small_index import drawn

ANALYZER = Analyzer.default()
# Each with and without particles, some whose letters leave open whether they have one, and a month or a car.
WRITTEN = [
    "وزير",
    "الوزير",
    "والوزير",
    "علي",
    "وعلي",
    "في",
    "وفي",
    "فوفي",
    "المانيا",
    "ألمانيا",
    "مانيا",
    "والمانيا",
    "نيسان",
    "أبريل",
    "15",
    "والي",
    "أوالي",
    "والأم",
    "وآلام",
]
SPELLED = {token.exact for text in WRITTEN for token in ANALYZER.tokens(text)}
PARTICLES = {
    (token.exact, token.word) for text in WRITTEN for token in ANALYZER.tokens(text) if token.exact != token.word
}
NAMED = {token.word for text in WRITTEN for token in ANALYZER.tokens(text)}


@cache
def articles() -> dict[str, Article]:
    random = Random(7)
    return {
        str(number): Article(
            id=str(number),
            title=" ".join(random.choices(WRITTEN, k=random.randint(0, 6))),
            body=" ".join(random.choices(WRITTEN, k=random.randint(0, 12))),
        )
        for number in range(120)
    }


@pytest.fixture(scope="module", params=EMBEDDED)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    made, folder = backend(request.param), tmp_path_factory.mktemp("written")
    made.create(folder)
    writer = made.open_writer(folder, fresh=True)
    batch = BatchAnalyzer(ANALYZER)
    for article in articles().values():
        writer.put(drawn(article, batch)[0])
    writer.commit()
    writer.close()
    return made.open_engine(folder)


def found(engine: Engine, clause: Clause) -> set[str]:
    return {kept.id for kept in engine.load([match.ref for match in engine.search(clause, limit=200).matches])}


@cache
def terms_of(name: str, level: str) -> dict[str, list[str]]:
    """Article → the terms of this text at this level."""
    return {
        article.id: [getattr(token, level) for token in ANALYZER.tokens(getattr(article, name))]
        for article in articles().values()
    }


def tokens_of(name: str) -> dict[str, list[tuple[str, str]]]:
    """Article → the terms of each token of this text at the levels exact and word."""
    exact, word = terms_of(name, "exact"), terms_of(name, "word")
    return {id: list(zip(exact[id], word[id], strict=True)) for id in exact}


def wanted(name: str, level: str, fits: Callable[[Sequence[str]], bool]) -> set[str]:
    """The articles whose terms of this text at this level fit."""
    return {id for id, terms in terms_of(name, level).items() if fits(terms)}


def in_a_row(texts: Sequence[str], terms: Sequence[str], gap: int = 1) -> bool:
    length = gap * (len(texts) - 1) + 1
    return any([*terms[at : at + length : gap]] == [*texts] for at in range(len(terms) - length + 1))


def near(pair: tuple[str, str], terms: Sequence[str], slop: int) -> bool:
    gaps = range(1, slop + 2)
    return any(in_a_row(row, terms, gap) for row in (pair, pair[::-1]) for gap in gaps)


names = st.sampled_from(("title", "body"))
exacts = st.sampled_from(sorted(SPELLED))
words = st.sampled_from(sorted(NAMED))


@given(names, st.lists(words, min_size=1, max_size=3).map(tuple))
def test_words_in_a_row(engine: Engine, name: str, texts: tuple[str, ...]) -> None:
    assert found(engine, word_phrase(name, texts)) == wanted(name, "word", lambda terms: in_a_row(texts, terms))


@given(names, st.lists(exacts, min_size=1, max_size=3).map(tuple), st.booleans(), st.integers(1, 3))
def test_tokens_in_a_row(engine: Engine, name: str, texts: tuple[str, ...], spared: bool, gap: int) -> None:
    clause = exact_phrase(name, texts, engine.frequencies if spared else None, gap=gap)
    assert found(engine, clause) == wanted(name, "exact", lambda terms: in_a_row(texts, terms, gap))


@given(names, st.lists(words, min_size=2, max_size=2, unique=True), st.integers(0, 4))
def test_words_near_each_other(engine: Engine, name: str, texts: list[str], slop: int) -> None:
    pair = (texts[0], texts[1])
    assert found(engine, near_words(name, pair, slop)) == wanted(name, "word", lambda terms: near(pair, terms, slop))


@given(names, st.lists(exacts, min_size=2, max_size=2, unique=True), st.integers(0, 4))
def test_tokens_near_each_other(engine: Engine, name: str, texts: list[str], slop: int) -> None:
    pair = (texts[0], texts[1])
    clause = near_exact(name, pair, slop, engine.frequencies)
    assert found(engine, clause) == wanted(name, "exact", lambda terms: near(pair, terms, slop))


@given(names, st.lists(exacts, min_size=2, max_size=2, unique=True), st.integers(0, 4), st.booleans())
def test_tokens_loosely_near_each_other(engine: Engine, name: str, texts: list[str], slop: int, spared: bool) -> None:
    """All articles with the tokens near each other, and none without both of them."""
    pair = (texts[0], texts[1])
    loose = found(engine, near_in_any_form(name, pair, slop, engine.frequencies if spared else None))
    assert loose >= wanted(name, "exact", lambda terms: near(pair, terms, slop))
    assert loose <= wanted(name, "exact", lambda terms: set(pair) <= set(terms))


@given(names, st.sampled_from(sorted(PARTICLES)))
def test_a_word_with_its_particles(engine: Engine, name: str, token: tuple[str, str]) -> None:
    exact, word = token
    ids = {id for id, tokens in tokens_of(name).items() if token in tokens}
    clause = found(engine, with_particles(name, word, exact))
    assert clause == ids if name == "body" else clause >= ids


@given(st.sampled_from(sorted(PARTICLES)), words)
def test_a_word_with_its_particles_before_another(engine: Engine, token: tuple[str, str], other: str) -> None:
    rows = {id: list(pairwise(tokens)) for id, tokens in tokens_of("body").items()}
    ids = {id for id, pairs in rows.items() if any(a[0] == token[0] != a[1] and b[1] == other for a, b in pairs)}
    assert found(engine, form_before_word(token[0], other)) == ids


@given(names, st.lists(words, min_size=1, max_size=4))
def test_words_anywhere(engine: Engine, name: str, texts: list[str]) -> None:
    clause = anywhere(name, texts, exact=False)
    assert found(engine, clause) >= wanted(name, "word", lambda terms: set(texts) <= set(terms))


@given(names, st.lists(exacts, min_size=1, max_size=4))
def test_tokens_anywhere(engine: Engine, name: str, texts: list[str]) -> None:
    clause = anywhere(name, texts, exact=True)
    assert found(engine, clause) >= wanted(name, "exact", lambda terms: set(texts) <= set(terms))


@pytest.mark.parametrize("name", ["title", "body"])
def test_the_words_of_a_text_are_listed_at_both_levels(engine: Engine, name: str) -> None:
    level = {False: set[str](), True: set[str]()}
    for level_field in level_fields(name):
        terms = engine.terms(level_field.field, level_field.prefix, limit=1000)
        level[level_field.exact] |= set(level_field.texts(term for term, _ in terms))
    tokens = [token for article in articles().values() for token in ANALYZER.tokens(getattr(article, name))]
    assert level[False] == {token.word for token in tokens}
    apart = {token.exact for token in tokens if token.exact != token.word}
    assert level[True] >= apart  # the others are listed as words
    assert level[True] | level[False] >= {token.exact for token in tokens}


def test_names_are_listed_as_words() -> None:
    assert level_fields("source") == (LevelField("source_word", exact=False),)


def test_a_long_row_that_may_be_written_in_very_many_ways(engine: Engine) -> None:
    long = next(article for article in articles().values() if len(article.body.split()) == 12)
    texts = tuple(token.exact for token in ANALYZER.tokens(long.body))
    assert found(engine, exact_phrase("body", texts)) == {long.id}


def test_a_row_is_asked_for_only_as_the_index_has_it() -> None:
    def frequencies(field: str, terms: Sequence[str]) -> list[int]:
        assert field == "body_word"
        return [int(term in {"في", "+", "=والوزير", "وزير"}) for term in terms]

    asked: DocumentFrequencies = frequencies
    assert exact_phrase("body", ("والوزير",), asked) == Term("body_word", "=والوزير")
    assert exact_phrase("body", ("والوزير", "والوزير"), asked) == PhraseClause(
        "body_word", ("=والوزير",) * 2, positions=(0, 2)
    )
    assert exact_phrase("body", ("والوزير", "غائب"), asked) == Nothing()
