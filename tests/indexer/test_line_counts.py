"""Lines that a publisher repeats are found by counting, and left out of snippets and ranking, not out of articles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace

from indexer.line_counts import LEAST, WINDOW, LineCounts, ToWrite
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import Article, encode_article
from search.index.documents import Analysed, analyse_articles
from search.index.repeated_lines import FILE, RepeatedLines, read_counted, repeated_lines
from search.pages.records import SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.indexer.archives import kashaf

ANALYZER = BatchAnalyzer(Analyzer.default())
NEWS = ("افتتح الوزير جسرا", "نظم النادي بطولة", "وقعت الشركة عقدا", "حذر الأطباء من السهر", "ارتفع النفط")
_WHO = "الوزير السفير المدرب الطبيب الشاعر المهندس القاضي الأمير الباحث العميد المدير النائب الكاتب"
_DID = "زار افتتح راجع قرأ شكر حضر رفض طلب سمع كتب فتح جمع شرح نقل وصف عرض تابع"
_WHAT = "المدرسة المستشفى الميناء الجسر الكتاب المسرح السوق القرية الملعب المطار المصنع"
WHO = tuple(_WHO.split())
DID = tuple(_DID.split())
WHAT = tuple(_WHAT.split())


def sentence(number: int) -> str:
    """Another sentence for each number."""
    words = (DID[number % 17], WHO[number // 17 % 13], WHAT[number // 221 % 11], WHO[number % 13], WHAT[number % 11])
    return " ".join(words)


def article(number: int, last: str, *, source: str = "الوئام", first: str = "") -> Article:
    body = f"{sentence(number)} صباحا\n{sentence(number + 1000)} وقال شاهد إن ذلك مهم.\n{last}"
    return Article(str(number), "عنوان", f"{first}\n{body}" if first else body, (source,))


def analysed(found: Article) -> Analysed:
    return analyse_articles([found], ANALYZER)[0]


class Counting:
    """Counts articles as a run does; `committed` are those of the index."""

    def __init__(self, folder: Path, committed: Mapping[str, int] | None = None) -> None:
        self.committed = dict(committed or {})
        self.counts = LineCounts(folder, ANALYZER, self._digests)
        self.folder = folder

    def _digests(self, ids: Iterable[str]) -> Mapping[str, int]:
        return {id: self.committed[id] for id in ids if id in self.committed}

    def take(self, *articles: Article, digest: int = 1) -> list[Analysed]:
        return self.counts.without_repeated(
            [ToWrite(each.id, encode_article(each), analysed(each), digest) for each in articles]
        )

    @property
    def lines(self) -> list[str]:
        self.counts.store()
        counted = read_counted(self.folder)
        return [line.text for line in counted.after.repeated.values()] if counted else []


def stems(text: str) -> set[str]:
    return set(ANALYZER.terms([text])[0].stem.split())


def test_a_line_of_twenty_articles_of_a_publisher_is_repeated_from_then_on(tmp_path: Path) -> None:
    line = "تابعوا آخر الأخبار على تويتر!"
    counting = Counting(tmp_path)
    found = counting.take(*(article(number, line) for number in range(LEAST)))
    assert counting.lines == [line]
    assert stems(line) <= set(found[0].terms["body_stem"].split())
    after, whole = counting.take(article(90, line))[0], analysed(article(90, line))
    assert not stems("تويتر") & set(after.terms["body_stem"].split())
    assert stems("شاهد") <= set(after.terms["body_stem"].split())
    assert after.terms["body_word"] == whole.terms["body_word"]


@pytest.mark.parametrize(
    "lines",
    [
        [f"رابط الخبر بصحيفة الوئام: {NEWS[number % 5]} {number}" for number in range(LEAST + 5)],
        [f"للتواصل مع الكاتب ارسل رسالة تبدأ بالرمز ({number})" for number in range(LEAST + 5)],
        [f"كاتب{number}@example.com للتواصل معنا" for number in range(LEAST + 5)],
        ["...المزيد"] * (LEAST + 5),
        ["جميع الحقوق محفوظة"] * (LEAST + 5),
    ],
)
def test_templates_count_by_what_they_share(tmp_path: Path, lines: list[str]) -> None:
    counting = Counting(tmp_path)
    counting.take(*(article(number, line) for number, line in enumerate(lines)))
    assert len(counting.lines) == 1


def test_a_repeated_beginning_is_found_within_a_line_too(tmp_path: Path) -> None:
    counting = Counting(tmp_path)
    counting.take(*(article(number, f"رابط الخبر بصحيفة الوئام: خبر {number}") for number in range(LEAST)))
    counting.counts.store()
    glued = Article("x", "عنوان", "نص الخبر كاملا. رابط الخبر بصحيفة الوئام: نص الخبر", ("الوئام",))
    begin, end = repeated_lines(tmp_path).kept_part(glued)
    assert glued.body[begin:end] == "نص الخبر كاملا. "


def test_real_news_is_not_taken_for_repeated(tmp_path: Path) -> None:
    counting = Counting(tmp_path)
    for number in range(200):
        weather = f"توقعت الأرصاد أن تكون الرياح على البحر الأحمر شمالية إلى غربية وأن {sentence(number)}"
        counting.take(article(number, f"من جهته قال {sentence(number)}: نعم", first=weather))
    assert counting.lines == []


def test_a_dateline_and_the_name_of_a_columnist_stay(tmp_path: Path) -> None:
    counting = Counting(tmp_path)
    for number in range(1000):
        last = "أنيس منصور" if number % 25 == 0 else f"وأضاف أن {sentence(number)}."
        counting.take(article(number, last, first="الرياض - واس"))
    assert counting.lines == []


def test_publishers_are_counted_apart(tmp_path: Path) -> None:
    counting = Counting(tmp_path)
    counting.take(*(article(number, "تابعونا على تويتر!", source=f"جريدة {number % 4}") for number in range(3 * LEAST)))
    assert counting.lines == []
    counting.take(*(article(1000 + number, "تابعونا على تويتر!", source="جريدة 1") for number in range(LEAST)))
    other = article(5, "تابعونا على تويتر!", source="جريدة 2")
    counting.counts.store()
    assert repeated_lines(tmp_path).kept_part(other) == (0, len(other.body))


def test_an_article_that_is_corrected_again_and_again_counts_once(tmp_path: Path) -> None:
    counting = Counting(tmp_path)
    counting.take(*[article(1, "تابعوا آخر الأخبار على تويتر!")] * (2 * LEAST))
    assert counting.lines == []


def test_an_article_that_is_nothing_else_stays_whole() -> None:
    only = Article("1", "عنوان", "...المزيد\n...المزيد", ("الوئام",))
    assert RepeatedLines().kept_part(only) == (0, len(only.body))


def test_articles_of_one_batch_are_counted_one_after_another(tmp_path: Path) -> None:
    line = "تابعوا آخر الأخبار على تويتر!"
    articles = [article(number, line, first="Next Previous") for number in range(2 * LEAST)]
    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir()
    one, other = Counting(tmp_path / "a"), Counting(tmp_path / "b")
    assert one.take(*articles) == [found for each in articles for found in other.take(each)]


def test_first_words_are_those_of_what_is_left(tmp_path: Path) -> None:
    counting = Counting(tmp_path)
    found = counting.take(*(article(number, "تابعونا!", first="Next Previous") for number in range(2 * LEAST)))
    assert stems("Next") <= set(found[0].terms["lead"].split()) and not stems("Next") & set(
        found[-1].terms["lead"].split()
    )
    assert not stems("تابعونا") & set(found[-1].terms["lead"].split())


def test_rare_lines_are_forgotten_so_that_memory_is_bounded(tmp_path: Path) -> None:
    counting = Counting(tmp_path)
    bare = analysed(article(0, "تابعونا على تويتر!"))
    publisher, known = bare.edges
    for number in range(WINDOW):
        lines = tuple(replace(line, key=number * 10 + place) for place, line in enumerate(known))
        found = replace(bare, edges=(publisher, lines))
        counting.counts.without_repeated([ToWrite(str(number), b"", found, 1)])
    counting.counts.store()
    counted = read_counted(tmp_path)
    assert counted is not None and sum(map(len, counted.after.counts.values())) == 0


def test_a_run_after_a_killed_one_goes_on_from_the_last_commit(tmp_path: Path) -> None:
    line = "تابعوا آخر الأخبار على تويتر!"
    articles = [article(number, line) for number in range(LEAST)]
    undisturbed, killed = Counting(tmp_path / "a"), Counting(tmp_path / "b")
    for each in (undisturbed, killed):
        each.folder.mkdir()
        each.take(*articles[:10])
        each.counts.store()
    killed.take(*articles[10:], digest=2)
    killed.counts.store()  # and the commit of the index that follows is never made
    again = Counting(tmp_path / "b", {"9": 1})
    for each in (undisturbed, again):
        each.take(*articles[10:-1])
        assert each.lines == []
        each.take(articles[-1])
        assert each.lines == [line]
    assert read_counted(tmp_path / "a").after == read_counted(tmp_path / "b").after  # type: ignore[union-attr]


def test_a_damaged_file_is_begun_anew(tmp_path: Path) -> None:
    counting = Counting(tmp_path)
    counting.take(article(1, "تابعونا!"))
    counting.counts.store()
    content = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(content.replace(b"1", b"2", 1))
    assert read_counted(tmp_path) is None
    assert Counting(tmp_path).lines == []


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_snippets_do_not_show_it_a_phrase_finds_it_and_verify_agrees(tmp_path: Path, engine: str) -> None:
    source = tmp_path / "a.jsonl"
    rows = (article(number, f"رابط الخبر بصحيفة الوئام: {NEWS[number % 5]}") for number in range(3 * LEAST))
    lines = (json.dumps({"id": a.id, "title": a.title, "body": a.body, "source": a.source[0]}) for a in rows)
    about = {"id": "about", "title": "خبر", "body": "نشرت الصحيفة\nأن رابط الموقع تغير\nأمس", "source": "الوئام"}
    source.write_text("\n".join((*lines, json.dumps(about))))
    index = tmp_path / "index"
    done = kashaf("index", source, "--index", index, "--engine", engine)
    assert done.returncode == 0, done.stderr
    service = SearchService.open(Settings(index=index))
    shown = service.search(SearchRequest("شاهد", limit=100)).hits
    assert len(shown) == 3 * LEAST and not any(
        "رابط" in segment.text for hit in shown for each in hit.snippets for segment in each
    )
    assert service.search(SearchRequest('"رابط الخبر بصحيفة الوئام"')).total == 3 * LEAST
    (hit,) = service.search(SearchRequest('"رابط الخبر بصحيفة الوئام"', limit=1)).hits
    assert any(segment.highlighted for each in hit.snippets for segment in each)
    assert service.search(SearchRequest("رابط")).total == 3 * LEAST + 1  # nothing is lost
    (first,) = service.search(SearchRequest("رابط الصحيفة", limit=1)).hits
    assert first.article.id == "about"
    assert kashaf("verify", "--index", index, "--full").returncode == 0
    (file,) = index.glob(f"generations/*/{FILE}")
    file.write_bytes(file.read_bytes().replace(b"a", b"b", 1))
    assert FILE in kashaf("verify", "--index", index).stdout
