"""Text whose bytes were read in a wrong encoding, «Ø§Ù„» or «ÇáÑÆíÓ», → the text that they stand for.

Called by the repairs of articles (`indexer/repairs/repairs.py`), first of them all, on lines as a reader found them:
some letters of such text are white space or control characters, which cleaning takes away; and by those of queries that
find nothing (`search/repairs/query_repairs.py`). What several programs damaged one after another is mended in as many
rounds. ftfy knows what UTF-8 becomes in Western encodings and which of that is no Latin text; it knows no Arabic code
page, so those are mended here. What is mended here is believed only if its words are those of the news
(`code_pages.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from search.encodings.code_pages import USUAL, code_page, decoded, looks_right

_WINDOWS: Final = "sloppy-windows-1252"
_ROUNDS: Final = 4  # wrong programs, one after another
_LONGEST: Final = 20_000  # characters that are mended at a time
_ENOUGH: Final = 3  # sequences of UTF-8 in a row; sound text in an Arabic code page has no two
_LETTER: Final = "\u0621-\u063a\u0641-\u064a"

# Signs that stand for bytes beyond ASCII in some code page, and in sound Arabic seldom; damage has several of them.
_ODD: Final = re.compile(
    "[\x80-\x9f\u00a1-\u00aa\u00ac-\u00ba\u00bc-\u00ff\u0152-\u0192\u02c6\u02dc\u03c0\u0402-\u0491"
    "\u200c-\u200f\u201a\u201e\u2020-\u2022\u2030-\u203a\u20ac\u2116-\u2248\u2500-\u25a0]"
)
_FEWEST_ODD: Final = 2
_NOT_ARABIC: Final = re.compile("[^\u0600-\u06ff]+")
# Signs that UTF-8 of Arabic and of typographic signs begins with, read in a Western encoding, and one behind them.
_WESTERN: Final = re.compile("[\u00c2-\u00df\u00e2\u00ef\u00ff\u0178\u03c0\u2020-\u2030\u256a\u2518\u252c][^\x00-\x7f]")
# Letters with accents and what stands between words, as Arabic code pages look in a Western encoding.
_HIGH: Final = "\x80-\x9f\u00a1-\u00ff\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122"
_ACCENTED: Final = re.compile(f"[{_HIGH}][{_HIGH}\x20-\x40\\[-`{{-~\u00a0\t\n]*")
_FEW: Final = 4  # letters with accents in a row; no language has more
_MANY_ACCENTS: Final = re.compile(f"[\u00c0-\u00ff]{{{_FEW}}}")
_LATIN_LETTER: Final = re.compile("[\u00c0-\u00ff]")
# Arabic letters and letters with accents within a word: an Arabic code page read as another one.
_MIXED: Final = re.compile(f"[{_LETTER}][\u00c0-\u00ff]|[\u00c0-\u00ff][{_LETTER}]")
_LEAST_MIXED: Final = 3
_STRANGE: Final = re.compile("[^\x00-\u024f\u02c6\u02dc\u0600-\u06ff\u2000-\u22ff\u2500-\u25ff\ufb50-\ufeff]")


def with_right_encoding(text: str) -> str:
    """Return the text with each damaged stretch of it mended; a sound text is itself."""
    if len(_ODD.findall(text)) < _FEWEST_ODD:
        return text
    lines = text.split("\n")
    mended = [_mended(line) for line in lines]
    return text if mended == lines else _mended("\n".join(mended))  # short lines are told by the others


def _mended(line: str) -> str:
    if len(_ODD.findall(line)) < _FEWEST_ODD:
        return line
    if len(line) > _LONGEST:
        return "".join(_mended(line[start : start + _LONGEST]) for start in range(0, len(line), _LONGEST))
    _ftfy()
    found = line
    for _ in range(_ROUNDS):
        step = next(
            (step for mend in _MENDERS if (step := mend(found)) != found and not _is_stranger(step, found)), None
        )
        if step is None:
            break
        found = step
    return found if found == line or looks_right(found) is not False else _from_western(line)


def _is_stranger(mended: str, line: str) -> bool:
    """Whether what was mended has signs of other alphabets that the line had not: then it was no such damage."""
    return len(_STRANGE.findall(mended)) > len(_STRANGE.findall(line))


def _from_western(line: str) -> str:
    """«Ø§Ù„» → ال: UTF-8 read as ISO 8859-1, Windows-1252, Macintosh or MS-DOS, also where bytes of it were lost."""
    return _NOT_ARABIC.sub(lambda run: _ftfy()(run[0]), line) if _WESTERN.search(line) else line


@lru_cache(maxsize=1)
def _ftfy() -> Callable[[str], str]:
    """Import ftfy, which takes a tenth of a second and which few archives need; it also registers Windows-1252 as
    programs read it, with a meaning for every byte.
    """
    from ftfy import fix_encoding

    return fix_encoding


def _from_code_pages(line: str) -> str:
    """«ط§ظ„» → ال: UTF-8 read in a code page that ftfy does not know; of alike ones the one that explains most."""
    return min((read(line) for read in _utf8_read()), key=len)


class _Utf8Read:
    """Mends UTF-8 that was read in one code page."""

    def __init__(self, name: str) -> None:
        def one_of(first: int, last: int) -> str:
            return f"[{re.escape(bytes(range(first, last + 1)).decode(name, 'ignore'))}]"

        following = one_of(0x80, 0xBF)
        sequence = f"(?:{one_of(0xC2, 0xDF)}{following}|{one_of(0xE2, 0xEF)}{following}{{2}})"
        self._name = name
        self._sure = re.compile(f"{sequence}{{{_ENOUGH}}}")
        self._run = re.compile(f"(?<![{_LETTER}\u064b-\u0652]){sequence}+" if name == USUAL else f"{sequence}+")

    def __call__(self, line: str) -> str:
        """Rows of three sequences tell; beside them shorter ones are words as well, except behind a sound letter."""
        return self._run.sub(self._decoded, line) if self._sure.search(line) else line

    def _decoded(self, run: re.Match[str]) -> str:
        try:
            return run[0].encode(self._name).decode()
        except UnicodeError:
            return run[0]


@lru_cache(maxsize=1)
def _utf8_read() -> tuple[_Utf8Read, ...]:
    return tuple(map(_Utf8Read, (_WINDOWS, "latin-1", USUAL, "cp1251", "cp850", "cp437")))


def _from_accented(line: str) -> str:
    """«ÇáÑÆíÓ» → الرئيس: an Arabic code page read in a Western encoding, so that all its letters have accents.

    What the longest such stretch of the line is, short ones beside it are too.
    """
    if not _MANY_ACCENTS.search(line):
        return line
    longest = max(_ACCENTED.findall(line), key=len)
    raw = _western_bytes(longest)
    name = raw and code_page(raw)
    if not raw or not name or not _is_arabic(decoded(raw, name)):
        return line

    def arabic(run: re.Match[str]) -> str:
        raw = _western_bytes(run[0])
        found = raw and decoded(raw, name)
        return found if found and not _LATIN_LETTER.search(found) else run[0]

    return _ACCENTED.sub(arabic, line)


def _from_mixed(line: str) -> str:
    """«èزêر» → وزير: ISO 8859-6 or another Arabic code page read as Windows-1256."""
    if len(_MIXED.findall(line)) < _LEAST_MIXED or looks_right(line):
        return line
    try:
        raw = line.encode("cp1256")
    except UnicodeEncodeError:
        return line
    name = code_page(raw)
    found = name and decoded(raw, name)
    return found if found and _is_arabic(found) else line


def _western_bytes(text: str) -> bytes | None:
    for name in ("latin-1", _WINDOWS):
        try:
            return text.encode(name)
        except UnicodeEncodeError:
            pass
    return None


def _is_arabic(text: str) -> bool:
    return looks_right(text) is True and not _LATIN_LETTER.search(text)


_MENDERS: Final[tuple[Callable[[str], str], ...]] = (_from_accented, _from_mixed, _from_western, _from_code_pages)
