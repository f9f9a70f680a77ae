"""Addresses of the site ↔ what they ask for."""
