"""Corpora in SGML and XML: the contract, which elements are articles, and what may be broken."""

from __future__ import annotations

import html
from collections.abc import Sequence

import pytest

from indexer.readers.bounds import LARGEST_DOCUMENT
from indexer.readers.contract import Blob
from indexer.readers.findings import NO_RECORD
from indexer.readers.registry import read_blob
from indexer.readers.tagged import record_name
from search.article import Article
from tests.contracts.reader import ARTICLES, ReaderContract, articles_of, named, read_bytes, skipped_of


class TestXml(ReaderContract):
    suffix = ".xml"

    def written(self, articles: Sequence[Article]) -> str:
        items = (
            "".join(f"<{name}>{html.escape(value)}</{name}>" for name, value in named(each).items())
            for each in articles
        )
        inner = "".join(f"<article>{item}</article>\n" for item in items)
        return f'<?xml version="1.0"?>\n<articles>{inner}</articles>\n'


class TestSgml(ReaderContract):
    suffix = ".sgml"

    def written(self, articles: Sequence[Article]) -> str:
        return "".join(f"<DOC>\n{self._fields(each)}</DOC>\n" for each in articles)

    def _fields(self, article: Article) -> str:
        names = {"id": "DOCNO", "title": "HEADLINE", "body": "TEXT"}
        made = ""
        for name, value in named(article).items():
            tag = names.get(name, name.upper())
            lines = (f"<P>\n{html.escape(line)}\n</P>" for line in value.split("\n"))
            made += f"<{tag}>\n{chr(10).join(lines) if name == 'body' else html.escape(value)}\n</{tag}>\n"
        return made


def articles(text: str, name: str = "x.xml") -> list[Article]:
    return [item for item in read_bytes(text.encode(), name) if isinstance(item, Article)]


def test_gigaword_tells_the_day_in_the_id_and_the_place_in_the_dateline() -> None:
    (found,) = articles(
        '<DOC id="AFP_ARB_20000715.0001" type="story" >\n<HEADLINE>\nقمة عربية\n</HEADLINE>\n'
        "<DATELINE>\nالقاهرة 15-7 (اف ب)\n</DATELINE>\n"
        "<TEXT>\n<P>\nفقرة أولى\n</P>\n<P>\nثانية &amp; أخيرة\n</P>\n</TEXT>\n</DOC>",
        "afp_arb_200007",
    )
    assert (found.id, found.title, found.published) == ("AFP_ARB_20000715.0001", "قمة عربية", "20000715")
    assert found.body == "القاهرة 15-7 (اف ب)\nفقرة أولى\nثانية & أخيرة"


def test_trec_has_its_number_and_text_of_its_own() -> None:
    text = "<DOC>\n<DOCNO> A-1 </DOCNO>\n<TITLE>عنوان</TITLE>\nنص بلا علامة\n</DOC>\n"
    text += "<DOC>\n<DOCNO>A-2</DOCNO>\nنص\n</DOC>\n"
    assert [(each.id, each.title, each.body) for each in articles(text)] == [
        ("A-1", "عنوان", "نص بلا علامة"),
        ("A-2", "", "نص"),
    ]


def test_a_corpus_whose_records_are_named_after_papers() -> None:
    text = '<?xml version="1.0" encoding="windows-1256"?>' + "".join(
        f"<Alittihad_{n}>\n<ID>ITD_{n}</ID>\n<URL>https://x.example/{n}</URL>\n<Headline>شو {n}</Headline>\n"
        f"<Dateline>2008-03-0{n}</Dateline>\n<Text>زق & {n} < 5</Text>\n</Alittihad_{n}>\n"
        for n in (1, 2)
    )
    found = [item for item in read_bytes(text.encode("cp1256"), "x.xml") if isinstance(item, Article)]
    assert found[0] == Article(
        "ITD_1", title="شو 1", body="زق & 1 < 5", url="https://x.example/1", published="2008-03-01"
    )
    assert [each.title for each in found] == ["شو 1", "شو 2"]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<news><title>الجريدة</title><item><title>أ</title><body>ب</body></item><item><title>أ</title>", "item"),
        ("<articles><article><title>أ</title><text>ب</text></article>", "article"),
        ("<DOC><DOCNO>1</DOCNO><TEXT>نص</TEXT></DOC>", "doc"),
        ("<a><b>c</b></a>", None),
        ("<title>عنوان</title>", None),
        ("", None),
    ],
)
def test_the_element_that_holds_fields_is_the_article(head: str, name: str | None) -> None:
    assert record_name(head) == name


@pytest.mark.parametrize(
    "broken",
    [
        "<doc><title>بلا نهاية<text>نص</text></doc>",
        "<doc><title>ثان</title><text>نص بلا نهاية</doc>",
        "<doc><title>ثان</title><text>نص</text>",
        "<doc><title>ثان</title><text>نص</b></text></doc>",
        "<doc><title>ثان</title><text>a < b & c > d <![CDATA[<x>]]></text></doc>",
        "</doc><doc>",
    ],
)
def test_what_is_broken_costs_its_own_record_at_most(broken: str) -> None:
    whole = "<doc><title>{}</title><text>نص</text></doc>\n"
    found = articles(f"<docs>{whole.format('أول')}{broken}{whole.format('ثالث')}</docs>")
    assert (found[0].title, found[-1].title) == ("أول", "ثالث")
    assert (found[0].body, found[-1].body) == ("نص", "نص")


def test_xml_without_articles_is_skipped_with_the_remedy() -> None:
    (skipped,) = skipped_of(read_bytes(b'<?xml version="1.0"?><a><b>c</b></a>', "x.xml"))
    assert skipped.reason == NO_RECORD and "title" in skipped.detail


def test_no_entity_is_expanded() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    ((title, body),) = articles_of(
        read_bytes(
            f'<?xml version="1.0"?>{bomb}<docs><doc><title>&a;</title><text>&f;</text></doc></docs>'.encode(), "x.xml"
        )
    )
    assert (title, body) == ("&a;", "&f;")


@pytest.mark.parametrize("piece", ["<", "<a ", "<a x=", "<!--", "<title>", "</title>", "<doc>", "&#1;", '<doc a="'])
def test_pieces_of_tags_repeated_are_read_in_reasonable_time(piece: str) -> None:
    start = "<docs><doc><title>أ</title><text>ب</text></doc>"
    assert read_bytes(f"{start}<doc><title>ج</title>{piece * 30_000}".encode(), "x.xml")


def test_a_record_too_large_costs_only_itself() -> None:
    def blocks():  # type: ignore[no-untyped-def]
        yield "<docs><doc><title>أول</title><text>نص</text></doc><doc><title>كبير</title><text>".encode()
        for _ in range(2 * LARGEST_DOCUMENT // 50_000):
            yield b"x" * 50_000
        yield "</text></doc><doc><title>ثالث</title><text>نص</text></doc></docs>".encode()

    items = list(read_blob(Blob("x.xml", blocks())))
    assert articles_of(items) == [("أول", "نص"), ("ثالث", "نص")]
    assert [item.reason.sentence for item in skipped_of(items)] == ["larger than 20 MB"]


def test_a_corpus_is_read_as_it_comes() -> None:
    record = f"<doc><title>{ARTICLES[0].title}</title><text>{'س' * 3000}</text></doc>".encode()
    given = 0

    def blocks():  # type: ignore[no-untyped-def]
        nonlocal given
        yield b"<docs>"
        for _ in range(50):
            given += 1
            yield record * 50

    items = iter(read_blob(Blob("x.xml", blocks())))
    next(items)
    assert given < 5


def test_names_have_the_prefix_of_a_namespace() -> None:
    record = "<n:item><n:Title>خبر</n:Title><n:Content><![CDATA[نص]]></n:Content><o:lang>ar</o:lang></n:item>"
    items = read_bytes(f"<n:root xmlns:n='urn:n'>{record}{record}</n:root>".encode(), "x.xml")
    assert articles_of(items) == [("خبر", "نص")] * 2
