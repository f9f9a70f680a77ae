"""A site on a port of this machine for tests of fetching: what it answers is a table, what it was asked is remembered.

Its names end in .test and are resolved by `names`, so that hosts can be told apart that are all this machine.
"""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from ipaddress import ip_address
from pathlib import Path

from indexer.fetching.addresses import IP
from indexer.fetching.exchange import Limits
from indexer.fetching.fetching import FetchOptions, fetch_feeds
from indexer.fetching.places import article_files, articles_in
from indexer.fetching.report import FeedReport
from search.article import Article
from search.index.source_registry import Option, Source, fetched_folder

START = 1_790_000_000.0  # seconds since 1970 at which the clock of a test begins
LOOPBACK = ip_address("127.0.0.1")
PUBLIC = ip_address("93.184.216.34")


@dataclass(frozen=True)
class Asked:
    """One request; names of headers in small letters."""

    host: str
    path: str
    headers: dict[str, str]


Bytes = Iterable[bytes]
Route = bytes | Callable[[Asked], "bytes | Bytes"]


def reply(body: bytes | str = b"", status: str = "200 OK", **headers: str) -> bytes:
    """An answer as it goes over the line; `content_type` is the header Content-Type."""
    content = body.encode() if isinstance(body, str) else body
    given = {"content_length": str(len(content)), **headers}
    head = "".join(f"{name.replace('_', '-').title()}: {value}\r\n" for name, value in given.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + content


def moved(to: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return reply(b"", status, location=to)


@dataclass
class Site:
    """Path, or host and path → what is answered; what is not in the table is a 404."""

    port: int
    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    hold: threading.Event = field(default_factory=threading.Event)  # set when the test is over

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"http://{host}:{self.port}{path}"

    def paths(self, *, robots: bool = False) -> list[str]:
        """The paths that were asked for, in order."""
        return [each.path for each in self.asked if robots or each.path != "/robots.txt"]

    def answer(self, asked: Asked) -> Bytes:
        """What goes over the line."""
        host = asked.host.partition(":")[0]
        route = self.routes.get(host + asked.path, self.routes.get(asked.path, reply(b"", "404 Not Found")))
        found = route(asked) if callable(route) else route
        return [found] if isinstance(found, bytes) else found


@contextmanager
def running_site() -> Iterator[Site]:
    """A site, gone when the block ends."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            line = self.rfile.readline().decode().split()
            headers = {}
            while (written := self.rfile.readline().decode("latin-1").strip()) != "":
                name, _, value = written.partition(":")
                headers[name.lower()] = value.strip()
            if len(line) > 1:
                asked = Asked(headers.get("host", ""), line[1], headers)
                site.asked.append(asked)
                with suppress(OSError):
                    for block in site.answer(asked):
                        self.wfile.write(block)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        request_queue_size = 50

    with Server(("127.0.0.1", 0), Handler) as server:
        site = Site(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield site
        finally:
            site.hold.set()
            server.shutdown()
            thread.join()


def names(host: str, port: int) -> Sequence[IP]:
    """Every name ending in .test is this machine; `public.test` also pretends to be out in the world."""
    if host == "public.test":
        return [PUBLIC]
    if host == "nowhere.test":
        raise OSError("no such host")
    return [LOOPBACK] if host.endswith(".test") else [ip_address(host)]


class FakeClock:
    """A clock that stands still but for waiting, which takes no time."""

    def __init__(self, now: float = START) -> None:
        self.time = now
        self.waits: list[float] = []
        self._stopped = False
        self._lock = threading.Lock()

    def now(self) -> float:
        """The seconds since 1970."""
        return self.time

    def wait(self, seconds: float) -> bool:
        """Let so much time pass."""
        with self._lock:
            if seconds > 0 and not self._stopped:
                self.waits.append(seconds)
                self.time += seconds
            return self._stopped

    def stop(self) -> None:
        """End all waiting."""
        self._stopped = True


QUICK = FetchOptions(resolve=names, limits=Limits(seconds=5.0, pause=5.0))


@dataclass
class Fetching:
    """Fetches feeds into an index directory; time passes between two runs as the test says."""

    index: Path
    site: Site
    now: float = START
    waits: list[float] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)

    def source(self, feed: str = "", **options: Option) -> Source:
        """The feed at this address as a source, by default /feed."""
        feed = feed or self.site.at("/feed")
        number = len(self.sources) + 1
        return self.sources.setdefault(feed, Source(number, f"feed-{number}", "feed", feed, "2026-01-01", options))

    def fetch(self, *feeds: str, later: float = 3600.0, options: FetchOptions = QUICK) -> FeedReport:
        """One run; the report of the first feed, by default /feed."""
        return self.fetch_all(*feeds, later=later, options=options)[0]

    def fetch_all(self, *feeds: str, later: float = 3600.0, options: FetchOptions = QUICK) -> list[FeedReport]:
        """One run."""
        clock = FakeClock(self.now)
        reports = fetch_feeds(self.index, [self.source(feed) for feed in feeds or [""]], options, clock=clock)
        self.now, self.waits = clock.time + later, clock.waits
        return reports

    def articles(self, feed: str = "") -> list[Article]:
        """All lines that are stored of a feed."""
        folder = fetched_folder(self.index, self.source(feed))
        return [article for path in article_files(folder) for article in articles_in(path)]


def rss(*items: str, title: str = "جريدة الصباح") -> str:
    """A feed of these items."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0">'
    return f"{head}<channel><title>{title}</title>{''.join(items)}</channel></rss>"


def item(
    number: int, *, link: str = "", text: str = "موجز الخبر", title: str = "", guid: str = "", date: str = ""
) -> str:
    """An item of a feed; its page is /NUMBER."""
    moment = date or f"Sat, 15 Jul 2017 10:{number % 60:02}:00 +0300"
    return (
        f"<item><title>{title or f'خبر رقم {number}'}</title><link>{escape(link or f'/{number}')}</link>"
        f"<guid isPermaLink='false'>{guid or f'g{number}'}</guid><pubDate>{moment}</pubDate>"
        f"<description>{escape(text)}</description></item>"
    )


PARAGRAPH = "أعلن المجلس البلدي في جلسته أمس خطة لتوسيع الحديقة العامة قرب النهر، على أن يبدأ العمل في الشهر المقبل. "


def page(title: str = "عنوان الصفحة", text: str = PARAGRAPH * 4) -> str:
    """The page of an article, with a menu."""
    head = f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head>"
    article = f"<article><h1>{title}</h1><p>{text}</p><p>{PARAGRAPH * 3}</p></article>"
    return f"{head}<body><nav>القائمة الرئيسة</nav>{article}<footer>الحقوق محفوظة</footer></body></html>"


HTML = {"content_type": "text/html; charset=utf-8"}
XML = {"content_type": "application/rss+xml"}
