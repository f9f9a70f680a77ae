"""HTML pages: the contract, what is the article on a page, and two pages that nobody here made."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence

import pytest

from indexer.readers.html_page import article_of
from indexer.readers.markup_text import html_tree
from indexer.sources import Sources
from search.article import Article
from tests.conftest import SHARED
from tests.contracts.reader import ReaderContract, articles_of, cleaned, named, read_bytes, skipped_of

PARAGRAPH = "قال المتحدث باسم البلدية إن الأعمال تنتهي قبل نهاية الشهر المقبل، وإن السكان سيستفيدون منها جميعا."


_IN_HEAD = {
    "source": '<meta property="og:site_name" content="{}"/>',
    "section": '<meta property="article:section" content="{}"/>',
    "author": '<meta name="author" content="{}"/>',
    "url": '<link rel="canonical" href="{}"/>',
    "date": '<meta property="article:published_time" content="{}"/>',
    "page": '<meta name="citation_firstpage" content="{}"/>',
}
PAGE_LACKS = {"id": "a page is known by its address"}


def written_page(article: Article) -> str:
    """A page with every field that pages tell."""
    paragraphs = "\n".join(f"<p>{html.escape(line)}</p>" for line in article.body.split("\n") if line)
    title = html.escape(article.title)
    told = (_IN_HEAD[name].format(html.escape(value)) for name, value in named(article).items() if name in _IN_HEAD)
    head = f"<head><title>{title}</title>{''.join(told)}</head>"
    return f"<!DOCTYPE html>\n<html>{head}<body><h1>{title}</h1>{paragraphs}</body></html>"


class TestHtml(ReaderContract):
    suffix = ".html"
    several = False
    lacks = PAGE_LACKS

    def written(self, articles: Sequence[Article]) -> str:
        (article,) = articles[:1]
        return written_page(article)


class TestXhtml(TestHtml):
    suffix = ".xhtml"

    def written(self, articles: Sequence[Article]) -> str:
        return '<?xml version="1.0"?>\n<!-- صفحة -->\n' + super().written(articles)


def article(page: str, address: str | None = None) -> Article:
    found = article_of(html_tree(page), address=address)
    assert found is not None
    return found


def page(body: str, head: str = "") -> str:
    return f"<html><head><title>عنوان الخبر - موقع</title>{head}</head><body>{body}</body></html>"


ARTICLE = "<h1>عنوان الخبر</h1>" + f"<p>{PARAGRAPH}</p>" * 5


def test_menus_scripts_and_footers_are_no_text() -> None:
    around = "<header>شعار</header><nav><a href=/>الرئيسية</a></nav><script>var x = 1;</script>"
    found = article(page(f"{around}<article>{ARTICLE}</article><aside>الأكثر قراءة</aside><footer>الحقوق</footer>"))
    assert found.title == "عنوان الخبر"
    assert found.body == "\n".join([PARAGRAPH] * 5)


def test_a_short_page_keeps_all_its_text() -> None:
    found = article(page("<nav>الرئيسية</nav><h1>عاجل</h1><p>انفجار قرب المطار</p><p>والتفاصيل لاحقا</p>"))
    assert (found.title, found.body) == ("عاجل", "انفجار قرب المطار\nوالتفاصيل لاحقا")


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (
            '<meta property="article:published_time" content="2017-07-15T10:20:30+03:00">',
            "",
            "2017-07-15T10:20:30+03:00",
        ),
        ('<script type="application/ld+json">{"datePublished": "2017-07-15"}</script>', "", "2017-07-15"),
        ("", '<span property="dc:date" content="2017-07-15">أمس</span>', "2017-07-15"),
        ("", '<span itemprop="datePublished">15 تموز 2017</span>', "15 تموز 2017"),
        ("", '<time datetime="2017-07-15">قبل يومين</time>', "2017-07-15"),
        ("", '<div class="post-date">السبت 15 يوليو 2017</div>', "السبت 15 يوليو 2017"),
        ("", '<div class="intro">افتتح المعرض في 15 يوليو 2017</div>', None),
        ("", "<p>15 يوليو 2017</p>", None),
    ],
)
def test_a_date_is_believed_where_it_is_marked(head: str, body: str, published: str | None) -> None:
    assert article(page(body + ARTICLE, head)).published == published


def test_the_address_of_a_page_may_tell_the_day() -> None:
    link = '<link rel="canonical" href="https://x.example/news/2017/7/15/title">'
    found = article(page(ARTICLE, link))
    assert (found.url, found.published) == ("https://x.example/news/2017/7/15/title", "2017-07-15")
    assert article(page(ARTICLE), "https://x.example/2017/13/45/").published is None


@pytest.mark.parametrize("line", ["بقلم: آسيا العتروس", "حوار : آسيا العتروس", "كتبت/ آسيا العتروس"])
def test_a_line_that_says_who_wrote_it_names_the_author(line: str) -> None:
    assert article(page(f"<h1>عنوان</h1><p>{line}</p>" + f"<p>{PARAGRAPH}</p>" * 5)).author == "آسيا العتروس"


@pytest.mark.parametrize("charset", ["windows-1256", "iso-8859-6", "utf-8", "no-such-thing"])
def test_the_declared_encoding_is_believed_where_it_can_be(charset: str) -> None:
    written = page("<h1>شو</h1><p>زق</p>", f'<meta charset="{charset}">')  # too short to tell
    raw = written.encode("utf-8" if charset == "no-such-thing" else charset)
    assert articles_of(read_bytes(raw, "x.html")) == [("شو", "زق")]
    assert articles_of(read_bytes(written.encode(), "x.html")) == [("شو", "زق")]  # whatever it declares


@pytest.mark.parametrize("real", ["iso-8859-6", "windows-1256", "damaged utf-8"])
@pytest.mark.parametrize("declared", ["windows-1256", "iso-8859-6", "cp720"])
def test_a_declaration_that_makes_no_words_is_not_believed(declared: str, real: str) -> None:
    written = page(f"<h1>عنوان</h1><p>{PARAGRAPH}</p>" * 3, f'<meta charset="{declared}">')
    raw = written.encode().replace("عنوان".encode(), b"\xff", 1) if "utf" in real else written.encode(real)
    ((_, body),) = articles_of(read_bytes(raw, "x.html"))
    assert PARAGRAPH in body


def test_a_page_without_text_is_skipped() -> None:
    (skipped,) = skipped_of(read_bytes(b"<html><body><img src=x></body></html>", "x.html"))
    assert skipped.reason.sentence == "a page without text"


@pytest.mark.parametrize(
    "piece", ["<div>", "<p>نص", "<b><i>", "</div>", "<table><tr><td>", "<a href=x>", "&amp;", "<!--"]
)
def test_pages_of_broken_markup_end(piece: str) -> None:
    assert read_bytes(f"<html><body>{piece * 3_000}".encode(), "x.html")


@pytest.mark.shared
def test_a_page_of_cnn_in_arabic() -> None:
    (found,) = Sources([SHARED / "files" / "cnn-arabic.html"]).items()
    assert isinstance(found, Article)
    lines = found.body.split("\n")
    assert found.title == "معارضون يسيطرون على مخازن للصواريخ بريف دمشق"
    assert (found.source, found.author) == (("CNNArabic",), None)
    assert found.published == "الأحد، 04 آب/اغسطس 2013، آخر تحديث 02:21 (GMT+0400)"
    assert found.url == "http://arabic.cnn.com/2013/middle_east/8/3/syria.clashes/index.html"
    assert len(lines) == 7
    assert lines[0].startswith("دمشق، سوريا (CNN) -- أكدت جهات سورية معارضة")
    assert lines[-1].endswith("تدير المناطق التي يقطنها الأكراد في سوريا بشكل مستقل.")  # not the rules of comments
    (stored,) = cleaned([found])
    assert (stored.places, stored.agencies) == (("دمشق",), ("سي إن إن",))
    assert stored.published == "2013-08-04T02:21:00+04:00"


@pytest.mark.shared
def test_a_page_of_assabah() -> None:
    (found,) = Sources([SHARED / "files" / "assabah.html"]).items()
    assert isinstance(found, Article)
    lines = found.body.split("\n")
    assert found.title == (
        "الناشط الحقوقي السوداني خالد عبد الكريم ماسا لـ«الصباح»: كل الشروط متوفرة لثورة سودانية ولا حاجة لنستورد شيئا"
    )
    assert (found.source, found.author) == (("Assabah News",), "آسيا العتروس")
    assert found.published == "2019-02-08T00:00:00+01:00"  # not the day on which the page was saved
    assert (found.url or "").startswith("http://www.assabah.com.tn/article/164913/")
    assert lines[0] == "حوار: آسيا العتروس"
    assert lines[1].startswith("مالذي يحدث في السودان؟")
    assert lines[-1].endswith("التفكير في العلاقة بين الخرطوم وتل ابيب.")
    assert sum(line.startswith("*") for line in lines) == 9  # the questions
    (stored,) = cleaned([found])
    assert (stored.published, stored.persons) == ("2019-02-08", ("آسيا العتروس",))


def test_the_date_of_an_article_counts_before_that_of_its_site_and_videos() -> None:
    data = (
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "datePublished": "2001-01-01"},'
        '{"@type": "VideoObject", "uploadDate": "2002-02-02"},'
        '{"@type": ["NewsArticle"], "datePublished": "2017-07-15T10:20:30+03:00"}]}</script>'
    )
    assert article(page(ARTICLE, data)).published == "2017-07-15T10:20:30+03:00"


def test_the_line_of_the_date_is_not_the_first_of_the_text() -> None:
    found = article(page(ARTICLE.replace("<p>", '<div class="date">الرياض - 15 يوليو 2017</div><p>', 1)))
    assert (found.published, found.body[:5]) == ("15 يوليو 2017", article(page(ARTICLE)).body[:5])


def test_a_page_that_is_laid_out_by_a_table() -> None:
    text = "<br><br>".join(f"{number} {SENTENCE}" for number in ("أولا", "ثانيا", "ثالثا"))
    menu = "<td><a href=a>الأولى</a><br><a href=b>رياضة</a></td>"
    body = f"<table><tr>{menu}<td><b>افتتاح حديقة في المدينة</b><br>{text}</td></tr></table>"
    found = article(
        f"<html><head><title>جريدة الميناء - افتتاح حديقة في المدينة</title></head><body>{body}</body></html>"
    )
    assert found.title == "افتتاح حديقة في المدينة"
    assert "|" not in found.body and "رياضة" not in found.body
    assert found.body.split("\n") == [f"{number} {SENTENCE}" for number in ("أولا", "ثانيا", "ثالثا")]


SENTENCE = "افتتح رئيس البلدية حديقة جديدة قرب النهر صباح أمس، وحضر الحفل عدد من السكان والضيوف من المدن المجاورة لها."


@pytest.mark.parametrize("title", ["جريدة الميناء | افتتاح حديقة قرب النهر", "افتتاح حديقة قرب النهر - جريدة الميناء"])
@pytest.mark.parametrize("article_heading", ["h1", "h2"])
def test_the_name_of_a_paper_that_is_a_heading_is_no_title(title: str, article_heading: str) -> None:
    text = ARTICLE.replace("عنوان الخبر", "افتتاح حديقة قرب النهر").replace("h1>", f"{article_heading}>")
    written = page(f"<h1><a href='/'>جريدة الميناء</a></h1><article>{text}</article>")
    found = article(written.replace("عنوان الخبر - موقع", title))
    assert (found.title, found.body.split("\n")[0]) == ("افتتاح حديقة قرب النهر", PARAGRAPH)


def test_a_text_that_a_program_of_the_page_shows_is_read_from_its_data() -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "عنوان الخبر", "articleBody": f"{PARAGRAPH}\n{PARAGRAPH}"})
    head = f'<title>x</title><script type="application/ld+json">{data}</script>'
    found = article(page("<div id=app>جار التحميل</div>", head))
    assert (found.title, found.body) == ("عنوان الخبر", f"{PARAGRAPH}\n{PARAGRAPH}")
