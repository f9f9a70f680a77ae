"""Feeds by address."""
