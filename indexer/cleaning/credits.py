"""The byline of an article, «واس - الرياض» or «جدة - أحمد علي», → the agencies, places and persons that it names.

In: an author as a reader found it, and the text, which may begin with a dateline. Out: `Credits`. Only what is surely
one of the three is among them: an agency or a place is one of the tables, a person is the rest of a byline that has
two to five words, all of them such as names have. Nothing is taken out of the text. Called by `clean.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from indexer.cleaning.byline_words import (
    BEGIN_WITH_AND,
    GIVEN_WITH_ARTICLE,
    NO_BEGINNING,
    NO_NAME,
    PAPER,
    PLACE,
    TWO_WORD_PLACES,
    folded,
)
from indexer.cleaning.person_names import usual_name
from search.analysis.letters import ARTICLE, TATWEEL, WAW
from search.pages.agencies import AGENCY
from search.pages.dateline import dateline_end
from search.pages.dateline_words import LABELS, LONG_VERBS, SENTENCE, SENTENCE_BEGINS


class Credits(NamedTuple):
    """What a byline names, each name once, in its order."""

    agencies: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()


class _Part(NamedTuple):
    """What a part of a byline names by itself, and whether it is the name of a town, of a town and a paper, a text."""

    named: Credits
    is_town: bool
    is_paper: bool
    is_text: bool


NONE: Final = Credits()

_MOST_WORDS: Final = 5  # words of a name
_LONGEST: Final = 120  # characters of a byline that is read
_REMEMBERED: Final = 2**14
_AROUND: Final = " .\t\u200f\u200e\xa0"
# Signs, numbers with the letters of eras, and «من» part a byline: «الاقتصادية» من الرياض, الخرطوم 26 شوال 1436 هـ واس.
_APART: Final = re.compile(
    r"(?:[-–—_/|:;،,؛\n«»\"“”()\[\]{}*•\d]|(?<![^\W\d])(?:هـ?|م|من|الموافق|في(?= \d))(?!\w)|(?<!\w)ـ+(?!\w))+|\s{3,}"
)
_NAME: Final = re.compile(r"[\u0621-\u063a\u0641-\u0652\u0670 ]+")
_TITLE: Final = re.compile(
    r"^(?:[دأام]\s?\.\s?|(?:د|أ\.د|الدكتورة?|المهندسة?|الأستاذة?|الشيخ|الداعية|الفنان|الفنانة|الشاعرة?|الكاتبة?)\s+(?=\w))+"
)
_OPENING: Final = re.compile(r"\s*([^\W\d_][^\n:–—.،-]{1,24}+)\s*([–—:]|-(?=\s))")  # «مسقط – أنقذت طائرة …»
_GOD: Final = "الله"  # of عبد الله and جار الله; a sentence has it too


def read_credits(author: str | None, body: str) -> Credits:
    """Return what the author and the dateline of an article name."""
    signed = _read(author[:_LONGEST]) if author else NONE
    sent = _sent(body)
    if sent is NONE or sent == signed:
        return signed
    return (
        sent
        if signed is NONE
        else Credits(*(tuple(dict.fromkeys(one + other)) for one, other in zip(signed, sent, strict=True)))
    )


def _sent(body: str) -> Credits:
    """Return what the dateline names with which a text begins."""
    if end := dateline_end(body):
        return _read(body[:end].strip()[:_LONGEST])
    opening = _OPENING.match(body)
    place = PLACE.get(folded(opening[1])) if opening else None
    if opening is None or place is None:
        return NONE
    writer = _before_sentence(body[opening.end() : opening.end() + _LONGEST]) if opening[2] == ":" else []
    return Credits(places=(place,), persons=tuple(writer))


def _before_sentence(text: str) -> list[str]:
    """Return the name that stands before the first sentence without a sign between: «رانيا الغزاوي كشفت هيئة …»."""
    words = [folded(word) for word in text.split()[: _MOST_WORDS + 1]]
    if not words or words[0] in SENTENCE_BEGINS:
        return []
    short = words[2:3] and words[2] in SENTENCE and words[2] != _GOD  # a longer name may have swallowed the verb
    end = 2 if short else next((at for at in range(2, len(words)) if words[at] in SENTENCE_BEGINS), 0)
    glued = words[end - 1].endswith(LONG_VERBS)  # «محمدو لحبيبعقدت»
    return [] if glued else _persons(" ".join(text.split()[:end]))


@lru_cache(maxsize=_REMEMBERED)
def _read(byline: str) -> Credits:
    agencies, places, persons = list[str](), list[str](), list[str]()
    pieces = (piece.replace(TATWEEL, "").strip(_AROUND) for piece in _APART.split(byline))
    parts = [_read_part(piece) for piece in pieces if piece]
    towns = sum(part.is_town for part in parts)
    for part in parts:
        if part.is_text:
            return NONE
        if part.is_paper and towns > 1:
            continue  # الرياض - الدمام: a paper in a town
        agencies += part.named.agencies
        places += part.named.places
        persons += part.named.persons
    return Credits(tuple(agencies), tuple(places), tuple(dict.fromkeys(persons)))


@lru_cache(maxsize=_REMEMBERED)
def _read_part(part: str) -> _Part:
    key = folded(part.replace(".", " "))
    known = _covered(key.split())
    if known is None:
        place, rest = _placed(part)
        persons = _persons(rest)
        named = Credits((), (place,) if place and persons else (), tuple(persons))
    else:
        named = Credits(
            tuple(AGENCY[name] for name in known if name in AGENCY),
            tuple(PLACE[name] for name in known if name in PLACE and name not in AGENCY),
        )
    is_town, is_paper = folded(part) in PLACE, key in PLACE and key in PAPER
    return _Part(named, is_town, is_paper, len(part.split()) > 2 * _MOST_WORDS)


def _covered(words: Sequence[str]) -> list[str] | None:
    """Return the names of the tables that the words are, one after another, the longest first: «د ب أ واس»; None if
    any is none.
    """
    if not words:
        return []
    for length in range(min(len(words), _MOST_WORDS), 0, -1):
        name = " ".join(words[:length])
        if (name in AGENCY or name in PLACE or name in PAPER) and (rest := _covered(words[length:])) is not None:
            return [name, *rest]
    return None


def _placed(part: str) -> tuple[str | None, str]:
    """Return the place that stands before or behind a name, and the name: «أبوظبي علي أسعد»; None without."""
    words = part.split()
    for length in (3, 2, 1):
        if len(words) >= length + 2:
            if place := PLACE.get(folded(" ".join(words[:length]))):
                return place, " ".join(words[length:])
            if place := PLACE.get(folded(" ".join(words[-length:]))):
                return place, " ".join(words[:-length])
    return None, part


def _persons(text: str) -> list[str]:
    """Return the names of the persons that the text is, joined by و; none if any of them may be something else."""
    words = _TITLE.sub("", text).split()
    while words and folded(words[0]) in LABELS:
        words = words[1:]
    cuts = [at for at in range(2, len(words) - 1) if words[at][0] == WAW and folded(words[at]) not in BEGIN_WITH_AND]
    names = []
    for start, end in pairwise((0, *cuts, len(words))):
        name = " ".join(words[start:end])
        names.append(name[1:] if start else name)
    return list(dict.fromkeys(map(usual_name, names))) if all(map(_is_person, names)) else []


def _is_person(name: str) -> bool:
    words = folded(name).split()
    if not 2 <= len(words) <= _MOST_WORDS or not _NAME.fullmatch(name) or min(map(len, words)) < 2:
        return False
    first = words[0]
    if first.startswith(ARTICLE) and first not in GIVEN_WITH_ARTICLE:
        return False
    if first.startswith(WAW) and first not in BEGIN_WITH_AND:
        return False
    if first in NO_BEGINNING or first == _GOD or " ".join(words) in TWO_WORD_PLACES:
        return False
    return not NO_NAME.intersection(word for word in words if word != _GOD)
