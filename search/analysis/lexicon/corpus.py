"""The news that the lexicon is estimated from: word counts, and a sample of running text as word numbers.

In: folders of `.jsonl.gz` articles (the developers' ../shared/news; never shipped). Out: counts and an array.
Called by build.py.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

FILES: Final = ("saudinewsnet.jsonl.gz", "khaleej.jsonl.gz", "ant.jsonl.gz")

_MARKS: Final = re.compile("[\u064b-\u0652\u0670\u0640]")
_WORD: Final = re.compile("[\u0621-\u063a\u0641-\u064a\u0671]+")
_TOKEN: Final = re.compile('[\u0621-\u063a\u0641-\u064a\u0671]+|[.,:;!?\u060c\u061b\u061f\n"()-]|[0-9]+')


def count_words(folder: Path, *, least: int, files: Sequence[str] = FILES) -> dict[str, int]:
    """Return the words written at least `least` times and how often, commonest first (ties: in order of letters)."""
    counts: Counter[str] = Counter()
    for name in files:
        for text in _texts(folder / name):
            counts.update(_WORD.findall(text))
    kept = ((word, count) for word, count in counts.items() if count >= least)
    return dict(sorted(kept, key=lambda item: (-item[1], item[0])))


def sample_tokens(
    folder: Path, numbers: Mapping[str, int], *, articles: int, files: Sequence[str] = FILES
) -> npt.NDArray[np.int32]:
    """Return running text of about `articles` articles a file as word numbers.

    With n = len(numbers): n is an unknown word, n + 1 punctuation or the end of an article, n + 2 a number.
    """
    unknown = len(numbers)
    tokens: list[int] = []
    for name in files:
        texts = list(_texts(folder / name))
        chosen = random.Random(name).sample(range(len(texts)), min(articles, len(texts)))
        for index in sorted(chosen):
            tokens.append(unknown + 1)
            for token in _TOKEN.findall(texts[index]):
                first = token[0]
                if "\u0621" <= first <= "\u0671":
                    tokens.append(numbers.get(token, unknown))
                else:
                    tokens.append(unknown + 2 if first.isdigit() else unknown + 1)
            tokens.append(unknown + 1)
    return np.array(tokens, dtype=np.int32)


def _texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            yield _MARKS.sub("", f"{article.get('title') or ''} . {article.get('body') or ''}")
