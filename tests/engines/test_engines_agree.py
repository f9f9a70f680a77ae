"""All engines give the same matches, scores, orders, counts and terms for the same articles.

The contract suite compares each with a reference over a dozen short articles; here they meet each other over more
and longer ones, whose lengths every engine rounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest

from search.engines.base import Document, Engine, Order
from search.engines.registry import DEFAULT, EMBEDDED, NAMES, backend
from search.query.clauses import Between, Boost, Clause, Combine, Everything, PhraseClause, Similar, Term, TermSet
from tests.contracts.engine_bench import article, found, ranked, scored
from tests.engines.own_archive import own_archive

_WORDS = [first + second + third for first in "كمسن" for second in "اتوي" for third in "برلدق"]
_LONGEST = {"body_stem": 900, "title_word": 12, "body_word": 300, "lead": 40, "source_word": 3}
_FIELDS = tuple(_LONGEST)


def _text(random: Random, longest: int) -> str:
    """Words of a text, the first of the list far commoner than the last."""
    return " ".join(_WORDS[min(int(random.expovariate(0.08)), 79)] for _ in range(random.randint(0, longest)))


def _articles(random: Random) -> Iterator[Document]:
    for number in range(100):
        texts = {name: _text(random, longest) for name, longest in _LONGEST.items()}
        texts["source_word"] = " ".join(dict.fromkeys(texts["source_word"].split()))  # no name repeats a word
        dates = {"moment": random.randint(0, 50), "day": random.randint(0, 5)} if number % 7 else {}
        sources = tuple(random.sample(["رويترز", "الأناضول", "فرانس برس"], random.randint(0, 3)))
        yield article(str(number), **texts, **dates, source=sources)


def _clause(random: Random, depth: int) -> Clause:
    field, word, other = random.choice(_FIELDS), random.choice(_WORDS), random.choice(_WORDS)
    positioned = random.choice(("title_word", "body_word"))
    if depth and random.random() < 0.8:
        parts = [_clause(random, depth - 1) for _ in range(5)]
        least = random.randint(0, 2)
        whole = Combine(tuple(parts[:1]), tuple(parts[1:4]), tuple(parts[4:]), least=least)
        return random.choice([whole, Combine(should=tuple(parts), least=least), Boost(parts[0], 1.5)])
    return random.choice(
        [
            Term(field, word),
            Term(field, word),
            TermSet(field, (word, other)),
            PhraseClause(positioned, (word, other)),
            Similar(field, word, distance=random.randint(1, 2)),
            Between("moment", random.choice([None, 10]), 30),
            Term("source", "رويترز"),
        ]
    )


# Scores of a cluster differ where a field of an article has no term: see `search/engines/opensearch/mapping.py`.
_TOLERANCE = {"whoosh": 1e-4, "opensearch": 0.15}


def _indexed(name: str, folder: Path) -> Engine:
    backend(name).create(folder)
    writer = backend(name).open_writer(folder, fresh=True)
    for document in _articles(Random(7)):
        writer.put(document)
    writer.commit()
    writer.close()
    return backend(name).open_engine(folder)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The articles in the default engine."""
    return _indexed(DEFAULT, tmp_path_factory.mktemp(DEFAULT))


@pytest.fixture(scope="module", params=[name for name in NAMES if name != DEFAULT])
def name(request: pytest.FixtureRequest) -> str:
    """The name of another engine."""
    return str(request.param)


@pytest.fixture(scope="module")
def other(name: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The same articles in the other engine."""
    with ExitStack() as ended:
        if name not in EMBEDDED:
            patch = ended.enter_context(pytest.MonkeyPatch.context())
            ended.enter_context(own_archive(request.getfixturevalue("cluster"), patch))
        yield _indexed(name, tmp_path_factory.mktemp(name))


def test_engines_match_and_score_alike(name: str, first: Engine, other: Engine) -> None:
    random = Random(11)
    hits = 0
    for _ in range(300):
        clause = _clause(random, depth=2)
        expected = scored(first, clause)
        hits += len(expected)
        assert scored(other, clause) == pytest.approx(expected, rel=_TOLERANCE[name]), clause
    assert hits > 1000


def test_engines_match_near_words_alike(first: Engine, other: Engine) -> None:
    random = Random(13)
    for _ in range(100):
        one, second = random.sample(_WORDS, 2)
        clause = PhraseClause("body_word", (one, second), slop=random.randint(1, 30))
        assert found(other, clause) == found(first, clause), clause


def test_engines_count_and_list_terms_alike(first: Engine, other: Engine) -> None:
    def seen(engine: Engine) -> tuple[object, ...]:
        return (
            engine.documents,
            engine.counts(Term("body_stem", _WORDS[3]), ["source", "day", "moment"]),
            [engine.terms(field, prefix, limit=20) for field in _FIELDS for prefix in ("", "ك", "سي", "ليس")],
            [engine.frequencies(field, _WORDS) for field in _FIELDS],
        )

    assert seen(other) == seen(first)


def test_engines_order_by_date_alike(first: Engine, other: Engine) -> None:
    moments = {document.id: document.numbers.get("moment") for document in _articles(Random(7))}
    for order in (Order.NEWEST, Order.OLDEST):
        expected = ranked(first, Everything(), order=order)
        assert ranked(other, Everything(), order=order) == expected
        assert len({moments[id] for id in expected}) < len(expected)
