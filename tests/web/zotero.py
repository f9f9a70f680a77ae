"""What Zotero makes of a page: the rules of its translators "Embedded Metadata", "RDF" and "COinS" that concern news.

In: the page's HTML and address. Out: an item as a dictionary, or the items of a page with several. Ported from
`Embedded Metadata.js`, `RDF.js` and `COinS.js` of zotero/translators and `openurl.js` of zotero/utilities: which names
are read, in which order, and what they mean. What no page of a newspaper can have (ISBN, pages, PDFs) is left out.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote, urljoin

from lxml import etree, html

Item = dict[str, Any]

_PREFIXES = {
    "bib": "http://purl.org/net/biblio#",
    "bibo": "http://purl.org/ontology/bibo/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://nwalsh.com/rdf/vCard#",
    "link": "http://purl.org/rss/1.0/modules/link/",
    "z": "http://www.zotero.org/namespaces/export#",
    "eprint": "http://purl.org/eprint/terms/",
    "eprints": "http://purl.org/eprint/terms/",
    "og": "http://ogp.me/ns#",
    "article": "http://ogp.me/ns/article#",
    "book": "http://ogp.me/ns/book#",
    "music": "http://ogp.me/ns/music#",
    "video": "http://ogp.me/ns/video#",
    "so": "http://schema.org/",
    "codemeta": "https://codemeta.github.io/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_ITEM_TYPES = {"newspaperArticle", "journalArticle", "magazineArticle", "webpage", "blogPost", "book", "report"}
_HIGHWIRE = {  # in the order in which they are read: a later one replaces an earlier one
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_cover_date": "date",
    "citation_date": "date",
    "citation_journal_title": "publicationTitle",
    "citation_publisher": "publisher",
    "citation_abstract": "abstractNote",
    "citation_public_url": "url",
    "citation_language": "language",
}
_HIGHWIRE_TYPES = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_book_title": "bookSection",
}
_RDF_FIELDS = {  # field of the item → where RDF.js looks for it, the first that is there
    "title": ("dc:title", "dcterms:title", "eprints:title", "og:title"),
    "publicationTitle": ("prism:publicationName", "eprints:publication", "dc:source", "dcterms:source", "og:site_name"),
    "section": ("article:section",),
    "date": ("eprints:date", "prism:publicationDate", "og:published_time", "article:published_time", "dc:date"),
    "url": ("eprints:official_url", "og:url", "bibo:uri"),
    "abstractNote": ("eprints:abstract", "prism:teaser", "og:description", "dcterms:abstract"),
    "language": ("dc:language", "dcterms:language"),
}
_BYLINES = ("byline", "bylines", "vcard", "article-byline")
_PUNCTUATION = re.compile(r"[^\s,\-.;]")


def embedded_metadata(text: str, address: str) -> Item:
    """The item that "Embedded Metadata" makes of a page."""
    page = html.fromstring(text)
    statements, hw_type, guess = _statements(page)
    item: Item = {"itemType": hw_type or _detected_type(statements, guess or ("webpage" if statements else None))}
    for field, names in _RDF_FIELDS.items():
        found = next((statements[_full(name)][0] for name in names if _full(name) in statements), "")
        if found:
            item[field] = found
    creators = next((statements[_full(n)] for n in ("bib:authors", "dc:creator") if _full(n) in statements), [])
    _add_highwire(page, item, [_clean_author(name) for name in creators])
    _add_low_quality(page, item, address)
    return item


def coins(text: str) -> list[Item]:
    """The items that "COinS" finds on a page."""
    spans = html.fromstring(text).xpath('//span[contains(concat(" ", @class, " "), " Z3988 ")][@title]')
    return [item for span in spans if (item := context_object(span.get("title"))) is not None]


def context_object(text: str) -> Item | None:
    """The item of an OpenURL ContextObject, as parseContextObject reads it."""
    parts = [part.partition("=")[::2] for part in text.split("&")]
    formats = [unquote(value) for name, value in parts if name == "rft_val_fmt"]
    types = {"info:ofi/fmt:kev:mtx:journal": "journalArticle", "info:ofi/fmt:kev:mtx:dc": "webpage"}
    item: Item = {"creators": []}
    item["itemType"] = next((types[each] for each in formats if each in types), None)
    if item["itemType"] is None:
        return None
    names = {
        "rft.title": "title",
        "rft.date": "date",
        "rft.source": "publicationTitle",
        "rft.description": "abstractNote",
        "rft.language": "language",
    }
    for name, raw in parts:
        value = unquote(re.sub(r"\+|%2[bB]", " ", raw))
        if name == "rft.type" and value in _ITEM_TYPES:
            item["itemType"] = value
        elif name == "rft.identifier" and value.startswith(("http://", "https://")):
            item["url"] = value
        elif name in ("rft.au", "rft.creator"):
            item["creators"].append(_clean_author(value))
        elif name == "rft.aucorp":
            item["creators"].append({"lastName": value})
        elif name in names and value:
            item[names[name]] = value
    return item


def _statements(page: etree._Element) -> tuple[dict[str, list[str]], str | None, str | None]:
    statements: dict[str, list[str]] = {}
    hw_type = guess = None
    for meta in page.iter("meta"):
        tags, value = meta.get("name") or meta.get("property"), meta.get("content")
        for tag in tags.split() if tags and value else ():
            parts = re.split("[.:_]", tag)
            prefix, length = parts[0].lower(), len(parts[0])
            if len(parts) > 2 and parts[1].lower() in _PREFIXES:
                prefix, length = parts[1].lower(), len(parts[0]) + len(parts[1]) + 1
            if prefix in _PREFIXES:
                name = tag[length + 1 :]
                statements.setdefault(_PREFIXES[prefix] + name[:1].lower() + name[1:], []).append(value)
                continue
            short = tag[tag.rfind("citation_") :] if "citation_" in tag else ""
            hw_type = _HIGHWIRE_TYPES.get(short, hw_type)
            if short in ("citation_title", "citation_series_title"):
                guess = guess or "journalArticle"
    return statements, hw_type, guess


def _detected_type(statements: dict[str, list[str]], unknown: str | None) -> str | None:
    """zotero, then (here absent: bib, prism, eprints), og, dc, then the default, then guesses."""
    first = {name: statements[_full(name)][0] for name in ("z:itemType", "z:type", "og:type", "dc:type")
             if _full(name) in statements}  # fmt: skip
    zotero = next((first[name] for name in ("z:itemType", "z:type") if first.get(name) in _ITEM_TYPES), None)
    og = {"website": "webpage", "book": "book"}.get(first.get("og:type", ""))
    dc = first.get("dc:type") if first.get("dc:type") in _ITEM_TYPES else None
    guessed = "journalArticle" if first.get("og:type") == "article" else None
    return zotero or og or dc or unknown or guessed


def _full(name: str) -> str:
    prefix, _, rest = name.partition(":")
    return _PREFIXES[prefix] + rest


def _content(page: etree._Element, name: str) -> list[str]:
    return [meta.get("content") for meta in page.xpath("/html/head/meta[@name]") if meta.get("name").endswith(name)]


def _add_highwire(page: etree._Element, item: Item, rdf_creators: list[Item]) -> None:
    for name, field in _HIGHWIRE.items():
        if (found := _content(page, name)) and found[0].strip():
            item[field] = " ".join(found[0].split())
    nodes = _content(page, "citation_author") or _content(page, "citation_authors")
    creators: list[Item] = []
    for node in nodes:
        names = re.split(r"\s*;\s*", node)
        if len(names) == 1 and len(nodes) == 1:
            by_comma = re.split(r"\s*,\s*", names[0])
            if len(by_comma) > 1 and " " in by_comma[0] and " " in by_comma[1]:
                names = by_comma
        creators += [_clean_author(name.strip(), "," in name) for name in names if _PUNCTUATION.search(name)]
    item["creators"] = creators or rdf_creators
    if not item.get("url"):
        item["url"] = next(iter(_content(page, "citation_abstract_html_url")), "")


def _add_low_quality(page: etree._Element, item: Item, address: str) -> None:
    item["title"] = re.sub(r"\s+", " ", item.get("title") or page.findtext(".//title"))
    if item.get("publicationTitle"):
        named = re.escape(item["publicationTitle"])
        item["title"] = re.sub(rf"\s*[-–—=_:|~#]\s*{named}\s*$", "", item["title"], flags=re.IGNORECASE)
    if not item["creators"]:
        w3 = page.xpath('//meta[@name="author" or @property="author"]/@content')
        og = page.xpath('//meta[@property="article:author"]/@content')
        item["creators"] = [_clean_author(name) for name in w3 or og] or _from_byline(page)
    if not item.get("abstractNote"):
        item["abstractNote"] = next(iter(page.xpath('//meta[@name="description"]/@content')), "")
    if not item.get("url"):
        item["url"] = next(iter(page.xpath('//head/link[@rel="canonical"]/@href')), address)
    if not item.get("language"):
        item["language"] = page.get("lang")
    if not item.get("date"):
        item["date"] = next(iter(page.xpath("//time[@datetime]/@datetime")), "")
    item["url"] = urljoin(address, item["url"])


def _from_byline(page: etree._Element) -> list[Item]:
    """Who is found in elements that look like a byline: a trap for pages whose bylines say more than who wrote."""
    found = [node for name in _BYLINES for node in page.find_class(name) if node.text_content().strip()]
    return [_clean_author(" ".join(node.text_content().split())) for node in found[:1]]


def _clean_author(name: str, comma: bool = False) -> Item:
    first, last = (name.split(",", 1)[1], name.split(",", 1)[0]) if comma else name.rpartition(" ")[::2]
    return {"firstName": first.strip(), "lastName": last.strip()} if first.strip() else {"lastName": last.strip()}
