"""The floors of floors.toml, and how a ranking is measured against its own: for the tests beside this file."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from search.evaluation.batch import read_judgments, read_topics, run_topics, score
from search.index.open_index import open_index
from search.ranking.profile import NEWS
from tests.conftest import SHARED

FLOORS: dict[str, dict[str, dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("floors.toml").read_text(encoding="utf-8")
)
#: The usual ranking profile without its signals of titles, which are the topics of one set.
_OF_TITLES = [signal.name for signal in fields(NEWS) if "title" in signal.name]
BODIES_ALONE = replace(NEWS, **dict.fromkeys(_OF_TITLES, 0.0))
_MEASURED = 10  # hits of each topic: nDCG@10 looks at no more


def assert_floor_is_kept(topics: str, index: Path) -> None:
    """nDCG@10 of these topics over this index, as `kashaf evaluate` measures it, is no less than its floor."""
    assert len(_OF_TITLES) == 6
    relevance = SHARED / "relevance"
    rows = run_topics(
        open_index(index), read_topics(relevance / f"{topics}.topics.tsv"), limit=_MEASURED, profile=BODIES_ALONE
    )
    found = score(rows, read_judgments(relevance / f"{topics}.qrels.txt"))
    assert found["nDCG@10"] >= FLOORS["ranking"][topics]["nDCG@10"], found
