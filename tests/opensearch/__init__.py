"""Real nodes of OpenSearch for tests and benchmarks: found or fetched, started, stopped, broken on purpose."""
