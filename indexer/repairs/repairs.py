"""An article as it was read → the same with its damage mended, and which repairs touched it.

Called by `indexer/cleaning/clean.py`. `REPAIRS` lists every repair in the order in which they run. An article is looked
at as a whole, since its language and the order of its letters show in the whole. Sound articles, nearly all, are known
by their bytes alone (`signs_of_damage`), in a hundredth of the time that indexing them takes. The file on disk stays as
it is. Mended text is mended no further, nothing raises, and no text becomes much longer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final, NamedTuple

import msgspec

from indexer.findings import Finding
from indexer.repairs import findings, unseen_signs
from indexer.repairs.entities import with_signs
from indexer.repairs.letter_forms import as_letters, composed
from indexer.repairs.persian_letters import with_arabic_letters
from indexer.repairs.visual_order import in_reading_order
from search.article import Article
from search.encodings.double_encoding import with_right_encoding

Mend = Callable[[str, str], str]  # a text and the whole article as it was read → the text mended

# What the bytes of an article may show, and few sound articles do: bits of a number, as flags cost more than looking.
_LETTERS: Final = 1  # letters of other alphabets, of private use, forms, and control characters
_LATIN: Final = 2  # signs of Latin-1 other than « and »
_PUNCTUATION: Final = 4  # seldom printed signs
_SPACES: Final = 8  # of other kinds
_DIRECTION: Final = 16
_UNSEEN: Final = 32
_ENTITIES: Final = 64
_FIRST_TEH: Final = 128  # a word that begins with ة
_APART: Final = 256  # marks apart from letters, or in another order
_ALL: Final = 511
_FOREIGN: Final = _LETTERS | _LATIN | _PUNCTUATION


class Repair(NamedTuple):
    """A repair: how reports name it, what does it, which signs call for it, and which it may give to those behind."""

    about: Finding
    mend: Mend
    signs: int
    gives: int = 0


def _of_text(mend: Callable[[str], str]) -> Mend:
    return lambda text, _: mend(text)


ENCODING: Final = Repair(findings.WRONG_ENCODING, _of_text(with_right_encoding), _FOREIGN, _ALL)
#: Every repair in the order in which they run.
REPAIRS: Final = (
    ENCODING,  # also before cleaning takes white space and control characters away: here they are parts of letters
    Repair(findings.ENTITIES, _of_text(with_signs), _ENTITIES, _ALL),  # may stand for any of the following
    Repair(findings.TURNED_NUMBERS, _of_text(unseen_signs.with_numbers_as_seen), _DIRECTION),
    Repair(findings.DIRECTION_MARKS, _of_text(unseen_signs.without_direction), _DIRECTION, _FOREIGN),
    # Before forms become letters: a form of lam with alef is one sign, which is not turned.
    Repair(findings.DRAWING_ORDER, in_reading_order, _LETTERS | _FIRST_TEH, _APART),
    Repair(findings.LETTER_FORMS, _of_text(as_letters), _LETTERS, _APART | _SPACES),
    Repair(findings.UNSEEN_SIGNS, unseen_signs.without_unseen, _FOREIGN | _UNSEEN, _ALL),
    Repair(findings.OTHER_SPACES, _of_text(unseen_signs.with_common_spaces), _LETTERS | _LATIN | _SPACES),
    Repair(findings.OTHER_KEYBOARD, with_arabic_letters, _LETTERS, _APART),
    Repair(findings.ORDER_OF_MARKS, _of_text(composed), _APART),
)

# The bytes that sound text has in UTF-8: ASCII, Arabic letters, and with the two others nearly all typographic signs.
_ARABIC: Final = bytes(code for code in range(256) if 0x20 <= code < 0x7F or 0x80 <= code < 0xC0) + b"\xd8\xd9"
_TYPOGRAPHIC: Final = b"\xc2\xe2"
_PUNCTUATION_BYTES: Final = re.compile(rb"\xe2(?:\x80[\x90-\x92\x9a\x9e-\xa1\xa8-\xa9]|[^\x80])")
_DIRECTION_BYTES: Final = re.compile(rb"\xe2(?:\x80[\x8e\x8f\xaa-\xae]|\x81[\xa6-\xaf])")
_UNSEEN_BYTES: Final = re.compile(rb"\xe2\x80[\x8b-\x8d]")
_SPACE_BYTES: Final = re.compile(rb"\xe2\x80[\x80-\x8a\xa8\xa9\xaf]")
_QUOTES: Final = frozenset((b"\xab", b"\xbb"))  # « and », behind the first byte of signs of Latin-1
_NO_BREAK: Final = b"\xa0"
_NUMBER_SIGN: Final = re.compile("#[0-9]{2,4};")
_LETTER_MARK: Final = "\u061c"  # a mark of direction whose first byte Arabic letters have
_TEH_MARBUTA: Final = "ة"
_TEH_BEHIND_SPACE: Final = f" {_TEH_MARBUTA}"


def signs_of_damage(raw: bytes, article: Article) -> int:
    """Return what an article, as JSON and as such, shows that a repair might touch: bits, nearly always 0."""
    unusual = raw.translate(None, _ARABIC)
    signs = _signs_of_bytes(raw, unusual) if unusual else 0
    may_have_entities = b"&" in raw or b"#" in raw  # bytes are looked through faster than letters
    for text in (article.body, article.title):
        if may_have_entities and ("&" in text or ("#" in text and _NUMBER_SIGN.search(text))):
            signs |= _ENTITIES
        if _TEH_BEHIND_SPACE in text or text.startswith(_TEH_MARBUTA):
            signs |= _FIRST_TEH
        if _LETTER_MARK in text:
            signs |= _DIRECTION
        if not unicodedata.is_normalized("NFC", text):
            signs |= _APART
    if may_have_entities and article.author and ("&" in article.author or "#" in article.author):
        signs |= _ENTITIES
    return signs


def _signs_of_bytes(raw: bytes, unusual: bytes) -> int:
    """What the bytes show; `unusual`: those of them that are of no ASCII sign and no Arabic letter."""
    signs = _LETTERS if unusual.translate(None, _TYPOGRAPHIC) else 0
    if b"\xc2" in unusual:
        found = {part[:1] for part in raw.split(b"\xc2")[1:]} - _QUOTES
        signs |= (_SPACES if _NO_BREAK in found else 0) | (_LATIN if found - {_NO_BREAK} else 0)
    if b"\xe2" in unusual:
        signs |= _PUNCTUATION if _PUNCTUATION_BYTES.search(raw) else 0
        signs |= _DIRECTION if _DIRECTION_BYTES.search(raw) else 0
        signs |= _UNSEEN if _UNSEEN_BYTES.search(raw) else 0
        signs |= _SPACES if _SPACE_BYTES.search(raw) else 0
    return signs


def with_encoding_mended(article: Article, signs: int) -> Article:
    """Return an article as a reader found it, read in the right encoding."""
    if not signs & ENCODING.signs:
        return article
    texts = _texts(article)
    mended = [with_right_encoding(text) for text in texts]
    return article if mended == texts else _with_texts(article, mended)


def repaired(article: Article, signs: int) -> tuple[Article, list[Finding], int]:
    """Return a tidied article mended, the repairs that changed it, in order, and the signs that they may have given."""
    texts, done, given = _texts(article), list[Finding](), 0
    whole = f"{article.title}\n{article.body}"
    for repair in REPAIRS:
        if signs & repair.signs:
            mended = [repair.mend(text, whole) if text else text for text in texts]
            if mended != texts:
                done.append(repair.about)
                texts, signs, given = mended, signs | repair.gives, given | repair.gives
    return (_with_texts(article, texts) if done else article), done, given


def _texts(article: Article) -> list[str]:
    return [article.title, article.body, article.section or "", article.author or "", *article.source]


def _with_texts(article: Article, texts: list[str]) -> Article:
    title, body, section, author, *source = texts
    return msgspec.structs.replace(
        article, title=title, body=body, section=section or None, author=author or None, source=tuple(source)
    )
