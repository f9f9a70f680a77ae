"""Lines that a publisher repeats at the beginning or end of its articles, «رابط الخبر بصحيفة …», told by their keys.

In: an article. Out: the keys of its first and last lines, which the indexer counts (`indexer/line_counts.py`), and
the part of its body that is left where some of them were found to be repeated. What is left is what snippets are taken
from and what ranks; the other lines keep their place in the fields of words, so a phrase finds them, and on the page.
Called for each article that is indexed, by `documents.py`, and for each hit that is shown. What ranks of the rest is
worked out by `ranked_terms.py`, and which lines have a word of a query by `repeated_words.py`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import msgspec

from search.article import Article
from search.storage.checksummed_json import checksum_agrees

FILE: Final = "repeated-lines.json"

_FIRST: Final = 2  # lines at the beginning that are looked at
_LAST: Final = 6
_HEAD: Final = 200  # characters in which they are
_TAIL: Final = 1_000
_LONGEST_FIRST: Final = 60  # characters of a line that is counted; first sentences of daily reports are longer
_LONGEST_LAST: Final = 120
_SMALL: Final = 1  # per cent of a publisher's articles that must have a line
_LARGE: Final = 5  # where it may be the name of a person, or only begins like others
_NAME_WORDS: Final = 4
_BYLINE: Final = re.compile("[-–—\u0640:]")  # what parts a place, a paper and a name
_UNSEEN: Final = re.compile("[\u0640\u064b-\u0652\u0670]+")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[A-Za-z0-9.-]+", re.IGNORECASE)
_PART: Final = re.compile(r"[^\W\d_]+|\d+|@")
_ONLY_LETTERS: Final = re.compile("[\u0621-\u064a ]+")
_COLON: Final = ":"
_BEGINNING_WORDS: Final = 6
_SHORTEST_WITHIN: Final = 8  # characters of a repeated line that is looked for within a line
_TAIL_WITHIN: Final = 400  # characters in which the beginning of a last line is
BETWEEN_SOURCES: Final = " + "  # the names of an article's sources, which together are its publisher
FIRST, LAST, BEGINNING = "first", "last", "beginning"


class EdgeLine(msgspec.Struct, frozen=True, gc=False):
    """A line that may be repeated.

    key    tells it from others of its publisher and of others
    share  how much per cent of its publisher's articles must have it
    kind   where it stands, or that it is the beginning of a last line, up to a colon
    text   as it is written
    """

    key: int
    share: int
    kind: str
    text: str


#: The key of an article's publisher, and its first and last lines; none where it has one line.
EdgeLines = tuple[int, tuple[EdgeLine, ...]]


class Repeated(msgspec.Struct, frozen=True):
    """A repeated line: its publisher, its kind and its text as in `EdgeLine`."""

    publisher: int
    kind: str
    text: str


class State(msgspec.Struct):
    """What was counted: by publisher, its articles and, by line, how many have it (see `indexer/line_counts.py`);
    and by key the lines that are repeated. new: keys of those that articles before them still rank by.
    """

    articles: dict[int, int] = {}
    counts: dict[int, dict[int, tuple[int, int, int]]] = {}
    repeated: dict[int, Repeated] = {}
    new: list[int] = []


class Counted(msgspec.Struct):
    """The file: what was counted before and after a commit of the index, and an article by which one sees whether that
    commit was made: its id, and the digest that it has since. None: it was made, and both are the same.
    """

    before: State
    after: State
    witness: tuple[str, int] | None = None


class RepeatedLines:
    """The repeated lines of a generation, by publisher."""

    def __init__(self, lines: Mapping[int, Repeated] = MappingProxyType({})) -> None:
        self._keys: dict[int, set[int]] = {}
        self._texts: dict[int, list[Repeated]] = {}  # those that are long enough to be looked for within others
        self._all: list[str] = []
        for key, line in lines.items():
            self.add(key, line)

    def add(self, key: int, line: Repeated) -> None:
        """Add a line."""
        self._keys.setdefault(line.publisher, set()).add(key)
        self._all.append(line.text)
        if len(line.text) >= _SHORTEST_WITHIN:
            self._texts.setdefault(line.publisher, []).append(line)

    def texts(self) -> list[str]:
        """The repeated lines of all publishers, each as one article has it."""
        return self._all

    def has_of(self, publisher: int) -> bool:
        """Whether this publisher repeats lines."""
        return publisher in self._keys

    def kept_part(self, article: Article) -> tuple[int, int]:
        """Where the body begins and ends without repeated lines at its edges; all of it if nothing would be left."""
        body = article.body
        publisher = publisher_of(article) if self._keys else 0
        if publisher not in self._keys:
            return 0, len(body)
        keys, begin, end = self._keys[publisher], 0, len(body)
        for _, stop, line in _first_lines(body):
            if not any(each.key in keys for each in _keys(publisher, *line)):
                break
            begin = stop
        for start, _, line in _last_lines(body):
            if not any(each.key in keys for each in _keys(publisher, *line)):
                break
            end = start
        begin, end = self._without_texts(body, begin, end, publisher)
        return (begin, end) if body[begin:end].strip() else (0, len(body))

    def _without_texts(self, body: str, begin: int, end: int, publisher: int) -> tuple[int, int]:
        """The same part without repeated lines that lost their line break: they stand in a line with other text."""
        for line in self._texts.get(publisher, ()):
            if line.kind == BEGINNING:
                at = body.find(line.text, max(begin, end - _TAIL_WITHIN), end)
                if at >= 0 and body[at + len(line.text) : end].lstrip().startswith(_COLON):
                    end = at
            elif line.kind == FIRST and body.startswith(line.text, begin, end):
                begin += len(line.text)
            elif line.kind == LAST and body.rstrip().endswith(line.text) and end == len(body):
                end = len(body.rstrip()) - len(line.text)
        return begin, end


def read_counted(folder: Path) -> Counted | None:
    """The file of the generation in this folder; None where there is none, or where it is damaged."""
    with suppress(FileNotFoundError, msgspec.DecodeError, UnicodeDecodeError):
        content = (folder / FILE).read_bytes()
        return msgspec.json.decode(content, type=Counted) if checksum_agrees(content) else None
    return None


def repeated_lines(folder: Path) -> RepeatedLines:
    """The lines that are repeated in the generation in this folder."""
    counted = read_counted(folder)
    return RepeatedLines(counted.after.repeated if counted else {})


def publisher_of(article: Article) -> int:
    """The key of an article's publisher."""
    return _key("", BETWEEN_SOURCES.join(article.source))


def edge_lines(article: Article) -> EdgeLines:
    """The first and last lines of an article, to be counted."""
    body, publisher = article.body, publisher_of(article)
    if "\n" not in body:
        return publisher, ()
    first = [line for line in body[:_HEAD].split("\n")[:-1] if line.strip()][:_FIRST]
    found = [key for line in first for key in _keys(publisher, line.strip(), True)]
    for line in [line for line in body[-_TAIL:].split("\n")[1:] if line.strip()][-_LAST:]:
        found += _keys(publisher, line.strip(), False)
    return publisher, tuple(found)


def _first_lines(body: str) -> Iterator[tuple[int, int, tuple[str, bool]]]:
    """Where each of the first lines with words begins and ends, and the line; True: it is one of the first."""
    at = found = 0
    for line in body[:_HEAD].split("\n")[:-1]:
        stop = at + len(line) + 1
        if line.strip():
            yield at, stop, (line.strip(), True)
            found += 1
            if found == _FIRST:
                return
        at = stop


def _last_lines(body: str) -> Iterator[tuple[int, int, tuple[str, bool]]]:
    """Where each of the last lines with words begins and ends, the last one first."""
    stop, found = len(body), 0
    for line in reversed(body[-_TAIL:].split("\n")[1:]):
        start = stop - len(line) - 1
        if line.strip():
            yield start, stop, (line.strip(), False)
            found += 1
            if found == _LAST:
                return
        stop = start


def _keys(publisher: int, line: str, is_first: bool) -> list[EdgeLine]:
    """The key of the line as it is, if it is short; and that of its beginning, if this ends with a colon."""
    found = []
    if len(line) <= (_LONGEST_FIRST if is_first else _LONGEST_LAST) and not (is_first and _BYLINE.search(line)):
        words = _normal(line)
        if words:
            is_like_name = words.count(" ") < _NAME_WORDS and _ONLY_LETTERS.fullmatch(line) is not None
            kind = FIRST if is_first else LAST
            found.append(EdgeLine(_key(kind, words, publisher), _LARGE if is_like_name else _SMALL, kind, line))
    if not is_first and (colon := line.find(_COLON, 0, _LONGEST_LAST)) > 0:
        words = _normal(line[:colon])
        if 0 < words.count(" ") < _BEGINNING_WORDS and line[colon + 1 :].strip():
            found.append(EdgeLine(_key(BEGINNING, words, publisher), _LARGE, BEGINNING, line[:colon].rstrip()))
    return found


def lasting_words(line: str) -> str:
    """The words of a line that all articles have which have it: without numbers and addresses."""
    return " ".join(part for part in _PART.findall(_UNSEEN.sub("", _ADDRESS.sub(" ", line))) if part[0].isalpha())


@lru_cache(maxsize=2**12)
def _normal(line: str) -> str:
    """The words of a line, each number 0, each address @; "" without letters."""
    if "@" in line or "." in line:
        line = _ADDRESS.sub("@", line)
    parts = ["0" if part.isdecimal() else part for part in _PART.findall(_UNSEEN.sub("", line))]
    return " ".join(parts) if any(part[0].isalpha() for part in parts) else ""


@lru_cache(maxsize=2**12)
def _key(kind: str, words: str, publisher: int = 0) -> int:
    digest = hashlib.blake2b(f"{publisher} {kind} {words}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
