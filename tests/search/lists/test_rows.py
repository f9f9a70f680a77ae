"""Rows of a list become searches, or say what is wrong with them, and never stop the others."""

from __future__ import annotations

from datetime import date

import pytest

from search.errors import SourceError
from search.lists.rows import ListOptions, QueryList, read_list, read_typed
from search.pages.records import Filters

TODAY = date(2026, 11, 26)
OPTIONS = ListOptions(TODAY)


def read(text: str, options: ListOptions = OPTIONS, *, where: str = "names.csv", **asked: object) -> QueryList:
    return read_list(text.encode(), where, options, **asked)  # type: ignore[arg-type]


def queries(found: QueryList) -> list[str]:
    return [row.request.query if row.request else "" for row in found.rows]


@pytest.mark.parametrize("name", ["الاسم", "أسماء", "استعلام", "الإسم", "Query", "NAME", "full name"])
def test_the_column_of_queries_is_known_by_its_name(name: str) -> None:
    assert queries(read(f"رقم,{name}\n1,محمد\n2,علي\n")) == ["محمد", "علي"]


def test_another_column_is_named_or_numbered() -> None:
    table = "رقم,اسم المتهم\n1,محمد\n2,علي\n"
    assert queries(read(table, column="اسم المتهم")) == ["محمد", "علي"]
    assert queries(read(table, column="2")) == ["اسم المتهم", "محمد", "علي"]
    assert queries(read(table, column="2", header=True)) == ["محمد", "علي"]


@pytest.mark.parametrize("asked", [{}, {"column": "لا"}, {"column": "9"}, {"column": "0"}])
def test_a_table_whose_column_is_not_known_is_refused_by_one_line_with_its_columns(asked: dict[str, str]) -> None:
    with pytest.raises(SourceError, match=r"names\.csv has no column .* --column.*'رقم', 'متهم'"):
        read("رقم,متهم\n1,محمد\n", **asked)


def test_a_single_column_needs_no_header() -> None:
    assert queries(read("محمد\nعلي\n")) == ["محمد", "علي"]
    assert queries(read("المتهم\nمحمد\n", header=True)) == ["محمد"]
    assert queries(read('"محمد علي"\nسعد\n', where="names.txt")) == ['"محمد علي"', "سعد"]


def test_a_text_with_columns_of_tabs_is_the_table_that_excel_saves() -> None:
    saved = 'الاسم\tالمصدر\r\n"""محمد صلاح"""\tعكاظ\r\nسلمان\t\r\n'.encode("utf-16")
    found = read_list(saved, "names.txt", OPTIONS)
    assert queries(found) == ['"محمد صلاح"', "سلمان"] and found.names == ("الاسم", "المصدر")
    lines = read('"محمد صلاح", سلمان\nقمح\tشعير\nملح', where="names.txt")
    assert queries(lines) == ['"محمد صلاح", سلمان', "قمح\tشعير", "ملح"]


def test_columns_narrow_their_row_and_options_the_others() -> None:
    table = "query,source,section,since,until\nقمح,عكاظ|سبق,اقتصاد,2015,يوليو 2016\nنفط,,,,\n"
    common = ListOptions(TODAY, Filters(("واس",), first=date(2010, 1, 1)))
    narrowed, plain = [row.request for row in read(table, common).rows]
    assert narrowed and plain
    assert narrowed.filters == Filters(("عكاظ", "سبق"), ("اقتصاد",), (), date(2015, 1, 1), date(2016, 7, 31))
    assert plain.filters == common.filters
    assert not narrowed.repair and narrowed.today == TODAY


def test_columns_in_arabic_narrow_too_unless_that_is_switched_off() -> None:
    table = "الاسم,المصدر,من,إلى\nقمح,عكاظ,2015,2016\n"
    (row,) = read(table).rows
    assert row.request and row.request.filters.sources == ("عكاظ",) and row.request.filters.last == date(2016, 12, 31)
    (row,) = read(table, filtering=False).rows
    assert row.request and row.request.filters == Filters()


def test_one_column_of_dates_gives_both_ends() -> None:
    (row,) = read("query,date\nقمح,2013..2014\n").rows
    assert row.request
    assert (row.request.filters.first, row.request.filters.last) == (date(2013, 1, 1), date(2014, 12, 31))


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (",عكاظ,", "list-empty"),
        ("؟!,,", "list-empty"),
        ("قمح,,مارسس", "list-day"),
        (" ".join(f"كلمة{n}" for n in range(70)) + ",,", "list-words"),
        ("ب" * 1001 + ",,", "list-length"),
        ("قمح," + "|".join(map(str, range(60))) + ",", "list-names"),
        ("قمح,,,زائد", "list-cells"),
        ('"قمح,,', "list-quote"),
    ],
)
def test_a_bad_row_says_why_and_the_next_is_read(row: str, kind: str) -> None:
    found = read(f"query,source,since\n{row}\nنفط,,\n" + "\n" * 50).rows
    assert [(each.line, each.problem.kind if each.problem else "") for each in found] == [(2, kind), (3, "")]
    assert found[0].request is None and found[1].request is not None


def test_words_are_set_in_a_row_or_near_each_other_where_a_query_says_nothing_of_it() -> None:
    table = 'محمد صلاح\n"محمد صلاح"~3\nقمح أو نفط\nمحمد صلاح -ليفربول مصدر:عكاظ\nقمح\n'
    phrases = queries(read(table, ListOptions(TODAY, phrase=True), where="a.txt"))
    assert phrases == [
        '"محمد صلاح"',
        '"محمد صلاح"~3',
        "قمح أو نفط",
        '"محمد صلاح" -ليفربول مصدر:عكاظ',
        '"قمح"',
    ]
    near = queries(read(table, ListOptions(TODAY, near=2), where="a.txt"))
    assert near[0] == '"محمد صلاح"~2' and near[1] == '"محمد صلاح"~3' and near[4] == "قمح"


def test_a_typed_list_ends_at_its_limit() -> None:
    found, beyond = read_typed("\nقمح\n\nنفط\nقمح\nغاز\n", OPTIONS, most=3)
    assert [(row.line, row.query) for row in found.rows] == [(2, "قمح"), (4, "نفط"), (5, "قمح")] and beyond == 1


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"query\n", b"\xff\xd8\xff\xe0\x00\x10" + bytes(99)])
def test_a_file_without_queries_is_one_clear_line(raw: bytes) -> None:
    with pytest.raises(SourceError, match=r"names\.csv (has|is)"):
        read_list(raw, "names.csv", OPTIONS)
