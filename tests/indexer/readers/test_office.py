"""DOCX and EPUB: the contract, what of a document is text, and parts that are too large or missing."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Mapping, Sequence

import pytest

from indexer.readers.bounds import LARGEST_DOCUMENT
from indexer.readers.findings import NO_CHAPTER, WITHOUT_TEXT
from search.article import Article
from tests.contracts.reader import (
    NOT_IN_LINES,
    FileReaderContract,
    articles_of,
    as_lines,
    read_bytes,
    skipped_of,
    told_in_lines,
    zipped,
)

TYPES = b"<Types/>"
BOOK = Article("", source=("الكتاب",), author="ليلى حسن", published="2017-07-15")


def docx(paragraphs: str) -> bytes:
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = f'<?xml version="1.0"?><w:document {namespace}><w:body>{paragraphs}</w:body></w:document>'
    return zipped({"[Content_Types].xml": TYPES, "word/document.xml": document.encode()})


def paragraph(text: str, style: str = "") -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}<w:r><w:t>{html.escape(text)}</w:t></w:r></w:p>"


def epub(chapters: Sequence[str], *, named: int | None = None, book: Article = BOOK) -> bytes:
    numbers = range(len(chapters) if named is None else named)
    references = "".join(f'<itemref idref="c{n}"/>' for n in numbers)
    items = "".join(f'<item id="c{n}" href="text/%D8%A3{n}.xhtml" media-type="x"/>' for n in numbers)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>{' + '.join(book.source)}</dc:title><dc:creator>{book.author or ''}</dc:creator>"
        f"<dc:date>{book.published or ''}</dc:date></metadata>"
        f"<manifest>{items}</manifest><spine>{references}</spine></package>"
    )
    container = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    return zipped(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": container.encode(),
            "OEBPS/book.opf": package.encode(),
            **{f"OEBPS/text/أ{n}.xhtml": chapter.encode() for n, chapter in enumerate(chapters)},
        }
    )


def chapter(title: str, *lines: str, page: str | None = None) -> str:
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    begins = f'<span epub:type="pagebreak" id="p{page}" title="{page}"/>' if page else ""
    head = '<html xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head>'
    return f"{head}<body>{begins}<h1>{html.escape(title)}</h1>{paragraphs}</body></html>"


class TestDocx(FileReaderContract):
    suffix = ".docx"
    several = False
    lacks = NOT_IN_LINES

    def written_bytes(self, articles: Sequence[Article]) -> bytes:
        (article,) = articles[:1]
        return docx("".join(map(paragraph, as_lines(article))))

    def told(self, article: Article) -> Article:
        return super().told(told_in_lines(article))


class TestEpub(FileReaderContract):
    suffix = ".epub"
    several = False  # in one file that is cut; and source, author and date are those of all chapters
    lacks: Mapping[str, str] = {
        "id": "an identifier is that of the book",
        "section": "it is the folder of the file, where there is one",
        "url": "a chapter has none",
    }

    def written_bytes(self, articles: Sequence[Article]) -> bytes:
        chapters = [chapter(each.title, *each.body.split("\n"), page=each.page) for each in articles]
        return epub(chapters, book=articles[0])


def test_a_paragraph_in_the_style_of_titles_is_the_title() -> None:
    content = docx(paragraph("وكالة الأنباء") + paragraph("العنوان", "Title") + paragraph("نص"))
    assert articles_of(read_bytes(content, "x.docx")) == [("العنوان", "وكالة الأنباء\nنص")]


def test_runs_tabs_breaks_and_tables_are_text_and_deletions_are_not() -> None:
    content = docx(
        paragraph("العنوان")
        + "<w:p><w:r><w:t>كل</w:t></w:r><w:r><w:t>مة</w:t><w:br/><w:t>سطر</w:t><w:tab/><w:t>ثان</w:t></w:r>"
        "<w:del><w:r><w:delText>محذوف</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        f"<w:tbl><w:tr><w:tc>{paragraph('خلية')}</w:tc></w:tr></w:tbl>"
    )
    assert articles_of(read_bytes(content, "x.docx")) == [("العنوان", "كلمة\nسطر ثان\nخلية")]


def test_a_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('في إطار')}</w:txbxContent>"
    fallback = f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    both = f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>{fallback}</mc:AlternateContent>"
    content = docx(paragraph("العنوان") + f"<w:p><w:r><w:t>نص</w:t>{both}</w:r></w:p>")
    assert articles_of(read_bytes(content, "x.docx")) == [("العنوان", "نص\nفي إطار")]


def test_a_document_without_text_is_skipped() -> None:
    assert skipped_of(read_bytes(docx("<w:p/>"), "x.docx"))[0].reason == WITHOUT_TEXT.of("document")
    assert skipped_of(read_bytes(epub([chapter("")]), "x.epub"))[0].reason == WITHOUT_TEXT.of("document")


def test_a_part_too_large_is_not_held() -> None:
    content = docx(paragraph("العنوان") + " " * LARGEST_DOCUMENT)
    assert [item.reason.sentence for item in skipped_of(read_bytes(content, "x.docx"))] == ["larger than 20 MB"]


def test_a_chapter_knows_its_book() -> None:
    (found,) = read_bytes(epub([chapter("الفصل", "نص")]), "x.epub")
    assert found == Article("", "الفصل", "نص", ("الكتاب",), author="ليلى حسن", published="2017-07-15")


def test_a_chapter_that_is_missing_costs_only_itself() -> None:
    items = read_bytes(epub([chapter("الفصل", "نص")], named=2), "x.epub")
    assert articles_of(items) == [("الفصل", "نص")]
    assert [item.reason for item in skipped_of(items)] == [NO_CHAPTER]


@pytest.mark.parametrize("suffix", [".xlsx", ".pptx", ".odt", ".jar"])
def test_other_documents_are_named_with_what_can_be_done(suffix: str) -> None:
    names = {".xlsx": "xl/workbook.xml", ".pptx": "ppt/presentation.xml", ".odt": "content.xml", ".jar": "a.class"}
    content = zipped({"mimetype" if suffix == ".odt" else "[Content_Types].xml": b"x", names[suffix]: b"<x/>"})
    (skipped,) = skipped_of(read_bytes(content, "x" + suffix))
    assert skipped.reason.sentence.startswith("no reader for")
    assert suffix == ".jar" or skipped.detail


def test_no_entity_of_a_document_is_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    document = f"{bomb}<w:document><w:p><w:t>نص &a; &f;</w:t></w:p></w:document>"
    content = zipped({"[Content_Types].xml": TYPES, "word/document.xml": document.encode()})
    ((title, _),) = articles_of(read_bytes(content, "x.docx"))
    assert "root" not in title and "ha" not in title


def test_a_table_of_contents_among_the_chapters_is_no_chapter() -> None:
    content = epub([chapter("الفهرس", "الأول"), chapter("الأول", "نص الفصل.")])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["OEBPS/book.opf"] = parts["OEBPS/book.opf"].replace(
        b'<item id="c0"', b'<item properties="scripted nav" id="c0"'
    )
    assert articles_of(read_bytes(zipped(parts), "x.epub")) == [("الأول", "نص الفصل.")]
