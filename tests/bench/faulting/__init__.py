"""What `tests/bench/cluster_faults.py` is made of: steady readers, a writer, and the faults that meet them."""
