"""Foreign names: which spellings in an index write one name, and which words may be names at all."""

from search.analysis.names.gate import NameGate
from search.analysis.names.spelling_index import Spelling, SpellingIndex, keys_among

__all__ = ["NameGate", "Spelling", "SpellingIndex", "keys_among"]
