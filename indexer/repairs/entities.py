"""Signs that were written as HTML names or numbers and stayed so, «&amp;quot;» or «#171;», → the signs.

Called by `repairs.py` on text from which `indexer/cleaning/markup.py` has taken tags and sound entities. What is left
is doubly escaped, lost its ampersand or its semicolon. Only signs of typography and letters with accents are taken for
such: a number sign before another number, a parameter of an address and a text about HTML stay as they are.
"""

from __future__ import annotations

import html
import re
from typing import Final

_NAMES: Final = (
    "quot|apos|nbsp|laquo|raquo|ldquo|rdquo|lsquo|rsquo|bdquo|sbquo|lsaquo|rsaquo|hellip|ndash|mdash|shy|middot|bull"
    "|times|deg|copy|reg|trade|acute|lrm|rlm|zwnj|zwj|ensp|emsp|thinsp|eacute|egrave|ecirc|agrave|ccedil|ocirc|uuml"
)
_COMMON: Final = "quot|nbsp|laquo|raquo|ldquo|rdquo|lsquo|rsquo|hellip|ndash|mdash"  # also without a semicolon
_LEFT: Final = re.compile(f"&(?:amp;)*(?:{_NAMES}|#[0-9]{{1,5}}|#[xX][0-9a-fA-F]{{2,4}});")
_UNENDED: Final = re.compile(f"&(?:amp;)*(?:{_COMMON})(?![A-Za-z0-9;=])")
_UNBEGUN: Final = re.compile("(?<![&#])#[0-9]{2,4};")
_OF_A_STYLE: Final = re.compile(r"[A-Za-z]\s*:\s*$")  # color:#222;
_SIGNS: Final = frozenset(
    (34, 38, 39, 60, 62, *range(160, 256), *range(338, 383), *range(0x2002, 0x2040), 0x20AC, 0x2122)
)
_LETTERS: Final = frozenset((*range(0x0600, 0x0700), *range(0xFE70, 0xFEFD)))
# Signs and white space of ASCII: what is written as &#33; with both of its ends is an entity, #33; may be a number.
_OF_ASCII: Final = frozenset((9, 10, 13, *range(32, 48), *range(58, 65), *range(91, 97), *range(123, 127)))
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_ROUNDS: Final = 4
_STANDS_ALONE: Final = "quot", "laquo", "raquo", "ldquo", "rdquo", "lsquo", "rsquo", "bdquo", "apos"


def with_signs(text: str) -> str:
    """Return the text with the signs that entities left in it stand for."""
    if "&" not in text and "#" not in text:
        return text
    parts, at = [], 0
    for address in _ADDRESS.finditer(text):
        parts += [_resolved(text[at : address.start()]), address[0]]
        at = address.end()
    return "".join((*parts, _resolved(text[at:])))


def _resolved(text: str) -> str:
    for _ in range(_ROUNDS):
        before = text
        for pattern in (_LEFT, _UNENDED, _UNBEGUN):
            text = pattern.sub(_sign, text)
        if text == before:
            break
    return text


def _sign(entity: re.Match[str]) -> str:
    name = entity[0].replace("amp;", "").strip("&;")
    if name.startswith("#"):
        number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
        is_sign = number in _SIGNS | _LETTERS or (number in _OF_ASCII and entity[0][0] == "&" and not _is_alone(entity))
        return chr(number) if is_sign and not _is_of_a_style(entity) else entity[0]
    return entity[0] if name in _STANDS_ALONE and _is_alone(entity) else html.unescape(f"&{name};")


def _is_of_a_style(entity: re.Match[str]) -> bool:
    return (
        entity[0][0] == "#"
        and _OF_A_STYLE.search(entity.string[max(0, entity.start() - 20) : entity.start()]) is not None
    )


def _is_alone(entity: re.Match[str]) -> bool:
    """Whether the entity stands between spaces: quotation marks do not, but a text about them has them so."""
    before, behind = entity.string[: entity.start()][-1:], entity.string[entity.end() :][:1]
    return not before.strip() and not behind.strip() and bool(entity.string[: entity.start()].strip())
