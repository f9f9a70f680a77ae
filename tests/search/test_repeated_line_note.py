"""What a page says of a word that further articles have only in a repeated line of their publisher, on every engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indexer.line_counts import LEAST
from search import unanswered
from search.budget import Budget
from search.engines.registry import EMBEDDED
from search.pages.as_json import page_object
from search.pages.records import Filters, Note, SearchPage, SearchRequest
from search.pages.sentences import action_text, note_text
from search.query.clauses import Term
from search.service import SearchService
from search.settings import Settings
from tests.half_engine import half_reached
from tests.indexer.archives import archive, kashaf

TODAY = date(2026, 11, 27)
LINK = "رابط الخبر بصحيفة الوئام"
SERVICE = "للتواصل ارسل رسالة إلى خدمة القراء"
MESSAGE = "نص الرسالة يبدأ بالرمز 15"
NEXT = "يتبع"
WHO = ("الوزير", "السفير", "المدرب", "الطبيب", "الشاعر", "المهندس", "القاضي", "الأمير", "الباحث", "العميد", "المدير")
DID = ("زار", "راجع", "شكر", "حضر", "رفض", "سمع", "شرح")
WEEAM, JAZIRA, NAHAR = LEAST + 5, LEAST + 2, LEAST + 1  # articles of each publisher that have its lines


def _rows() -> list[dict[str, str]]:
    """Three publishers with lines of their own, and two articles on their words."""
    ends = [
        *(("الوئام", f"{LINK}: جسر {n}") for n in range(WEEAM)),  # repeated as a whole, and by its beginning
        *(("الجزيرة", SERVICE) for _ in range(JAZIRA)),
        *(("النهار", f"{MESSAGE}\n{NEXT}") for _ in range(NAHAR)),
    ]
    found = [
        {
            "id": str(n),
            "title": f"جسر {n}",
            "body": f"{DID[n % 7]} {WHO[n % 11]} أمس\nوقال {WHO[n % 11]} إن من {DID[n % 7]} عبر الجسر.\n{line}",
            "source": source,
            "date": f"{2015 + n % 2}-03-{1 + n % 28:02}",
        }
        for n, (source, line) in enumerate(ends)
    ]
    about = {"title": "موقع", "source": "الوئام", "date": "2017-01-01"}
    found.append(about | {"id": "link", "body": "تغير رابط صحيفة الموقع أمس\nوقد وصلت رسالة بذلك."})
    found.append(about | {"id": "served", "body": "حكى عن رجل خدمه طويلا\nثم للتواصل معه سافر.", "date": "2017-01-02"})
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """A service over these articles."""

    service: SearchService

    def page(self, query: str, budget: Budget | None = None, **options: Any) -> SearchPage:
        return self.service.search(SearchRequest(query, today=TODAY, **options), budget)

    def note(self, query: str, budget: Budget | None = None, **options: Any) -> Note | None:
        notes = [note for note in self.page(query, budget, **options).notes if note.kind == "repeated-line"]
        assert len(notes) < 2
        return notes[0] if notes else None

    def said(self, query: str, **options: Any) -> tuple[object, object, str | None] | None:
        """The line and the number of articles that are told, and the query that is offered."""
        note = self.note(query, **options)
        values = dict(note.values) if note else {}
        return (values["line"], values["count"], note.query) if note else None


@pytest.fixture(scope="module", params=EMBEDDED)
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    place: Path = tmp_path_factory.mktemp(request.param)
    done = kashaf("index", archive(place / "a.jsonl", _rows()), "--index", place / "index", "--engine", request.param)
    assert done.returncode == 0, done.stderr
    return Asked(SearchService.open(Settings(index=place / "index")))


@pytest.mark.parametrize(
    ("query", "total", "said"),
    [
        ("صحيفة", 1, (LINK, WEEAM, "=بصحيفة")),
        ("والصحف", 1, (LINK, WEEAM, "=بصحيفة")),
        ("الرابط", 1, (LINK, WEEAM, "=رابط")),
        ("رابط", WEEAM + 1, None),  # one of its readings is this form, by which a small archive finds them
        ("رسالة", 1, (SERVICE, JAZIRA + NAHAR, "=رسالة أو =الرسالة")),
        ("صحيفة؟", 1, (LINK, WEEAM, "=بصحيفة")),
        (NEXT, 0, (NEXT, NAHAR, "=يتبع")),
    ],
)
def test_the_line_the_articles_and_a_query_that_finds_them_are_told(
    asked: Asked, query: str, total: int, said: tuple[object, ...] | None
) -> None:
    assert asked.page(query, repair=False).total == total
    assert asked.said(query, repair=False) == said
    if said:
        assert asked.page(f"({said[2]}) -{query}", repair=False).total == said[1]


def test_a_word_that_is_folded_alike_is_not_counted(asked: Asked) -> None:
    """«خدمه»: he served him. The exact form of «خدمة» finds it, and «للتواصل» beside it, but it is in no such line."""
    assert asked.said("خدمة", repair=False) == (SERVICE, JAZIRA, "=خدمة")
    assert asked.page("=خدمة").total == JAZIRA + 1


def test_it_is_told_where_nothing_is_found_as_typed(asked: Asked) -> None:
    page = asked.page("الوئام")
    assert page.total == 0 and asked.said("الوئام") == (LINK, WEEAM, "=الوئام")
    assert asked.page("=الوئام").total == WEEAM


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(sources=("الوئام",)), None),
        (Filters(sources=("النهار",)), (MESSAGE, NAHAR, "=رسالة أو =الرسالة")),
        (Filters(sources=("الجزيرة",)), (SERVICE, JAZIRA, "=رسالة أو =الرسالة")),
        (Filters(first=date(2017, 1, 1)), None),
        (Filters(sources=("النهار", "الجزيرة"), last=date(2015, 12, 31)), (SERVICE, 21, "=رسالة أو =الرسالة")),
    ],
)
def test_only_articles_within_the_filters_count_and_one_of_them_has_the_line(
    asked: Asked, filters: Filters, said: tuple[object, ...] | None
) -> None:
    found = asked.said("رسالة", filters=filters)
    assert found is None or found[0] in (SERVICE, MESSAGE)
    assert (found and found[1:]) == (said and said[1:])
    if len(filters.sources) == 1:
        assert found == said


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("صحيفة مصدر:الوئام", (LINK, WEEAM, "=بصحيفة مصدر:الوئام")),
        ("مصدر:الوئام الوئام", (LINK, WEEAM, "مصدر:الوئام =الوئام")),
        ("صحيفة مصدر:النهار", None),
        ("تاريخ:2015 صحيفة", (LINK, 13, "تاريخ:2015 =بصحيفة")),
        ("رسالة -جسر", None),
        ("رسالة -موقع", (SERVICE, JAZIRA + NAHAR, "(=رسالة أو =الرسالة) -موقع")),
    ],
)
def test_days_names_and_what_is_excluded_in_the_query_stay_in_the_one_that_is_offered(
    asked: Asked, query: str, said: tuple[object, ...] | None
) -> None:
    assert asked.said(query) == said
    if said:
        word = "رسالة" if "رسالة" in query else "الوئام" if query.endswith("الوئام الوئام") else "صحيفة"
        assert asked.page(f"{said[2]} -{word}", repair=False).total == said[1]


@pytest.mark.parametrize(
    "query",
    [
        "الوزير", "جسر", "صحيفة الخبر", "=صحيفة", '"صحيفة"', '"صحيفة الخبر"', "عنوان:صحيفة", "نص:صحيفة", "صحيفة*",
        "صحيفة~", "-صحيفة", "صحيفة أو زرافة", "15", "", "مصدر:الوئام", "صحيفة صحيفة", "صحيفة_مسائية",
    ],
)  # fmt: skip
def test_nothing_is_told_of_other_words_and_operators(asked: Asked, query: str) -> None:
    assert asked.note(query) is None


def test_the_sentence_agrees_with_what_it_counts(asked: Asked) -> None:
    def sentences(**filters: Any) -> list[str]:
        note = asked.note("صحيفة", filters=Filters(**filters))
        assert note
        return [note_text(note, language) for language in ("ar", "en")]

    begin = f"«صحيفة» في سطر يكرره ناشره («{LINK}»)، ولا نعدّ هذه السطور من المقالات، ولو عددناها لزادت النتائج "
    arabic, english = sentences()
    assert arabic == f"{begin}{WEEAM} مقالا"
    assert english == (
        f"“صحيفة” is in a line that its publisher repeats (“{LINK}”); such lines are not counted as part of the "
        f"articles, and would add {WEEAM} articles"
    )
    day = date(2015, 3, 1)
    arabic, english = sentences(first=day, last=day)
    assert arabic == f"{begin}مقالا واحدا" and english.endswith("would add 1 article")
    assert sentences(first=day, last=date(2015, 3, 3))[0] == f"{begin}مقالين"


def test_programs_get_the_kind_the_sentences_and_the_query(asked: Asked) -> None:
    told = page_object(asked.page("صحيفة"))["notes"]
    (note,) = (row for row in told if row["kind"] == "repeated-line")
    assert note["query"] == "=بصحيفة" and note["action"] == "ابحث عن «=بصحيفة»" and LINK in note["text"]
    found = asked.note("صحيفة")
    assert found and action_text(found, "en") == "Search for “=بصحيفة”"


def test_what_the_owner_calls_the_same_is_found_already(asked: Asked, tmp_path: Path) -> None:
    names = tmp_path / "names.toml"
    names.write_text('synonyms = [["خدمة", "جسر"]]\n', encoding="utf-8")
    settings = Settings(index=asked.service.index.directory.path, names=names)
    other = Asked(SearchService.open(settings))
    assert other.said("خدمة") is None and other.said("خدمة", names=False) == (SERVICE, JAZIRA, "=خدمة")


def test_nothing_is_told_where_there_is_no_time_to_count(asked: Asked) -> None:
    assert asked.note("صحيفة", Budget(0.0)) is None


def test_nothing_is_told_where_a_part_of_the_index_does_not_answer(asked: Asked) -> None:
    part = Asked(half_reached(asked.service, Term("source", "الوئام")))
    with unanswered.tolerated():
        assert part.note("صحيفة") is None
