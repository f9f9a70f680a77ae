"""Other spellings of foreign names are searched too, said, ranked below and can be switched off."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.article import Article
from search.pages.records import SearchRequest
from search.pages.sentences import note_text
from search.results import spelling_variants
from search.results.names_file import FILE
from search.service import SearchService
from search.settings import Settings
from tests.small_index import build_index, open_index


def found(service: SearchService, query: str, *, names: bool = True) -> list[str]:
    page = service.search(SearchRequest(query, names=names, repair=False, collapse=False, limit=50))
    return [hit.article.id for hit in page.hits]


@pytest.mark.parametrize(("typed", "also"), [("هيليكوبتر", "هليكوبتر"), ("غوتيريس", "جوتيريس"), ("غوتيريس", "غوتيريش")])
def test_a_name_finds_its_other_spellings(service: SearchService, typed: str, also: str) -> None:
    assert set(found(service, also, names=False)) <= set(found(service, typed))


def test_other_spellings_get_a_note_and_can_be_switched_off(service: SearchService) -> None:
    page = service.search(SearchRequest("هيليكوبتر"))
    (note,) = page.notes
    assert note.kind == "names" and "هليكوبتر" in note_text(note, "ar")
    assert (note.query, note.without) == ("هيليكوبتر", "names")
    assert len(found(service, "هيليكوبتر", names=False)) < len(found(service, "هيليكوبتر"))


def test_literal_matches_come_first(service: SearchService) -> None:
    literal = set(found(service, "هيليكوبتر", names=False))
    ranked = found(service, "هيليكوبتر")
    assert set(ranked[: len(literal)]) == literal


@pytest.mark.parametrize("word", ["القمح", "وزير", "شوارع", "الحكومة", "محمد", "قال", "في"])
def test_an_ordinary_word_gets_no_other_spellings(service: SearchService, word: str) -> None:
    assert found(service, word) == found(service, word, names=False)


def test_the_other_spelling_is_highlighted(service: SearchService) -> None:
    page = service.search(SearchRequest("غوتيريس", collapse=False))
    highlighted = {
        segment.text for hit in page.hits for segment in (*hit.title, *hit.snippets[0]) if segment.highlighted
    }
    assert any("غوتيريش" in word for word in highlighted) and any("جوتيريس" in word for word in highlighted)


@pytest.mark.parametrize(
    ("name", "relative", "spelling"),
    [
        ("برشلونة", "برشلوني", "برشلونا"),
        ("برشلونة", "برشلونية", "برشلونا"),
        ("أوباما", "أوبامية", "اوبما"),
        ("بوتسوانا", "بوتسوانية", "بوتشوانا"),
        ("كاميلا", "كاميلية", "كاميليا"),
    ],
)
def test_a_relative_adjective_is_no_other_spelling_of_its_name(
    tmp_path: Path, name: str, relative: str, spelling: str
) -> None:
    articles = [Article("a", "", f"وصل فريق {name}"), Article("b", "", f"وصل {relative}"), Article("c", "", spelling)]
    service = open_index(tmp_path / "index", articles)
    assert found(service, name) == ["a", "c"]


@pytest.mark.parametrize(
    ("name", "other", "spelling"),
    [
        ("صافولا", "سافيولا", "صافولاا"),  # a company and a footballer
        ("كاتالونيا", "الكاتالونية", "كتالونيا"),  # the adjective of the name
    ],
)
def test_another_name_is_no_other_spelling(tmp_path: Path, name: str, other: str, spelling: str) -> None:
    texts = [name, other, spelling] * 3
    service = open_index(tmp_path / "index", [Article(f"{text}{n}", "", text) for n, text in enumerate(texts)])
    assert {id.rstrip("0123456789") for id in found(service, name)} == {name, spelling}


def test_names_are_kept_beside_the_index_and_found_again_where_they_cannot_be(tmp_path: Path) -> None:
    articles = [Article("a", "", "قال غوتيريش اليوم"), Article("b", "", "وقال جوتيريش أمس")]
    place = build_index(tmp_path / "index", articles)
    kept = place / "generations" / "1" / FILE
    assert len(found(SearchService.open(Settings(index=place)), "غوتيريش")) == 2
    assert kept.exists()
    kept.write_text("damaged\nx", encoding="utf-8")
    assert len(found(SearchService.open(Settings(index=place)), "غوتيريش")) == 2


def test_in_a_large_archive_a_spelling_of_a_single_article_is_a_typing_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["قال نتنياهو"] * 9 + ["قال نتانياهو"] * 2 + ["قال نتنيهو"]
    service = open_index(tmp_path / "index", [Article(str(n), "", text) for n, text in enumerate(texts)])
    assert len(found(service, "نتنياهو")) == 12
    assert spelling_variants.least_articles(service.index.engine) == 1
    monkeypatch.setattr(spelling_variants, "_LARGE", 10)
    words = dict(spelling_variants.collected(service.index.engine, service.index._name_filter.accepts, embedded=True))
    assert words == {"نتنياهو": 9, "نتانياهو": 2}
