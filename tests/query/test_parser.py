"""Words, quotes, fields, and what is no operator: what tree they give."""

import pytest

from search.query.tree import All, And, Fuzzy, Not, Nothing, Or, Phrase, Prefix, Word
from tests.query.reading import quiet, tree, words


def test_one_word_is_a_word() -> None:
    assert quiet("القدس") == Word("القدس")


def test_all_words_are_wanted() -> None:
    assert quiet("القوات العراقية") == And((Word("القوات"), Word("العراقية")))


def test_the_empty_query_is_everything() -> None:
    assert [quiet(query) for query in ("", "   ", "\n\t", "\u200f\u202b", "\x00")] == [All()] * 5


@pytest.mark.parametrize(
    "query",
    ["القدس، غزة", "القدس،غزة", "القدس؛ غزة؟", "القدس/غزة", "القدس - غزة", "القدس – غزة", "القدس… غزة!", "+القدس +غزة"],
)
def test_punctuation_parts_words_and_is_no_word(query: str) -> None:
    assert words(query) == ["القدس", "غزة"]


@pytest.mark.parametrize(
    "word",
    [
        "COVID-19",
        "AT&T",
        "هاشتاغ_طويل",
        "U.S",
        "أ.ف.ب",
        "10:30",
        "15/7/2017",
        "3,650",
        "٣٬٦٥٠",
        "l'Orient",
        "القاهرة-سوهاج",
    ],
)
def test_what_is_written_together_is_one_word(word: str) -> None:
    assert words(word) == [word]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("2017م", ["2017"]),
        ("الـCNN", ["الـ", "CNN"]),
        ("انتهى.وبدأ", ["انتهى", "وبدأ"]),
        ("https://example.org/a-b", ["https://example.org/a-b"]),
        ("مِنَ الْقُدْسِ", ["مِنَ", "الْقُدْسِ"]),
    ],
)
def test_chunks_of_several_tokens(query: str, expected: list[str]) -> None:
    assert words(query) == expected


@pytest.mark.parametrize("query", ["قال: نعم", "قال:نعم", "قال : نعم"])
def test_a_colon_in_ordinary_text_is_no_field(query: str) -> None:
    assert words(query) == ["قال", "نعم"]


@pytest.mark.parametrize(
    "query",
    [
        '"صندوق النقد"',
        "«صندوق النقد»",
        "»صندوق النقد«",
        "“صندوق النقد”",
        "”صندوق النقد“",
        "„صندوق النقد“",
        "„صندوق النقد”",
        "‟صندوق النقد”",
        "″صندوق النقد″",
        "‹صندوق النقد›",
        "'صندوق النقد'",
        "‘صندوق النقد’",
        "＂صندوق النقد＂",
        '«صندوق النقد"',
        '" صندوق النقد "',
    ],
)
def test_any_quotes_make_a_phrase(query: str) -> None:
    assert quiet(query) == Phrase("صندوق النقد")


def test_a_quote_keeps_its_operators_as_text() -> None:
    assert quiet('"أ أو ب (ج) -د عنوان:ه"') == Phrase("أ أو ب (ج) -د عنوان:ه")


def test_two_phrases_are_two() -> None:
    assert quiet("«صندوق النقد» «البنك الدولي»") == And((Phrase("صندوق النقد"), Phrase("البنك الدولي")))


def test_an_apostrophe_within_a_word_is_no_quote() -> None:
    assert words("don't l'Orient") == ["don't", "l'Orient"]


@pytest.mark.parametrize(
    ("query", "slop"), [('"أب أم"~3', 3), ('"أب أم"~٣', 3), ("«أب أم»~12", 12), ('"أب أم"~0', 0), ('"أب أم"~', 5)]
)
def test_near(query: str, slop: int) -> None:
    assert quiet(query) == Phrase("أب أم", slop=slop)


@pytest.mark.parametrize(
    ("names", "field"),
    [
        ("عنوان العنوان عُنوان title Title TITLE", "title"),
        ("نص النص نَصّ body", "body"),
        ("مصدر المصدر source", "source"),
        ("قسم القسم section", "section"),
        ("كاتب الكاتب كاتِب author", "author"),
    ],
)
def test_fields_in_both_languages(names: str, field: str) -> None:
    assert [quiet(f"{name}:غزة") for name in names.split()] == [Word("غزة", field)] * len(names.split())


def test_a_field_holds_for_what_follows_it_alone() -> None:
    assert quiet("عنوان:غزة القدس") == And((Word("غزة", "title"), Word("القدس")))


def test_a_field_holds_for_a_group_and_a_phrase() -> None:
    group = And((Word("غزة", "title"), Word("القدس", "title"), Phrase("رام الله", "title")))
    assert quiet('عنوان:(غزة القدس "رام الله")') == group
    assert quiet('كاتب:"سالم الحارثي"') == Phrase("سالم الحارثي", "author")


def test_an_inner_field_goes_before_an_outer_one() -> None:
    assert quiet("عنوان:(غزة نص:القدس)") == And((Word("غزة", "title"), Word("القدس", "body")))


def test_a_space_after_the_colon_of_a_field_is_allowed() -> None:
    assert quiet("عنوان: غزة") == Word("غزة", "title")
    assert quiet("source: Reuters") == Word("Reuters", "source")
    assert quiet("مصدر: «وكالة الأناضول»") == Phrase("وكالة الأناضول", "source")


def test_a_headline_that_quotes_a_source_is_ordinary_text() -> None:
    assert words("مصدر: الجيش يتقدم") == ["مصدر", "الجيش", "يتقدم"]
    assert words("كاتب: مصر بخير") == ["كاتب", "مصر", "بخير"]


def test_every_operator_within_a_field() -> None:
    assert quiet("عنوان:غز* عنوان:غزة~2 عنوان:=غزة") == And(
        (Prefix("غز", "title"), Fuzzy("غزة", 2, "title"), Word("غزة", "title", exact=True))
    )


def test_full_width_and_small_forms_are_the_plain_signs() -> None:
    assert quiet("（قهوة ｜ شاي） －سكر ﹦عسل title：غزة") == And(
        (Or((Word("قهوة"), Word("شاي"))), Not(Word("سكر")), Word("عسل", exact=True), Word("غزة", "title"))
    )


def test_what_cannot_be_seen_is_not_there() -> None:
    assert quiet("\u202bعنو\u200bان:\x00غ\u2066زة\u202c \u200f-القدس\ufeff") == And(
        (Word("غزة", "title"), Not(Word("القدس")))
    )


def test_half_a_character_is_not_there() -> None:
    assert quiet("غ\ud800زة") == Word("غزة")


def test_the_tree_is_flat_and_has_nothing_twice() -> None:
    assert quiet("((غزة) (القدس (غزة)))") == And((Word("غزة"), Word("القدس")))
    assert quiet("غزة أو (القدس أو (غزة أو رفح))") == Or((Word("غزة"), Word("القدس"), Word("رفح")))
    assert quiet("غزة أو غزة") == Word("غزة")
    assert quiet("-(-غزة)") == Word("غزة")


@pytest.mark.parametrize("query", ["()", '""', "«»", "( () )"])
def test_empty_groups_and_phrases_ask_for_nothing(query: str) -> None:
    assert tree(query) == Nothing()
    assert tree(query + " غزة") == Word("غزة")
