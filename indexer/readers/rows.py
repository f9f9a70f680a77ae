"""Row → article: the names that publishers give an article's fields, and the kinds of values they put there.

A row is a JSON object, or a mapping as JSON would have it. Called by the readers of JSON, tables, databases, Parquet
and corpora. Rows of one file mostly have the same names, so what a set of names means is worked
out once and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from indexer.findings import Finding
from indexer.readers.contract import Item, Remark, Skipped
from indexer.readers.findings import NO_FIELD, NO_OBJECT, NO_STRING, STRANGE_VALUE, UNKNOWN_FIELD
from search.article import Article

_LONGEST_KEY = 2000  # letters of a row's names that are remembered
_LONGEST_NAME = 200  # likewise, of one name
_MOST_REMARKS = 200  # a file
ROW_REMARKS = (UNKNOWN_FIELD, STRANGE_VALUE)

# The first name that a row has, and that says something, counts. Compared without case, spaces, hyphens, underscores.
_NAMES: Mapping[str, str] = {
    "id": "id _id article_id doc_id docno uuid guid المعرف معرف رقم_الخبر رقم_المقال",
    "title": "title headline head_line headlines عنوان العنوان",
    "body": "body content text article_body full_text article_text content_text body_text article body_html"
    " content_html body_xhtml bodies paragraphs نص النص المحتوى محتوى المتن متن التفاصيل تفاصيل",
    "source": "source sources publisher source_name agency newspaper provided_by info_source info_sources مصدر المصدر"
    " الصحيفة صحيفة الجريدة جريدة الناشر",
    "section": "section category sections categories article_section topic subjects قسم القسم التصنيف تصنيف",
    "author": "author authors byline by creator writer author_name كاتب الكاتب المؤلف المحرر",
    "url": "url link href uri permalink canonical_url source_url article_url رابط الرابط",
    "published": "published date published_at date_extracted date_published published_date publish_date pub_date"
    " publication_date published_on publishing_date datetime date_time timestamp created_at"
    " content_created first_created version_created تاريخ التاريخ",
    "page": "page page_number page_no print_page page_range pagination start_page starting_page صفحة الصفحة رقم_الصفحة",
}
# What stands around such names: `post_title` of WordPress, `news_date`, «تاريخ النشر», «نص الخبر», «اسم الكاتب».
_AROUND_NAME = re.compile(r"^(?:article|post|news|story|اسم)(?=.)|(?<=.)(?:الخبر|المقال|المقالة|النشر)$")
_LAST = 1000  # rank of a name that is known without what stands around it
# WordPress, NewsAPI, MongoDB; paragraphs of editors; a field in several languages
_WRAPPERS = ("rendered", "name", "value", "#text", "$oid", "$date", "$numberLong", "text", "ar")
_VERSION_MARKS = ("role", "contentType", "contenttype")  # of ninjs: several versions of one text
_NO_ADDRESS = re.compile(r"\s*(?:urn|tag):", re.IGNORECASE)  # identifiers by RFC 8141 and RFC 4151


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).lower()


_FIELD_OF = {_plain(name): (field, rank) for field, names in _NAMES.items() for rank, name in enumerate(names.split())}


def _meaning(name: str) -> tuple[str, int] | None:
    """The field that this name means, and its rank among the names of that field; None where it means none."""
    return (_usual_meaning if len(name) <= _LONGEST_NAME else _any_meaning)(name)


def _any_meaning(name: str) -> tuple[str, int] | None:
    plain = _plain(name)
    if found := _FIELD_OF.get(plain):
        return found
    field, rank = _FIELD_OF.get(_AROUND_NAME.sub("", plain), ("", 0))
    return (field, rank + _LAST) if field else None


_usual_meaning = lru_cache(maxsize=4096)(_any_meaning)


class Shape(NamedTuple):
    """What a row's names mean: for each field the row's names of it, best first; and the names of no field."""

    keys: dict[str, tuple[str, ...]]
    unknown: tuple[str, ...]


def shape_of(names: tuple[str, ...]) -> Shape:
    """The meaning of a row's names."""
    return (_usual_shape if sum(map(len, names)) <= _LONGEST_KEY else _any_shape)(names)


def _any_shape(names: tuple[str, ...]) -> Shape:
    known = [(meaning, name) for name in names if (meaning := _meaning(name))]
    if any(field == "title" for (field, _), _ in known):  # of a message it is the title, beside one what it is about
        known += [(("section", 2 * _LAST), name) for name in names if _plain(name) == "subject"]
    keys = {field: tuple(name for (of, _), name in sorted(known) if of == field) for field in _NAMES}
    meant = {name for _, name in known}
    return Shape(keys, tuple(name for name in names if name not in meant))


_usual_shape = lru_cache(maxsize=1024)(_any_shape)


def field_named(name: str) -> str:
    """The field of an article that this name means; "" where it means none."""
    meaning = _meaning(name)
    return meaning[0] if meaning else ""


def is_article(row: object) -> bool:
    """Whether this is an object with a title, a body or an address, so not a wrapper around a list of articles."""
    if not isinstance(row, dict):
        return False
    keys = shape_of(tuple(row)).keys
    return bool(keys["title"] or keys["body"] or keys["url"])


def has_text(row: object) -> bool:
    """Whether this is an object with the body of an article."""
    return isinstance(row, dict) and any(map(row.get, shape_of(tuple(row)).keys["body"]))


class Remarked:
    """What has been remarked on in one file: everything once, and not without end."""

    def __init__(self) -> None:
        self._remarked: set[tuple[Finding, str]] = set()

    def is_news(self, about: Finding, example: str) -> bool:
        """Whether to remark on this; if so, it has been done."""
        if (about, example) in self._remarked or len(self._remarked) >= _MOST_REMARKS:
            return False
        self._remarked.add((about, example))
        return True


class RowReader:
    """Makes articles of one file's rows; remembers what it has already remarked on."""

    def __init__(self) -> None:
        self._remarked = Remarked()

    def items(self, row: object, location: str) -> Iterator[Item]:
        """The row's article, or why there is none, after remarks on what is left out of it."""
        if not isinstance(row, dict):
            yield Skipped(location, NO_OBJECT, f"it is {_kind(row)}")
            return
        if isinstance(row.get("_source"), dict):  # of Elasticsearch, with the id beside it
            row = {"_id": row.get("_id"), **row["_source"]}
        if isinstance(row.get("subject"), list):  # of ninjs 1; as text it may be the title of a message
            row = {"subjects" if name == "subject" else name: value for name, value in row.items()}
        shape = shape_of(tuple(row))
        if not any(shape.keys.values()):
            yield Skipped(location, NO_FIELD, f"it has {', '.join(map(str, shape.unknown[:5])) or 'none at all'}")
            return
        yield from self._remarks(UNKNOWN_FIELD, *shape.unknown)
        yield from self._article(row, shape.keys, location)

    def _article(self, row: dict[str, Any], keys: dict[str, tuple[str, ...]], location: str) -> Iterator[Item]:
        values: dict[str, Any] = {}
        for field, names in keys.items():
            for name in names:
                value = row[name]
                if value.__class__ is not str:
                    value = _text_of(value, field)
                if value is None:
                    if field in ("title", "body"):
                        yield Skipped(location, NO_STRING, f"{name} is {_kind(row[name])}")
                        return
                    yield from self._remarks(STRANGE_VALUE, f"{name} that is {_kind(row[name])}")
                elif value:
                    values[field] = value
                    break
        yield _made(**values)

    def _remarks(self, about: Finding, *examples: str) -> Iterator[Remark]:
        for example in examples:
            if self._remarked.is_news(about, example):
                yield Remark(about, example)


def _made(
    id: str = "", title: str = "", body: str = "", source: str | tuple[str, ...] = (), **rest: str | None
) -> Article:
    sources = (source,) if isinstance(source, str) else source
    section, author, url, published, page = map(rest.get, ("section", "author", "url", "published", "page"))
    if url and _NO_ADDRESS.match(url):
        id, url = id or url, None
    return Article(id, title, body, sources, section, author, url, published, page=page)


def _text_of(value: object, field: str) -> str | tuple[str, ...] | None:
    """What a value that is no string says: "" for nothing, None where it cannot be text."""
    if value is None:
        return ""
    if isinstance(value, dict):
        inner = _unwrapped(_unwrapped(value))
        return None if isinstance(inner, dict | list) or inner is None else _text_of_scalar(inner, field)
    if isinstance(value, list):
        if field in ("title", "body"):
            value = _main_version(value)
        parts = [_text_of(part, field) if not isinstance(part, list) else None for part in value]
        texts = tuple(part for part in parts if isinstance(part, str))
        return None if len(texts) < len(parts) else _joined(texts, field)
    return _text_of_scalar(value, field)


def _main_version(values: list[Any]) -> list[Any]:
    """Of several versions of one text those in the main role; of these the longest, which has the paragraphs."""
    if not values or not all(isinstance(each, dict) and any(map(each.__contains__, _VERSION_MARKS)) for each in values):
        return values
    main = [each for each in values if each.get("role") == "main"] or values
    return [max(main, key=lambda each: len(str(_unwrapped(each) or "")))]


def _unwrapped(value: object) -> object:
    """What is in a wrapper; MongoDB's {"$date": {"$numberLong": …}} are two."""
    if not isinstance(value, dict):
        return value
    return next((value[name] for name in _WRAPPERS if name in value), None)


def _text_of_scalar(value: object, field: str) -> str | None:
    if isinstance(value, str):
        return value
    if field in ("id", "published", "page") and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return None


def _joined(texts: tuple[str, ...], field: str) -> str | tuple[str, ...]:
    """Several values in one: sources stay apart, paragraphs become lines, of sections the first counts."""
    if field == "source":
        return tuple(filter(None, texts))
    if field == "section":
        return next(filter(None, texts), "")
    return ("\n" if field == "body" else "، ").join(filter(None, texts))


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number", str: "text"}
    return "null" if value is None else kinds.get(type(value), "something else")
