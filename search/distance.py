"""How many letters apart two words are: for lighting fuzzy matches and for judging corrections."""

from __future__ import annotations


def within(first: str, second: str, most: int) -> bool:
    """Whether at most `most` single-letter insertions, deletions or replacements lie between (Levenshtein)."""
    if abs(len(first) - len(second)) > most:
        return False
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(second, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
        if min(row) > most:
            return False
    return row[-1] <= most
