"""What all parts of the engine suite use: an index in a temporary folder, and functions that search it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck

from search.analysis.term_encoding import encode_terms
from search.engines.base import Backend, Document, Engine, Order
from search.engines.registry import backend
from search.query.clauses import Clause, Everything
from tests.contracts.reference_scores import EXACT
from tests.examples import examples

# Each example makes an index, so few of them, each asked many clauses; and every engine inherits the same method.
FEW = examples(10, suppress_health_check=[HealthCheck.differing_executors])


def article(id: str, **given: object) -> Document:
    """A document with these values: a text is the field's terms, a tuple its values, an integer its number."""
    return Document(
        id=id,
        digest=len(id),
        raw=id.encode(),
        terms={name: encode_terms(value) for name, value in given.items() if isinstance(value, str)},
        keywords={name: value for name, value in given.items() if isinstance(value, tuple)},
        numbers={name: value for name, value in given.items() if isinstance(value, int)},
    )


def found(engine: Engine, clause: Clause) -> set[str]:
    """The ids of all that match."""
    return set(ranked(engine, clause))


def ranked(engine: Engine, clause: Clause, *, order: Order = Order.RELEVANCE, limit: int = 100) -> list[str]:
    """The ids in order."""
    refs = [match.ref for match in engine.search(clause, limit=limit, order=order).matches]
    return [stored.id for stored in engine.load(refs)]


def scored(engine: Engine, clause: Clause) -> dict[str, float]:
    """id → score."""
    matches = engine.search(clause, limit=100).matches
    stored = engine.load([match.ref for match in matches])
    return {each.id: match.score for each, match in zip(stored, matches, strict=True)}


def everything(engine: Engine) -> set[str]:
    """The ids of all articles."""
    return found(engine, Everything())


class EngineBench:
    """Base of the parts of `EngineContract`; a subclass names its engine."""

    name: str
    lengths = EXACT  # how it takes the lengths of fields, which BM25 compares
    days_of_many = 33_000  # different days, one an article, where tens of thousands of values are counted

    @property
    def backend(self) -> Backend:
        return backend(self.name)

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """The folder of an empty index."""
        place = tmp_path / "index"
        place.mkdir()
        self.backend.create(place)
        return place

    def write(self, folder: Path, *documents: Document, delete: Sequence[str] = ()) -> None:
        """One commit."""
        writer = self.backend.open_writer(folder)
        try:
            for id in delete:
                writer.delete(id)
            for document in documents:
                writer.put(document)
            writer.commit()
        finally:
            writer.close()

    def engine(self, folder: Path, *documents: Document) -> Engine:
        """The index opened, after these articles were added."""
        if documents:
            self.write(folder, *documents)
        return self.backend.open_engine(folder)

    @contextmanager
    def indexed(self, documents: Iterable[Document]) -> Iterator[Engine]:
        """A temporary index of these articles, in two commits."""
        with TemporaryDirectory(ignore_cleanup_errors=True) as place:
            self.backend.create(Path(place))
            writer = self.backend.open_writer(Path(place), fresh=True)
            for number, document in enumerate(documents):
                writer.put(document)
                if number == 4:
                    writer.commit()
            writer.commit()
            writer.close()
            yield self.backend.open_engine(Path(place))
