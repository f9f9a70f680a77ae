"""Recognises the dateline («الرياض - واس:») or byline («كتب عثمان حسن:») with which the text of an article begins.

In: the body of an article. Out: the length of its dateline or byline in characters; 0 if it has none, or it is not
certain. Called by `search/pages/display_title.py`, which makes a title of the first sentence after it, and by
`web/views/article_blocks.py`, which shows it apart. The beginning of a text is a dateline or byline if it is short and
has a town, an agency or a paper of the tables of `dateline_words.py`, or begins with a label such as «إعداد», and has
none of the words that only sentences have («قال», «في»). Where no sign parts it from the sentence behind it,
`unmarked_datelines.py` looks for the word that opens that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from search.analysis.fold import folded
from search.pages.dateline_words import LABELS, PLACES, SENTENCE, VOICES
from search.pages.unmarked_datelines import dated_end, opened_end, quoted_end

_LOOKED_AT: Final = 200  # characters of the text
_MOST_WORDS: Final = 5  # words of a town, a person's name or an agency

# A full stop may stand behind a single letter: «د. محمد», «(د.ب.أ)».
_CHARACTER: Final = r"(?:[^:\n.!؟?؛]|(?<=[\s(.][^\W\d_])\.)"
# Atomic groups: up to Python 3.11.4 a possessive quantifier behind alternatives goes wrong.
_HEAD: Final = re.compile(rf"\s*((?>{_CHARACTER}{{2,70}}))\s*([:\n])[:\s]*")
_MARK: Final = re.compile(r"[:\n(–—/«\"ـ-]")  # one of these ends every dateline, or stands in it
_MARKED_BY: Final = 100  # characters
_APART: Final = re.compile(r"\s+[-–—_ـ/]+\s*|(?<=\w)[-–—_/]+\s*|[«»\"“”(),،]+")
_QUOTED: Final = re.compile(r"[«\"“(]\s*([^«»\"“”()\n.:]{2,20}?)\s*[»\"”)](?:\s*،?\s*و?وكالات\b)?[\s:–-]*")
# A sentence has الله too, a name only behind one of these.
_GOD: Final = re.compile(r"\b((?:عبد|عطا|عطاء|جار|فتح|نصر|هبه|خلف|سعد|ايه|فضل|ضيف|حسب)) الله\b")
_NAME_LINE: Final = re.compile(r"([^:\n!؟؛،]{3,50})\n\s*")
_VOICE: Final = re.compile(r"([^\s:,،.]+)(?=[\s,،:])[\s,،:–-]*")
# A town, perhaps its country behind a comma: «دمشق، سوريا (CNN)».
_TOWN: Final = re.compile(
    r"\s*([^:\n.«»\"“”(),،!؟؛–-]{2,30}+)(?:،\s*[^:\n.«»\"“”(),،!؟؛–-]{2,30}+(?=\())?\s*(:|(?=\())\s*"
)
_STAMP: Final = re.compile(r"[^\n]{3,30} \d{1,2} [^\n]{3,30} ?هـ ?(?=الموافق| )[^\n]{5,40}\d{1,4} ?م ?واس\s*\n\s*")


def dateline_end(text: str, writers: Sequence[str] = ()) -> int:
    """Return the length of the text's dateline or byline and the white space after it; 0 if it begins with neither.

    writers: persons whom the article names; behind a town and a sign they are of the byline.
    """
    if _MARK.search(text, 0, _MARKED_BY) is None:
        return 0
    start = text[:_LOOKED_AT]
    end = next((end for rule in _RULES if (end := _followed(start, rule(start)))), 0)
    return end or _followed(start, opened_end(start, writers))


def _followed(start: str, end: int) -> int:
    return end if start[end : end + 10].strip() else 0


def _stamped(start: str) -> int:
    """«الخرطوم 26 شوال 1436 هـ الموافق 11 اغسطس 2015 م واس», as the Saudi Press Agency begins."""
    found = _STAMP.match(start)
    return found.end() if found else 0


def _headed(start: str) -> int:
    """«دبي - محمد إبراهيم:», «دبي «الخليج»:», «كتب عثمان حسن:», and the first two on a line of their own."""
    found = _HEAD.match(start)
    if found is None:
        return 0
    parts = [_GOD.sub(r"\1", folded(part.replace(".", " "))) for part in _APART.split(found[1])]
    parts = [part for part in parts if part]
    words = [word for part in parts for word in part.split()]
    if not words or not SENTENCE.isdisjoint(words) or max(len(part.split()) for part in parts) > _MOST_WORDS:
        return 0
    named = any(part in PLACES or part in VOICES for part in parts)
    signed = words[0] in LABELS and 2 <= len(words) <= _MOST_WORDS + 1
    sure = (named and len(parts) > 1) or signed or (found[2] == ":" and len(parts) == 1 and _begins_placed(words))
    return found.end() if sure else 0


def _begins_placed(words: list[str]) -> bool:
    """Return whether the words are a town and a writer or a paper: «أبوظبي علي أسعد:», «دبي الخليج:»."""
    longest = min(3, len(words) - 1)
    return any(
        " ".join(words[:length]) in PLACES and (length + 2 <= len(words) or " ".join(words[length:]) in VOICES)
        for length in range(1, longest + 1)
    )


def _placed(start: str) -> int:
    """«دبي: «الخليج»», «بغداد: رويترز», «القاهرة (رويترز) -»: a town, then a paper or agency, in quotation marks,
    parentheses or of the table."""
    found = _TOWN.match(start)
    if found is None or folded(found[1]) not in PLACES:
        return 0
    quoted = _QUOTED.match(start, found.end())
    if quoted and len(quoted[1].split()) <= 3:
        return quoted.end()
    voice = _VOICE.match(start, found.end())
    return voice.end() if voice and folded(voice[1]) in VOICES else 0


def _signed(start: str) -> int:
    """«إعداد: د. محمد القرق» on a line of its own."""
    label, colon, rest = start.partition(":")
    found = _NAME_LINE.match(rest)
    if not colon or found is None or folded(label) not in LABELS:
        return 0
    words = folded(found[1]).split()
    return len(label) + 1 + found.end() if len(words) <= _MOST_WORDS and SENTENCE.isdisjoint(words) else 0


_RULES: Final[tuple[Callable[[str], int], ...]] = (_stamped, dated_end, _placed, _signed, _headed, quoted_end)
