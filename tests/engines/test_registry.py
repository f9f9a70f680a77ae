"""Engines by name."""

import builtins
import sys
from typing import Any

import pytest

from search.engines.registry import DEFAULT, NAMES, backend
from search.errors import EngineMissing


@pytest.mark.parametrize("name", NAMES)
def test_every_name_leads_to_a_module_with_the_three_functions(name: str) -> None:
    assert all(callable(getattr(backend(name), each)) for each in ("create", "open_engine", "open_writer"))


def test_the_default_is_one_of_the_names() -> None:
    assert DEFAULT in NAMES


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(EngineMissing, match=r"'lucene': choose one of tantivy, whoosh"):
        backend("lucene")


def test_a_missing_library_is_answered_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def without_whoosh(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.partition(".")[0] == "whoosh":
            raise ImportError(f"No module named {name!r}")
        return imported(name, *args, **kwargs)

    for module in [name for name in sys.modules if name.startswith(("whoosh", "search.engines.whoosh"))]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setattr(builtins, "__import__", without_whoosh)
    with pytest.raises(EngineMissing, match="pip install whoosh"):
        backend("whoosh")
