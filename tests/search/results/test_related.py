"""Related articles of stories with many copies, and of an article without a group, on both engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.service import SearchService
from tests.small_index import open_index

_COPIES = 30  # of each story, more than are read at first
_STORIES = {
    "harvest": "ارتفع محصول القمح في سهول الشمال هذا الموسم بعد أمطار غزيرة وقال المزارعون إن أسعار الدقيق ستنخفض في "
    "الأسواق قبل نهاية الصيف",
    "mills": "قالت مطاحن الدقيق إن محصول القمح في سهول الشمال يكفي المخابز عاما كاملا وإن أسعار الخبز في الأسواق ثابتة "
    "كما كانت منذ سنتين",
}
_OTHERS = (
    "وزير الزراعة يزور سهول الشمال",
    "محصول القمح ينقذ المخابز",
    "أسعار الدقيق في الأسواق",
    "المزارعون ينتظرون الأمطار في سهول الشمال",
)


def articles() -> Iterator[Article]:
    for name, body in _STORIES.items():
        for number in range(_COPIES):
            yield Article(f"{name}-{number:02}", "", body, (f"صحيفة {number}",))
    for number, body in enumerate(_OTHERS):
        yield Article(f"other-{number}", "", f"{body} كما ذكرت صحيفة محلية في عددها رقم {number}", ())
    for number in range(9 * _COPIES):  # words that a quarter of the articles have say nothing about an article
        yield Article(f"far-{number}", "", f"فاز الفريق بكأس البطولة {number}", ())
    yield Article("short", "", "محصول القمح والدقيق", ())


@pytest.fixture(scope="module", params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    return open_index(tmp_path_factory.mktemp("related"), articles(), engine=request.param)


def related(service: SearchService, id: str) -> list[str]:
    page = service.read(id)
    assert page is not None
    return [article.id for article in page.related]


@pytest.mark.parametrize("id", ["harvest-00", "harvest-20", "harvest-29"])
def test_no_copy_of_an_article_is_offered_however_many_it_has(service: SearchService, id: str) -> None:
    found = related(service, id)
    assert not any(other.startswith("harvest") for other in found)
    assert {f"other-{number}" for number in range(len(_OTHERS))} <= set(found)


def test_of_another_story_with_many_copies_one_is_offered_beside_other_articles(service: SearchService) -> None:
    found = related(service, "harvest-07")
    assert sum(other.startswith("mills") for other in found) == 1 and len(found) > 1


def test_an_article_without_a_group_is_not_related_to_itself(service: SearchService) -> None:
    found = related(service, "short")
    assert found and "short" not in found and len(found) == len(set(found))
