"""RSS and Atom: the contract, and what of an item becomes which field."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import pytest

from indexer.readers.bounds import BLOCK_BYTES
from indexer.readers.contract import Blob
from indexer.readers.feeds import read_feed
from search.article import Article
from tests.contracts.reader import ARTICLES, ReaderContract, articles_of, named, read_bytes, skipped_of

NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)
ADDRESSED = {"id": "an item with an address is known by it, in the feed and on its page"}


def item(article: Article, names: Mapping[str, str]) -> str:
    """What stands in an item of a feed. names: field → how it is written there, `{}` for its value."""
    return "".join(names[name].replace("{}", html.escape(value)) for name, value in named(article).items())


class TestRss(ReaderContract):
    suffix = ".rss"
    lacks = ADDRESSED
    title = "<title>أخبار</title>"
    names: Mapping[str, str] = {
        "id": '<guid isPermaLink="false">{}</guid>',
        "title": "<title>{}</title>",
        "body": "<description>{}</description>",
        "source": '<source url="https://x.example/">{}</source>',
        "section": "<category>{}</category>",
        "author": "<dc:creator>{}</dc:creator>",
        "url": "<link>{}</link>",
        "date": "<pubDate>{}</pubDate>",
        "page": "<prism:startingPage>{}</prism:startingPage>",
    }

    def written(self, articles: Sequence[Article]) -> str:
        items = "\n".join(f"<item>{item(each, self.names)}</item>" for each in articles)
        head = f'<rss version="2.0" {NAMESPACES}><channel>{self.title}'
        return f'<?xml version="1.0"?>\n{head}\n{items}\n</channel></rss>\n'


class TestRssWithoutAddresses(TestRss):
    lacks: Mapping[str, str] = {"url": "it is left out, so that the item is known by its guid"}
    names: Mapping[str, str] = {**TestRss.names, "url": ""}


class TestRdf(TestRss):
    suffix = ".rdf"
    names: Mapping[str, str] = {**TestRss.names, "source": "<dc:source>{}</dc:source>", "date": "<dc:date>{}</dc:date>"}

    def written(self, articles: Sequence[Article]) -> str:
        items = "\n".join(f"<item>{item(each, self.names)}</item>" for each in articles)
        root = f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" {NAMESPACES}'
        return f'{root} xmlns="http://purl.org/rss/1.0/"><channel>{self.title}</channel>\n{items}\n</rdf:RDF>\n'


class TestAtom(ReaderContract):
    suffix = ".atom"
    lacks = ADDRESSED
    names: Mapping[str, str] = {
        "id": "<id>{}</id>",
        "title": "<title>{}</title>",
        "body": "<content>{}</content>",
        "source": "<source><title>{}</title></source>",
        "section": '<category term="{}"/>',
        "author": "<author><name>{}</name></author>",
        "url": '<link href="{}"/>',
        "date": "<published>{}</published>",
        "page": "<prism:pageRange>{}</prism:pageRange>",
    }

    def written(self, articles: Sequence[Article]) -> str:
        items = "\n".join(f"<entry>{item(each, self.names)}</entry>" for each in articles)
        return f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMESPACES}><title>أخبار</title>\n{items}\n</feed>\n'


def articles(feed: str, name: str = "x.xml") -> list[Article]:
    return [item for item in read_bytes(feed.encode(), name) if isinstance(item, Article)]


RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>جريدة الصباح</title><link>https://x.example/</link><description>وصف</description>
<item><title>وزير &amp; نائب</title><link>https://x.example/1</link><guid isPermaLink="false">17</guid>
<pubDate>Sat, 15 Jul 2017 10:20:30 +0300</pubDate><dc:creator>ليلى حسن</dc:creator><category>اقتصاد</category>
<description>موجز</description>
<content:encoded>
<![CDATA[<p>فقرة <b>أولى</b> &amp; بقية.</p><script>x</script><p>فقرة ثانية.</p>]]></content:encoded></item>
<item><title>بلا عنوان</title><guid isPermaLink="false">18</guid>
<description>&lt;p&gt;أ&lt;/p&gt;&lt;p&gt;ب&lt;/p&gt;</description>
<source url="https://y.example/">رويترز</source></item>
</channel></rss>"""


def test_of_an_rss_item_the_full_text_counts_more_than_the_summary() -> None:
    first, second = articles(RSS)
    assert first == Article(
        "",
        title="وزير & نائب",
        body="فقرة أولى & بقية.\nفقرة ثانية.",
        source=("جريدة الصباح",),
        section="اقتصاد",
        author="ليلى حسن",
        url="https://x.example/1",
        published="Sat, 15 Jul 2017 10:20:30 +0300",
    )
    assert (second.id, second.body, second.source) == ("18", "أ\nب", ("رويترز",))


def test_an_atom_entry() -> None:
    (found,) = articles("""<feed xmlns="http://www.w3.org/2005/Atom"><title>أخبار</title>
<entry><title type="html">عنوان &lt;b&gt;الخبر&lt;/b&gt;</title><link rel="alternate" href="https://x.example/1"/>
<link rel="self" href="https://x.example/feed"/><id>tag:1</id><author><name>ليلى</name></author>
<published>2017-07-15T10:20:30Z</published><updated>2020-01-01T00:00:00Z</updated><summary>موجز</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>أ</p><p>ب</p></div></content></entry></feed>""")
    assert (found.title, found.body, found.url) == ("عنوان الخبر", "أ\nب", "https://x.example/1")
    assert (found.published, found.author) == ("2017-07-15T10:20:30Z", "ليلى")


def test_an_rdf_feed() -> None:
    (found,) = (
        articles("""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>أخبار</title></channel>
<item rdf:about="https://x.example/1"><title>خبر</title><link>https://x.example/1</link><dc:date>2017-07-15</dc:date>
<description>نص</description></item></rdf:RDF>""")
    )
    assert (found.title, found.published, found.source) == ("خبر", "2017-07-15", ("أخبار",))


def test_a_feed_in_a_declared_code_page() -> None:
    raw = RSS.replace("UTF-8", "windows-1256").encode("cp1256")
    assert articles_of(read_bytes(raw, "x.xml")) == [(each.title, each.body) for each in articles(RSS)]


@pytest.mark.parametrize(
    "broken", ["<item><title>بلا نهاية", "<item><title>&nosuch; x</item>", "<item></title></b>", "<item/>"]
)
def test_a_broken_item_costs_only_itself(broken: str) -> None:
    feed = f"<rss><channel><item><title>أول</title></item>{broken}<item><title>ثالث</title></item></channel></rss>"
    found = [each.title for each in articles(feed)]
    assert (found[0], found[-1]) == ("أول", "ثالث")


def test_a_feed_that_breaks_off_says_so() -> None:
    items = read_bytes("<rss><channel><item><title>أول</title></item><item><title>ثان".encode(), "x.rss")
    assert [title for title, _ in articles_of(items)] == ["أول"]
    assert [item.reason.sentence for item in skipped_of(items)] == ["the file breaks off within an article"]


def test_a_feed_without_items_is_named() -> None:
    assert (
        skipped_of(read_bytes(b"<rss><channel></channel></rss>", "x.rss"))[0].reason.sentence
        == "a feed without an article"
    )


def test_no_entity_is_expanded_and_no_file_is_read() -> None:
    bomb = (
        '<!DOCTYPE r [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY {"abcdefghij"[n]} "{("&" + "abcdefghij"[n - 1] + ";") * 10}">' for n in range(1, 10))
        + ' <!ENTITY file SYSTEM "file:///etc/passwd">]>'
    )
    (found,) = articles(
        f"<?xml version='1.0'?>{bomb}<rss><channel><item><title>خبر &j; &file;</title></item></channel></rss>"
    )
    assert len(found.title) < 100 and "root" not in found.title


def test_however_blocks_are_cut_the_outcome_is_the_same() -> None:
    whole = list(read_feed(Blob("x", iter([RSS.encode()]))))
    for size in (1, 7, 64, 1000):
        cut = (RSS.encode()[at : at + size] for at in range(0, len(RSS.encode()), size))
        assert list(read_feed(Blob("x", cut))) == whole


def test_a_large_feed_is_not_held() -> None:
    item = f"<item><title>{ARTICLES[0].title}</title>{'س' * 2000}</item>".encode()
    held = 0

    def blocks():  # type: ignore[no-untyped-def]
        yield b"<rss><channel>"
        for _ in range(3):
            yield item * (BLOCK_BYTES // len(item))
            assert read, "items come before the next block is asked for"

    read: list[object] = []
    for found in read_feed(Blob("x", blocks())):
        read.append(found)
        held += 1
    assert held == 3 * (BLOCK_BYTES // len(item))


def test_an_identifier_is_no_address() -> None:
    content = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>urn:x:1</id><title>خبر</title></entry></feed>"
    (found,) = (item for item in read_bytes(content.encode(), "x.atom") if isinstance(item, Article))
    assert (found.id, found.url) == ("urn:x:1", None)
