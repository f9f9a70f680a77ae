"""The sentences about taking results along and citing articles; `web/messages/table.py` adds them to its tables."""

from __future__ import annotations

from typing import Final

ARABIC: Final = {
    "take": "تنزيل النتائج",
    "take_rows": "الصفوف: {rows}",
    "take_most": "الصفوف: {rows} على الأكثر",
    "take_cut": "في الملف أول {rows} من النتائج؛ ضيّق البحث، بالتاريخ مثلا، لتنزيل ما بعدها.",
    "take_csv": "جدول لبرامج مثل Excel وLibreOffice",
    "take_jsonl": "سطر JSON لكل مقال، للبرامج",
    "take_ris": "مراجع لبرامج مثل Zotero وEndNote",
    "take_bibtex": "مراجع لبرامج مثل LaTeX وJabRef",
    "take_help": "خذ النتائج معك",
    "take_help_results": "«تنزيل النتائج» يكتب نتائج البحث كلها، لا صفحة منها، بصيغة CSV أو JSONL أو RIS أو BibTeX.",
    "take_help_article": "وفي آخر كل مقال استشهاد يُنسخ أو يُنزَّل، ويقرأ Zotero صفحات المقالات والنتائج.",
    "cite": "استشهد بهذا المقال",
    "cite_copy": "انسخ",
    "cite_copy_ar": "انسخ الاستشهاد العربي",
    "cite_copy_en": "انسخ الاستشهاد الإنجليزي",
    "cite_copied": "نُسخ.",
    "cite_failed": "لم يسمح المتصفح بالنسخ: الاستشهاد محدَّد، فانسخه بنفسك.",
    "cite_file": "نزّل المرجع",
    "error_503_exports_text": "تُنزَّل الآن ملفات كثيرة. أعد المحاولة بعد قليل.",
    "refused_format": "لا نعرف الصيغة «{value}»: اختر csv أو jsonl أو ris أو bibtex.",
    "refused_texts": "الصيغة «{value}» مراجع لا نصوص فيها: اختر من {limit}.",
    "refused_bom": "الصيغة «{value}» لا تبدأ بعلامة ترتيب البايتات: هذه لصيغة csv وحدها.",
    "refused_rows": "«{value}» ليس عددا مقبولا للصفوف: اطلب من 1 إلى {limit}.",
    "refused_in_file": "«{value}» لصفحات النتائج، وفي الملف كلها: عدد الصفوف في rows، من 1 إلى {limit}.",
}

ENGLISH: Final = {
    "take": "Download results",
    "take_rows": "Rows: {rows}",
    "take_most": "Rows: {rows} at most",
    "take_cut": "The file has the first {rows} results; narrow the search, by date for example, for those behind them.",
    "take_csv": "A table for Excel, LibreOffice and the like",
    "take_jsonl": "A line of JSON for each article, for programs",
    "take_ris": "References for Zotero, EndNote and the like",
    "take_bibtex": "References for LaTeX, JabRef and the like",
    "take_help": "Taking results along",
    "take_help_results": "“Download results” writes all of them, not one page, as CSV, JSONL, RIS or BibTeX.",
    "take_help_article": "Each article ends in a citation to copy or to download; Zotero reads both pages.",
    "cite": "Cite this article",
    "cite_copy": "Copy",
    "cite_copy_ar": "Copy the Arabic citation",
    "cite_copy_en": "Copy the English citation",
    "cite_copied": "Copied.",
    "cite_failed": "The browser did not let us copy: the citation is selected, copy it yourself.",
    "cite_file": "Download the reference",
    "error_503_exports_text": "Many files are being downloaded just now. Please try again in a while.",
    "refused_format": "Unknown format “{value}”: choose csv, jsonl, ris or bibtex.",
    "refused_texts": "The format “{value}” has references and no texts: choose one of {limit}.",
    "refused_bom": "The format “{value}” begins without a byte order mark: that is for csv alone.",
    "refused_rows": "“{value}” is no number of rows: ask for 1 to {limit}.",
    "refused_in_file": "“{value}” is for pages of results, and a file has all: give rows, 1 to {limit}.",
}
