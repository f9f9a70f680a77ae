"""Of an address the log has the path and the names of known parameters, the values only of switches and numbers."""

from __future__ import annotations

from web.addresses.parameters import NAMES_OF_ALL
from web.routes.access_log import address


def test_every_parameter_is_named_and_no_word_is_logged() -> None:
    asked = "&".join(f"{name}=سر" for name in sorted(NAMES_OF_ALL))
    logged = address("/api/search", asked)
    assert set(logged.partition("?")[2].split("&")) == NAMES_OF_ALL and "سر" not in logged
    assert address("/api/search", "limit=3&cursor=abc&odd=secret&id=x") == "/api/search?limit=3&cursor&id"
