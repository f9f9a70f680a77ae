"""The weight of each signal by which matching articles are ranked: a profile, as the program or an owner gives it.

In: the name of a profile, or the path of a TOML file of weights. Out: a `RankingProfile`. ARCHITECTURE.md says how much
each signal improves the ranking. Called by the service and commands; the other modules of this room read the weights.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from search.checking import checked, read_toml

Weight = Annotated[float, Meta(ge=0, le=1000, description="a number from 0 to 1000")]
Share = Annotated[float, Meta(ge=0, le=1, description="a number from 0 to 1")]
Positions = Annotated[int, Meta(ge=1, le=50, description="a whole number from 1 to 50 (near = 0 leaves nearness out)")]
Days = Annotated[float, Meta(ge=1, le=36_500, description="days from 1 to 36500 (recency = 0 leaves age out)")]


@dataclass(frozen=True, slots=True)
class RankingProfile:
    """The weight of each signal; a signal of weight 0 is left out.

    stem, word, exact    BM25 of the body at each level of exactness
    lead                 BM25 of the article's first words, at level stem: news states its subject first
    title, title_word    BM25 of the headline at levels stem and word
    title_exact          BM25 of the headline at level exact, of a short query: the form typed before other forms
    lone_form            BM25 of the body at level word, of a query of one word that is a rare form of its lemma; of a
                         verb only where no headline has it
    presence             the idf of each content word that an article has, however often it has it
    pair                 BM25 of two neighbouring query words, function words too, that are neighbours in the body
    near, near_slop      BM25 of two neighbouring content words at most so many positions apart in the body
    common               `near` leaves out pairs whose words are both in a larger share of the articles than this, and
                         all but three of those whose words are both in more than 0.05
    often, often_stem    of a query of more than six words those in a larger share of the articles than `often` have no
                         nearness to one another, and in place of presence this factor of their BM25 at level stem
    title_pair           BM25 of two neighbouring query words that are neighbours in the headline
    title_row, body_row  constants added if all words of a short query stand in a row in the headline, in the body: once
                         for each token behind the first
    everywhere           a function word that a larger share of the articles has than this is left out
    function             factor of a function word's weight; a content word's is 1
    verb, unlisted       factor of a verb's weight, and of a word's that the lexicon does not have (mostly names)
    name                 BM25 of another spelling of a foreign name, at level word in body and headline
    named                score added to an article that has a name of the query as it is typed (أم القرى), a constant
    vocalised            score added to an article whose harakat agree with those of the query, a constant
    amount, title_amount  score added to an article whose body, or headline, has a number beside the query's word for it
    recency, half_life   score of an article of today (0: age does not matter), and the days in which it halves
    """

    stem: Weight = 1.0
    word: Weight = 0.4
    exact: Weight = 0.0
    lead: Weight = 0.35
    title: Weight = 0.8
    title_word: Weight = 0.0
    title_exact: Weight = 0.4
    lone_form: Weight = 4.0
    presence: Weight = 0.6
    pair: Weight = 0.0
    near: Weight = 0.35
    near_slop: Positions = 3
    common: Share = 0.2
    often: Share = 0.1
    often_stem: Weight = 1.6
    title_pair: Weight = 1.5
    title_row: Weight = 30.0
    body_row: Weight = 25.0
    function: Weight = 0.4
    everywhere: Share = 0.3
    verb: Weight = 0.6
    unlisted: Weight = 1.3
    name: Weight = 0.3
    named: Weight = 10.0
    vocalised: Weight = 3.0
    amount: Weight = 16.0
    title_amount: Weight = 12.0
    recency: Weight = 0.0
    half_life: Days = 365.0


NEWS = RankingProfile()


def load_profile(name: str) -> RankingProfile:
    """Return the profile called "news", or that of the TOML file at this path, whose weights replace those of "news".

    Raises SettingsError for a file that cannot be read, an unknown weight and a value out of bounds.
    """
    if name == "news":
        return NEWS
    weights = read_toml(Path(name), "ranking profile", remedy="name a TOML file or news")
    return replace(NEWS, **checked(weights, RankingProfile, f"ranking profile {name}"))


def with_weight(*weighted: tuple[str, float]) -> list[tuple[str, float]]:
    """Return the fields whose weight is not 0, with their weights."""
    return [(name, weight) for name, weight in weighted if weight]
