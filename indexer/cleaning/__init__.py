"""An article as it was read → the article as it is stored."""
