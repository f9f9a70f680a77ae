"""UTF-8 that was read as ISO 8859-1, in files of all kinds: م is «Ù» and U+0085, which Python takes for white space."""

from __future__ import annotations

import base64

import pytest

from indexer.readers.contract import Remark
from indexer.repairs.findings import WRONG_ENCODING
from tests.contracts.reader import cleaned, read_bytes

TITLE = "مدير المصرف يعلن حجم القروض"
BODY = "قال مدير المصرف إن حجم القروض بلغ مئة مليون، وإن المصرف يفتح فرعا جديدا في المدينة يوم الأحد."


def misread(text: str) -> str:
    return text.encode().decode("latin-1")


def message(title: str, body: str) -> str:
    subject = base64.b64encode(title.encode()).decode()
    return f"From: a@b.c\nSubject: =?utf-8?B?{subject}?=\nContent-Type: text/plain; charset=utf-8\n\n{body}\n"


def page(title: str, body: str) -> str:
    return f"<html><head><meta charset=utf-8></head><body><h1>{title}</h1><p>{body}</p><p>{body}</p></body></html>"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("x.txt", "{title}\n\n{body}\n"),
        ("x.csv", "title,body\n{title},{body}\n"),
        (
            "x.xml",
            "<nitf><hedline><hl1>{title}</hl1></hedline><body.content><p>{body}</p></body.content></nitf>",
        ),
        ("x.sgml", "<DOC><HEADLINE>{title}</HEADLINE><TEXT>{body}</TEXT></DOC>"),
        ("x.xml", '<TEI><text><body><div type="item"><head>{title}</head><p>{body}</p></div></body></text></TEI>'),
        ("x.rss", "<rss><channel><item><title>{title}</title><description>{body}</description></item></channel></rss>"),
        ("x.eml", message(misread(TITLE), misread(BODY))),
    ],
)
def test_letters_that_look_like_the_end_of_a_line_come_back(name: str, written: str) -> None:
    content = written.replace("{title}", misread(TITLE)).replace("{body}", misread(BODY))
    assert [(found.title, found.body) for found in cleaned(read_bytes(content.encode(), name))] == [(TITLE, BODY)]


def test_a_page_is_mended_before_its_text_is_told_from_menus() -> None:
    """Soft hyphens and controls are taken off by that, and are letters here: ح ف."""
    items = read_bytes(page(misread(TITLE), misread(BODY)).encode(), "x.html")
    assert [(found.title, found.body) for found in cleaned(items)] == [(TITLE, f"{BODY}\n{BODY}")]
    assert [item.about for item in items if isinstance(item, Remark)] == [WRONG_ENCODING]


def test_a_sound_page_that_speaks_of_such_letters_stays_as_it_is() -> None:
    said = f"{BODY} وكتب في الشاشة Ø§Ù„ فقط."
    items = read_bytes(page(TITLE, said).encode(), "x.html")
    assert not [item for item in items if isinstance(item, Remark)]
