"""Very many synonyms in one query: as many are searched as it may cost, and the reader is told of the rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from search.analysis.analyzer import Analyzer
from search.article import Article
from search.engines.registry import EMBEDDED
from search.naming.expansion import Expanded, Expander
from search.naming.names import Names
from search.pages.records import SearchRequest
from search.query.costs import MOST_SYNONYMS
from search.query.parser import parse
from search.query.tree import And, Not, Or, Phrase, Tree, Word
from search.service import SearchService
from search.settings import Settings
from tests.small_index import build_index

WORDS = tuple(f"سفين{a}{b}" for a in "ابتثجحخد" for b in "رزسشصضطظ")
GROUPS = tuple((word, *(f"مركب{word[-2:]}{letter}" for letter in "ابتثجحخدذرزسشصضطظعغف")) for word in WORDS)
OTHERS = len(GROUPS[0]) - 1  # synonyms of each word
PHRASES = (("بحر", "الماء الكثير الملح"), ("نهر", *(f"ماء جار {word}" for word in WORDS)))


@pytest.fixture(scope="module")
def expander() -> Expander:
    return Expander(Names(synonyms=(*GROUPS, *PHRASES)), Analyzer.default())


def expanded(expander: Expander, query: str) -> Expanded:
    return expander.expanded(parse(query, today=date(2024, 3, 10)).tree)


def leaves(tree: Tree) -> Iterator[Tree]:
    match tree:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield tree


def test_the_synonyms_of_an_ordinary_query_are_all_searched(expander: Expander) -> None:
    found = expanded(expander, " ".join(WORDS[:6]))
    assert len(found.synonyms) == 6 * OTHERS == 6 * 20
    assert found.remarks == ()


@pytest.mark.parametrize(
    "query", ["كانون الثاني", "برد كانون الثاني", "-(كانون الثاني)", '"كانون الثاني" أو برد', '"- كانون الثاني"']
)
def test_words_that_are_another_term_beside_each_other_have_their_synonyms(query: str) -> None:
    names = Names(synonyms=(("كانون الثاني", "شهر الثلج"),))
    assert expanded(Expander(names, Analyzer.default()), query).synonyms == ("شهر الثلج",)


@pytest.mark.parametrize(
    "query",
    [
        " ".join(WORDS),
        " OR ".join(WORDS),
        " ".join("-" + word for word in WORDS),
        " ".join(f"{word} {word}~2 {word[:4]}*" for word in WORDS[:20]),
        " ".join(f'{word} "{word} {other}" ="{word} {other}"~50' for word, other in pairwise(WORDS)),
    ],
)
def test_the_words_of_a_long_query_share_what_they_may_gain(expander: Expander, query: str) -> None:
    before = list(leaves(parse(query, today=date(2024, 3, 10)).tree))
    found = expanded(expander, query)
    assert 0 < len(list(leaves(found.tree))) - len(before) <= MOST_SYNONYMS
    assert MOST_SYNONYMS - OTHERS < len(found.synonyms) <= MOST_SYNONYMS
    assert [remark.kind for remark in found.remarks] == ["budget-synonyms"] * 3
    assert dict(found.remarks[0].values)["piece"] == WORDS[MOST_SYNONYMS // OTHERS]


def test_a_phrase_counts_as_many_words_as_it_has(expander: Expander) -> None:
    found = expanded(expander, "بحر نهر")
    assert len(found.synonyms) == 1 + (MOST_SYNONYMS - 3) // 3
    assert all(isinstance(leaf, Phrase) or leaf in (Word("بحر"), Word("نهر")) for leaf in leaves(found.tree))
    assert [dict(remark.values)["piece"] for remark in found.remarks] == ["نهر"]


@pytest.fixture(params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path: Path) -> SearchService:
    rows = (", ".join(f'"{word}"' for word in group) for group in GROUPS)
    (tmp_path / "names.toml").write_text(f"synonyms = [{', '.join(f'[{row}]' for row in rows)}]", encoding="utf-8")
    articles = [Article("typed", "", WORDS[-1]), Article("first", "", GROUPS[0][1]), Article("last", "", GROUPS[-1][1])]
    place = build_index(tmp_path / "index", articles, engine=request.param)
    return SearchService.open(Settings(index=place, names=tmp_path / "names.toml"))


def test_synonyms_left_out_for_their_cost_get_a_note_and_the_words_themselves_are_searched(
    service: SearchService,
) -> None:
    page = service.search(SearchRequest(" OR ".join(WORDS), repair=False))
    assert {hit.article.id for hit in page.hits} == {"typed", "first"}
    assert {"budget-synonyms", "synonyms"} <= {note.kind for note in page.notes}
    few = service.search(SearchRequest(WORDS[-1], repair=False))
    assert {hit.article.id for hit in few.hits} == {"typed", "last"}
    kinds = {note.kind for note in few.notes}
    assert "synonyms" in kinds and "budget-synonyms" not in kinds
