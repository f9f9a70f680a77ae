"""Folders and feeds that are followed as they change."""
