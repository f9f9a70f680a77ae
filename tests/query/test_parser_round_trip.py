"""A tree written down as a query and read again."""

from hypothesis import given
from hypothesis import strategies as st

from search.query.tree import And, Fuzzy, Not, Or, Phrase, Prefix, Tree, Word
from tests.examples import examples
from tests.query.reading import tree


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


@examples(100)
@given(_TREES)
def test_a_tree_that_was_read_reads_the_same_when_written_again(node: Tree) -> None:
    once = tree(written(node))
    assert tree(written(once)) == once
