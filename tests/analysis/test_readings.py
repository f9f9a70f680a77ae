"""Further readings of a query's word: which are kept, and in which order."""

from msgspec.structs import replace

from search.analysis.analyzed_token import Reading
from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.readings import MOST_READINGS, ReadingSource, with_readings


def of(*readings: Reading) -> ReadingSource:
    """A source that gives these readings for every word."""
    return lambda token: readings


def token(word: str) -> AnalyzedToken:
    return replace(Analyzer.default().tokens(word)[0], readings=())


def test_readings_of_several_sources_stand_by_probability_and_the_likelier_of_two_equal_ones_stays() -> None:
    first = of(Reading("عقد/1", 0.2, "one"), Reading("عقد/2", 0.1, "one"))
    second = of(Reading("عقد/2", 0.4, "other"), Reading("عقد/1", 0.1, "other"))
    found = with_readings(token("عقد"), [first, second]).readings
    assert found == (Reading("عقد/2", 0.4, "other"), Reading("عقد/1", 0.2, "one"))


def test_a_stem_of_the_word_is_no_further_reading() -> None:
    word = token("وزير")
    assert with_readings(word, [of(Reading(word.stems[0], 0.9, "one"))]) is word


def test_a_word_has_a_handful_of_readings_at_most_the_likeliest() -> None:
    many = [Reading(f"قراءة{number}", 1 / (number + 1), "one") for number in range(20)]
    assert with_readings(token("وزير"), [of(*reversed(many))]).readings == tuple(many[:MOST_READINGS])


def test_a_function_word_has_no_further_readings() -> None:
    word = token("في")
    assert with_readings(word, [of(Reading("فيء", 0.5, "one"))]) is word


def test_letters_typed_without_care_stand_for_the_commonest_word_and_less_for_what_they_say() -> None:
    (token,) = Analyzer.default().query_tokens("مدرسه")
    assert token.stems == ("madorasap/N",)  # مدرسة, school
    assert {reading.term: reading.weight for reading in token.readings}["mudar~is/N"] < 0.5  # his teacher
