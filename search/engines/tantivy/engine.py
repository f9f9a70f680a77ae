"""The engine on Tantivy, the default: a search library in Rust, within this process.

In: the documents and clauses of `search/engines/base.py`. Out: matches. Queries are built with `Query.*` and never with
Tantivy's own query parser, which silently drops what it does not know. Called through `search/engines/registry.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import repeat
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar, cast

import tantivy

from search import schema
from search.analysis.term_encoding import decode_term
from search.engines.base import (
    MOST_COUNTED,
    WRITER_MEMORY,
    Digests,
    Engine,
    Found,
    Match,
    Order,
    Stored,
    Writer,
)
from search.engines.tantivy.counting import buckets, terms_aggregation
from search.engines.tantivy.errors import reading, writing
from search.engines.tantivy.files import apply_umask, files, sound
from search.engines.tantivy.ids import Ids
from search.engines.tantivy.name_numbers import COLUMNS, NameNumbers
from search.engines.tantivy.opening import open_read_only
from search.engines.tantivy.order import ID_NUMBER, DateOrder, total_of
from search.engines.tantivy.queries import index_term, index_terms, lacking_fields, translate, without_fields
from search.engines.tantivy.writer import TantivyWriter, digests
from search.query.clauses import Clause, Constant
from search.schema import Detail, Kind

# Counts of several fields are asked for in one request only where their values stay below Tantivy's own bound of them.
_MOST_COUNTED_AT_ONCE = 65_000
_FEW_TERMS = 2_000  # that are listed: of more, the last ones are rare, and as common as very many others
Seen = TypeVar("Seen")
__all__ = ("create", "files", "open_digests", "open_engine", "open_writer", "sound", "unready")
_DETAIL = {Detail.PRESENCE: "basic", Detail.FREQUENCY: "freq", Detail.POSITIONS: "position"}


def create(folder: Path) -> None:
    """Makes an empty index in this empty folder."""
    with writing(folder):
        tantivy.Index(_schema(), path=str(folder), reuse=False)
        apply_umask(folder)


def open_engine(folder: Path) -> Engine:
    """Opens an index for searching, as it is now."""
    return TantivyEngine(folder)


def open_writer(folder: Path, *, fresh: bool = False, memory: int = WRITER_MEMORY) -> Writer:
    """Opens an index for writing."""
    return TantivyWriter(folder, fresh=fresh, memory=memory)


def open_digests(folder: Path) -> Digests:
    """Opens an index for looking up digests."""
    with reading(folder):
        index = open_read_only(folder)
        return partial(digests, folder, index.schema, index.searcher())


def unready(folder: Path) -> None:
    """Return None: an index that could be opened is searched as a whole."""


class TantivyEngine:
    """See `search.engines.base.Engine`. A ref is Tantivy's document address."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with reading(folder):
            index = open_read_only(folder)
            self._searcher = index.searcher()
            self._documents = self._searcher.num_docs
        self._schema = index.schema  # that of the index: one of an earlier format has fewer fields
        self._lacking = lacking_fields(index.schema)
        self._date_order = DateOrder(self._searcher, self._schema)
        self._ids = Ids(self._searcher)
        self._name_numbers = NameNumbers(self._searcher, self._schema)

    @property
    def documents(self) -> int:
        return self._documents

    def search(self, clause: Clause, *, limit: int, order: Order = Order.RELEVANCE, total: bool = True) -> Found:
        if limit < 1:  # Tantivy requires a limit of at least one
            return Found(self.search(clause, limit=1, total=total).total, ())
        clause = without_fields(clause, self._lacking)
        if order is Order.RELEVANCE:
            return self._ranked(clause, limit, total)
        return self._dated(clause, limit, order, total)

    def load(self, refs: Sequence[object]) -> list[Stored]:
        with reading(self._folder):
            found = [self._searcher.doc(cast(tantivy.DocAddress, ref)) for ref in refs]
        return [Stored(cast(str, doc.get_first("id")), bytes(cast(bytes, doc.get_first("raw")))) for doc in found]

    def ids(self, refs: Sequence[object]) -> list[str]:
        with reading(self._folder):
            return self._ids.of(cast(Sequence[tantivy.DocAddress], refs))

    def counts(
        self, clause: Clause, fields: Sequence[str], *, limit: int = MOST_COUNTED, least: int = 1
    ) -> dict[str, dict[str | int, int]]:
        if not self.documents:
            return {name: {} for name in fields}
        with reading(self._folder):
            query = translate(Constant(without_fields(clause, self._lacking)), self._schema)
            requests = {name: self._name_numbers.request(name, limit, least) for name in fields}
            by_number = [name for name in fields if requests[name]]
            got = self._aggregated(
                query, {name: requests[name] or terms_aggregation(name, limit, least) for name in fields}
            )
            values = {name: self._name_numbers.values(name, got[name]["buckets"], limit) for name in by_number}
            if untold := [name for name in by_number if values[name] is None]:
                got |= self._aggregated(query, {name: terms_aggregation(name, limit, least) for name in untold})
        found = dict[str, dict[str | int, int]]()
        for name in fields:
            counts = values.get(name)
            found[name] = buckets(got[name], schema.BY_NAME[name].kind) if counts is None else counts
        return found

    def _aggregated(self, query: tantivy.Query, wanted: dict[str, dict[str, Any]]) -> dict[str, Any]:
        """Return what Tantivy counts: all in one pass where their values are few enough for it."""
        if sum(each["terms"]["size"] for each in wanted.values()) <= _MOST_COUNTED_AT_ONCE:
            return self._searcher.aggregate(query, wanted)
        got: dict[str, Any] = {}
        for name, each in wanted.items():
            got |= self._searcher.aggregate(query, {name: each})
        return got

    def terms(self, field: str, prefix: str, *, limit: int) -> list[tuple[str, int]]:
        if field in self._lacking:
            return []
        found = self._commonest_terms(field, index_term(field, prefix), limit)
        if 0 < limit < len(found):
            least = found[limit - 1][1]
            found = [term for term in found if term[1] >= least]
        if schema.BY_NAME[field].kind is Kind.TERMS:
            found = [(decode_term(term), count) for term, count in found]
        return sorted(found, key=lambda term: (-term[1], term[0]))[:limit]

    def _commonest_terms(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return terms as they are indexed, commonest first, among them all that are as common as the last one wanted.

        Tantivy reads all terms with the prefix in any case; those that are not wanted do not become objects of Python.
        """
        with reading(self._folder):
            if 0 < limit <= _FEW_TERMS:
                found = self._searcher.terms_with_prefix(field, prefix, limit=2 * limit)
                if len(found) < 2 * limit or found[-1][1] < found[limit - 1][1]:
                    return found
            found = self._searcher.terms_with_prefix(field, prefix)
        found.sort(key=itemgetter(1), reverse=True)
        return found

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        if field in self._lacking:
            return [0] * len(texts)
        with reading(self._folder):
            return list(map(self._searcher.doc_freq, repeat(field), index_terms(field, texts)))

    def _ranked(self, clause: Clause, limit: int, total: bool) -> Found:
        with reading(self._folder):
            found = self._searcher.search(translate(clause, self._schema), limit, count=total)
        return Found(total_of(found) if total else -1, self._matches(found.hits))

    def _dated(self, clause: Clause, limit: int, order: Order, total: bool) -> Found:
        with reading(self._folder):
            refs, count = self._date_order.search(clause, limit=limit, order=order, total=total)
        return Found(count, self._matches([(0.0, ref) for ref in refs]))

    def _matches(self, hits: Sequence[tuple[Any, tantivy.DocAddress]]) -> tuple[Match, ...]:
        """The matches of hits, of which none scores more than the one before it."""
        if not hits:
            return ()
        scores, refs = map(list, zip(*hits, strict=True))
        with reading(self._folder):
            groups = self._searcher.fast_field_values("group", refs)
        if scores[-1] < 0:
            scores = [max(0.0, score) for score in scores]
        return tuple(map(Match, refs, scores, cast("list[int | None]", groups)))  # thousands, where copies are counted


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in schema.FIELDS:
        if field.kind is Kind.TERMS:
            builder.add_text_field(field.name, tokenizer_name="whitespace", index_option=_DETAIL[field.detail])
        elif field.kind is Kind.KEYWORD:
            stored = field.name == "id"
            builder.add_text_field(
                field.name, stored=stored, fast=field.facet, tokenizer_name="raw", index_option="basic"
            )
        elif field.kind is Kind.NUMBER:
            builder.add_integer_field(field.name, indexed=field.name == "group", fast=True)
        else:
            builder.add_bytes_field(field.name, stored=True)
    for column in (ID_NUMBER, *COLUMNS.values()):
        builder.add_integer_field(column, fast=True)
    return builder.build()
