"""Completion behind other words: what follows them in headlines and leads, as articles write it, on every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.results.careful_form import careful_form
from search.service import SearchService
from tests.small_index import open_index

Open = Callable[[Iterable[tuple[str, str]]], SearchService]


@pytest.fixture(params=EMBEDDED)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """An index of these headlines and bodies, opened."""

    def open_texts(texts: Iterable[tuple[str, str]]) -> SearchService:
        articles = [Article(str(number), title, body, ("واس",)) for number, (title, body) in enumerate(texts)]
        return open_index(tmp_path / "index", articles, engine=request.param)

    return open_texts


def headlines(*titles: str) -> list[tuple[str, str]]:
    return [(title, "نص") for title in titles]


def words(service: SearchService, typed: str) -> tuple[str, ...]:
    """The completions of the last word, without whole headlines."""
    return tuple(query for query in service.suggest(typed) if len(query.split()) == len(typed.split()))


def test_what_follows_in_headlines_is_offered_and_not_what_stands_in_the_same_headline(opened: Open) -> None:
    service = opened(
        headlines(
            "وزير الخارجية يصل إلى الرياض",
            "وزير الخارجية يلتقي السفير السعودي",
            "وزير التعليم يزور الجامعة",
            "الملك سلمان يستقبل الوزراء",
            "سيارة الملك في شوارع الرياض",
        )
    )
    assert words(service, "وزير ال") == ("وزير الخارجية", "وزير التعليم")
    assert words(service, "الملك س")[0] == "الملك سلمان" and "الملك سيارة" not in words(service, "الملك س")


def test_behind_a_word_that_may_be_complete_what_follows_it_is_offered_first(opened: Open) -> None:
    service = opened(
        headlines(
            "محمد بن سلمان يصل إلى الرياض", "محمد بن سلمان يلتقي الوفد", "محمد بن نايف يزور الجامعة", "محمد بناني يفوز"
        )
    )
    assert service.suggest("محمد بن")[:3] == ("محمد بن سلمان", "محمد بن نايف", "محمد بناني")
    assert service.suggest("محمد")[0] == "محمد بن"


def test_the_beginning_of_a_commoner_word_is_completed_first(opened: Open) -> None:
    assert opened(headlines("ضب صحراوي", "ضبط مخالفين", "ضبط لصوص")).suggest("ضب")[0] == "ضبط"


def test_the_words_that_follow_are_ranked_by_use_in_all_headlines(opened: Open) -> None:
    """More headlines than are read: those of the sample alone would not tell."""
    titles = [f"وزير الصحة يفتتح مستشفى {number}" for number in range(70)]
    titles += [f"وزير المالية يعلن ميزانية {number} للدولة" for number in range(80)]
    service = opened(headlines("وزير العدل", *titles))
    assert words(service, "وزير ال") == ("وزير المالية", "وزير الصحة", "وزير العدل")


def test_two_words_before_tell_what_follows_both(opened: Open) -> None:
    service = opened(
        headlines("رئيس الوزراء العراقي في بغداد", *["مجلس الوزراء السعودي يقر الميزانية"] * 3, "رئيس الوزراء العراقي")
    )
    assert words(service, "رئيس الوزراء ال") == ("رئيس الوزراء العراقي",)
    assert words(service, "الوزراء ال") == ("الوزراء السعودي", "الوزراء العراقي")


def test_completions_are_written_as_articles_write_them(opened: Open) -> None:
    service = opened(headlines("أسعار الأسهم اليوم", "جامعة الإمام", "وزارة الثقافة", "رئاسة الشؤون الإسلامية"))
    assert words(service, "اسعار الا") == ("اسعار الأسهم",)
    assert words(service, "جامعه الا") == ("جامعه الإمام",)
    assert words(service, "وزاره ال") == ("وزاره الثقافة",)
    assert words(service, "رئاسة الش") == ("رئاسة الشؤون",)
    assert words(service, "الثقاف") == ("الثقافة",)


def test_a_form_without_its_hamza_gives_way_to_one_with_it() -> None:
    assert careful_form({"اسعار": 9, "أسعار": 3}) == "أسعار"
    assert careful_form({"اسعار": 9, "أسعار": 1}) == "اسعار"
    assert careful_form({"علي": 5, "على": 4}) == "علي"
    assert careful_form({"مدرسة": 3, "مدرسه": 2}) == "مدرسة"


def test_what_the_reader_typed_with_a_hamza_comes_first(opened: Open) -> None:
    service = opened(headlines("قال استقبال الوفد", "قال استقبال آخر", "قال أستاذ"))
    assert words(service, "قال است") == ("قال استقبال", "قال أستاذ")
    assert words(service, "قال أست") == ("قال أستاذ", "قال استقبال")


def test_words_on_both_sides_of_a_stop_do_not_follow_one_another(opened: Open) -> None:
    service = opened(headlines("الملك: سنعمل معا", "الملك سلمان"))
    assert words(service, "الملك س") == ("الملك سلمان",)


def test_leads_tell_what_follows_where_headlines_do_not(opened: Open) -> None:
    lead = "أعلنت محكمة العدل الدولية قرارها"
    service = opened([("قرار جديد في لاهاي", lead), ("الدولار يرتفع", "ارتفع سعر الدولار"), ("العالم ينتظر", "نص")])
    assert words(service, "العدل الد") == ("العدل الدولية",)
    assert words(service, "محكمة العدل ال") == ("محكمة العدل الدولية",)


def test_bodies_tell_what_follows_in_an_archive_without_headlines(opened: Open) -> None:
    far = "كلمة " * 400 + "وكان وزير الخارجية في المدينة، والخارجية وزارة"
    service = opened([("", far), ("", "المدينة بعيدة"), ("", "المدينة قريبة")])
    assert words(service, "وزير ال") == ("وزير الخارجية",)


def test_the_last_word_is_completed_alone_where_nothing_is_known_to_follow(opened: Open) -> None:
    service = opened(headlines("أسعار القمح", "سوق القمح", "القهوة"))
    assert words(service, "فيضان الق") == ("فيضان القمح", "فيضان القهوة")


def test_the_last_word_is_completed_by_what_articles_have_with_the_words_before(opened: Open) -> None:
    service = opened(headlines(*["أسعار القمح"] * 3, "فيضان في القرية"))
    assert words(service, "الق") == ("القمح", "القرية")
    assert words(service, "فيضان الق") == ("فيضان القرية",)


def test_what_follows_is_found_behind_fields_and_inside_quotes(opened: Open) -> None:
    service = opened(headlines("الملك سلمان", "سيارة", "سيارة", "وزير الخارجية", "الجامعة", "الجامعة"))
    for head in ("مصدر:واس ", 'مصدر:"واس" ', '"', "عنوان:", "تاريخ:2017 ", "قهوة أو شاي "):
        assert words(service, head + "الملك س") == (head + "الملك سلمان",), head
        assert words(service, head + "وزير ال") == (head + "وزير الخارجية",), head


def test_function_words_come_last(opened: Open) -> None:
    service = opened(headlines(*["وصل إلى الرياض"] * 3, "وصل الوفد"))
    assert words(service, "ال")[:2] == ("الرياض", "الوفد")
    assert words(service, "وصل ال") == ("وصل الوفد", "وصل إلى")


def test_a_headline_that_begins_as_typed_is_offered_whole(opened: Open) -> None:
    service = opened(headlines("وزير الخارجية يصل إلى الرياض", "لقاء وزير الخارجية"))
    assert service.suggest("وزير ال") == ("وزير الخارجية", "وزير الخارجية يصل إلى الرياض")


def test_names_in_one_word_or_two_follow_as_a_whole_and_are_begun_by_either(opened: Open) -> None:
    service = opened(
        headlines(
            "الأمير محمد بن عبدالعزيز", "فهد بن عبدالعزيز", "الملك عبد الله", "مطار أبوظبي الدولي", "فهد بن عبد الله"
        )
    )
    assert service.suggest("بن ع") == ("بن عبدالعزيز", "بن عبد الله")
    assert set(service.suggest("عبد ال")) == {"عبد العزيز", "عبد الله"}
    assert set(service.suggest("عبدال")) == {"عبدالعزيز", "عبدالله"}
    assert words(service, "مطار أب") == ("مطار أبوظبي",)
    assert service.suggest("أبوظ") == ("أبوظبي",)


def test_no_completion_is_offered_that_no_article_has(opened: Open) -> None:
    service = opened(
        headlines(*["سعر الخاتم الف دينار"] * 3, "عبد الفتاح السيسي يصل", *["نحو الف يمني"] * 2, "عبد القادر يكتب")
    )
    assert service.suggest("عبد الف")[0] == "عبد الفتاح"
    assert not [query for query in service.suggest("عبد الف") if "دينار" in query or "يمني" in query]


def test_where_no_article_has_the_words_side_by_side_one_that_has_them_all_counts(opened: Open) -> None:
    service = opened(
        headlines("رئيس الوزراء العراقي", "مجلس الوزراء السعودي يستقبل رئيس البرلمان", "مجلس الوزراء السوداني")
    )
    assert words(service, "رئيس الوزراء الس") == ("رئيس الوزراء السعودي",)


def test_names_come_before_words_that_may_follow_any_other(opened: Open) -> None:
    service = opened(headlines(*["صائب وشجاع"] * 3, *["صائب يصل إلى"] * 2, "صائب عريقات"))
    completed = [query for query in service.suggest("صائب") if query.count(" ") == 1]
    assert completed[0] == "صائب عريقات" and {"صائب وشجاع", "صائب يصل"} <= set(completed)


def test_what_most_articles_have_side_by_side_comes_first_wherever_they_have_it(opened: Open) -> None:
    bodies = [("خبر", "وصل صائب عريقات أمس")] * 4
    service = opened([("صائب سلام", "نص"), ("صائب عريقات", "نص"), ("صائب سلام", "نص"), *bodies])
    assert words(service, "صائب ع") == ("صائب عريقات",)
    assert [query for query in service.suggest("صائب") if query.count(" ") == 1] == ["صائب عريقات", "صائب سلام"]
