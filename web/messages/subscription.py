"""The sentences about following a search in Arabic and English; `web/messages/table.py` adds them to its tables."""

from __future__ import annotations

ARABIC = {
    "follow": "تابع هذا البحث",
    "follow_feed": "افتحه في قارئ خلاصات:",
    "follow_link": "خلاصة Atom",
    "follow_lines": "أو أضف هذه الأسطر إلى الملف alerts.toml، فيخبرك الأمر kashaf alerts بما يصل منه:",
    "follow_copy": "انسخ الأسطر",
    "follow_copied": "نُسخت.",
    "follow_failed": "لم يسمح المتصفح بالنسخ: الأسطر محدَّدة، فانسخها بنفسك.",
}

ENGLISH = {
    "follow": "Follow this search",
    "follow_feed": "Open it in a feed reader:",
    "follow_link": "Atom feed",
    "follow_lines": "Or add these lines to the file alerts.toml, and the command kashaf alerts tells what comes:",
    "follow_copy": "Copy the lines",
    "follow_copied": "Copied.",
    "follow_failed": "The browser did not let us copy: the lines are selected, copy them yourself.",
}
