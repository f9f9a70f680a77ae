"""Where the articles lie and where the indexes made of them are kept, so that each is made once."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from itertools import islice
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir

from search.analysis.analyzer import Analyzer
from search.errors import KashafError
from search.evaluation.batch import Topic, read_topics
from search.index.directory import IndexDirectory
from search.schema import FIELDS
from tests.bench.processes import kashaf

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
LUCENE = SHARED / "peer" / "lucene"
SAUDI = SHARED / "news" / "saudinewsnet.jsonl.gz"
NEWS = (SAUDI, SHARED / "news" / "khaleej.jsonl.gz", SHARED / "news" / "ant.jsonl.gz")
ALL_NEWS = (*NEWS, SHARED / "news" / "kacst-windows1256.zip")  # the last has no rows to count: always whole
TITLES = SHARED / "relevance" / "saudi-titles.topics.tsv"


def cache_folder() -> Path:
    """A folder for what this analyser and these fields make."""
    made_by = hashlib.blake2b(f"{Analyzer.default().fingerprint} {FIELDS!r}".encode(), digest_size=6).hexdigest()
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
def index_of(sources: tuple[Path, ...], rows: int) -> Path:
    """The index of these files' first rows; made by `kashaf index` where it is not there yet."""
    place = cache_folder() / f"index-{rows}-{'-'.join(source.name.split('.')[0] for source in sources)}"
    try:
        IndexDirectory(place).open_engine()
    except KashafError:
        rmtree(place, ignore_errors=True)
        kashaf("index", "--index", place, *(first_rows(source, rows) for source in sources))
    return place


@cache
def topics() -> tuple[Topic, ...]:
    """The 2,000 headlines that are the queries; topic t-ID is the headline of article ID."""
    return tuple(read_topics(TITLES))


def two_words(query: str) -> str:
    """What a reader would type of it."""
    return " ".join(query.split()[:2])
