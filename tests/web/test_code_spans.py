"""What is typed stands in <code>, each piece in its own direction, and is escaped."""

from web.text.code_spans import coded


def test_pieces_between_backticks_are_code_in_their_own_direction() -> None:
    assert coded("اكتب `مصدر:` أو `source:`") == ('اكتب <code dir="rtl">مصدر:</code> أو <code dir="ltr">source:</code>')


def test_signs_alone_take_the_direction_of_the_page() -> None:
    assert coded('`"…"~5`') == "<code>&#34;…&#34;~5</code>"


def test_text_and_code_are_escaped() -> None:
    assert coded("<b> `<i>`") == "&lt;<bdi>b</bdi>&gt; " + '<code dir="ltr">&lt;i&gt;</code>'
