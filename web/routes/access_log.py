"""WSGI middleware that gives each request an id and logs each answer: address, status, duration, size.

`web/app.py` wraps the application in it. What people search for is private: of an address the log gets the path and the
names of known parameters, and the values only of switches and numbers; no words, no filters, and who asked only where
the setting `access_log_addresses` says so. Error pages show the id and every answer carries it in a header, so that a
reader can quote it.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl, quote

from flask import request

from web.addresses import parameters

HEADER = "X-Request-Id"
_KEY = "kashaf.request_id"
_GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")  # what a proxy in front may have called the request
_SWITCHES = {"page", "limit", "sort", "lang", "explain", "facets", "names", "collapse", "repair", "form"}
_SWITCHES |= {"format", "rows", "bom", "snippets", "body"}
_SWITCHED = re.compile(r"[a-z0-9]{1,12}")
_NAMED = _SWITCHES | {*parameters.NAMES_OF_ALL, "v", "at", "against"}
_LONGEST_PATH, _LONGEST_QUERY = 200, 4000  # bytes that are looked at
_LOGGER = logging.getLogger("kashaf.access")

Application = Callable[..., Iterable[bytes]]
Observer = Callable[[dict[str, Any], str, float], None]  # of an answer: the environment, its status, its seconds


def request_id() -> str:
    """The id of the current request."""
    return str(request.environ.get(_KEY, ""))


class AccessLogMiddleware:
    """The wrapped application. It logs an answer once that is sent, or the connection is closed."""

    def __init__(self, application: Application, *, addresses: bool = False, observe: Observer | None = None) -> None:
        self._application = application
        self._addresses = addresses
        self._observe = observe

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        began = time.perf_counter()
        given = environ.get("HTTP_X_REQUEST_ID", "")
        environ[_KEY] = given if _GIVEN.fullmatch(given) else secrets.token_hex(6)
        statuses: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            statuses.append(status[:3])
            return start_response(status, [*headers, (HEADER, environ[_KEY])], *more)

        reader = f" {quote(environ.get('REMOTE_ADDR') or '-', safe=':.')}" if self._addresses else ""
        return _Answer(self._application(environ, start), environ, statuses, began, reader, self._observe)


class _Answer:
    """The pieces of an answer. Counts their bytes, and logs the answer when the server closes it, sent whole or not."""

    def __init__(
        self,
        pieces: Iterable[bytes],
        environ: dict[str, Any],
        statuses: list[str],
        began: float,
        reader: str,
        observe: Observer | None,
    ) -> None:
        self._pieces, self._environ, self._statuses, self._began = pieces, environ, statuses, began
        self._reader, self._observe = reader, observe
        self._bytes = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self._bytes += len(piece)
            yield piece

    def close(self) -> None:
        if hasattr(self._pieces, "close"):
            self._pieces.close()
        seconds = time.perf_counter() - self._began
        if self._observe:
            self._observe(self._environ, self._statuses[-1] if self._statuses else "-", seconds)
        if _LOGGER.isEnabledFor(logging.INFO):
            self._log(seconds)

    def _log(self, seconds: float) -> None:
        _LOGGER.info(
            "%s %s %s %.1f ms %d B %s%s",
            quote(self._environ.get("REQUEST_METHOD", "")[:10]),
            address(self._environ.get("PATH_INFO", ""), self._environ.get("QUERY_STRING", "")),
            self._statuses[-1] if self._statuses else "-",
            seconds * 1000,
            self._bytes,
            self._environ[_KEY],
            self._reader,
        )


def address(path: str, query: str) -> str:
    """The address as it is logged: on one line, with known parameters only, without values that could be words."""
    pairs = parse_qsl(query[:_LONGEST_QUERY], keep_blank_values=True)
    logged = [f"{name}={value}" if _may_be_logged(name, value) else name for name, value in pairs if name in _NAMED]
    shown = quote(path.encode("latin-1", "replace")[:_LONGEST_PATH], safe="/:~@")
    return shown + ("?" + "&".join(dict.fromkeys(logged)) if logged else "")


def _may_be_logged(name: str, value: str) -> bool:
    return name in _SWITCHES and bool(_SWITCHED.fullmatch(value))
