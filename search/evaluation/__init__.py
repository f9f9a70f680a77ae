"""Rankings of many topics at once, and their scores against judgments."""
