"""The bundled sample: original Arabic articles, with queries and judgments.

Nothing comes in. Out go three paths: `ARTICLES` (JSONL, one article a row, in the names of `search.article.Article`),
`TOPICS` (`topic<TAB>query`) and `QRELS` (TREC judgments). The command line's `demo` indexes the first, its `evaluate`
and the tests read all three. README.md beside this file says what the sample holds and how it was judged.
"""

from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).resolve().parent

ARTICLES: Final[Path] = _HERE / "articles.jsonl"
TOPICS: Final[Path] = _HERE / "topics.tsv"
QRELS: Final[Path] = _HERE / "qrels.txt"

__all__ = ["ARTICLES", "QRELS", "TOPICS"]
