"""Slips of the pen in searches of a small archive: the form as typed is compared with the forms of the archive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.as_json import page_object
from search.pages.records import Filters, SearchPage, SearchRequest
from search.pages.sentences import note_text
from search.repairs.slips import Slips
from search.service import SearchService
from tests.small_index import open_index

SENTENCES = (
    "يدخل النظام الجديد حيز التنفيذ لكن الوزارة تدرس محافظة الحدود الشمالية",
    "استقبل الرئيس ترامب وزير خارجية السعودية وناقش معه الاجتماع في المملكة",
    "قال مسؤول إن الظروف صعبة وإن الأزمة مستمرة ما دام الحصار قائما إن شاء الله",
    "وقع الفريقان على تعزيز العلاقات وتنظيم الاحتفال بذكرى الاستقلال أو حتى تأجيله",
    "كانت ظاهرة التصحر خطرا على البلاد والطبيعة، وكان هذا مما يبحثه العلماء في الانتخابات",
)


def articles() -> Iterator[Article]:
    for n in range(60):
        for at, text in enumerate(SENTENCES):
            yield Article(f"{at}-{n}", "", f"{text} {n}", ("النهار",))
    yield Article("slip", "", "قال لاكن ما دام", ("النهار",))
    yield Article("bribe", "", "اتهم بالرشا والرشوة", ("النهار",))


@pytest.fixture(scope="module", params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    return open_index(tmp_path_factory.mktemp("slips"), articles(), engine=request.param)


def ask(service: SearchService, query: str, **options: object) -> SearchPage:
    return service.search(SearchRequest(query, collapse=False, **options))  # type: ignore[arg-type]


def found(page: SearchPage) -> str | None:
    """What was offered, or else searched because nothing was found as typed."""
    repaired = [dict(note.values)["found"] for note in page.notes if note.kind == "spelling"]
    return page.suggestion or (str(repaired[0]) if repaired else None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("لاكن", "لكن"),  # ل and أكن to the analyser, which finds كان
        ("هاذا", "هذا"),
        ("النضام", "النظام"),
        ("محافضة", "محافظة"),
        ("السعودبة", "السعودية"),
        ("الممكلة", "المملكة"),
        ("السعودييية", "السعودية"),  # lengthened
        ("الانتخابااات", "الانتخابات"),
        ("االجتماع", "الاجتماع"),  # out of a PDF file
        ("االستقالل", "الاستقلال"),
        ("الانتخبات", "الانتخابات"),
        ("مسؤل", "مسؤول"),  # as articles write it, and not «مسءول»
        ("الضروف", "الظروف"),
    ],
)
def test_a_slip_is_told_in_the_spelling_of_the_archive(service: SearchService, typed: str, meant: str) -> None:
    page = ask(service, typed)
    assert found(page) == meant


def test_what_other_readings_find_does_not_keep_the_form_meant_from_being_offered(service: SearchService) -> None:
    page = ask(service, "لاكن")
    assert page.total > 50 and page.suggestion == "لكن"


@pytest.mark.parametrize(
    "word",
    [
        "النظام", "محافظة", "المملكة", "ظاهرة", "مستمرة", "السعودية", "لكن", "الأزمة", "تنظيم",
        "غرب", "عرب", "حرب", "ضرب", "قلم", "علم", "ألم", "كتب", "مسئول", "وبالمملكة", "مملكتهم", "ظواهر", "انظمة",
    ],
)  # fmt: skip
def test_a_word_spelled_right_is_offered_nothing_though_the_archive_lacks_it(service: SearchService, word: str) -> None:
    assert found(ask(service, word)) is None


@pytest.mark.parametrize("number", ["0707", "606", "05", "٢٠٥٥", "1967"])
def test_numbers_are_never_corrected(service: SearchService, number: str) -> None:
    page = ask(service, number)
    assert (page.suggestion, page.notes) == (None, ())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("وزير خارجية السعودبة", "وزير خارجية السعودية"),
        ("النضام في محافضة", "النظام في محافظة"),
        ('"النضام الجديد"', '"النظام الجديد"'),
        ("لاكن الوزارة", "لكن الوزارة"),
    ],
)
def test_each_slip_is_mended_within_its_query_or_phrase(service: SearchService, typed: str, meant: str) -> None:
    assert found(ask(service, typed)) == meant


def test_a_word_asked_for_exactly_is_left_as_it_is(service: SearchService) -> None:
    assert found(ask(service, "=لاكن")) is None


def test_a_query_of_many_words_is_mended_in_its_rare_words(service: SearchService) -> None:
    words = " ".join(SENTENCES[2:]).replace("،", "").split()[:59]
    assert found(ask(service, " OR ".join([*words, "لاكن"]))) == " OR ".join([*words, "لكن"])


def test_nothing_is_offered_that_finds_no_more_within_the_filters(service: SearchService) -> None:
    assert ask(service, "لاكن", filters=Filters(sources=("النهار",))).suggestion == "لكن"
    assert ask(service, "لاكن", filters=Filters(sources=("الأهرام",))).suggestion is None
    assert ask(service, "لاكن السعودية").suggestion is None  # no article has لكن and السعودية


@pytest.mark.parametrize("engine", EMBEDDED)
def test_fewer_articles_are_offered_only_where_hardly_any_of_the_page_has_the_slip_and_most_are_new(
    tmp_path: Path, engine: str
) -> None:
    """لاكن is read as ل and أكن too, so that a page of it has the articles with كانت."""
    others = [Article(f"o{n}", "", f"كانت الأزمة مستمرة {n}", ("النهار", "البلاد")) for n in range(100)]
    meant = [Article(f"m{n}", "", f"الحل قريب لكن الطريق طويل {n}", ("النهار",)) for n in range(40)]
    both = [Article(f"b{n}", "", f"كانت الأزمة مستمرة لكن الحل قريب {n}", ("البلاد",)) for n in range(60)]
    texts = ("قال لاكن", "كانت الأزمة", "لكن الحل", "لكن الأزمة")
    few = [Article(f"f{n}", "", text, ("الوطن",)) for n, text in enumerate(texts)]
    service = open_index(tmp_path, [*others, *meant, *both, *few], engine=engine)
    page = ask(service, "لاكن", filters=Filters(sources=("النهار",)))
    assert (page.total, page.suggestion) == (100, "لكن")
    page = ask(service, "لاكن", filters=Filters(sources=("البلاد",)))
    assert (page.total, page.suggestion) == (160, None)  # the page has all 60
    page = ask(service, "لاكن", filters=Filters(sources=("الوطن",)))
    assert (page.total, page.suggestion) == (2, None)  # one of the two has the slip; two others have لكن


def test_readers_are_told_that_a_word_was_found_without_its_first_letter(service: SearchService) -> None:
    page = ask(service, "برشا")
    (note,) = (note for note in page.notes if note.kind == "other-form")
    assert note.values == (("piece", "برشا"), ("found", "رشا"))
    assert note_text(note, "ar") == "لا مقال فيه «برشا» كما كُتبت، وهذه مقالات فيها «رشا»"
    assert "“برشا”" in note_text(note, "en") and "“رشا”" in note_text(note, "en")
    told = page_object(page)
    assert [row["kind"] for row in told["notes"]] == ["other-form"]


@pytest.mark.parametrize("word", ["المملكة", "والرئيس", "بالمملكة", "النظام", "بذكرى"])
def test_nothing_is_told_of_particles_that_are_sure(service: SearchService, word: str) -> None:
    assert "other-form" not in {note.kind for note in ask(service, word).notes}


def test_repairs_switched_off_leave_everything_as_typed(service: SearchService) -> None:
    page = ask(service, "لاكن", repair=False)
    assert (page.suggestion, page.notes) == (None, ())


def test_an_arabic_slip_is_not_taken_for_signs_of_the_other_keyboard(service: SearchService) -> None:
    assert "keyboard" not in {note.kind for note in ask(service, "زروة").notes}


def test_words_that_cannot_suffice_are_left_out_without_another_offer(
    service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = service.index
    words = {word for sentence in SENTENCES for word in sentence.split()}
    typed = sorted({word[:at] + word[at + 1 :] for word in words for at in (1, len(word) // 2)})
    tokens = [token for word in (*typed[::7], "لاكن", "النضام", "انشاء") for token in index.analyzer.tokens(word)]
    offers = list(map(Slips(index.engine, index.analyzer).offered, tokens))
    assert any(offers) and not all(offers)
    monkeypatch.setattr(Slips, "_any_suffices", lambda *_: True)
    assert list(map(Slips(index.engine, index.analyzer).offered, tokens)) == offers
