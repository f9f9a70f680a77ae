"""What the owner of an archive calls its sources and sections, and which words mean the same: the file names.toml."""
