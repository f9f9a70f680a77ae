"""The record that the analyser returns for each token of a query or a text to be shown: where it stands, its terms."""

import msgspec

from search.analysis.fold import strip_marks

_UNLISTED = "/U"  # the end of the lemma keys of words that no lexicon has


def is_listed(stem: str) -> bool:
    """Return whether a lexicon has the stem."""
    return "/" in stem and not stem.endswith(_UNLISTED)


class Reading(msgspec.Struct, frozen=True, gc=False):
    """What a query's word may stand for besides its stems.

    term    its term, as the index has it
    weight  how probable the reading is, above 0, at most 1; ranking multiplies its score by it
    source  the name of what found it, as `kashaf analyze` reports it: "lexicon", "index" …
    shown   the word that readers are told this reading is («سليماني» for Soleimani); "" if they are told nothing
    level   "stem", or for one written form only "word", "exact" for that without particles before it, or "particles"
            for that with them, by its exact term: الأم, but not آلام, which is folded alike
    """

    term: str
    weight: float
    source: str
    shown: str = ""
    level: str = "stem"


class AnalyzedToken(msgspec.Struct, frozen=True, gc=False):
    """One token of a text and its index terms.

    start, end   offsets into the raw text, in characters: text == raw[start:end]
    exact, word  its terms at these levels
    stems        its terms at the level stem, likeliest first; two where its lemma is ambiguous (رفض: refused, refusal)
    function     whether it is a function word (من, في, ما)
    readings     of a query's token: what else it may stand for (readings.py), likeliest first; none of them is a stem
    """

    start: int
    end: int
    text: str
    exact: str
    word: str
    stems: tuple[str, ...]
    function: bool
    readings: tuple[Reading, ...] = ()

    @property
    def without_particles(self) -> str:
        """The word as it is written, without harakat and without the particles that analysis took off.

        It is whole where its term at the level word is another word's: آذار for مارس.
        """
        written = strip_marks(self.text)
        taken_off = len(self.exact) - len(self.word) if self.exact.endswith(self.word) else 0
        return written[taken_off:]
