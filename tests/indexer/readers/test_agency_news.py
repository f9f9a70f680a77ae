"""NITF, NewsML and ninjs: the contract, and what of an item becomes which field."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence

from msgspec import structs

from indexer.readers.findings import WITHOUT_TEXT
from search.article import Article
from tests.contracts.reader import ReaderContract, articles_of, named, read_bytes, skipped_of


def paragraphs(article: Article) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in article.body.split("\n"))


NO_PLACE = "the standard has no place for it"


def filled(written: str, told: Mapping[str, str]) -> str:
    """What is written with the one value that it names; "" where an article has no such value."""
    name = written.partition("{")[2].partition("}")[0]
    return written.format_map(told) if name in told else ""


class TestNitf(ReaderContract):
    suffix = ".nitf.xml"
    several = False

    def written(self, articles: Sequence[Article]) -> str:
        (article,) = articles[:1]
        told = {name: html.escape(value) for name, value in named(article).items()}
        byline = filled("<byline>{author}</byline>", told)
        head = f"<body.head><hedline><hl1>{told['title']}</hl1></hedline>{byline}</body.head>"
        docdata = filled('<doc-id id-string="{id}"/>', told) + filled('<date.issue norm="{date}"/>', told)
        pubdata = "".join(
            filled(attribute, told)
            for attribute in (
                ' name="{source}"',
                ' position.section="{section}"',
                ' position.sequence="{page}"',
                ' ex-ref="{url}"',
            )
        )
        file_head = f"<head><docdata>{docdata}</docdata><pubdata{pubdata}/></head>"
        body = f"<body>{head}<body.content>{paragraphs(article)}</body.content></body>"
        return f'<?xml version="1.0"?>\n<nitf>{file_head}{body}</nitf>\n'


class TestNewsMlG2(ReaderContract):
    suffix = ".xml"
    lacks: Mapping[str, str] = {
        "url": "an item is named by its guid; its links lead to other items and to renditions",
        "page": NO_PLACE,
    }

    def written(self, articles: Sequence[Article]) -> str:
        items = "".join(map(self._item, articles))
        root = '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">'
        return f'<?xml version="1.0"?>\n{root}<itemSet>{items}</itemSet></newsMessage>\n'

    def _item(self, article: Article) -> str:
        told = {name: html.escape(value) for name, value in named(article).items()}
        meta = "".join(
            filled(element, told)
            for element in (
                "<contentCreated>{date}</contentCreated>",
                "<by>{author}</by>",
                "<subject><name>{section}</name></subject>",
                "<headline>{title}</headline>",
            )
        )
        provider = filled("<itemMeta><provider><name>{source}</name></provider></itemMeta>", told)
        page = f"<head><title>x</title></head><body>{paragraphs(article)}</body>"
        inline = f'<inlineXML><html xmlns="http://www.w3.org/1999/xhtml">{page}</html></inlineXML>'
        guid = filled(' guid="{id}"', told)
        content = f"<contentMeta>{meta}</contentMeta><contentSet>{inline}</contentSet>"
        return f"<newsItem{guid}>{provider}{content}</newsItem>\n"


class TestNewsMl1(ReaderContract):
    suffix = ".xml"
    lacks: Mapping[str, str] = {"url": "an item is named by its identifier", "page": NO_PLACE}

    def written(self, articles: Sequence[Article]) -> str:
        items = "".join(map(self._item, articles))
        return f'<?xml version="1.0"?>\n<NewsML><NewsEnvelope/>{items}</NewsML>\n'

    def _item(self, article: Article) -> str:
        told = {name: html.escape(value) for name, value in named(article).items()}
        identifier = filled("<NewsIdentifier><PublicIdentifier>{id}</PublicIdentifier></NewsIdentifier>", told)
        managed = filled("<NewsManagement><FirstCreated>{date}</FirstCreated></NewsManagement>", told)
        provider = filled('<Provider><Party FormalName="{source}"/></Provider>', told)
        subject = filled('<SubjectCode><Subject FormalName="{section}"/></SubjectCode>', told)
        lines = f"<HeadLine>{told['title']}</HeadLine>" + filled("<ByLine>{author}</ByLine>", told)
        text = f"<nitf><body><body.content>{paragraphs(article)}</body.content></body></nitf>"
        component = (
            f"<NewsLines>{lines}</NewsLines><AdministrativeMetadata>{provider}</AdministrativeMetadata>"
            f"<DescriptiveMetadata>{subject}</DescriptiveMetadata>"
            f"<ContentItem><DataContent>{text}</DataContent></ContentItem>"
        )
        identification = f"<Identification>{identifier}</Identification>"
        return f"<NewsItem>{identification}{managed}<NewsComponent>{component}</NewsComponent></NewsItem>\n"


class TestNinjs(ReaderContract):
    suffix = ".json"
    lacks: Mapping[str, str] = {
        "id": "the uri names an item, and is an address here",
        "page": NO_PLACE,
    }

    def written(self, articles: Sequence[Article]) -> str:
        return json.dumps([self._item(each) for each in articles], ensure_ascii=False)

    def _item(self, article: Article) -> dict[str, object]:
        told = named(article)
        names = {"url": "uri", "title": "headline", "body": "body_text", "author": "byline", "date": "versioncreated"}
        item: dict[str, object] = {"type": "text"} | {names[name]: told[name] for name in names if name in told}
        item |= {"infosource": [{"name": told["source"]}]} if "source" in told else {}
        return item | ({"subject": [{"name": told["section"], "rel": "about"}]} if "section" in told else {})


class TestNinjs3(ReaderContract):
    suffix = ".json"
    nested = True
    lacks: Mapping[str, str] = {
        "page": NO_PLACE,
        "url": "the uri names an item, and is no address here",
    }

    def written(self, articles: Sequence[Article]) -> str:
        return json.dumps([self._item(each) for each in articles], ensure_ascii=False)

    def _item(self, article: Article) -> dict[str, object]:
        told = named(article)
        item: dict[str, object] = {
            "headlines": [{"role": "short", "value": "موجز"}, {"role": "main", "value": told["title"]}],
            "bodies": [
                {"role": "teaser", "contentType": "text/plain", "value": "موجز"},
                {"role": "main", "contentType": "text/plain", "value": told["body"]},
            ],
        }
        item |= {"uri": f"urn:newsml:{told['id']}"} if "id" in told else {}
        item |= {"by": told["author"]} if "author" in told else {}
        item |= {"contentCreated": told["date"]} if "date" in told else {}
        item |= {"infoSources": [{"name": told["source"]}]} if "source" in told else {}
        return item | ({"subjects": [{"name": told["section"]}]} if "section" in told else {})

    def told(self, article: Article) -> Article:
        article = super().told(article)
        return structs.replace(article, id=f"urn:newsml:{article.id}" if article.id else "")


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


def test_of_several_versions_of_a_text_in_ninjs_the_main_and_longest_is_read() -> None:
    bodies = [
        {"role": "main", "contentType": "text/plain", "value": "أ ب"},
        {"role": "main", "contentType": "text/html", "value": "<p>أ</p><p>ب</p>"},
        {"role": "teaser", "contentType": "text/plain", "value": "موجز طويل عن الخبر"},
    ]
    row = {"uri": "urn:newsml:x:17", "headlines": [{"value": "عنوان"}], "bodies": bodies}
    found = article(json.dumps(row), "x.json")
    assert (found.id, found.url, found.title, found.body) == ("urn:newsml:x:17", None, "عنوان", "<p>أ</p><p>ب</p>")


def test_a_subject_that_is_a_number_of_a_list_is_no_section() -> None:
    subject = '<SubjectCode><Subject FormalName="{}"/></SubjectCode>'
    text = "<NewsML><NewsItem><NewsLines><HeadLine>أ</HeadLine></NewsLines>{}</NewsItem></NewsML>"
    assert article(text.format(subject.format("04000000"))).section is None
    assert article(text.format(subject.format("اقتصاد"))).section == "اقتصاد"


def test_no_entity_is_expanded() -> None:
    bomb = '<!DOCTYPE nitf [<!ENTITY a "ha"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    text = f"{bomb}<nitf><body.content><p>نص &a; &f;</p></body.content></nitf>"
    ((_, body),) = articles_of(read_bytes(text.encode(), "x.xml"))
    assert "root" not in body and "ha" not in body


def test_pictures_and_packages_with_a_headline_are_named_and_a_flash_is_an_article() -> None:
    def item(kind: str, name: str, body: str = "") -> str:
        meta = f'<itemMeta><itemClass qcode="ninat:{kind}"/></itemMeta>'
        head = f"<contentMeta><headline>{name}</headline></contentMeta>"
        return f'<newsItem guid="urn:{name}">{meta}{head}<contentSet>{body}</contentSet></newsItem>'

    package = '<packageItem guid="urn:حزمة"><contentMeta><headline>حزمة</headline></contentMeta></packageItem>'
    said = "<inlineData>شرح الصورة</inlineData>"
    items = "".join((item("text", "عاجل"), item("picture", "صورة"), item("picture", "مشروحة", said), package))
    found = read_bytes(f"<newsMessage><itemSet>{items}</itemSet></newsMessage>".encode(), "x.xml")
    assert articles_of(found) == [("عاجل", ""), ("مشروحة", "شرح الصورة")]
    assert [(each.reason, each.detail) for each in skipped_of(found)] == [
        (WITHOUT_TEXT.of("picture"), "urn:صورة"),
        (WITHOUT_TEXT.of("package"), "urn:حزمة"),
    ]


def test_a_subject_that_is_named_in_several_languages_is_read_in_arabic() -> None:
    names = '<name xml:lang="en">economy</name><name xml:lang="ar-SA">اقتصاد</name>'
    head = f"<contentMeta><headline>خبر</headline><subject>{names}</subject></contentMeta>"
    assert article(f"<newsItem>{head}<inlineData>نص</inlineData></newsItem>").section == "اقتصاد"
