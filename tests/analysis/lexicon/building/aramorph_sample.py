"""A few lines in AraMorph's format, enough to analyse وزير and رفض, for the tests of the lexicon's builder."""

import gzip
import json
from pathlib import Path

_STEMS = """\
; comment
;--- wzr
;; waziyr_1
wzyr\twaziyr\tN/ap\tminister
wzrA'\twuzarA'\tNdip\tministers
;--- rfD
;; rafaD-ui_1
rfD\trafaD\tPV\treject;refuse
rfD\trofuD\tIV\treject;refuse
;; rafoD_1
rfD\trafoD\tN\trejection;refusal
;--- lbn
;; lubonAn_1
lbnAn\tlubonAn\tNprop\tLebanon
;--- w
wHdh\twaHodahu\tFW\talone <pos>waHod/ADV+ahu</pos>
"""
_PREFIXES = "\t\tPref-0\t\nw\twa\tPref-Wa\tand <pos>wa/CONJ+</pos>\nAl\tAl\tNPref-Al\tthe <pos>Al/DET+</pos>\n"
_PREFIXES += "wAl\twaAl\tNPref-Al\tand + the <pos>wa/CONJ+Al/DET+</pos>\n"
_PREFIXES += "y\tya\tIVPref-hw-ya\the <pos>ya/IV3MS+</pos>\n"
_SUFFIXES = "\t\tSuff-0\t\np\tap\tNSuff-ap\t[fem.sg.] <pos>+ap/NSUFF_FEM_SG</pos>\n"
_SUFFIXES += "t\tat\tPVSuff-at\tshe <verb> <pos>+at/PVSUFF_SUBJ:3FS</pos>\n"
_PREFIX_STEM = "\n".join(
    f"{prefix} {stem}"
    for prefix, stems in (
        ("Pref-0", "N N/ap Ndip PV Nprop FW"),
        ("Pref-Wa", "N N/ap Ndip PV Nprop FW"),
        ("NPref-Al", "N N/ap Ndip"),
        ("IVPref-hw-ya", "IV"),
    )
    for stem in stems.split()
)
_STEM_SUFFIX = (
    "N Suff-0\nN/ap Suff-0\nN/ap NSuff-ap\nNdip Suff-0\nPV Suff-0\nPV PVSuff-at\nIV Suff-0\nNprop Suff-0\nFW Suff-0\n"
)
_PREFIX_SUFFIX = "\n".join(
    f"{prefix} {suffix}"
    for prefix in ("Pref-0", "Pref-Wa", "NPref-Al", "IVPref-hw-ya")
    for suffix in ("Suff-0", "NSuff-ap", "PVSuff-at")
)
_ARTICLES = (
    "الوزير رفض والوزير رفض , وزير ووزير وزراء الوزراء وزيرة",
    "الوزيرة رفضت ورفض الرفض ورفضت يرفض لبنان , ولبنان",
    "زلاتان وزلاتان وزلاتان زلاتان الوزير الرفض رفض وحده",
)


def write_dictionary(folder: Path) -> Path:
    """Write the six files of the dictionary; return the folder."""
    tables = {"dictStems": _STEMS, "dictPrefixes": _PREFIXES, "dictSuffixes": _SUFFIXES}
    tables |= {"tableAB": _PREFIX_STEM, "tableBC": _STEM_SUFFIX, "tableAC": _PREFIX_SUFFIX}
    folder.mkdir()
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="latin-1")
    return folder


def write_news(folder: Path) -> Path:
    """Write one file of three short articles; return the folder."""
    folder.mkdir()
    rows = "".join(json.dumps({"title": "", "body": text}) + "\n" for text in _ARTICLES for _ in range(4))
    (folder / "news.jsonl.gz").write_bytes(gzip.compress(rows.encode(), mtime=0))
    return folder
