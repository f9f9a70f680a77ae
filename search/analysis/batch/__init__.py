"""The terms of many texts at once, by arrays: what the indexer calls in place of the analyser."""
