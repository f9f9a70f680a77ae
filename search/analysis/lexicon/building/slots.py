"""Names the slot of a sentence that a reading of a word fills: definite noun, imperfect of the third person feminine …

In: an analysis of AraMorph. Out: a short name of its slot. The words beside a word show which slot it fills, but seldom
which lemma it is of; so `slot_context.py` counts neighbours by slot. Called by `candidates.py`.

Names: N noun, A adjective, P proper noun, F:part other parts of speech; with D definite, b behind a preposition, c
behind a conjunction, and the suffix (-p possessive, -f and -F feminine, -A accusative, -M masculine). PV, IV and CV
verb; with s future, l subjunctive, the person (f, m, p or x), o with an object.
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
        slot += next((name for tag, name in (("3FS", "f"), ("3MP", "p"), ("3MS", "m")) if tag in suffix), "x")
    return slot + ("o" if "_DO" in suffix else "")


def _noun_prefix(prefix: str) -> str:
    tags = (("DET", "D"), ("PREP", "b"), ("/CONJ", "c"))
    return "".join(name for tag, name in tags if tag in prefix)


def _noun_suffix(suffix: str) -> str:
    tags = (("POSS", "-p"), ("FEM_SG", "-f"), ("FEM_PL", "-F"), ("_INDEF", "-A"), ("+AF", "-A"), ("MASC", "-M"))
    return next((name for tag, name in tags if tag in suffix), "")
