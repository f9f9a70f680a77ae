"""An article as a reader found it → the article as it is stored, with its JSON.

What a reader could not know is decided here: the id where none was given, the date in one form, who wrote it
(`credits.py`), text without markup and control characters, blank values as absent ones. What was damaged on its way is
mended (`indexer/repairs/repairs.py`). Called by `indexer/workers/preparing.py` for every article, so the common case
only looks. The same article always becomes the same JSON.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from indexer.cleaning.findings import (
    EMPTY_ARTICLE,
    FAR_DATE,
    LONG_ID,
    LONGEST_ID,
    LOST_LETTERS,
    NO_WORDS,
    UNREAD_DATE,
)
from indexer.cleaning.markup import has_entities, without_markup
from indexer.cleaning.naming import LOST_SIGNS, named_article
from indexer.cleaning.pages import printed_page
from indexer.cleaning.unsigned import signed_by
from indexer.findings import Finding
from indexer.readers.bounds import LARGEST_TEXT
from indexer.readers.findings import TOO_LONG
from indexer.repairs.findings import ENTITIES
from indexer.repairs.repairs import ENCODING, repaired, signs_of_damage, with_encoding_mended
from search.article import Article, encode_article
from search.limits import LONGEST_NAME
from search.query.dates.published import read_published

_MOST_MARKS: Final = 20  # question marks in a row that someone may mean

# A moment as it is stored, so that nothing need be done to it; not midnight.
_MOMENT: Final = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\dT(?!00:00:00)\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d)?", re.ASCII)
_ZERO_YEARS: Final = ("0000", "0001-01-01")  # how programs write that they know no date
_LONGEST_KEY: Final = 500  # letters of what is remembered: a longer value seldom comes again, and is no date
_AHEAD: Final = timedelta(days=366)  # what is announced; later ones are slips and signs for «unknown»
_MOST_ROUNDS: Final = 4
_CONTROL_IN_JSON: Final = re.compile(rb"\\[bfu]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_APART: Final = re.compile(r"\s\+\s")


Remarker = Callable[[Finding, str], None]  # what was lost, and an example of it


class Cleaned(NamedTuple):
    """An article ready for the index: `raw` is its JSON, `repairs` what was mended."""

    article: Article
    raw: bytes
    repairs: tuple[Finding, ...] = ()


class Unfit(NamedTuple):
    """Why an article is left out."""

    reason: Finding
    detail: str = ""


def clean(article: Article, remark: Remarker) -> Cleaned | Unfit:
    """The article completed, or why it is left out and how it is named; `remark` hears of what was lost of it."""
    found = _completed(article, remark)
    if isinstance(found, Cleaned):
        return found
    return found._replace(detail="; ".join(filter(None, (found.detail, named_article(article)))))


def _completed(article: Article, remark: Remarker) -> Cleaned | Unfit:
    if len(article.title) + len(article.body) > LARGEST_TEXT:
        return Unfit(TOO_LONG, f"{len(article.title) + len(article.body):,}")
    if _is_lost(article):
        return Unfit(LOST_LETTERS)
    tidied, raw = _with_json(article, remark)
    signs = signs_of_damage(raw, tidied)
    if not signs and not has_entities(article):
        return _identified(tidied, raw, tidied, remark)
    return _repaired(article, tidied, signs, remark)


def _with_json(article: Article, remark: Remarker) -> tuple[Article, bytes]:
    """The article tidied, without control characters and halves of characters, and its JSON."""
    tidied = _tidied(article, remark)
    try:
        raw = encode_article(tidied)
        if _CONTROL_IN_JSON.search(raw) is None:
            return tidied, raw
    except UnicodeEncodeError:
        pass  # half a character: the slow way mends it
    tidied = _tidied(_scrubbed(article), lambda *_: None)
    return tidied, encode_article(tidied)


def _repaired(article: Article, tidied: Article, signs: int, remark: Remarker) -> Cleaned | Unfit:
    """The article with its damage mended. An id that follows from its text is that of the text as it was."""
    repairs = [ENTITIES] if has_entities(article) else []
    sound = tidied
    mended = with_encoding_mended(article, signs)
    if mended is not article:
        repairs.insert(0, ENCODING.about)
        sound, raw = _with_json(mended, lambda *_: None)
        signs = signs_of_damage(raw, sound)
    for _ in range(_MOST_ROUNDS):  # nearly always one: what was mended rarely shows other damage
        sound, done, given = repaired(sound, signs)
        repairs += done
        sound = _trimmed(sound) if done else sound
        raw = encode_article(sound)
        signs = signs_of_damage(raw, sound) if given else 0
        if not signs:
            break
    found = _identified(sound, raw, tidied, remark)
    return found._replace(repairs=tuple(dict.fromkeys(repairs))) if isinstance(found, Cleaned) else found


def _trimmed(article: Article) -> Article:
    """A repaired article with single spaces in lines and none at the ends, and what its byline names now."""

    def line(text: str | None) -> str | None:
        return " ".join((text or "").split())[:LONGEST_NAME].rstrip() or None

    body, author = article.body.strip(), line(article.author)
    signed = signed_by(author, body, line(article.section))
    return msgspec.structs.replace(
        article,
        title=" ".join(article.title.split()),
        body=body,
        source=tuple(dict.fromkeys(name for name in map(line, article.source) if name)),
        section=signed.section,
        author=author,
        agencies=signed.credits.agencies,
        places=signed.credits.places,
        persons=signed.credits.persons,
        unsigned=signed.unsigned,
    )


def has_name(article: Article) -> bool:
    """Whether an article as it was read has an id or an address, so that a correction keeps its id."""
    return bool(article.id.strip()) or 0 < len(article.url or "") <= LONGEST_ID


def _is_lost(article: Article) -> bool:
    """Whether more question marks than letters are left, as of a text put into an encoding that lacks its letters."""
    texts = (article.title, article.body)
    marks = sum(text.count(mark) for text in texts for mark in LOST_SIGNS if mark in text)
    if marks < _MOST_MARKS or 4 * marks < len(article.title) + len(article.body):
        return False
    return marks > sum(map(str.isalpha, article.title + article.body))


def _tidied(article: Article, remark: Remarker) -> Article:
    """Every value in its usual form; the id as given."""
    body, author = _paragraphs(article.body), _name(article.author)
    signed = signed_by(author, body, _name(article.section))
    return Article(
        id=" ".join(article.id.split()),
        title=_line(article.title),
        body=body,
        source=_sources(article.source) if article.source else (),
        section=signed.section,
        author=author,
        url="".join((article.url or "").split()) or None,
        published=_published(article.published, remark),
        agencies=signed.credits.agencies,
        places=signed.credits.places,
        persons=signed.credits.persons,
        page=printed_page(article.page) if article.page else None,
        unsigned=signed.unsigned,
    )


def _identified(article: Article, raw: bytes, written: Article, remark: Remarker) -> Cleaned | Unfit:
    """With an id: the given one, else the URL, else a digest of title and body as they were `written`."""
    if len(article.id) > LONGEST_ID:
        return Unfit(LONG_ID, f"{len(article.id):,}")
    if not article.title and not article.body:
        if not article.id and not article.url:
            return Unfit(EMPTY_ARTICLE)
        remark(NO_WORDS, article.id or article.url or "")
    if article.id:
        return Cleaned(article, raw)
    url = article.url if article.url and len(article.url) <= LONGEST_ID else None
    named = msgspec.structs.replace(article, id=url or _digest(written))
    return Cleaned(named, encode_article(named))


def _digest(article: Article) -> str:
    return hashlib.blake2b(f"{article.title}\0{article.body}".encode(), digest_size=12).hexdigest()


def _line(text: str) -> str:
    """One line without markup, single spaces."""
    return " ".join((without_markup(text) if "&" in text or "<" in text else text).split())


def _paragraphs(text: str) -> str:
    if "<" in text or "&" in text:
        text = without_markup(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def _name(text: str | None) -> str | None:
    return (_usual_name if len(text or "") <= _LONGEST_KEY else _any_name)(text)


def _any_name(text: str | None) -> str | None:
    return _line(text or "")[:LONGEST_NAME].rstrip() or None


def _sources(names: tuple[str, ...]) -> tuple[str, ...]:
    """«الجزيرة + وكالات» names two."""
    return (_usual_sources if sum(map(len, names)) <= _LONGEST_KEY else _any_sources)(names)


def _any_sources(names: tuple[str, ...]) -> tuple[str, ...]:
    cleaned = (_name(part) for name in names for part in _APART.split(name))
    return tuple(dict.fromkeys(name for name in cleaned if name))


_usual_name = lru_cache(maxsize=4096)(_any_name)
_usual_sources = lru_cache(maxsize=4096)(_any_sources)


def _published(written: str | None, remark: Remarker) -> str | None:
    """A day where no hour is given, else a moment."""
    if not written or written.isspace():
        return None
    published = written if _MOMENT.fullmatch(written) and _is_possible(written) else _read_date(written[:_LONGEST_KEY])
    if published is None:
        remark(UNREAD_DATE, written[:80])
    elif published > _latest():  # 9999-12-31: how programs write that they know no date; it would be newest
        remark(FAR_DATE, written[:80])
        return None
    return published


@lru_cache(maxsize=1)
def _latest() -> str:
    """The last day that is believed, for as long as a run takes."""
    return (date.today() + _AHEAD).isoformat()


def _is_possible(written: str) -> bool:
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def _read_date(written: str) -> str | None:
    """Midnight is a day that passed through a program."""
    read = None if written.startswith(_ZERO_YEARS) else read_published(written)
    if read is None:
        return None
    if read.time() == time():
        return read.date().isoformat()
    return read.isoformat(timespec="seconds")


def _scrubbed(article: Article) -> Article:
    """Without control characters and halves of characters."""
    scrub = _scrub
    return Article(
        id=scrub(article.id),
        title=scrub(article.title),
        body=scrub(article.body),
        source=tuple(map(scrub, article.source)),
        section=scrub(article.section or ""),
        author=scrub(article.author or ""),
        url=scrub(article.url or ""),
        published=scrub(article.published or ""),
        page=scrub(article.page or ""),
    )


def _scrub(text: str) -> str:
    """Null bytes vanish, for they stand within words; other control characters part words."""
    return _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", text.replace("\0", "")))
