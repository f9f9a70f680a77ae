"""Files that are replaced atomically, JSON files with their own checksum, and why access to a file is refused."""
