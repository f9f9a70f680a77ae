"""Bytes of files in any encoding of Arabic → their text."""
