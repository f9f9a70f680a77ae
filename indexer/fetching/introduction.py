"""The address that a user gives → the feed there, or the one that the page there announces, before it is added.

In: an address. Out: an `Introduction`, or a SourceError that says what is wrong and what to do. Called by
`kashaf source add`. Nothing is stored.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.fetching.addresses import WITH_PASSWORD, Address, masked, read_address
from indexer.fetching.failures import BadAddress, Forbidden, NotFetched, Unreached
from indexer.fetching.feed_document import announced_feeds, read_document
from indexer.fetching.feed_visit import ACCEPT, MOST_FEED_BYTES
from indexer.fetching.fetching import USUAL_FETCHING, FetchOptions, network_of
from indexer.fetching.memory import passing_memory
from indexer.fetching.network import Network, Visit
from indexer.fetching.waiting import Clock, SystemClock
from search.errors import SourceError, shown


@dataclass(frozen=True, slots=True)
class Introduction:
    """A feed that can be added.

    address       where it is asked
    title         as it calls itself; "" where it has none
    entries       how many of those that it holds now are read
    left_out      how many are not, because they are broken or behind the first `MOST_ENTRIES`
    announced_by  the page that named it; "" where the address given was the feed's
    moved_from    the address given, if the feed has moved from there for good; ""
    others        further feeds that the page announced
    """

    address: str
    title: str
    entries: int
    announced_by: str = ""
    moved_from: str = ""
    others: tuple[str, ...] = ()
    left_out: int = 0


def given_address(written: str) -> Address:
    """Return the address of a feed that a user gives. Raises SourceError, which shows no password."""
    try:
        return read_address(written)
    except BadAddress as error:
        remedy = "give one such as https://example.org/rss.xml"
        if error.reason == WITH_PASSWORD:
            host = masked(written).rpartition("@")[2].partition("/")[0].partition(":")[0]
            remedy = f"leave them out, and write them into ~/.netrc: machine {host} login NAME password PASSWORD"
        raise SourceError(f"{shown(masked(written))} is no address of a feed: {error.reason}: {remedy}") from error


def introduce(written: str, options: FetchOptions = USUAL_FETCHING, *, clock: Clock | None = None) -> Introduction:
    """Look at the feed at an address. Raises SourceError where there is none that may be fetched."""
    with passing_memory() as memory:
        network = network_of(memory, options, clock or SystemClock())
        address = given_address(written)
        try:
            visit = _visit(network, address)
            try:
                return _introduced(address, visit)
            except Unreached:
                feeds = announced_feeds(visit.answer.body, visit.answer.headers.get("content-type", ""), visit.address)
                if not feeds:
                    raise
            found = _introduced(feeds[0], _visit(network, feeds[0]))
            others = tuple(map(str, feeds[1:]))
            return replace(found, announced_by=str(address), others=others)
        except NotFetched as failure:
            raise SourceError(f"{address} cannot be added: {failure.reason}: {_remedy(failure)}") from failure


def _visit(network: Network, address: Address) -> Visit:
    return network.visit(address, network.kinds_for(address), {"Accept": ACCEPT}, most_bytes=MOST_FEED_BYTES)


def _introduced(address: Address, visit: Visit) -> Introduction:
    """What can be said of a feed. Raises Unreached where the answer is none."""
    document = read_document(visit.answer.body, visit.address)
    moved = visit.moved_to
    return Introduction(
        str(moved or address),
        document.title,
        len(document.entries),
        moved_from=str(address) if moved else "",
        left_out=document.skipped,
    )


def _remedy(failure: NotFetched) -> str:
    if isinstance(failure, Forbidden):
        return "ask its publisher, who can allow the robot Kashaf there"
    if "web page" in failure.reason:
        return "the page announces no feed either, so give the address of its RSS, Atom or JSON feed"
    return "check the address, or add it unseen by --no-check"
