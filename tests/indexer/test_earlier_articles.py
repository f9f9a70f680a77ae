"""Lines that become known as repeated are left out of the articles that were written before, too."""

from __future__ import annotations

import random
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from indexer import articles_at_hand, earlier_articles
from indexer.build import Choices, index
from indexer.earlier_articles import EarlierArticles
from indexer.memory import Shares
from indexer.purging.purge import purge
from indexer.report import Report
from indexer.run_options import NO_SOONER, CommitEvery, RunOptions
from indexer.sources import Sources
from indexer.withdrawal import delete
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.analysis.term_encoding import decode_term
from search.article import decode_article
from search.engines.base import Stored
from search.index.directory import IndexDirectory
from search.index.repeated_lines import FILE, Repeated, read_counted
from search.query.clauses import Everything, Term
from tests.indexer.archives import archive
from tests.indexer.building import add, rebuild
from tests.indexer.damaging import verified
from tests.indexer.stopping import Step, stopped_at

ANALYZER = BatchAnalyzer(Analyzer.default())
LINES = (  # each with a word that nothing else has
    "للتواصل مع الكاتب ارسل رسالة قصيرة تبدأ بالرمز {} ثم مسافة ثم نص الرسالة إلى الأرقام المعروفة لدى شركات الاتصال",
    "تابعوا آخر الأخبار والتقارير والصور على صفحاتنا في تويتر وفيسبوك وعلى تطبيقات الهواتف الذكية في كل وقت ومكان",
    "جميع الحقوق محفوظة للناشر ولا يجوز اقتباس المادة أو تخزينها أو نشرها في أي وسيلة كانت إلا بإذن خطي مسبق منه",
)
MARKS = ("بالرمز", "تويتر", "للناشر")
_TEXT = "الوزير الجسر الميناء السوق القرية المطار الجامعة المعرض البيان القافلة السفينة النهر الحديقة المتحف"
WORDS = _TEXT.split()


def story(number: int, *, lines: bool = True) -> dict[str, Any]:
    """An article of thirty words, below which three lines stand with twice as many."""
    chance = random.Random(number)
    words = [chance.choice(WORDS) + chance.choice(("", "ات", "ين", "ية", "هم")) for _ in range(30)]
    body = " ".join(words[:15]) + "\n" + " ".join(words[15:])
    last = "\n".join(line.format(number) for line in LINES)
    return {
        "id": str(number),
        "title": f"خبر {number}",
        "body": f"{body}\n{last}" if lines else body,
        "source": "الوئام",
    }


def ranking_by(place: Path) -> list[int]:
    """How many articles rank by each of the marks."""
    _, engine = IndexDirectory(place).open_engine()
    stems = [terms.stem.split()[0] for terms in ANALYZER.terms(MARKS)]
    return [engine.search(Term("body_stem", decode_term(stem)), limit=1).total for stem in stems]


def groups(place: Path) -> dict[str, int | None]:
    """Id → group."""
    _, engine = IndexDirectory(place).open_engine()
    found = engine.search(Everything(), limit=1000).matches
    ids = [decode_article(stored.raw).id for stored in engine.load([match.ref for match in found])]
    return {id: match.group for id, match in zip(ids, found, strict=True)}


@pytest.mark.parametrize("backwards", [False, True])
def test_it_does_not_matter_which_articles_came_first(
    place: Path, tmp_path: Path, engine: str, backwards: bool
) -> None:
    stories = [story(number) for number in range(30)]
    path = archive(tmp_path / "a.jsonl", stories[::-1] if backwards else stories)
    assert add(place, path, engine=engine).added == 30
    assert ranking_by(place) == [0, 0, 0]
    assert len(set(groups(place).values())) == 30  # the lines alone make none a copy of another
    assert verified(place, full=True).sound
    archive(tmp_path / "b.jsonl", [{**story(90), "body": "نشر الناشر رمز الكتاب في تويتر أمس"}])
    assert (add(place, tmp_path / "b.jsonl").added, ranking_by(place)) == (1, [1, 1, 1])
    rebuild(place)
    assert ranking_by(place) == [1, 1, 1] and len(set(groups(place).values())) == 31
    for _ in range(2):  # as after a kill between the swap and the end of the command
        purge(IndexDirectory(place), ["3"])
        assert ranking_by(place) == [1, 1, 1] and len(set(groups(place).values())) == 30
    assert verified(place, full=True).sound


def test_articles_of_earlier_runs_are_written_again_and_no_others(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again, write = list[str](), EarlierArticles._write
    monkeypatch.setattr(EarlierArticles, "_write", lambda *known: again.extend(found := write(*known)) or found)

    def run(*numbers: int) -> Report:
        archive(tmp_path / f"{numbers[0]}.jsonl", [story(number, lines=number != 7) for number in numbers])
        return add(place, tmp_path / f"{numbers[0]}.jsonl")

    run(*range(10))
    run(*range(10, 18))
    assert (again, ranking_by(place)) == ([], [17, 17, 17])
    assert run(*range(18, 40)).added == 22
    assert sorted(again, key=int) == [str(number) for number in range(20) if number != 7]
    assert ranking_by(place) == [0, 0, 0]
    again.clear()
    assert (run(40, 41).added, again, ranking_by(place)) == (2, [], [0, 0, 0])
    assert verified(place, full=True).sound


def test_only_articles_of_the_publisher_of_a_line_are_looked_at(
    place: Path, tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at, write = set[tuple[str, ...]](), EarlierArticles._write

    def noted(again: EarlierArticles, stored: list[Stored], line: Repeated) -> list[str]:
        looked_at.update(decode_article(each.raw).source for each in stored)
        return write(again, stored, line)

    monkeypatch.setattr(EarlierArticles, "_write", noted)
    others = [{**story(number), "source": ["سبق", "وكالات"]} for number in range(40, 55)]  # too few to repeat a line
    nameless = [{**story(number), "source": []} for number in range(60, 75)]
    add(place, archive(tmp_path / "a.jsonl", [*others, *nameless, *map(story, range(15))]), engine=engine)
    add(place, archive(tmp_path / "b.jsonl", map(story, range(15, 25))))
    assert (looked_at, ranking_by(place)) == ({("الوئام",)}, [30, 30, 30])


def test_a_publisher_whose_name_holds_the_sign_between_sources_is_found(
    place: Path, tmp_path: Path, engine: str
) -> None:
    named = [{**story(number), "source": ["الوئام + سبق"]} for number in range(8)]
    parted = [{**story(number), "source": ["الوئام", "سبق"]} for number in range(8, 24)]
    add(place, archive(tmp_path / "a.jsonl", [*named, *parted[:8]]), engine=engine)
    assert ranking_by(place) == [16, 16, 16]
    add(place, archive(tmp_path / "b.jsonl", parted[8:]))
    assert ranking_by(place) == [0, 0, 0]


@pytest.mark.parametrize(
    ("limit", "every", "seconds"),
    [
        ("COMMIT_ARTICLES", NO_SOONER, 0),
        ("COMMIT_BYTES", NO_SOONER, 0),
        (None, CommitEvery(articles=1), 0),
        (None, CommitEvery(seconds=5), 9),
    ],
)
def test_articles_that_are_many_or_long_or_take_long_are_committed_in_between(
    place: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    limit: str | None,
    every: CommitEvery,
    seconds: int,
) -> None:
    committed, commit = list[int](), EarlierArticles._commit
    monkeypatch.setattr(EarlierArticles, "_commit", lambda own: committed.append(own._waiting) or commit(own))
    if limit:
        monkeypatch.setattr(earlier_articles, limit, 1)
    monkeypatch.setattr(earlier_articles, "_AT_A_TIME", 8)
    moments = count(0, seconds)
    monkeypatch.setattr(
        "indexer.ingestion.EarlierArticles", partial(EarlierArticles, clock=lambda: float(next(moments)))
    )
    add(place, archive(tmp_path / "a.jsonl", map(story, range(15))))
    archive(tmp_path / "b.jsonl", map(story, range(15, 30)))
    directory, options = IndexDirectory(place), RunOptions(commit_every=every)
    before = directory.read().commits
    index(directory, Sources([tmp_path / "b.jsonl"]), Choices(), options=options)
    assert len(committed) > 2 and max(committed) <= 8 and ranking_by(place) == [0, 0, 0]
    assert directory.read().commits - before > 3  # searches see each


@pytest.mark.parametrize(
    ("engine", "most_articles", "most_bytes"),
    [("tantivy", 2_000, 10**6), ("whoosh", 2_000, 10**6), ("tantivy", 18, 10**6), ("tantivy", 2_000, 20_000)],
)
def test_the_first_articles_of_a_publisher_are_written_again_before_they_are_committed(
    place: Path, tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch, most_articles: int, most_bytes: int
) -> None:
    monkeypatch.setattr(articles_at_hand, "MOST_ARTICLES", most_articles)
    at_hand = (most_articles, most_bytes) == (2_000, 10**6)
    rows = [row for number in range(26) for row in (story(number), {**story(number + 100), "source": "سبق"})]
    rows.append({**story(5), "source": "عكاظ"})  # a correction, of another publisher: only the last is written again
    options = RunOptions(shares=Shares(0, at_hand=most_bytes))
    sources = Sources([archive(tmp_path / "a.jsonl", rows)])
    assert index(IndexDirectory(place), sources, Choices(engine), options=options).added == 52
    assert IndexDirectory(place).read().commits == (1 if at_hand else 2)
    assert ranking_by(place) == [1, 1, 1]  # of its publisher it is the only one
    add(place, archive(tmp_path / "b.jsonl", [{**story(number), "source": "عكاظ"} for number in range(200, 225)]))
    assert ranking_by(place) == [0, 0, 0] and verified(place, full=True).sound


def test_lines_of_a_generation_whose_counts_were_lost_are_looked_for_in_all_of_it(place: Path, tmp_path: Path) -> None:
    add(place, archive(tmp_path / "a.jsonl", map(story, range(15))))
    (counted,) = place.glob(f"generations/*/{FILE}")
    counted.unlink()
    add(place, archive(tmp_path / "b.jsonl", map(story, range(15, 40))))
    assert ranking_by(place) == [0, 0, 0]


def test_copies_that_a_line_alone_joined_to_others_part_from_them_together(
    place: Path, tmp_path: Path, engine: str
) -> None:
    stories = [row for number in range(12) for row in (story(number), {**story(number), "id": f"c{number}"})]
    pairs = [{str(number), f"c{number}"} for number in range(12)]
    for first in (24, 10):  # all in one run, and the first of them in one before
        here = place / str(first)
        add(here, archive(tmp_path / "a.jsonl", stories[:first]), engine=engine)
        add(here, archive(tmp_path / "b.jsonl", stories))
        assert ranking_by(here) == [0, 0, 0]
        found = groups(here)
        assert [{id for id, group in found.items() if group == found[str(number)]} for number in range(12)] == pairs


def test_a_second_purge_leaves_the_groups_that_the_first_one_made(place: Path, tmp_path: Path, engine: str) -> None:
    """As where a purge was killed between the swap and its end."""
    stories = [story(number) for number in range(24)]
    copies = [{**each, "id": f"c{each['id']}", "body": f"عاجل {each['body']}"} for each in stories]
    add(place, archive(tmp_path / "a.jsonl", [*stories, *copies]), engine=engine)
    made = list[dict[str, int | None]]()
    for _ in range(2):
        purge(IndexDirectory(place), ["3"])
        made.append(groups(place))
    assert made[0] == made[1] and len(made[0]) == 47 and len(set(made[0].values())) == 24


_STEPS = [
    Step("indexer.earlier_articles", f"EarlierArticles.{name}", when)
    for name, when in (
        ("write_again_at_hand", "before"),
        ("write_again_at_hand", "after"),
        ("write_again", "before"),
        ("_write", "after"),
        ("_commit", "after"),
        ("write_again", "after"),
    )
]


@pytest.mark.parametrize("step", _STEPS, ids=str)
def test_after_a_killed_run_the_next_one_writes_again_what_is_left(place: Path, tmp_path: Path, step: Step) -> None:
    if "at_hand" not in step.path:
        add(place, archive(tmp_path / "a.jsonl", map(story, range(15))))
    archive(tmp_path / "a.jsonl", map(story, range(30)))
    with stopped_at(step, "index", tmp_path, "--index", place):
        pass
    archive(tmp_path / "b.jsonl", [story(50)])
    for _ in range(2):
        add(place, tmp_path)
        assert ranking_by(place) == [0, 0, 0]
        counted = read_counted(next(place.glob("generations/*")))
        assert counted and (counted.after.new, counted.witness, len(counted.after.repeated)) == ([], None, 3)
    assert verified(place, full=True).sound


def test_an_article_that_a_killed_run_wrote_last_may_be_deleted_and_its_lines_stay_counted(
    place: Path, tmp_path: Path
) -> None:
    path = archive(tmp_path / "a.jsonl", map(story, range(30)))
    with stopped_at(Step("indexer.line_counts", "LineCounts.settle", "before", 2), "index", path, "--index", place):
        pass
    assert delete(IndexDirectory(place), ["29"]).deleted == ("29",)
    add(place, archive(tmp_path / "b.jsonl", [story(50)]))
    counted = read_counted(next(place.glob("generations/*")))
    assert counted and len(counted.after.repeated) == 3 and [*counted.after.articles.values()] == [31]
    assert ranking_by(place) == [0, 0, 0]
