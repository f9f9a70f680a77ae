"""A copy of an index aside, made while it is searched and written, and an index made of one."""
