"""Words typed without the spaces between them are those that articles have side by side."""

from __future__ import annotations

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.records import SearchPage, SearchRequest
from search.repairs.form_counts import FormCounts
from search.repairs.lost_spaces import LostSpaces
from search.service import SearchService
from tests.small_index import open_index

TEXTS = (
    "عاد على متن طائرة، وعلى كل، على أن على",
    "وصل الوفد من السعودية بعد آخر من مصر أمس",
    "أقيم المعرض في الرياض مع الرئيس",
    "منال سعيدة وقالت سعودية إن منصر حضر، واسم منال جميل",
    "رياض محرز سجل هدفا معا لرفع رصيده",
    "استقبل الأمير محمد بن سلمان ضيوفه",
    "التقى خالد بن عبدالعزيز الوزير علي عبدالله صالح",
    "بن علي يصل، محمد يغادر، سلمان يعود، ويسأل عن أمر، مكسيك ولحوم المكسيك",
    "صدر قرار مجلس الأمن الدولي",
    "من بن محمد في سلمان",
)


@pytest.fixture(scope="module", params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    articles = [Article(f"{at}-{n}", "", f"{text} {n}") for n in range(12) for at, text in enumerate(TEXTS)]
    return open_index(tmp_path_factory.mktemp("spaces"), articles, engine=request.param)


def ask(service: SearchService, query: str) -> SearchPage:
    return service.search(SearchRequest(query, collapse=False))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("منالسعودية", "من السعودية"),  # not منال سعودية, though both are words
        ("فيالرياض", "في الرياض"),
        ("معالرئيس", "مع الرئيس"),
        ("منمصر", "من مصر"),  # not منصر, a word that is one letter away
        ("عنالمكسيك", "عن المكسيك"),
        ("محمدبنسلمان", "محمد بن سلمان"),
        ("خالدبنعبدالعزيز", "خالد بن عبدالعزيز"),
        ("الأميرمحمدبنسلمان", "الأمير محمد بن سلمان"),
        ("مجلسالأمنالدولي", "مجلس الأمن الدولي"),
        ("عليعبداللهصالح", "علي عبدالله صالح"),  # not على, as most articles write these letters
        ("الأمير محمدبنسلمان", "الأمير محمد بن سلمان"),
    ],
)
def test_the_split_that_articles_have_side_by_side_is_searched_and_named(
    service: SearchService, typed: str, meant: str
) -> None:
    page = ask(service, typed)
    assert [dict(note.values)["found"] for note in page.notes if note.kind == "spelling"] == [meant]
    assert page.total == ask(service, meant).total > 0


def test_words_that_no_article_has_side_by_side_are_not_several(service: SearchService) -> None:
    index = service.index
    spaces = LostSpaces(index.engine, FormCounts(index.engine, index.analyzer))
    assert spaces.several_words("محمدبنسلمان") == ("محمد", "بن", "سلمان")
    assert spaces.several_words("سلمانبنمحمد") == ()
    assert spaces.several_words("محمدسلمان") == ()
    assert list(spaces.two_words("منالسعوديه", least=1)) == [(("من", "السعوديه"), 12), (("منال", "سعوديه"), 0)]
    assert list(spaces.two_words("منالسعوديه", least=1_000)) == []


def test_a_function_word_and_a_noun_with_the_article_are_likely_without_any_article(service: SearchService) -> None:
    index = service.index
    spaces = LostSpaces(index.engine, FormCounts(index.engine, index.analyzer))
    assert spaces.likely_words("منالرياض") == ("من", "الرياض")
    assert spaces.likely_words("محمدسلمان") == ("محمد", "سلمان")
    assert spaces.likely_words("قققققق") == ()
