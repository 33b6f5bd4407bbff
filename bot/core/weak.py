"""Methods that do not keep their object alive: for what an object hands to its own parts."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar
from weakref import WeakMethod

P = ParamSpec("P")
T = TypeVar("T")


def weakly(method: Callable[P, T]) -> Callable[P, T]:
    """Return a function that calls a bound method, and raises ReferenceError once its object is gone."""
    held = WeakMethod(method)

    def called(*arguments: P.args, **more: P.kwargs) -> T:
        found = held()
        if found is None:
            raise ReferenceError
        return found(*arguments, **more)

    return called
