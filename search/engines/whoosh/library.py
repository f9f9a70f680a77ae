"""The classes of Whoosh that the modules of this folder use.

Whoosh 2.7.4 is the last release and older than today's Python, which warns of its code when it compiles it. These
warnings are suppressed here and nowhere else.
"""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", category=SyntaxWarning, module=r"whoosh(\..*)?$")
    warnings.filterwarnings("ignore", message="invalid escape sequence")
    from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher
    from whoosh.columns import NumericColumn, StructColumn
    from whoosh.fields import COLUMN, STORED, FieldType, Schema
    from whoosh.filedb.compound import CompoundStorage
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.structfile import BufferFile, StructFile
    from whoosh.formats import Existence, Format
    from whoosh.index import TOC, FileIndex
    from whoosh.reading import SegmentReader, TermNotFound
    from whoosh.writing import SegmentWriter

__all__ = [
    "COLUMN",
    "STORED",
    "TOC",
    "BufferFile",
    "CompoundStorage",
    "Existence",
    "FieldType",
    "FileIndex",
    "FileStorage",
    "Format",
    "NumericColumn",
    "Schema",
    "SegmentReader",
    "SegmentWriter",
    "StructColumn",
    "StructFile",
    "TermNotFound",
    "W3Codec",
    "W3LeafMatcher",
]
