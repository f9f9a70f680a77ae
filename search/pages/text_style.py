"""How lines of text are written for who reads them: a person at a terminal, or a program behind a pipe.

In: raw texts and highlighted texts. Out: text with colours, isolated from what stands beside it, and folded to the
width of the terminal; or plain. `search/console/output.py` chooses a `TextStyle`, `search/pages/as_text.py` and
`search/over_time/as_text.py` write with it.

Arabic is read from right to left, and a source, date or id in Latin letters beside it from left to right. A terminal
that orders them itself is told by isolates (U+2068, U+2069) what belongs together, and by a mark that a line of Arabic
sentences begins at the right (U+200F), or a row of figures at the left (U+200E). Other terminals show none of these. A
pipe gets the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import click

from search.pages.records import HighlightedText

_ISOLATE: Final = "\u2068{}\u2069"
_FROM_RIGHT: Final = "\u200f"
_FROM_LEFT: Final = "\u200e"
# Those of articles and queries are left out: they break lines, and a terminal would obey them.
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_NARROWEST: Final = 20  # cells: what is narrower is not folded


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How text is written.

    language  "ar" or "en": that of counts, notes and headings
    color     whether highlighted words are bold and yellow
    columns   cells in a line of the terminal; None: no terminal
    """

    language: str = "en"
    color: bool = False
    columns: int | None = None

    @property
    def terminal(self) -> bool:
        """Whether a person reads it at a terminal."""
        return self.columns is not None

    def isolated(self, text: str) -> str:
        """Return a text that the letters beside it cannot reorder."""
        shown = _CONTROLS.sub(" ", text)
        return _ISOLATE.format(shown) if self.terminal else shown

    @property
    def _beginning(self) -> str:
        return _FROM_RIGHT if self.terminal and self.language == "ar" else ""

    def line(self, text: str) -> str:
        """Return a line that begins where its language does."""
        return self._beginning + text

    def row(self, cells: Iterable[str], between: str = "\t") -> str:
        """Return a row of a table, whose columns stand in the order of their text: from left to right."""
        return (_FROM_LEFT if self.terminal else "") + between.join(
            self.isolated(cell) for cell in cells if cell or between
        )

    def highlighted(self, text: HighlightedText) -> str:
        """Return the text with its highlighted words in colour; between asterisks on a terminal without colours."""
        shown = ((_CONTROLS.sub(" ", segment.text), segment.highlighted) for segment in text)
        return "".join(self._marked(part) if highlighted else part for part, highlighted in shown)

    def folded(self, text: str, *, indent: str = "", further: str | None = None) -> Iterator[str]:
        """Yield the text in lines that fit into the terminal and begin where their language does; in one line where
        there is no terminal.

        indent: what stands before the first line, and further: before the others, if it is not the same.
        """
        if self.columns is None or self.columns < _NARROWEST:
            yield self.line(indent + text)
            return
        from wcwidth import wrap  # its tables are loaded only for a terminal

        first, rest = self.line(indent), self.line(indent if further is None else further)
        width = self.columns - 1
        yield from wrap(text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)

    def _marked(self, word: str) -> str:
        if self.color:
            return click.style(word, bold=True, fg="yellow")
        return f"*{word}*" if self.terminal else word
