"""PDF: the contract, the order of words and letters, and files that are meant to do harm."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pytest

from indexer.readers import pdf
from indexer.readers.contract import Blob
from indexer.readers.findings import DAMAGED, WITHOUT_TEXT
from indexer.readers.mirrored_signs import with_signs_mended
from indexer.readers.pdf import read_pdf
from indexer.readers.pdf_order import lines_in_order
from search.article import Article
from tests.contracts.reader import (
    NOT_IN_LINES,
    FileReaderContract,
    articles_of,
    as_lines,
    read_bytes,
    skipped_of,
    told_in_lines,
)

SIZE = 12


def document(
    pages: Sequence[Sequence[str]], *, title: str = "", pages_told: int | None = None, label: str = ""
) -> bytes:
    """A PDF whose lines are drawn letter by letter from the left, as they are written here."""
    letters = sorted({letter for page in pages for line in page for letter in line})
    codes = {letter: 33 + at for at, letter in enumerate(letters)}
    assert len(codes) < 200
    maps = "".join(f"<{code:02x}> <{ord(letter):04x}>\n" for letter, code in codes.items())
    codespace = "1 begincodespacerange <00> <ff> endcodespacerange"
    cmap = f"begincmap\n{codespace}\n{len(codes)} beginbfchar\n{maps}endbfchar\nendcmap"
    labels = b" /PageLabels << /Nums [0 << /S /D /St %b >>] >>" % label.encode() if label else b""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R%b >>" % labels,
        3: b"<< /Type /Font /Subtype /TrueType /BaseFont /Arial /FirstChar 0 /LastChar 255 /ToUnicode 4 0 R"
        b" /Widths [%b] >>" % (b"600 " * 256),
        4: b"<< /Length %d >>\nstream\n%b\nendstream" % (len(cmap), cmap.encode()),
        5: b"<< /Title <feff%b> >>" % title.encode("utf-16-be").hex().encode(),
    }
    kids = []
    for page in pages:
        at = len(objects) + 2
        rows = [(700 - 20 * row, "".join(f"{codes[letter]:02x}" for letter in line)) for row, line in enumerate(page)]
        drawn = "".join(f"BT /F1 {SIZE} Tf 1 0 0 1 50 {height} Tm <{line}> Tj ET\n" for height, line in rows)
        objects[at] = b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn.encode())
        objects[at + 1] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 800] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % at
        )
        kids.append(at + 1)
    told = len(kids) if pages_told is None else pages_told
    objects[2] = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), told)
    made = b"%PDF-1.4\n"
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = len(made)
        made += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    last = max(objects)
    table = b"".join(
        b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(last + 1)
    )
    start = len(made)
    made += b"xref\n0 %d\n%b" % (last + 1, table)
    return made + b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (last + 1, start)


_FROM_THE_LEFT = re.compile(
    r"(?=[\w '&-]*[A-Za-z])[A-Za-z0-9](?:[\w '&-]*[A-Za-z0-9])?"
    r"|[0-9](?:[0-9.,:/]*[0-9])?|[\u0660-\u0669\u066b\u066c]+",
    re.ASCII,
)


def visual(line: str) -> str:
    """A line of Arabic as it is drawn from the left: Latin words and numbers run from the left anyway, and brackets
    and quotation marks are mirrored."""
    if line.isascii():
        return line
    drawn = line[::-1].translate(str.maketrans("()[]«»", ")(][»«"))
    return _FROM_THE_LEFT.sub(lambda found: found[0][::-1], drawn)


class TestPdf(FileReaderContract):
    suffix = ".pdf"
    several = False
    lacks: Mapping[str, str] = {name: why for name, why in NOT_IN_LINES.items() if name != "page"}

    def written_bytes(self, articles: Sequence[Article]) -> bytes:
        (article,) = articles[:1]
        return document([[visual(line) for line in as_lines(article)]], label=article.page or "")

    def told(self, article: Article) -> Article:
        return super().told(told_in_lines(article))


def test_a_long_document_is_an_article_a_page() -> None:
    pages = [[visual("عنوان الصفحة"), visual("نص الصفحة")]] * (pdf._ONE_ARTICLE + 1)
    found = articles_of(read_bytes(document(pages, title="الجريدة"), "x.pdf"))
    assert len(found) == len(pages)
    assert found[0] == ("الجريدة (1)", "عنوان الصفحة\nنص الصفحة")
    assert articles_of(read_bytes(document(pages), "x.pdf"))[0] == ("عنوان الصفحة", "نص الصفحة")


def test_the_title_of_its_maker_counts_unless_it_is_a_file_name() -> None:
    page = [[visual("العنوان"), visual("نص طويل")]]
    assert articles_of(read_bytes(document(page, title="بيان"), "x.pdf")) == [("بيان", "العنوان\nنص طويل")]
    assert articles_of(read_bytes(document(page, title="a.doc"), "x.pdf")) == [("العنوان", "نص طويل")]


def test_pages_without_text_are_named() -> None:
    (skipped,) = skipped_of(read_bytes(document([[]]), "x.pdf"))
    assert skipped.reason == WITHOUT_TEXT.of("PDF") and "OCR" in skipped.detail


def test_damage_and_pages_that_are_not_there_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert skipped_of(read_bytes(b"%PDF-1.4\nnothing", "x.pdf"))[0].reason == DAMAGED.of("PDF")
    items = read_bytes(document([[visual("نص")]] * 3, pages_told=1_000_000), "x.pdf")
    assert len(items) < 100
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    items = list(read_pdf(Blob("x.pdf", iter([document([[visual("نص")]] * 30)]))))
    assert len(articles_of(items)) == 2
    assert "30" in skipped_of(items)[0].detail


def drawn(text: str, *, from_the_left: bool) -> list[str]:
    """The lines of a text whose letters stand as they are written, from the left or the right."""
    return lines_in_order(text, lambda at: edges(at if from_the_left else -at))


def edges(place: float) -> tuple[float, float]:
    return float(place), place + 1.0


def test_letters_and_words_that_were_drawn_from_the_left_are_put_in_order() -> None:
    line = "قال وزير الاقتصاد"
    assert drawn(visual(line), from_the_left=True) == [line]
    assert drawn(line, from_the_left=False) == [line]


def test_words_drawn_from_the_left_one_by_one_are_put_in_order() -> None:
    places = dict(enumerate([300, 290, 280, 0, 200, 210, 220]))  # the second from the left
    assert lines_in_order("قال ريز", lambda at: edges(places[at])) == ["قال زير"]


def test_numbers_and_latin_words_keep_their_order() -> None:
    assert drawn("2015 ماع Google News ةكرش", from_the_left=True) == ["شركة Google News عام 2015"]


@pytest.mark.parametrize(
    "line",
    [
        "ارتفعت في ربيع 2019، ثم هبطت عام 2020.",
        "سفينة «Coral Star»، التي ترفع علم بلد",
        "تقرير BBC News العربية 12/7/2017 (رويترز)",
        "بلغت 3,650 طنا و٤٥٫٦ في المئة",
        "درجة -5 تحت الصفر",
        "طائرة من طراز Be-200، كما قال",
    ],
)
def test_signs_beside_numbers_and_latin_words_stand_where_they_are_read(line: str) -> None:
    assert drawn(visual(line), from_the_left=True) == [line]


def test_quotation_marks_that_were_mirrored_twice_are_turned() -> None:
    lines = ["قال: »انتهت الأعمال« أمس", "وأضاف (عضو المجلس) ذلك"]
    assert with_signs_mended(lines) == ["قال: «انتهت الأعمال» أمس", lines[1]]
    assert with_signs_mended(["قال: «انتهت الأعمال« أمس"]) == ["قال: «انتهت الأعمال» أمس"]
    continued = ["انتهت الأعمال» كما قال", "وبدأ «موسم الحصاد"]
    assert with_signs_mended(continued) == continued


def test_marks_stay_behind_their_letters_wherever_they_are_drawn() -> None:
    above = dict(enumerate([200, 201, 202, 210]))  # above the letter
    assert lines_in_order("مَّع", lambda at: edges(above[at])) == ["عمَّ"]
    beside = dict(enumerate([200, 210, 195, 190]))  # at its left
    assert lines_in_order("دغًا", lambda at: edges(beside[at])) == ["غدًا"]


def test_forms_become_letters() -> None:
    assert lines_in_order("ﻭﺯﻳﺮ ﺍﻻﻗﺘﺼﺎﺩ", None) == ["وزير الاقتصاد"]


def test_lam_alef_that_was_drawn_from_the_left_is_put_in_order() -> None:
    written = "خالل االجتماع أعلن الرجال اإلصالح في العالم وقال المال"
    assert lines_in_order(written, None) == ["خلال الاجتماع أعلن الرجال الإصلاح في العالم وقال المال"]


def test_where_nothing_was_drawn_so_no_word_is_changed() -> None:
    assert lines_in_order("سال الماء خالل", None) == ["سال الماء خالل"]
