"""The file of alerts: what it takes, the one line that it refuses all else with, and the table of a search."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.alerts.alerts_file import alert_lines, chosen, read_alerts
from search.engines.order import Order
from search.errors import SettingsError
from search.pages.records import Filters, SearchRequest

TODAY = date(2026, 11, 26)


def written(folder: Path, text: str) -> Path:
    path = folder / "alerts.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_alert_is_a_search(tmp_path: Path) -> None:
    text = """
[[alert]]
name = "موانئ"
query = ' "هيئة الموانئ" '
source = ["عكاظ", "سبق"]
section = "اقتصاد"
from = 2015-07-01
until = 2016
language = "en"
limit = 5
names = false
[[alert]]
name = "all of one source"
source = ["واس"]
since = "أمس"
"""
    first, second = read_alerts(written(tmp_path, text))
    filters = Filters(("عكاظ", "سبق"), ("اقتصاد",), first=date(2015, 7, 1), last=date(2016, 12, 31))
    assert first.request(TODAY) == SearchRequest(
        '"هيئة الموانئ"',
        order=Order.NEWEST,
        limit=5,
        filters=filters,
        names=False,
        repair=False,
        facets=False,
        today=TODAY,
    )
    assert second.request(TODAY).filters.first == date(2026, 11, 25)
    assert [each.name for each in chosen((first, second), ["موانئ"])] == ["موانئ"]
    with pytest.raises(SettingsError, match="no alert is named 'x': there are 'موانئ'"):
        chosen((first, second), ["x"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no alerts"),
        ("alert = 3", "holds no alerts"),
        ("alerts = []", "unknown key 'alerts'"),
        ("[[alert]]\nquery = 'x'", "alert 1 of .* has no name"),
        ("[[alert]]\nname = ''\nquery = 'x'", "name = '' in alert 1 .* a name of one line"),
        ("[[alert]]\nname = 'a'", "alert 1 of .* has no query"),
        ("[[alert]]\nname = 'a'\nquery = '؟!'", "query = '؟!' in alert 1 .* has no word"),
        ("[[alert]]\nname = 'a'\nquery = 3", "query = 3 in alert 1"),
        ("[[alert]]\nname = 'a'\nquery = 'x'\nlimit = 0", "limit = 0 in alert 1 .* from 1 to 100"),
        ("[[alert]]\nname = 'a'\nquery = 'x'\nlanguage = 'fr'", 'language = \'fr\' in alert 1 .* "ar" or "en"'),
        ("[[alert]]\nname = 'a'\nquery = 'x'\nsince = 'مارسس'", "since = 'مارسس' in alert 1"),
        ("[[alert]]\nname = 'a'\nquery = 'x'\nfrom = 2015\nsince = 2016", "one key by two names"),
        ("[[alert]]\nname = 'a'\nquery = 'x'\nspeed = 1", "unknown setting 'speed' in alert 1"),
        ("[[alert]]\nname = 'a'\nquery = 'x'\nsource = [3]", r"source = \[3\] in alert 1"),
        ("[[alert]]\nname = 'a'\nquery = 'x'\n[[alert]]\nname = 'a'\nquery = 'y'", "name = 'a' in alert 2 .* another"),
        ("[[alert]]\nname = 'a'\nquery = '" + "كلمة " * 70 + "'", "more than 64 words"),
        ("[[alert", "cannot be read"),
    ],
)
def test_what_cannot_be_is_one_line_with_its_key_and_value(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as refused:
        read_alerts(written(tmp_path, text))
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml cannot be read .* --alerts"):
        read_alerts(tmp_path / "none.toml")


QUERY = st.text(min_size=1, max_size=40).map(str.strip).filter(lambda text: any(map(str.isalnum, text)))


@given(QUERY, st.lists(st.text(min_size=1, max_size=9), max_size=2, unique=True), st.dates(), st.booleans())
def test_the_table_of_any_search_gives_it_back(
    tmp_path_factory: pytest.TempPathFactory, query: str, sources: list[str], first: date, names: bool
) -> None:
    request = SearchRequest(query, filters=Filters(tuple(sources), first=first), names=names)
    path = written(tmp_path_factory.getbasetemp(), alert_lines(request, "x", "en"))
    (alert,) = read_alerts(path)
    found = alert.request(TODAY)
    assert (found.filters, found.names) == (request.filters, names)
    assert found.query == query and alert.language == "en"
