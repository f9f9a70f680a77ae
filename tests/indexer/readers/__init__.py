"""Tests of the readers: one file a format, each inherits `tests/contracts/reader.py`."""
