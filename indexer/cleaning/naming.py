"""How a report names an article that was left out, or of which something was: by its id, and by its title.

In: an article as a reader found it. Out: one short line. Called by `clean.py` and `indexer/workers/preparing.py`; the
report puts the file before it, and which of the file's articles it is. A title of which more signs are lost than
letters are left («C???CI?E ????EE») names nothing, so it is said that it cannot be read.
"""

from __future__ import annotations

from typing import Final

from search.article import Article

LOST_SIGNS: Final = ("?", "\ufffd")  # what stands for a letter that an encoding lacks
_LONGEST: Final = 60  # characters of an id or a title
_BEGINNING: Final = 500  # characters of a body in which its first line is looked for


def named_article(article: Article) -> str:
    """Return the id or address of an article and its title, or the beginning of its body; "" where it has neither."""
    id = _shortened(article.id) or _shortened(article.url or "")
    title, beginning = _shortened(article.title), _shortened(article.body[:_BEGINNING].strip().partition("\n")[0])
    if is_lost(title):
        title = "its title cannot be read"
    elif not title and is_lost(beginning):
        title = "its text cannot be read"
    return ": ".join(part for part in (id, title or beginning) if part)


def is_lost(text: str) -> bool:
    """Return whether more signs that stand for lost letters than letters are left of a text."""
    marks = sum(map(text.count, LOST_SIGNS))
    return bool(marks) and marks > sum(map(str.isalpha, text))


def _shortened(text: str) -> str:
    line = " ".join(text[:_BEGINNING].split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rstrip() + "…"
