"""The bundled sample, written in every format, encoding and packing of the suite, is read as the same articles.

Compared is every field, as it would be stored. What a format cannot tell is in `lacks` of its class, with the reason.
"""

from __future__ import annotations

import io
import re
import tarfile
import unicodedata
from collections.abc import Callable, Container, Iterable, Sequence
from functools import cache

import pytest
from msgspec import structs

from search.article import Article
from tests.contracts.reader import (
    FIELDS,
    FileReaderContract,
    ReaderContract,
    cleaned,
    read_bytes,
    skipped_of,
    zipped,
)
from tests.indexer.readers import (
    test_agency_news,
    test_database,
    test_delimited,
    test_feeds,
    test_html_page,
    test_json_document,
    test_json_lines,
    test_mail,
    test_office,
    test_parquet,
    test_pdf,
    test_plain_text,
    test_tagged,
    test_tei,
    test_web_archives,
)
from tests.indexer.readers.test_packings import PACK
from tests.indexer.readers.test_seven_zip import sevenzipped
from tests.small_index import sample_articles

TEXTS: list[type[ReaderContract]] = [
    test_agency_news.TestNewsMl1,
    test_agency_news.TestNewsMlG2,
    test_agency_news.TestNinjs,
    test_agency_news.TestNinjs3,
    test_agency_news.TestNitf,
    test_delimited.TestCsv,
    test_delimited.TestCsvOfExcel,
    test_delimited.TestTsv,
    test_feeds.TestAtom,
    test_feeds.TestRdf,
    test_feeds.TestRss,
    test_feeds.TestRssWithoutAddresses,
    test_html_page.TestHtml,
    test_html_page.TestXhtml,
    test_json_document.TestIndentedList,
    test_json_document.TestList,
    test_json_document.TestObjectsOneAfterAnother,
    test_json_document.TestOneObject,
    test_json_lines.TestJsonLines,
    test_mail.TestMail,
    test_mail.TestMailbox,
    test_plain_text.TestPlainText,
    test_tagged.TestSgml,
    test_tagged.TestXml,
    test_tei.TestTei,
]
FORMATS: list[type[FileReaderContract]] = [
    *TEXTS,
    test_database.TestSqlite,
    test_office.TestDocx,
    test_office.TestEpub,
    test_parquet.TestParquet,
    test_pdf.TestPdf,
    test_web_archives.TestWarc,
]
#: Of which a file has one article, or says once for all of them who wrote them and when.
ONE = (test_office.TestDocx, test_office.TestEpub, test_pdf.TestPdf)
ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
    *("cp1256", "iso8859_6", "mac_arabic", "cp720", "cp864"),
)


@cache
def sample() -> list[Article]:
    """The articles of the sample, each with the page of a paper, and a byline that names a person."""
    return [
        structs.replace(each, page=str(number % 24 + 1), persons=(), agencies=(), places=())
        for number, each in enumerate(sample_articles())
    ]


def tarred(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return made.getvalue()


def plain(articles: Iterable[Article], lacks: Container[str]) -> list[Article]:
    """Articles without what formats differ in: blank lines and blanks around lines; ids that follow from the text."""
    return [
        structs.replace(
            each,
            id="" if "id" in lacks else each.id,
            body=re.sub(r"\s*\n\s*", "\n", each.body).strip(),
        )
        for each in cleaned(list(articles))
    ]


def assert_read(written: FileReaderContract, articles: Sequence[Article], content: bytes, name: str) -> None:
    """Asserts that a file has these articles, with all that its format can tell."""
    items = read_bytes(content, name)
    assert not skipped_of(items)
    found = [each for each in items if isinstance(each, Article)]
    told = [written.told(each) for each in articles]
    for read, expected in zip(plain(found, written.lacks), plain(told, written.lacks), strict=True):
        differing = [name for name in FIELDS if getattr(read, name) != getattr(expected, name)]
        assert not differing, (name, *((getattr(read, at), getattr(expected, at)) for at in differing))
        assert read == expected


def files_of(written: FileReaderContract, articles: Sequence[Article]) -> list[tuple[list[Article], bytes]]:
    """The files that these articles take, and the articles of each."""
    if written.several and not isinstance(written, ONE):
        return [(list(articles), written.written_bytes(articles))]
    return [([each], written.written_bytes([each])) for each in articles]


def named(class_: type[FileReaderContract]) -> str:
    return class_.__name__.removeprefix("Test")


@pytest.mark.parametrize("format", FORMATS, ids=named)
def test_the_sample_in_every_format(format: type[FileReaderContract]) -> None:
    written = format()
    articles = sample() if written.several else sample()[::8]
    for several, content in files_of(written, articles):
        assert_read(written, several, content, "news" + written.suffix)


def in_letters_of(encoding: str, article: Article) -> Article:
    """The article in letters that an encoding has: others as the nearest of ASCII, or not at all."""

    def text(written: str) -> str:
        return re.sub(" +", " ", "".join(_letter(letter, encoding) for letter in written))

    return structs.replace(
        article,
        title=text(article.title),
        body=text(article.body),
        source=tuple(map(text, article.source)),
        section=article.section and text(article.section),
        author=article.author and text(article.author),
    )


@cache
def _letter(letter: str, encoding: str) -> str:
    nearest = {"«": '"', "»": '"', "–": "-", "—": "-", "،": ",", "؛": ";", "؟": "?", "٪": "%", "…": "..."}
    for candidate in (letter, nearest.get(letter, ""), unicodedata.normalize("NFKD", letter)[:1]):
        try:
            encoded(candidate, encoding)
        except UnicodeEncodeError:
            continue
        return candidate
    return ""


def encoded(text: str, encoding: str) -> bytes:
    """The bytes of a text. What Python's code pages do not do as the systems did that wrote files in them:

    Mac Arabic has two bytes for spaces and signs, and markup consists of those of ASCII; code page 864 has the forms
    of letters, and its percent sign is the Arabic one.
    """
    if encoding == "mac_arabic":
        return b"".join(each.encode("ascii" if each.isascii() else encoding) for each in text)
    if encoding == "cp864":
        return "".join(_FORMS.get(each, each) for each in text).encode(encoding)
    return text.encode(encoding)


def _forms() -> dict[str, str]:
    """Letter → the form of it that code page 864 has."""
    forms: dict[str, str] = {}
    for byte in range(0x80, 0x100):
        form = bytes([byte]).decode("cp864", "ignore")
        letter = unicodedata.normalize("NFKC", form)
        if form and letter != form and len(letter) == 1 and not letter.isascii():
            forms.setdefault(letter, form)
    return forms


_FORMS = _forms()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("format", TEXTS, ids=named)
def test_the_sample_in_every_encoding(format: type[ReaderContract], encoding: str) -> None:
    written = format()
    articles = [in_letters_of(encoding, each) for each in sample()[:6:2]]
    for several, content in files_of(written, articles):
        assert_read(written, several, encoded(content.decode(), encoding), "news" + written.suffix)


Files = dict[str, bytes]
ARCHIVES: dict[str, Callable[[Files], bytes]] = {"zip": zipped, "7z": sevenzipped, "tar": tarred}


def packed(packings: str, files: Files) -> Files:
    """Files in these packings, the outermost first: an archive holds all of them, other packings one each."""
    for packing in reversed(packings.split()):
        if packing in ARCHIVES:
            files = {f"news.{packing}": ARCHIVES[packing](files)}
        else:
            files = {f"{name}.{packing}": PACK[packing](content) for name, content in files.items()}
    return files


@pytest.mark.parametrize(
    "packings",
    [
        *("gz", "bz2", "xz", "zst", "zip", "7z", "tar"),
        *("gz tar", "bz2 tar", "xz tar", "zst tar"),
        *("zip 7z tar", "7z zip gz", "gz tar zip", "zst xz bz2 gz", "tar zst tar 7z"),
    ],
)
def test_every_format_in_every_packing(packings: str) -> None:
    files, told = {}, list[Article]()
    for number, format in enumerate(FORMATS, start=100):
        written = format()
        for several, content in files_of(written, sample()[:1]):
            files[f"{number}{written.suffix}"] = content
            told += plain(map(written.told, several), written.lacks)
    items = [item for name, content in packed(packings, files).items() for item in read_bytes(content, name)]
    assert not skipped_of(items)
    found = [each for each in items if isinstance(each, Article)]
    lacking = [format.lacks for format in FORMATS]
    assert [plain([each], lacks)[0] for each, lacks in zip(found, lacking, strict=True)] == told


def test_each_format_says_why_it_lacks_a_field() -> None:
    for format in FORMATS:
        assert set(format.lacks) <= set(FIELDS) - {"title", "body", "published"}, format
        assert all(len(why.split()) > 3 for why in format.lacks.values()), format
