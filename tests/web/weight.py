"""How much a page sends, with all that it asks of the site."""

from __future__ import annotations

import gzip

from flask.testing import FlaskClient
from lxml import html

MOST = 60_000  # bytes of a page of results and its style sheets, scripts and icon, gzipped
_ASSETS = "//script/@src | //link[@rel='stylesheet' or @rel='icon']/@href | //img/@src"


def weight(client: FlaskClient, path: str) -> int:
    """Gzipped bytes of a page and of what it loads; what it loads is all of this site."""
    page = client.get(path)
    assert page.status_code == 200, f"{path[:80]}: {page.status}"
    assets = set(html.fromstring(page.text).xpath(_ASSETS))
    assert assets and all(each.startswith("/static/") for each in assets), assets
    return sum(_gzipped(client, each) for each in (path, *assets))


def _gzipped(client: FlaskClient, path: str) -> int:
    with client.get(path) as answer:  # closes the file that it is of
        return len(gzip.compress(answer.data, 6))
