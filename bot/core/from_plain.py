"""From plain data (dicts, lists and text, as JSON and YAML hold them) to a frozen value, by what its dataclass declares."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Protocol, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


class Named(Protocol):
    """Gives what stands under a name, as a dict does."""

    def __getitem__(self, name: str, /) -> Any:
        """Return it. Raises KeyError where there is none."""


def value_of(cls: type[T], data: Named) -> T:
    """Return the value whose fields `data` holds by their names; one that is None, where none may be, is the field's default.

    Lists become tuples, dicts the dataclasses within (one that is made already stays), text the members of enums. Other names in `data` are passed over. Raises
    KeyError for a field that is missing, TypeError or ValueError for what cannot be one, each with the field's name.
    """
    made = {}
    declares: Any = cls  # mypy takes no class of a variable type for hashable
    for name, made_of, has_default, may_be_none in _fields(declares):
        value = data[name]
        if value is None and not may_be_none:
            if not has_default:
                raise TypeError(name)
            continue
        try:
            made[name] = value if made_of is None or value is None else made_of(value)
        except (AttributeError, TypeError, ValueError) as wrong:
            raise (ValueError if isinstance(wrong, ValueError) else TypeError)(name) from wrong
    return cls(**made)


@cache
def _fields(cls: type) -> tuple[tuple[str, Callable[[Any], Any] | None, bool, bool], ...]:
    """Return each field's name, what makes it of plain data (None: it stays), whether it has a default, and may be None."""
    hints = get_type_hints(cls)
    found = []
    for each in fields(cls):
        hint = hints[each.name]
        has_default = each.default is not MISSING or each.default_factory is not MISSING
        found.append((each.name, _made_of(hint), has_default, NoneType in get_args(hint)))
    return tuple(found)


def _made_of(hint: Any) -> Callable[[Any], Any] | None:
    """Return what makes a value of this type of plain data; None where plain data is it."""
    origin, within = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return _made_of(next(each for each in within if each is not NoneType))
    if origin is tuple:
        return _tuple_of(_made_of(within[0]))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping_of(_made_of(within[1]))
    if isinstance(hint, type) and is_dataclass(hint):
        return lambda data: data if isinstance(data, hint) else value_of(hint, data)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return None


def _tuple_of(made_of: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    def made(entries: Any) -> tuple[Any, ...]:
        if not isinstance(entries, list | tuple):
            raise TypeError(entries)
        return tuple(entries) if made_of is None else tuple(map(made_of, entries))

    return made


def _mapping_of(made_of: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    def made(entries: Any) -> dict[str, Any]:
        return {name: entry if made_of is None else made_of(entry) for name, entry in entries.items()}

    return made
