"""TEI: the contract, what an item is, and two issues of a journal that nobody here made."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import pytest
from msgspec import structs

from indexer.readers.contract import Remark
from indexer.readers.findings import MASTHEAD, WITHOUT_ARTICLE
from indexer.sources import Sources
from search.article import Article
from tests.conftest import SHARED
from tests.contracts.reader import ReaderContract, articles_of, read_bytes, skipped_of

HEADER = """<teiHeader><fileDesc><titleStmt><title>طبعة</title></titleStmt><publicationStmt>
<idno type="url">https://x.example/i_1.xml</idno></publicationStmt><sourceDesc><biblStruct><monogr>
<title level="j" xml:lang="en">al-Haqaiq</title><title level="j" xml:lang="ar">الحقائق</title>
<imprint><date when-custom="1328-07-30" calendar="#cal_islamic" when="1910-08-07"/></imprint>
</monogr></biblStruct></sourceDesc></fileDesc></teiHeader>"""


def issue(body: str, header: str = HEADER) -> str:
    text = f"{header}<text><body>{body}</body></text>"
    return f'<?xml version="1.0"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0">{text}</TEI>'


def edition(article: Article) -> str:
    """The header of an issue of the paper and day of an article, at the address before the article's place in it."""
    title = f'<title level="j">{html.escape(" + ".join(article.source))}</title>' if article.source else ""
    day = f'<imprint><date when="{article.published}"/></imprint>' if article.published else ""
    address = (article.url or "").partition("#")[0]
    published = f'<publicationStmt><idno type="url">{html.escape(address)}</idno></publicationStmt>' if address else ""
    source = f"<sourceDesc><biblStruct><monogr>{title}{day}</monogr></biblStruct></sourceDesc>"
    return f"<teiHeader><fileDesc>{published}{source}</fileDesc></teiHeader>"


class TestTei(ReaderContract):
    suffix = ".tei.xml"
    lacks: Mapping[str, str] = {"id": "an item is known by its place in the edition, which is its address"}

    def written(self, articles: Sequence[Article]) -> str:
        issues = "".join(
            f"<TEI>{edition(each)}<text><body>{self._section(each)}</body></text></TEI>\n" for each in articles
        )
        return f'<?xml version="1.0"?>\n<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{issues}</teiCorpus>'

    def _section(self, article: Article) -> str:
        page = f'<pb n="{article.page}"/>' if article.page else ""
        place = f' xml:id="{(article.url or "").partition("#")[2] or "item"}"'
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in article.body.split("\n"))
        byline = f"<byline>{html.escape(article.author)}</byline>" if article.author else ""
        item = f'{page}<div type="item"{place}><head>{html.escape(article.title)}</head>{lines}{byline}</div>'
        head = f"<head>{html.escape(article.section)}</head>" if article.section else ""
        return f'<div type="section">{head}{item}</div>'

    def told(self, article: Article) -> Article:
        """Its byline is a part of the text, and its address names its place in the edition."""
        body = "\n".join(filter(None, (article.body, article.author)))
        url = article.url if not article.url or "#" in article.url else f"{article.url}#item"
        return super().told(structs.replace(article, body=body, url=url))


def articles(body: str, header: str = HEADER) -> list[Article]:
    return [item for item in read_bytes(issue(body, header).encode(), "x.xml") if isinstance(item, Article)]


def test_an_item_has_its_section_author_source_day_and_address() -> None:
    (found,) = articles(
        '<div type="section"><head>مباحث دينية</head>'
        '<div type="item" xml:id="div_2"><head>عنوان <title>الحقائق</title></head>'
        "<p>سطر<lb/>واحد</p><p>كل<lb break='no'/>مة</p>"
        "<byline><placeName>دمشق</placeName><lb/><persName>ليلى حسن</persName></byline></div></div>"
    )
    assert found == Article(
        "",
        title="عنوان الحقائق",
        body="سطر واحد\nكلمة\nدمشق ليلى حسن",
        source=("الحقائق",),
        section="مباحث دينية",
        author="ليلى حسن",
        url="https://x.example/i_1.xml#div_2",
        published="1910-08-07",
    )


@pytest.mark.parametrize(
    ("dates", "published"),
    [
        ('<date when="1910-08-07"/>', "1910-08-07"),
        ('<date calendar="#cal_ottomanfiscal" when-custom="1326-05-25" when="1910-08-07"/>', "1910-08-07"),
        ('<date calendar="#cal_islamic" when-custom="1328-07-30"/>', "1328-07-30"),
        ('<date calendar="#cal_ottomanfiscal" when-custom="1326-05-25"/>', None),
    ],
)
def test_the_day_is_read_in_the_calendars_that_are_known(dates: str, published: str | None) -> None:
    header = f"<teiHeader><sourceDesc><imprint>{dates}</imprint></sourceDesc></teiHeader>"
    assert articles('<div type="item"><p>نص</p></div>', header)[0].published == published


def test_an_item_within_another_is_an_article_of_its_own() -> None:
    outer, inner = articles('<div type="item"><p>أ</p><div type="item"><head>ب</head><p>ج</p></div><p>د</p></div>')
    assert (outer.body, inner.title, inner.body) == ("أ\nد", "ب", "ج")


def test_parts_of_an_item_belong_to_it_and_words_between_items_are_kept() -> None:
    body = (
        '<div type="section"><head>باب</head><p>تمهيد</p><div type="item"><head>أ</head>'
        '<div type="section"><head>فصل</head><p>ب</p></div></div></div>'
    )
    assert [(each.title, each.body) for each in articles(body)] == [("باب", "تمهيد"), ("أ", "فصل\nب")]


def test_the_editors_reading_counts_and_the_masthead_is_left_out() -> None:
    body = (
        '<div type="item" subtype="masthead"><p>العدد الأول</p></div>'
        '<div type="item"><p>أ <choice><sic>خطء</sic><corr>خطأ</corr></choice></p></div>'
    )
    items = read_bytes(issue(body).encode(), "x.xml")
    assert [body for _, body in articles_of(items)] == ["أ خطأ"]
    assert [item.about for item in items if isinstance(item, Remark)] == [MASTHEAD]


def test_a_note_at_the_foot_of_a_page_stands_behind_the_text_and_not_in_its_title() -> None:
    (found,) = articles(
        '<div type="item"><head>عنوان<note place="bottom">أ</note></head>'
        '<p>قال <note place="bottom">ب</note>الوزير <note>هنا</note></p><p>ثم</p></div>'
    )
    assert (found.title, found.body) == ("عنوان", "قال الوزير\nهنا\nثم\nأ\nب")


def test_a_letter_in_an_article_is_signed_by_others() -> None:
    letter = '<div type="section"><p>رسالة</p><byline><persName>ليلى</persName></byline></div>'
    assert articles(f'<div type="item"><p>نص</p>{letter}</div>')[0].author is None
    assert articles(f'<div type="item"><head>رسائل</head>{letter}</div>')[0].author == "ليلى"


def test_the_place_before_a_signature_is_no_part_of_it() -> None:
    (found,) = articles('<div type="item"><p>نص</p><byline><placeName>حماه</placeName>غيور</byline></div>')
    assert (found.author, found.body) == ("غيور", "نص\nحماه غيور")


def test_an_edition_without_items_is_one_article() -> None:
    assert [each.body for each in articles("<p>أ</p><div><p>ب</p></div>")] == ["أ\nب"]
    assert skipped_of(read_bytes(issue("").encode(), "x.xml"))[0].reason == WITHOUT_ARTICLE.of("TEI file")


def test_sections_nested_without_end_are_read_in_reasonable_time() -> None:
    deep = '<div type="section"><head>أ</head>' * 200 + "<p>نص</p>" + "</div>" * 200
    assert articles(deep)[0].body == "نص"


def test_entities_are_left_as_they_are_written() -> None:
    bomb = '<!DOCTYPE TEI [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY file SYSTEM "file:///etc/passwd">]>'
    text = issue('<div type="item"><p>أ &b; &file; ب</p></div>').replace("<TEI", bomb + "<TEI", 1)
    (found,) = articles_of(read_bytes(text.encode(), "x.xml"))
    assert found == ("", "أ &b; &file; ب")


def of_issue(number: int) -> list[Article]:
    items = list(Sources([SHARED / "files" / f"al-haqaiq-{number}.tei.xml"]).items())
    assert not skipped_of(items)
    return [item for item in items if isinstance(item, Article)]


@pytest.mark.shared
def test_the_first_issue_of_al_haqaiq() -> None:
    found = of_issue(1)
    assert [(each.title, each.section) for each in found] == [
        ("فاتحة السنة الاولى", None),
        ("الدين الإسلامي والتوحيد", "مباحث دينية"),
        ("كلمة في الفقه والفقهاء", None),
        ("مجلة الحقائق", "اللغة العربية"),
        ("علماء الدين في الإسلام", "العلماء"),
        ("إنما بثت لأتمم (مكارم الأخلاق)", "الأخلاق ١"),
        ("الصحف والصحافيون", "الانتقاد"),
        ("أبو بكر رضي الله عنه", "التاريخ ١"),
    ]
    assert {(each.source, each.published, each.author) for each in found} == {(("الحقائق",), "1910-08-07", None)}
    assert len({each.url for each in found}) == len(found)
    assert found[1].body.startswith("ليس من الصعب على من منح عقلاً سامياً وفكراً نيراً")
    assert found[1].body.endswith("\nيتبع")
    assert [len(each.body.split("\n")) for each in found] == [1, 18, 3, 24, 14, 6, 1, 3]
    assert [each.page for each in found] == ["1-3", "4-10", "11-12", "13-18", "19-22", "23-25", "26-29", "29-32"]
    assert found[5].body.endswith("\nحديث شريف رواه البخاري في كتاب الآداب والبيهقي في شعب الايمان")  # a footnote
    assert [(each.url or "").partition("#")[2] for each in found][:3] == [
        "div_2.d1e831",
        "div_3.d1e859",
        "div_3.d1e601",
    ]


@pytest.mark.shared
def test_the_tenth_issue_of_al_haqaiq() -> None:
    found = of_issue(10)
    assert len(found) == 25
    assert {each.published for each in found} == {"1911-04-30"}
    named = {each.title: each for each in found if each.title}
    assert named["سؤال"].author == "ط ي" and named["سؤال"].section == "تحريم المتعة"
    assert named["صاحب المقتبس يفتري على علماء الدين"].body.startswith("اعتاد هذا الصحفي")
    assert "خبر مسيلمة" in named["التاريخ"].body.split("\n")  # a part of it
    poems = [each for each in found if each.section == "إجابة طلب المؤيد"]
    assert [each.author for each in poems] == [
        *("محمد بن محمد المبارك", "عبد القادر المبارك", "عبد الرحمن القصار", None, "عارف محملجي", "عبد القادر كيوان"),
        *(None, "محمد أبو السعود مراد", None, "خالد الكاظم", "ع", "م. ي", "ع. ب", "محمد سليم حنفي", "م"),
    ]
    assert [each.page for each in poems][:5] == ["380", "380", "380-381", "381", "381"]
    letter = named["الرسالة"]
    assert (letter.author, letter.section, letter.page) == ("غيور", "الحقائق والسائح", "392-396")
    assert letter.body.endswith("\nحماه غيور")
    assert named["الحقائق والسائح"].author is None  # who signed the letter in it did not write it
    assert named["صاحب المقتبس يفتري على علماء الدين"].body.endswith("\nراجع الحقائق ص ١٩")
    assert {name: named[name].page for name in ("الدين النصيحة", "الجواب", "التاريخ", "المآخذ الشعرية")} == {
        "الدين النصيحة": "357-362",
        "الجواب": "363-369",
        "التاريخ": "374-379",
        "المآخذ الشعرية": "384-388",
    }
