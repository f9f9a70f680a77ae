"""The site over real news: each kind of page of a part of each archive of ../shared/news; lists over a whole one.

What links lead to from pages with several parameters is the same for any archive: `test_generated.py` follows those.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient

from tests.bench.processes import kashaf
from tests.conftest import SHARED
from tests.crawl.addresses import LANGUAGES, addresses
from tests.crawl.crawling import Crawl
from tests.crawl.lists import walk

pytestmark = pytest.mark.shared

MOST_PAGES = 2_000
ONE_IN = 20
ONE_TEXT_IN = 4


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, reader: Callable[[Path], FlaskClient]) -> FlaskClient:
    """The site of one article in twenty of the archives of rows, and of one in four of the archive of texts."""
    folder = tmp_path_factory.mktemp("news")
    for rows in (SHARED / "news").glob("*.jsonl.gz"):
        with gzip.open(rows, "rb") as lines, (folder / rows.stem).open("wb") as chosen:
            chosen.writelines(islice(lines, 0, None, ONE_IN))
    for archive in (SHARED / "news").glob("*.zip"):
        with ZipFile(archive) as texts, ZipFile(folder / archive.name, "w") as chosen_texts:
            for text in texts.infolist()[::ONE_TEXT_IN]:
                chosen_texts.writestr(text, texts.read(text))
    kashaf("index", "--index", folder / "index", *folder.glob("*.jsonl"), *folder.glob("*.zip"))
    return reader(folder / "index")


@pytest.fixture(scope="module")
def whole(newspapers: Path, reader: Callable[[Path], FlaskClient]) -> FlaskClient:
    """The site of all newspapers."""
    return reader(newspapers)


def test_every_link_is_answered(client: FlaskClient) -> None:
    arabic = LANGUAGES[:1]  # each kind of page leads to the English one
    crawl = Crawl(client, most=MOST_PAGES, deepest={"ar": 0}).begin(addresses(languages=arabic))
    assert not crawl.faults, crawl.report()
    assert not crawl.waiting, f"{len(crawl.waiting)} links are left after {MOST_PAGES} pages"
    assert len(crawl.visits) > 250


@pytest.mark.parametrize(
    ("query", "order"),
    [("غوتيريس", "relevance"), ("غوتيريس", "newest"), ('"الأمين العام للأمم المتحدة"', "oldest"), ("زلزال", "oldest")],
)
def test_a_list_holds_each_hit_once(whole: FlaskClient, query: str, order: str) -> None:
    walked = walk(whole, f"/search?q={query}&sort={order}")
    assert not walked.faults, walked.faults[:10]
    assert walked.pages > 5
