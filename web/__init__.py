"""The web front end: Flask, server-rendered; imports search."""
