"""Lines of an article → who wrote it, where a line near the beginning or at the end says so and nothing else.

Called by the readers of pages and of plain text. The line stays in the text; `indexer/cleaning/credits.py` tells which
of the names are persons.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from search.analysis.fold import folded
from search.pages.agencies import AGENCY
from search.pages.dateline import SENTENCE

_LABELS: Final = (
    "بقلم|كتبه|كتبها|كتبت|كتب|إعداد|اعداد|أعده|أعدها|تحرير|تحقيق|تقرير|متابعة|أجرت الحوار|أجرى الحوار"
    "|حاورته|حاوره|حاورها|حوار"
)
_NAME: Final = r"(?P<name>(?:[دأم]\s?\.\s?)*[^\W\d_]+(?:\s+[^\W\d_]+){1,4})"
_ONE_WORD: Final = r"(?P<agency>[^\W\d_]+)"
_LINE: Final = re.compile(
    rf"[\s(«]*(?:(?:{_LABELS})\s*[:：/\-–—ـ]+\s*(?:{_NAME}|{_ONE_WORD})[\s*:.،\-–—)»]*"  # «كتب/ أحمد المالكي:»
    rf"|بقلم\s+{_NAME.replace('name', 'signed')}[\s*:.)»]*"  # «بقلم عبد الحميد العوضي*»
    rf"|(?:{_LABELS})\s+{_NAME.replace('name', 'begun')}\s*:\s*)"  # «كتب طارق عرابي:»; «كتب» are books, too
)
_ON: Final = "على"  # which folding makes the name «علي»
_FIRST: Final = 4  # lines of the text in which a byline may stand
_LONGEST: Final = 80


def writer_in(lines: Sequence[str]) -> str | None:
    """The name in the first such line; `lines`: those of the text that are not blank."""
    for line in (*lines[:_FIRST], *lines[-1:]):
        found = _LINE.fullmatch(" ".join(line.split())) if len(line) <= _LONGEST else None
        if (
            found
            and (name := next(filter(None, found.groups()), ""))
            and _is_name(name, is_one_word=bool(found["agency"]))
        ):
            return name
    return None


def _is_name(name: str, *, is_one_word: bool) -> bool:
    """Whether these words may be a name; one word is one where it names an agency («متابعة: وكالات»)."""
    if is_one_word:
        return folded(name) in AGENCY
    return _ON not in name.split() and SENTENCE.isdisjoint(folded(name).split())
