"""The sentences about articles that a reader saves in the browser.

`web/messages/table.py` joins them with the others.
"""

from __future__ import annotations

from typing import Final

ARABIC: Final = {
    "saved": "المقالات المحفوظة",
    "saved_link": "المحفوظة",
    "saved_where": "تبقى هذه القائمة في هذا المتصفح وحده، ولا يصل منها شيء إلى الموقع.",
    "saved_script": "حفظ المقالات وعرضها يحتاجان إلى JavaScript، وهو معطّل هنا. أما البحث والقراءة فلا يحتاجان إليه.",
    "saved_none": "لم تحفظ مقالات بعد. زر النجمة بجانب كل مقال يحفظه هنا.",
    "saved_blocked": "لا يسمح هذا المتصفح للموقع بحفظ شيء؛ قد يكون التصفح الخاص أو إعدادات الخصوصية هو السبب.",
    "saved_full": "لم يُحفظ المقال: لم يبق مكان في هذا المتصفح.",
    "saved_most": "لم يُحفظ المقال: القائمة تتسع لعدد {most} من المقالات، فأزل بعضها.",
    "saved_count": "العدد: {{n}}",
    "saved_gone": "أُزيل من القائمة.",
    "saved_undo": "تراجع",
    "save": "احفظ المقال: {{title}}",
    "save_word": "احفظ",
    "save_remove": "أزل",
    "save_remove_one": "إزالة {{title}}",
    "save_remove_all": "أزل الكل",
    "save_export": "نزّل القائمة",
}

ENGLISH: Final = {
    "saved": "Saved articles",
    "saved_link": "Saved",
    "saved_where": "This list stays in this browser alone; nothing of it reaches the site.",
    "saved_script": "Saving and listing articles needs JavaScript, which is off here. Searching and reading do not.",
    "saved_none": "You have saved no articles yet. The star beside each article saves it here.",
    "saved_blocked": "This browser lets the site keep nothing; private browsing or privacy settings may be why.",
    "saved_full": "The article was not saved: there is no room left in this browser.",
    "saved_most": "The article was not saved: the list holds {most} articles; remove some.",
    "saved_count": "Count: {{n}}",
    "saved_gone": "Removed from the list.",
    "saved_undo": "Undo",
    "save": "Save the article: {{title}}",
    "save_word": "Save",
    "save_remove": "Remove",
    "save_remove_one": "Remove: {{title}}",
    "save_remove_all": "Remove all",
    "save_export": "Download the list",
}
