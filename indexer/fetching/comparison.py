"""The entries of a feed against those that are known: which are new, and about which the feed says something else now.

In: a feed as it was answered. Out: `Arrival`s, to be noted as waiting for their page. Called by `feed_visit.py`.
An entry is known by its id or by its address, whichever the feed has kept; by its text where both are new. An id or
address that several entries share says nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from indexer.fetching.feed_document import FeedDocument, FeedEntry
from indexer.fetching.memory import Arrival, Known, Memory
from indexer.fetching.report import FeedReport
from indexer.fetching.waiting import rest_after
from search.article import Article

_TELLING_TEXT: Final = 100  # letters by which a text without a date is known


class Names(NamedTuple):
    """What an entry may be known by; "" where that says nothing."""

    id: str
    address: str
    text: str


def arrivals(
    document: FeedDocument,
    memory: Memory,
    feed: str,
    report: FeedReport,
    *,
    file: str,
    now: float,
    withdrawn: Collection[str],
    others: frozenset[str],
) -> Sequence[Arrival]:
    """Return what is new or changed in a feed; what is neither is counted in the report.

    others: the other feeds of the index, which may give the same articles.
    """
    found = list[Arrival]()
    met = set[str]()
    for entry, names in named_entries(document.entries):
        usable = [name for name in names if name]
        if not met.isdisjoint(usable):
            continue  # the same entry twice in one answer
        met.update(usable)
        arrival = _arrival(entry, names, memory, feed, report, file=file, now=now, withdrawn=withdrawn, others=others)
        if arrival is not None:
            found.append(arrival)
    return found


def named_entries(entries: Sequence[FeedEntry]) -> Iterator[tuple[FeedEntry, Names]]:
    """Give the entries of a feed, the oldest first, with what each may be known by."""
    ids = Counter(entry.guid for entry in entries)
    addresses = Counter(entry.article.url for entry in entries)
    for entry in reversed(entries):
        address = entry.article.url or ""
        id_name = f"id {entry.guid}" if entry.guid and ids[entry.guid] == 1 else ""
        address_name = address_named(address) if address and addresses[address] == 1 else ""
        telling = bool(entry.article.published) or len(entry.article.body) >= _TELLING_TEXT
        text_name = f"text {entry.text}" if telling or not (id_name or address_name) else ""
        yield entry, Names(id_name, address_name, text_name)


def address_named(address: str) -> str:
    """Return the name by which an entry with this address is known."""
    return f"address {address}"


def _arrival(
    entry: FeedEntry,
    names: Names,
    memory: Memory,
    feed: str,
    report: FeedReport,
    *,
    file: str,
    now: float,
    withdrawn: Collection[str],
    others: frozenset[str],
) -> Arrival | None:
    given = [name for name in (names.id, names.address) if name]
    known = memory.known(feed, given)
    if known is None and names.text and memory.known(feed, [names.text]):
        report.unchanged += 1  # an id and an address that change with every answer
        return None
    if known is None and names.address and not others.isdisjoint(memory.feeds_with(names.address)):
        report.elsewhere += 1
        return None
    id = known.article if known else _article_id(entry, names)
    if id in withdrawn:
        report.withdrawn += 1
        return None
    if known is not None and not _is_due(known, entry, now):
        report.unchanged += 1
        return None
    article: Article = msgspec.structs.replace(entry.article, id=id)
    usable = [name for name in names if name]
    return Arrival(usable, article, file, entry.digest, known.entry if known else None)


def _article_id(entry: FeedEntry, names: Names) -> str:
    """The id of a new article: its address, as for feeds in files, unless other entries have the same."""
    if names.address:
        return entry.article.url or ""
    return entry.guid if names.id else f"feed-{entry.text}"


def _is_due(known: Known, entry: FeedEntry, now: float) -> bool:
    """Whether the feed says something else than before; ever more rarely believed where that meant nothing."""
    if known.digest == entry.digest:
        return False
    return not known.fruitless or now >= known.fetched + rest_after(known.fruitless)
