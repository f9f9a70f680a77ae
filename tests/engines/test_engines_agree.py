"""All engines give the same matches, scores, orders, counts and terms for the same articles.

The contract suite compares each with a reference over a dozen short articles; here they meet each other over more
and longer ones, whose lengths every engine rounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from search.engines.base import Document, Engine, Order
from search.engines.registry import NAMES, backend
from search.query.clauses import Between, Boost, Clause, Combine, Everything, PhraseClause, Similar, Term, TermSet
from tests.contracts.engine_bench import article, found, ranked, scored

_WORDS = [first + second + third for first in "كمسن" for second in "اتوي" for third in "برلدق"]
_LONGEST = {"body_stem": 900, "title_word": 12, "body_word": 300, "lead": 40, "source_word": 3}
_FIELDS = tuple(_LONGEST)


def _text(random: Random, longest: int) -> str:
    """Words of a text, the first of the list far commoner than the last."""
    return " ".join(_WORDS[min(int(random.expovariate(0.08)), 79)] for _ in range(random.randint(0, longest)))


def _articles(random: Random) -> Iterator[Document]:
    for number in range(100):
        texts = {name: _text(random, longest) for name, longest in _LONGEST.items()}
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


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Engine]:
    """The same articles in every engine."""
    opened = {}
    for name in NAMES:
        folder: Path = tmp_path_factory.mktemp(name)
        backend(name).create(folder)
        writer = backend(name).open_writer(folder, fresh=True)
        for document in _articles(Random(7)):
            writer.put(document)
        writer.commit()
        writer.close()
        opened[name] = backend(name).open_engine(folder)
    return opened


def test_engines_match_and_score_alike(engines: dict[str, Engine]) -> None:
    random = Random(11)
    hits = 0
    for _ in range(300):
        clause = _clause(random, depth=2)
        first, *others = (scored(engine, clause) for engine in engines.values())
        hits += len(first)
        for other in others:
            assert other == pytest.approx(first, rel=1e-4), clause
    assert hits > 1000


def test_engines_match_near_words_alike(engines: dict[str, Engine]) -> None:
    random = Random(13)
    for _ in range(100):
        one, other = random.sample(_WORDS, 2)
        clause = PhraseClause("body_word", (one, other), slop=random.randint(1, 30))
        first, *others = (found(engine, clause) for engine in engines.values())
        assert all(each == first for each in others), clause


def test_engines_count_and_list_terms_alike(engines: dict[str, Engine]) -> None:
    first, *others = (
        (
            engine.documents,
            engine.counts(Term("body_stem", _WORDS[3]), ["source", "day", "moment"]),
            [engine.terms(field, prefix, limit=20) for field in _FIELDS for prefix in ("", "ك", "سي", "ليس")],
            [engine.frequencies(field, _WORDS) for field in _FIELDS],
        )
        for engine in engines.values()
    )
    assert all(each == first for each in others)


def test_engines_order_by_date_alike(engines: dict[str, Engine]) -> None:
    moments = {document.id: document.numbers.get("moment") for document in _articles(Random(7))}
    for order in (Order.NEWEST, Order.OLDEST):
        first, *others = (ranked(engine, Everything(), order=order) for engine in engines.values())
        assert all(each == first for each in others)
        assert len({moments[id] for id in first}) < len(first)
