"""Learns how names in Latin letters are written in Arabic letters, from lists of names in both.

usage: python -m search.analysis.lexicon.building.learn_latin_names ../shared/conflation/names.tsv OUT

In: a Latin name and an Arabic spelling of it on each line, and the bundled proper nouns of Camel Morph MSA. Out: the
table that `names/latin_spellings.py` reads. It holds weights and no names. Probabilities are found by expectation
maximisation over all ways in which the two spellings of a name can be cut into pieces; then each pair of spellings is
cut in its likeliest way, and it is counted which piece stands behind which. Every fifth name of the list, chosen by its
hash, is held out, so that tests measure on names that were not learned from. The same lists give the same bytes.

A line of the table is a piece, Latin letters and Arabic letters, with the natural logarithm of how likely a piece of a
name is this one, and what is added to that of the piece behind it; or it is two pieces, and what is added instead where
the second stands behind the first. Seldom counted pairs fall back on the second piece alone, by a Dirichlet prior
(MacKay and Peto, A Hierarchical Dirichlet Language Model, 1995).
"""

from __future__ import annotations

import math
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import Final, NamedTuple

from search.analysis.fold import fold, strip_marks
from search.analysis.names.known_pairs import BUNDLED, latin, read_pairs
from search.analysis.names.latin_spellings import FIRST, LAST, Piece, Pieces

HELD_OUT: Final = 5  # one name of so many is not learned from
ROUNDS: Final = 7
SHAPES: Final = ((1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2), (3, 1))  # Latin and Arabic letters of a piece
LEAST_COUNT: Final = 0.3  # pieces expected more seldom in the whole list are left out while learning,
LEAST_KEPT: Final = 1.5  # and these from the table
_START: Final = 0.1  # before learning, each letter more makes a piece that much less likely
_NEGLIGIBLE: Final = 1e-6
_PRIOR: Final = 10.0  # pieces behind another that each is taken to have had, as likely as they are anywhere
_LEAST_PAIRS: Final = 2  # pairs of pieces counted more seldom are left out
HEADER: Final = "# pieces: Latin, Arabic, log-probability, added behind it; pairs: see learn_latin_names.py\n"

Pair = tuple[str, str]  # a Latin name and a folded Arabic spelling of it


class Step(NamedTuple):
    """One piece of one way to cut a pair: the cells of the pair's grid from which and to which it leads."""

    start: int
    end: int
    piece: Piece


def read_names(path: Path) -> list[Pair]:
    """Return the pairs of `names.tsv`."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return [(latin(name), fold(strip_marks(spelling))) for name, spelling in rows]


def is_held_out(name: str) -> bool:
    """Return whether a Latin name is one of those that are not learned from."""
    return zlib.crc32(name.encode()) % HELD_OUT == 0


def learn(pairs: Iterable[Pair]) -> dict[Piece, float]:
    """Return the probability of each piece."""
    grids = [_steps(name, spelling) for name, spelling in pairs]
    found: dict[Piece, float] = {}
    for _ in range(ROUNDS):
        counts: defaultdict[Piece, float] = defaultdict(float)
        for cells, steps in grids:
            weights = [found.get(step.piece, 0.0) if found else _first_guess(step.piece) for step in steps]
            _expect(cells, [(step, weight) for step, weight in zip(steps, weights, strict=True) if weight], counts)
        total = sum(counts.values())
        found = {piece: count / total for piece, count in counts.items() if count >= LEAST_COUNT}
    least = LEAST_KEPT / total
    return {piece: share for piece, share in found.items() if share >= least}


def _steps(name: str, spelling: str) -> tuple[int, list[Step]]:
    """Return the number of cells of a pair's grid, and its steps, from left to right."""
    name, spelling = f"{FIRST}{name}{LAST}", f"{FIRST}{spelling}{LAST}"
    width = len(spelling) + 1
    steps = []
    for i in range(len(name)):
        for j in range(width):
            for x, y in SHAPES:
                piece = name[i : i + x], spelling[j : j + y]
                if i + x <= len(name) and j + y < width and _ends_agree(*piece):
                    steps.append(Step(i * width + j, (i + x) * width + j + y, piece))
    return (len(name) + 1) * width, steps


def _ends_agree(name: str, spelling: str) -> bool:
    return all((sign in name) == (sign in spelling) for sign in (FIRST, LAST))


def _first_guess(piece: Piece) -> float:
    return float(_START ** (len(piece[0]) + len(piece[1]) - 1))


def _expect(cells: int, steps: Sequence[tuple[Step, float]], counts: defaultdict[Piece, float]) -> None:
    """Add how often each piece is expected in all ways to cut one pair: forward and backward over its grid."""
    forward, backward = [0.0] * cells, [0.0] * cells
    forward[0] = backward[-1] = 1.0
    for step, weight in steps:
        forward[step.end] += forward[step.start] * weight
    whole = forward[-1]
    for step, weight in reversed(steps) if whole else ():
        behind = backward[step.end] * weight
        backward[step.start] += behind
        expected = forward[step.start] * behind / whole
        if expected > _NEGLIGIBLE:
            counts[step.piece] += expected


def in_pairs(pairs: Iterable[Pair], shares: Mapping[Piece, float]) -> Pieces:
    """Return the pieces with what they add to one another, as counted in these pairs of spellings.

    shares: the probability of each piece
    """
    before, both = Counter[Piece](), Counter[tuple[Piece, Piece]]()
    for name, spelling in pairs:
        cut = _likeliest_cut(*_steps(name, spelling), shares)
        before.update(cut[:-1])
        both.update(pairwise(cut))
    kept = sorted(pair for pair, count in both.items() if count >= _LEAST_PAIRS)
    return Pieces(
        {piece: math.log(share) for piece, share in shares.items()},
        {piece: math.log(_PRIOR / (before[piece] + _PRIOR)) for piece in shares},
        {
            (first, second): math.log((both[first, second] / shares[second] + _PRIOR) / (before[first] + _PRIOR))
            for first, second in kept
        },
    )


def _likeliest_cut(cells: int, steps: Sequence[Step], shares: Mapping[Piece, float]) -> list[Piece]:
    """Return the pieces of the likeliest way to cut a pair; [] if the pieces cannot make it."""
    best: list[tuple[float, Step | None]] = [(1.0, None), *((0.0, None) for _ in range(cells - 1))]
    for step in steps:
        likelihood = best[step.start][0] * shares.get(step.piece, 0.0)
        if likelihood > best[step.end][0]:
            best[step.end] = likelihood, step
    cut = list[Piece]()
    last = best[-1][1]
    while last:
        cut.append(last.piece)
        last = best[last.start][1]
    return cut[::-1]


def table(pieces: Pieces) -> str:
    """Return the text of the table of weights, pieces first."""
    rows = [(*piece, logarithm, pieces.unpaired[piece]) for piece, logarithm in sorted(pieces.alone.items())]
    alone = (f"{name}\t{spelling}\t{logarithm:.2f}\t{added:.2f}\n" for name, spelling, logarithm, added in rows)
    pairs = ("\t".join((*first, *second, f"{added:.2f}\n")) for (first, second), added in pieces.paired.items())
    return HEADER + "".join(chain(alone, pairs))


def main(arguments: list[str]) -> int:
    """Learn from the list named first, write the table named second."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m search.analysis.lexicon.building.learn_latin_names NAMES.tsv OUT\n")
        return 2
    names = read_names(Path(arguments[0]))
    held_out = {name for name, _ in names if is_held_out(name)}
    pairs = sorted(pair for pair in {*names, *read_pairs(BUNDLED)} if pair[0] not in held_out)
    pieces = in_pairs(pairs, learn(pairs))
    Path(arguments[1]).write_text(table(pieces), encoding="utf-8")
    sys.stderr.write(
        f"{len(pairs)} pairs of spellings, {len(pieces.alone)} pieces, {len(pieces.paired)} pairs of pieces\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
