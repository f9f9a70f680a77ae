"""CSV and TSV: the contract, and what a table may be."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest

from indexer.readers.bounds import LARGEST_DOCUMENT
from indexer.readers.contract import Blob, Remark
from indexer.readers.delimited import read_delimited
from indexer.readers.findings import BROKEN_ROW, LONG_ROW, NO_NAMES, SHORT_ROW, SHORTER_ROW, UNKNOWN_FIELD
from search.article import Article
from tests.contracts.reader import ARTICLES, ReaderContract, articles_of, named, read_bytes, skipped_of


def table(rows: Sequence[Sequence[str]], delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(rows)  # type: ignore[arg-type]
    return made.getvalue()


class TestCsv(ReaderContract):
    suffix = ".csv"
    delimiter = ","

    def written(self, articles: Sequence[Article]) -> str:
        rows = [named(each) for each in articles]
        names = tuple(dict.fromkeys(name for row in rows for name in row))
        return table([names, *(tuple(row.get(name, "") for name in names) for row in rows)], self.delimiter)


class TestCsvOfExcel(TestCsv):
    delimiter = ";"


class TestTsv(TestCsv):
    suffix = ".tsv"
    delimiter = "\t"


def titles(content: str, name: str = "news.csv") -> list[str]:
    return [title for title, _ in articles_of(read_bytes(content.encode(), name))]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_columns_are_named_as_fields_of_json_are(delimiter: str) -> None:
    names = ("العنوان", "النص", "المصدر", "التاريخ", "الرابط", "category", "views")
    row = ("خبر", "نص، وفاصلة; و\tجدولة", "واس", "2017-07-15", "https://x.example/1", "اقتصاد", "5")
    items = read_bytes(table([names, row], delimiter).encode(), "news.csv")
    assert items == [
        Remark(UNKNOWN_FIELD, "views"),
        Article("", row[0], row[1], ("واس",), "اقتصاد", None, row[4], row[3]),
    ]


def test_quoted_line_breaks_and_quotes_are_text() -> None:
    content = 'title,body\n"قال: ""نعم""","سطر\n\nآخر"\nثان,نص\n'
    assert articles_of(read_bytes(content.encode(), "x.csv")) == [('قال: "نعم"', "سطر\n\nآخر"), ("ثان", "نص")]


@pytest.mark.parametrize("quoted", [True, False])
def test_a_quote_that_is_never_closed_costs_its_row_alone(quoted: bool) -> None:
    broken = '"بلا نهاية,نص' if quoted else 'ثان,"نص'
    rest = "".join(f"عنوان {number},نص\n" for number in range(50))
    items = read_bytes(f"title,body\nأول,نص\n{broken}\n{rest}".encode(), "x.csv")
    found = [title for title, _ in articles_of(items)]
    assert found[0] == "أول" and found[-50:] == [f"عنوان {number}" for number in range(50)]
    assert len(found) == 52  # the quote was a letter


def test_a_quote_never_closed_in_a_row_of_other_length_is_named() -> None:
    items = read_bytes('title,body\nأول,نص\n"بلا نهاية\nثالث,نص\n'.encode(), "x.csv")
    assert [title for title, _ in articles_of(items)] == ["أول", "ثالث"]
    (skipped,) = skipped_of(items)
    assert (skipped.reason, skipped.location[-6:]) == (BROKEN_ROW, ".csv:3")


def test_rows_of_another_length_are_named() -> None:
    content = "id,title,body,source\n1,أول,نص,واس\n2,ثان,نص\n3,ثالث,نص,واس,زائد\nسطر\n4,رابع,نص,واس,,\n"
    items = read_bytes(content.encode(), "x.csv")
    assert [title for title, _ in articles_of(items)] == ["أول", "ثان", "رابع"]
    assert [(item.reason, item.location[-2:]) for item in skipped_of(items)] == [(LONG_ROW, ":4"), (SHORT_ROW, ":5")]
    assert [item.about for item in items if isinstance(item, Remark)] == [SHORTER_ROW]


def test_blank_rows_are_nothing() -> None:
    assert titles("title,body\n\n,\n , \nخبر,نص\n\n") == ["خبر"]


@pytest.mark.parametrize("content", ["أ,ب\nج,د\n", "2017,5\n", "نص عابر بلا فواصل\nآخر\n", ",,,\n", "\n"])
def test_a_table_whose_first_row_names_nothing_is_skipped_with_the_remedy(content: str) -> None:
    (skipped,) = skipped_of(read_bytes(content.encode(), "x.csv"))
    assert skipped.reason == NO_NAMES
    assert "name the columns title" in skipped.detail


def test_the_line_of_excel_that_tells_the_delimiter_is_no_row() -> None:
    assert titles("sep=;\ntitle;body\nخبر;نص\n") == ["خبر"]


def test_a_text_with_commas_is_no_table() -> None:
    (found,) = articles_of(read_bytes("أعلن الوزير, أمس, عن خطة\n\nنص, وفاصلة.".encode(), "news"))
    assert found[0] == "أعلن الوزير, أمس, عن خطة"
    (found,) = articles_of(read_bytes("نص, خبر\n\nفقرة.".encode(), "news.txt"))
    assert found[0] == "نص, خبر"


def test_one_row_in_windows_1256_among_utf8_is_read() -> None:
    content = "title,body\nأول,نص\n".encode() + "عاجل من الموصل,أعلن الوزير".encode("cp1256") + "\nثالث,نص".encode()
    assert [title for title, _ in articles_of(read_bytes(content, "x.csv"))] == ["أول", "عاجل من الموصل", "ثالث"]


def test_a_table_in_a_code_page_keeps_it_for_rows_too_short_to_tell() -> None:
    rows = [("title", "body"), *((each.title, each.body) for each in ARTICLES * 3), ("شو", "زق")]
    for encoding in ("cp1256", "iso8859_6", "cp720"):
        found = articles_of(read_bytes(table(rows).encode(encoding), "x.csv"))
        assert found == [(title, body) for title, body in rows[1:]]


@pytest.mark.parametrize("line", ['a","b\n', '"a\n', '""",\n', 'a"\n', '"\n'])
def test_what_is_read_again_behind_quotes_grows_as_the_file(line: str) -> None:
    def read(size: int) -> int:
        blocks = (line * (20_000 // len(line))).encode()
        given = 0

        def counted():  # type: ignore[no-untyped-def]
            nonlocal given
            yield b"title,body\n"
            for _ in range(size):
                given += 1
                yield blocks

        assert all(True for _ in read_delimited(Blob("x", counted())))
        return given

    assert read(4) == 4


def test_a_huge_cell_costs_its_row_alone() -> None:
    huge = '"' + ("س" * 1_000_000 + "\n") * (LARGEST_DOCUMENT // 1_000_000) + '"'
    items = read_bytes(f"title,body\nأول,نص\nكبير,{huge}\nثالث,نص\n".encode(), "x.csv")
    found = [title for title, _ in articles_of(items)]
    assert (found[0], found[-1], len(found)) == ("أول", "ثالث", 3)
    assert {item.reason for item in skipped_of(items)} == {SHORT_ROW, BROKEN_ROW}


@pytest.mark.parametrize("name", ["x.csv", "x"])
def test_a_name_of_a_column_may_have_line_breaks(name: str) -> None:
    items = read_bytes('id,"title\n","body"\n1,خبر,نص\n2,"خبر\nثان",نص\n'.encode(), name)
    assert articles_of(items) == [("خبر", "نص"), ("خبر\nثان", "نص")]
    assert not skipped_of(items)


@pytest.mark.parametrize("header", ['title,body,screen 5"', '"title,body', 'title,body,"views'])
def test_a_quote_among_the_names_that_is_never_closed_costs_no_row(header: str) -> None:
    items = read_bytes(f"{header}\nخبر,نص\nخبر,نص\n".encode(), "x.csv")
    assert [title for title, _ in articles_of(items)] == ["خبر"] * 2


def test_many_short_cells_in_windows_1256() -> None:
    """What parts them while they are decoded together is no sign of bytes that are no text."""
    head = "id,title,source,section,author,date,url,page,a,b,c,d"
    content = "\n".join([head, *(f"{n},خبر,الميناء,,,,,,,,," for n in range(3))]).encode("cp1256")
    items = read_bytes(content, "x.csv")
    assert not skipped_of(items)
    assert articles_of(items) == [("خبر", "")] * 3


def test_lines_that_end_by_carriage_returns_alone() -> None:
    content = 'id,title,body\r1,أول,نص\r2,ثان,"نص, آخر"\r'
    assert articles_of(read_bytes(content.encode(), "x.csv")) == [("أول", "نص"), ("ثان", "نص, آخر")]


@pytest.mark.parametrize("before", ["\n\n", "تقرير الأخبار,,\n", "تقرير\n,,\n\n", "تقرير\n" * 5])
def test_lines_before_the_names_are_passed_over(before: str) -> None:
    assert articles_of(read_bytes(f"{before}id,title,body\n1,خبر,نص\n".encode(), "x.csv")) == [("خبر", "نص")]


def test_a_table_whose_names_stand_further_down_is_named_with_its_first_line() -> None:
    (skipped,) = skipped_of(read_bytes(("تقرير\n" + "سطر\n" * 5 + "id,title,body\n1,خبر,نص\n").encode(), "x.csv"))
    assert (skipped.reason, skipped.detail.partition(":")[0]) == (NO_NAMES, "it has تقرير")
