"""Datelines that no sign parts from the sentence behind them: «نيروبي:اتهمت منظمة», «رام الله 12-7-2012 وفا- فجر».

In: the beginning of a text, and the writers that its article is known to have. Out: the length of its dateline in
characters; 0 if it has none, or it is not certain. Called by `dateline.py`. A town or a paper and a sign stand first.
What follows them is a dateline's too where it is an agency or a paper of the tables and a sign, or one of the writers;
else a word must follow that opens a sentence, so that «ميونيخ: دماء في الأولمبياد» stays whole, and with it names that
nobody knows («دبي: رانيا الغزاوي تعتزم»).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from search.analysis.fold import folded
from search.analysis.letters import WAW
from search.pages.dateline_words import OPENINGS, PLACES, VOICES

_SIGN: Final = r"[:–—/ـ-]"
_TATWEEL: Final = "ـ"  # parts a town from what follows only where it stands by itself: «دبي ـ «الخليج»»
_LETTERS: Final = rf"[^\W\d_](?>[^\n:–—.،,()«»\"“”/{_TATWEEL}-]|(?<=\w){_TATWEEL}){{1,24}}"
_FIRST: Final = re.compile(rf"\s*((?>{_LETTERS}))((?:{_SIGN}\s*)+)")
_NEXT: Final = re.compile(rf"[(«\"“،,\s]*([^\n:–—،,()«»\"“”/-]{{2,24}}+)([)»\"”\s]*)((?:{_SIGN}\s*)*)")
_QUOTED: Final = re.compile(r"[(«\"“]\s*([^\n()«»\"“”]{2,24}+)[)»\"”][\s:–—ـ-]*")
_NAME: Final = re.compile(r"((?>[\u0621-\u0652]+(?: [\u0621-\u0652]+){1,4}))\s*[–/-]\s*")
_SIGNS: Final = re.compile(rf"(?:[\s،,]|{_SIGN})*")
_WORD: Final = re.compile(r"[\w\u064b-\u0652]+")
# A day between the town and the agency: «12-7-2012 وفا-», «11 ديسمبر 2016 (وات) -», «في 09 يوليو /قنا/».
_DATED: Final = re.compile(
    r"\s*([^\W\d_][^\n:–—.،,()«»\"“”/\d-]{1,24}?)(?: في)? \d{1,2}(?:-\d{1,2}-\d{4}| \w{3,10}(?: \d{4})?)"
    r"\s*[(«/-]?\s*([^\n\d:–—.،,()«»\"“”/-]{2,24}+)\s*([)»/:–—-])[\s:–—-]*"
)


def opened_end(start: str, writers: Sequence[str] = ()) -> int:
    """Return the length of a dateline up to the word with which the first sentence opens; 0 if that is not certain."""
    first = _FIRST.match(start)
    if first is None or not _is_named(first[1]):
        return 0
    at = first.end()
    voiced = _voice_end(start, at)
    written = _writers_end(start, voiced or at, writers)
    named = 0 if voiced or written else _name_end(start, at)
    end = written or voiced or named or at
    is_sure = written or (voiced and start[:voiced].rstrip()[-1:] in ":–—/-»)")
    opening = _WORD.match(start, end)
    return end if is_sure or (opening and folded(opening[0]) in OPENINGS) else 0


def dated_end(start: str) -> int:
    """Return the length of a dateline with a town, a day and an agency; 0 if the text does not begin so."""
    found = _DATED.match(start)
    return found.end() if found and folded(found[1].strip()) in PLACES and _is_voice(found[2]) else 0


def quoted_end(start: str) -> int:
    """Return the length of «دبي «الخليج» »: a town and a paper or an agency in quotation marks, without a sign."""
    town, mark, _ = start.partition("«") if "«" in start else start.partition('"')
    if not mark or folded(town.strip(_TATWEEL + " -–")) not in PLACES:
        return 0
    quoted = _QUOTED.match(start, len(town))
    return quoted.end() if quoted and _is_voice(quoted[1]) else 0


def _is_named(text: str) -> bool:
    name = folded(text.replace(_TATWEEL, "").strip())
    return name in PLACES or name in VOICES


def _is_voice(text: str) -> bool:
    return folded(text.replace(".", " ").strip()) in VOICES


def _voice_end(start: str, at: int) -> int:
    """The end of an agency, a paper or a second town, and of the signs behind it; 0 if none stands there. Without a
    sign only one word is looked at."""
    found = _NEXT.match(start, at)
    if found is None:
        return 0
    if found[3].strip() or found[2].strip():
        return found.end() if _is_voice(found[1]) or _is_named(found[1]) else 0
    word = _WORD.match(start, at)
    return word.end() + 1 if word and _is_voice(word[0]) and start[word.end() : word.end() + 1] == " " else 0


def _name_end(start: str, at: int) -> int:
    """The end of what may be a name before a second dash, and of that: «عمان - منير طلال - »; 0 without one."""
    found = _NAME.match(start, at)
    return found.end() if found and OPENINGS.isdisjoint(folded(found[1]).split()) else 0


def _writers_end(start: str, at: int, writers: Sequence[str]) -> int:
    """The end of the names of known writers, joined by و or signs, and of the signs behind them; 0 without any."""
    end = 0
    while True:
        spots = (at, at + 1) if end and start.startswith(WAW, at) else (at,)
        past = next((past for name in writers for spot in spots if (past := _name_past(start, name, spot))), 0)
        if not past:
            return end
        behind = _SIGNS.match(start, past)
        assert behind is not None
        at = end = behind.end()


def _name_past(start: str, name: str, at: int) -> int:
    """The end of a name that stands there, in whatever spelling that folds to its letters; 0 if it does not."""
    wanted = "".join(folded(name).split())
    while wanted and at < len(start):
        letter = folded(start[at])
        if not wanted.startswith(letter.strip()):
            return 0
        wanted, at = wanted.removeprefix(letter.strip()), at + 1
    return at if not wanted and not start[at : at + 1].isalpha() else 0
