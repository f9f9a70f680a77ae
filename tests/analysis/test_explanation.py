"""Explanations: which particle, which lemma, which rule, and what else it could have been."""

from search.analysis.analyzed_token import Reading
from search.analysis.analyzer import Analyzer

LEXICON = Analyzer.default()
RULES = Analyzer.default("none")


def test_particles_and_lemma_are_named() -> None:
    [found] = LEXICON.explain("وللوزراء")
    assert found.particles == ("و", "ل", "ال")
    assert (found.exact, found.word) == ("وللوزراء", "وزراء")
    assert "وَزِير" in found.lemmas[0]
    assert found.source.startswith("lexicon")
    assert "وزراء" in found.reason


def test_without_a_lexicon_the_rules_are_named() -> None:
    [found] = RULES.explain("وزرائها")
    assert found.steps == ("pronoun: وزراء", "broken plural: وزير")
    assert found.source == "rule"
    assert found.stems == found.lemmas == ("وزير",)


def test_readings_that_were_not_taken_are_alternatives() -> None:
    [found] = LEXICON.explain("وزير")
    assert found.particles == ()
    assert any("زير" in other.description and "و" in other.description for other in found.alternatives)
    assert not {other.key for other in found.alternatives} & set(found.stems)


def test_numbers_and_other_scripts_have_a_reason_and_no_alternatives() -> None:
    number, word = LEXICON.explain("٣٬٦٥٠ Ελλάδα")
    assert (number.source, number.stems, number.alternatives) == ("number", ("3650",), ())
    assert (word.source, word.alternatives) == ("other script", ())


def test_words_in_latin_letters_have_their_likeliest_readings_in_arabic_letters() -> None:
    for text, arabic in (("Aleppo", "حلب"), ("Soleimani", "سليماني"), ("3ali", "علي")):
        [found] = LEXICON.explain(text)
        assert found.stems == (text.lower(),)
        assert arabic in {other.key for other in found.alternatives}, found.alternatives


def test_a_month_is_explained_as_the_name_that_stands_for_it() -> None:
    sure, pair, _ = LEXICON.explain("بشباط، كانون الثاني")
    assert (sure.source, sure.word) == ("month", "فبراير")
    assert (pair.source, pair.word) == ("month", "يناير")
    assert "يناير" in pair.reason


def test_several_words_that_are_one_token_are_explained_as_one() -> None:
    _, share, word = LEXICON.explain("50 في المئة أمس")
    assert (share.text, share.source) == ("في المئة", "per cent")
    assert word.text == "أمس"


def test_the_readings_that_an_index_adds_are_named_with_their_source() -> None:
    [found] = LEXICON.explain("كزبلاني", [lambda token: (Reading("بكزبلاني", 0.7, "index", level="word"),)])
    assert [(reading.key, reading.weight, reading.source) for reading in found.readings] == [("بكزبلاني", 0.7, "index")]
