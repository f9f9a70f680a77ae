"""Records of the search service → what templates show: words, links, drawings. Pure."""
