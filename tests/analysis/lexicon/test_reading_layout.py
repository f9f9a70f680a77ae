"""The file of further readings says what was packed, in whatever order, and refuses what is no such file."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.lexicon.reading_layout import STEPS, open_readings, pack_readings
from tests.examples import examples

_WORDS = st.text(alphabet="=/ابتوزيرءةى", min_size=1, max_size=6)
_TERMS = st.text(alphabet="abwzy/NV~اب", min_size=1, max_size=5)
_READINGS = st.lists(st.tuples(_TERMS, st.integers(1, STEPS).map(lambda n: n / STEPS)), max_size=4)


@given(words=st.dictionaries(_WORDS, _READINGS, max_size=12))
@examples(60)
def test_a_packed_table_unpacks_to_the_same_values(words: dict[str, list[tuple[str, float]]]) -> None:
    packed = pack_readings(words)
    assert packed == pack_readings(dict(reversed(words.items())))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.readings"
        path.write_bytes(packed)
        table = open_readings(path)
        assert {word: list(table.readings(word)) for word in words} == words
        assert table.readings("غغغغغغغغ") == ()


@pytest.mark.parametrize("content", [b"", b"something else", pack_readings({"عقد": [("Eaqod/N", 0.3)]})[:-16]])
def test_another_or_a_shortened_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.readings"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"bytes long|begin|empty"):
        open_readings(path)
