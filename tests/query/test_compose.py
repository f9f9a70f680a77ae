"""The parts of the advanced form written as a query: what the parser reads is what was wanted, whatever was typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.compose import AdvancedQuery, compose, days_text, quoted, words_of
from search.query.decompose import decompose
from search.query.operators import clean
from search.query.parser import parse
from search.query.tree import And, Not, Or, Phrase, Range, Tree, Word, all_of, any_of
from tests.query.reading import TODAY


def test_each_part_is_written_as_a_reader_would_type_it() -> None:
    wanted = AdvancedQuery(
        words="أسعار النفط",
        any="برنت الخام",
        none="الغاز",
        title="ترتفع",
        phrase="الربع الأول",
        near="أوبك إنتاج",
        distance=3,
        source="وكالة الأناضول",
        section="اقتصاد",
        author="التازي",
        first=date(2015, 7, 1),
        last=date(2016, 8, 31),
    )
    assert compose(wanted) == (
        'أسعار النفط "الربع الأول" "أوبك إنتاج"~3 (برنت أو الخام) عنوان:ترتفع -الغاز مصدر:"وكالة الأناضول" '
        "قسم:اقتصاد كاتب:التازي تاريخ:2015-07..2016-08"
    )
    assert compose(wanted, "en") == (
        'أسعار النفط "الربع الأول" "أوبك إنتاج"~3 (برنت OR الخام) title:ترتفع -الغاز source:"وكالة الأناضول" '
        "section:اقتصاد author:التازي date:2015-07..2016-08"
    )


def test_words_as_written_each_get_their_sign() -> None:
    assert compose(AdvancedQuery(words="كتاب", none="كتب", title="الكتب العربية", exact=True)) == (
        "=كتاب عنوان:(=الكتب =العربية) -=كتب"
    )
    assert compose(AdvancedQuery(phrase="الكتب العربية", exact=True)) == '="الكتب العربية"'


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("أو", '"أو"'),
        ("قهوة OR شاي", 'قهوة "OR" شاي'),
        ("NOT", '"NOT"'),
        ("-قهوة", "قهوة"),
        ("=قهوة", "قهوة"),
        ('"قهوة', "قهوة"),
        ("(قهوة", "قهوة"),
        ("قهوة*", "قهوة"),
        ("قهوة~2", "قهوة 2"),
        ("مصدر:رويترز", "مصدر رويترز"),
        ("title: قهوة", "title قهوة"),
        ("COVID-19", "COVID-19"),
        ("a|b", "a b"),
        ("l'Orient 'x'", "l'Orient x"),
        ("… ،", ""),
    ],
)
def test_what_is_an_operator_elsewhere_is_a_word_here(typed: str, query: str) -> None:
    assert compose(AdvancedQuery(words=typed)) == query


def test_or_within_alternatives_joins_words_and_alone_is_quoted() -> None:
    assert compose(AdvancedQuery(any="قهوة أو شطرنج")) == "(قهوة أو شطرنج)"
    assert compose(AdvancedQuery(any="أو")) == '"أو"'


def test_days_are_written_as_shortly_as_they_read_back() -> None:
    assert days_text(date(2017, 1, 1), date(2017, 12, 31)) == "2017"
    assert days_text(date(2016, 1, 1), date(2017, 12, 31)) == "2016..2017"
    assert days_text(date(2017, 7, 1), date(2017, 7, 31)) == "2017-07"
    assert days_text(date(2017, 1, 1), date(2017, 1, 31)) == "2017-01"
    assert days_text(date(2017, 7, 15), date(2017, 7, 15)) == "2017-07-15"
    assert days_text(date(2017, 7, 15), None) == "2017-07-15.."
    assert days_text(None, date(2017, 7, 31)) == "..2017-07"


def test_names_are_quoted_where_they_need_it() -> None:
    assert quoted("عكاظ") == "عكاظ"
    assert quoted("وكالة الأناضول") == '"وكالة الأناضول"'
    assert quoted('صحيفة "الرأي"') == '"صحيفة الرأي"'
    assert quoted("الجزيرة.نت") == '"الجزيرة.نت"'
    assert quoted("أو") == '"أو"'
    assert quoted("…") == ""


_PIECES = st.sampled_from(
    (
        *("أو", "أَو", "OR", "NOT", "AND", "مصدر:", "title:", "تاريخ:2017", "قبل:", "-", "=", '"', "«", "(", ")", "|"),
        *("~2", "*", "غزة", "COVID-19", "2017", "15/7/2017", "http://a/~b*", "‘x’", "\u200f", "＝", "و", "من", "a:b"),
    )
)
_TEXT = st.lists(_PIECES | st.text(max_size=6), max_size=4).map(" ".join) | st.lists(_PIECES, max_size=4).map("".join)
_DAYS = st.none() | st.dates(min_value=date(1501, 1, 1))  # a year before that is read as a Hijri one
_WANTED = st.builds(
    AdvancedQuery,
    words=_TEXT,
    any=_TEXT,
    none=_TEXT,
    title=_TEXT,
    phrase=_TEXT,
    near=_TEXT,
    distance=st.integers(0, 50),
    exact=st.booleans(),
    source=_TEXT,
    section=_TEXT,
    author=_TEXT,
)


@given(_WANTED, _DAYS, _DAYS, st.sampled_from(["ar", "en"]))
def test_a_composed_query_is_read_as_it_was_meant(
    wanted: AdvancedQuery, one: date | None, other: date | None, language: str
) -> None:
    first, last = (one, other) if not (one and other) or one <= other else (other, one)
    parts = {name: getattr(wanted, name) for name in AdvancedQuery.__slots__}
    wanted = AdvancedQuery(**parts | {"first": first, "last": last})
    parsed = parse(compose(wanted, language), today=TODAY)
    assert {remark.kind for remark in parsed.remarks} <= {"only-negative"}
    assert _plain(parsed.tree) == _plain(_meant(wanted))


def _meant(wanted: AdvancedQuery) -> Tree | None:
    """The tree of these parts, built without the language."""
    exact = wanted.exact
    parts: list[Tree] = [Word(word, None, exact) for word in words_of(wanted.words)]
    if words_of(wanted.phrase):
        parts.append(Phrase(_inside(wanted.phrase), None, exact))
    if near := words_of(wanted.near):
        parts.append(
            Word(near[0], None, exact) if len(near) == 1 else Phrase(_inside(wanted.near), None, exact, wanted.distance)
        )
    words = words_of(wanted.any)
    ors = {"أو", "أَو", "OR"}
    words = [word for at, word in enumerate(words) if word not in ors or at in (0, len(words) - 1)]
    if alternatives := any_of([_unphrased(Word(word, None, exact)) for word in words]):
        parts.append(alternatives)
    parts += [Word(word, "title", exact) for word in words_of(wanted.title)]
    parts += [Not(Word(word, None, exact)) for word in words_of(wanted.none)]
    parts += [
        Phrase(_inside(value), field)
        for field, value in (("source", wanted.source), ("section", wanted.section), ("author", wanted.author))
        if words_of(value)
    ]
    if wanted.first or wanted.last:
        parts.append(Range(wanted.first, wanted.last))
    return all_of(_unphrased(part) for part in parts)


def _inside(text: str) -> str:
    """What `"…"` holds once the quotes within it, and what cannot be seen, are gone."""
    return " ".join("".join(" " if sign in '"“”„‟″〝〞〟«»‹›' else sign for sign in clean(text)).split())


def _unphrased(tree: Tree) -> Tree:
    """A quoted single word and the word alike: an operator is quoted to be a word."""
    match tree:
        case Phrase(text, field, exact, None) if words_of(text) == [text]:
            return Word(text, field, exact)
        case Not(part):
            return Not(_unphrased(part))
        case Or(parts):
            return Or(tuple(map(_unphrased, parts)))
    return tree


def _plain(tree: Tree | None) -> frozenset[Tree] | None:
    if tree is None or type(tree).__name__ in {"All", "Nothing"}:
        return None
    return frozenset(map(_unphrased, tree.parts if isinstance(tree, And) else (tree,)))


@pytest.mark.parametrize(
    "query",
    [
        "أسعار النفط",
        'أسعار "الربع الأول" -الغاز',
        "(قهوة أو شطرنج) مصدر:القنديل",
        "عنوان:(قمح قهوة)",
        'كاتب:"ندى سليمان" تاريخ:2017..2018',
        '"أوبك إنتاج"~3',
        "=كتاب -=كتب",
        "قبل:2017",
        "",
    ],
)
def test_a_simple_query_is_read_back_into_the_form(query: str) -> None:
    wanted = decompose(query, today=TODAY)
    assert wanted is not None
    assert _plain(parse(compose(wanted), today=TODAY).tree) == _plain(parse(query, today=TODAY).tree)


@pytest.mark.parametrize(
    "query", ["بداية*", "كلمة~", "=كتاب قهوة", "(أ ب) أو ج", "مصدر:أ مصدر:ب", '"أ ب" "ج د"', "نص:قهوة", "-مصدر:أ", "،"]
)
def test_what_the_form_has_no_place_for_is_not_read_back(query: str) -> None:
    assert decompose(query, today=TODAY) is None


@given(_WANTED)
def test_reading_back_never_fails_and_never_changes_what_is_meant(wanted: AdvancedQuery) -> None:
    query = compose(wanted)
    back = decompose(query, today=TODAY)
    if back is not None:
        assert _plain(parse(compose(back), today=TODAY).tree) == _plain(parse(query, today=TODAY).tree)
