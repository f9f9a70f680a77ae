"""The engine on an OpenSearch cluster: its requests, mapping, queries, counts, orders, commits and lock."""
