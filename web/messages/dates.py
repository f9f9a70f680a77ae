"""What pages say of dates, in Arabic and English; `web/messages/table.py` takes it in."""

from __future__ import annotations

ARABIC = {
    "without_date": "بلا تاريخ",
    "earlier": "السابق: {period}",
    "later": "التالي: {period}",
    "days_held": "في الأرشيف من {first} إلى {last}",
    "change_date": "غيّر {days}",
    "refused_day": "لم نفهم «{value}» تاريخا: اكتب مثل 2017 أو يوليو 2017 أو 15/7/2017.",
    "refused_no_first": "ليس لـ«{value}» يوم أول: اكتبه في خانة «إلى».",
    "refused_no_last": "ليس لـ«{value}» يوم أخير: اكتبه في خانة «من».",
    "refused_from": "ليس لـ«{value}» يوم أول: أعطه في to لا في from.",
    "refused_to": "ليس لـ«{value}» يوم أخير: أعطه في from لا في to.",
    "unread_day": "لم نفهم «{value}» تاريخا، فلم نضيّق البحث به.",
    "edit_day": "صحّحه",
    "swapped_days": "كُتبت بداية المدة بعد نهايتها، فقرأناهما بالترتيب.",
}

ENGLISH = {
    "without_date": "Undated",
    "earlier": "Before: {period}",
    "later": "After: {period}",
    "days_held": "The archive holds {first} to {last}",
    "change_date": "Change: {days}",
    "refused_day": "We could not read “{value}” as a date: write one like 2017, July 2017 or 15/7/2017.",
    "refused_no_first": "“{value}” has no first day: write it into the field “To”.",
    "refused_no_last": "“{value}” has no last day: write it into the field “From”.",
    "refused_from": "“{value}” has no first day: give it as to and not as from.",
    "refused_to": "“{value}” has no last day: give it as from and not as to.",
    "unread_day": "We could not read “{value}” as a date and did not narrow the search by it.",
    "edit_day": "Correct it",
    "swapped_days": "The first day was given after the last: we read them in order.",
}
