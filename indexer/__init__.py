"""From files to an index; imports search."""
