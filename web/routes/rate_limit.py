"""A limit on how much one address may ask for in a while, where the setting `rate_limit` says so.

Registered by `web/app.py`. One allowance an address: a search, an article and a comparison take one part of it, a
suggestion a tenth, a list of queries or an export five. What asks nothing of the index is free. An address is what a
proxy in front says, where `behind_proxy` has it believed; of IPv6 the network of a house (/64), since it has more
addresses than can be counted.
"""

from __future__ import annotations

import re
from ipaddress import IPv6Address, ip_address, ip_network
from time import time
from typing import Final

from flask import Flask, Response, request

from search.errors import SettingsError
from search.extras import library
from search.settings import Settings
from web.messages.table import say
from web.routes.failures import failure_response
from web.site import language

_FREE: Final = {
    "static",
    "pages.home",
    "pages.saved",
    "advanced.form",
    "help.page",
    "feeds.opensearch",
    "crawlers.robots",
    "feeds.favicon",
    "health.ready",
    "health.alive",
    "metrics.exposition",
    "api.openapi",
    "api_page.page",
}
_UNITS: Final = 10  # that a search takes, and all that is not named here
_A_LIST: Final = 50  # units of a list of queries, which may take seconds
_AN_EXPORT: Final = 50  # likewise
_COSTS: Final = {  # units, by endpoint
    "api.suggest": 1,
    "lists.batch": _A_LIST,
    "lists.counts_as_csv": _A_LIST,
    "lists.hits_as_csv": _A_LIST,
    "taking_along.export": _AN_EXPORT,
}
_NETWORK_BITS: Final = 64
_LIMIT: Final = re.compile(r"(\d+) */ *(\d*) *(second|minute|hour|day)s?")


def register(app: Flask, settings: Settings) -> None:
    """Limits what one address may ask for. Raises LibraryMissing and, for a storage that cannot be, SettingsError."""
    if not settings.rate_limit:
        return
    flask_limiter = library("flask_limiter", extra="limits", purpose=f"rate_limit = {settings.rate_limit!r}")
    units, allowance = _allowance(settings.rate_limit)
    limiter = flask_limiter.Limiter(
        lambda: household(request.remote_addr),
        application_limits=[allowance],
        application_limits_cost=lambda: min(units, _COSTS.get(request.endpoint or "", _UNITS)),
        storage_uri=settings.rate_limit_storage,
        strategy="fixed-window",
        in_memory_fallback=[allowance],
        in_memory_fallback_enabled=True,  # a storage that cannot be reached shuts nobody out
    )
    limiter.request_filter(_is_free)
    try:
        limiter.init_app(app)
    except Exception as error:  # what the storages' own libraries raise
        raise SettingsError(
            f"rate_limit_storage = {settings.rate_limit_storage!r} cannot be used ({error}): "
            "give memory://, or redis://HOST:6379 with pip install redis"
        ) from error

    def refuse(error: Exception) -> Response:
        response = failure_response(429, say(language(), "error_429_text"))
        response.headers["Retry-After"] = str(max(1, limiter.current_limit.reset_at - int(time())))
        return response

    app.register_error_handler(flask_limiter.RateLimitExceeded, refuse)


def _is_free() -> bool:
    """Whether nothing is asked of the index: a browser's OPTIONS only asks whether its page may ask."""
    return request.endpoint is None or request.endpoint in _FREE or request.method == "OPTIONS"


def household(address: str | None) -> str:
    """What stands for all addresses of one asker: an IPv4 address, the first 64 bits of one of IPv6."""
    try:
        read = ip_address(address or "")
    except ValueError:  # a socket of files, or what a proxy says instead of an address
        return address or "unknown"
    if not isinstance(read, IPv6Address):
        return str(read)
    return str(read.ipv4_mapped or ip_network((int(read), _NETWORK_BITS), strict=False))


def _allowance(limit: str) -> tuple[int, str]:
    """The units of a limit such as "60/minute", and the same in the library's words."""
    found = _LIMIT.fullmatch(limit)
    assert found, "the settings have checked it"
    searches, times, period = found.groups()
    units = int(searches) * _UNITS
    return units, f"{units} per {times or 1} {period}"
