"""No highlight ends within a written word: names of several tokens, in hits and articles, as pages and as JSON."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from search.article import Article
from search.engines.registry import EMBEDDED
from search.settings import Settings
from tests.small_index import open_index
from web.app import create_app

NAMES = "عبدالله عبدالعزيز عبداللطيف عبدالفتاح أبوظبي أبوبكر بهاءالدين صلاحالدين جادالله سيفالدين لعبدالله وعبدالرحمن"
ARTICLES = [
    Article(f"{at}", f"علي {name} صالح", f"التقى أمس علي {name} صالح وزير الصحة، ثم قال {name}: شكرا")
    for at, name in enumerate(NAMES.split())
]
# How a name of two tokens is asked for, wholly or in part, beside a function word that may be a part of a name.
QUERIES: tuple[str, ...] = (
    "علي {} صالح",
    '"علي {}"',
    "{} صالح",
    '"{} صالح"',
    "{}",
    "علي {first}",
    '"علي {first}"',
    '"{second} صالح"',
)
QUERIES += ("{second}", "={second}", "{second}~", "{first}*", '"{second} شكرا"~3')
_INLINE = re.compile(r"</?(?:a|bdi|span)\b[^>]*>")
_WITHIN_A_WORD = re.compile(r"\w<mark\b|</mark>\w")
_MARKED = re.compile(r"<mark\b")


@pytest.fixture(scope="module", params=EMBEDDED)
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    service = open_index(tmp_path_factory.mktemp("index"), ARTICLES, engine=request.param)
    return create_app(Settings(), service).test_client()


def queries() -> list[tuple[str, str]]:
    """Each query with the id of the article that has the name."""
    found = []
    for article in ARTICLES:
        name = article.title.split()[1]
        cut = next((at for at in range(3, len(name)) if name[at:].startswith(("ال", "ظبي", "بكر"))), 3)
        found += [(query.format(name, first=name[:cut], second=name[cut:]), article.id) for query in QUERIES]
    return found


def hits(client: FlaskClient, query: str) -> list[dict[str, Any]]:
    """The hits of the JSON."""
    found: dict[str, list[dict[str, Any]]] = json.loads(client.get(f"/api/search?q={quote(query)}").text)
    return found["hits"]


def test_no_highlight_ends_within_a_name(client: FlaskClient) -> None:
    cut, marked = [], 0
    for query, id in queries():
        asked = quote(query)
        for address in (f"/search?q={asked}", f"/article/{id}?q={asked}"):
            page = _INLINE.sub("", client.get(address).text)
            marked += len(_MARKED.findall(page))
            cut += [(address, query)] * bool(_WITHIN_A_WORD.search(page))
        for hit in hits(client, query):
            for shown in (hit["title_html"] or "", *hit["snippets"]):
                cut += [("JSON", query)] * bool(_WITHIN_A_WORD.search(shown))
    assert not cut
    assert marked > 10 * len(ARTICLES)


def test_a_name_with_a_function_word_is_marked_with_the_whole_word_beside_it(client: FlaskClient) -> None:
    first, *_ = hits(client, "علي عبدالله صالح")
    assert first["title_html"] == "<mark>علي عبدالله</mark> <mark>صالح</mark>"
