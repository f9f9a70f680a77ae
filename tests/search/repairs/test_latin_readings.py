"""Latin words of a query read in Arabic letters, and Arabic typed with Latin letters and digits, on every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.as_json import page_object
from search.pages.records import Note, SearchPage, SearchRequest
from search.pages.sentences import action_text, note_text
from search.service import SearchService
from tests.small_index import open_index

BODIES = (
    "قائد فيلق القدس قاسم سليماني يزور بغداد",
    "معارك في الموصل منذ شهر",
    "سكان الموصل يعودون إلى المدينة",
    "قصف حلب القديمة",
    "الرئيس السيسي في القاهرة",
    "استقبل عبدالعزيز الوفد",
    "ارتفع سعر القمح في الأسواق",
    "كشفت شبكة CNN عن iPhone جديد",
    "أخبار الشعب يكتبها الكعبي",
    "قال علي إن المطر غزير",
    "مدينة الملك عبدالله",
    "خطب حسن نصرالله",
    "مطار أبوظبي الدولي",
)

Open = Callable[[Iterable[str]], SearchService]


@pytest.fixture(params=EMBEDDED)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """An index of these bodies, opened."""

    def open_texts(bodies: Iterable[str]) -> SearchService:
        articles = [Article(str(number), "", body, ("واس",)) for number, body in enumerate(bodies)]
        return open_index(tmp_path / "index", articles, engine=request.param)

    return open_texts


def ask(service: SearchService, query: str, *, names: bool = True) -> SearchPage:
    return service.search(SearchRequest(query, names=names))


def bodies(page: SearchPage) -> list[str]:
    return [hit.article.body for hit in page.hits]


def note_of(page: SearchPage, kind: str) -> Note | None:
    return next((note for note in page.notes if note.kind == kind), None)


def read(page: SearchPage) -> tuple[str, ...]:
    note = note_of(page, "latin")
    return dict(note.values)["names"] if note else ()  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("typed", "arabic", "found"),
    [
        ("Soleimani", "سليماني", BODIES[:1]),
        ("Sulaymani", "سليماني", BODIES[:1]),
        ("SULEYMANY", "سليماني", BODIES[:1]),
        ("Mosul", "الموصل", BODIES[1:3]),
        ("almosul", "الموصل", BODIES[1:3]),
        ("Al-Mosul", "الموصل", BODIES[1:3]),
        ("al Mosul", "الموصل", BODIES[1:3]),
        ("Aleppo", "حلب", BODIES[3:4]),
        ("Halab", "حلب", BODIES[3:4]),
        ("al-Sisi", "السيسي", BODIES[4:5]),
        ("as-Sīsī", "السيسي", BODIES[4:5]),
        ("Cairo", "القاهرة", BODIES[4:5]),
        ("al-Ka'bi", "الكعبي", BODIES[8:9]),
        ("Abdulaziz", "عبد العزيز", BODIES[5:6]),
        ("Abd al-Aziz", "عبد", BODIES[5:6]),
        ("Abdullah", "عبد الله", BODIES[10:11]),
        ("Nasrallah", "نصر الله", BODIES[11:12]),
        ("abudhabi", "أبو ظبي", BODIES[12:13]),
        ("Abu Dhabi", "أبو", BODIES[12:13]),
    ],
)
def test_a_latin_word_that_the_archive_lacks_is_read_as_a_name_in_arabic_letters(
    opened: Open, typed: str, arabic: str, found: tuple[str, ...]
) -> None:
    page = ask(opened(BODIES), typed)
    assert read(page)[0] == arabic
    assert set(bodies(page)[: len(found)]) == set(found)


def test_the_reader_is_told_and_the_link_of_the_note_turns_it_off(opened: Open) -> None:
    service = opened(BODIES)
    page = ask(service, "Soleimani")
    note = note_of(page, "latin")
    assert note and (note.query, note.without) == ("Soleimani", "names")
    assert note_text(note, "ar") == "بحثنا أيضا بالحروف العربية عن: سليماني"
    assert note_text(note, "en") == "We also searched in Arabic letters for: سليماني"
    assert action_text(note, "en") == "Only “Soleimani” as typed"
    assert [each["kind"] for each in page_object(page)["notes"]] == ["latin"]
    assert ask(service, "Soleimani", names=False).total == 0


def test_the_arabic_word_is_highlighted(opened: Open) -> None:
    (hit,) = ask(opened(BODIES), "Soleimani").hits
    assert [segment.text for snippet in hit.snippets for segment in snippet if segment.highlighted] == ["سليماني"]


def test_exact_words_phrases_and_names_of_fields_stay_as_they_are(opened: Open) -> None:
    service = opened(BODIES)
    for query in ("=Soleimani", '"Soleimani"', "مصدر:Soleimani"):
        page = ask(service, query)
        assert (page.total, read(page)) == (0, ()), query


def test_a_latin_word_beside_arabic_ones_and_in_a_field_is_read_too(opened: Open) -> None:
    service = opened(BODIES)
    assert bodies(ask(service, "قاسم Soleimani")) == [BODIES[0]]
    assert bodies(ask(service, "Qasem Soleimani")) == [BODIES[0]]
    assert bodies(ask(service, "نص:Aleppo")) == [BODIES[3]]
    assert BODIES[3] not in bodies(ask(service, "قصف -Aleppo"))


def test_a_word_that_the_archive_has_stays_as_it_is(opened: Open) -> None:
    service = opened(BODIES)
    for query in ("CNN", "iPhone", "cnn"):
        page = ask(service, query)
        assert (bodies(page), page.notes) == ([BODIES[7]], ()), query


def test_a_word_that_the_archive_has_hardly_ever_is_read_too(opened: Open) -> None:
    service = opened([*["الموصل مدينة عراقية"] * 25, "Mosul is a city", "نص آخر"])
    page = ask(service, "Mosul")
    assert read(page) == ("الموصل",) and page.total == 26


def test_the_english_of_a_listed_name_is_read_too_where_the_arabic_is_far_commoner(opened: Open) -> None:
    service = opened([*["مطار دبي مزدحم"] * 60, *["Dubai CNN"] * 2])
    assert read(ask(service, "Dubai")) == ("دبي",)
    assert read(ask(service, "CNN")) == ()


@pytest.mark.parametrize(
    ("typed", "taken", "left"),
    [
        ("Messi", "ميسي", "موسي"),
        ("@Alhilal", "الهلال", "الحلال"),
        ("Salah", "صلاح", "صالح"),
        ("Ahmed", "أحمد", "حميد"),
        ("Mohammed", "محمد", "محمود"),
    ],
)
def test_the_likeliest_name_is_searched_and_not_whatever_the_letters_allow(
    opened: Open, typed: str, taken: str, left: str
) -> None:
    page = ask(opened([f"قال {word} كلمته {number}" for word in (taken, left) for number in range(3)]), typed)
    assert read(page) == (taken,) and page.total == 3


@pytest.mark.parametrize("typed", ["COVID", "cvd", "btc", "thanks", "people", "weather"])
def test_words_whose_letters_merely_occur_in_arabic_words_are_not_read_as_those(opened: Open, typed: str) -> None:
    unrelated = "مقهى الكوفي استقبل وفدا في الكبد من بذخ وبطش هانكس وأنس وبول وبيل ويثير الفطر"
    page = ask(opened([unrelated, "نص آخر"]), typed)
    assert (page.total, read(page)) == (0, ())


def test_other_spellings_of_the_likeliest_name_are_searched_too(opened: Open) -> None:
    page = ask(opened(["المدرب بينيتيز", "قال بنيتيز", "نادي بنت"]), "Benitez")
    assert set(read(page)) == {"بينيتيز", "بنيتيز"} and page.total == 2


def test_a_latin_word_that_articles_have_too_is_searched_as_it_is_and_the_name_offered(opened: Open) -> None:
    service = opened([*["هاتف Nokia الجديد"] * 3, *["هاتف نوكيا القديم"] * 5])
    page = ask(service, "Nokia هاتف")
    note = note_of(page, "possible-names")
    assert page.total == 3 and read(page) == ()
    assert note and (note.query, dict(note.values)["piece"]) == ("نوكيا هاتف", "Nokia")
    assert action_text(note, "en") == "Did you mean “نوكيا هاتف”?"
    assert "Latin" in note_text(note, "en") and "اللاتينية" in note_text(note, "ar")
    assert note_of(ask(service, "Nokia هاتف", names=False), "possible-names") is None
    assert note_of(ask(service, "=Nokia"), "possible-names") is None


def test_a_name_is_not_offered_where_more_articles_have_the_latin_word(opened: Open) -> None:
    service = opened([*["هاتف Nokia الجديد"] * 5, *["هاتف نوكيا القديم"] * 3])
    assert note_of(ask(service, "Nokia"), "possible-names") is None


@pytest.mark.parametrize(("of_keys", "names", "expected"), [(1, 3, ("هادي",)), (3, 1, ())])
def test_a_name_that_is_commoner_than_the_word_of_the_same_keys_is_read(
    opened: Open, of_keys: int, names: int, expected: tuple[str, ...]
) -> None:
    assert read(ask(opened([*["كلمة اشيه"] * of_keys, *["فاز هادي"] * names]), "hadi")) == expected


def test_words_of_english_sentences_are_no_names(opened: Open) -> None:
    assert read(ask(opened(["هوية", "ذي قار", "أن"]), "who the and")) == ()


def test_an_arabic_word_typed_on_the_other_keyboard_stays_one(opened: Open) -> None:
    page = ask(opened(BODIES), "hgrlp")
    assert bodies(page) == [BODIES[6]] and [note.kind for note in page.notes] == ["keyboard"]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("7alab", "حلب"),
        ("almosul 7alab", "الموصل حلب"),
        ("a5bar sha3b", "أخبار الشعب"),
        ("3ali", "علي"),
        ("2a5bar 7alab", "أخبار حلب"),
        ("قصف 7alab", "قصف حلب"),
    ],
)
def test_arabic_typed_in_latin_letters_and_digits_is_offered_and_not_searched(
    opened: Open, typed: str, offered: str
) -> None:
    service = opened(BODIES)
    page = ask(service, typed)
    note = note_of(page, "arabizi")
    assert note and note.query == offered
    assert action_text(note, "ar") == f"هل تقصد «{offered}»؟"
    assert "keyboard" not in {each.kind for each in page.notes}
    assert ask(service, typed.split()[-1]).total == 0


@pytest.mark.parametrize("query", ["COVID19", "F16", "iPhone7", "=7alab", "حلب", "Aleppo", "3", "7r"])
def test_codes_and_exact_words_are_not_taken_for_arabic_typed_with_digits(opened: Open, query: str) -> None:
    assert note_of(ask(opened(BODIES), query), "arabizi") is None


def test_names_of_two_words_are_highlighted_whole(opened: Open) -> None:
    (hit,) = ask(opened(BODIES), "Abdullah").hits
    assert "".join(part.text for snippet in hit.snippets for part in snippet if part.highlighted) == "عبدالله"


def test_a_name_whose_first_letter_looks_like_a_particle_is_found(opened: Open) -> None:
    page = ask(opened(["وصل كالاماكي أمس", "نص"]), "Kalamaki")
    assert read(page) == ("كالاماكي",) and page.total == 1


def test_a_page_of_latin_words_looks_sixteen_up_and_says_so(opened: Open) -> None:
    query = " ".join(f"soleiman{letter}{other}" for letter in "aeiou" for other in "bcdfg")
    page = ask(opened(BODIES), query)
    assert note_of(page, "budget-names")
