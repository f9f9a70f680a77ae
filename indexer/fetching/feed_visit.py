"""One feed brought up to date: asked, compared, and the pages of its new and changed entries fetched and stored.

In: the address of the feed, what is remembered, and the network. Out: a `FeedReport`, and articles in the feed's files.
Called by `fetching.py`, in a thread for each feed. What is stored is on the disk before it is noted as stored: a crash
between the two has it fetched once more, as the same article.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from indexer.fetching.addresses import Kind, read_address
from indexer.fetching.comparison import address_named, arrivals
from indexer.fetching.failures import Forbidden, NotFetched, Refused, Resting, Stopped, Unreached, is_passing
from indexer.fetching.feed_document import FeedDocument, digest_of, read_document
from indexer.fetching.memory import Arrival, FeedState, Memory, Waiting
from indexer.fetching.network import Network, Visit, is_final
from indexer.fetching.page_text import article_of_page, completed
from indexer.fetching.places import append_article, article_files, articles_in, file_of_month
from indexer.fetching.report import FeedReport
from indexer.fetching.waiting import rest_after
from search.article import Article, encode_article

MOST_FEED_BYTES: Final = 20_000_000
ACCEPT: Final = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
_FULL_ANSWER_SECONDS: Final = 86_400.0  # a host that always says “not modified” is asked in full once a day
_MOST_ATTEMPTS: Final = 3  # to fetch a page that fails in passing
_LONGEST_VALIDATOR: Final = 500  # characters
_BEFORE_THE_OLD: Final = 4  # every fourth time that a feed fails where it moved to, it is asked where it was before
_FROM_PAGE, _FROM_FEED = "page ", "feed "  # before the digest of what was stored: where its text came from


@dataclass(slots=True)
class FeedVisit:
    """A feed in one run.

    feed       the address that was added
    folder     where its articles are stored
    full_text  whether the pages of its entries are fetched
    withdrawn  ids of articles that are not fetched again
    others     the other feeds of the index
    """

    network: Network
    memory: Memory
    feed: str
    folder: Path
    full_text: bool
    withdrawn: Collection[str]
    others: frozenset[str]
    report: FeedReport
    _kinds: frozenset[Kind] | None = None

    def run(self) -> FeedReport:
        """Bring the feed up to date. Raises IndexStateErrors and OSErrors of the disk, nothing else."""
        self.report.title = self.memory.feed(self.feed).title
        self._learn_what_lies_there()
        with suppress(Stopped):  # what is not done waits for the next run
            self._ask()
            if self.report.outcome not in ("failed", "resting"):  # where nothing can be reached, no page is given up
                self._fetch_pages()
        self.report.waiting = self.memory.still_waiting(self.feed)
        return self.report

    def _ask(self) -> None:
        state, now = self.memory.feed(self.feed), self.network.clock.now()
        if not self.network.ask_now and (state.gone or (state.failures and now < state.due)):
            self.report.outcome = "gone" if state.gone else "resting"
            self.report.reason, self.report.due = state.reason, 0.0 if state.gone else state.due
            return
        self.report.outcome = "stopped"  # until there is an answer
        try:
            self._take(self._answer(state, now), state, now)
        except Stopped:
            raise
        except Resting as failure:
            self.report.outcome, self.report.reason, self.report.due = "resting", failure.reason, failure.until
        except Forbidden as failure:
            self.report.outcome, self.report.reason = "forbidden", failure.reason
        except NotFetched as failure:
            self._note_failure(failure, state)

    def _answer(self, state: FeedState, now: float) -> Visit:
        headers = {"Accept": ACCEPT}
        conditional = not self.network.ask_now and 0 <= now - state.read < _FULL_ANSWER_SECONDS
        if conditional and state.etag:
            headers["If-None-Match"] = state.etag
        if conditional and state.modified:
            headers["If-Modified-Since"] = state.modified
        moved = "" if state.failures % _BEFORE_THE_OLD == _BEFORE_THE_OLD - 1 else state.address
        address = read_address(moved or self.feed)
        visit = self.network.visit(address, self._reachable_kinds(), headers, most_bytes=MOST_FEED_BYTES)
        if visit.answer.status == 304 and len(headers) == 1:
            raise Unreached("it answers “not modified” where nothing was known before")
        return visit

    def _take(self, visit: Visit, state: FeedState, now: float) -> None:
        """Takes an answer that is a success. Raises Unreached where it is no feed."""
        answer, moved = visit.answer, str(visit.moved_to or "")
        self.report.moved_to = moved
        state = msgspec.structs.replace(
            state, address=moved or state.address, asked=now, failures=0, reason="", due=0.0, gone=False
        )
        body = digest_of(answer.body)
        if answer.status == 304 or (body == state.body and self.memory.has_entries(self.feed)):
            if answer.status != 304:
                state = msgspec.structs.replace(state, read=now, **_validators(visit))
            self.memory.note_feed(self.feed, state)
            self.report.outcome = "unchanged"
            return
        document = read_document(answer.body, visit.address)
        state = msgspec.structs.replace(
            state, title=document.title or state.title, body=body, read=now, **_validators(visit)
        )
        self.report.title, self.report.skipped = state.title, document.skipped
        self.memory.note_feed(self.feed, state, self._arrivals(document, now))
        self.report.outcome = "read"

    def _arrivals(self, document: FeedDocument, now: float) -> list[Arrival]:
        found = arrivals(
            document,
            self.memory,
            self.feed,
            self.report,
            file=file_of_month(now),
            now=now,
            withdrawn=self.withdrawn,
            others=self.others,
        )
        return list(found)

    def _note_failure(self, failure: NotFetched, state: FeedState) -> None:
        failures, now = state.failures + 1, self.network.clock.now()
        wait = failure.wait if isinstance(failure, Refused) else None
        gone = is_final(failure)
        due = 0.0 if gone else now + rest_after(failures, asked=wait)
        self.memory.note_feed(
            self.feed,
            msgspec.structs.replace(
                state, asked=now, failures=failures, reason=failure.reason, due=due, gone=gone or state.gone
            ),
        )
        self.report.outcome, self.report.reason, self.report.due = "gone" if gone else "failed", failure.reason, due

    def _fetch_pages(self) -> None:
        """Fetches the pages of entries that wait. Raises Stopped."""
        for entry in self.memory.waiting(self.feed, self.network.clock.now()):
            waiting = self.memory.entry(entry)
            if waiting is None:
                continue
            if waiting.known.article in self.withdrawn:
                self.memory.note_stored(waiting.known)
                self.report.withdrawn += 1
                continue
            self._fetch_page(waiting)

    def _fetch_page(self, waiting: Waiting) -> None:
        known, article, attempts = waiting
        page, failure = self._page(article)
        now = self.network.clock.now()
        wait_until: float | None = None
        if failure is not None:
            troubles = self.report.forbidden if isinstance(failure, Forbidden) else self.report.failed
            troubles.add(article.url or "", failure.reason)
            if isinstance(failure, Resting):
                wait_until = failure.until
            elif is_passing(failure) and attempts + 1 < _MOST_ATTEMPTS:
                attempts += 1
                wait_until = now + rest_after(attempts, asked=failure.wait if isinstance(failure, Refused) else None)
        stored = self._store(waiting, completed(article, page), from_page=page is not None)
        fruitless = 0 if stored != known.stored else known.fruitless + 1
        after = known._replace(stored=stored, fetched=now, fruitless=fruitless)
        self.memory.note_stored(after, wait_until=wait_until, attempts=attempts)

    def _page(self, article: Article) -> tuple[Article | None, NotFetched | None]:
        """The article on the page of an entry, or why there is none; neither where it has no page. Raises Stopped."""
        if not article.url or not self.full_text:
            return None, None
        try:
            return article_of_page(self.network, article.url, self._reachable_kinds()), None
        except Stopped:
            raise
        except NotFetched as failure:
            return None, failure

    def _store(self, waiting: Waiting, article: Article, *, from_page: bool) -> str:
        """Stores an article unless it is stored as it is; returns what is then known of it.

        A text that came from its page is not replaced by the shorter one of the feed because the page fails now.
        """
        known = waiting.known
        stored = (_FROM_PAGE if from_page else _FROM_FEED) + digest_of(encode_article(article))
        if stored == known.stored or (known.stored.startswith(_FROM_PAGE) and not from_page):
            self.report.unchanged += 1
            return known.stored
        if not article.title and not article.body:
            self.report.skipped += 1
            return known.stored
        append_article(self.folder, known.file, article)
        if known.stored:
            self.report.corrected += 1
        else:
            self.report.new += 1
        return stored

    def _reachable_kinds(self) -> frozenset[Kind]:
        if self._kinds is None:
            self._kinds = self.network.kinds_for(read_address(self.feed))
        return self._kinds

    def _learn_what_lies_there(self) -> None:
        """Notes the articles of the feed's files where nothing is known of them, as where the table was lost."""
        files = article_files(self.folder)
        if not files or self.memory.has_entries(self.feed):
            return
        for path in files:
            for article in {article.id: article for article in articles_in(path)}.values():
                names = [f"id {article.id}"] + ([address_named(article.url)] if article.url else [])
                stored = _FROM_PAGE + digest_of(encode_article(article))
                self.memory.learn(self.feed, path.name, article, names=names, stored=stored)


def _validators(visit: Visit) -> dict[str, str]:
    """What the host wants to be told next time, so that it may answer that nothing has changed."""
    said = {"etag": visit.answer.headers.get("etag", ""), "modified": visit.answer.headers.get("last-modified", "")}
    return {
        name: value if len(value) <= _LONGEST_VALIDATOR and value.isprintable() else "" for name, value in said.items()
    }
