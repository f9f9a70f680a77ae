"""`kashaf alerts` over an index that is added to, corrected, rebuilt, rolled back: each article is told once."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

import kashaf
from indexer.generations.succession import rollback
from search.alerts.as_data import feed_of
from search.engines.registry import EMBEDDED
from search.errors import SettingsError, SourceError
from search.index.directory import IndexDirectory
from search.pages.records import SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.forked import started
from tests.indexer.archives import archive
from tests.indexer.building import add, rebuild
from tests.indexer.stopping import Step, stopped_at

ALERTS = """
[[alert]]
name = "ميناء"
query = "ميناء"

[[alert]]
name = "salt"
query = "ملح"
language = "en"
source = "الواحة"
"""
LONG = (
    "وصلت سفينة الشحن الكبيرة إلى ميناء المدينة صباح اليوم بعد رحلة طويلة عبر البحر استمرت أسبوعين كاملين "
    "وحملت آلاف الحاويات من موانئ الشرق البعيد إلى التجار في الأسواق المحلية قبل بداية الموسم الجديد"
)


def row(id: str | None, body: str, **more: str) -> dict[str, str]:
    named = {"id": id} if id else {}
    return {**named, "title": f"عنوان {body[:20]}", "body": body, "source": "الواحة", "published": "2015-07-01", **more}


class Desk:
    """A folder with an archive, its index and a file of alerts."""

    def __init__(self, folder: Path, engine: str = "tantivy") -> None:
        self.folder, self.index, self.engine = folder, folder / "index", engine
        self.file, self.state = folder / "alerts.toml", folder / "alerts.state"
        self.file.write_text(ALERTS, encoding="utf-8")
        self.rows: dict[str, dict[str, str]] = {}

    def put(self, *rows: dict[str, str]) -> None:
        """Adds articles, or replaces those with their ids."""
        self.rows |= {each["id"]: each for each in rows}
        add(self.index, archive(self.folder / "news.jsonl", self.rows.values()), engine=self.engine)

    def run(self, *words: object) -> Result:
        asked = ["alerts", "--alerts", str(self.file), "--index", str(self.index), *map(str, words)]
        return CliRunner().invoke(kashaf.kashaf, asked, catch_exceptions=False)

    def told(self, *words: object) -> list[tuple[str, str]]:
        """The alert and id of each article that a run tells."""
        result = self.run("--format", "jsonl", *words)
        assert result.exit_code == 0, result.output
        return [(found["alert"], found["id"]) for found in map(json.loads, result.stdout.splitlines())]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.put(row("old", f"{LONG} وهذا خبر قديم"), row("salt", "أسعار الملح ترتفع في الأسواق هذا العام كثيرا"))
    return desk


@pytest.mark.parametrize("engine", EMBEDDED)
def test_each_article_is_told_once_when_it_has_come_whatever_its_date(tmp_path: Path, engine: str) -> None:
    desk = Desk(tmp_path, engine)
    desk.put(row("old", f"{LONG} وهذا خبر قديم"), row("salt", "أسعار الملح ترتفع في الأسواق هذا العام كثيرا"))
    assert desk.run().output == "" and desk.state.exists()
    assert desk.run().output == ""
    desk.put(
        row("new", "يفتتح الوزير ميناء جديدا في الشمال خلال الأسبوع القادم", published="1999-01-01"),
        row("undated", "ازدحام عند مدخل ميناء الجزيرة بسبب العاصفة الأخيرة", published=""),
        row("other", "طقس بارد في الجبال وأمطار غزيرة على السواحل الغربية"),
        row("salt2", "مصنع جديد لإنتاج الملح في الصحراء يبدأ العمل قريبا"),
    )
    assert desk.told() == [("ميناء", "new"), ("ميناء", "undated"), ("salt", "salt2")]
    assert desk.run().output == ""
    desk.put(row("new", "يفتتح الوزير ميناء جديدا في الشمال خلال الشهر القادم"))  # corrected
    assert desk.run().output == ""


def test_no_rebuild_rollback_or_return_of_an_article_makes_it_news(desk: Desk) -> None:
    desk.run()
    desk.put(row("new", "يفتتح الوزير ميناء جديدا في الشمال خلال الأسبوع القادم"))
    assert desk.told() == [("ميناء", "new")]
    rebuild(desk.index)
    assert desk.told() == []
    desk.put(row("newer", "اكتمال توسعة ميناء الجنوب وبدء استقبال السفن العملاقة"))
    rollback(IndexDirectory(desk.index))
    assert desk.told() == []
    rollback(IndexDirectory(desk.index))
    assert desk.told() == [("ميناء", "newer")]
    del desk.rows["newer"]
    archive(desk.folder / "news.jsonl", desk.rows.values())
    rebuild(desk.index, allow_shrink=True)
    assert desk.told() == []
    desk.put(row("newer", "اكتمال توسعة ميناء الجنوب وبدء استقبال السفن العملاقة"))
    assert desk.told() == []


def test_an_index_that_is_made_anew_in_the_same_place_is_looked_through(desk: Desk) -> None:
    desk.run()
    shutil.rmtree(desk.index)  # so that its commits are counted from 1 again
    desk.put(row("new", "يفتتح الوزير ميناء جديدا في الشمال خلال الأسبوع القادم"))
    assert desk.told() == [("ميناء", "new")]


def test_a_copy_is_one_with_what_it_copies_unless_that_is_not_searched(desk: Desk) -> None:
    desk.run()
    desk.put(row("copy", f"{LONG} وهذا خبر قديم", source="مرسى"))
    assert desk.told() == []  # a copy of an article that was there
    body = f"{LONG[::-1]} ثم أعلنت هيئة الملح أن إنتاج ميناء الملح تضاعف خلال السنوات الخمس الماضية"
    desk.put(row("wire", body, source="مرسى"))
    assert desk.told() == [("ميناء", "wire")]  # of another source than "salt" asks for
    desk.put(row("paper", f"{body} أيضا"), row("paper2", f"{body} كذلك"))
    found = [json.loads(line) for line in desk.run("--format", "jsonl").stdout.splitlines()]
    assert [(each["alert"], each["copies"]) for each in found] == [("salt", 1)]


def test_an_article_without_an_id_that_is_corrected_is_no_news(desk: Desk) -> None:
    text = desk.folder / "texts" / "a.txt"
    text.parent.mkdir()
    desk.put(row("old", "خبر قصير عن طقس الغد"))
    text.write_text(f"عنوان الخبر\n\n{LONG} كما قال المصدر", encoding="utf-8")
    add(desk.index, text.parent)
    (told,) = desk.told("--first", "all", "ميناء")[:1]
    text.write_text(f"عنوان الخبر\n\n{LONG} كما قال المصدر نفسه", encoding="utf-8")
    add(desk.index, text.parent)
    service = SearchService.open(Settings(index=desk.index))
    found = [hit.article.id for hit in service.search(SearchRequest("ميناء", collapse=False)).hits]
    assert len(found) == 1 and told[1] not in found  # one of them has a new id
    assert desk.told() == []


def test_a_new_alert_tells_nothing_or_all_and_a_changed_one_begins_anew(desk: Desk) -> None:
    assert desk.told("--first", "all") == [("ميناء", "old"), ("salt", "salt")]
    assert desk.told("--first", "all") == []
    desk.file.write_text(ALERTS.replace('query = "ملح"', 'query = "أسعار"'), encoding="utf-8")
    result = desk.run()
    assert result.stdout == "" and "'salt' searches for something else now" in result.stderr
    desk.put(row("b", "أسعار التمور تنخفض في موسم الحصاد بعد وفرة الإنتاج المحلي"))
    assert desk.told() == [("salt", "b")]


def test_alerts_that_are_run_alone_keep_their_own_time(desk: Desk) -> None:
    desk.run()
    desk.put(row("both", "ميناء الملح يستقبل أول سفينة بعد انتهاء أعمال الصيانة"))
    assert desk.told("salt") == [("salt", "both")]
    desk.put(row("later", "حركة نشطة في ميناء الشرق مع بداية الموسم السياحي الجديد"))
    assert sorted(desk.told()) == [("ميناء", "both"), ("ميناء", "later")]


def test_the_text_is_that_of_a_mail(desk: Desk) -> None:
    desk.run()
    desk.put(row("1", "ميناء الملح يستقبل أول سفينة بعد انتهاء أعمال الصيانة", url="https://example.org/1"))
    os.environ["KASHAF_PUBLIC_ADDRESS"] = "https://news.example.org/a"
    try:
        text = desk.run().stdout
    finally:
        del os.environ["KASHAF_PUBLIC_ADDRESS"]
    first, second = text.split("\n\n\n")[0], text.rpartition("salt: ")[2]
    assert first.startswith("ميناء: مقال جديد\n=====") and "https://news.example.org/a/article/1" in first
    assert "الواحة · 1 يوليو" in first and "ميناء الملح يستقبل" in first
    assert second.startswith("1 new article\n") and "1 July 2015" in second


def test_more_than_the_limit_are_counted(desk: Desk) -> None:
    desk.file.write_text(ALERTS.replace('query = "ميناء"', 'query = "ميناء"\nlimit = 2'), encoding="utf-8")
    desk.run()
    desk.put(*(row(f"n{n}", f"خبر {n} {'كذا ' * n} ميناء", published=f"2016-01-{n:02}") for n in range(1, 6)))
    text = desk.run().stdout
    assert "ميناء: 5 مقالات جديدة" in text and "وغيرها 3 مقالات جديدة" in text
    assert text.index("خبر 5") < text.index("خبر 4") and "خبر 3" not in text


def test_a_feed_keeps_its_former_entries_and_other_files_are_added_to(desk: Desk) -> None:
    desk.run()
    feed, text = desk.folder / "alerts.xml", desk.folder / "news.txt"
    for number, body in enumerate(("ميناء الشمال يتوسع هذا العام", "ميناء الجنوب يغلق أبوابه شهرا كاملا"), 1):
        desk.put(row(str(number), body))
        assert desk.run("--format", "atom", "--output", feed).output == ""
    entries = ElementTree.fromstring(feed.read_bytes()).findall("{http://www.w3.org/2005/Atom}entry")
    titles = [entry.findtext("{http://www.w3.org/2005/Atom}title") or "" for entry in entries]
    assert ["الجنوب" in title for title in titles] == [True, False]
    contents = ElementTree.fromstring(feed.read_bytes()).findall(".//{http://www.w3.org/2005/Atom}content")
    assert ["ميناء" in (content.text or "") for content in contents] == [True, True]  # they have no address
    before = feed.read_bytes()
    assert desk.run("--format", "atom", "--output", feed).output == "" and feed.read_bytes() == before
    for number in (3, 4):
        desk.put(row(str(number), f"ميناء رقم {number} {'جديد ' * number}"))
        desk.run("--output", text)
    assert text.read_text(encoding="utf-8").count("مقال جديد") == 2
    with pytest.raises(SettingsError, match="no Atom feed"):
        feed_of([], lambda id: None, archive="/a", title="x", now=datetime.now(UTC), former=b"<feed")


def test_each_feed_has_an_id_of_its_own_and_so_has_each_entry(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("--format", "atom", "--first", "all", "--dry-run")
    feeds = [_ids(desk.run(*asked, *names).stdout) for names in ((), ("ميناء",), ("salt",))]
    monkeypatch.setenv("KASHAF_PUBLIC_ADDRESS", "https://news.example.org/")
    feeds.append(_ids(desk.run(*asked).stdout))
    assert len({feed for feed, *_ in feeds}) == 4
    (_, *every), (_, *of_port), (_, *of_salt), (_, *elsewhere) = feeds
    assert sorted(every) == sorted(of_port + of_salt) and len(set(every)) == 2
    assert set(every).isdisjoint(elsewhere)


def test_a_feed_keeps_its_id_from_run_to_run_and_when_alerts_are_added(desk: Desk) -> None:
    feed, asked = desk.folder / "alerts.xml", ("--format", "atom", "--first", "all")
    first = _ids(desk.run(*asked, "--dry-run").stdout)
    assert _ids(desk.run(*asked, "--dry-run").stdout) == first
    desk.run(*asked, "--output", feed)
    desk.file.write_text(f'{ALERTS}[[alert]]\nname = "third"\nquery = "السوق"\n', encoding="utf-8")
    desk.put(row("new", "يفتتح الوزير ميناء جديدا في الشمال خلال الأسبوع القادم"))
    assert _ids(desk.run("--format", "atom", "--dry-run").stdout)[0] != first[0]
    desk.run("--format", "atom", "--output", feed)
    after = _ids(feed.read_text(encoding="utf-8"))
    assert after[0] == first[0] and after[2:] == first[1:]


def test_what_could_not_be_written_is_told_again(desk: Desk) -> None:
    desk.run()
    desk.put(row("new", "يفتتح الوزير ميناء جديدا في الشمال خلال الأسبوع القادم"))
    with started("alerts", *_of(desk), piped=True) as command, (command.output / "stdout").open("rb") as printed:
        printed.close()  # a mail program that has failed
        assert command.wait() == 141
    with pytest.raises(SourceError, match="cannot be written"):
        desk.run("--output", desk.folder / "none" / "x.txt")
    assert desk.run("--dry-run").stdout and desk.told("--dry-run") == [("ميناء", "new")]
    given = Step("search.alert_commands", "_give", "after")
    with (
        stopped_at(given, "alerts", *_of(desk), "--output", desk.folder / "news.txt"),
        pytest.raises(SettingsError, match="another run of kashaf alerts has"),
    ):
        desk.run()
    assert desk.told() == [("ميناء", "new")]
    assert desk.told() == []


def test_a_state_that_is_damaged_or_of_another_index_is_refused(desk: Desk) -> None:
    desk.run()
    content = desk.state.read_bytes()
    desk.state.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(SettingsError, match=r"alerts\.state is damaged or none: .* begin anew"):
        desk.run()
    desk.state.write_bytes(content)
    other = Desk(desk.folder / "other") if (desk.folder / "other").mkdir() is None else desk
    other.put(row("x", "خبر آخر عن ميناء بعيد في بلاد أخرى"))
    with pytest.raises(SettingsError, match="is of the index"):
        other.run("--state", desk.state)


def _of(desk: Desk) -> tuple[object, ...]:
    return "--alerts", desk.file, "--index", desk.index


def _ids(feed: str) -> list[str]:
    """The id of the feed, then those of its entries."""
    return [found.text or "" for found in ElementTree.fromstring(feed).iter("{http://www.w3.org/2005/Atom}id")]
