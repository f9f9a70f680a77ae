"""Which folders, files and feeds an archive comes from: added, listed, removed, and read by `kashaf index`."""
