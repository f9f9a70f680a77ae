"""Mail, one message or a mailbox of them, as agencies send their news → an article a message.

Called by the registry. The subject is the title, the sender the source; the text is the plain one where a message has
several, else that of its HTML. Attachments are named and not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.parser import BytesParser
from itertools import islice
from typing import Any, Final

from indexer.readers.as_file import whole
from indexer.readers.bounds import LARGEST_DOCUMENT
from indexer.readers.bylines import writer_in
from indexer.readers.contract import Blob, Item, Remark, Skipped
from indexer.readers.encoding import utf8_blocks
from indexer.readers.findings import ATTACHMENT, BROKEN_MESSAGE, TOO_LARGE, WITHOUT_TEXT
from indexer.readers.json_lines import lines
from indexer.readers.mail_headers import Headers, header_text, sender
from indexer.readers.markup_text import decode_markup, html_tree, lines_of
from indexer.readers.piecewise import Decoder
from search.article import Article

_BORDER: Final = re.compile(rb"From \S+ .{0,100}\d{4}\s*(?:[+-]\d{4})?\s*$")
_QUOTED_BORDER: Final = re.compile(r"^>(>*From )", re.MULTILINE)
_TEXTS: Final = ("text/plain", "text/html")
_MOST_LINES: Final = 500_000  # of a message: the library holds each by itself
_MOST_PARTS: Final = 500  # of a message that are looked at
_HEADERS: Final = Headers()


def read_mail(blob: Blob) -> Iterator[Item]:
    """The article of a message in a file of its own."""
    yield from message_items(whole(utf8_blocks(blob.blocks)), blob.location, section=blob.section)


def read_mailbox(blob: Blob) -> Iterator[Item]:
    """The articles of a mailbox, message by message; one that is too large costs only itself."""
    for number, raw in enumerate(_messages(utf8_blocks(blob.blocks)), start=1):
        location = f"{blob.location}#{number}"
        if raw is None:
            yield Skipped(location, TOO_LARGE)
        else:
            yield from message_items(raw, location, section=blob.section)


def _messages(blocks: Iterator[bytes]) -> Iterator[bytes | None]:
    """Each message of a mailbox without the line before it; None for each that is too large."""
    held = bytearray()  # and no list of lines, of which there may be millions
    size = 0
    begun = False
    for line in lines(blocks):
        if line is not None and line.startswith(b"From ") and _BORDER.match(line):
            if begun:
                yield bytes(held) if size <= LARGEST_DOCUMENT else None
            held, size, begun = bytearray(), 0, True
            continue
        size += LARGEST_DOCUMENT + 1 if line is None else len(line) + 1
        if size > LARGEST_DOCUMENT:
            held.clear()
        elif line is not None:
            held += line
            held += b"\n"
    if begun:
        yield bytes(held) if size <= LARGEST_DOCUMENT else None


def message_items(raw: bytes, location: str, *, section: str | None = None) -> Iterator[Item]:
    """The article of a message, after remarks on its attachments."""
    if raw.count(b"\n") > _MOST_LINES:
        yield Skipped(location, TOO_LARGE, f"it has more than {_MOST_LINES:,} lines")
        return
    try:
        message = BytesParser(policy=_HEADERS).parsebytes(raw)
        parts = _parts(message)
        left_out = [part for part in parts if _is_attachment(part)]
        body = _body([part for part in parts if part not in left_out])
    except Exception as error:  # what the library stumbles over in broken messages is of many kinds
        yield Skipped(location, BROKEN_MESSAGE, str(error)[:200])
        return
    for part in left_out:
        yield Remark(ATTACHMENT, f"{location}: {_file_name(part) or part.get_content_type()}")
    title = _header(message, "subject")
    if not title and not body:
        yield Skipped(location, WITHOUT_TEXT.of("message"))
        return
    yield Article(
        "",
        title=title,
        body=body,
        source=tuple(filter(None, [sender(_written(message, "from"))])),
        section=section,
        author=writer_in([line for line in body.split("\n") if line.strip()]),
        url=_address(_header(message, "archived-at")),
        published=_header(message, "date") or None,
    )


def _address(written: str) -> str | None:
    """Where the message stands on the web (RFC 5064)."""
    address = written.strip("<> ")
    return address if address.startswith(("http://", "https://")) else None


def _parts(message: Any) -> list[Any]:
    """The parts of a message that hold something, in its order; what is in a message within it belongs to that."""
    return [part for part in islice(message.walk(), _MOST_PARTS) if not part.is_multipart()]


def _is_attachment(part: Any) -> bool:
    kind = part.get_content_type()
    disposition = _header(part, "content-disposition").lower()
    return kind not in _TEXTS or disposition.startswith("attachment") or bool(_file_name(part))


def _body(texts: list[Any]) -> str:
    """The plain text if there is any, else that of the first page; texts: the parts that are no attachments."""
    plain = [text for part in texts if part.get_content_type() == "text/plain" and (text := _plain(part)).strip()]
    if plain:
        return "\n".join(plain)
    pages = [part for part in texts if part.get_content_type() == "text/html"]
    return "\n".join(lines_of(tree)) if pages and (tree := html_tree(_page(pages[0]))) is not None else ""


def _plain(part: Any) -> str:
    text = Decoder(_charset(part)).text(_bytes(part)) or ""
    return _QUOTED_BORDER.sub(r"\1", _unwrapped(text, part)).strip()


def _unwrapped(text: str, part: Any) -> str:
    """Paragraphs that the sender's program has cut into lines (format=flowed), whole again."""
    text = text.replace("\r\n", "\n")
    if str(part.get_param("format") or "").lower() != "flowed":
        return text
    return re.sub(r"(?<=\S) \n(?=\S)", " ", text)


def _page(part: Any) -> str:
    return decode_markup(_bytes(part), _charset(part))


def _bytes(part: Any) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _charset(part: Any) -> str:
    return str(part.get_content_charset() or "")


def _header(message: Any, name: str) -> str:
    """A header on one line, decoded; "" where it is absent."""
    return header_text(_written(message, name))


def _written(message: Any, name: str) -> str:
    """A header as it stands in the file."""
    return str(message.get(name) or "")


def _file_name(part: Any) -> str:
    try:
        return header_text(str(part.get_filename() or ""))
    except Exception:  # likewise
        return ""
