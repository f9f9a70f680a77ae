"""Text whose letters are stored from the left as they are drawn, ةيبرعلا, → the text as it is read, العربية.

Called by `repairs.py` before forms become letters, since a form of lam with alef is one sign that is not turned. A line
counts as turned only if its words are unknown as they stand and known backwards (the count table of the news), and a
whole article only if such a line begins words with ة, as no word of Arabic does.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from search.encodings.code_pages import looks_right

_SIGN: Final = re.compile("[\u0629\ufe93\ufe94](?<![^\\W_].)(?=[^\\W_])")  # a word that begins with ة
_FORMS: Final = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_LATIN: Final = "A-Za-z\u00c0-\u024f"
_SIGNS: Final = f"{_LATIN}0-9\u0660-\u0669\u06f0-\u06f9"
_LATIN_WORD: Final = f"(?:[{_SIGNS}.,:/%@_'&+$€£-]*[{_SIGNS}])"
# What stands in the order of reading even so: numbers, and Latin words with the spaces between them.
_FORWARD: Final = re.compile(f"[+$€£-]?[{_SIGNS}]{_LATIN_WORD}?(?: +[{_LATIN}]{_LATIN_WORD}?)*%?")
_MARKS: Final = re.compile("[\u064b-\u0652\u0670]")
_CLUSTER: Final = re.compile("[\\s\\S][\u064b-\u0652\u0670]*")
_WORD: Final = re.compile("[\u0621-\u064a]{2,}")
_YEAR: Final = re.compile("(?<!\\d)(?:1[3-9]|20)\\d\\d(?!\\d)")
_TURNED_YEAR: Final = re.compile("(?<!\\d)\\d\\d(?:[3-9]1|02)(?!\\d)")
_MIRRORED: Final = str.maketrans("()[]{}<>«»‹›﴾﴿", ")(][}{><»«›‹﴿﴾")
_FEW: Final = 3  # words: of such a line nothing is sure by itself


def in_reading_order(text: str, whole: str) -> str:
    """Return the text with each turned line in the order of reading; `whole`: all of the article, as it was read."""
    if not _SIGN.search(whole):
        return text
    lines = whole.split("\n")
    turned = [line for line in lines if _is_turned(line)]
    if not any(map(_SIGN.search, turned)):
        return text
    mostly = 2 * sum(map(len, turned)) > len(whole)
    with_numbers = _has_turned_numbers(turned)
    own = text.split("\n")
    mended = [
        _turn(line, with_numbers) if _is_turned(line) or (mostly and _may_be_turned(line)) else line for line in own
    ]
    return "\n".join(mended)


def _is_turned(line: str) -> bool:
    as_letters = _letters(line)
    if len(_WORD.findall(as_letters)) < _FEW or looks_right(as_letters) is not False:
        return False
    return looks_right(_letters(_turn(line, False))) is True


def _may_be_turned(line: str) -> bool:
    """Whether a short line of a turned article is turned: it is not known as it stands."""
    return _WORD.search(_letters(line)) is not None and looks_right(_letters(line)) is not True


def _letters(text: str) -> str:
    return _FORMS.sub(lambda forms: unicodedata.normalize("NFKC", forms[0]), text)


def _has_turned_numbers(lines: list[str]) -> bool:
    text = "\n".join(lines)
    return len(_TURNED_YEAR.findall(text)) > len(_YEAR.findall(text))


def _turn(line: str, with_numbers: bool) -> str:
    """The line backwards, brackets mirrored; numbers and Latin words forward unless they were turned as well."""
    if with_numbers:
        return _backwards(line)
    parts, at = [], 0
    for forward in _FORWARD.finditer(line):
        parts += [_backwards(line[at : forward.start()]), forward[0]]
        at = forward.end()
    parts.append(_backwards(line[at:]))
    return "".join(reversed(parts))


def _backwards(text: str) -> str:
    """Signs from the end; a mark follows its letter, whether it was stored before it or behind it."""
    before_letters = _MARKS.match(text) or re.search("\\s[\u064b-\u0652]", text)
    signs = reversed(text) if before_letters else reversed(_CLUSTER.findall(text))
    return "".join(signs).translate(_MIRRORED)
