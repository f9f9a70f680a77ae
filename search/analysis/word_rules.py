"""The rules that turn one word into its index terms, and the order in which they run (`RULES`).

In: a bare word, that is, a token without harakat and tatweel (`fold.strip_marks`), and the tables that rules ask. Out:
the word's terms at the levels exact and word, its stem-level keys, and the name of the rule that decided them. Called
by `levels.py`. To add a rule, write a function of the type `Apply` and give it a row of `RULES`; where it changes what
any word becomes, raise RULES_VERSION and stamp the lemma table anew (`lexicon/building/stamp_lemma_table.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final, NamedTuple

from search.analysis.amounts import (
    CURRENCY_CODES,
    HUNDREDS,
    PERCENT,
    PERCENT_WORDS,
    RIYAL_LETTERS,
    SIGNS,
    TEN_NAMES,
    TENS,
)
from search.analysis.countries import COUNTRIES, SPELT_WITH_TEH
from search.analysis.fold import fold
from search.analysis.letters import ALEF_MAKSURA, ARTICLE, CONJUNCTIONS, WAW
from search.analysis.lexicon.compound_table import bundled_compounds
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.lexicon.listed_forms import ListedForm, listed, lists_fingerprint
from search.analysis.months import CANONICAL_MONTH, UNSURE_MONTH
from search.analysis.numbers import number_term
from search.analysis.particle_rules import Split
from search.analysis.rule_tables import Tables, Word

RULES_VERSION: Final = (
    10  # raise when a rule changes what any word becomes or hashes change, then stamp the lemma table
)

# The rules that decide the stems of a word, by the names under which `kashaf analyze` reports them.
SIGN: Final = "sign"
CURRENCY: Final = "currency"
NUMBER: Final = "number"
OTHER_SCRIPT: Final = "other script"
PER_CENT: Final = "per cent"
TEN: Final = "number in words"
MONTH: Final = "month"
COUNTRY: Final = "place"
NAME_PART: Final = "part of names"
LISTED_NAME: Final = "list of names"
LISTED_FORM: Final = "list of forms"
LEXICON: Final = "lexicon"
LEXICON_SPELLING: Final = "lexicon: another spelling"
LEXICON_PARTICLE: Final = "lexicon: without particles"
LEXICON_RULE: Final = "lexicon: after rules"
RULE: Final = "rule"

FIRST_ARABIC: Final = "\u0620"  # a word is Arabic if its first letter lies between these two
LAST_ARABIC: Final = "\u06d5"

_MONTHS: Final = dict(CANONICAL_MONTH)  # a plain dictionary: half the time of the read-only view
#: Words that begin names, in all their cases and spellings, and the one that stands for each: أبو ظبي, أبي ظبي,
# أبا ظبي; محمد ابن سلمان, محمد بن سلمان; آل سعود, ال سعود (Ryding, A Reference Grammar of Modern Standard Arabic,
# chapter 5).
NAME_PARTS: Final = {"ابي": "أبو", "ابا": "أبو", "بن": "ابن", "ال": "آل"}
CONJOINED: Final = frozenset((conjunction,) for conjunction in CONJUNCTIONS)  # the first particles of وبدوره
_CASES: Final = frozenset(("ابي", "ابا"))  # of the word for father too: أبي is my father
#: Particle-free folded words that rules for months, countries, amounts, names and lists decide, not the lemma table.
NEVER_FROM_TABLE: Final = frozenset(
    (
        *_MONTHS,
        *COUNTRIES,
        *SPELT_WITH_TEH,
        *UNSURE_MONTH,
        *HUNDREDS,
        *TENS,
        RIYAL_LETTERS[0],
        *NAME_PARTS,
        *listed(),
    )
)


def stamping_rules(frequencies: FrequencyTable) -> str:
    """Return the name of the rules, word counts, compounds and lists in force; valid stamps of a lemma table are filed
    under it.
    """
    lists = hashlib.blake2b(f"{bundled_compounds().fingerprint} {lists_fingerprint()}".encode(), digest_size=4)
    return f"{RULES_VERSION} {frequencies.fingerprint} {lists.hexdigest()}"


Apply = Callable[[Word, Tables], bool]  # changes the word; returns whether its stems are decided and no rule follows


class Rule(NamedTuple):
    """A rule and its name."""

    name: str
    apply: Apply


def _sign(word: Word, tables: Tables) -> bool:
    term = SIGNS.get(word.bare)
    if term is None:
        return False
    word.exact = word.word = term
    word.split = Split((), term, word.bare)
    return word.is_decided(tables.stems_of_term(term), term)


def _number(word: Word, tables: Tables) -> bool:
    bare = word.bare
    if not bare[0].isdecimal():
        return False
    word.exact = word.word = fold(bare) if bare[-1].isalpha() else number_term(bare)
    word.split = Split((), word.exact, bare)
    return word.is_decided((word.exact,), word.exact)


def _currency(word: Word, tables: Tables) -> bool:
    if not word.bare.isascii() or word.bare not in CURRENCY_CODES:
        return False
    word.exact, word.word = word.bare, CURRENCY_CODES[word.bare]
    word.split = Split((), word.word, word.bare)
    return word.is_decided(tables.stems_of_term(word.word), word.word)


def _other_script(word: Word, tables: Tables) -> bool:
    if FIRST_ARABIC <= word.bare[0] <= LAST_ARABIC:
        return False
    word.exact = word.word = fold(word.bare)
    word.split = Split((), word.exact, word.bare)
    return word.is_decided((word.exact,), word.exact)


def _fold(word: Word, tables: Tables) -> bool:
    word.exact = fold(word.bare)
    return False


def _take_particles_off(word: Word, tables: Tables) -> bool:
    word.split = tables.unsplit_name(word.exact, word.bare) or tables.particles.split(word.exact, word.bare)
    word.word = word.split.rest
    return False


def _per_cent(word: Word, tables: Tables) -> bool:
    if word.exact not in PERCENT_WORDS:
        return False
    word.word = PERCENT
    word.split = Split((), word.exact, word.bare)
    return word.is_decided((PERCENT,), PERCENT)


def _ten(word: Word, tables: Tables) -> bool:
    """A ten in words is its digits; after و it is part of a larger number (خمس وعشرون), so it stays a word."""
    digits = TENS.get(word.word)
    if digits is None:
        return False
    if word.split.particles[:1] == (WAW,):
        return word.is_decided((TEN_NAMES[digits],), TEN_NAMES[digits])
    word.word = digits
    return word.is_decided((digits,), digits)


def _month(word: Word, tables: Tables) -> bool:
    if word.word not in _MONTHS:
        return False
    month = _MONTHS[word.word]
    word.word = month
    return word.is_decided(tables.stems_of_term(month), month)


def _country(word: Word, tables: Tables) -> bool:
    if word.word in COUNTRIES:
        return word.is_decided((word.word,), word.word)
    country = SPELT_WITH_TEH.get(word.word)
    if country is None or ARTICLE in word.split.particles:  # السورية is the adjective alone
        return False
    return word.is_decided(tuple(dict.fromkeys((country, *_looked_up(word, tables)))), country)


def _listed_name(word: Word, tables: Tables) -> bool:
    form = word.listed = _listed(word, tables)
    if form is None or not form.name:
        return False
    others = () if form.alone else _looked_up(word, tables)
    return word.is_decided(tuple(dict.fromkeys((*form.keys, *others))), word.word)


def _listed_form(word: Word, tables: Tables) -> bool:
    form = word.listed
    if form is None:
        return False
    others = () if form.alone else _looked_up(word, tables)
    return word.is_decided(tuple(dict.fromkeys((*others, *form.keys))), word.word)


def _listed(word: Word, tables: Tables) -> ListedForm | None:
    """Return what a list says of the word, of the word without a conjunction or with ال alone (للسادات), or of the word
    without particles. What stands behind ال is no name: الصلاح is righteousness, صلاح a man.
    """
    particles, whole = word.split.particles, tables.listed.get(word.exact)
    if not particles:
        return whole if whole is not None and whole.may_be(word.bare, tables.frequencies) else None
    if whole is None and particles[:1] in CONJOINED:
        whole = tables.listed.get(word.exact[1:])
    if whole is None and ARTICLE in particles:
        whole = tables.listed.get(ARTICLE + word.word)
        whole = whole if whole is not None and whole.written.startswith(ARTICLE) else None
    rest = tables.listed.get(word.word)
    if rest is not None and rest.name and ARTICLE in particles:
        rest = None
    forms = (form for form in (whole, rest) if form is not None)
    return next((form for form in forms if form.may_be(word.bare, tables.frequencies)), None)


def _looked_up(word: Word, tables: Tables) -> tuple[str, ...]:
    """Return the keys that the lemma table has for the word; () if it has none."""
    look_ups = (_look_up_as_written, _look_up_folded, _look_up_without_particles)
    return word.keys if any(look_up(word, tables) for look_up in look_ups) else ()


def _name_part(word: Word, tables: Tables) -> bool:
    name = NAME_PARTS.get(word.word)
    if name is None or ARTICLE in word.split.particles or word.bare[-1] == ALEF_MAKSURA:
        return False  # البن is coffee, أبى a verb
    found = tables.lemmas.lookup(name) if tables.lemmas else ()
    own = tables.lemmas.lookup(word.split.written) if tables.lemmas and word.word in _CASES else ()
    word.word = fold(name)
    return word.is_decided(tuple(dict.fromkeys((*found, *own))) or (word.word,), name)


def _look_up_as_written(word: Word, tables: Tables) -> bool:
    return tables.lemmas is not None and word.is_decided(tables.lemmas.lookup(word.bare), word.bare)


def _look_up_folded(word: Word, tables: Tables) -> bool:
    return tables.lemmas is not None and word.is_decided(tables.lemmas.lookup_folded(word.exact), word.exact)


def _look_up_without_particles(word: Word, tables: Tables) -> bool:
    lemmas, rest = tables.lemmas, word.word
    if lemmas is None or rest == word.exact:
        return False
    return word.is_decided(lemmas.lookup(word.split.written) or lemmas.lookup_folded(rest), rest)


def _stem(word: Word, tables: Tables) -> bool:
    word.steps = tables.steps(word.split)
    return False


def _look_up_each_step(word: Word, tables: Tables) -> bool:
    lemmas = tables.lemmas
    return lemmas is not None and any(
        word.is_decided(lemmas.lookup_folded(step.form), step.form) for step in word.steps
    )


def _take_last_step(word: Word, tables: Tables) -> bool:
    stem = word.steps[-1].form if word.steps else word.word
    return word.is_decided((stem,), stem)


#: Every rule for a word, in the order in which they run. The first that decides the stems is the last that runs.
RULES: Final = (
    Rule(SIGN, _sign),  # amounts.py
    Rule(NUMBER, _number),  # numbers.py
    Rule(CURRENCY, _currency),  # amounts.py
    Rule(OTHER_SCRIPT, _other_script),  # fold.py
    Rule("folding", _fold),  # fold.py: gives the term of the level exact
    Rule("particles", _take_particles_off),  # particle_rules.py: gives the term of the level word
    Rule(PER_CENT, _per_cent),  # amounts.py; what depends on its neighbours (في المئة) is left to context.py
    Rule(TEN, _ten),  # amounts.py
    Rule(MONTH, _month),  # months.py; names that depend on their neighbours are left to context.py
    Rule(COUNTRY, _country),  # countries.py
    Rule(NAME_PART, _name_part),
    Rule(LISTED_NAME, _listed_name),  # lexicon/listed_forms.py
    Rule(LISTED_FORM, _listed_form),
    Rule(LEXICON, _look_up_as_written),  # lexicon/lemmas.py, here and below
    Rule(LEXICON_SPELLING, _look_up_folded),
    Rule(LEXICON_PARTICLE, _look_up_without_particles),
    Rule("stemming", _stem),  # rule_stemmer.py: suffix_rules.py, verb_rules.py, broken_plurals.py
    Rule(LEXICON_RULE, _look_up_each_step),  # so a rare form meets its lemma
    Rule(RULE, _take_last_step),  # what the lemma table has never seen keeps the stem that the rules give it
)


def decide(word: Word, tables: Tables) -> str:
    """Run the rules over a word until one of them decides its stems; return the name of that rule."""
    for name, apply in RULES:
        if apply(word, tables):
            return name
    raise AssertionError("The last rule decides every word.")
