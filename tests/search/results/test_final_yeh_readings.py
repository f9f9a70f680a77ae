"""Words typed with the Egyptian final ى find what articles write in ي, and words of their own in ى only their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.records import SearchPage, SearchRequest
from search.results import final_yeh_readings
from search.service import SearchService
from search.settings import Settings
from tests.small_index import build_index

Search = Callable[[str], SearchPage]
WORDS = (
    *("السيسي", "السيسي", "السيسى", "ميسي", "ميسى", "مرسى", "مرسي", "فتحي", "قوى", "قوي", "اليمنى", "اليمني"),
    *("مثلى", "مثلي", "نادى", "نادي", "بشرى", "بشري"),
    *("السكري", "السكارى", "حسني", "حسنى", "أحسن", "الحسنى", "زكي", "زكى", "زكاه"),
    *("سيلفي", "سيلفى"),
    *("طولي",) * 16,
    *("طولى", "أطول"),
    *("البشري",) * 8,
)


@pytest.fixture(scope="module", params=EMBEDDED)
def search(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Search:
    articles = [Article(str(at), f"خبر {at}", f"قال {word} أمس إن الطقس بارد") for at, word in enumerate(WORDS)]
    index = build_index(tmp_path_factory.mktemp("yeh") / request.param, articles, engine=request.param)
    service = SearchService.open(Settings(index=index))

    def searched(query: str) -> SearchPage:
        return service.search(SearchRequest(query, limit=50, names=False, collapse=False, repair=False))

    return searched


def written(page: SearchPage) -> set[str]:
    return {hit.article.body.split()[1] for hit in page.hits}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("السيسى", {"السيسي", "السيسى"}),  # no lexicon has either
        ("السيسي", {"السيسي", "السيسى"}),
        ("ميسى", {"ميسي", "ميسى"}),  # the table takes it for a form of another word
        ("ميسي", {"ميسي", "ميسى"}),
        ("فتحى", {"فتحي"}),
        ("طولى", {"طولي", "طولى", "أطول"}),  # the lexicon has both, the index many more of one
        ("زكى", {"زكي", "زكى", "زكاه"}),  # the list has the name beside the verb
        ("زكي", {"زكي", "زكى"}),
    ],
)
def test_both_spellings_find_what_either_writes(search: Search, typed: str, found: set[str]) -> None:
    assert written(search(typed)) >= found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("حسنى", {"حسني", "حسنى"}),  # not أحسن, of which the lemma table has it as a form
        ("حسني", {"حسني", "حسنى"}),  # and not الحسنى, the best
        ("السكرى", {"السكري"}),
    ],
)
def test_a_word_that_news_writes_in_yeh_alone_is_that_word_in_either_spelling(
    search: Search, typed: str, found: set[str]
) -> None:
    assert written(search(typed)) == found


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        *(("قوى", "قوي"), ("اليمنى", "اليمني"), ("مثلى", "مثلي"), ("مرسى", "مرسي"), ("مرسي", "مرسى")),
        *(("بشرى", "البشري"), ("زكي", "زكاه"), ("حسني", "أحسن"), ("السكري", "السكارى")),
    ],
)
def test_words_of_their_own_do_not_find_each_other(search: Search, typed: str, other: str) -> None:
    found = written(search(typed))
    assert typed in found
    assert other not in found


@pytest.mark.parametrize(("typed", "other"), [("ميسى", "ميسي"), ("حسني", "حسنى"), ("طولي", "طولى")])
def test_the_other_spelling_is_highlighted(search: Search, typed: str, other: str) -> None:
    [hit, *_] = [hit for hit in search(typed).hits if hit.article.body.split()[1] == other]
    assert [part.text for snippet in hit.snippets for part in snippet if part.highlighted] == [other]


def test_letters_that_mostly_write_another_word_are_left(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(final_yeh_readings, "_MOST_OTHERS", 0)
    assert written(search("سيلفي")) == {"سيلفي"}  # others have these letters without its stem


def test_exactly_as_typed_a_word_is_searched_in_its_letters_alone(search: Search) -> None:
    assert written(search("=ميسى")) == {"ميسي", "ميسى"}  # letters that `=` does not tell apart
    assert written(search("=السكرى")) == {"السكري"}
    assert written(search("=حسنى")) == {"حسني", "حسنى"}


def test_as_typed_spelling_stands_first(search: Search) -> None:
    assert search("السيسى").hits[0].article.body.split()[1] == "السيسى"
