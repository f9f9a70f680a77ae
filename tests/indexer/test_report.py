"""The report: everything counted, some of it named."""

from __future__ import annotations

from indexer.findings import Finding
from indexer.readers.contract import Skipped
from indexer.readers.findings import BROKEN_JSON, EMPTY_FILE, NO_READER, NO_TEXT, UNKNOWN_FIELD
from indexer.report import MOST_NAMED, MOST_REASONS, Tally
from indexer.report_as_text import MOST_SHOWN, MOST_TOLD, report_object, report_text


def test_every_reason_is_counted_and_the_first_places_are_named() -> None:
    tally = Tally()
    for number in range(MOST_NAMED + 5):
        tally.skip(Skipped(f"a.jsonl:{number}", BROKEN_JSON, "unexpected end"))
    tally.skip(Skipped("b.txt", EMPTY_FILE))
    report = tally.report(articles=0, seconds=1)
    assert report.skipped == MOST_NAMED + 6
    assert [(cases.text, cases.count, len(cases.named)) for cases in report.reasons] == [
        ("broken JSON", MOST_NAMED + 5, MOST_NAMED),
        ("an empty file", 1, 1),
    ]
    assert report.reasons[0].named[0] == "a.jsonl:0: unexpected end"


def test_of_the_articles_of_a_file_it_is_said_which_one() -> None:
    tally = Tally()
    tally.skip(Skipped("a.zip", EMPTY_FILE, "its title cannot be read"), file="a.zip", article=1_234)
    tally.remark(UNKNOWN_FIELD, "7", file="a.zip", article=2, named="7: خبر")
    tally.remark(UNKNOWN_FIELD, "أمس", file="a.zip", article=3, named="8: خبر")
    report = tally.report(articles=0, seconds=1)
    assert report.reasons[0].named == ("a.zip, article 1,234: its title cannot be read",)
    assert report.remarks[0].named == ("a.zip, article 2: 7: خبر", "a.zip, article 3: أمس; 8: خبر")


def test_reasons_and_remarks_without_end_take_bounded_room() -> None:
    tally = Tally()
    for number in range(1000):
        tally.skip(Skipped("a", Finding("a-kind", f"reason {number}")))
        tally.remark(Finding("a-kind", f"remark {number}"), "x")
    report = tally.report(articles=0, seconds=1)
    assert report.skipped == 1000
    assert len(report.reasons) == len(report.remarks) == MOST_REASONS + 1


def test_a_reason_and_a_remark_in_the_same_words_are_counted_apart() -> None:
    tally = Tally()
    tally.skip(Skipped("a", Finding("a-kind", "too long")))
    tally.remark(Finding("a-kind", "too long"), "b")
    assert tally.report(articles=0, seconds=1).skipped == 1


def test_rates_are_of_all_articles_read() -> None:
    tally = Tally(added=10, unchanged=20, updated=5, repeated=5, text_bytes=8_000_000)
    made = report_object(tally.report(articles=35, seconds=2))
    assert (made["articles_per_second"], made["megabytes_per_second"], made["articles"]) == (20, 4, 35)


def test_the_text_has_every_count_and_no_control_characters() -> None:
    tally = Tally(added=1234, repeated=2)
    tally.skip(Skipped("a\x1b[31m.txt", NO_TEXT))
    tally.remark(UNKNOWN_FIELD, "views")
    text = report_text(tally.report(articles=1234, seconds=1))
    for part in ("added 1,234", "skipped 1", "repeated 2", "no text [no-text]: 1", "views", "articles/s", "MB/s"):
        assert part in text
    assert "\x1b" not in text


def test_a_remark_whose_examples_are_longer_than_a_line_of_a_terminal_has_a_line_for_each() -> None:
    tally = Tally()
    for name in ("views", "/archive/" + "x" * 60, "likes", "shares", "tags", "mood"):
        tally.remark(UNKNOWN_FIELD, name)
    report = tally.report(articles=0, seconds=1)
    lines = report_text(report).splitlines()
    at = lines.index("remarked: unknown field left out [unknown-field]: 6")
    assert lines[at + 1 : at + 7] == [
        "    views",
        "    /archive/" + "x" * 60,
        "    likes",
        "    shares",
        "    tags",
        "    …",
    ]


def test_a_remark_with_short_examples_is_one_line() -> None:
    tally = Tally()
    tally.remark(UNKNOWN_FIELD, "views")
    assert "remarked: unknown field left out [unknown-field]: 1 (views)" in report_text(
        tally.report(articles=0, seconds=1)
    )


def test_the_text_names_the_commonest_reasons_and_counts_the_others() -> None:
    tally = Tally()
    for number in range(MOST_SHOWN + 2):
        for _ in range(10 - number):
            tally.skip(Skipped("a", Finding(f"kind-{number}", f"reason {number}")))
    lines = report_text(tally.report(articles=0, seconds=1)).splitlines()
    assert [line for line in lines if line.startswith("skipped:")] == [
        *(f"skipped: reason {number} [kind-{number}]: {10 - number}" for number in range(MOST_SHOWN)),
        f"skipped: 2 other reasons: {2 * (10 - MOST_SHOWN) - 1} (--report FILE.json lists every case)",
    ]


def test_reasons_of_one_kind_are_one_line_that_names_what_each_is_about() -> None:
    tally = Tally()
    for kind, count in ((".css files", 2), ("RAR archives", 5), (".js files", 1)):
        for number in range(count):
            tally.skip(Skipped(f"{number}{kind}", NO_READER.of(kind)))
    for _ in range(3):
        tally.skip(Skipped("x", Finding("other-kind", "something else")))
    lines = report_text(tally.report(articles=0, seconds=1)).splitlines()
    assert [line for line in lines if line.startswith("skipped:")] == [
        "skipped: no reader for RAR archives (5), .css files (2), .js files (1) [no-reader]: 8",
        "skipped: something else [other-kind]: 3",
    ]
    first = lines.index("skipped: no reader for RAR archives (5), .css files (2), .js files (1) [no-reader]: 8")
    assert lines[first + 1 : first + 4] == ["    0RAR archives", "    0.css files", "    0.js files"]
    objects = report_object(tally.report(articles=0, seconds=1))["reasons"]
    assert [each["count"] for each in objects] == [5, 3, 2, 1]  # programs are told each by itself


def test_of_many_things_that_one_reason_is_about_the_commonest_are_named() -> None:
    tally = Tally()
    for number in range(MOST_TOLD + 3):
        tally.skip(Skipped("a", NO_READER.of(f".x{number} files")))
    line = next(line for line in report_text(tally.report(articles=0, seconds=1)).splitlines() if "no reader" in line)
    assert line.count("(1)") == MOST_TOLD and ", 3 others [no-reader]: 11" in line


def test_sentences_of_a_kind_that_share_no_beginning_are_told_whole() -> None:
    tally = Tally()
    for sentence in ("a damaged zip", "damaged tar"):
        tally.skip(Skipped("a", Finding("damaged", sentence)))
    assert "skipped: a damaged zip (1), damaged tar (1) [damaged]: 2" in report_text(
        tally.report(articles=0, seconds=1)
    )
