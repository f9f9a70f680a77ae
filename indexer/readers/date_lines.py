"""A line of a text → the date that it tells, and whom it names beside it: paper, place, writer, section.

Called by `plain_text.py` for lines near either end of a text. A line tells when an article was published if it is a
date, or a date and nothing but what stands beside dates: «أحمد علي نشر في التجديد يوم 25 - 09 - 2012»,
«رام الله 12-7-2012 وفا- زلفى شحرور», «صحيفة الوطن - العدد 2403 الأثنين 9 يوليو 2012».
«أحداث 11 سبتمبر 2001» is a headline.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from indexer.readers.bylines import OF_SENTENCES, is_person
from search.analysis.fold import folded
from search.pages.agencies import AGENCY
from search.pages.dateline_words import PLACES, SENTENCE, VOICES
from search.query.dates.published import read_published
from search.query.dates.words import WEEKDAYS

_LONGEST: Final = 110  # letters of a line that tells a date
_MOST_NAMES: Final = 4  # words of a paper's name
_MOST_WORDS: Final = 8  # words of a byline
_CLOCK: Final = re.compile(r"\d:[0-5]\d")
_AROUND: Final = " \t\u00a0-–—:،,.|/*"
# «أحمد عبادينشر في ميثاق الرابطة يوم 25 - 10 - 2012», as a site of Moroccan papers signs.
_PUBLISHED_IN: Final = re.compile(r"(?P<author>.*?)نشر(?:ت)?\s+في\s+(?P<source>\S.*?)\s+يوم\s+(?P<date>\d.*)")
# «رام الله 12-7-2012 وفا- زلفى شحرور», «قلقيلية 17-7-2012 وفا- قال وزير الاقتصاد …», «الخرطوم 26 شوال 1436 هـ الموافق
# 11 اغسطس 2015 م واس»: of a paragraph the beginning
_DATELINE: Final = re.compile(
    r"(?P<place>[^\d:.،(]{2,30}?)[\s،,-]*(?P<date>\d[^:.()]{3,60}?(?:19|20)\d\d(?:\s?م)?)\s*"
    r"(?:(?:\((?P<quoted>[^()\d]{2,20})\)|(?P<voice>[^\W\d_]+))\s*(?:[-–—:ـ]+\s*(?P<author>.*)|$))"
)
# «الأحد 16 سبتمبر 2012الجزائر: حميد عبد القادر»
_BEFORE_DATELINE: Final = re.compile(
    r"(?P<date>\D{0,20}\d{1,2}\D{2,20}(?:19|20)\d\d)(?P<place>[^\d:]{2,25}):\s*(?P<author>[^\d:]{3,40})"
)
# «الوئام: تم إضافته يوم السبت …», «صحيفة الوطن - العدد 2403 الأثنين …», «البيان 28 جويلية 2012»
_BEHIND_PAPER: Final = re.compile(
    r"(?P<source>(?:(?:صحيفة|جريدة|مجلة|موقع|شبكة|وكالة)\s)?[^\d:،-]{2,40}?)(?:\s*[-–—:،]+\s*|\s+)"
    r"(?:العدد\s*:?\s*\d+\s*[-–—:،]*\s*)?"
    r"(?:(?:تم إضافته|تمت? الإضافة|نشرت?|تاريخ النشر)\s*:?\s*)?(?P<date>(?:(?:في\s+)?يوم\s+)?(?:\S+\s*[،,]?\s+)?\d.*)"
)
_NAMED_PAPER: Final = re.compile(r"(?:صحيفة|جريدة|مجلة|موقع|شبكة|وكالة)\s")
# «30 نيسان 2012 03:04 عدد القراءات 1829», «2012-06-19 (رياضة)», «7/21/2012 9:17:47 PM أخر تحديث للصفحة في»
_BEFORE_NOTE: Final = re.compile(
    r"(?P<date>.*?\d(?:\s*(?:[AaPp][Mm]|ص|م|صباحا|مساء))?)\s*(?:[-–—|،(\[]\s*)*"
    r"(?:(?:عدد\s+)?(?:القراءات|المشاهدات|الزيارات|التعليقات)\s*:?\s*[\d,]+"
    r"|[أآا]خر تحديث(?:\s+للصفحة)?(?:\s+في)?|\((?P<section>[^\W\d_]{3,15})\))\s*[)\]]?"
)


class DatedLine(NamedTuple):
    """What a line with a date tells. published: the date as it is written there."""

    published: str
    source: str = ""
    author: str | None = None
    section: str | None = None


def dated_line(line: str) -> DatedLine | None:
    """What the line tells; None where it is no date, or says more than what stands beside dates."""
    if line.isdecimal() or not any(map(str.isdecimal, line[:_LONGEST])):
        return None
    text = " ".join(line[: 2 * _LONGEST].split())
    if len(text) > _LONGEST:
        found = _dateline(text)
        return found if found and read_published(found.published) else None
    for date, beside in _dates_of(text):
        if read_published(date) is not None:
            return DatedLine(date, beside if folded(beside) in VOICES else "")
    return next((found for rule in _RULES if (found := rule(text)) and read_published(found.published)), None)


def _dates_of(line: str) -> Iterator[tuple[str, str]]:
    """What of a line may be a date, and the word beside it: all of it, or all but a word around a date with a weekday
    or hour: «السبت 28 جويلية 2012 الشروق»."""
    yield line, ""
    words = line.split()
    if (
        len(words) > 2
        and SENTENCE.isdisjoint(map(folded, words))
        and (_CLOCK.search(line) or not WEEKDAYS.isdisjoint(map(folded, words)))
    ):
        yield " ".join(words[:-1]), words[-1]
        yield " ".join(words[1:]), words[0]


def _published_in(line: str) -> DatedLine | None:
    found = _PUBLISHED_IN.fullmatch(line)
    if found is None or len(found["source"].split()) > _MOST_NAMES:
        return None
    author, source = found["author"].strip(_AROUND), found["source"].strip(_AROUND)
    is_text = len(author.split()) > _MOST_WORDS or not OF_SENTENCES.isdisjoint(folded(author).split())
    return DatedLine(found["date"], source, author if author and author != source and not is_text else None)


def _dateline(line: str) -> DatedLine | None:
    found = _DATELINE.match(line)
    if found is None or folded(found["quoted"] or found["voice"]) not in AGENCY:
        return None
    author = (found["author"] or "").strip(_AROUND)
    is_named = len(found["place"].split()) <= _MOST_NAMES and len(author.split()) <= _MOST_NAMES
    return DatedLine(found["date"], "", author if author and is_named else None)


def _before_dateline(line: str) -> DatedLine | None:
    found = _BEFORE_DATELINE.fullmatch(line)
    if found is None:
        return None
    place, author = found["place"].strip(_AROUND), found["author"].strip(_AROUND)
    is_signed = folded(place) in PLACES or is_person(author)
    return DatedLine(found["date"], "", author) if is_signed and len(author.split()) <= _MOST_NAMES else None


def _behind_paper(line: str) -> DatedLine | None:
    found = _BEHIND_PAPER.fullmatch(line.strip(_AROUND))
    if found is None:
        return None
    source = found["source"].strip(_AROUND)
    is_named = _NAMED_PAPER.match(source) and len(source.split()) <= _MOST_NAMES
    return DatedLine(found["date"], source) if is_named or folded(source) in VOICES else None


def _before_note(line: str) -> DatedLine | None:
    found = _BEFORE_NOTE.fullmatch(line)
    return DatedLine(found["date"], section=found["section"]) if found else None


_RULES: Final[tuple[Callable[[str], DatedLine | None], ...]] = (
    _published_in,
    _dateline,
    _before_dateline,
    _behind_paper,
    _before_note,
)
