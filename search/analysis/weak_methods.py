"""A method that does not keep its object alive, for an object that remembers what its own method has answered.

In: a bound method. Out: a function that calls it. An object that keeps a cache of its own bound method refers to
itself: it and the files that it has open would stay until Python's collector of cycles comes by, and not go with the
last one who uses it. Called by what remembers answers over one open index.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar
from weakref import WeakMethod

Parameters = ParamSpec("Parameters")
Value = TypeVar("Value")


def weakly(method: Callable[Parameters, Value]) -> Callable[Parameters, Value]:
    """Return a function that calls the method as long as its object is there; after that it raises ReferenceError."""
    reference = WeakMethod(method)

    def called(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Value:
        bound = reference()
        if bound is None:
            raise ReferenceError("the object of this method is gone")
        return bound(*args, **kwargs)

    return called
