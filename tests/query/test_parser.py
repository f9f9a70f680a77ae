"""The query language: each operator and what tree it gives."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query.parser import parse
from search.query.tree import All, And, Fuzzy, Not, Nothing, Or, Phrase, Prefix, Tree, Word

TODAY = date(2024, 3, 10)


def tree(query: str) -> Tree:
    return parse(query, today=TODAY).tree


def quiet(query: str) -> Tree:
    """The tree of a query about which there is nothing to say."""
    parsed = parse(query, today=TODAY)
    assert parsed.remarks == ()
    return parsed.tree


def words(query: str) -> list[str]:
    """The texts of a query that is plain words."""
    found = quiet(query)
    parts = found.parts if isinstance(found, And) else (found,)
    assert all(isinstance(part, Word) and part.field is None and not part.exact for part in parts)
    return [part.text for part in parts if isinstance(part, Word)]


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


def test_exact_word_and_phrase() -> None:
    assert quiet('=كتاب ="زيت الزيتون"') == And((Word("كتاب", exact=True), Phrase("زيت الزيتون", exact=True)))


def test_exact_holds_for_a_group() -> None:
    assert quiet("=(كتاب أو قلم)") == Or((Word("كتاب", exact=True), Word("قلم", exact=True)))


@pytest.mark.parametrize(
    "query",
    [
        "قهوة أو شاي",
        "قهوة او شاي",
        "قهوة أَوْ شاي",
        "قهوة OR شاي",
        "قهوة | شاي",
        "قهوة|شاي",
        "قهوة || شاي",
        "قهوة ｜ شاي",
    ],
)
def test_or(query: str) -> None:
    assert quiet(query) == Or((Word("قهوة"), Word("شاي")))


def test_or_binds_its_two_neighbours() -> None:
    assert quiet("أسعار النفط أو الغاز اليوم") == And(
        (Word("أسعار"), Or((Word("النفط"), Word("الغاز"))), Word("اليوم"))
    )


def test_several_bars_are_one() -> None:
    assert quiet("قهوة || شاي") == Or((Word("قهوة"), Word("شاي")))


def test_parentheses_widen_what_or_binds() -> None:
    assert quiet("(أسعار النفط) أو الغاز") == Or((And((Word("أسعار"), Word("النفط"))), Word("الغاز")))


def test_or_within_a_word_or_in_small_letters_is_no_operator() -> None:
    assert words("أوروبا to or not أوه") == ["أوروبا", "to", "or", "not", "أوه"]


@pytest.mark.parametrize("query", ["أو", "أو؟"])
def test_or_alone_is_a_word(query: str) -> None:
    assert words(query) == ["أو"]


def test_or_at_an_end_is_nothing() -> None:
    assert words("أو قهوة أو") == ["قهوة"]


def test_and_is_what_words_are_anyway() -> None:
    assert words("قهوة AND شاي") == ["قهوة", "شاي"]


@pytest.mark.parametrize("query", ["مصر -سوريا", "مصر NOT سوريا", "مصر −سوريا", "مصر －سوريا", "مصر --سوريا"])
def test_without_a_word(query: str) -> None:
    assert quiet(query) == And((Word("مصر"), Not(Word("سوريا"))))


@pytest.mark.parametrize(
    ("negated", "part"),
    [
        ('-"صندوق النقد"', Phrase("صندوق النقد")),
        ("-عنوان:غزة", Word("غزة", "title")),
        ("عنوان:-غزة", Word("غزة", "title")),
        ("-(غزة القدس)", And((Word("غزة"), Word("القدس")))),
        ("-=غزة", Word("غزة", exact=True)),
        ("-غز*", Prefix("غز")),
        ("NOT غزة~", Fuzzy("غزة")),
    ],
)
def test_without_anything(negated: str, part: Tree) -> None:
    assert quiet("مصر " + negated) == And((Word("مصر"), Not(part)))


def test_a_hyphen_within_or_after_a_word_is_no_operator() -> None:
    assert words("سوريا-مصر مصر- غزة") == ["سوريا-مصر", "مصر", "غزة"]


@pytest.mark.parametrize(("query", "prefix"), [("مخطوط*", "مخطوط"), ("Arte*", "Arte"), ("بد٭", "بد"), ("بد*،", "بد")])
def test_prefix(query: str, prefix: str) -> None:
    assert quiet(query) == Prefix(prefix)


@pytest.mark.parametrize(
    ("query", "distance"), [("غوتيرس~", 1), ("غوتيرس~1", 1), ("غوتيرس~2", 2), ("غوتيرس~٢", 2), ("غوتيرس～", 1)]
)
def test_fuzzy(query: str, distance: int) -> None:
    assert quiet(query) == Fuzzy("غوتيرس", distance)


def test_the_last_token_is_what_a_star_extends() -> None:
    assert quiet("COVID-20*") == And((Word("COVID-"), Prefix("20")))


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


def written(node: Tree) -> str:
    """A tree as a reader would type it."""
    match node:
        case Word(text, field, exact):
            return (f"{field}:" if field else "") + ("=" if exact else "") + text
        case Phrase(text, field, exact, slop):
            near = "" if slop is None else f"~{slop}"
            return (f"{field}:" if field else "") + ("=" if exact else "") + f'"{text}"{near}'
        case Prefix(text, field):
            return (f"{field}:" if field else "") + text + "*"
        case Fuzzy(text, distance, field):
            return (f"{field}:" if field else "") + f"{text}~{distance}"
        case Not(part):
            return f"-({written(part)})"
        case And(parts):
            return " ".join(f"({written(part)})" for part in parts)
        case Or(parts):
            return " OR ".join(f"({written(part)})" for part in parts)
    return ""


_TEXT = st.text("غزةبتسمABC", min_size=3, max_size=6)
_FIELD = st.sampled_from([None, "title", "body", "source", "section", "author"])
_LEAVES = (
    st.builds(Word, _TEXT, _FIELD, st.booleans())
    | st.builds(Phrase, _TEXT, _FIELD, st.booleans(), st.none() | st.integers(0, 9))
    | st.builds(Prefix, _TEXT, _FIELD)
    | st.builds(Fuzzy, _TEXT, st.integers(1, 2), _FIELD)
)
_TREES = st.recursive(
    _LEAVES,
    lambda inner: (
        st.builds(And, st.lists(inner, min_size=2, max_size=4).map(tuple))
        | st.builds(Or, st.lists(inner, min_size=2, max_size=4).map(tuple))
        | st.builds(Not, inner)
    ),
    max_leaves=8,
)


@settings(max_examples=200)
@given(_TREES)
def test_a_tree_that_was_read_reads_the_same_when_written_again(node: Tree) -> None:
    once = tree(written(node))
    assert tree(written(once)) == once
