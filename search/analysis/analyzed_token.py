"""The record that the analyser returns for each token of a query or a text to be shown: where it stands, its terms."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnalyzedToken:
    """One token of a text and its index terms.

    start, end   offsets into the raw text, in characters: text == raw[start:end]
    exact, word  its terms at these levels
    stems        its terms at the level stem, likeliest first; two where its lemma is ambiguous (رفض: refused, refusal)
    function     whether it is a function word (من, في, ما)
    """

    start: int
    end: int
    text: str
    exact: str
    word: str
    stems: tuple[str, ...]
    function: bool
