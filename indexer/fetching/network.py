"""Addresses → answers, politely: robots.txt asked first, one request at a time for each host, redirects looked at.

In: an address, and which hosts it may lead to. Out: a `Visit`. Called by `feed_visit.py`, `page_text.py` and
`introduction.py`; one `Network` is made for a run, and `memory.py` keeps what outlasts it. Safe for threads.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import Final, Protocol

from indexer.fetching.addresses import (
    Address,
    Kind,
    Resolver,
    addresses_of,
    kind_of,
    reachable,
    read_address,
    system_resolver,
)
from indexer.fetching.exchange import Answer, Limits, Lines, Wanted, exchange
from indexer.fetching.failures import BadAddress, Forbidden, NotFetched, Refused, Resting, TooLarge, Unreached
from indexer.fetching.logins import authorization
from indexer.fetching.robots import (
    FORBIDDEN,
    LONGEST_COPY,
    MOST_BYTES,
    PATH,
    UNREACHABLE,
    VALID_SECONDS,
    RobotsCopy,
    Rules,
    decoded,
)
from indexer.fetching.turns import Turns
from indexer.fetching.waiting import Clock, moment, rest_after, retry_after

MOST_REDIRECTS: Final = 5
_MOVED: Final = (301, 302, 303, 307, 308)
_MOVED_FOR_GOOD: Final = (301, 308)
_MOST_UNANSWERED: Final = 3  # addresses of a host in a row that it does not answer, before it is left alone
_LEFT_ALONE: Final = (429, 503)  # by which a host asks to be left alone


class HostMemory(Protocol):
    """What is remembered of hosts from run to run. Safe for threads."""

    def rest_of(self, host: str) -> tuple[int, float]:
        """Return how often in a row the host failed, and the moment before which it is not asked."""

    def note_host(self, host: str, failures: int, until: float) -> None:
        """Remember these."""

    def robots(self, origin: str) -> RobotsCopy | None:
        """Return the last robots.txt of a site."""

    def note_robots(self, origin: str, copy: RobotsCopy) -> None:
        """Remember it."""


@dataclass(frozen=True, slots=True)
class Visit:
    """An answer and the way to it.

    address   where the answer came from
    moved_to  where the address has moved for good; None where it has not
    """

    answer: Answer
    address: Address
    moved_to: Address | None = None


@dataclass(slots=True)
class _Site:
    """The rules of a site in this run, or why there are none; who needs them first fetches them."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    rules: Rules | Unreached | None = None


@dataclass(slots=True)
class Network:
    """What a run asks hosts with.

    contact   how to reach who runs this program, told to hosts; "": nothing
    ask_now   whether hosts are asked that failed a short while ago
    resolve   the addresses of a host's name
    """

    clock: Clock
    turns: Turns
    memory: HostMemory
    contact: str = ""
    ask_now: bool = False
    resolve: Resolver = system_resolver
    limits: Limits = field(default_factory=Limits)
    lines: Lines = field(default_factory=Lines)
    _sites: dict[str, _Site] = field(default_factory=dict)  # by origin
    _unanswered: dict[str, int] = field(default_factory=dict)  # by host, changed in its turn alone
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def kinds_for(self, address: Address) -> frozenset[Kind]:
        """Return which hosts may be asked on behalf of the feed at this address: public ones, and those like its own.

        Raises BadAddress and Unreached.
        """
        kinds = {kind for ip in addresses_of(address, self.resolve) if (kind := kind_of(ip)) is not None}
        if not kinds:
            raise BadAddress(f"its host {address.host} is no address of a single machine")
        return frozenset({"public", *kinds})

    def visit(
        self,
        address: Address,
        kinds: frozenset[Kind],
        headers: Mapping[str, str],
        *,
        most_bytes: int,
        wanted: Wanted = lambda status, headers: True,
    ) -> Visit:
        """Ask for an address and follow redirects. Raises NotFetched; an answer that is no success is Refused.

        An answer 304 counts as a success.
        """
        limits = replace(self.limits, bytes=most_bytes)
        moved_to: Address | None = None
        for_good = True
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._ask(address, kinds, headers, limits, wanted)
            if answer.status not in _MOVED or "location" not in answer.headers:
                return Visit(self._successful(address, answer), address, moved_to)
            following = _location(address, answer)
            safely = following.scheme == "https" or address.scheme == "http"
            for_good = for_good and safely and answer.status in _MOVED_FOR_GOOD
            address, moved_to = following, following if for_good else moved_to
        raise Unreached(f"it redirects more than {MOST_REDIRECTS} times")

    def _ask(
        self, address: Address, kinds: frozenset[Kind], headers: Mapping[str, str], limits: Limits, wanted: Wanted
    ) -> Answer:
        self._require_rested(address)
        rules = self._rules_of(address, kinds)
        if not rules.allow(address):
            raise Forbidden(FORBIDDEN)
        return self._exchange(address, kinds, headers, limits, pause=rules.pause, wanted=wanted)

    def _exchange(
        self,
        address: Address,
        kinds: frozenset[Kind],
        headers: Mapping[str, str],
        limits: Limits,
        *,
        pause: float = 0.0,
        wanted: Wanted = lambda status, headers: True,
    ) -> Answer:
        """One request in its turn; how the host bears it is remembered."""
        with self.turns.turn(address.host, pause):
            self._require_rested(address)
            try:
                peers = reachable(address, kinds, self.resolve)
                given = {"User-Agent": self.user_agent, **authorization(address, peers), **headers}
                answer = exchange(address, given, peers=peers, limits=limits, lines=self.lines, wanted=wanted)
            except TooLarge:
                self._unanswered.pop(address.named_host, None)
                raise
            except Unreached as failure:
                if failure.at_all or self._answers_nothing(address):
                    self._note(address, failed=True)
                raise
            self._unanswered.pop(address.named_host, None)
            asked = retry_after(answer.headers.get("retry-after"), self.clock.now())
            self._note(address, failed=answer.status in _LEFT_ALONE, asked=asked)
            return answer

    @property
    def user_agent(self) -> str:
        """The name of this program, its version, and whom to ask about it."""
        return f"Kashaf/{version('kashaf')}" + (f" (+{self.contact})" if self.contact else "")

    def _answers_nothing(self, address: Address) -> bool:
        """Count an address that was not answered well; return whether so many of its host in a row were not that the
        host is to blame, and not one slow feed.
        """
        count = self._unanswered[address.named_host] = self._unanswered.get(address.named_host, 0) + 1
        return count >= _MOST_UNANSWERED

    def _note(self, address: Address, *, failed: bool, asked: float | None = None) -> None:
        failures, until = self.memory.rest_of(address.named_host)
        if failed:
            rest = rest_after(failures + 1, asked=asked)
            self.memory.note_host(address.named_host, failures + 1, self.clock.now() + rest)
        elif failures or until:
            self.memory.note_host(address.named_host, 0, 0.0)

    def _require_rested(self, address: Address) -> None:
        failures, until = self.memory.rest_of(address.named_host)
        if failures and not self.ask_now and self.clock.now() < until:
            raise Resting(f"its host failed a short while ago and is asked again {moment(until)}", until)

    def _rules_of(self, address: Address, kinds: frozenset[Kind]) -> Rules:
        """The rules of a site, fetched where they are not known or older than a day. Raises NotFetched."""
        with self._lock:
            site = self._sites.setdefault(address.origin, _Site())
        with site.lock:
            if site.rules is None:
                try:
                    site.rules = Rules(self._robots_copy(address, kinds).text)
                except Unreached as failure:
                    site.rules = failure
            known = site.rules
        if isinstance(known, Unreached):
            raise known
        return known

    def _robots_copy(self, address: Address, kinds: frozenset[Kind]) -> RobotsCopy:
        copy = self.memory.robots(address.origin)
        if copy is not None and 0 <= self.clock.now() - copy.at < VALID_SECONDS:
            return copy
        return self._robots(address, kinds, copy)

    def _robots(self, address: Address, kinds: frozenset[Kind], old: RobotsCopy | None) -> RobotsCopy:
        try:
            answer = self._robots_answer(read_address(PATH, base=address), kinds)
            if answer.status >= 500 or answer.status == 429:
                raise Unreached(f"{UNREACHABLE} (status {answer.status})")
        except Unreached:
            if old is not None and self.clock.now() - old.at < LONGEST_COPY:
                return old
            raise
        copy = RobotsCopy(decoded(answer.body) if 200 <= answer.status < 300 else "", self.clock.now())
        self.memory.note_robots(address.origin, copy)
        return copy

    def _robots_answer(self, at: Address, kinds: frozenset[Kind]) -> Answer:
        """What stands at the address of a robots.txt, or where it leads; 404 where it leads nowhere."""
        limits = replace(self.limits, bytes=20 * MOST_BYTES)
        answer = self._exchange(at, kinds, {}, limits)
        for _ in range(MOST_REDIRECTS):
            if answer.status not in _MOVED or "location" not in answer.headers:
                return answer
            try:
                at = _location(at, answer)
                answer = self._exchange(at, kinds, {}, limits)
            except BadAddress:
                break
        return Answer(404, {}, b"", True)

    def _successful(self, address: Address, answer: Answer) -> Answer:
        """The answer if it is a success. Raises Refused."""
        if 200 <= answer.status < 300 or answer.status == 304:
            return answer
        wait = retry_after(answer.headers.get("retry-after"), self.clock.now())
        raise Refused(_refusal(address, answer.status), answer.status, wait)


def _location(address: Address, answer: Answer) -> Address:
    """Where a redirect leads. Raises BadAddress."""
    written = answer.headers["location"]
    with suppress(UnicodeError):  # http.client reads headers as Latin-1, servers write UTF-8
        written = written.encode("latin-1").decode()
    try:
        return read_address(written, base=address)
    except BadAddress as error:
        raise BadAddress(f"it redirects to an address that is not fetched: {error.reason}") from error


def _refusal(address: Address, status: int) -> str:
    if status == 401:
        return f"status 401: it wants a name and password; ~/.netrc may hold them, as machine {address.host}"
    return f"status {status}"


def is_final(failure: NotFetched) -> bool:
    """Return whether a feed has said that it is gone for good."""
    return isinstance(failure, Refused) and failure.status == 410
