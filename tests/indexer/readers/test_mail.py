"""Mail and mailboxes: the contract, and what of a message becomes which field."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import pytest
from msgspec import structs

from indexer.readers.bounds import LARGEST_DOCUMENT
from indexer.readers.contract import Remark
from indexer.readers.findings import ATTACHMENT
from search.article import Article
from tests.contracts.reader import ReaderContract, articles_of, byline, read_bytes, skipped_of

LACKS = {
    "id": "a Message-ID names one sending of a message (RFC 5322, 3.6.4), not the article in it",
    "section": "keywords of a message are no sections",
    "page": "no header tells it",
}


def written_message(article: Article) -> str:
    """A message with every header that tells a field; who wrote the article stands in the text."""
    headers = {"From": article.source[0] if article.source else "Agency Desk", "Subject": article.title}
    headers |= {"Date": format_datetime(datetime.fromisoformat(article.published))} if article.published else {}
    headers |= {"Archived-At": f"<{article.url}>"} if article.url else {}
    head = "".join(f"{name}: {value}\n" for name, value in headers.items())
    return "\n".join((head, *byline(article), article.body, ""))


class TestMail(ReaderContract):
    suffix = ".eml"
    several = False
    lacks = LACKS

    def written(self, articles: Sequence[Article]) -> str:
        return written_message(articles[0])

    def told(self, article: Article) -> Article:
        return super().told(structs.replace(article, body="\n".join((*byline(article), article.body))))


class TestMailbox(TestMail):
    suffix = ".mbox"
    several = True

    def written(self, articles: Sequence[Article]) -> str:
        border = "From MAILER-DAEMON Sat Jul 15 10:20:30 2017\n"
        return "".join(f"{border}{written_message(each)}\n" for each in articles)


def article(message: EmailMessage) -> Article:
    (found,) = (item for item in read_bytes(message.as_bytes(policy=SMTP), "x.eml") if isinstance(item, Article))
    return found


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in headers.items():
        made[name] = value
    return made


def test_headers_are_decoded() -> None:
    made = message(
        Subject="وزير التعليم يفتتح مدرسة",
        From="وكالة الأنباء <desk@agency.example>",
        Date="Sat, 15 Jul 2017 10:20:30 +0300",
    )
    made.set_content("نص الخبر.")
    found = article(made)
    assert (found.title, found.body) == ("وزير التعليم يفتتح مدرسة", "نص الخبر.")
    assert (found.source, found.published) == (("وكالة الأنباء",), "Sat, 15 Jul 2017 10:20:30 +0300")


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "iso-8859-6"])
@pytest.mark.parametrize("cte", ["8bit", "base64", "quoted-printable"])
def test_the_text_in_any_transfer_encoding(charset: str, cte: str) -> None:
    made = message(Subject="خبر")
    made.set_content("نص شو\nسطر ثان", charset=charset, cte=cte)
    assert article(made).body == "نص شو\nسطر ثان"


def test_of_alternatives_the_plain_text_is_read() -> None:
    made = message(Subject="خبر")
    made.set_content("النص")
    made.add_alternative("<p>الصفحة</p>", subtype="html")
    assert article(made).body == "النص"


def test_a_message_of_html_alone_is_read_without_markup() -> None:
    made = message(Subject="خبر")
    made.set_content("<html><style>x</style><p>أ &amp; ب</p><p>ج</p></html>", subtype="html")
    assert article(made).body == "أ & ب\nج"


def test_attachments_are_named_and_not_read() -> None:
    made = message(Subject="خبر")
    made.set_content("النص")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="بيان.pdf")
    made.add_attachment("ملحق", filename="ملحق.txt")
    items = read_bytes(made.as_bytes(policy=SMTP), "x.eml")
    remarks = [item for item in items if isinstance(item, Remark)]
    assert {remark.about for remark in remarks} == {ATTACHMENT}
    assert [remark.example.split(": ")[1] for remark in remarks] == ["بيان.pdf", "ملحق.txt"]
    assert articles_of(items) == [("خبر", "النص")]


def test_lines_of_flowed_text_are_whole_paragraphs() -> None:
    raw = "Subject: خبر\nContent-Type: text/plain; charset=utf-8; format=flowed\n\nبداية \nالفقرة\nفقرة\n".encode()
    assert articles_of(read_bytes(b"From: a@b.example\n" + raw, "x.eml")) == [("خبر", "بداية الفقرة\nفقرة")]


def test_a_message_without_text_is_skipped() -> None:
    assert (
        skipped_of(read_bytes(b"From: a@b.example\nTo: c@d.example\n\n", "x.eml"))[0].reason.sentence
        == "a message without text"
    )


def test_in_a_mailbox_a_quoted_from_is_text_and_a_huge_message_costs_itself() -> None:
    border = "From a@b.c Sat Jul 15 10:20:30 2017\n"
    huge = f"{border}Subject: كبير\n\n" + ("س" * 1000 + "\n") * (LARGEST_DOCUMENT // 1900)
    content = f"{border}Subject: أول\n\n>From هنا\n\n{huge}\n{border}Subject: ثالث\n\nنص\n"
    items = read_bytes(content.encode(), "x.mbox")
    assert articles_of(items) == [("أول", "From هنا"), ("ثالث", "نص")]
    assert [item.reason.sentence for item in skipped_of(items)] == ["larger than 20 MB"]


@pytest.mark.parametrize("name", ["Subject", "From", "Date", "Content-Type", "Content-Disposition"])
@pytest.mark.parametrize("written", ['"', "(", "a@b,", "=?utf-8?B?2K7YqNix?=\n ", "; x*0=a"])
def test_of_an_endless_header_the_beginning_is_looked_at(name: str, written: str) -> None:
    """The library takes the square of a header's length, or as many calls within one another."""
    content = f"To: c@d.example\nMIME-Version: 1.0\n{name}: {written * 100_000}\nSubject: خبر\n\nنص\n"
    items = read_bytes(content.encode(), "x.eml")
    assert all(len(title) < 10_000 for title, _ in articles_of(items)) and len(items) <= 2


def test_words_in_an_encoding_that_nobody_knows_are_read_by_their_letters() -> None:
    title, raw = "خبر عن أسعار القمح في المدينة", "خبر عن أسعار القمح في المدينة".encode("cp1256")
    subject = f"=?x-unknown?B?{base64.b64encode(raw).decode()}?="
    assert articles_of(read_bytes(f"From: a@b.c\nSubject: {subject}\n\nنص\n".encode(), "x.eml")) == [(title, "نص")]


def test_a_letter_that_is_cut_between_two_encoded_words_is_whole() -> None:
    raw = "أسعار القمح".encode()
    words = [f"=?UTF-8?B?{base64.b64encode(part).decode()}?=" for part in (raw[:5], raw[5:])]
    content = f"Subject: خبر: {words[0]}\n {words[1]} =?utf-8?Q?_=D8=A3?=\nFrom: =?utf-8?Q?a=2Cb?= <a@b.c>\n\nنص\n"
    (found,) = (item for item in read_bytes(content.encode(), "x.eml") if isinstance(item, Article))
    assert (found.title, found.source) == ("خبر: أسعار القمح أ", ("a,b",))
