"""An archive of invented news of any size that holds everything a page can stumble over.

`articles(count)` streams the same articles each time; `python -m tests.crawl.archive 100000 > news.jsonl` writes them
as JSONL. The words of `SETS` stand in the articles of one set each and nowhere else, so a query for one finds that set;
nearly all other articles have the word `COMMON`. From some 14,000 articles on the sets have their full sizes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from search.article import Article, encode_article
from search.limits import LONGEST_NAME
from tests.crawl import odd
from tests.crawl.words import headline, latin, long_text, person, section, sentence, text

FIRST_DAY: Final = date(1860, 1, 1)
DAYS: Final = 160 * 365
ONE_DAY: Final = "2019-11-04"
LONG_TITLE: Final = 5_000  # letters
NEWSPAPERS: Final = ("alkhaleej", "صحيفة الرياض", "وكالة الأنباء", "BBC عربي", "الأهرام", "القدس العربي", "النهار")


@dataclass(frozen=True, slots=True)
class Set:
    """Articles that share a word: at most so many, and no larger part of the archive than a `share`th."""

    word: str
    most: int
    share: int

    def size(self, count: int) -> int:
        return min(self.most, max(2, count // self.share))


ONE_STORY = Set("بركان", 400, 35)  # one story in hundreds of copies
COPIED = Set("زلزال", 1_200, 11)  # of 25 articles 24 are copies
FEW_HUNDRED = Set("ياقوت", 260, 53)
SAME_DAY = Set("مهرجان", 300, 46)
LONG_TITLED = Set("مطولات", 120, 116)
LONG_NAMED = Set("ألقاب", 200, 70)
MISSPELLED: Final = "البرلمن"  # twice; the word that is meant is common
ODD = Set("غرائب", 2 * max(len(odd.NAMES), len(odd.IDS)), 1)
WITHOUT_ARABIC = Set("tidings", 150, 93)
SETS: Final = (ONE_STORY, COPIED, FEW_HUNDRED, SAME_DAY, LONG_TITLED, LONG_NAMED, ODD, WITHOUT_ARABIC)
COPIES_OF_EACH: Final = 25
COMMON: Final = "السعودية"


def articles(count: int, *, seed: int = 1) -> Iterator[Article]:
    """So many articles, at least the odd ones; the same for the same numbers."""
    chance = Random(seed)
    number = 0
    for made in (
        *(_odd(chance, n) for n in range(ODD.size(count))),
        *_long_titled(chance, count),
        *_long_named(chance, count),
        *_copied(chance, ONE_STORY, count, ONE_STORY.most),
        *_copied(chance, COPIED, count, COPIES_OF_EACH),
        *_others(chance, count),
    ):
        yield made
        number += 1
    for n in range(number, count):
        yield _ordinary(chance, n)


def _odd(chance: Random, n: int) -> Article:
    """An odd id, source, section, author and address; half of them without a date, a third without a title."""
    names = odd.NAMES
    return Article(
        odd.IDS[n] if n < len(odd.IDS) else f"odd-{n}",
        headline(chance) if n % 3 else "",
        f"{ODD.word} {MISSPELLED if n < 2 else ''} {sentence(chance)}",
        (names[n % len(names)], names[(n * 7 + 3) % len(names)]),
        names[(n + 1) % len(names)],
        names[(n + 2) % len(names)],
        odd.ADDRESSES[n % len(odd.ADDRESSES)],
        _day(chance) if n % 2 else None,
    )


def _long_titled(chance: Random, count: int) -> Iterator[Article]:
    for n in range(LONG_TITLED.size(count)):
        title = f"{LONG_TITLED.word} {long_text(chance, LONG_TITLE)}"[:LONG_TITLE]
        source, author, department = (long_text(chance, LONGEST_NAME) for _ in range(3))
        yield Article(f"long-{n}", title, text(chance, 2), (source,), department, author, None, _day(chance))


def _long_named(chance: Random, count: int) -> Iterator[Article]:
    """Usual titles beneath sources, sections and authors of 300 characters, each of several articles."""
    rows = [tuple(long_text(chance, LONGEST_NAME) for _ in range(4)) for _ in range(40)]
    for n in range(LONG_NAMED.size(count)):
        one, other, department, author = rows[n % len(rows)]
        body = f"{LONG_NAMED.word} {text(chance, 2)}"
        yield Article(f"named-{n}", headline(chance), body, (one, other), department, author, None, _day(chance))


def _copied(chance: Random, of: Set, count: int, copies: int) -> Iterator[Article]:
    """Stories of 60 words in so many copies each: a newspaper adds a word, gives it a day and a title."""
    story = ""
    for n in range(of.size(count)):
        if n % copies == 0:
            story = f"{of.word} {text(chance, 4)}"
        source = NEWSPAPERS[n % len(NEWSPAPERS)]
        added = "" if n % 3 else f" {source}"
        yield Article(f"copy-{of.word}-{n}", headline(chance), story + added, (source,), published=_day(chance))


def _others(chance: Random, count: int) -> Iterator[Article]:
    for n in range(FEW_HUNDRED.size(count)):
        body = f"{FEW_HUNDRED.word} {text(chance, 2)}"
        yield Article(f"few-{n}", headline(chance), body, NEWSPAPERS[n % 2 :][:1], published=_day(chance))
    for n in range(SAME_DAY.size(count)):
        moment = f"{ONE_DAY}T{n % 24:02}:{n % 60:02}:00+03:00" if n % 2 else ONE_DAY
        yield Article(f"day-{n}", headline(chance), f"{SAME_DAY.word} {sentence(chance)}", published=moment)
    for n in range(WITHOUT_ARABIC.size(count)):
        body = f"{WITHOUT_ARABIC.word} {latin(chance, 40)}"
        yield Article(f"latin-{n}", latin(chance, 6), body, ("Reuters",), "World", "J. Smith", published=_day(chance))


def _ordinary(chance: Random, n: int) -> Article:
    """Every one has an author and a section of its own; each value may be missing."""
    body = f"{COMMON}: {text(chance, 2)}"
    return Article(
        f"{n}",
        headline(chance) if n % 10 else "",
        body if n % 50 != 7 else "",
        (NEWSPAPERS[n % len(NEWSPAPERS)],) if n % 4 else (),
        section(n) if n % 40 else None,
        person(n) if n % 40 != 1 else None,
        f"https://www.example.org/{n}" if n % 3 else None,
        _day(chance) if n % 3 else None,
    )


def _day(chance: Random) -> str:
    return (FIRST_DAY + timedelta(days=chance.randrange(DAYS))).isoformat()


def main() -> None:
    """Writes so many articles to standard output, an object a line."""
    if len(sys.argv) != 2 or not sys.argv[1].isascii() or not sys.argv[1].isdigit():
        sys.exit("usage: python -m tests.crawl.archive ARTICLES > news.jsonl")
    for article in articles(int(sys.argv[1])):
        sys.stdout.buffer.write(encode_article(article) + b"\n")


if __name__ == "__main__":
    main()
