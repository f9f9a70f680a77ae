"""Text with HTML in it → the text a reader of the page would see. Called by `clean.py` where a text has `<` or `&`.

Only elements that HTML knows are taken for markup: «x < y» stays. Linear in the length of the text.
"""

from __future__ import annotations

import html
import re
from typing import Final

from search.article import Article


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BREAKING: Final = _set(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav"
    " ol p pre section table tbody td tfoot th thead tr ul"
)
_UNSEEN: Final = _set("script style noscript template iframe object head title svg <!--")
_INLINE: Final = _set(
    "a abbr b bdi bdo big body caption center cite code del em embed figure font html i img input ins link mark meta"
    " param q s small source span strike strong sub sup time u video audio wbr"
)
_COMMENT: Final = "<!--"
_COMMENT_END: Final = "-->"
_MARKUP: Final = _BREAKING | _INLINE | _UNSEEN | {"<![cdata[", "]]>"}
_TAG: Final = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*|/)?>|<!--|-->|<!\[CDATA\[|\]\]>")
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_BLANK_LINES: Final = re.compile(r"\n[ \t]*\n[ \t\n]*")


def without_markup(text: str) -> str:
    """The text without tags and comments, a line break for each element that breaks the line, entities resolved."""
    if "<" in text:
        text = _without_tags(text)
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text) if "&" in text else text


def has_entities(article: Article) -> bool:
    """Whether title, body or byline of an article as it was read have entities that HTML knows."""
    if not ("&" in article.body or "&" in article.title or "&" in (article.author or "")):
        return False
    texts = (article.title, article.body, article.author or "")
    return any(html.unescape(entity) != entity for text in texts for entity in _ENTITY.findall(text))


def _without_tags(text: str) -> str:
    kept: list[str] = []
    at, unseen = 0, ""  # what the text is within: the name of an unseen element, "<!--", or nothing
    for tag in _TAG.finditer(text):
        name = (tag["name"] or tag[0]).lower()
        if unseen:
            if (tag["end"] and name == unseen) or (name, unseen) == (_COMMENT_END, _COMMENT):
                at, unseen = tag.end(), ""
        elif name in _MARKUP:
            kept += (text[at : tag.start()], "\n" if name in _BREAKING else "")
            at = tag.end()
            unseen = name if name in _UNSEEN and not tag["end"] and not tag[0].endswith("/>") else ""
    kept.append(text[at:])  # also what an element that never ends would hide
    return _BLANK_LINES.sub("\n\n", "".join(kept)) if at else text
