"""Build the table of word counts from a folder of news.

usage: python -m search.analysis.lexicon.building.count_words ../shared/news OUT

In: a folder of `.jsonl.gz` (of which title and body are counted) and `.zip` of Windows-1256 text files. Out: OUT, a
record trie of folded words that `FrequencyTable.load` reads, and beside it the list of its commonest words. They hold
counts and no text. The same folder gives the same bytes.
"""

import gzip
import json
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import marisa_trie

from search.analysis import letters as ar
from search.analysis.fold import PLAIN_ARABIC, fold, strip_marks
from search.analysis.lexicon.frequencies import (
    ALEF_MAKSURA_LAST,
    COMMON_WORDS,
    HAMZA_BELOW_FIRST,
    HAMZA_FIRST,
    RECORD,
    TEH_MARBUTA_LAST,
    FrequencyTable,
    pack,
)
from search.analysis.particle_rules import ParticleRules, decision_number
from search.analysis.tokens import spans

LEAST_COUNT: Final = 3  # rarer words are mostly typing errors: they would double the table and change no decision


def texts(folder: Path) -> Iterator[str]:
    """Yield every title and body below the folder, files in the order of their names."""
    for path in sorted(folder.iterdir()):
        if path.name.endswith(".jsonl.gz"):
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    article = json.loads(line)
                    yield f"{article.get('title') or ''}\n{article.get('body') or ''}"
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in sorted(archive.namelist()):
                    yield archive.read(name).decode("cp1256", errors="replace")


def count_written(folder: Path) -> Counter[str]:
    """Count the bare written words of an archive."""
    chunks: Counter[str] = Counter()
    for text in texts(folder):
        chunks.update(text.split())
    written: Counter[str] = Counter()
    for chunk, count in chunks.items():
        for start, end in spans(chunk):
            written[strip_marks(chunk[start:end])] += count
    return written


def records(written: Counter[str]) -> list[tuple[str, tuple[int]]]:
    """Return (folded word, record) for the written words that fold to it, sorted."""
    total: Counter[str] = Counter()
    spelt: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for bare, count in written.items():
        if not PLAIN_ARABIC.fullmatch(bare):
            continue
        folded = fold(bare)
        total[folded] += count
        for flag in _flags(bare):
            spelt[flag][folded] += count
    rows = [
        (word, count, sum(flag for flag in spelt if spelt[flag][word] * 2 > count))
        for word, count in sorted(total.items())
        if count >= LEAST_COUNT
    ]
    particles = ParticleRules(FrequencyTable.of(rows))
    return [(word, (pack(count, flags, decision(word, flags, particles)),)) for word, count, flags in rows]


def decision(word: str, flags: int, particles: ParticleRules) -> int:
    """Return the number of the split of a word that is written without hamzas, and with ة if most writers do."""
    written = word[:-1] + ar.TEH_MARBUTA if flags & TEH_MARBUTA_LAST else word
    return decision_number(word, particles.split(word, written))


def _flags(bare: str) -> Iterator[int]:
    if bare.startswith(ar.ALEFS_WITH_HAMZA):
        yield HAMZA_FIRST
    if bare.startswith(ar.ALEF_HAMZA_BELOW):
        yield HAMZA_BELOW_FIRST
    if bare.endswith(ar.TEH_MARBUTA):
        yield TEH_MARBUTA_LAST
    elif bare.endswith(ar.ALEF_MAKSURA):
        yield ALEF_MAKSURA_LAST


def main(arguments: list[str]) -> int:
    """Count the words of the folder named first; write the table named second."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m search.analysis.lexicon.building.count_words NEWS_FOLDER OUT\n")
        return 2
    folder, out = map(Path, arguments)
    rows = records(count_written(folder))
    with TemporaryDirectory(dir=out.parent) as aside:  # never written in place: a running program may have it mapped
        made = Path(aside) / out.name
        marisa_trie.RecordTrie(RECORD, rows).save(str(made))
        common = made.with_suffix(COMMON_WORDS)
        common.write_text("\n".join(word for word, _ in FrequencyTable.load(made).common) + "\n", encoding="utf-8")
        made.replace(out)
        common.replace(out.with_suffix(COMMON_WORDS))
    sys.stderr.write(f"{len(rows)} words, {out.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
