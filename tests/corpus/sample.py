"""The bundled sample as its tests read it: rows of the JSONL, topics, judgments."""

import json
import re
from typing import NamedTuple

from pyarabic.araby import TASHKEEL

from corpus import ARTICLES, QRELS, TOPICS

HARAKAT = "".join(TASHKEEL)
_BARE = {ord(mark): None for mark in HARAKAT}
_ARABIC_WORD = re.compile(f"[ء-ي{HARAKAT}]+")

Row = dict[str, str | None]


class Judgment(NamedTuple):
    """One line of the qrels."""

    topic: str
    article: str
    grade: int


def read_rows() -> list[Row]:
    """Every article of the sample, in the file's order."""
    with ARTICLES.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_topics() -> dict[str, str]:
    """Topic → query."""
    return dict(line.split("\t") for line in TOPICS.read_text(encoding="utf-8").splitlines())


def read_judgments() -> list[Judgment]:
    """Every line of the qrels."""
    rows = (line.split() for line in QRELS.read_text(encoding="utf-8").splitlines())
    return [Judgment(topic, article, int(grade)) for topic, _, article, grade in rows]


def text_of(row: Row) -> str:
    """Title and body."""
    return f"{row['title']}\n\n{row['body']}"


def vocalised_share(row: Row) -> float:
    """Share of the article's Arabic words of three letters or more that carry two marks or more."""
    words = [word for word in _ARABIC_WORD.findall(text_of(row)) if len(word.translate(_BARE)) >= 3]
    return sum(sum(mark in HARAKAT for mark in word) >= 2 for word in words) / len(words)
