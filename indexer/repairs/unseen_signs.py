"""Text with signs that nobody sees or that steer its direction → the same text without them.

Called by `repairs.py`. A page sets the direction of its text itself, so marks, embeddings, overrides and isolates go;
before that, what they did to numbers is done to the numbers themselves (Unicode Standard Annex 9): some papers store
the number that a reader saw as 1995 as 5991 behind a right-to-left override, and 1.45 as 45, point, right-to-left mark,
1. Joiners beside Arabic letters go, except in Persian, whose spelling has them; joiners of emoji and of Indian scripts
stay. Spaces of every width that are not the common one become it, as a search and a page have it.
"""

from __future__ import annotations

import re
from typing import Final

from indexer.repairs.other_languages import is_other_language, outside_other_languages

_RLO, _LRO, _POP = "\u202e", "\u202d", "\u202c"
_DIGITS: Final = "0-9\u0660-\u0669\u06f0-\u06f9"
_DIRECTION: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]+")
_OVERRIDE: Final = re.compile(f"{_RLO}(?P<run>[^{_RLO}{_LRO}{_POP}\n]*)")
_NUMBER: Final = re.compile(f"[{_DIGITS}]+(?:[.,][{_DIGITS}]+)*")
_NEAR: Final = 40  # letters of text behind an override: whoever types a number turned types no long text there
# 45, point, right-to-left mark, 1: a number whose parts stand from right to left, as of 1.45.
_PARTS: Final = re.compile(
    f"(?<![{_DIGITS}.,:/])[{_DIGITS}]+(?:[.\u066b]\u200f+[{_DIGITS}]+)+(?![{_DIGITS}])(?!\\.[{_DIGITS}])"
)
_BETWEEN_PARTS: Final = re.compile("([.\u066b])\u200f+")
_YEARS: Final = range(1300, 2100)
_ARABIC: Final = "\u0621-\u064a\u064b-\u0652\u0670-\u06d3\u06d5"
# A joiner behind a letter that stands alone gives it the form that it has within a word: 1438ه.
_TO_JOIN: Final = re.compile(f"(?<=(?<![{_ARABIC}])[{_ARABIC}])\u200d+(?![{_ARABIC}\u0640\u200d])")
_JOINERS: Final = re.compile(f"(?<=[{_ARABIC}\u0640])[\u200c\u200d]+|[\u200c\u200d]+(?=[{_ARABIC}\u0640])")
_UNSEEN: Final = re.compile("[\u00ad\u034f\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb]+")
_NO_BREAK: Final = "\u00a0"
_SPACES: Final = "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_LINES: Final = "\u000b\u000c\u0085\u2028\u2029"  # signs that end lines or paragraphs
_WHITE: Final = re.compile(f"[{_SPACES}{_LINES}]")
_CONTROL_PICTURES: Final = re.compile("[\u2400-\u2421\u2424]+")
_C1: Final = re.compile("[\x7f-\x84\x86-\x9f]")
_SYMBOL_FONTS: Final = re.compile("[\uf020-\uf0ff]")
# The bullets of the fonts Symbol and Wingdings, which Word writes as signs of private use.
_BULLETS: Final = {"\uf0fc": "✓", "\uf0fe": "☑", "\uf0e0": "→", "\uf0e7": "→", "\uf0d8": "➢"}


def with_numbers_as_seen(text: str) -> str:
    """Return the text with numbers as overrides and right-to-left marks show them."""
    if _RLO in text:
        text = _OVERRIDE.sub(lambda found: _RLO + _turned(found["run"]), text)
    return _PARTS.sub(_from_the_right, text) if "\u200f" in text else text


def without_direction(text: str) -> str:
    """Return the text without marks that steer its direction."""
    return _DIRECTION.sub("", text)


def without_unseen(text: str, whole: str) -> str:
    """Return the text without signs that have no width; `whole`: all of the article, which tells its language."""
    text = _UNSEEN.sub("", text)
    text = _C1.sub(_windows_sign, text) if _C1.search(text) else text
    if ("\u200c" in text or "\u200d" in text) and not is_other_language(whole):
        text = outside_other_languages(text, _without_joiners)
    if _CONTROL_PICTURES.search(text):
        text = _CONTROL_PICTURES.sub(" ", text)
    return _SYMBOL_FONTS.sub(lambda sign: _BULLETS.get(sign[0], "•"), text)


def with_common_spaces(text: str) -> str:
    """Return the text with the common space for each other one, and line breaks for signs that end lines."""
    return _WHITE.sub(lambda sign: "\n" if sign[0] in _LINES else " ", text.replace(_NO_BREAK, " "))


def _turned(run: str) -> str:
    return _NUMBER.sub(lambda number: number[0] if number.start() > _NEAR else _as_seen(number), run)


def _as_seen(number: re.Match[str]) -> str:
    """A number turned, unless it is a year only as it stands."""
    written = number[0]
    turned = written[::-1]
    is_year, is_turned_year = (
        len(each) == 4 and each.isdecimal() and int(each) in _YEARS for each in (written, turned)
    )
    before, behind = number.string[: number.start()][-1:], number.string[number.end() :][:1]
    of_latin = (before + behind).isascii() and any(map(str.isalpha, before + behind))
    return written if (is_year and not is_turned_year) or of_latin else turned


def _from_the_right(number: re.Match[str]) -> str:
    return "".join(reversed(_BETWEEN_PARTS.split(number[0])))


def _without_joiners(text: str) -> str:
    return _JOINERS.sub("", _TO_JOIN.sub("\u0640", text))


def _windows_sign(control: re.Match[str]) -> str:
    """A sign of Windows-1252 that was read as ISO 8859-1; nothing where that has none."""
    return control[0].encode("latin-1").decode("cp1252", "ignore")
