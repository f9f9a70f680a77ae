"""Any number of articles like those of ../shared/news: the news again and again, with words changed and shuffled.

In: how many, and which part of them. Out: rows of JSONL, in files that `million.py` has indexed. The words of each
sentence are shuffled, so that articles of two rounds, and wire copies, are no near-duplicates. Three words of a hundred
have a letter changed, so that the vocabulary grows as an archive's does: common words meet common changes again, rare
ones make new words. The same number and part always give the same rows.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.bench.places import NEWS

SEED: Final = 20170715
_CHANGED: Final = 0.03  # of all words
_VARIANTS: Final = 40  # different changes of one word
_LETTERS: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_SENTENCE: Final = re.compile(r"[^.؟!،؛\n]+")
_FIRST_DAY: Final = datetime(2000, 1, 1)
_HOURS: Final = 200_000  # the dates begin again after as many


def write(path: Path, first: int, end: int, *, corrected: int = 0) -> Path:
    """Write the articles from number `first` to `end` - 1 to a file (`.jsonl.gz`).

    corrected: every so many of them has another text, under the same id; 0: none.
    """
    with gzip.open(path, "wb", compresslevel=1) as out:
        for number in range(first, end):
            version = 1 if corrected and number % corrected == 0 else 0
            out.write(json.dumps(article(number, version), ensure_ascii=False).encode() + b"\n")
    return path


def article(number: int, version: int = 0) -> dict[str, Any]:
    """Return one row. version: of its text."""
    news = _all_news()
    row = json.loads(news[number % len(news)])
    chance = random.Random(f"{SEED} {number} {version}")
    return {
        "id": f"made-{number}",
        "title": _text(row.get("title") or "", chance),
        "body": _text(row.get("body") or "", chance),
        "source": row.get("source"),
        "section": row.get("section"),
        "author": row.get("author"),
        "date": (_FIRST_DAY + timedelta(hours=number % _HOURS)).isoformat(timespec="seconds"),
    }


def _text(text: str, chance: random.Random) -> str:
    return _SENTENCE.sub(lambda sentence: _sentence(sentence[0], chance), text)


def _sentence(sentence: str, chance: random.Random) -> str:
    words = sentence.split(" ")
    chance.shuffle(words)
    for place in range(int(len(words) * _CHANGED + chance.random())):
        words[place] = _changed(words[place], chance.randrange(_VARIANTS))
    return " ".join(words)


def _changed(word: str, variant: int) -> str:
    """Return the word with one letter replaced; which, and by which one, the variant says."""
    if len(word) < 3:
        return word
    place = 1 + variant % (len(word) - 1)
    return word[:place] + _LETTERS[variant * 11 % len(_LETTERS)] + word[place + 1 :]


@cache
def _all_news() -> tuple[bytes, ...]:
    found: list[bytes] = []
    for path in NEWS:
        with gzip.open(path, "rb") as lines:
            found += lines
    random.Random(SEED).shuffle(found)
    return tuple(found)
