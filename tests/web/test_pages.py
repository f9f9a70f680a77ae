"""The pages people read, over the fake service: what is on them, in both languages, escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient

from search.article import Article
from search.pages.records import Note, SearchPage, SearchRequest
from tests.web.fakes import ARTICLES, FakeService
from web.addresses.links import Links
from web.messages.table import say

ATTACK = '"><script>alert(1)</script><mark>'


def text_of(client: FlaskClient, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.text


def test_home_has_the_search_box_and_what_is_in_the_index(client: FlaskClient) -> None:
    html = text_of(client, "/")
    assert '<html lang="ar" dir="rtl">' in html
    assert 'role="search" action="/search" method="get"' in html
    assert "<bdi>34</bdi> مقالا" in html
    assert "من فبراير/شباط" not in html  # the earliest is a bulletin of January 2015
    assert "من يناير/كانون الثاني <bdi>2015</bdi> إلى يوليو/تموز <bdi>2017</bdi>" in html


def test_home_shows_the_newest_articles_and_the_examples_of_the_service(
    service: FakeService, client: FlaskClient
) -> None:
    service.showcased = ("أسعار النفط",)
    html = text_of(client, "/")
    assert [asked.query for asked in service.asked] == [""]  # no search for examples
    assert html.index("تطلق منصة") < html.index("خبر يحمل معرّفا")
    examples = re.search(r'<p class="examples">(.*?)</p>', html, re.DOTALL)
    assert examples is not None
    assert re.findall(r">([^<]+)</a>", examples[1]) == ["أسعار النفط"]


def test_home_of_an_empty_index_names_the_command_that_fills_it(service: FakeService, client: FlaskClient) -> None:
    service.articles = ()
    assert "kashaf index PATH…" in text_of(client, "/")


def test_results_light_the_words_and_isolate_latin(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=الموانئ")
    assert "هيئة <mark>الموانئ</mark> تطلق منصة <bdi>Coral Gate</bdi> لتتبع <bdi>3,650</bdi> حاوية" in html
    assert "<bdi>4</bdi> نتائج" in html
    assert "<bdi>15</bdi> يوليو/تموز <bdi>2017</bdi>" in html
    assert "وكالة الواحة" in html


def test_a_highlighted_latin_word_is_isolated_with_its_run(client: FlaskClient) -> None:
    assert "<bdi><mark>Coral</mark> Gate</bdi>" in text_of(client, "/search?q=Coral")


def test_the_box_keeps_the_query_and_the_filters(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=الموانئ&source=شبكة+سنابل")
    assert 'value="الموانئ" placeholder' in html
    assert '<input type="hidden" name="source" value="شبكة سنابل">' in html
    assert "<bdi>شبكة سنابل</bdi> <span aria-hidden" in html


def test_pages_are_linked_before_and_after(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=نشرة&page=2")
    assert '<link rel="prev" href="/search?q=' in html
    assert '<a class="step" rel="next" href="/search?q=%D9%86%D8%B4%D8%B1%D8%A9&amp;page=3">' in html
    assert '<ol class="hits" start="11">' in html


def test_zero_hits_help_and_a_filter_can_be_left(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=غيرموجود&section=طقس")
    assert "لم نجد شيئا عن «<bdi>غيرموجود</bdi>»" in html
    assert "ابحث من دون تصفية" in html


def test_notes_and_suggestions_are_shown_with_a_link_back(service: FakeService, client: FlaskClient) -> None:
    service.notes = (Note("names", (("names", ("جوتيريس",)),), "غوتيريش", "names"),)
    service.suggestion = "الموانئ"
    html = text_of(client, "/search?q=غوتيريش")
    assert "بحثنا أيضا عن: جوتيريس" in html
    assert "&amp;names=0" in html
    assert "هل تقصد" in html


def test_the_reasons_of_the_hits_are_shown_on_demand(client: FlaskClient) -> None:
    plain = text_of(client, "/search?q=الموانئ")
    assert "لماذا ظهرت هذه النتائج؟" in plain
    assert "explain=1" in plain
    explained = text_of(client, "/search?q=الموانئ&explain=1")
    assert "<mark><bdi>الموانئ</bdi></mark> من الأصل نفسه، في العنوان" in explained
    assert "أخفِ أسباب الظهور" in explained


def test_english_switches_the_chrome_and_leaves_the_content(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=الموانئ&lang=en")
    assert '<html lang="en" dir="ltr">' in html
    assert "Results for “<bdi>الموانئ</bdi>”" in html
    assert '<article class="hit" lang="ar" dir="rtl">' in html
    assert '<input type="hidden" name="lang" value="en">' in html
    assert "&amp;lang=en" in html
    assert 'href="?q=%D8%A7%D9%84%D9%85%D9%88%D8%A7%D9%86%D8%A6"' in html  # the way to Arabic


def test_no_page_sets_a_cookie(client: FlaskClient) -> None:
    for url in ("/", "/?lang=en", "/search?q=الموانئ", "/article/a1"):
        assert "Set-Cookie" not in client.get(url).headers


def test_an_article_is_shown_whole_with_its_words_highlighted(client: FlaskClient) -> None:
    html = text_of(client, "/article/a1?q=الموانئ")
    assert 'أعلنت هيئة <mark id="m11"><a href="#m11">الموانئ</a></mark>' in html
    assert "<h2>تجربة أولى</h2>" in html
    assert '<p class="caption" lang="en" dir="ltr">' in html
    assert "&lt;<bdi>b</bdi>&gt;الاختبار" in html
    assert 'href="https://www.example.org/ports?id=1" rel="noopener noreferrer external"' in html
    assert "<bdi>example.org</bdi>" in html


def test_an_article_leads_back_to_the_page_of_results_it_came_from(client: FlaskClient) -> None:
    html = text_of(client, "/article/n1?q=نشرة&section=طقس&page=2")
    found = re.search(
        r'href="(/search\?q=%D9%86%D8%B4%D8%B1%D8%A9&amp;section=%D8%B7%D9%82%D8%B3&amp;page=2)#([^"]+)"', html
    )
    assert found is not None
    hits = text_of(client, "/search?q=نشرة&section=طقس")
    assert re.search(rf'<li id="{found[2]}">.*?/article/n1\?', hits, re.DOTALL)
    assert len(set(re.findall(r'<li id="(hit-[^"]+)">', hits))) == 10


@pytest.mark.parametrize("name", ["utm_source=x", "fbclid=x", "lang=en", "at=3", "page=", "facets=0", "page=1", ""])
def test_an_article_without_a_search_in_its_address_has_no_link_back_to_results(client: FlaskClient, name: str) -> None:
    html = text_of(client, f"/article/n1?{name}")
    assert say("ar", "back") not in html and say("en", "back") not in html


def test_the_links_of_the_home_page_carry_no_search(client: FlaskClient) -> None:
    html = text_of(client, "/")
    assert "limit=" not in html
    assert 'href="/article/a1"' in html
    assert 'href="/search?sort=newest"' in html


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("/search?q=نشرة", "نتائج البحث عن «نشرة»"),
        ("/search?q=نشرة&page=2", "نتائج البحث عن «نشرة» · الصفحة 2 من 3"),
        ("/search?q=نشرة&section=طقس&page=2", "نتائج البحث عن «نشرة» · طقس · الصفحة 2 من 3"),
        ("/search?section=طقس&page=2", "مقالات: طقس · الصفحة 2 من 3"),
        ("/search?q=نشرة&section=طقس&page=3&lang=en", "Results for “نشرة” · طقس · Page 3 of 3"),
    ],
)
def test_the_title_names_page_and_filters(client: FlaskClient, url: str, title: str) -> None:
    assert f"<title>{title} – كشّاف</title>" in text_of(client, url)


def test_results_link_to_articles_that_can_be_opened(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=الموانئ")
    found = re.findall(r'<h2><a href="([^"]+)"', html)
    assert len(found) == 4
    for url in found:
        assert client.get(url.replace("&amp;", "&")).status_code == 200


STRANGE_IDS = "//x// / // /x x/ a//b a/ ./x x/.. \\.\\x ? # % %2F %2e%2e & + = ; x;y : @ * ' < > [x] {x} | ^ ` ~ é خبر"


@pytest.mark.parametrize(
    "id", [*STRANGE_IDS.split(), "https://example.org//a?b=c#d", "a b", "x?", "?id=y", "0", "\u200f"]
)
@pytest.mark.parametrize("root", ["", "/archive"])
def test_the_link_of_any_id_opens_its_article(service: FakeService, client: FlaskClient, id: str, root: str) -> None:
    service.articles = (Article(id, "خبر يحمل معرّفا غريبا"),)
    address = urljoin(f"http://localhost{root}/search", Links(root).article(id))
    assert address.startswith(f"http://localhost{root}/article/")
    response = client.get(address.removeprefix(f"http://localhost{root}"))
    assert response.status_code == 200
    assert "معرّفا غريبا" in response.text


@pytest.mark.parametrize("id", ["https://example.org/a//b?c=1#d", ".."])
def test_an_address_that_is_not_of_the_web_is_no_link(client: FlaskClient, id: str) -> None:
    html = client.get("/article/", query_string={"id": id}).text
    assert "javascript:" not in html
    assert "اقرأه في مصدره" not in html


def test_an_article_without_body_or_title_can_be_read(service: FakeService, client: FlaskClient) -> None:
    service.articles = (Article("empty"),)
    html = text_of(client, "/article/empty")
    assert "<title>empty – كشّاف</title>" in html
    assert "بلا عنوان" in html


def test_an_article_without_title_is_called_by_its_first_sentence_everywhere(
    service: FakeService, client: FlaskClient
) -> None:
    words = "افتتح الوزير مستشفى جديدا في المدينة"
    service.articles = (Article("1", "", f"دبي: «الخليج» {words}. وأضاف."), Article("2", "عنوان الثاني", words))
    assert f"<title>{words} – كشّاف</title>" in text_of(client, "/article/1")
    for url in ("/", "/search", "/article/1", "/article/2"):
        html = text_of(client, url)
        assert re.search(rf'<span class="made">{words}</span>.*?<span class="untitled">بلا عنوان</span>', html)
    assert f"<title>{words}</title>" in text_of(client, "/feed")
    hit = client.get("/api/search").json["hits"][0]  # type: ignore[index]
    assert (hit["title"], hit["display_title"]) == (None, words)


def test_every_value_is_escaped(service: FakeService, client: FlaskClient) -> None:
    service.articles = (
        Article("x", ATTACK, ATTACK, (ATTACK,), ATTACK, ATTACK, f"https://e.org/{ATTACK}", "2017-07-15"),
        Article(f"y{ATTACK}", ATTACK, ATTACK, (ATTACK,), ATTACK, ATTACK, None, "2016-07-15"),
    )
    service.notes = (Note("spelling", (("found", ATTACK),), ATTACK),)
    service.suggestion = ATTACK
    service.copies = 1
    for url in ("/", "/search", "/article/x", "/nothing", "/feed", "/article/"):
        for name in ("q", "source", "section", "author", "id", "lang"):
            html = client.get(url, query_string={name: ATTACK}).text
            assert "<script>alert" not in html
            assert ATTACK not in html


def test_head_is_answered_like_get_without_a_body(client: FlaskClient) -> None:
    for url in ("/", "/search?q=الموانئ", "/article/a1", "/api/search?q=x", "/healthz"):
        response = client.head(url)
        assert (response.status_code, response.data) == (200, b"")


def test_the_site_works_below_a_prefix(client: FlaskClient) -> None:
    html = client.get("/search?q=الموانئ", environ_overrides={"SCRIPT_NAME": "/archive"}).text
    addresses = re.findall(r'(?:href|action|src)="([^"]+)"', html)
    assert all(url.startswith(("/archive/", "?", "#")) for url in addresses)


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        ("/search?q=نص&lang=en", "http://localhost/search?q=%D9%86%D8%B5&amp;lang=en"),
        ("/article/a1?q=نص&utm_source=x", "https://www.example.org/ports?id=1"),
        ("/article/n1?q=نص", "http://localhost/article/n1"),
        ("/article/خبر", "https://example.org/%D8%AE%D8%A8%D8%B1?%D9%86=%22"),
        ("/article/?id=..", "http://localhost/article/?id=.."),
    ],
)
def test_paper_has_the_percent_encoded_address_of_the_original_or_the_page(
    service: FakeService, client: FlaskClient, url: str, printed: str
) -> None:
    service.articles = (*ARTICLES, Article("خبر", "خبر", url='https://example.org/خبر?ن="'))
    assert f'<p class="printed" lang="en" dir="ltr">{printed}</p>' in text_of(client, url)


def test_a_search_that_was_cut_before_it_found_anything_is_not_shown_as_without_results(
    client: FlaskClient, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = service.search

    def cut(request: SearchRequest) -> SearchPage:
        return replace(answered(request), cut=True, truncated=True)

    monkeypatch.setattr(service, "search", cut)
    html = client.get("/search?q=غيرموجود").text
    assert "لم نجد شيئا" not in html and "لا شيء في ما بُحث من المقالات" in html
    assert client.get("/api/search?q=غيرموجود").get_json()["cut"] is True


def test_a_page_beyond_the_last_is_not_named_in_the_title(client: FlaskClient) -> None:
    assert "من 0" not in client.get("/search?q=لاشيءمنهذا&page=50").text


@pytest.mark.parametrize(("language", "agency", "place"), [("ar", "الوكالة", "المكان"), ("en", "Agency", "Place")])
def test_an_article_leads_to_the_agencies_places_and_persons_of_its_byline(
    service: FakeService, client: FlaskClient, language: str, agency: str, place: str
) -> None:
    service.articles = (
        Article(
            "sent", "عنوان", "نص", author="جدة - واس", agencies=("واس",), places=("جدة", "أبها"), persons=("أحمد علي",)
        ),
        Article("signed", "عنوان", "نص", author="أحمد علي", persons=("أحمد علي",)),
    )
    html = text_of(client, f"/article/sent?lang={language}")
    assert "<span><bdi>جدة - واس</bdi></span>" in html  # as it is written, and no link
    assert f'<dt lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">{agency}</dt>' in html
    assert re.search(rf">{place}</dt><dd><a href=\"/search\?place=[^\"]*\"><bdi>جدة</bdi></a>، <a", html)
    assert re.search(r"<a href=\"/search\?author=[^\"]*\"><bdi>أحمد علي</bdi></a>", html)
    signed = text_of(client, f"/article/signed?lang={language}")
    assert "credits" not in signed
    assert re.search(r"<span><a href=\"/search\?author=[^\"]*\"><bdi>أحمد علي</bdi></a></span>", signed)
