"""A date field before a parenthesis: what is in it is read once, be it a date or not."""

from datetime import date

import pytest

from search.query.parser import parse

TODAY = date(2024, 3, 10)


@pytest.mark.parametrize("query", ['«" قبل: =(")', '" بعد: ("', '» قبل: (كلمة "أخرى" وثالثة)', "(قبل: (بعد: (كلمة)))"])
def test_a_group_after_the_name_of_a_date_field_ends(query: str) -> None:
    words = parse(query, today=TODAY).tree
    assert len(repr(words)) < 1_000
