"""Names of countries whose stem is the name itself, although a noun or an adjective is written with the same letters.

In: nothing. Out: `COUNTRIES`, folded words without particles, and `SPELT_WITH_TEH`, those of them that end in يا under
their other spelling, in ية (سورية, بلغارية), which is the feminine of the adjective too. Called by `word_rules.py`.
Without this rule قطر (Qatar) would have the stem of قطار (train), whose plural قُطُر is written with the same letters;
and سوريا, read as سوريّا (a Syrian, accusative), would have another stem than وسوريا. The adjectives of countries (سوري)
are no names and have lemmas of their own. Source: the short Arabic names of the member states of the United Nations,
those that are one word and no other word.
"""

from typing import Final

_NAMES: Final = """
قطر سوريا تركيا مصر ليبيا موريتانيا لبنان فلسطين عراق اردن يمن كويت بحرين سودان صومال جيبوتي
بريطانيا فرنسا المانيا ايطاليا اسبانيا روسيا ايران اوكرانيا بولندا هولندا بلجيكا سويسرا نمسا يونان قبرص برتغال
رومانيا بلغاريا صربيا كرواتيا البانيا ارمينيا اذربيجان جورجيا كازاخستان اوزبكستان باكستان افغانستان بنغلاديش
اندونيسيا ماليزيا تايلاند فيتنام استراليا كندا مكسيك برازيل ارجنتين كولومبيا فنزويلا كوبا
نيجيريا كينيا اثيوبيا اريتريا تشاد سنغال تنزانيا اوغندا رواندا زيمبابوي انغولا يابان صين
فنلندا نرويج دنمارك ايرلندا ايسلندا مجر تشيك سلوفاكيا سلوفينيا استونيا لاتفيا ليتوانيا مقدونيا
"""
COUNTRIES: Final = frozenset(_NAMES.split())
SPELT_WITH_TEH: Final = {name[:-1] + "ه": name for name in COUNTRIES if name.endswith("يا")}
