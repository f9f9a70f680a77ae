"""Text that was damaged on its way into an archive → the text that its readers were meant to see."""
