"""Names that articles write with ال are told from names that they write without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.article import Article
from search.results.definiteness import equally_definite
from tests.small_index import open_index


def names_left(place: Path, texts: list[str], word: str, other: str) -> list[str]:
    articles = [Article(str(n), "", f"زار الوفد {text} أمس") for n, text in enumerate(texts)]
    return equally_definite(open_index(place, articles).index.engine, word, [other])


@pytest.mark.parametrize("before", ["ال", "وال", "بال", "كال", "فال", "لل"])
def test_a_definite_word_is_no_spelling_of_an_indefinite_one(tmp_path: Path, before: str) -> None:
    texts = ["كاتالونيا"] * 3 + [f"{before}كاتالونية"] * 3
    assert names_left(tmp_path / "a", texts, "كاتالونيا", "كاتالونيه") == []
    assert names_left(tmp_path / "b", texts, "كاتالونيه", "كاتالونيا") == []


@pytest.mark.parametrize(
    "texts",
    [
        ["الكاتالونيا"] * 3 + ["الكاتالونية"] * 3,  # both are definite
        ["كاتالونيا"] * 3 + ["كاتالونية"] * 3,  # neither is
        ["كاتالونيا"] * 3 + ["الكاتالونية"] * 2,  # two articles say too little
        ["كاتالونيا"] * 3 + ["الكاتالونية"] * 2 + ["كاتالونية"] * 2,  # it is both
        ["وكاتالونيا"] * 3 + ["بكاتالونية"] * 3,  # other particles are no article
    ],
)
def test_other_words_may_be_spellings(tmp_path: Path, texts: list[str]) -> None:
    assert names_left(tmp_path, texts, "كاتالونيا", "كاتالونيه") == ["كاتالونيه"]


def test_a_name_and_the_same_with_the_article_may_be_one(tmp_path: Path) -> None:
    texts = ["الكسندرا"] * 3 + ["ألكسندرا"] * 3
    assert names_left(tmp_path, texts, "كسندرا", "الكسندرا") == ["الكسندرا"]


def test_without_other_words_nothing_is_asked() -> None:
    assert equally_definite(None, "كاتالونيا", []) == []  # type: ignore[arg-type]
