"""The tokeniser: cuts a text into words and numbers.

In: any string. Out: the offsets of its tokens, in order: `text[start:end]` is a token as it was written. A token never
contains white space, so that a text has the tokens of the chunks between its white space. Called by the analyser, and
by the query parser for what a reader typed.
"""

import re
from collections.abc import Iterator
from typing import Final

from search.analysis import letters as ar
from search.analysis.amounts import SIGN_CLASS
from search.analysis.fold import PLAIN_ARABIC, strip_marks

LETTER_CLASS: Final = (  # Arabic letters, presentation forms too: the body of a character class
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f\u0870-\u0887"
    "\u0889-\u088e\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufc5d\ufc64-\ufcf1\ufcf5-\ufd3d\ufd50-\ufdc7\ufdf0-\ufdfb\ufe80-\ufefc"
)
_MARKS: Final = ar.MARK_CLASS
_BETWEEN: Final = f"[{_MARKS}{ar.INVISIBLE_CLASS}]*"
SEPARATOR_CLASS: Final = (
    f".,{ar.ARABIC_COMMA}{ar.DECIMAL_SIGN}{ar.THOUSANDS_SIGN}"  # within a token between digits only
)
# A token is a run of letters of one kind. Marks and invisible characters between its letters belong to it; behind its
# last letter only marks do, as its harakat, while a bidi control there belongs to the line. Between Arabic and other
# letters a new token begins (الـCNN); digits are part of a Latin word (G20), but not of an Arabic one (2017م). A
# sign of per cent or of a currency is a token beside a digit and by itself: 50%, $100, 50 %, but not Ke$ha.
_TOKEN: Final = re.compile(
    rf"(?P<arabic>[{LETTER_CLASS}](?:{_BETWEEN}[{LETTER_CLASS}])*[{_MARKS}]*)"
    rf"|(?P<number>(?>\d+(?:[{SEPARATOR_CLASS}]\d+)*))(?![^\W\d_{LETTER_CLASS}{_MARKS}])"
    rf"|(?P<other>[^\W_{LETTER_CLASS}{_MARKS}](?:{_BETWEEN}[^\W_{LETTER_CLASS}{_MARKS}])*[{_MARKS}]*)"
    rf"|(?P<sign>(?<![{SIGN_CLASS}])[{SIGN_CLASS}](?![{SIGN_CLASS}])"
    r"(?:(?<=\d.)|(?=\d)|(?<![^\W_].)(?![^\W_])))"
)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each word and number in the text, in order."""
    if PLAIN_ARABIC.fullmatch(text):  # nearly every chunk of an article: worth a look before the full pattern
        yield 0, len(text)
        return
    for found in _TOKEN.finditer(text):
        if found.lastgroup != "other" or strip_marks(found.group()):  # a lone U+037A has no letter left
            yield found.span()
