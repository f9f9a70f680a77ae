"""Names that no table knows are found in all their dresses, by the counts of the index alone, with each engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.records import SearchPage, SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.small_index import build_index

Search = Callable[[str], SearchPage]
# Made-up names with the article and without, behind particles and before endings, among other words.
DRESSES = (
    "كزبلاني",
    "الكزبلاني",
    "كزبلاني",
    "بكزبلاني",
    "وكزبلاني",
    "للكزبلاني",
    "كزبلانية",
    "الكزبلانيين",
    "كزبلانيون",
)
MORE = ("زغمرط", "زغمرط", "زغمرط", "لزغمرط", "بزغمرط", "وبزغمرط", "الزغمرط")
TEH = ("طنشبوذة", "طنشبوذه", "طنشبوذة", "الطنشبوذات", "بطنشبوذة")
ALONE = ("ببرغشتان", "لبرغشتان")  # the name itself stands nowhere
VERBAL = ("تدتازروب", "التدتازروب", "للتدتازروب", "بالتدتازروب")  # looks like a verb where the article does not stand
STRANGERS = ("مشنكاظي", "مشنكاظ", "مشنكاظ", "مشنكاظ", "مشنكاظ")  # a family and another; nothing shows a relative ي


@pytest.fixture(scope="module", params=EMBEDDED)
def search(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Search:
    forms = (*DRESSES, *MORE, *TEH, *ALONE, *VERBAL, *STRANGERS)
    articles = [Article(str(at), f"خبر {at}", f"قال {form} أمس إن الطقس بارد") for at, form in enumerate(forms)]
    index = build_index(tmp_path_factory.mktemp("dresses") / request.param, articles, engine=request.param)
    service = SearchService.open(Settings(index=index))

    def searched(query: str) -> SearchPage:
        # Other spellings of foreign names are another matter.
        return service.search(SearchRequest(query, limit=50, names=False, collapse=False, repair=False, explain=True))

    return searched


def written(page: SearchPage) -> list[str]:
    """The word of each hit, in order."""
    return [hit.article.body.split()[1] for hit in page.hits]


@pytest.mark.parametrize(
    "typed", ["كزبلاني", "الكزبلاني", "بكزبلاني", "كزبلانية", "الكزبلانيين", "كزبلانيون", "للكزبلاني"]
)
def test_a_made_up_name_is_found_in_all_its_dresses_by_each_of_them(search: Search, typed: str) -> None:
    assert sorted(written(search(typed))) == sorted(DRESSES)


@pytest.mark.parametrize(("typed", "forms"), [("زغمرط", MORE), ("وبزغمرط", MORE), ("طنشبوذة", TEH), ("طنشبوذه", TEH)])
def test_particles_and_the_feminine_ending_come_off_too(search: Search, typed: str, forms: Sequence[str]) -> None:
    assert sorted(written(search(typed))) == sorted(forms)


def test_the_form_as_typed_stands_first(search: Search) -> None:
    assert written(search("بكزبلاني"))[0] == "بكزبلاني"
    assert set(written(search("كزبلاني"))[:2]) <= {"كزبلاني", "الكزبلاني", "للكزبلاني"}


def test_a_name_that_stands_behind_particles_only_is_found(search: Search) -> None:
    assert sorted(written(search("برغشتان"))) == sorted(ALONE)


@pytest.mark.parametrize("typed", VERBAL)
def test_a_name_that_looks_like_a_verb_is_found_with_the_article(search: Search, typed: str) -> None:
    assert sorted(written(search(typed))) == sorted(VERBAL)


def test_a_family_is_not_joined_to_the_name_before_its_last_letter(search: Search) -> None:
    assert set(written(search("مشنكاظ"))) == {"مشنكاظ"}
    assert written(search("مشنكاظي")) == ["مشنكاظي"]


def test_as_typed_only_the_form_itself_is_found(search: Search) -> None:
    assert written(search("=بكزبلاني")) == ["بكزبلاني"]


def test_the_other_forms_are_highlighted_and_explained_as_readings(search: Search) -> None:
    hit = next(hit for hit in search("كزبلاني").hits if "بكزبلاني" in hit.article.body)
    assert [s.text for snippet in hit.snippets for s in snippet if s.highlighted] == ["بكزبلاني"]
    assert [(reason.word, reason.level) for reason in hit.reasons] == [("بكزبلاني", "reading")]
