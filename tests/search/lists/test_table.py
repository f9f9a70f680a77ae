"""Tables as spreadsheets and people write them: encodings, delimiters, quotation marks, and the line of each row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.lists.table import read_lines, read_table


def cells(raw: bytes) -> list[tuple[str, ...]]:
    rows = read_table(raw)
    assert rows is not None
    return [row.cells for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_way_in_which_a_spreadsheet_saves_a_table(encoding: str, delimiter: str, end: str) -> None:
    rows = [("الاسم", "المصدر"), ("محمد صلاح", "صحيفة الرياض"), ("الملك سلمان", "عكاظ")]
    text = end.join(delimiter.join(row) for row in rows) + end
    assert cells(text.encode(encoding)) == rows


def test_a_list_of_one_column_has_commas_in_its_queries() -> None:
    assert cells("الاسم\nمحمد\nعلي, خالد\nسعد\n".encode()) == [("الاسم",), ("محمد",), ("علي, خالد",), ("سعد",)]


def test_what_excel_is_told_of_the_delimiter_holds() -> None:
    assert cells(b"sep=|\na,b|c\nd,e|f") == [("a,b", "c"), ("d,e", "f")]


def test_quotation_marks_keep_delimiters_ends_of_lines_and_marks_in_their_cell() -> None:
    found = read_table('اسم,قسم\n"علي, خالد",ا\n"سطران\nهنا",ب\n"""محمد صلاح""",ج\n'.encode())
    assert found is not None
    assert [(row.line, row.cells[0]) for row in found[1:]] == [(2, "علي, خالد"), (3, "سطران\nهنا"), (5, '"محمد صلاح"')]


def test_a_row_whose_marks_follow_no_rule_is_read_as_it_stands() -> None:
    assert cells('اسم,قسم\n"محمد صلاح" ليفربول,رياضة\n'.encode())[1] == ('"محمد صلاح" ليفربول', "رياضة")


def test_a_mark_that_is_never_closed_costs_its_row_alone() -> None:
    rows = read_table(("اسم,قسم\n" + '"مفتوح,ا\n' + "علي,ب\n" * 60).encode())
    assert rows is not None
    assert [row.unclosed for row in rows[:3]] == [False, True, False] and len(rows) == 62


def test_lines_of_a_text_keep_their_quotation_marks() -> None:
    rows = read_lines('"محمد صلاح"\n\nعلي, خالد\n'.encode())
    assert rows is not None
    assert [(row.line, row.cells) for row in rows] == [(1, ('"محمد صلاح"',)), (3, ("علي, خالد",))]


def test_bytes_that_are_no_text_are_no_table() -> None:
    assert read_table(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200)) is None
    assert read_table(b"") == ()


@given(st.text(alphabet='ab,;\t|"\n\r =سم', max_size=80))
def test_any_text_gives_rows_in_the_order_of_its_lines(text: str) -> None:
    rows = read_table(text.encode())
    assert rows is not None
    lines = [row.line for row in rows]
    assert lines == sorted(set(lines)) and not any(row.blank for row in rows)
