"""Tests of backups and of restoring them."""
