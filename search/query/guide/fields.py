"""Fields and dates of the query language, in sections: data for `sections.py`."""

from __future__ import annotations

from typing import Final

from search.query.guide.operators import Row, Section

FIELDS: Final = Section(
    "fields",
    "حقول",
    "Fields",
    (
        Row("`عنوان:` `title:`", "في العنوان", "in the headline", "عنوان:قمح", "title:Artemis", ("{title}{word}",)),
        Row(
            "`نص:` `body:`",
            "في النص",
            "in the text",
            'نص:"البنك المركزي"',
            'body:"Coral Star"',
            ('{body}"{phrase}"', "{body}{word}"),
        ),
        Row("`مصدر:` `source:`", "الناشر", "published by", "مصدر:القنديل", "source:القنديل", ("{source}{a_source}",)),
        Row("`قسم:` `section:`", "القسم", "in the section", "قسم:رياضة", "section:رياضة", ("{section}{a_section}",)),
        Row("`كاتب:` `author:`", "الكاتب", "written by", "كاتب:التازي", "author:التازي", ("{author}{an_author}",)),
        Row("`وكالة:` `agency:`", "الوكالة", "agency", "وكالة:وكالات", "agency:وكالات", ("{agency}{an_agency}",)),
        Row("`مكان:` `place:`", "المكان في صدر الخبر", "sent from", "مكان:مسقط", "place:مسقط", ("{place}{a_place}",)),
        Row(
            '`حقل:(…)` `field:"…"`',
            "حقل لمجموعة أو لعبارة",
            "a field for a group or a phrase",
            "عنوان:(قمح أو قهوة)",
            'author:"ندى سليمان"',
            ("{title}({word} {or} {apart})",),
        ),
    ),
    "النقطتان بعد اسم الحقل مباشرة، وتجوز معه أل التعريف (`المصدر:`). ولا مسافة بعدهما في `مصدر` "
    "و`كاتب` و`وكالة` و`مكان`، لأن العناوين "
    "تقول «مصدر: …» عمن يتكلم. وكل نقطتين غير ذلك ترقيم.",
    "The colon stands right after the field's name, which may carry its article (`المصدر:`). After "
    "`مصدر`, `كاتب`, `وكالة` and `مكان` no "
    "space may follow: headlines say «مصدر: …» of whoever speaks. Any other colon is punctuation.",
)
DATES: Final = Section(
    "dates",
    "تواريخ",
    "Dates",
    (
        Row(
            "`تاريخ:` `date:`",
            "يوم النشر أو شهره أو سنته",
            "published on these days, in this month, in this year",
            "تاريخ:15 تشرين الثاني 2023",
            "date:2023-11",
            ("{date}{month}", "{date}{day}"),
        ),
        Row(
            "`تاريخ:A..B` `date:A..B`",
            "من أ إلى ب وهما داخلان؛ و`2025-11-15..` مفتوحة",
            "from A to B, both included; `2025-11-15..` is open",
            "تاريخ:2023-11-14..2023-11-15",
            "date:2025-11-15..",
            ("{date}{first_year}..{last_year}",),
        ),
        Row(
            "`تاريخ:آخر …`",
            "محسوبا من اليوم",
            "counted from today",
            "تاريخ:آخر 30 يوما",
            "date:last 30 days",
            ("{date}{lately}",),
        ),
        Row(
            "`قبل:` `before:`",
            "قبل ذلك اليوم، وليس هو منها",
            "published before that day, the day itself left out",
            "قبل:2023-02-10",
            'before:"10 February 2023"',
            ("{before}{day}",),
        ),
        Row(
            "`بعد:` `after:`",
            "بعد ذلك اليوم، وليس هو منها",
            "published after that day, the day itself left out",
            "بعد:2025-11-15",
            "after:2025-11-15",
            ("{after}{day}",),
        ),
    ),
    "اكتب التاريخ كما تكتبه عادة: `2017`، `تموز/يوليو 2017`، `15 تموز 2017`، `١٥/٧/٢٠١٧`، `رمضان "
    "1438`، `أمس`، `الأسبوع الماضي`، "
    "`من 2015 إلى 2017`. ويأخذ التاريخ من الكلمات التالية ما يصير به تاريخا؛ فاقتبسه إن أردت أن تحدد آخره.",
    "Write a date as you usually do: `2017`, `July 2017`, `15 تموز 2017`, `١٥/٧/٢٠١٧`, `رمضان 1438`, `yesterday`, "
    "`from 2015 to 2017`. A date takes as many of the words that follow as make a date; quote it to "
    "be sure where it ends.",
)
