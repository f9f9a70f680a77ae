"""Feeds keep to RFC 4287, held to it by a RELAX NG schema, by the rules that no schema has, and by feedparser."""

from __future__ import annotations

from pathlib import Path

import feedparser
import pytest
from flask.testing import FlaskClient
from lxml import etree

from search.article import Article
from search.service import SearchService
from search.settings import Settings
from tests.web.fakes import FakeService
from web.app import create_app

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
ATOM = "{http://www.w3.org/2005/Atom}"
ODD = (
    Article("a\x00&<", "\x0b]]>\ufffe", "<b>&\x08", ("\x1f<",), "&\x00", None, 'https://example.org/\uffff a"b', None),
    Article("..", "", "", (), "", "", "https://مثال.إختبار/خبر?a=1&b={c}", "2017-06-30T10:30:00+03:00"),
    Article("//x//", " ", "نص", ("",), None, None, "http://[", "0001-01-01"),
    Article("خبر/١ ?#[]|^`{}\\", "عنوان", "نص", ("م",), "ق", None, "javascript:alert(1)", "9999-12-31T23:59:59"),
)


def check(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 200
    tree = etree.fromstring(answer.data)
    SCHEMA.assertValid(tree)
    ids = [entry.findtext(f"{ATOM}id") for entry in tree.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    for element in (tree, *tree.iter(f"{ATOM}entry")):
        kinds = [(link.get("rel"), link.get("type")) for link in element.findall(f"{ATOM}link")]
        assert len(set(kinds)) == len(kinds)  # two alternates of one type may not be
    read = feedparser.parse(answer.data)
    assert not read.bozo and read.version == "atom10" and len(read.entries) == len(ids)
    assert all(entry.title and entry.updated_parsed for entry in read.entries)


@pytest.mark.parametrize("url", ["/feed", "/feed?q=الموانئ", "/feed?q=غيرموجود", "/feed?q=%26%3C&lang=en&source=<"])
def test_a_feed_is_valid(client: FlaskClient, url: str) -> None:
    check(client, url)


def test_a_feed_is_valid_whatever_its_articles_hold(service: FakeService, client: FlaskClient) -> None:
    service.articles = ODD
    check(client, "/feed")


def test_a_feed_of_an_index_is_valid(sample_service: SearchService) -> None:
    client = create_app(Settings(public_address="https://news.example.org/archive"), sample_service).test_client()
    for url in ("/feed", "/feed?q=القمح", '/feed?q="أسعار القمح"&lang=en', "/feed?q=ققققق"):
        check(client, url)
