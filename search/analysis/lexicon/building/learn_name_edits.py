"""Learn how much each edit between two spellings says for or against their being of one foreign name.

usage: python -m search.analysis.lexicon.building.learn_name_edits ../shared/conflation/names.tsv OUT

In: Latin name, tab, one Arabic spelling of it, on each line. Out: the table that `names/edits.py` reads: label, tab,
log-odds. It holds weights and no names. Prints the figures of five-fold cross-validation to stderr: every pair
of spellings judged by weights that saw no pair of either spelling's fold. The same list gives the same bytes.
"""

from __future__ import annotations

import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from search.analysis.names.edits import EditWeights, shape_labels
from search.analysis.names.spelling_index import PLAUSIBLE, SpellingIndex, rivals_label

FOLDS: Final = 5
LEAST_PAIRS: Final = 10  # the weight of a label of fewer pairs is not reliable
LASSO: Final = 1.0  # drops the labels that hardly matter: the table stays readable, the figures the same
RIDGE: Final = 0.5
MOST_COST: Final = 6.5  # more than in a search, so that pairs which are certainly different names are learned from too
ROUNDS: Final = 2  # align with the last round's weights, learn anew
# Enough to align the first round sensibly: vowels and gutturals come and go, consonants stay.
START: Final = {"drop V": 1.0, "drop H": 1.0, "drop C": -1.0, "double": 1.5, "article": 1.0, "swap VV": 0.0,
                "swap CC": 0.2, "swap CV": -1.0, "swap CH": -1.0, "swap HV": 0.0, "swap HH": 0.0}  # fmt: skip
HEADER: Final = "# label, log-odds; written by learn_name_edits.py; see names/edits.py for the labels\n"

Pair = tuple[str, str]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of spellings with their labels, whether they are one name, and the folds of their two names."""

    spellings: Sequence[Pair]
    labels: Sequence[tuple[str, ...]]
    same: Floats
    folds: npt.NDArray[np.int64]  # pairs × 2


@dataclass(frozen=True, slots=True)
class Names:
    """The list: every row's name and spelling, and the fold of each spelling."""

    rows: Sequence[Pair]
    fold: dict[str, int]
    same: frozenset[Pair]

    @classmethod
    def read(cls, path: Path) -> Names:
        rows = [(row[0], row[1]) for row in (line.split("\t") for line in path.read_text("utf-8").splitlines())]
        spellings: defaultdict[str, set[str]] = defaultdict(set)
        fold: dict[str, int] = {}
        for name, spelling in sorted(rows):
            spellings[name].add(spelling)
            fold.setdefault(spelling, zlib.crc32(name.encode()) % FOLDS)
        same = {pair for written in spellings.values() for pair in combinations(sorted(written), 2)}
        return cls(rows, fold, frozenset(same))


def compare(names: Names, weights: EditWeights) -> Pairs:
    """Align every two spellings that the index would compare."""
    index = SpellingIndex(((spelling, 1) for spelling in names.fold), weights=weights)
    spellings, labels = [], []
    for word in sorted(names.fold):
        for other in sorted(index.candidates(word)):
            if word < other and (edits := weights.edits(word, other)) is not None:
                spellings.append((word, other))
                labels.append((*(label for edit in edits for label in edit), *shape_labels(word, other, len(edits))))
    same = np.array([pair in names.same for pair in spellings], dtype=np.float64)
    folds = np.array([(names.fold[a], names.fold[b]) for a, b in spellings])
    return Pairs(spellings, labels, same, folds)


def matrix(labels: Sequence[tuple[str, ...]], columns: Sequence[str]) -> csr_matrix:
    """Return pairs × columns: how often each label occurs in each pair."""
    number = {label: column for column, label in enumerate(columns)}
    cells = [(row, number[label]) for row, found in enumerate(labels) for label in found if label in number]
    rows, cols = zip(*cells, strict=True)
    return csr_matrix((np.ones(len(cells)), (rows, cols)), shape=(len(labels), len(columns)))


def fit(x: csr_matrix, y: Floats, *, lasso: float, ridge: float) -> Floats:
    """Return logistic regression's weights, the bias last. Weights are differences of two non-negative parts."""
    n = x.shape[1]

    def loss(parts: Floats) -> tuple[float, Floats]:
        w, bias = parts[:n] - parts[n : 2 * n], parts[-1]
        z = x @ w + bias
        error = 1 / (1 + np.exp(-z)) - y
        slope = x.T @ error + ridge * w
        value = (np.logaddexp(0, z) - y * z).sum() + lasso * parts[:-1].sum() + ridge / 2 * (w @ w)
        return value, np.concatenate([slope + lasso, -slope + lasso, [error.sum()]])

    bounds = [(0.0, None)] * (2 * n) + [(None, None)]
    found = minimize(loss, np.zeros(2 * n + 1), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 400})
    return np.append(found.x[:n] - found.x[n : 2 * n], found.x[-1])


def learn(pairs: Pairs, chosen: npt.NDArray[np.bool_]) -> dict[str, float]:
    """Learn labels' weights from the chosen pairs: choose labels by lasso, then weigh those without it."""
    rows = _rows(chosen)
    labels, same = [pairs.labels[row] for row in rows], pairs.same[rows]
    counts = Counter(label for found in labels for label in found)
    columns = sorted(label for label, count in counts.items() if count >= LEAST_PAIRS)
    first = fit(matrix(labels, columns), same, lasso=LASSO, ridge=RIDGE / 5)
    columns = [label for label, weight in zip(columns, first, strict=False) if abs(weight) > 0.05]
    w = fit(matrix(labels, columns), same, lasso=0.0, ridge=RIDGE)
    return dict(zip([*columns, "bias"], map(float, w), strict=True))


def _rows(chosen: npt.NDArray[np.bool_]) -> list[int]:
    return [int(row) for row in np.flatnonzero(chosen)]


def cross_learn(pairs: Pairs) -> Floats:
    """Return the log-odds of every pair by weights learned from pairs of neither spelling's fold."""
    odds = np.zeros(len(pairs.spellings))
    for i, j in combinations_with_replacement(range(FOLDS), 2):
        of_either = np.isin(pairs.folds, (i, j))
        judged = (np.sort(pairs.folds, axis=1) == (i, j)).all(axis=1)
        weights = learn(pairs, np.asarray(~of_either.any(axis=1)))
        odds[judged] = judge(pairs, weights)[judged]
    return odds


def judge(pairs: Pairs, weights: Mapping[str, float]) -> Floats:
    """Return the log-odds of every pair by these weights."""
    return np.array([weights["bias"] + sum(weights.get(label, 0.0) for label in found) for found in pairs.labels])


def with_rivals(pairs: Pairs, odds: Floats) -> Pairs:
    """Return the plausible pairs with one label each: how many other plausible spellings the two words have."""
    rows = _rows(odds >= PLAUSIBLE)
    rivals = Counter(word for row in rows for word in pairs.spellings[row])
    labels = [(rivals_label(sum(rivals[word] - 1 for word in pairs.spellings[row])),) for row in rows]
    return Pairs([pairs.spellings[row] for row in rows], labels, pairs.same[rows], pairs.folds[rows])


def learn_rivals(pairs: Pairs, odds: Floats) -> dict[str, float]:
    """Learn what each number of rivals adds to the log-odds: what makes them right on average."""
    plausible = with_rivals(pairs, odds)
    kept = odds[odds >= PLAUSIBLE]
    labels = np.array([label for (label,) in plausible.labels])
    return {str(label): _shift(kept[labels == label], plausible.same[labels == label]) for label in np.unique(labels)}


def _shift(odds: Floats, same: Floats) -> float:
    """Return the constant that makes the odds right on average (bisection: the sum of odds is monotonous)."""
    low, high = -4.0, 4.0
    for _ in range(40):
        middle = (low + high) / 2
        short = (1 / (1 + np.exp(-(odds + middle)))).sum() < same.sum()
        low, high = (middle, high) if short else (low, middle)
    return low


def b_cubed(names: Names, matched: Iterable[Pair]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over the rows of the list, as conflation scores go."""
    rows_of: defaultdict[str, set[int]] = defaultdict(set)
    members: defaultdict[str, set[int]] = defaultdict(set)
    for row, (name, spelling) in enumerate(names.rows):
        rows_of[spelling].add(row)
        members[name].add(row)
    found = {spelling: set(rows) for spelling, rows in rows_of.items()}
    for a, b in matched:
        found[a] |= rows_of[b]
        found[b] |= rows_of[a]
    right = [len(found[spelling] & members[name]) for name, spelling in names.rows]
    precision = float(np.mean([r / len(found[spelling]) for r, (_, spelling) in zip(right, names.rows, strict=True)]))
    recall = float(np.mean([r / len(members[name]) for r, (name, _) in zip(right, names.rows, strict=True)]))
    return precision, recall, 2 * precision * recall / (precision + recall)


def report(names: Names, pairs: Pairs, odds: Floats, rivals: Mapping[str, float]) -> str:
    """Return the figures of odds and rivals' weights, in a line."""
    plausible = with_rivals(pairs, odds)
    final = odds[odds >= PLAUSIBLE] + np.array([rivals.get(label, 0.0) for (label,) in plausible.labels])
    lines = []
    for accepted in (-0.6, -0.4, -0.2, 0.0):
        matched = [pair for pair, value in zip(plausible.spellings, final, strict=True) if value >= accepted]
        precision, recall, f1 = b_cubed(names, matched)
        lines.append(f"accepting {accepted:+.1f}: precision {precision:.4f}  recall {recall:.4f}  f1 {f1:.4f}")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Learn from the list named first, write the table named second."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m search.analysis.lexicon.building.learn_name_edits NAMES.tsv OUT\n")
        return 2
    names = Names.read(Path(arguments[0]))
    weights = START
    for _ in range(ROUNDS):
        pairs = compare(names, EditWeights(weights, most_cost=MOST_COST))
        weights = learn(pairs, np.ones(len(pairs.spellings), dtype=np.bool_))
    held_out = cross_learn(pairs)
    rivals = learn_rivals(pairs, held_out)
    sys.stderr.write(f"{len(pairs.spellings)} pairs, {len(weights)} weights\nheld out\n")
    sys.stderr.write(report(names, pairs, held_out, rivals) + "\nlearned\n")
    sys.stderr.write(report(names, pairs, judge(pairs, weights), rivals) + "\n")
    table = sorted((weights | rivals).items())
    Path(arguments[1]).write_text(HEADER + "".join(f"{label}\t{w:.2f}\n" for label, w in table), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
