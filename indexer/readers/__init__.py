"""One file a format: bytes → articles. `registry.py` is the door, `contract.py` the law."""
