"""NITF, NewsML and ninjs: the contract, and what of an item becomes which field."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence

from indexer.readers.findings import WITHOUT_TEXT
from search.article import Article
from tests.contracts.reader import ReaderContract, articles_of, read_bytes, skipped_of


def paragraphs(article: Article) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in article.body.split("\n"))


class TestNitf(ReaderContract):
    suffix = ".nitf.xml"
    several = False

    def written(self, articles: Sequence[Article]) -> str:
        (article,) = articles[:1]
        head = f"<body.head><hedline><hl1>{html.escape(article.title)}</hl1></hedline></body.head>"
        body = f"<body>{head}<body.content>{paragraphs(article)}</body.content></body>"
        return f'<?xml version="1.0"?>\n<nitf>{body}</nitf>\n'


class TestNewsMlG2(ReaderContract):
    suffix = ".xml"

    def written(self, articles: Sequence[Article]) -> str:
        page = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{}</body></html>'
        items = "".join(
            f"<newsItem><contentMeta><headline>{html.escape(each.title)}</headline></contentMeta><contentSet>"
            f"<inlineXML>{page.format(paragraphs(each))}</inlineXML></contentSet></newsItem>\n"
            for each in articles
        )
        root = '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">'
        return f'<?xml version="1.0"?>\n{root}<itemSet>{items}</itemSet></newsMessage>\n'


class TestNinjs(ReaderContract):
    suffix = ".json"

    def written(self, articles: Sequence[Article]) -> str:
        rows = [{"type": "text", "headline": each.title, "body_text": each.body} for each in articles]
        return json.dumps(rows, ensure_ascii=False)


def article(text: str, name: str = "x.xml") -> Article:
    (found,) = (item for item in read_bytes(text.encode(), name) if isinstance(item, Article))
    return found


def test_nitf() -> None:
    found = article(
        '<nitf><head><title>عنوان الملف</title><tobject><tobject.subject tobject.subject.type="اقتصاد"/></tobject>'
        '<docdata><doc-id id-string="nitf-17"/><date.issue norm="20170715T102030Z"/></docdata>'
        '<pubdata name="جريدة الصباح" date.publication="20170716"/></head><body><body.head>'
        "<hedline><hl1>العنوان</hl1><hl2>عنوان ثان</hl2></hedline><byline>بقلم <person>ليلى حسن</person></byline>"
        "<dateline><location>دمشق</location></dateline></body.head>"
        "<body.content><p>فقرة <em>أولى</em></p><media><media-caption>صورة</media-caption></media><p>ثانية</p>"
        "</body.content><body.end><tagline>انتهى</tagline></body.end></body></nitf>"
    )
    assert found == Article(
        "nitf-17",
        title="العنوان",
        body="دمشق\nفقرة أولى\nثانية",
        source=("جريدة الصباح",),
        section="اقتصاد",
        author="بقلم ليلى حسن",
        published="20170715T102030Z",
    )


def test_newsml_g2() -> None:
    found = article(
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="tag:afp.com:17"><itemMeta>'
        '<provider qcode="nprov:AFP"><name>أ ف ب</name></provider><versionCreated>2017-07-16T00:00:00Z</versionCreated>'
        "</itemMeta><contentMeta><contentCreated>2017-07-15T10:20:30+03:00</contentCreated><headline>العنوان</headline>"
        "<by>ليلى حسن</by><dateline>دمشق</dateline><subject><name>اقتصاد</name></subject></contentMeta>"
        '<contentSet><inlineData contenttype="text/plain">دمشق (أ ف ب) - نص\nسطر</inlineData></contentSet></newsItem>'
    )
    assert (found.id, found.title, found.source) == ("tag:afp.com:17", "العنوان", ("أ ف ب",))
    assert (found.author, found.section, found.published) == ("ليلى حسن", "اقتصاد", "2017-07-15T10:20:30+03:00")
    assert found.body == "دمشق (أ ف ب) - نص\nسطر"


def test_newsml_1() -> None:
    found = article(
        "<NewsML><NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:17</PublicIdentifier></NewsIdentifier>"
        "</Identification><NewsManagement><FirstCreated>20170715T102030Z</FirstCreated></NewsManagement><NewsComponent>"
        '<AdministrativeMetadata><Provider><Party FormalName="واس"/></Provider></AdministrativeMetadata>'
        "<NewsLines><HeadLine>العنوان</HeadLine><ByLine>ليلى</ByLine></NewsLines><ContentItem><DataContent><nitf><body>"
        "<body.content><p>أ</p><p>ب</p></body.content></body></nitf></DataContent></ContentItem></NewsComponent>"
        "</NewsItem></NewsML>"
    )
    assert (found.id, found.title, found.author, found.source) == ("urn:17", "العنوان", "ليلى", ("واس",))
    assert (found.body, found.published) == ("أ\nب", "20170715T102030Z")


def test_an_item_of_pictures_is_named() -> None:
    content = b'<?xml version="1.0"?><newsItem><contentSet><remoteContent href="x.jpg"/></contentSet></newsItem>'
    assert skipped_of(read_bytes(content, "x.xml"))[0].reason == WITHOUT_TEXT.of("file of an agency")


def test_ninjs() -> None:
    row = {
        "uri": "https://x.example/17",
        "headline": "العنوان",
        "byline": "ليلى",
        "versioncreated": "2017-07-15T10:20:30Z",
        "bodies": [{"role": "main", "contenttype": "text/html", "value": "<p>نص</p>"}],
    }
    found = article(json.dumps(row), "x.json")
    assert (found.url, found.title, found.author) == ("https://x.example/17", "العنوان", "ليلى")
    assert (found.body, found.published) == ("<p>نص</p>", "2017-07-15T10:20:30Z")  # markup goes when it is cleaned


def test_no_entity_is_expanded() -> None:
    bomb = '<!DOCTYPE nitf [<!ENTITY a "ha"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    text = f"{bomb}<nitf><body.content><p>نص &a; &f;</p></body.content></nitf>"
    ((_, body),) = articles_of(read_bytes(text.encode(), "x.xml"))
    assert "root" not in body and "ha" not in body
