"""The advanced form: what is sent becomes a query in the box; a simple query comes back into the form."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient


def sent(client: FlaskClient, **fields: str) -> str:
    """The query that these fields become."""
    response = client.get("/advanced", query_string={"go": "1", **fields})
    assert response.status_code == 302
    address = urlsplit(response.headers["Location"])
    assert address.path == "/search"
    return parse_qs(address.query)["q"][0]


def shown(client: FlaskClient, **fields: str) -> dict[str, str]:
    """The filled fields of the form as it is shown."""
    html = client.get("/advanced", query_string=fields).text
    found = re.findall(r'<input id="ask-(\w+)"[^>]* value="([^"]*)"', html)
    return {name: value for name, value in found if value and (name, value) != ("distance", "5")}


def test_every_field_is_written_into_the_query(client: FlaskClient) -> None:
    query = sent(
        client,
        all="أسعار النفط",
        phrase="الربع الأول",
        any="برنت الخام",
        none="الغاز",
        title="ترتفع",
        near="أوبك إنتاج",
        distance="3",
        source="وكالة الواحة",
        section="اقتصاد",
        author="التازي",
        **{"from": "يوليو 2015", "to": "٣١/٨/٢٠١٦"},
    )
    assert query == (
        'أسعار النفط "الربع الأول" "أوبك إنتاج"~3 (برنت أو الخام) عنوان:ترتفع -الغاز مصدر:"وكالة الواحة" '
        "قسم:اقتصاد كاتب:التازي تاريخ:2015-07..2016-08"
    )


def test_in_english_the_query_is_written_in_english(client: FlaskClient) -> None:
    assert sent(client, any="a b", title="c", lang="en") == "(a OR b) title:c"


def test_words_are_wanted_as_written(client: FlaskClient) -> None:
    assert sent(client, all="كتاب", forms="exact") == "=كتاب"


def test_dates_written_the_wrong_way_round_mean_the_same(client: FlaskClient) -> None:
    assert sent(client, **{"from": "2017", "to": "2015"}) == "تاريخ:2015..2017"


@pytest.mark.parametrize("field", ["from", "to"])
def test_a_date_that_cannot_be_read_has_a_message_beside_its_field(client: FlaskClient, field: str) -> None:
    response = client.get("/advanced", query_string={"go": "1", "all": "قمح", field: "ليس تاريخا"})
    assert response.status_code == 200
    assert "لم نفهم «ليس تاريخا» تاريخا" in response.text
    assert f'aria-describedby="wrong-{field}"' in response.text
    assert 'value="قمح"' in response.text


@pytest.mark.parametrize("value", ["-1", "51", "كثير", "9999999999"])
def test_a_distance_that_is_no_number_has_a_message(client: FlaskClient, value: str) -> None:
    text = client.get("/advanced", query_string={"go": "1", "near": "أ ب", "distance": value}).text
    assert 'aria-describedby="wrong-distance"' in text


def test_an_empty_form_has_a_message(client: FlaskClient) -> None:
    assert "لم تكتب شيئا بعد" in client.get("/advanced?go=1").text
    assert "لم تكتب شيئا بعد" not in client.get("/advanced").text


def test_a_query_that_would_be_cut_is_not_sent(client: FlaskClient) -> None:
    fields = dict.fromkeys(("all", "any", "none", "title"), "كلمة " * 59)
    assert "صار البحث أطول من" in client.get("/advanced", query_string={"go": "1", **fields}).text


def test_a_simple_query_with_its_filters_comes_back_into_the_form(client: FlaskClient) -> None:
    assert shown(client, q='أسعار "الربع الأول" -الغاز', source="وكالة الواحة", **{"from": "2017-07-15"}) == {
        "all": "أسعار",
        "phrase": "الربع الأول",
        "none": "الغاز",
        "source": "وكالة الواحة",
        "from": "2017-07-15",
    }


def test_a_richer_query_stays_in_the_box(client: FlaskClient) -> None:
    html = client.get("/advanced", query_string={"q": "بداية*"}).text
    assert "في بحثك ما لا تسعه هذه الاستمارة" in html
    assert 'value="بداية*" placeholder' in html


def test_the_results_lead_to_the_form_with_the_search(client: FlaskClient) -> None:
    html = client.get("/search?q=الموانئ&section=اقتصاد").text
    found = re.search(r'<p class="beside"><a href="([^"]+)"', html)
    assert found is not None
    assert "تعديل في البحث المتقدم" in html
    assert shown(client, **{k: v[0] for k, v in parse_qs(urlsplit(found[1].replace("&amp;", "&")).query).items()}) == {
        "all": "الموانئ",
        "section": "اقتصاد",
    }


def test_whatever_is_typed_is_answered(client: FlaskClient) -> None:
    for value in ("\x00", "\ud800", '"><script>', "أو " * 200, "2017-99-99", "…"):
        for name in ("q", "all", "any", "near", "source", "from", "distance", "forms", "go"):
            for go in ("", "1"):
                response = client.get("/advanced", query_string={"go": go, name: value.encode("utf-8", "replace")})
                assert response.status_code in {200, 302}
                assert '"><script>' not in response.text
