"""Near-duplicates get one group: within a run, across runs, after updates and deletions, on every engine."""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import closing
from itertools import combinations, islice
from pathlib import Path
from typing import Any, cast

import pytest

from indexer.build import Choices, index, reindex
from indexer.sources import Sources
from indexer.withdrawal import delete, restore
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import Article, encode_article
from search.engines.base import Document, Engine, Found
from search.engines.registry import EMBEDDED, backend
from search.index import near_duplicates
from search.index.directory import IndexDirectory
from search.index.documents import analyse_articles, article_digest, assemble_document
from search.index.minhash import Sketch
from search.index.near_duplicates import NearDuplicateFinder
from search.query.clauses import Clause, Everything
from tests.conftest import SHARED
from tests.small_index import drawn, sample_articles

NEWS = SHARED / "news" / "saudinewsnet.jsonl.gz"
ANALYZER = BatchAnalyzer(Analyzer.default("none"))  # level word needs no lexicon
COPIES = {
    frozenset({f"sample-{a}", f"sample-{b}"})
    for a, b in (("001", "002"), ("006", "007"), ("009", "010"), ("016", "017"))
}

Groups = dict[str, int | None]
Drawn = Sequence[tuple[Document, Sketch | None]]


class Archive:
    """An index that articles are added to in runs, as the indexer does, from one file to which they are added too."""

    def __init__(self, folder: Path, engine: str) -> None:
        self._directory = IndexDirectory(folder / "index")
        self._source = folder / "articles.jsonl"
        self._choices = Choices(engine=engine, lexicon="none")
        self._before: dict[str, Article] = {}

    def add(self, *articles: Article) -> Groups:
        """One run of `kashaf index`; the groups after it."""
        self._write(articles)
        index(self._directory, Sources([self._source]), self._choices)
        return self.groups()

    def build_anew(self, *articles: Article) -> Groups:
        """`kashaf reindex`."""
        self._write(articles)
        reindex(self._directory, Sources([self._source]), self._choices)
        return self.groups()

    def delete(self, *ids: str) -> Groups:
        """`kashaf delete`, then `kashaf restore-article`, so that they may be added again."""
        delete(self._directory, ids)
        restore(self._directory, ids)
        for id in ids:
            del self._before[id]
        return self.groups()

    def groups(self) -> Groups:
        """The group of each article of the index."""
        return groups_of(self._directory.open_engine()[1])

    def _write(self, articles: Sequence[Article]) -> None:
        new = {each.id: each for each in articles}
        kept = [each for id, each in self._before.items() if id not in new]
        self._before |= new
        rows = ({"id": each.id, "title": each.title, "body": each.body} for each in (*kept, *articles))
        self._source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def groups_of(engine: Engine) -> Groups:
    found = engine.search(Everything(), limit=10_000).matches
    stored = engine.load([match.ref for match in found])
    return {article.id: match.group for article, match in zip(stored, found, strict=True)}


@pytest.fixture(params=EMBEDDED)
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    return Archive(tmp_path, request.param)


def story(id: str, *, changed: int = 0, topic: str = "deal") -> Article:
    """An article of 100 words, the last `changed` of them its own: (96 - n) / (96 + n) is its similarity to another."""
    words = [f"{topic}{number}" for number in range(100 - changed)] + [f"{id}{number}" for number in range(changed)]
    return Article(id=id, title=f"عنوان {id}", body=" ".join(words))


def joined(groups: Groups) -> set[frozenset[str]]:
    """The groups of more than one article."""
    members = defaultdict(set)
    for id, group in groups.items():
        if group is not None:
            members[group].add(id)
    return {frozenset(ids) for ids in members.values() if len(ids) > 1}


def test_wire_copies_of_the_sample_are_found_in_one_run(archive: Archive) -> None:
    assert joined(archive.add(*sample_articles())) == COPIES


def test_wire_copies_of_the_sample_are_found_across_runs(archive: Archive) -> None:
    articles = sample_articles()
    archive.add(*articles[0::2])
    assert joined(archive.add(*articles[1::2])) == COPIES


def test_a_copy_joins_from_a_similarity_of_seven_tenths_on(archive: Archive) -> None:
    groups = archive.add(story("leader"), story("near", changed=16), story("far", changed=18))
    assert joined(groups) == {frozenset({"leader", "near"})}  # 80 / 112 = 0.71 and 78 / 114 = 0.68


@pytest.mark.parametrize("begun", ["one", "other"])
def test_the_most_similar_article_decides(begun: str, archive: Archive) -> None:
    stories = {"one": story("one"), "other": story("other", changed=20)}  # 76 / 116 = 0.66
    begin = Article(id="begin", body=" ".join(stories[begun].body.split()[:84]))  # 0.83 to it, 0.76 to the other one
    assert joined(archive.add(*stories.values(), begin)) == {frozenset({begun, "begin"})}
    archive.delete("begin")
    assert joined(archive.add(begin)) == {frozenset({begun, "begin"})}


@pytest.mark.parametrize("at_once", [True, False])
def test_a_version_that_was_replaced_joins_nothing(at_once: bool, archive: Archive) -> None:
    between = story("between", changed=16)  # 0.71 to both
    far = Article(id="far", body=" ".join(["غير", *between.body.split()[16:], *(f"far{n}" for n in range(16))]))
    runs: list[list[Article]] = [[story("one"), between], [story("between", topic="visit"), far]]
    for articles in [runs[0] + runs[1]] if at_once else runs:
        archive.add(*articles)
    assert joined(archive.groups()) == set()


def test_a_second_run_without_changes_keeps_the_groups(archive: Archive) -> None:
    articles = [story("one"), story("two", changed=5), story("three", topic="visit")]
    before = archive.add(*articles)
    assert joined(before) == {frozenset({"one", "two"})}
    assert archive.add(*articles) == before


def test_building_anew_gives_the_same_groups(archive: Archive) -> None:
    articles = [story("one"), story("two", changed=5), story("three", topic="visit")]
    assert archive.add(*articles) == archive.build_anew(*articles)


def test_an_updated_founder_leaves_its_copies_together(archive: Archive) -> None:
    archive.add(story("one"), story("two", changed=3), story("three", changed=4))
    assert joined(archive.add(story("one", topic="visit"))) == {frozenset({"two", "three"})}


def test_an_updated_copy_joins_where_it_belongs_now(archive: Archive) -> None:
    archive.add(story("one"), story("two", changed=3), story("three", topic="visit"))
    assert joined(archive.add(story("two", changed=3, topic="visit"))) == {frozenset({"two", "three"})}


def test_an_article_is_no_copy_of_its_own_earlier_version(archive: Archive) -> None:
    before = archive.add(story("one"))["one"]
    assert archive.add(story("one", changed=5))["one"] != before


def test_of_two_versions_in_one_run_the_last_counts(archive: Archive) -> None:
    groups = archive.add(
        story("one"), story("one", topic="visit"), story("two"), story("three", changed=3, topic="visit")
    )
    assert joined(groups) == {frozenset({"one", "three"})}


def test_a_copy_joins_an_article_though_another_copy_between_them_was_replaced(archive: Archive) -> None:
    versions = story("a"), story("b", changed=2), story("b", topic="strike"), story("c", changed=2)
    assert joined(archive.add(*versions)) == {frozenset("ac")}


def test_what_is_set_aside_is_compared_with_nothing() -> None:
    finder = NearDuplicateFinder(_no_engine, ANALYZER, empty=True)
    first, copy, other = (story(id, changed=changed) for id, changed in (("a", 0), ("b", 1), ("c", 2)))
    groups = [finder.assign_groups([drawn(each, ANALYZER)])[0].numbers["group"] for each in (first, copy)]
    finder.set_aside("ab")
    groups.append(finder.assign_groups([drawn(other, ANALYZER)])[0].numbers["group"])
    assert groups[0] == groups[1] != groups[2]


def test_copies_stay_together_when_the_founder_is_deleted_and_a_new_one_joins_them(archive: Archive) -> None:
    archive.add(story("one"), story("two", changed=3), story("three", changed=4))
    assert joined(archive.delete("one")) == {frozenset({"two", "three"})}
    assert joined(archive.add(story("four", changed=5))) == {frozenset({"two", "three", "four"})}


def test_captions_are_copies_only_with_the_same_title_and_text(archive: Archive) -> None:
    body = "الأمير عبدالله بن مساعد"
    groups = archive.add(
        Article(id="1", title="الرئيس العام يجتمع بالاتحاد", body=body),
        Article(id="2", title="أمير الشباب يهنئ الأبطال", body=body),
        Article(id="3", title="الرئيس العام يجتمع بالاتحاد", body=body),
        Article(id="4", title="الرئيس العام يجتمع بالاتحاد", body=body + " أمس"),
    )
    assert joined(groups) == {frozenset({"1", "3"})}


def test_articles_of_fewer_than_five_words_have_no_group(archive: Archive) -> None:
    groups = archive.add(Article(id="1", title="كاريكاتير"), Article(id="2", title="كاريكاتير", body="رسم اليوم"))
    assert groups == {"1": None, "2": None}


def test_each_commit_of_a_run_is_compared_with_those_before_it(tmp_path: Path) -> None:
    articles = [story("1"), story("2", topic="visit"), story("3", changed=3, topic="visit"), story("4", changed=3)]
    groups = _indexed([drawn(article, ANALYZER) for article in articles], tmp_path, commits=4)
    assert joined(groups) == {frozenset({"1", "4"}), frozenset({"2", "3"})}


def _no_engine() -> Engine:
    raise AssertionError


def test_an_empty_index_is_never_opened() -> None:
    duplicates = NearDuplicateFinder(_no_engine, ANALYZER, empty=True)
    duplicates.forget()
    assert duplicates.assign_groups([drawn(story("one"), ANALYZER)])[0].numbers["group"] > 0


@pytest.mark.parametrize("bands", [2**23, 8])
def test_a_run_asks_the_index_that_it_began_for_copies_of_what_shares_bands_with_it(
    bands: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near_duplicates, "_MOST_BANDS", bands)
    tantivy = backend("tantivy")
    tantivy.create(tmp_path)
    asked: list[Together] = []

    def opened() -> Engine:
        asked.append(Together(tantivy.open_engine(tmp_path)))
        return cast("Engine", asked[-1])

    finder = NearDuplicateFinder(opened, ANALYZER, empty=True)
    with closing(tantivy.open_writer(tmp_path, fresh=True)) as writer:
        for each in ("one", "two", "three"):
            copy = story(f"{each} again", changed=5, topic="one")
            found = finder.assign_groups([drawn(story(each, topic=each), ANALYZER), drawn(copy, ANALYZER)])
            for document in found:
                writer.put(document)
            finder.forget()
            writer.commit()
    assert joined(groups_of(tantivy.open_engine(tmp_path))) == {
        frozenset({"one", "one again", "two again", "three again"})
    }
    questions = {"search_each": 1, "load": 1}
    assert [each.asked for each in asked] == [questions if bands > 8 else {**questions, "frequencies": 1}] * 2


def test_what_shares_no_bands_with_the_articles_of_its_run_is_asked_for_nowhere() -> None:
    finder = NearDuplicateFinder(_no_engine, ANALYZER, empty=True)
    for topic in ("one", "two", "three"):
        assert finder.assign_groups([drawn(story(topic, topic=topic), ANALYZER)])
        finder.forget()


class Together:
    """An engine that answers many searches at once, and counts what it is asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.asked: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Any:
        self.asked[name] += 1
        return getattr(self._engine, name)

    def search_each(self, clauses: Sequence[Clause], *, limit: int) -> list[Found]:
        self.asked["search_each"] += 1
        return [self._engine.search(clause, limit=limit, total=False) for clause in clauses]


def test_the_copies_of_a_hundred_articles_are_looked_for_together(tmp_path: Path) -> None:
    stories = [story(str(number), changed=number % 40) for number in range(250)]
    _indexed([drawn(each, ANALYZER) for each in stories[:60]], tmp_path, commits=1)
    plain = backend("tantivy").open_engine(tmp_path)
    together = Together(plain)
    later = [drawn(each, ANALYZER) for each in stories[30:]]
    expected, found = (
        NearDuplicateFinder(lambda engine=engine: cast("Engine", engine), ANALYZER).assign_groups(later)
        for engine in (plain, together)
    )
    assert found == expected and {each.numbers["group"] for each in found} != {
        sketch.key for _, sketch in later if sketch
    }
    assert together.asked == {"search_each": 3, "load": 3, "frequencies": 3}


@pytest.fixture(scope="module")
def news() -> list[tuple[Document, Sketch | None]]:
    """Six hundred articles, of which many are copies of agency news."""
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, 900, 1_500)]
    articles = [Article(id=row["id"], title=row["title"] or "", body=row["body"] or "") for row in rows]
    documents = []
    for article, analysed in zip(articles, analyse_articles(articles, ANALYZER), strict=True):
        raw = encode_article(article)
        documents.append(
            (assemble_document(article.id, analysed, raw=raw, digest=article_digest(raw)), analysed.sketch)
        )
    return documents


@pytest.fixture(scope="module")
def similar(news: Drawn) -> dict[tuple[str, str], float]:
    """Every pair of articles that share a shingle → its Jaccard similarity, by definition."""
    shingles = {document.id: _shingles(document.terms["body_word"]) for document, _ in news}
    holders = defaultdict(list)
    for id, own in shingles.items():
        for shingle in own:
            holders[shingle].append(id)
    common = Counter(pair for ids in holders.values() for pair in combinations(ids, 2))
    return {(a, b): n / (len(shingles[a]) + len(shingles[b]) - n) for (a, b), n in common.items()}


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return set(zip(*(words[start:] for start in range(5)), strict=False))


@pytest.mark.shared
@pytest.mark.parametrize("commits", [1, 5])
def test_copies_in_real_news_are_found_and_nothing_else_joined(
    commits: int, news: Drawn, similar: dict[tuple[str, str], float], tmp_path: Path
) -> None:
    groups = _indexed(news, tmp_path, commits=commits)
    copies = [pair for pair, jaccard in similar.items() if jaccard >= 0.8]
    found = [(a, b) for a, b in copies if groups[a] == groups[b] is not None]
    assert len(copies) > 90
    assert len(found) >= 0.98 * len(copies)
    written = {document.id for document, _ in news if len(document.terms["body_word"].split()) >= 20}
    pairs = [pair for ids in joined(groups) for pair in combinations(sorted(ids & written), 2)]
    assert [pair for pair in pairs if similar.get(pair, similar.get(pair[::-1], 0)) < 0.4] == []


def _indexed(documents: Drawn, folder: Path, *, commits: int) -> Groups:
    """The groups of these documents, indexed in one run of several commits."""
    tantivy = backend("tantivy")
    tantivy.create(folder)
    duplicates = NearDuplicateFinder(lambda: tantivy.open_engine(folder), ANALYZER, empty=True)
    writer = tantivy.open_writer(folder, fresh=True)
    size = -(-len(documents) // commits)
    for first in range(0, len(documents), size):
        for document in duplicates.assign_groups(documents[first : first + size]):
            writer.put(document)
        duplicates.forget()
        writer.commit()
    writer.close()
    return groups_of(tantivy.open_engine(folder))
