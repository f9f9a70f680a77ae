"""The sentences for programs and those who write them: refusals of the API, and the page that describes it."""

from __future__ import annotations

ARABIC = {
    "error_not_found": "لا شيء في هذا العنوان: انظر ما في /api.",
    "error_no_such_article": "لا مقال بهذا المعرّف.",
    "refused_unknown": "لا معامل باسم «{value}» هنا: المعاملات هي {limit}.",
    "refused_unknown_near": "لا معامل باسم «{value}» هنا: لعلك تقصد {limit}.",
    "refused_repeated": "أُعطي المعامل «{value}» أكثر مما يُقبل: الحد الأعلى {limit}.",
    "refused_text": "قيمة «{value}» طويلة جدا: {limit} حرف على الأكثر.",
    "refused_missing": "المعامل «{value}» لازم هنا.",
    "refused_beside_cursor": "المعامل «{value}» لا يصح مع cursor: احذف أحدهما.",
    "refused_cursor": "«{value}» ليس مما أعطاه هذا الموقع: ابدأ من جديد بـ cursor=*.",
    "refused_foreign_cursor": (
        "«{value}» لبحث آخر: أعطه مع البحث والتصفية والترتيب التي أجابت به، أو ابدأ من جديد بـ cursor=*."
    ),
    "refused_suggested": "«{value}» ليس عددا مقبولا للاقتراحات: اطلب من 1 إلى {limit}.",
    "refused_lang": "لا نعرف اللغة «{value}»: اختر ar أو en.",
    "refused_form": "لا نعرف الصيغة «{value}»: تُقبل opensearch فقط.",
    "api": "للبرامج",
    "api_title": "واجهة {site} للبرامج",
    "api_lead": "كل ما في هذا الموقع يُقرأ أيضا بصيغة JSON، من دون مفتاح. والوصف الكامل للبرامج:",
    "api_addresses": "العناوين",
    "api_parameter": "المعامل",
    "api_values": "القيم",
    "api_meaning": "المعنى",
    "api_needed": "لازم",
    "api_default": "من دونه: {value}",
    "api_range": "من {least} إلى {most}",
    "api_characters": "{most} حرف على الأكثر",
    "api_many": "يُكرّر حتى {most} مرة",
    "api_switch": "1 أو 0",
    "api_number": "عدد",
    "api_answers": "الجواب: {types}",
    "api_errors": "الأخطاء",
    "api_errors_lead": (
        'كل خطأ كائن واحد: {{"error": {{"code", "message", "parameter", …}}}}. تعتمد البرامج على code؛ '
        "والرسالة بلغة lang."
    ),
    "api_status": "الحالة",
    "api_code": "code",
    "api_cursors": "كل النتائج",
    "api_cursors_lead": (
        "ابدأ بـ cursor=* ثم أعط next_cursor من كل جواب حتى يصير null. لا تتكرر نتيجة ولا تنقص ما لم يتغير "
        "الفهرس؛ فإن تغير قال الجواب moved: true ومضى من حيث وقف. آخر ما تبلغه القائمة النتيجة {most}."
    ),
    "api_caching": "ما لم يتغير لا يُرسل مرة أخرى",
    "api_caching_lead": (
        "لكل جواب ETag: أعده في If-None-Match، فإن لم يتغير الفهرس ولا اليوم جاء الجواب 304 من دون نص."
    ),
}
ENGLISH = {
    "error_not_found": "There is nothing at this address: see what there is at /api.",
    "error_no_such_article": "No article has this id.",
    "refused_unknown": "There is no parameter “{value}” here: there are {limit}.",
    "refused_unknown_near": "There is no parameter “{value}” here: perhaps you mean {limit}.",
    "refused_repeated": "The parameter “{value}” was given too often: the most is {limit}.",
    "refused_text": "The value of “{value}” is too long: {limit} characters at most.",
    "refused_missing": "The parameter “{value}” is needed here.",
    "refused_beside_cursor": "The parameter “{value}” cannot stand beside cursor: leave one of them out.",
    "refused_cursor": "“{value}” is no cursor that this site gave: begin again with cursor=*.",
    "refused_foreign_cursor": (
        "“{value}” belongs to another search: give it with the query, filters and order that answered it, or "
        "begin again with cursor=*."
    ),
    "refused_suggested": "“{value}” is no number of completions: ask for 1 to {limit}.",
    "refused_lang": "Unknown language “{value}”: choose ar or en.",
    "refused_form": "Unknown form “{value}”: only opensearch is taken.",
    "api": "For programs",
    "api_title": "{site} for programs",
    "api_lead": "All that this site shows can be read as JSON, without a key. The whole description for programs:",
    "api_addresses": "Addresses",
    "api_parameter": "Parameter",
    "api_values": "Values",
    "api_meaning": "Meaning",
    "api_needed": "needed",
    "api_default": "{value} unless given",
    "api_range": "{least} to {most}",
    "api_characters": "at most {most} characters",
    "api_many": "may be given {most} times",
    "api_switch": "1 or 0",
    "api_number": "a number",
    "api_answers": "Answers {types}",
    "api_errors": "Errors",
    "api_errors_lead": (
        'Every error is one object: {{"error": {{"code", "message", "parameter", …}}}}. Programs rely on '
        "the code; the message is in the language of lang."
    ),
    "api_status": "Status",
    "api_code": "code",
    "api_cursors": "All hits",
    "api_cursors_lead": (
        "Begin with cursor=* and hand back next_cursor of each answer until it is null. No hit comes twice and "
        "none is missed while the index is the same; where it has changed, the answer says moved: true and goes "
        "on behind the same article. A list ends at hit {most}."
    ),
    "api_caching": "What has not changed is not sent again",
    "api_caching_lead": (
        "Every answer has an ETag: send it back as If-None-Match, and the answer is 304 without a body while "
        "neither the index nor the day has changed."
    ),
}
