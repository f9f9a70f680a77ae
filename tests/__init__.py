"""The tests: the packages mirrored, and in `contracts/` the suites that every engine and reader inherits.

What is compiled once is kept, whatever the environment says: the suite starts a hundred processes of the same modules.
"""

import os
import sys

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
