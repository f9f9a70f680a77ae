"""The file format of the lemma table: what is packed is what is read, in whatever order it was packed."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from search.analysis.lexicon.layout import LemmaEntry, pack
from search.analysis.lexicon.lemmas import LemmaTable
from tests.examples import examples

_WORDS = st.text(alphabet="ابتوزيرءةى", min_size=1, max_size=6)
_KEYS = st.text(alphabet="abwzy/NV~", min_size=1, max_size=5)
_READINGS = st.builds(LemmaEntry, st.lists(_KEYS, min_size=1, max_size=2, unique=True).map(tuple), st.booleans())
_TABLES = st.dictionaries(_WORDS, _READINGS, max_size=12)


@given(words=_TABLES, folded=_TABLES)
@examples(60)
def test_a_packed_table_unpacks_to_the_same_values(words: dict[str, LemmaEntry], folded: dict[str, LemmaEntry]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.table"
        path.write_bytes(pack(words, folded))
        table = LemmaTable.load(path)
        assert len(table) == len(words)
        for word, reading in words.items():
            assert table.lookup(word) == reading.keys
            assert table.has_common_reading(word) == reading.common
            assert table.lookup_folded(word) == folded.get(word, reading).keys
        for form, reading in folded.items():
            assert table.lookup_folded(form) == reading.keys


@given(words=_TABLES, folded=_TABLES)
@examples(40)
def test_the_order_of_words_does_not_change_the_bytes(
    words: dict[str, LemmaEntry], folded: dict[str, LemmaEntry]
) -> None:
    assert pack(words, folded) == pack(dict(reversed(words.items())), dict(reversed(folded.items())))
