"""Addresses of the site → answers. Thin."""
