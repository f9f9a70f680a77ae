"""Countries that stay whole: a name is its own stem, whatever noun or adjective is written with the same letters.

In: nothing. Out: folded, particle-free words. Called by `levels.py`. Without it قطر would meet قطار (its plural قُطُر is
written so), and سوريا, read as سوريّا, would part from وسوريا. Adjectives of them (سوري) are words of their own.
Source: the short names of the United Nations' member states in Arabic, those of one word that cannot be misread.
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
