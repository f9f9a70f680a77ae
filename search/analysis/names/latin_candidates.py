"""Weighs the Arabic words that a name in Latin letters may stand for: by the model, and by the list of known names.

In: a word in Latin letters without accents. Out: folded Arabic words, each with the evidence that they are meant. An
index decides which of them there are and how likely each is (`search/repairs/latin_readings.py`).

That a word can be read so says little, for a few Latin letters can be read as hundreds of words. So the evidence is
weighed against how easily a name of so many letters is read as some word, and against how far the word is behind the
likeliest spelling of the name: «messi» may write موسي, but who means that writes «moussi». The weights were estimated
on names that were not learned from and on common English words, read among the words of an archive of news.
"""

from __future__ import annotations

import math
import re
from typing import Final

from search.analysis.function_words import FUNCTION_WORDS
from search.analysis.names.known_pairs import known_names
from search.analysis.names.latin_spellings import bundled

# What may stand joined before a name, what is written for it, and what is added to the evidence of the rest.
_BEGINNINGS: Final = (
    (re.compile("[ae]l(?=[a-z0-9]{4})"), "", -1.0),  # almosul, elsisi: the index has words without ال
    (re.compile("abd[aeou]l(?=[a-z0-9]{3})"), "عبدال", 8.0),  # abdulaziz
)
_OF_ONE_SPELLING: Final = (  # «Abdel Fattah», «Abd al-Aziz», Abdallah
    (re.compile("abd[aeou]?l?"), "عبد"),
    (re.compile("abd[aeou]l+ah"), "عبدالله"),
)
_BEHIND: Final = 0.6  # taken off for each unit of log-odds by which a word is behind the likeliest spelling,
_LETTER: Final = 0.65  # and for each letter of the name
_LISTED: Final = 18.0  # the least evidence of two names that the list has together,
_TOGETHER: Final = 3.0  # which are by so much likelier than all that letters alone suggest
_CERTAIN: Final = 24.0  # that of names that many Latin spellings write


def candidates(name: str) -> dict[str, float]:
    """Return the folded words that may be meant by a name → the evidence for each, in units of log-odds."""
    found = _of_whole(name)
    for beginning, arabic, added in _BEGINNINGS:
        if begun := beginning.match(name):
            for rest, value in _of_whole(name[begun.end() :]).items():
                found[arabic + rest] = max(value + added, found.get(arabic + rest, -math.inf))
    found |= {word: _CERTAIN for spellings, word in _OF_ONE_SPELLING if spellings.fullmatch(name)}
    others = FUNCTION_WORDS - known_names().arabic  # علي is folded like على
    return {word: value for word, value in found.items() if len(word) > 1 and word not in others}


def _of_whole(name: str) -> dict[str, float]:
    """Return the words of the model and of the list for a name without beginnings → the evidence for each."""
    letters = _LETTER * len(name)
    found = {
        reading.word: reading.log_odds - _BEHIND * reading.behind - letters for reading in bundled().readings(name)
    }
    listed = known_names().of_english.get(name.replace("'", ""), ())
    return found | dict.fromkeys(listed, max(_LISTED, max(found.values(), default=0.0) + _TOGETHER))
