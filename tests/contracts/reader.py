"""The suite that every reader inherits: each sentence of `indexer/readers/contract.py`.

    from tests.contracts.reader import ReaderContract


    class TestJsonLines(ReaderContract):
        suffix = ".jsonl"

        def written(self, articles): ...

Readers are reached as the indexer reaches them, by the name and the bytes of a file, so the registry is tested as well.
"""

from __future__ import annotations

import codecs
import gzip
import io
import tracemalloc
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from msgspec import structs

from indexer.cleaning.clean import Cleaned, clean
from indexer.readers.bounds import DEEPEST, LARGEST_DOCUMENT
from indexer.readers.contract import Blob, Item, Remark, Skipped
from indexer.readers.findings import READER_FAILED
from indexer.readers.registry import read_blob
from indexer.sources import Sources
from search.article import Article
from tests.examples import examples

# Every reader's test class is an executor of its own, by design.
FEW = examples(25, suppress_health_check=[HealthCheck.differing_executors])
SENTENCES = (
    "افتتحت البلدية حديقة جديدة قرب النهر",
    "أعلن المجلس موعد الجلسة المقبلة",
    "فاز الفريق في المباراة الأخيرة بثلاثة أهداف",
    "انخفضت أسعار القمح في السوق المحلية",
)
ARTICLES = tuple(
    Article(id="", title=title, body=f"{title} صباح أمس.\nوحضر الحفل عدد من السكان.") for title in SENTENCES
)
#: The fields that a file may tell of an article, and the same two articles with all of them.
FIELDS = ("id", "title", "body", "source", "section", "author", "url", "published", "page")
WHOLE = tuple(
    structs.replace(
        article,
        id=f"اقتصاد-{number}",
        source=("جريدة الصباح",),
        section="اقتصاد",
        author="ليلى حسن",
        url=f"https://x.example/news/{number}",
        published=f"2017-07-15T1{number}:20:30+03:00",
        page=f"{number}",
    )
    for number, article in enumerate(ARTICLES[:2], start=4)
)


def read_bytes(content: bytes, name: str) -> list[Item]:
    """What the readers make of a file of this name."""
    with TemporaryDirectory() as place:
        path = Path(place) / name
        path.write_bytes(content)
        items = list(Sources([path]).items())
    assert READER_FAILED not in {item.reason for item in items if isinstance(item, Skipped)}
    return items


def articles_of(items: Sequence[Item]) -> list[tuple[str, str]]:
    """Title and body of the articles among these items."""
    return [(item.title, item.body) for item in items if isinstance(item, Article)]


def skipped_of(items: Sequence[Item]) -> list[Skipped]:
    """What was skipped among these items."""
    return [item for item in items if isinstance(item, Skipped)]


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def cleaned(articles: Sequence[Item]) -> list[Article]:
    """The articles among these items as they would be stored."""
    found = [clean(each, lambda *_: None) for each in articles if isinstance(each, Article)]
    assert all(isinstance(each, Cleaned) for each in found), found
    return [each.article for each in found if isinstance(each, Cleaned)]


def named(article: Article) -> dict[str, str]:
    """The values of an article by the names that files give them, without those that it has not."""
    values = {name: getattr(article, name) for name in FIELDS} | {"source": " + ".join(article.source)}
    return {"date" if name == "published" else name: value for name, value in values.items() if value}


def as_lines(article: Article) -> list[str]:
    """The lines of an article in a text: the title, what says when and by whom, the body, the sources."""
    said = [article.title, *_said_in_body(article), *article.body.split("\n")]
    return [*said, f"المصدر: {' + '.join(article.source)}"] if article.source else said


def told_in_lines(article: Article) -> Article:
    """The article as it is read from such lines: those that say when and by whom stay in the body."""
    return structs.replace(article, body="\n".join([*_said_in_body(article), article.body]))


def _said_in_body(article: Article) -> list[str]:
    return [*filter(None, [article.published]), *byline(article)]


def byline(article: Article) -> list[str]:
    """The line of a text that says who wrote it, where that is known."""
    return [f"بقلم: {article.author}"] if article.author else []


#: What no text can tell that has no names for its fields.
NOT_IN_LINES: Mapping[str, str] = {
    "id": "no line of a text is known to be an identifier",
    "section": "it is the folder of the file, where there is one",
    "url": "an address in a text may be any address",
    "page": "a number on a line of its own may be any number",
}


class FileReaderContract:
    """What holds of files of any format, be they text or not. Give a suffix and how articles are written.

    lacks: the fields that no file of the format can tell, each with the reason. All others must be written and read.
    """

    suffix: str
    several = True  # whether one file can hold several articles
    lacks: Mapping[str, str] = {}

    def written_bytes(self, articles: Sequence[Article]) -> bytes:
        """A file of this format with these articles, with every field that it can tell."""
        raise NotImplementedError

    def told(self, article: Article) -> Article:
        """The article as a file of this format tells it: without what the format lacks."""
        empty = Article("")
        return structs.replace(article, **{name: getattr(empty, name) for name in self.lacks})

    def test_every_field_that_the_format_can_tell_is_read(self) -> None:
        articles = WHOLE if self.several else WHOLE[:1]
        found = cleaned(self.read(self.written_bytes(articles)))
        assert found == cleaned([self.told(each) for each in articles])
        assert set(self.lacks) <= set(FIELDS) - {"body"}

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles that a test writes to one file."""
        return ARTICLES if self.several else ARTICLES[:1]

    @property
    def content(self) -> bytes:
        """That file."""
        return self.written_bytes(self.articles)

    @property
    def expected(self) -> list[tuple[str, str]]:
        """What must come out of it."""
        return articles_of(self.articles)

    def read(self, content: bytes, name: str = "news") -> list[Item]:
        return read_bytes(content, name + self.suffix)

    def test_articles_come_in_the_order_of_the_file(self) -> None:
        items = self.read(self.content)
        assert articles_of(items) == self.expected
        assert not skipped_of(items)

    def test_upper_case_suffix_is_the_same(self) -> None:
        assert articles_of(read_bytes(self.content, "NEWS" + self.suffix.upper())) == self.expected

    def test_without_a_suffix_the_reader_is_chosen_by_the_content(self) -> None:
        assert articles_of(read_bytes(self.content, "news")) == self.expected

    @pytest.mark.parametrize("wrap", ["gz", "gz.gz", "zip", "zip of zip", "zip of gz", "gz of zip", "two members"])
    def test_packed_is_the_same(self, wrap: str) -> None:
        inner = "news" + self.suffix
        content = self.content
        packed = {
            "gz": (gzip.compress(content), inner + ".gz"),
            "gz.gz": (gzip.compress(gzip.compress(content)), inner + ".gz.gz"),
            "zip": (zipped({inner: content}), "news.zip"),
            "zip of zip": (zipped({"a.zip": zipped({inner: content})}), "news.zip"),
            "zip of gz": (zipped({inner + ".gz": gzip.compress(content)}), "news.zip"),
            "gz of zip": (gzip.compress(zipped({inner: content})), "news.zip.gz"),
            "two members": (gzip.compress(content[:50]) + gzip.compress(content[50:]), inner + ".gz"),
        }[wrap]
        items = read_bytes(*packed)
        assert articles_of(items) == self.expected
        assert not skipped_of(items)

    def test_gzip_is_known_by_its_content(self) -> None:
        assert articles_of(self.read(gzip.compress(self.content))) == self.expected

    def test_nothing_within_is_reported(self) -> None:
        items = self.read(b"")
        assert [item.reason.sentence for item in skipped_of(items)] == ["an empty file"]
        assert len(items) == 1

    def test_the_place_of_what_is_skipped_names_the_file(self) -> None:
        items = read_bytes(zipped({f"صور/x{self.suffix}": bytes(range(256))}), "archive.zip")
        assert skipped_of(items)
        assert all(f"archive.zip/صور/x{self.suffix}" in item.location for item in skipped_of(items))

    @FEW
    @given(content=st.binary(max_size=300))
    def test_any_bytes_give_items(self, content: bytes) -> None:
        for item in self.read(content):
            assert isinstance(item, Article | Skipped | Remark)

    @FEW
    @given(data=st.data())
    def test_damage_anywhere_never_raises(self, data: st.DataObject) -> None:
        content = bytearray(self.content)
        for _ in range(data.draw(st.integers(1, 4))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        assert self.read(bytes(content))

    @FEW
    @given(data=st.data())
    def test_a_damaged_gzip_never_raises(self, data: st.DataObject) -> None:
        content = bytearray(gzip.compress(self.content, mtime=0))
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
        assert read_bytes(bytes(content), f"news{self.suffix}.gz")

    def test_of_a_truncated_gzip_what_stands_before_the_cut_is_kept(self) -> None:
        packed = gzip.compress(self.written_bytes(self.articles * (200 if self.several else 1)))
        items = read_bytes(packed[: len(packed) * 3 // 4], f"news{self.suffix}.gz")
        assert [item.reason.sentence for item in skipped_of(items)] == ["truncated gzip"]
        if self.several:
            found = articles_of(items)
            assert len(found) > len(self.articles)
            assert found == (self.expected * 200)[: len(found)]

    def test_files_packed_within_one_another_without_end_are_skipped(self) -> None:
        content = self.content
        for _ in range(DEEPEST + 1):
            content = gzip.compress(content)
        items = read_bytes(content, "news.gz")
        assert not articles_of(items)
        assert skipped_of(items)[0].reason.sentence == f"more than {DEEPEST} files within one another"


class ReaderContract(FileReaderContract):
    """What holds of files that are text as well: they may be in any encoding.

    nested: whether there are objects in the object of an article, which are looked at where it is too large.
    """

    nested = False

    def written(self, articles: Sequence[Article]) -> str:
        """A file of this format with these articles."""
        raise NotImplementedError

    def written_bytes(self, articles: Sequence[Article]) -> bytes:
        return self.written(articles).encode()

    @pytest.mark.parametrize(
        ("mark", "encoding"),
        [
            (codecs.BOM_UTF8, "utf-8"),
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
            (b"", "cp1256"),
        ],
    )
    def test_other_encodings_are_recognised(self, mark: bytes, encoding: str) -> None:
        items = self.read(mark + self.content.decode().encode(encoding))
        assert articles_of(items) == self.expected
        assert not skipped_of(items)

    def test_windows_line_ends_are_the_same(self) -> None:
        found = articles_of(self.read(self.content.replace(b"\n", b"\r\n")))
        assert [(title, body.replace("\r", "")) for title, body in found] == self.expected

    def test_bytes_that_are_no_text_are_skipped_with_the_reason(self) -> None:
        items = self.read(bytes(range(256)) * 20)
        assert not articles_of(items)
        assert "bytes that are no text" in {item.reason.sentence for item in skipped_of(items)}

    def test_what_is_too_large_is_skipped_without_being_held(self) -> None:
        def blocks() -> Iterator[bytes]:
            head, tail = self.written([Article("", title=SENTENCES[0], body="@")]).encode().split(b"@")
            yield head
            for _ in range(4 * LARGEST_DOCUMENT // 60_000):
                yield b"x" * 60_000
            yield tail

        tracemalloc.start()
        try:
            items = list(read_blob(Blob("news" + self.suffix, blocks())))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        reasons = [item.reason.sentence for item in skipped_of(items)]
        assert reasons[: 1 if self.nested else None] == [f"larger than {LARGEST_DOCUMENT // 1_000_000} MB"]
        assert not articles_of(items)
        assert peak < 2.5 * LARGEST_DOCUMENT
