"""Fuzzing of the readers by atheris: any bytes give articles or reasons, in bounded time and memory.

    python -m tests.fuzz --seconds 120 mail html        # some readers; without names all of them

It is no part of the suite, which tries random bytes by Hypothesis; atheris (`pip install atheris`) goes where it has
not been yet, for as long as it may.
"""
