"""Where the articles lie and where the indexes made of them are kept, so that each is made once."""

from __future__ import annotations

import gzip
import hashlib
import json
from contextlib import suppress
from functools import cache
from itertools import islice
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir

from search.analysis.analyzer import Analyzer
from search.engines.registry import DEFAULT
from search.errors import KashafError
from search.evaluation.batch import Topic, read_topics
from search.index.directory import IndexDirectory
from search.schema import FIELDS, FORMAT
from tests.bench.processes import kashaf

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
LUCENE = SHARED / "peer" / "lucene"
SAUDI = SHARED / "news" / "saudinewsnet.jsonl.gz"
NEWS = (SAUDI, SHARED / "news" / "khaleej.jsonl.gz", SHARED / "news" / "ant.jsonl.gz")
ALL_NEWS = (*NEWS, SHARED / "news" / "kacst-windows1256.zip")  # the last has no rows to count: always whole
TITLES = SHARED / "relevance" / "saudi-titles.topics.tsv"


def cache_folder() -> Path:
    """A folder for what this analyser makes with these fields in this format."""
    program = f"{Analyzer.default().fingerprint} {FIELDS!r} {FORMAT}"
    made_by = hashlib.blake2b(program.encode(), digest_size=6).hexdigest()
    folder = Path(gettempdir()) / "kashaf-bench" / made_by
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def first_rows(source: Path, rows: int) -> Path:
    """The first rows of a file of articles, as such a file (rows 0: the file itself)."""
    if not rows or source.suffix != ".gz":
        return source
    target = cache_folder() / f"{rows}-{source.name}"
    if not target.exists():
        with gzip.open(source, "rb") as lines, gzip.open(target, "wb", compresslevel=6) as out:
            out.writelines(islice(lines, rows))
    return target


@cache
def index_of(sources: tuple[Path, ...], rows: int, engine: str = DEFAULT) -> Path:
    """The index of these files' first rows; made by `kashaf index` where it is not there yet."""
    names = "-".join(source.name.split(".")[0] for source in sources)
    place = cache_folder() / f"index-{'' if engine == DEFAULT else engine}{rows}-{names}"
    try:
        IndexDirectory(place).open_engine()
    except KashafError:
        rmtree(place, ignore_errors=True)
        kashaf("index", "--engine", engine, "--index", place, *(first_rows(source, rows) for source in sources))
    return place


@cache
def topics() -> tuple[Topic, ...]:
    """The 2,000 headlines that are the queries; topic t-ID is the headline of article ID."""
    return tuple(read_topics(TITLES))


@cache
def other_headlines() -> tuple[str, ...]:
    """The different headlines of the news beside those of `topics`, some 25,000, in an order that means nothing."""
    known = {topic.query for topic in topics()}
    with gzip.open(SAUDI, "rt", encoding="utf-8") as lines:
        titles = {" ".join((json.loads(line)["title"] or "").split()) for line in lines} - known - {""}
    return tuple(sorted(titles, key=lambda title: hashlib.blake2b(title.encode(), digest_size=8).digest()))


def megabytes(folder: Path) -> float:
    """What the files of a folder hold, while others may be written and removed there."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            total += path.stat().st_size if path.is_file() else 0
    return total / 1e6


def two_words(query: str) -> str:
    """What a reader would type of it."""
    return " ".join(query.split()[:2])
