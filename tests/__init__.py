"""The tests: the packages mirrored, and in `contracts/` the suites that every engine and reader inherits."""
