"""What the bundled sample promises: enough articles, of many kinds, whole and well formed."""

import gzip
import json
import os
import re
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from tests.corpus.sample import Row, read_rows, text_of, vocalised_share

NEWS = Path(__file__).parents[3] / "shared" / "news"
KEYS = ["id", "title", "body", "source", "section", "author", "url", "published"]
SECTIONS = {"سياسة", "اقتصاد", "رياضة", "ثقافة", "علوم", "صحة", "تكنولوجيا", "مجتمع", "بيئة"}
HIJRI_YEAR = re.compile(r"(?:محرم|صفر|ربيع|جمادى|رجب|شعبان|رمضان|شوال|القعدة|الحجة)[^.\d]{0,12}144[4-7]")
BOTH_MONTHS = re.compile(
    r"(?:شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|الأول|الثاني|جانفي|أوت)/"
    r"(?:يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر)"
)
WRITTEN = """
Artemis COVID-19 iPhone 3,650 15.5 ٪ ٣٬٦٥٠ جانفي أوت العـــراق القاهره هليكوبتر هيليكوبتر غوتيريش جوتيريس غوتيريس
ألكسندر_ستيوارت الكساندر_ستيورت شولتس شولز فلاديمير فلادمير تشيلسي تشلسي برشلونة برشلونه مسؤول مسئول شؤون شئون
وزير وزراء شارع شوارع مدينة مدن نتيجة نتائج سعر أسعار طفل أطفال كتاب كتب رئيس رؤساء واشنطن لبنان فلسطين والاس
"""
WIRE_GROUPS = [("001", "002", "003"), ("006", "007", "008"), ("009", "010"), ("013", "014", "015"), ("016", "017")]

ROWS = read_rows()
BODIES = {str(row["id"]): str(row["body"]) for row in ROWS}


def _rows_with(pattern: str) -> list[Row]:
    return [row for row in ROWS if re.search(pattern, text_of(row))]


def test_there_are_at_least_sixty_four_articles_each_with_an_id_and_an_address_of_its_own() -> None:
    assert len(ROWS) >= 64
    for key in ("id", "url", "title", "body"):
        assert len({row[key] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_every_row_has_the_keys_of_an_article_and_clean_text(row: Row) -> None:
    assert list(row) == KEYS
    assert all(row[key] for key in ("id", "title", "body", "source", "url", "published"))
    assert str(row["url"]).startswith("https://example.org/")
    for value in filter(None, row.values()):
        assert value == value.strip()
        assert "  " not in value
    assert text_of(row).count("«") == text_of(row).count("»")
    assert re.search(r"(?<!\n)\n(?!\n)", str(row["body"])) is None, "paragraphs are parted by an empty line"


def test_the_dates_spread_over_three_years() -> None:
    years = Counter(date.fromisoformat(str(row["published"])).year for row in ROWS)
    assert sorted(years) == [2023, 2024, 2025]
    assert min(years.values()) >= 20


def test_the_sources_are_six_to_eight_and_none_has_nearly_all() -> None:
    sources = Counter(row["source"] for row in ROWS)
    assert 6 <= len(sources) <= 8
    assert min(sources.values()) >= 5


def test_every_section_is_there_several_times() -> None:
    sections = Counter(row["section"] for row in ROWS if row["section"])
    assert set(sections) == SECTIONS
    assert min(sections.values()) >= 4


@pytest.mark.parametrize("key", ["section", "author"])
def test_some_rows_lack_what_news_often_lacks(key: str) -> None:
    absent = sum(row[key] is None for row in ROWS)
    assert 3 <= absent < len(ROWS) - 20


def test_most_articles_have_the_length_of_news_some_are_short_and_two_long() -> None:
    lengths = [len(body.split()) for body in BODIES.values()]
    assert sum(150 <= length <= 350 for length in lengths) > 0.7 * len(lengths)
    assert sum(length <= 80 for length in lengths) >= 5
    assert sum(length >= 600 for length in lengths) == 2


def test_four_articles_are_vocalised_throughout_and_two_in_part() -> None:
    shares = [vocalised_share(row) for row in ROWS]
    assert sum(share > 0.9 for share in shares) == 4
    assert sum(0.1 < share < 0.5 for share in shares) == 2


def test_several_articles_name_a_month_twice_and_some_with_a_hijri_date() -> None:
    both = _rows_with(BOTH_MONTHS.pattern)
    assert len(both) >= 15
    assert sum(HIJRI_YEAR.search(text_of(row)) is not None for row in both) >= 4


@pytest.mark.parametrize("written", WRITTEN.split())
def test_what_makes_news_hard_to_search_is_written_somewhere(written: str) -> None:
    assert [row["id"] for row in ROWS if written.replace("_", " ") in text_of(row)]


def test_both_sets_of_digits_are_in_use() -> None:
    assert len(_rows_with("[٠-٩]")) >= 4
    assert len(_rows_with("[0-9]")) >= 60


def _shingles(body: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", body)
    return set(zip(*(words[start:] for start in range(5)), strict=False))


def _jaccard(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    return len(one & other) / len(one | other)


def test_wire_copies_share_much_text_and_other_articles_none() -> None:
    shingles = {key: _shingles(body) for key, body in BODIES.items()}
    copies = {(f"sample-{a}", f"sample-{b}") for group in WIRE_GROUPS for a, b in combinations(group, 2)}
    for pair in combinations(sorted(shingles), 2):
        shared = _jaccard(shingles[pair[0]], shingles[pair[1]])
        assert shared > 0.1 if pair in copies else shared < 0.02, pair


@pytest.mark.shared
@pytest.mark.skipif(not NEWS.is_dir() and os.environ.get("CI") != "true", reason="../shared/news is not there")
@pytest.mark.parametrize("name", ["ant.jsonl.gz", "saudinewsnet.jsonl.gz"])
def test_no_title_is_that_of_a_real_article(name: str) -> None:
    with gzip.open(NEWS / name, "rt", encoding="utf-8") as lines:
        real = {json.loads(line).get("title") for line in lines}
    assert len(real) > 5_000
    assert not real & {row["title"] for row in ROWS}
