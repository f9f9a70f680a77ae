"""Dates as Arabic readers and publishers write them."""
