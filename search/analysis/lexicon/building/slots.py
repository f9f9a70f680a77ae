"""The slot that an analysis fills in a sentence: definite noun, imperfect of the third person feminine, and so on.

In: an analysis; out: a short name of its slot. What stands beside a word tells its slot, seldom its lemma: so
context.py counts neighbours by slot. Called by candidates.py.
"""

from __future__ import annotations

import re
from typing import Final

from search.analysis.lexicon.building.aramorph_dictionary import Analysis

_FEMININE_PERSON: Final = re.compile("IV(3F|2)")


def slot_of(analysis: Analysis) -> str:
    """Return the name of the slot that the analysis fills."""
    part, prefix, suffix = analysis.stem.part, analysis.prefix.parts, analysis.suffix.parts
    if part == "VERB":
        return _verb_slot(analysis.stem.category[:2], prefix, suffix)
    group = "A" if part.startswith("ADJ") else "P" if part == "NOUN_PROP" else "N"
    if group == "N" and part not in ("NOUN", "NUMERIC_COMMA"):
        return f"F:{part}"
    return group + _noun_prefix(prefix) + _noun_suffix(suffix)


def _verb_slot(aspect: str, prefix: str, suffix: str) -> str:
    slot = aspect
    if aspect == "IV":
        slot += "s" if "FUT" in prefix else ""
        slot += "l" if prefix.startswith("li") or "/PREP" in prefix or "SUBJUNC" in prefix else ""
        slot += "f" if _FEMININE_PERSON.search(prefix) else "m" if "IV3M" in prefix else "x"
    elif aspect == "PV":
        slot += next((name for mark, name in (("3FS", "f"), ("3MP", "p"), ("3MS", "m")) if mark in suffix), "x")
    return slot + ("o" if "_DO" in suffix else "")


def _noun_prefix(prefix: str) -> str:
    marks = (("DET", "D"), ("PREP", "b"), ("/CONJ", "c"))
    return "".join(name for mark, name in marks if mark in prefix)


def _noun_suffix(suffix: str) -> str:
    marks = (("POSS", "-p"), ("FEM_SG", "-f"), ("FEM_PL", "-F"), ("_INDEF", "-A"), ("+AF", "-A"), ("MASC", "-M"))
    return next((name for mark, name in marks if mark in suffix), "")
