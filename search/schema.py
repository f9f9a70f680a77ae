"""The table of fields that an index has for each article, the same for every engine, and the versions of the format.

Each engine builds its own schema from it, `search/index/documents.py` gives each field its value, and
`search/query/rewrite.py` and `search/ranking` search the fields. A month is stored as one number, see `month_of`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Kind(Enum):
    """What kind of values a field has."""

    TERMS = "terms"  # index terms joined by spaces, made by search/analysis: an engine only splits on white space
    KEYWORD = "keyword"  # whole values, matched as they are; counted for facets
    NUMBER = "number"  # one signed 64-bit integer: ranges, sorting, counting
    STORED = "stored"  # bytes given back as they came; not searchable


class Detail(Enum):
    """What a posting of a TERMS field keeps: that the term occurs, how often, or where; less is smaller and faster."""

    PRESENCE = "presence"
    FREQUENCY = "frequency"
    POSITIONS = "positions"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. detail: for TERMS only. facet: for KEYWORD only, whether its values can be counted."""

    name: str
    kind: Kind
    detail: Detail = Detail.PRESENCE
    facet: bool = False


FIELDS: tuple[Field, ...] = (
    Field("id", Kind.KEYWORD),
    Field("title_stem", Kind.TERMS, Detail.FREQUENCY),
    Field("title_word", Kind.TERMS, Detail.POSITIONS),
    Field("title_exact", Kind.TERMS, Detail.POSITIONS),
    Field("body_stem", Kind.TERMS, Detail.FREQUENCY),
    Field("body_word", Kind.TERMS, Detail.POSITIONS),  # and as it is written: pairs, see search/analysis/token_pairs.py
    Field("lead", Kind.TERMS, Detail.FREQUENCY),  # the article's first words once more, at level stem
    Field("marked", Kind.TERMS),  # words written with harakat inside, as `word|written`: see Analyzer.marked
    Field("source_word", Kind.TERMS),  # names of publishers as words, for `مصدر:الجزيرة`
    Field("section_word", Kind.TERMS),
    Field("author_word", Kind.TERMS),  # the persons who wrote it
    Field("agency_word", Kind.TERMS),
    Field("place_word", Kind.TERMS),  # the places of the dateline
    Field("source", Kind.KEYWORD, facet=True),
    Field("section", Kind.KEYWORD, facet=True),
    Field("author", Kind.KEYWORD, facet=True),
    Field("agency", Kind.KEYWORD, facet=True),
    Field("place", Kind.KEYWORD, facet=True),
    Field("moment", Kind.NUMBER),  # seconds since 1970 of publication, UTC: sorting
    Field("day", Kind.NUMBER),  # date.toordinal() of publication: ranges and the timeline by day
    Field("month", Kind.NUMBER),  # see month_of: the timeline by month and year
    Field("bands", Kind.TERMS),  # near-duplicate signatures: see search/index/near_duplicates.py
    Field("group", Kind.NUMBER),  # articles of one group are near-duplicates of one another
    Field("digest", Kind.NUMBER),  # hash of the article's JSON: an article whose digest is indexed has not changed
    Field("raw", Kind.STORED),  # the article's JSON
)

BY_NAME = {field.name: field for field in FIELDS}
FACETS = ("source", "section", "author", "agency")  # counted beside the hits
FORMAT = 6  # raise when the fields or what they hold change: an older index is then searched but not added to
# 3 does not store the order of ids: articles of one moment are in the files' order; neither 3 nor 4 has agencies.
# 5 has other terms of `bands`, so that copies of what it holds would not be found.
READABLE_FORMATS = (3, 4, 5, FORMAT)


def month_of(day: date) -> int:
    """Return the month of the day as the index stores it: year * 12 + month - 1."""
    return day.year * 12 + day.month - 1


def month_key(month: int) -> str:
    """Return the month as text, such as "2017-07"."""
    return f"{month // 12:04}-{month % 12 + 1:02}"
