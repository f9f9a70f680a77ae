"""Bytes of JSON → Python values, as forgiving as that can be done without guessing.

Called by the two JSON readers. Sound UTF-8 goes the fast way; Windows-1256, lone surrogates, line feeds within strings,
NaN go the slow one.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from indexer.readers.contract import Unreadable
from indexer.readers.findings import BROKEN_JSON, NO_TEXT
from search.encodings.encoding import decode_text

_fast = msgspec.json.Decoder().decode


def decode_json(raw: bytes) -> Any:
    """The one JSON value in these bytes. Raises Unreadable saying what is wrong with it."""
    try:
        return _fast(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _slowly(raw)


def _slowly(raw: bytes) -> Any:
    text = decode_text(raw)
    if text is None:
        raise Unreadable(NO_TEXT)
    try:
        return json.loads(text, strict=False)
    except RecursionError as error:
        raise Unreadable(BROKEN_JSON, "nested too deeply") from error
    except ValueError as error:  # also a number of too many digits
        raise Unreadable(BROKEN_JSON, str(error)) from error
