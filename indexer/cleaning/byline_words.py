"""The words of bylines, as tables: agencies, papers, and what tells the name of a person from other words.

Called by `credits.py`. All keys are folded (`search/analysis/fold.py`). They are of the bylines of fourteen sources.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from search.analysis import fold
from search.pages.agencies import AGENCY
from search.pages.dateline_words import SENTENCE, VOICES, place_names

folded: Final = lru_cache(maxsize=2**14)(fold.folded)  # the names and towns of bylines repeat


def _names(text: str) -> frozenset[str]:
    return frozenset(folded(name) for name in text.split("،"))


_OTHER_PLACES: Final = {  # another spelling → the name of the place
    "مكة": "مكة المكرمة",
    "أبو ظبي": "أبوظبي",
    "إسطنبول": "اسطنبول",
    "القدس المحتلة": "القدس",
    "جيزان": "جازان",
    "كابل": "كابول",
    "سيؤول": "سول",
    "زيوريخ": "زيورخ",
    "زوريخ": "زيورخ",
    "لوس أنجليس": "لوس أنجلوس",
}
# Papers that sign their own articles, beside those of the datelines: each is the source, and no agency.
_PAPERS: Final = _names("""
اليوم، الاقتصادية الإلكترونية، الشرق الأوسط أونلاين، الوئام، عاجل، المواطن، عكاظ اليوم، مكتب الرياض،
الوطن أونلاين، العربية نت، سبق الإلكترونية، الخليج الرياضي، متابعة، متابعات، مكتب المدينة، الاقتصادية، الحياة،
الراية، ش
""")
# Words that stand in bylines and in no person's name, or that make of one something else.
_NO_NAMES: Final = _names("""
مكتب، قسم، وكالة، وكالات، مراسل، مراسلو، مراسلنا، مندوب، مندوبنا، بعثة، بعثتنا، موفد، موفدو، موفدنا، مصادر،
مركز، وزارة، هيئة، شركة، جامعة، لجنة، نادي، إدارة، الإدارة، فريق، تحليل، أخبار، الأخبار، رياضة، الرياضة، صحيفة،
جريدة، مجلة، موقع، تحرير، التحرير، محليات، المحليات، خاص، إلكتروني، الإلكتروني، الإلكترونية، أونلاين، نيوز، نت،
تصوير، صورة، صور، عدسة، فيديو، بيان، إعلان، عدد، العدد، صفحة، الصفحة، ملحق، اقتصاد، الاقتصاد، ثقافة، الثقافة،
منوعات، دولي، دولية، محلي، عربي، عالمي، منطقة، محافظة، مدينة، مديرية، أمانة، بلدية، مجلس، مؤسسة، جمعية، مستشفى،
مدرسة، كلية، معهد، بنك، مصرف، بورصة، سوق، أسواق، يوم، أمس، الأحد، الاثنين، الثلاثاء، الأربعاء، الجمعة، السبت،
ترجمة، نقلا، بقلم، إعداد، كتب، كتبت، تقرير، تحقيق، حوار، الحوار، استطلاع، رئيس، وزير، مدير، خبير، محلل، باحث،
أستاذ، وكيل، سفير، نائب، عضو، الملك، الأمير، المنتخب، دوري، كأس، بطولة، مباراة، مهرجان، معرض، مؤتمر، منتدى، قمة،
حملة، مشروع، برنامج، رسالة، مجموعة، الضفة، زائر، كلمة، رأي، الرأي، افتتاحية، عواصم، العواصم، جولة، متابعة،
متابعات، خدمة، مقال، مقالات، قضايا، تغطية، لقاء، رصد، القاص، الكاتب، الشاعر، الفنان، الموقع، الجريدة، يوليو،
يونيو، أغسطس، سبتمبر، شوال، رمضان، نيوزويك، تايمز، بوست، سيتي، جونيورز، أول، هاتفيا، القادم، محرر، المحرر، أدب،
فيلم، هجمة، معاناة، عمومية، مدرسي، ديوان، نسمع
""")
# Words that begin the names of places, phrases of piety and headings, and no name of a person.
NO_BEGINNING: Final = _names("""
شرم، ظهران، رأس، حوطة، أحد، شمال، جنوب، شرق، غرب، وسط، دومة، جزيرة، قناة، مقاطعة، بيت، ذي، أم، بورت، سان، سانت،
نيو، لاس، لوس، ساو، كيب، مكسيكو، بالم، بالو، نورث، ساوث، مزار، ديار، رام، وادي، سراة، مهد، رجال، هونج، هونغ،
بنوم، بنما، شانلي، بوينس، بيونس، ريودي، باندا، زوق، نوي، ياما، جبل، حي، قرية، مخيم، خان، واشنطون، نيوكاسل،
ليستر، عين، اختيار، أجرى، مساحة، شهر، حفظه، رحمه، سلمه، بسم، منتصف، تأجيل، تعطيل، تتزايد، ترد، اتحاد، ابدأ،
إخراج، إشاعة، مهاجم، مصرفي، أكاديمي، رسم، مغرد، فتاة، أوراق، مخموم، اين، قرقر، بو، سفينتي، بقلق، أهم، مدريد،
دكا، تونس، كانا، داهالا
""")
TWO_WORD_PLACES: Final = _names("خميس مشيط، خان يونس، عين شمس، خان شيخون، مرسى مطروح، سيدي بوزيد، أولاد تايمة")
# Given names, and ولد of Mauritania, that begin with the letter of «and»; before all others it joins two persons.
BEGIN_WITH_AND: Final = _names("""
وليد، وائل، وفاء، وسام، وسيم، ولاء، وردة، وهيب، وئام، وسيلة، وجدي، وليام، ويليام، واسيني، وضاح، وديع، وجدان،
وحيد، وصال، ورد، وسن، وجيه، وهبي، وهبة، ولد، واصف، واصل، وداد، وجنات، وصفي، وسمي، ولي، وهب، وولف، وولفجانج
""")
# The given names that begin with the article. Other words with it, «الضفة الغربية», begin no name.
GIVEN_WITH_ARTICLE: Final = _names("""
الحسين، الحسن، الحسيني، السيد، الطيب، الهادي، المختار، الأمين، الطاهر، البشير، المهدي، الصادق، الحبيب، المنصف، العربي،
المعتصم، المعز، الوليد، الحارث، العباس، النعمان، المنذر، الشاذلي، الناصر، المصطفى، الجيلاني، العنود، الجوهرة، الهنوف
""")
#: Folded name of a place → its name as it is shown.
PLACE: Final = place_names() | {folded(form): name for form, name in _OTHER_PLACES.items()}
#: Folded names of papers.
PAPER: Final = (VOICES | _PAPERS) - AGENCY.keys()
#: What no name of a person contains.
NO_NAME: Final = _NO_NAMES | SENTENCE | AGENCY.keys() | PAPER
