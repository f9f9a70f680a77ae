"""The operators of the query language, in sections: data for `sections.py`; fields and dates are in `fields.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Row:
    """One operator of the query language.

    form     the operator as it is typed, in Markdown
    ar       what it means, in Arabic; `en`: the same in English
    arabic   an example in Arabic script; `latin`: an example in Latin script
    live     patterns of examples that are filled with words of the index; the first that finds something is shown
    """

    form: str
    ar: str
    en: str
    arabic: str
    latin: str
    live: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Operators that are explained together.

    anchor    the name of the section in addresses of the help page
    more_ar   what else readers should know, in Arabic; `more_en`: the same in English
    """

    anchor: str
    title_ar: str
    title_en: str
    rows: tuple[Row, ...]
    more_ar: str = ""
    more_en: str = ""


WORDS: Final = Section(
    "words",
    "كلمات",
    "Words",
    (
        Row(
            "`كلمة كلمة`",
            "كلمات: كلها مطلوبة، بأي صيغة وأي ترتيب",
            "words: all are wanted, in any form and any order",
            "صندوق النقد",
            "Coral Star",
            ("{word} {other}",),
        ),
        Row(
            "`من` `في` …",
            "كلمات الربط لا يلزم وجودها",
            "function words may be missing",
            "تقرير من صندوق النقد",
            "Artemis في القمر",
            ("{linked}", "{word} في {other}"),
        ),
        Row(
            "، ؟ ١٢٣",
            "الفاصلة وعلامة الاستفهام تفصلان، والأرقام بأي رسم",
            "Arabic comma and question mark part words, digits are digits",
            "بحارا، ٣٬٦٥٠؟",
            "Coral، ١٤؟",
            ("{word}، {other}؟",),
        ),
        Row(
            "`COVID-19`",
            "ما كُتب متصلا يوجد متتاليا كيفما وُصل",
            "what is written together is found together, however it is joined",
            "كوفيد-19 أو COVID_19",
            "COVID-19",
            ("{joined}",),
        ),
    ),
    "كلمة مثل `وزير` تجد الوزراء ولوزيرها، ولا عبرة بالحركات والهمزات. وإن لم يضم مقال واحد كلماتك "
    "كلها عُرض ما يضم أكثرها. و`AND` لا تغيّر شيئا لأن الكلمات كلها مطلوبة.",
    "A word such as `وزير` finds الوزراء and لوزيرها; harakat and hamzas do not matter. If no "
    "article has all your words, "
    "those with most of them are shown. `AND` changes nothing, since all words are wanted.",
)
PHRASES: Final = Section(
    "phrases",
    "عبارات وتقارب",
    "Phrases and nearness",
    (
        Row(
            '`"…"`',
            "عبارة: الكلمات متتالية، ولا عبرة بالسوابق مثل الباء والواو",
            "phrase: these words one after another; particles do not count",
            '"بعلم جزر القمر"',
            '"Coral Star"',
            ('"{phrase}"',),
        ),
        Row(
            '`"…"~5`',
            "تقارب: بأي ترتيب، وبين الكلمة والتي تليها هذا العدد من الكلمات على الأكثر",
            "near: in any order, at most so many words between neighbours",
            '"التعليم وزير"~3',
            '"Star Coral"~3',
            ('"{far}"~5', '"{other} {word}"~5'),
        ),
        Row(
            "« » “ ” „ ‟",
            "كل علامات الاقتباس سواء",
            "any quotes will do",
            "«صندوق النقد»",
            "“Coral Star”",
            ("«{phrase}»",),
        ),
    ),
    "التقارب بلا عدد يسمح بخمس كلمات بين الكلمة وجارتها، وأكثر ما يُسمح به 50.",
    "Without a number, nearness allows 5 words between neighbours; 50 is the most.",
)
EXACT: Final = Section(
    "exact",
    "كما كُتب",
    "As written",
    (
        Row(
            "`=كلمة`",
            "حرفيا: هذه الصيغة بعينها (ولا عبرة بالحركات والهمزات والتاء المربوطة)",
            "exact: this very form (harakat, hamza and ة/ه do not count)",
            "=السفينة",
            "=iphone",
            ("={form}", "={word}"),
        ),
        Row('`="…"`', "عبارة بحروفها", "exact phrase", '="زيت الزيتون"', '="Coral Star"', ('="{phrase}"',)),
    ),
    "`=كتاب` غير `=الكتاب` وغير `=كتب`.",
    "`=كتاب` is neither `=الكتاب` nor `=كتب`.",
)
OR: Final = Section(
    "or",
    "أو",
    "Either of two",
    (
        Row(
            "`أو`",
            "إحدى الكلمتين على جانبيها",
            "either of its two neighbours",
            "قهوة أو شطرنج",
            "Artemis أو iPhone",
            ("{word} أو {apart}",),
        ),
        Row(
            "`OR`",
            "مثلها، بحروف كبيرة",
            "the same, in capitals",
            "قهوة OR شطرنج",
            "Artemis OR iPhone",
            ("{word} OR {apart}",),
        ),
        Row("`|`", "مثلها", "the same", "قهوة | شطرنج", "Artemis|iPhone", ("{word} | {apart}",)),
        Row(
            "`( )`",
            "تجميع",
            "group",
            "(قهوة أو شطرنج) -بورتسودان",
            "(Artemis OR iPhone) -Orion",
            ("({word} {or} {apart}) -{other}",),
        ),
    ),
    "`أو` تربط جارتيها كما في الجملة: `أسعار النفط أو الغاز` هي أسعار مع النفط أو الغاز. وإن كان في "
    "جانب منها أكثر من كلمة "
    "فبالأقواس: `(أسعار النفط) أو الغاز`.",
    "`أو` binds its two neighbours, as in a sentence: `أسعار النفط أو الغاز` is أسعار and one of "
    "النفط and الغاز. For more "
    "than a word on a side, use parentheses: `(أسعار النفط) أو الغاز`. `OR` and `NOT` are operators "
    "in capitals only.",
)
WITHOUT: Final = Section(
    "without",
    "استبعاد",
    "Without",
    (
        Row(
            "`-كلمة`",
            "استبعاد: ملتصقة بكلمة أو عبارة أو حقل أو قوس",
            "without: right before a word, a phrase, a field or a parenthesis",
            "حرائق -الجزائر",
            "Artemis -Orion",
            ("{word} -{other}",),
        ),
        Row(
            "`NOT`",
            "مثلها، بحروف كبيرة",
            "the same, in capitals",
            "غابات NOT الجزائر",
            "Artemis NOT Orion",
            ("{word} NOT {other}",),
        ),
        Row(
            "`-حقل:`",
            "استبعاد حقل",
            "without a field",
            "مصدر:القنديل -قسم:ثقافة",
            "Artemis -title:Artemis",
            ("{word} -{section}{a_section}", "{word} -{source}{a_source}"),
        ),
    ),
    "الشرطة بين مسافتين شرطة لا استبعاد.",
    "A dash between spaces is a dash.",
)
PARTS_OF_WORDS: Final = Section(
    "parts",
    "بعض الكلمة",
    "Parts of words",
    (
        Row(
            "`بداية*`",
            "كلمات تبدأ هكذا (حرفان على الأقل)",
            "words that begin so (two letters at least)",
            "برشلون*",
            "Artem*",
            ("{beginning}*",),
        ),
        Row("`كلمة~`", "كلمات لا تختلف إلا بحرف", "words one letter away", "برشلونا~", "iPhome~", ("{misspelt}~",)),
        Row(
            "`كلمة~2`",
            "كلمات لا تختلف بأكثر من حرفين",
            "words two letters away",
            "غوتيرس~2",
            "Artmeis~2",
            ("{misspelt}~2",),
        ),
    ),
    "البداية تقوم مقام أشيع 256 كلمة تبدأ بها، و`~` تلزمها كلمة من ثلاثة أحرف. ولا تجتمعان مع `=`.",
    "A beginning stands for the 256 commonest words that begin so; `~` needs a word of three letters. Neither goes "
    "with `=`.",
)
