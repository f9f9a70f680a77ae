"""Rule stemmer: a particle-free folded word → its stem, endings checked against the frequency list. Called by the analyser."""

from typing import Final

from search.analysis.lexicon.frequencies import FrequencyTable

ENDINGS: Final = tuple("تهما يهما اتهم اتها هما يين يون كما تها ته ها هم نا ان ات ون ين يه وا تي ه ي ا ت".split())


def rule_stem(word: str, frequencies: FrequencyTable) -> str:
    """Return the stem of a particle-free folded word; rough."""
    count = frequencies.count
    whole = count(word)
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)]
            if max(count(stem), count(stem + "ه")) > 0.3 * whole:
                return stem
    return word
