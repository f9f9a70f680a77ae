"""The bounded cache: it computes a value once, stays bounded, and forgets what nobody asks for."""

from unittest.mock import Mock

from search.analysis.memo import Memo


def test_a_value_is_computed_once() -> None:
    length = Mock(side_effect=len)
    memo: Memo[int] = Memo(length, limit=10)
    assert [memo["abc"], memo["abc"], memo["de"]] == [3, 3, 2]
    assert [call.args for call in length.call_args_list] == [("abc",), ("de",)]


def test_it_works_under_map_without_python_code_for_known_keys() -> None:
    memo: Memo[int] = Memo(len, limit=10)
    assert list(map(memo.__getitem__, ["abc", "de", "abc"])) == [3, 2, 3]


def test_the_young_generation_never_holds_more_than_the_limit() -> None:
    memo: Memo[int] = Memo(int, limit=4)
    for number in range(100):
        assert memo[str(number)] == number
        assert len(memo) <= 4


def test_what_was_asked_for_lately_is_recalled_and_what_was_not_is_forgotten() -> None:
    compute = Mock(side_effect=int)
    memo: Memo[int] = Memo(compute, limit=4)
    for key in "123451":  # 5 starts a new generation, 1 is taken over from the old one
        assert memo[key] == int(key)
    assert compute.call_count == 5
    for key in "67812":  # 8 starts the next one: 1 came along, 2 did not
        assert memo[key] == int(key)
    assert "".join(call.args[0] for call in compute.call_args_list) == "123456782"


def test_what_is_too_long_for_a_word_is_not_kept() -> None:
    memo: Memo[int] = Memo(len, limit=4)
    assert memo["x" * 100_000] == 100_000
    assert not memo
