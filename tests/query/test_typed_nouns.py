"""Which words with the letters of function words are nouns, names or verbs as they are typed."""

from __future__ import annotations

import pytest

from search.analysis.analyzed_token import AnalyzedToken
from search.analysis.analyzer import Analyzer
from search.query.query_words import QueryWords
from search.query.tree import Word
from search.query.typed_nouns import TypedNoun, typed_nouns

ANALYZER = Analyzer.default()
NOUNS = typed_nouns(ANALYZER)


def token(word: str) -> AnalyzedToken:
    [found] = ANALYZER.tokens(word)
    assert found.function, "the test is about words that look like function words"
    return found


def noun(word: str) -> TypedNoun:
    found = NOUNS.of(token(word))
    assert found is not None
    return found


@pytest.mark.parametrize(
    "word",
    [
        *("منى", "ومنى", "كحول", "فلك", "لعنة", "إمام", "آلية", "وآلية", "آل", "وآل", "بكى"),
        *("الأم", "والأم", "للأم", "الذات", "النحو", "البعد", "العند", "البنا", "الكم"),
    ],
)
def test_a_word_with_a_lemma_of_its_own_or_with_the_article_is_no_function_word(word: str) -> None:
    assert noun(word).sure
    assert not NOUNS.as_typed(token(word)).function


@pytest.mark.parametrize(
    "word",
    [
        *(
            "في",
            "فى",
            "من",
            "على",
            "إلى",
            "لي",
            "له",
            "عن",
            "ما",
            "هو",
            "كان",
            "ليست",
            "إذا",
            "لولا",
            "هنا",
            "متى",
            "التى",
        ),
        *("بلا", "فلما", "بمن", "ألا", "بألا", "فحين", "وحولها", "كالذي", "بالتي", "وإلى", "فمن", "ولم", "وان", "فكم"),
        *("البعض", "الكل", "والغير", "الحين", "اللي"),
    ],
)
def test_a_function_word_is_nothing_else(word: str) -> None:
    assert NOUNS.of(token(word)) is None


@pytest.mark.parametrize("word", ["علي", "وعلي", "والي", "فان"])
def test_careless_letters_may_be_either(word: str) -> None:
    assert not noun(word).sure
    assert NOUNS.as_typed(token(word)) == token(word)
    assert not NOUNS.as_noun(token(word)).function


@pytest.mark.parametrize(("word", "stem"), [("ولي", "waliy~/N"), ("وهم", "wahom/N")])
def test_a_first_letter_may_be_the_words_own_or_a_particle(word: str, stem: str) -> None:
    found = noun(word)
    assert (found.sure, found.whole) == (False, True)
    assert [(reading.level, reading.term) for reading in found.readings] == [("particles", word), ("stem", stem)]


def test_final_maksura_may_stand_for_yeh() -> None:
    assert noun("ولى").readings == noun("ولي").readings
    assert not noun("منى").readings


def test_what_the_index_has_under_a_function_words_stem_is_searched_in_its_forms() -> None:
    read = NOUNS.as_typed(token("الذات"))
    assert read.stems == ("الذات",)  # which no article has as a stem
    assert {reading.level for reading in read.readings} == {"particles"}
    assert {"الذات", "والذات", "بالذات", "للذات"} <= {reading.term for reading in read.readings}


def test_no_verb_takes_the_article() -> None:
    assert not any(stem.endswith("/V") for stem in noun("البنا").stems)


def test_a_query_asks_for_what_is_no_function_word() -> None:
    words = QueryWords(ANALYZER)
    assert not words.is_function(Word("منى"))
    assert words.is_function(Word("مني"))
    assert [found.function for found in words.of_text("فلك منى من")] == [False, False, True]


def test_without_a_lexicon_the_article_alone_tells() -> None:
    analyzer = Analyzer.default("none")
    found = {word: typed_nouns(analyzer).of(analyzer.tokens(word)[0]) for word in ("الأم", "علي", "ولي", "منى")}
    sure = {word: noun is not None and noun.sure for word, noun in found.items()}
    assert sure == {"الأم": True, "علي": False, "ولي": False, "منى": False}
