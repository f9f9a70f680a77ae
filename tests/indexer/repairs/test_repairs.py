"""Repairs as a whole: sound text stays, mended text stays as it is, nothing raises, nothing grows without bound."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.repairs.findings import OTHER_SPACES
from indexer.report import Tally
from indexer.report_as_text import report_object, report_text
from search.analysis.analyzer import Analyzer
from search.article import Article, encode_article
from tests.indexer.archives import kashaf
from tests.indexer.repairs.mending import SENTENCE, SOUND_TEXTS, body, kinds, sample_texts, stored

DAMAGE = (
    "".join(map(chr, (*range(0x600, 0x700), *range(0xFB50, 0xFB60), *range(0xFE70, 0xFE90), *range(0x80, 0x100))))
    + "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff&#;quot0123456789 \n"
)
texts = st.one_of(st.text(max_size=60), st.text(alphabet=DAMAGE, max_size=60))


def test_sound_text_is_not_touched() -> None:
    for text in SOUND_TEXTS[2:] + SOUND_TEXTS[:1]:
        found = stored(body=text)
        assert found.body == text.replace("&amp;", "&")


def test_the_sample_is_sound() -> None:
    for text in sample_texts():
        assert kinds(body=text) == []


@settings(max_examples=150)
@given(texts, texts)
def test_what_was_mended_is_mended_no_further(title: str, text: str) -> None:
    once = stored(title=title, body=text, author=text[:20], source=(title[:20],))
    again = stored(title=once.title, body=once.body, author=once.author, source=once.source)
    assert (again.title, again.body, again.author) == (once.title, once.body, once.author)


@settings(max_examples=150)
@given(texts)
def test_no_text_becomes_much_longer(text: str) -> None:
    assert len(body(text)) <= 18 * len(text)


def test_the_raw_file_stays_and_the_report_counts_by_publisher(tmp_path: Path) -> None:
    archive = tmp_path / "archive" / "a.jsonl"
    archive.parent.mkdir()
    damaged = SENTENCE.encode().decode("latin-1")
    rows = [
        {"id": "1", "title": "خبر", "body": "في\u00a0البيت", "source": "الرياض"},
        {"id": "2", "title": "خبر", "body": damaged, "source": "الرياض"},
        {"id": "3", "title": "خبر", "body": "في\u00a0البيت اﻷول"},
        {"id": "4", "title": "خبر", "body": SENTENCE, "source": "الرياض"},
    ]
    content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    archive.write_bytes(content)
    done = kashaf("index", archive.parent, "--index", tmp_path / "index", "--json", "--report", tmp_path / "cases.json")
    assert done.returncode == 0, done.stderr
    assert archive.read_bytes() == content
    found = json.loads(done.stdout)["repaired"]
    assert found["articles"] == 3
    assert {repair["kind"]: repair["sources"] for repair in found["repairs"]} == {
        "other-spaces": {"الرياض": 1, str(archive): 1},
        "wrong-encoding": {"الرياض": 1},
        "letter-forms": {str(archive): 1},
    }
    cases = json.loads((tmp_path / "cases.json").read_bytes())
    assert [(case["article"], case["id"], case["kind"]) for case in cases["cases"]] == [
        (1, "1", "other-spaces"),
        (2, "2", "wrong-encoding"),
        (3, "3", "letter-forms"),
        (3, "3", "other-spaces"),
    ]
    assert cases["listed"]["repaired"] == 4


def test_the_text_of_a_report_names_repairs_and_the_sources_with_most() -> None:
    tally = Tally()
    for number in range(3):
        tally.repair([OTHER_SPACES], f"جريدة {number % 2}", str(number), file="a.jsonl", article=number + 1)
    lines = report_text(tally.report(articles=3, seconds=1)).splitlines()
    assert "repaired 3 articles (the files stay as they are)" in lines
    assert f"    {OTHER_SPACES.sentence} [other-spaces]: 3 (جريدة 0 2, جريدة 1 1)" in lines
    assert report_object(replace(tally.report(articles=3, seconds=1), kept="1"))["repaired"]["articles"] == 3


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("اﻟﻤﻘﺎﻭﻣﺔ ﺍﻟﺸﻌﺒﻴﺔ", "المقاومة الشعبية"),
        ("الخارجیة ذلک", "الخارجية ذلك"),
        ("المشا\u00adكل", "المشاكل"),
        ("مُحَم\u0651\u064eد", "محمد"),
        ("هــــدف", "هدف"),
    ],
)
def test_a_search_finds_repaired_text_as_it_finds_sound_text(damaged: str, sound: str) -> None:
    analyzer = Analyzer.default()

    def stems(text: str) -> list[tuple[str, ...]]:
        return [token.stems for token in analyzer.tokens(text)]

    assert stems(body(damaged)) == stems(sound)


def test_tatweel_stays_for_the_reader() -> None:
    assert body("هــــدف جميل ـ حفظه الله ـ") == "هــــدف جميل ـ حفظه الله ـ"


def test_an_article_and_its_json_agree() -> None:
    found = stored(body="في\u00a0البيت")
    assert encode_article(found) == encode_article(Article(id="1", title="خبر", body="في البيت"))
