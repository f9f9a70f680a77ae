"""A text in Arabic letters → whether it, or a stretch of it, is Persian, Urdu or Kurdish.

Called by repairs that are right for Arabic alone. Such languages are told from Arabic by their commonest words and by
letters that Arabic has in names only; Arabic by its article and its own commonest words. Both are counted, and only a
language that is ahead counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_WORD: Final = re.compile("[\u0621-\u06d3\u06d5\u200c\u200d]+")
_PERSIAN_FORM: Final = re.compile("^ن?می\u200c|\u200c(?:ها|های|هایی|ای|اند|تر|ترین|شان)$")
_END: Final = re.compile('[.!?؟؛،,:\n«»"“”()\\[\\]{}]')
_LETTERS: Final = re.compile("[\u0679\u067e\u0686\u0688\u0691\u0695\u0698\u06af\u06b5\u06ba\u06c6\u06ce\u06d2\u06d5]")
# The commonest words of Persian, Urdu and Sorani that are no Arabic ones, with the letters of their own keyboards.
_OTHER_WORDS: Final = """
است این که را برای های از شده کرد کند هستند یک شود گفت نیز میشود هایی کردن چه
کے کی میں ہے ہیں نے سے اور کا کو پر یہ نہیں تھا گیا ایک لیے ئەم ئەو لە بە کە بۆ
"""
_ARABIC_WORDS: Final = "في من على إلى الى التي الذي أن ان إن هذا هذه ذلك كان عن مع بعد لم لا ما قد كل بين"
_OTHER: Final = frozenset(_OTHER_WORDS.split())
_ARABIC: Final = frozenset(_ARABIC_WORDS.split())
_ARTICLE: Final = re.compile("[وف]?[بك]?ال..|[وف]?لل..")
_MOST: Final = 400  # words of an article that are counted
_LEAST: Final = 2


def is_other_language(text: str) -> bool:
    """Whether the text as a whole is of another language than Arabic; a short one needs two signs of it."""
    other, arabic = _evidence(text)
    return other >= _LEAST and other > arabic


def outside_other_languages(text: str, mend: Callable[[str], str]) -> str:
    """Return the text with `mend` done to its sentences and quotations, except those of another language."""
    parts, at = [], 0
    for end in (*(found.end() for found in _END.finditer(text)), len(text)):
        part = text[at:end]
        parts.append(part if _is_quotation(part) else mend(part))
        at = end
    return "".join(parts)


def _is_quotation(part: str) -> bool:
    other, arabic = _evidence(part)
    return other > arabic


def _evidence(text: str) -> tuple[int, int]:
    """Return how many words speak for another language, and how many for Arabic."""
    other = arabic = 0
    for number, word in enumerate(_WORD.finditer(text)):
        if number == _MOST:
            break
        written = word[0]
        if written in _ARABIC or _ARTICLE.match(written):
            arabic += 1
        elif written in _OTHER or _LETTERS.search(written) or _PERSIAN_FORM.search(written):
            other += 1
    return other, arabic
