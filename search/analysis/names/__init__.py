"""Foreign names: which spellings in an index write one name, and which words may be names at all."""

from search.analysis.names.name_filter import NameFilter
from search.analysis.names.spelling_index import Spelling, SpellingIndex, keys_among

__all__ = ["NameFilter", "Spelling", "SpellingIndex", "keys_among"]
