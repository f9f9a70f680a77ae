"""Forms of words that the lexicon lacks are joined by their counts alone, and only where these show enough."""

from collections.abc import Mapping

import pytest

from search.analysis.lexicon.building.unlisted import join_unlisted, own_key
from search.analysis.lexicon.layout import LemmaEntry


def keys(counts: Mapping[str, int], listed: Mapping[str, str] | None = None) -> dict[str, str]:
    """Each word's key after joining; `listed` words have the keys of a lexicon, the others their own."""
    ranked = dict(sorted(counts.items(), key=lambda item: -item[1]))
    entries = {word: LemmaEntry(((listed or {}).get(word, own_key(word)),), common=True) for word in ranked}
    return {word: entry.keys[0] for word, entry in join_unlisted(entries, ranked).items()}


def test_a_name_is_one_word_in_all_its_dresses() -> None:
    found = keys(
        {"الحوثيين": 90, "الحوثي": 80, "الحوثية": 30, "الحوثيون": 20, "للحوثيين": 15, "والحوثيين": 4, "حوثي": 3}
    )
    assert set(found.values()) == {own_key("حوثي")}


@pytest.mark.parametrize("form", ["لداعش", "بداعش", "وداعش", "كداعش"])
def test_a_particle_comes_off_where_the_rest_is_the_commoner_word(form: str) -> None:
    assert keys({"داعش": 500, form: 9})[form] == own_key("داعش")
    assert keys({"داعش": 5, form: 9})[form] == own_key(form)


def test_the_relative_ending_comes_off_a_name_only_where_other_endings_show_it() -> None:
    assert keys({"داعش": 500, "داعشي": 50, "الداعشية": 20})["داعشي"] == own_key("داعش")
    assert keys({"حبيش": 500, "الحبيشي": 50})["الحبيشي"] == own_key("حبيشي")


def test_plurals_join_their_singular_in_the_lexicon() -> None:
    listed = {"شراكة": "$irAkap/N", "حجز": "Hajoz/N"}
    found = keys({"شراكة": 300, "حجز": 200, "الشراكات": 100, "شراكات": 90, "الحجوزات": 40, "بالحجوزات": 4}, listed)
    assert found["الشراكات"] == found["شراكات"] == "$irAkap/N"
    assert found["الحجوزات"] == found["بالحجوزات"] == "Hajoz/N"


def test_the_plural_in_at_prefers_the_singular_with_its_ending() -> None:
    found = keys({"زياد": 900, "زيادة": 300, "الزيادات": 40}, {"زياد": "ziyAd/N", "زيادة": "ziyAdap/N"})
    assert found["الزيادات"] == "ziyAdap/N"


def test_heh_typed_for_teh_marbuta_is_forgiven() -> None:
    assert keys({"دوابشة": 240, "دوابشه": 5})["دوابشه"] == own_key("دوابشة")


def test_an_ending_of_a_name_stays_without_a_witness() -> None:
    assert keys({"ماك": 244, "ماكين": 144})["ماكين"] == own_key("ماكين")
    assert keys({"حميد": 900, "حميدان": 144}, {"حميد": "Hamiyd/N"})["حميدان"] == own_key("حميدان")


def test_a_name_that_ends_in_ya_is_no_accusative() -> None:
    assert keys({"سوري": 900, "سوريا": 300, "لسوريا": 20}, {"سوري": "suwriy~/N"})["لسوريا"] == own_key("سوريا")


def test_the_article_shows_that_a_listed_verb_is_another_word() -> None:
    found = keys({"رابط": 900, "الرابط": 300}, {"رابط": "rAbaT/V"})
    assert found == {"رابط": "rAbaT/V", "الرابط": own_key("رابط")}


def test_a_conjunction_never_stands_behind_a_preposition() -> None:
    assert keys({"بلاي": 190, "كوبلاي": 15})["كوبلاي"] == own_key("كوبلاي")


def test_a_hamza_in_front_shows_that_al_is_no_article() -> None:
    found = keys({"ألونسو": 261, "الونسو": 165, "ونسو": 9})
    assert found["ألونسو"] == found["الونسو"] == own_key("ألونسو")
