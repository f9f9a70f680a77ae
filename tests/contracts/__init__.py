"""Suites that every implementation of a contract inherits."""

from pkgutil import iter_modules

import pytest

# So that a failing assertion of these modules shows its values, as one of a test module does.
pytest.register_assert_rewrite(*(f"{__name__}.{module.name}" for module in iter_modules(__path__)))
