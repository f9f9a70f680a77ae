"""Documents that are zips of XML: DOCX → one article, EPUB → an article a chapter.

Called by `zipped.py`, which tells them by what is in the zip. Of a part no more is read than an article may have.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import unquote
from zipfile import ZipFile

from msgspec import structs

from indexer.readers.as_file import whole
from indexer.readers.bounds import BLOCK_BYTES
from indexer.readers.contract import Blob, Item, Skipped, Unreadable
from indexer.readers.findings import BOMB, DAMAGED, NO_CHAPTER, WITHOUT_TEXT
from indexer.readers.markup_text import decode_markup, html_tree, lines_of, name_of, text_of, xml_tree
from indexer.readers.plain_text import article_of
from indexer.readers.print_pages import is_break_of_book, pages_of_chapter
from indexer.readers.unpacking import nested
from search.article import Article

_DAMAGED: Final = DAMAGED.of("e-book")
_NO_TEXT: Final = WITHOUT_TEXT.of("document")
_BODY: Final = "word/document.xml"
_CONTAINER: Final = "META-INF/container.xml"
_NOT_TEXT: Final = ("del", "instrtext", "deltext", "movefrom", "drawing", "pict", "object")
_TITLE_STYLES: Final = ("title", "heading1")
_CONTENTS: Final = "nav"  # the table of contents of EPUB 3, which may stand among the chapters
_MOST_CHAPTERS: Final = 5000
_HEADINGS: Final = ("h1", "h2", "h3")


def read_docx(archive: ZipFile, blob: Blob) -> Iterator[Item]:
    """The article of a Word document."""
    tree = xml_tree(decode_markup(_part(archive, _BODY, blob)))
    paragraphs = [] if tree is None else [(_style(each), _paragraph(each)) for each in _paragraphs(tree)]
    paragraphs = [(style, text) for style, text in paragraphs if text.strip()]
    if not paragraphs:
        yield Skipped(blob.location, _NO_TEXT)
        return
    titled = next((at for at, (style, _) in enumerate(paragraphs) if style in _TITLE_STYLES), None)
    title = "" if titled is None else " ".join(paragraphs.pop(titled)[1].split())
    article = article_of([line.strip() for _, text in paragraphs for line in text.split("\n")], section=blob.section)
    if title:
        body = "\n".join(filter(None, (article.title, article.body)))
        article = structs.replace(article, title=title, body=body)
    yield article


def _paragraphs(tree: Any) -> list[Any]:
    """The paragraphs of a document, those in tables and boxes too; the document itself where it has none."""
    paragraphs = [element for element in tree.iter() if name_of(element) == "p"]
    return [each for each in paragraphs if not _is_substitute(each)] or [tree]


def _is_substitute(paragraph: Any) -> bool:
    """Whether it says once more, for old programs, what stands in a box."""
    return any(name_of(outer) == "fallback" for outer in paragraph.iterancestors())


def _style(paragraph: Any) -> str:
    for element in paragraph.iter():
        if name_of(element) == "pstyle":
            return next((value.lower() for key, value in element.attrib.items() if key.endswith("val")), "")
    return ""


def _paragraph(paragraph: Any) -> str:
    """The text of a paragraph; line breaks and tabs within it are kept."""
    pieces: list[str] = []
    left_out: list[Any] = []
    for element in paragraph.iter():
        name = name_of(element)
        if element is not paragraph and (name in _NOT_TEXT or name == "p" or element.getparent() in left_out):
            left_out.append(element)
        elif name in ("tab", "br", "cr", "nobreakhyphen"):
            pieces.append({"tab": " ", "nobreakhyphen": "-"}.get(name, "\n"))
        elif name == "t":
            pieces.append(element.text or "")
    return "".join(pieces)


def read_epub(archive: ZipFile, blob: Blob) -> Iterator[Item]:
    """An article for each chapter of an e-book that has text. Raises Unreadable."""
    package_path = _package_path(archive, blob)
    package = xml_tree(decode_markup(_part(archive, package_path, blob)))
    if package is None:
        raise Unreadable(_DAMAGED, f"{package_path} cannot be read")
    source, author, published = (_said(package, name) for name in ("title", "creator", "date"))
    empty, last_page = True, ""
    for path in _chapters(package, posixpath.dirname(package_path)):
        location = f"{blob.location}/{path}"
        try:
            tree = html_tree(decode_markup(_part(archive, path, blob)))
        except Unreadable as error:
            if error.reason == BOMB:
                raise
            yield Skipped(location, error.reason, error.detail)
            continue
        lines = [] if tree is None else lines_of(tree, skip=is_break_of_book)
        if not lines:
            continue
        page, last_page = pages_of_chapter(tree.body, last_page)
        empty = False
        heading = next((found for name in _HEADINGS for each in tree.iter(name) if (found := text_of(each))), "")
        body = lines[1:] if heading and lines[0] == heading else lines
        yield Article(
            "",
            title=heading,
            body="\n".join(body),
            source=(source,) if source else (),
            section=blob.section,
            author=author or None,
            published=published or None,
            page=page or None,
        )
    if empty:
        yield Skipped(blob.location, _NO_TEXT)


def _package_path(archive: ZipFile, blob: Blob) -> str:
    """Where an e-book says what is in it."""
    container = xml_tree(decode_markup(_part(archive, _CONTAINER, blob)))
    found = [] if container is None else [each for each in container.iter() if name_of(each) == "rootfile"]
    if not found:
        raise Unreadable(_DAMAGED, f"{_CONTAINER} names no package")
    return str(found[0].get("full-path") or "")


def _chapters(package: Any, folder: str) -> list[str]:
    """The paths of the chapters, each once, in the order in which they are read."""
    items = [each for each in package.iter() if name_of(each) == "item"]
    chapters = [each for each in items if _CONTENTS not in (each.get("properties") or "").split()]
    hrefs = {each.get("id"): each.get("href") or "" for each in chapters}
    spine = [each.get("idref") for each in package.iter() if name_of(each) == "itemref"][:_MOST_CHAPTERS]
    paths = [hrefs[idref] for idref in spine if hrefs.get(idref)]
    joined = (posixpath.normpath(posixpath.join(folder, unquote(path.partition("#")[0]))) for path in paths)
    return list(dict.fromkeys(joined))


def _said(package: Any, name: str) -> str:
    """What a book says of itself, in its first element of this name."""
    metadata = next((each for each in package.iter() if name_of(each) == "metadata"), None)
    return "" if metadata is None else next((text_of(each) for each in metadata.iter() if name_of(each) == name), "")


def _part(archive: ZipFile, name: str, blob: Blob) -> bytes:
    """The bytes of a part. Raises Unreadable where it is not there or too large, or too much was unpacked before."""
    try:
        entry = archive.getinfo(name)
    except KeyError as error:
        raise Unreadable(NO_CHAPTER, name) from error
    with archive.open(entry) as opened:
        try:
            return whole(nested(blob, iter(lambda: opened.read(BLOCK_BYTES), b"")).blocks)
        except Unreadable as error:
            raise Unreadable(error.reason, name) from error
