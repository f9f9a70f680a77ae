"""Gives every article a title to show: its own, or if it has none, one made of its text, address or id.

In: an article. Out: one line of plain text, never empty. Called by `search/pages/as_json.py` and `as_text.py`, the
commands and the views of the web package, so that lists, pages, feeds and JSON show the same title.
"""

from __future__ import annotations

import re
from typing import Final

from search.article import Article

LONGEST: Final = 80  # characters of a title made from the text
_SHORTEST: Final = 25  # characters; a shorter first "sentence" («(1)», «أيقظني») is joined with the next
_LOOKED_AT: Final = 1_000  # characters of the text
# A full stop ends a sentence unless it stands within a number (95 .1%), after a single letter («د. محمد», «د . محمد»)
# or between the short syllables of a name that is spelled out («إتش . تي . سي»).
_LETTER: Final = r"[^\W\d_]"
_SPELLED: Final = "".join(rf"(?<!\s{_LETTER}{{{count}}}\s\.)" for count in (1, 2, 3))
_STOP: Final = rf"(?<=\.)(?<![\s.(]{_LETTER}\.)(?<!^{_LETTER}\.){_SPELLED}\.*(?!\d)"
_LOUD: Final = "!؟?؛"
_BREAKS: Final = r"\n\r\x85\u2028\u2029"
# Its sign comes first and what stands around it is looked at only there: that is twice as fast.
_END: Final = re.compile(rf"[{_LOUD}.{_BREAKS}](?:(?<=[{_LOUD}])[{_LOUD}]*|{_STOP}|(?<=[{_BREAKS}])[{_BREAKS}]*)")
_DIRECTING: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FRONT: Final = " \t\n\r\x0b\x0c\xa0\u200b-–—ـ*•·}{|.…:،؛/\\»)]"
_BACK: Final = " .…،؛:-–—*/"


def display_title(article: Article) -> str:
    """Return the title; without one, the first sentence of the text, cut between words; else the address or the id."""
    return _one_line(article.title) or first_words(article) or _one_line(article.url or "") or article.id


def is_untitled(article: Article) -> bool:
    """Return whether the article has no title of its own."""
    return not article.title.strip()


def first_words(article: Article, longest: int = LONGEST) -> str:
    """Return the first sentence of the text, past dateline and author, cut between words to `longest` characters."""
    from search.pages.dateline import dateline_end  # its tables, for articles without a title alone

    text = _past_author(article).lstrip(_FRONT)
    start = text[dateline_end(text, article.persons) :][:_LOOKED_AT].lstrip(_FRONT)
    return _cut(_first_sentence(start), longest) or _cut(_one_line(text[:_LOOKED_AT]), longest)


def _past_author(article: Article) -> str:
    """Return the text without the name of its author, if it begins with that and a line break or colon."""
    text = article.body.lstrip()
    author = (article.author or "").strip()
    rest = text[len(author) :]
    named = author and text.startswith(author) and (author.endswith(":") or rest[:1] in {"\n", ":"})
    return rest.lstrip(_FRONT) if named and rest.strip() else text


def _first_sentence(text: str) -> str:
    for end in _END.finditer(text):
        sentence = _one_line(text[: end.end()])
        if len(sentence) >= _SHORTEST:
            return sentence
    return _one_line(text)


def _one_line(text: str) -> str:
    undirected = text if text.isprintable() else _DIRECTING.sub("", text)
    return " ".join(undirected.split())


def _cut(sentence: str, longest: int) -> str:
    if len(sentence) <= longest:
        return sentence.rstrip(_BACK)
    whole = sentence[: longest + 1].rpartition(" ")[0] or sentence[:longest]
    return f"{whole.rstrip(_BACK)}…"
