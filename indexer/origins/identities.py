"""Who is who: an id is unique within its source, and two sources that give the same id give two articles.

    identities  id as a source gives it, source → the id of the article in the index

The first source that gives an id keeps it as it is; the article of another source gets it behind the source's name:
`NAME/1`. Only ids that sources share are remembered, in the table of origins; a reindex and a rollback take the rows
along (`indexer/generations/shared_ids_kept.py`), so that nobody changes places. An id that is an address, or made of
the text, names the same article everywhere. In: articles in the order in which they are read. Out: their ids in the
index. Called by `indexer/intake.py` for each batch.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from indexer.findings import KEPT_APART, Finding
from indexer.origins.owners import Owners
from search.article import Article, is_unique_everywhere
from search.index.source_registry import Registry, Source
from search.index.withdrawn import Withdrawn

Load = Callable[[str], Article | None]
Digests = Callable[[Collection[str]], Mapping[str, int]]


class Given(NamedTuple):
    """An article as it is read. digest: of its JSON; publishers: those that it names; named: see `table.Row`."""

    id: str
    digest: int
    file: str
    named: bool
    publishers: tuple[str, ...]


class Earlier(NamedTuple):
    """Who gave an id last in this run: an article that may not be committed yet."""

    source: int
    digest: int
    publishers: tuple[str, ...]


Seen = Callable[[str], Earlier | None]


class Identities:
    """Settles ids.

    registry  the sources of the index; with fewer than two of them nothing can be shared
    new_from  the number of the first source that is new in this run
    load      the article of an id as it was last committed
    remark    hears of each article that gets another id for the first time
    """

    def __init__(
        self,
        table: sqlite3.Connection,
        owners: Owners,
        registry: Registry,
        *,
        new_from: int,
        load: Load,
        remark: Callable[[Finding, str], None],
    ) -> None:
        self._table = table
        self._owners = owners
        self._registry = registry
        self._new_from = new_from
        self._load = load
        self._remark = remark
        self._any = table.execute("select 1 from identities limit 1").fetchone() is not None

    @property
    def idle(self) -> bool:
        """Whether no two sources can meet."""
        return len(self._registry.sources) < 2 and not self._any

    def source_of(self, file: str) -> Source | None:
        """The source of a file; None where it is none of the registry's."""
        return self._owners.source_of(file)

    def settle(
        self,
        articles: Sequence[Given],
        seen: Seen,
        committed: Mapping[str, int],
        digests: Digests,
        withdrawn: Withdrawn,
    ) -> list[str]:
        """The id in the index for each of these articles.

        seen            who gave an id in this run since the last commit
        committed       id → digest of those of these ids that are in the index
        digests         looks up the same for other ids
        withdrawn       what was deleted for good, so that it is in no index
        """
        ids = [article.id for article in articles]
        here: dict[str, Earlier] = {}
        for number, article in enumerate(articles):
            source = self.source_of(article.file) if belongs_to_source(article) else None
            if source is None:
                continue
            known = self._known(article.id, source)
            if known is None:
                earlier = here.get(article.id) or seen(article.id)
                owner = self._owner(article, source, earlier, committed.get(article.id), withdrawn)
                last = partial(_last, here, seen)
                known = article.id if owner is None else self._apart(article, source, owner, last, digests)
            ids[number] = known
            here[known] = Earlier(source.number, article.digest, article.publishers)
        return ids

    def _known(self, given: str, source: Source) -> str | None:
        """The id that was settled earlier, if the id is shared."""
        if not self._any:
            return None
        rows = dict(self._table.execute("select source, id from identities where given = ?", (given,)))
        if source.number in rows or given not in rows.values():
            return rows.get(source.number)
        return self._remember(given, source, _behind(source, given))

    def _owner(
        self,
        article: Given,
        source: Source,
        earlier: Earlier | None,
        committed: int | None,
        withdrawn: Withdrawn,
    ) -> int | None:
        """The other source whose article has this id, 0 for one that is not known; None where the id is free."""
        if earlier is not None:
            if earlier.source == source.number or earlier.digest == article.digest:
                return None
            return None if _same(earlier.publishers, article.publishers) else earlier.source
        if committed is None:
            owner = withdrawn.owner(article.id, article.digest, article.publishers) or self._owners.before(article.id)
            return owner if owner not in (None, source.number) else None
        if committed == article.digest:
            return None
        owner = self._owners.first(article.id, committed)
        if owner == source.number:
            self._owners.have_others_read(article.id, committed, source.number)
            return None
        if owner is None and source.number < self._new_from:
            return None  # who gave it is not known, and this source was there before
        there = self._load(article.id)
        if there is None or _same(there.source, article.publishers):
            return None
        return owner or 0

    def _apart(self, article: Given, source: Source, owner: int, last: Seen, digests: Digests) -> str:
        """An id of its own for an article, remembered with the source that keeps the plain one."""
        if owner:
            self._table.execute("insert or ignore into identities values (?, ?, ?)", (article.id, owner, article.id))
        id = _behind(source, article.id)
        number = 2
        while self._is_taken(id, source, last, digests):
            id, number = _behind(source, f"{number}/{article.id}"), number + 1
        self._remark(KEPT_APART, f"{article.id}: {id}: {article.file}")
        return self._remember(article.id, source, id)

    def _is_taken(self, id: str, source: Source, last: Seen, digests: Digests) -> bool:
        """Whether another article has an id that is to be given; one of this source may, after a crash."""
        if (earlier := last(id)) is not None:
            return earlier.source != source.number
        found = digests([id]).get(id)
        return found is not None and self._owners.first(id, found) not in (None, source.number)

    def _remember(self, given: str, source: Source, id: str) -> str:
        self._table.execute("insert or replace into identities values (?, ?, ?)", (given, source.number, id))
        self._any = True
        return id


def belongs_to_source(article: Given) -> bool:
    """Whether the id of an article is one that its source gave it, such as a number."""
    return article.named and not is_unique_everywhere(article.id)


def _last(here: Mapping[str, Earlier], seen: Seen, id: str) -> Earlier | None:
    """Who gave an id last, in the same batch or before."""
    return here.get(id) or seen(id)


def _behind(source: Source, given: str) -> str:
    return f"{source.name}/{given}"


def _same(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether two articles name the same publisher, so that the later corrects the earlier."""
    return bool(some) and some == others
