"""The fields of `search/schema.py` as an index of OpenSearch has them, and an article as it is sent there.

In: the table of fields; documents. Out: the body of the request that makes an index; a document as JSON. Terms come
joined by spaces and are split by the built-in analyser `whitespace` and by nothing else. Called by `engine.py` and
`writer.py`.

An article without a term in a field has the term NO_TERMS there, so that BM25 counts it among the articles: Lucene
takes the mean length and the rarity of a field over the articles that have the field. A field whose terms are listed
has a twin, `…_terms`, with each of its terms once, as a column that is counted without reading the articles;
one with positions has its length in `…_length`.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import blake2b
from typing import Any, Final

from search import schema
from search.analysis.term_encoding import encode_term
from search.engines.base import Document
from search.engines.id_order import id_number
from search.engines.opensearch.access import Access
from search.schema import Detail, Kind

NO_TERMS: Final = "########"  # no term of an article is like it, or within two edits of it
ID_NUMBER: Final = "id_number"  # see `search/engines/id_order.py`
SINCE: Final = "since"  # the number of the commit that the article came with: see `commits.py`
BINARY: Final = "raw_bytes"  # what an article's JSON is stored in if it is no UTF-8, in base64
_NAMES: Final = ("source_word", "section_word", "author_word", "agency_word", "place_word")
LISTED: Final = frozenset(("body_word", "title_word", "title_exact", "marked", *_NAMES))
TERMS: Final = tuple(field.name for field in schema.FIELDS if field.kind is Kind.TERMS)
_MEASURED: Final = frozenset(field.name for field in schema.FIELDS if field.detail is Detail.POSITIONS)
TEXTS: Final = frozenset(TERMS)
K1: Final = 1.2  # of BM25
B: Final = 0.75
_LONGEST: Final = 127  # characters of a term, each at most two units: Lucene's tokenizer splits terms of more than 255
# That a node is asked to take up a part, each of which takes five seconds and more. A node that was cut off and is back
# cannot before the views of before have ended there (`view.py`); after five tries, the default, nobody would ask again.
_TRIES: Final = 200
# For so long the cluster remembers what was removed: a request that a node which stood still brings within this time
# does not store it again. The cluster has the names in memory meanwhile; its default is a minute.
_REMOVED_IS_KNOWN: Final = "1h"
_KEPT: Final = 80  # characters of a longer term, before its digest
_OPTIONS: Final = {Detail.PRESENCE: "docs", Detail.FREQUENCY: "freqs", Detail.POSITIONS: "positions"}
_SIMILARITY: Final = {
    "type": "LegacyBM25",
    "k1": K1,
    "b": B,
}  # scores 2.2 times as high as Lucene's own, as Tantivy
_LARGEST_WINDOW: Final = 10_000  # matches of one request


def index_body(access: Access) -> dict[str, Any]:
    """Return the settings and the mapping of an empty index that is about to be filled: no replicas, no refreshes."""
    settings = {
        "number_of_shards": access.shards,
        "number_of_replicas": 0,
        "refresh_interval": "-1",
        "allocation.max_retries": _TRIES,
        "gc_deletes": _REMOVED_IS_KNOWN,
        "max_result_window": _LARGEST_WINDOW,
        "similarity": {"default": _SIMILARITY},
        "codec": "default",
    }
    # Copies are recovered from what was sent, which the cluster keeps beside this until no copy needs it: to leave that
    # out would recover articles without their terms.
    source = {"includes": ["id", "raw", BINARY]}
    properties = {name: each for field in schema.FIELDS for name, each in _properties(field).items()}
    properties |= {ID_NUMBER: _COLUMN, SINCE: {"type": "long"}, BINARY: {"type": "binary"}}
    return {
        "settings": {"index": settings},
        "mappings": {"dynamic": "strict", "_source": source, "properties": properties},
    }


_COLUMN: Final = {"type": "long", "index": False}


def _properties(field: schema.Field) -> dict[str, dict[str, Any]]:
    if field.kind is Kind.TERMS:
        text = {"type": "text", "analyzer": "whitespace", "index_options": _OPTIONS[field.detail]}
        length = {length_column(field.name): {"type": "integer"}} if field.name in _MEASURED else {}
        if field.name in LISTED:
            return {field.name: text, twin(field.name): {"type": "keyword"}, **length}
        return {field.name: {**text, "fielddata": True}}  # nothing is loaded until somebody lists its terms
    if field.kind is Kind.KEYWORD:
        return {field.name: {"type": "keyword"}}
    if field.kind is Kind.NUMBER:
        return {field.name: _COLUMN if field.name == "digest" else {"type": "long"}}
    return {field.name: {"type": "keyword", "index": False, "doc_values": False}}


def twin(field: str) -> str:
    """Return the column that holds each term of a field once."""
    return f"{field}_terms"


def length_column(field: str) -> str:
    """Return the column that holds how many terms a field has."""
    return f"{field}_length"


def column(field: str) -> str:
    """Return what is counted to list the terms or values of a field."""
    return twin(field) if field in LISTED else field


def index_term(field: str, text: str) -> str:
    """Return a term or value as the index holds it: encoded by term_encoding.py and not too long; values unchanged.

    Lone surrogates, which no JSON holds, are replaced.
    """
    if field in TEXTS:
        text = encode_term(text)
        text = text if len(text) <= _LONGEST else _shortened(text)
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def document_id(id: str, commit: int) -> str:
    """Return the name by which the cluster knows this version of an article: of any id 20 characters and a number."""
    digest = blake2b(id.encode("utf-8", "surrogatepass"), digest_size=15).digest()
    return f"{_base64url(digest)}-{commit}"


def as_sent(document: Document, commit: int) -> dict[str, Any]:
    """Return the article as it is sent to be indexed with the commit of this number."""
    sent: dict[str, Any] = {
        "id": index_term("id", document.id),
        "digest": document.digest,
        ID_NUMBER: id_number(document.id),
        SINCE: commit,
    }
    terms = document.terms
    for name in TERMS:
        text = _split_well(terms[name]) if name in terms else ""
        if name in LISTED:
            if distinct := list(dict.fromkeys(text.split())):
                sent[twin(name)] = distinct
            sent[name] = text if distinct else NO_TERMS
            if name in _MEASURED:
                sent[length_column(name)] = text.count(" ") + 1
        else:
            sent[name] = text if text and not text.isspace() else NO_TERMS
    for name, values in document.keywords.items():
        if values:
            sent[name] = [index_term(name, value) for value in values]
    sent.update(document.numbers)
    try:
        sent["raw"] = document.raw.decode("utf-8")
    except UnicodeDecodeError:
        sent[BINARY] = document.raw  # JSON of bytes is base64
    return sent


def _split_well(text: str) -> str:
    """The joined terms, too long ones shortened. It steps from space to space, so that long texts cost little."""
    text = text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
    at, size = 0, len(text)
    while size - at > _LONGEST:
        space = text.rfind(" ", at, at + _LONGEST + 1)
        if space < 0:
            return " ".join(term if len(term) <= _LONGEST else _shortened(term) for term in text.split(" "))
        at = space + 1
    return text


def _shortened(term: str) -> str:
    """A long term's beginning and digest: equal for equal terms."""
    digest = blake2b(term.encode("utf-8", "surrogatepass"), digest_size=15).digest()
    return term[:_KEPT] + _base64url(digest)


def _base64url(digest: bytes) -> str:
    return urlsafe_b64encode(digest).decode()
