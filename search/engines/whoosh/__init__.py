"""The engine on Whoosh: its index, fields, scores, files and time limit."""
