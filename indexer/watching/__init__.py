"""Folders and feeds followed as they change: `kashaf watch`, which indexes what comes in as `kashaf index` would."""
