"""What HTML writes as names and numbers becomes the signs, also doubly escaped or broken, and nothing else does."""

from __future__ import annotations

import html
import re

import pytest

from tests.indexer.repairs.mending import body, kinds, stored


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("&quot;داعش&quot;", '"داعش"'),
        ("&amp;quot;داعش&amp;quot;", '"داعش"'),
        ("&amp;amp;quot;داعش&amp;amp;quot;", '"داعش"'),
        ("&quotداعش&quot خبر", '"داعش" خبر'),
        ("#187;داعش#171;", "»داعش«"),
        ("600 #215; 800", "600 × 800"),
        ("دبي #8211; يقول", "دبي – يقول"),
        ("Cr#233;dit d'imp#244;t", "Crédit d'impôt"),
        ("&#8220;داعش&#x201D;", "“داعش”"),
        ("&#1575;&#1604;&amp;#1606;&amp;#x635;", "النص"),
        ("الرياض&nbsp;أمس&amp;nbsp;قال", "الرياض أمس قال"),
        ("و&hellip;قال", "و…قال"),
        ("قال &amp;#34;نعم&amp;#34; أمس", 'قال "نعم" أمس'),
        ("الخبر&amp;#33; &amp;#40;واس&amp;#41;&amp;#58; نص", "الخبر! (واس): نص"),
        ("&amp;amp;#x27;نص&amp;amp;#x27;", "'نص'"),
        ("سطر&amp;#10;ثان", "سطر\nثان"),
    ],
)
def test_entities_become_the_signs_they_stand_for(written: str, meant: str) -> None:
    assert body(written) == meant
    assert kinds(body=written)[0] == "entities"


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/?a=1&quot=2&copy=3",
        "شركة AT&T وR&D",
        "color:#222; background: #171;",
        "الخبر #7; والخبر #12",
        "القناة #99999;",
        "يكتب &amp;quot; في الصفحة",
        "يكتب &amp;#33; في الصفحة",
        "الرمز &amp;#65;بقي كما كتب",
        "الوسم &lt;b&gt; والوسم &amp;lt;i&amp;gt;",
    ],
)
def test_what_only_looks_like_an_entity_stays(text: str) -> None:
    assert body(text) == re.sub("&(?:amp|lt|gt);", lambda entity: html.unescape(entity[0]), text)


def test_titles_and_bylines_are_resolved_too() -> None:
    found = stored(title="&amp;quot;نقل&amp;quot; الخبر", author="&nbsp;أحمد علي#8211;")
    assert (found.title, found.author) == ('"نقل" الخبر', "أحمد علي–")
