"""The index directory, an open index, what is indexed of an article, and near-duplicates."""
