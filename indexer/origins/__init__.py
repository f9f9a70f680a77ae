"""Which file gave which article, so that corrections replace and what vanished from its source is told."""
