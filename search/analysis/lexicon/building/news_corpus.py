"""Reads the news from which the lemma table is estimated.

In: a folder of `.jsonl.gz` articles and `.zip` of Windows-1256 texts (the developers' ../shared/news; never shipped).
Out: the count of each written word, and a sample of running text as an array of word numbers. Called by
`build_lemma_table.py`.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from search.analysis import letters as ar

_MARKS: Final = re.compile(f"[{ar.HARAKAT_CLASS}{ar.SMALL_ALEF}{ar.TATWEEL}]")
_LETTERS: Final = f"[{ar.PLAIN_LETTER_CLASS}{ar.ALEF_WASLA}]+"
_WORD: Final = re.compile(_LETTERS)
_TOKEN: Final = re.compile(_LETTERS + '|[.,:;!?،؛؟\n"()-]|[0-9]+')


def count_words(folder: Path, *, least: int) -> dict[str, int]:
    """Return the words written at least `least` times and how often, commonest first (ties: in order of letters)."""
    counts: Counter[str] = Counter()
    for path in _files(folder):
        for text in _texts(path):
            counts.update(_WORD.findall(text))
    kept = ((word, count) for word, count in counts.items() if count >= least)
    return dict(sorted(kept, key=lambda item: (-item[1], item[0])))


def sample_tokens(folder: Path, numbers: Mapping[str, int], *, articles: int) -> npt.NDArray[np.int32]:
    """Return the running text of at most `articles` articles of each file, as word numbers, shape (tokens,).

    With n = len(numbers): n is a word without a number, n + 1 punctuation or the end of an article, n + 2 a number.
    """
    unknown = len(numbers)
    tokens: list[int] = []
    for path in _files(folder):
        texts = list(_texts(path))
        chosen = random.Random(path.name).sample(range(len(texts)), min(articles, len(texts)))
        for index in sorted(chosen):
            tokens.append(unknown + 1)
            for token in _TOKEN.findall(texts[index]):
                first = token[0]
                if ar.HAMZA <= first <= ar.ALEF_WASLA:
                    tokens.append(numbers.get(token, unknown))
                else:
                    tokens.append(unknown + 2 if first.isdigit() else unknown + 1)
            tokens.append(unknown + 1)
    return np.array(tokens, dtype=np.int32)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name.endswith((".jsonl.gz", ".zip")))


def _texts(path: Path) -> Iterator[str]:
    for text in _zipped(path) if path.suffix == ".zip" else _articles(path):
        yield _MARKS.sub("", text)


def _articles(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            yield f"{article.get('title') or ''} . {article.get('body') or ''}"


def _zipped(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if not name.endswith("/"):
                with archive.open(name) as file:
                    yield io.TextIOWrapper(file, encoding="cp1256", errors="replace").read()
