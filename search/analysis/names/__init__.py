"""Foreign names: which words of an index may be names, and which of them are spellings of the same name."""

from search.analysis.names.name_filter import NameFilter
from search.analysis.names.spelling_index import Spelling, SpellingIndex, keys_among

__all__ = ["NameFilter", "Spelling", "SpellingIndex", "keys_among"]
