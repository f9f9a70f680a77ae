"""Tools for assistants, by the Model Context Protocol: search and read, both without changing anything."""
