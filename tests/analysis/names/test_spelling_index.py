"""Spellings of foreign names: which meet, which must not, and what the index answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.names import SpellingIndex, keys_among
from search.analysis.names.edits import FAR, EditWeights
from search.analysis.names.name_words import NameWords, StoredWords, lines
from search.analysis.names.skeletons import skeleton
from tests.examples import examples

WEIGHTS = EditWeights.load()
arabic = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويء", max_size=12)

# Words that are near nothing: they only make the index large.
STRANGERS = [(f"ضظ{a}{b}{c}ضظ", 1) for a in "ابتدرسعفكلمنهويقط" for b in "ابتدرسعفكلمنهويقط" for c in "ابتدرسعفكلمنهو"]

ONE_NAME = [
    ("غوتيريش", "جوتيريس"),
    ("غوتيريش", "غوتيريس"),
    ("غوتيريش", "غوتيرش"),
    ("نتنياهو", "نتانياهو"),
    ("كلينتون", "كلنتون"),
    ("هليكوبتر", "هيليكوبتر"),
    ("ميغاواتي", "ميجاواتي"),
    ("فرنانديز", "فيرنانديز"),
    ("تشافيز", "شافيز"),
    ("شتاينماير", "ستاينماير"),
    ("طومسون", "تومسون"),
    ("بلاتر", "بلاتير"),
]
TWO_NAMES = [("باريس", "بوريس"), ("ترامب", "طارب"), ("لندن", "لينين"), ("ميركل", "ماركو"), ("واشنطن", "واثنتان")]


@pytest.mark.parametrize(("one", "other"), ONE_NAME)
def test_spellings_of_one_name_find_each_other(one: str, other: str) -> None:
    index = SpellingIndex([(one, 3), (other, 2)], weights=WEIGHTS)
    assert [found.word for found in index.spellings(one)] == [other]
    assert [found.word for found in index.spellings(other)] == [one]


@pytest.mark.parametrize(("one", "other"), TWO_NAMES)
def test_two_names_stay_apart(one: str, other: str) -> None:
    index = SpellingIndex([(one, 3), (other, 2)], weights=WEIGHTS)
    assert index.spellings(one) == []


def test_a_word_the_index_lacks_finds_its_spellings() -> None:
    index = SpellingIndex([("غوتيريش", 7)], weights=WEIGHTS)
    assert [(found.word, found.count) for found in index.spellings("جوتيريس")] == [("غوتيريش", 7)]


def test_a_word_is_not_its_own_other_spelling() -> None:
    assert SpellingIndex([("غوتيريش", 7)], weights=WEIGHTS).spellings("غوتيريش") == []


def test_words_of_two_letters_have_no_other_spelling() -> None:
    index = SpellingIndex([("لي", 5), ("لو", 5), ("لاي", 5)], weights=WEIGHTS)
    assert index.spellings("لي") == []


@given(st.dictionaries(arabic.filter(bool), st.integers(1, 9), max_size=30), arabic)
@examples(200)
def test_words_kept_as_lines_are_found_as_those_in_memory(words: dict[str, int], asked: str) -> None:
    kept, held = StoredWords(lines(words.items())), NameWords(words.items())
    assert len(kept) == len(held) == len(words) and dict(kept.items()) == words
    for word in (*words, asked):
        assert kept.alike(skeleton(word)) == held.alike(skeleton(word))
    assert SpellingIndex(kept, weights=WEIGHTS).spellings(asked) == SpellingIndex(words.items()).spellings(asked)


def test_rivals_make_each_other_less_likely() -> None:
    alone = SpellingIndex([("سواريز", 1), ("سواريس", 1), *STRANGERS], weights=WEIGHTS)
    others = [("سوريس", 1), ("ساوريس", 1), ("سواريش", 1)]
    crowded = SpellingIndex([("سواريز", 1), ("سواريس", 1), *others, *STRANGERS], weights=WEIGHTS)
    assert crowded.log_odds("سواريز", "سواريس") < alone.log_odds("سواريز", "سواريس")


def test_in_a_small_index_a_spelling_without_rivals_gains_little_weight() -> None:
    small = SpellingIndex([("سواريز", 1), ("سواريس", 1)], weights=WEIGHTS)
    large = SpellingIndex([("سواريز", 1), ("سواريس", 1), *STRANGERS], weights=WEIGHTS)
    assert small.log_odds("سواريز", "سواريس") < large.log_odds("سواريز", "سواريس")


def test_a_third_spelling_joins_two_that_are_far_apart() -> None:
    crowd = ["غوتيريش", "غوتيريس", "جوتيريس", "غوتيرس", "غوتيرش", "جوتيرس"]
    index = SpellingIndex([*((word, 1) for word in crowd), *STRANGERS], weights=WEIGHTS)
    assert "جوتيريس" in {found.word for found in index.spellings("غوتيريش")}


def test_two_words_share_a_key_when_one_finds_the_other() -> None:
    keys = dict(keys_among(["غوتيريش", "غوتيريس", "لندن"]))
    assert set(keys["غوتيريش"]) & set(keys["غوتيريس"])
    assert not set(keys["غوتيريش"]) & set(keys["لندن"])


def test_keys_are_of_folded_words() -> None:
    keys = dict(keys_among(["أوباما", "اوباما"]))
    assert keys["أوباما"] == keys["اوباما"]


def test_no_words_have_no_keys() -> None:
    assert list(keys_among([])) == []


def test_the_skeleton_forgets_vowels_and_doubled_consonants() -> None:
    assert skeleton("كلينتون") == skeleton("كلنتون")
    assert skeleton("جوتيريس") == skeleton("غوتيريش")


@examples(75)
@given(st.lists(arabic, max_size=6), arabic)
def test_being_the_same_name_is_mutual(words: list[str], word: str) -> None:
    index = SpellingIndex(((w, 1) for w in [*words, word]), weights=WEIGHTS)
    for found in index.spellings(word):
        assert word in {back.word for back in index.spellings(found.word)}


@given(arabic.filter(bool), arabic.filter(bool))
def test_the_edits_between_two_words_are_the_cheapest(a: str, b: str) -> None:
    """Compared with Dijkstra's algorithm over single letters, which knows no clusters and so never finds less."""
    edits = WEIGHTS.edits(a, b)
    assert (edits == []) == (a == b)
    if edits is not None:
        assert sum(WEIGHTS.edit(labels)[0] for labels in edits) <= _cost_of_letters(a, b) + 1e-9


def _cost_of_letters(a: str, b: str) -> float:
    """Return the least cost of edits of single letters."""
    costs = {(0, 0): 0.0}
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            here = costs[i, j]
            steps = []
            if i < len(a):
                steps.append((i + 1, j, WEIGHTS.drops[a[i], a[:i][-1:], a[i + 1 : i + 2]][0]))
            if j < len(b):
                steps.append((i, j + 1, WEIGHTS.drops[b[j], b[:j][-1:], b[j + 1 : j + 2]][0]))
            if i < len(a) and j < len(b):
                place = "first" if i == j == 0 else "last" if (i + 1, j + 1) == (len(a), len(b)) else "inside"
                steps.append((i + 1, j + 1, 0.0 if a[i] == b[j] else WEIGHTS.swaps[a[i], b[j], place][0]))
            for to_i, to_j, cost in steps:
                costs[to_i, to_j] = min(costs.get((to_i, to_j), FAR), here + cost)
    return costs[len(a), len(b)]
