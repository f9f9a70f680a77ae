"""A query string → its lexemes: words, phrases, fields and operators, in order.

In: a query that `operators.clean` has cleaned. Out: `Lexeme`s, each with its offsets in the query, by which the parser
reads a date as it was written. Every text is accepted, in time proportional to its length. Called by `parser.py`,
`compose.py`, `spoken_dates.py` and `unfinished_text.py`.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final, NamedTuple

from search.analysis import letters as ar
from search.analysis.fold import fold, strip_marks
from search.analysis.tokens import spans
from search.query.joined_names import name_ends
from search.query.operators import (
    AND_WORDS,
    CLOSERS,
    MOST_DISTANCE,
    MOST_SLOP,
    NEAR,
    NOT_WORDS,
    OR_WORD,
    PLAIN_OPERATORS,
    QUOTES,
    SHORTEST_FUZZY,
    SHORTEST_PREFIX,
    SINGLE_QUOTES,
    field_of,
    quotes_somebody,
)
from search.query.remarks import Remarks
from search.query.word_offsets import word_offsets


class Kind(Enum):
    """What a lexeme is."""

    WORD = "word"
    PREFIX = "prefix"
    FUZZY = "fuzzy"
    PHRASE = "phrase"
    OPEN = "("
    CLOSE = ")"
    OR = "or"
    AND = "and"
    NOT = "not"
    EXACT = "="
    FIELD = "field"


class Lexeme(NamedTuple):
    """A word, phrase, field or operator of a query.

    text      its text without punctuation at its sides; a name in two words is one WORD: عبد الله
    start     its first offset in the query, in characters; `end` its last, both with the punctuation at its sides
    number    the edit distance of a FUZZY, the slop of a near PHRASE
    field     the field that a FIELD names
    attached  whether the value of a FIELD begins right after its colon, without a space
    size      how many tokens the text has; None: not counted yet
    """

    kind: Kind
    text: str
    start: int
    end: int
    number: int | None = None
    field: str = ""
    attached: bool = True
    size: int | None = None


WORDS: Final = frozenset((Kind.WORD, Kind.PREFIX, Kind.FUZZY))
_SPACE: Final = re.compile(r"\s+")
_CHUNK: Final = re.compile(rf"[^\s()|{QUOTES}]+")
_BARS: Final = re.compile(r"\|+")
_SIGN: Final = {"(": Kind.OPEN, ")": Kind.CLOSE, "|": Kind.OR}
# A word of Arabic letters, Latin letters or digits alone between spaces: nearly all words of nearly all queries. Such a
# word needs none of the other patterns.
_PLAIN: Final = re.compile(rf"\s*([{ar.HAMZA}-{ar.GHAIN}{ar.FEH}-{ar.YEH}]+|[A-Za-z]+|[0-9]+)(?=\s|$)")
_TILDE: Final = re.compile(r"~(\d?)$")
_NEAR: Final = re.compile(r"~(\d{0,3})(?!\d)")
_CLOSING_SINGLE: Final = re.compile(rf"(?<![\s{SINGLE_QUOTES}])[{SINGLE_QUOTES}](?=[\s)|~]|$)")
_CLOSING: Final = {opener: re.compile(f"[{closers}]") for opener, closers in CLOSERS.items()}
_ANY_QUOTE: Final = re.compile(f"[{QUOTES}]")
_LONGEST_OPERATOR: Final = 8
_ENDS: Final = ".,:;!?،؛؟…"


def lex(text: str, remarks: Remarks) -> list[Lexeme]:
    """Return the lexemes of a cleaned query; `remarks` collects what the reader is told about it."""
    lexer = _Lexer(text, remarks)
    while lexer.at < len(text):
        lexer.step()
    return _with_names(lexer.found, text)


def _with_names(lexemes: list[Lexeme], text: str) -> list[Lexeme]:
    """The lexemes with each name that was typed in two words as one: عبد الله."""

    def beside(at: int) -> bool:
        one, other = lexemes[at], lexemes[at + 1]
        plain = one.kind is other.kind is Kind.WORD and text.startswith(other.text, other.start)
        return plain and text[one.start + len(one.text) : other.start].isspace()

    found, begin = [], 0
    for end in name_ends([lexeme.text for lexeme in lexemes], beside=beside):
        first, last = lexemes[begin], lexemes[end]
        name = text[first.start : last.start + len(last.text)]
        found.append(first if begin == end else Lexeme(Kind.WORD, name, first.start, last.end))
        begin = end + 1
    return found


class _Lexer:
    def __init__(self, text: str, remarks: Remarks) -> None:
        self.text = text
        self.at = 0
        self.found: list[Lexeme] = []
        self._remarks = remarks
        self._begins = True  # whether the lexer is at the beginning of a word, where an operator may stand
        self._no_single = False  # whether no closing single quote follows

    def step(self) -> None:
        """Read one lexeme, or white space, and move past it."""
        text, at = self.text, self.at
        if self._begins and self._plain_words():
            return
        if space := _SPACE.match(text, at):
            self.at, self._begins = space.end(), True
        elif text[at] in _SIGN:
            end = _BARS.match(text, at)
            self._add(_SIGN[text[at]], text[at], end.end() if end else at + 1)
            self._begins = text[at] != ")"
        elif text[at] in CLOSERS:
            self._quote(_CLOSING[text[at]].search(text, at + 1) or _ANY_QUOTE.search(text, at + 1))
        elif self._begins and text[at] in SINGLE_QUOTES and (closing := self._closing_single()):
            self._quote(closing)
        else:
            self._chunk()

    def _plain_words(self) -> bool:
        """Read words that match `_PLAIN` as long as one follows another; return whether there was one."""
        at = self.at
        while (plain := _PLAIN.match(self.text, at)) and plain[1] not in PLAIN_OPERATORS:
            at = plain.end()
            self.found.append(Lexeme(Kind.WORD, plain[1], plain.start(1), at, size=1))
        read, self.at = at > self.at, at
        self._begins = not read
        return read

    def _add(self, kind: Kind, text: str, end: int, *, number: int | None = None) -> None:
        self.found.append(Lexeme(kind, text, self.at, end, number))
        self.at = end

    def _closing_single(self) -> re.Match[str] | None:
        closing = None if self._no_single else _CLOSING_SINGLE.search(self.text, self.at + 1)
        self._no_single = closing is None
        return closing

    def _quote(self, closing: re.Match[str] | None) -> None:
        """Read a phrase up to its closing quote, or without one to the end of the query.

        A quote that is not closed is ignored if it follows a word, or if nothing follows it.
        """
        text, at = self.text, self.at
        end = closing.start() if closing else len(text)
        inside = text[at + 1 : end].strip()
        if closing is None and (not inside or not self._begins):
            self._remarks.add("stray-quote")
            self.at = at + 1
            return
        if closing is None:
            self._remarks.add("unclosed-quote", inside)
        after = closing.end() if closing else end
        near = _NEAR.match(text, after)
        self._begins = False
        self._add(Kind.PHRASE, inside, near.end() if near else after, number=self._slop(near))

    def _slop(self, near: re.Match[str] | None) -> int | None:
        if near is None:
            return None
        number = int(near[1] or NEAR)
        if number > MOST_SLOP:
            self._remarks.add("near-cut")
        return min(number, MOST_SLOP)

    def _chunk(self) -> None:
        """Read characters between white space, quotes and parentheses: an operator, a field or words."""
        found = _CHUNK.match(self.text, self.at)
        if found is None:
            self.at += 1
            return
        chunk, end = found.group(), found.end()
        if self._begins and chunk[0] in "-=+":
            self._leading(chunk[0], end)
        elif self._begins and (kind := _operator(chunk)):
            self._add(kind, chunk, end)
        elif not (self._begins and ":" in chunk and self._field(chunk)):
            self._words(chunk, end)

    def _leading(self, sign: str, end: int) -> None:
        """Read `-`, `=` or `+` at the beginning of a word. A dash between spaces is no operator; `+` has no effect."""
        after = self.at + 1
        while sign == "-" and self.text[after : after + 1] == "-":
            after += 1
        bare = after >= len(self.text) or self.text[after] in ")|" or self.text[after].isspace()
        if bare or sign == "+":
            if sign == "=":
                self._remarks.add("stray-operator", sign)
            self.at = after
        else:
            self._add(Kind.NOT if sign == "-" else Kind.EXACT, sign, after)

    def _field(self, chunk: str) -> bool:
        name, _, rest = chunk.partition(":")
        field = None if rest.startswith("//") else field_of(name)
        if field is None:
            return False
        after = self.at + len(name) + 1
        value = _SPACE.match(self.text, after)
        begins = value.end() if value else after
        grouped = begins < len(self.text) and (self.text[begins] == "(" or self.text[begins] in CLOSERS)
        if value and quotes_somebody(name) and not grouped:
            return False
        self.found.append(Lexeme(Kind.FIELD, name, self.at, after, None, field, not value or grouped))
        self.at = after
        return True

    def _words(self, chunk: str, end: int) -> None:
        start = self.at
        self.at, self._begins = end, False
        bare = chunk.rstrip(_ENDS)
        kind, number = Kind.WORD, None
        if "*" in chunk:
            bare = self._without_stars(bare)
            kind = Kind.PREFIX if bare.endswith("*") else kind
        elif "~" in chunk and (tilde := _TILDE.search(bare)):
            kind, number, bare = Kind.FUZZY, int(tilde[1] or 1), bare[: tilde.start()]
        pieces = word_offsets(bare)
        if not pieces and kind is not Kind.WORD:
            self._remarks.add("stray-operator", chunk)
        for i, (first, last) in enumerate(pieces):
            begin = start if i == 0 else start + first
            if i < len(pieces) - 1:
                self.found.append(Lexeme(Kind.WORD, bare[first:last], begin, start + last))
            else:
                self._add_last_word(kind, bare[first:last], begin, end, number)

    def _without_stars(self, chunk: str) -> str:
        """The chunk with spaces for the stars inside it, and with one star at its end if it ended in stars."""
        body = chunk.rstrip("*")
        if "*" in body:
            self._remarks.add("stray-operator", chunk)
        return body.replace("*", " ") + ("*" if body != chunk else "")

    def _add_last_word(self, kind: Kind, word: str, start: int, end: int, number: int | None) -> None:
        """Add the word before `*` or `~`; of a word of several tokens the operator concerns the last token."""
        if kind is not Kind.WORD:
            *_, (first, last) = spans(word)
            if first:
                self.found.append(Lexeme(Kind.WORD, word[:first], start, start + first))
                start += first
            word = word[first:last]
            kind, number = self._checked_operator(kind, word, number)
        self.found.append(Lexeme(kind, word, start, end, number))

    def _checked_operator(self, kind: Kind, word: str, number: int | None) -> tuple[Kind, int | None]:
        letters = len(fold(strip_marks(word)))
        if kind is Kind.PREFIX and letters < SHORTEST_PREFIX:
            self._remarks.add("short-prefix", word)
            return Kind.WORD, None
        if kind is Kind.FUZZY and number is not None:
            if number == 0 or letters < SHORTEST_FUZZY:
                if number:
                    self._remarks.add("short-fuzzy", word)
                return Kind.WORD, None
            if number > MOST_DISTANCE:
                self._remarks.add("fuzzy-cut", word)
            return kind, min(number, MOST_DISTANCE)
        return kind, None


def _operator(chunk: str) -> Kind | None:
    """The operator that a chunk is, None for a word. أو may have harakat, and Latin letters may be full-width."""
    if len(chunk) > _LONGEST_OPERATOR:
        return None
    if chunk in NOT_WORDS:
        return Kind.NOT
    if chunk in AND_WORDS:
        return Kind.AND
    return Kind.OR if OR_WORD.fullmatch(chunk) else None
