"""Imports without docstrings: nobody reads those in a running bot, and they take a thirtieth of its memory.

They are taken out of compiled code, since the compiled files that are installed serve as they are: nothing is compiled or written anew.
`python -OO` takes assertions out, too, and leaves None, over which others fall (see `NOTHING`).
"""

import inspect
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from opcode import opmap
from types import CodeType, ModuleType

UNREAD = frozenset({
    "aiohttp", "asyncio", "attr", "bot", "discord", "email", "http", "multiprocessing", "multidict", "pebble", "rapidfuzz",
    "sqlalchemy", "typing_extensions", "urllib", "yarl",
})  # fmt: skip
"""Packages that describe much, and none of it to people: what the terminal's help is made of was imported before. Not numpy: its part
for masked arrays, which a first fit imports, makes its docstrings of others' and falls without them."""
TRIED = frozenset({(3, 11), (3, 12), (3, 13)})
"""Where a docstring stands in compiled code differs from one Python to the next: in others it is left there."""
_MARKED = getattr(inspect, "CO_HAS_DOCSTRING", 0)
"""What marks code of a function that has a docstring; up to Python 3.13 nothing does, and every function has a place for one."""
NOTHING = " "
"""Stands for each docstring: an empty one, or none, has `dataclasses` write one, and others fall over it."""


def import_bare() -> None:
    """Let go of the docstrings of `UNREAD` in whatever is imported from now on; on a Python that is not `TRIED`, keep them."""
    if sys.version_info[:2] in TRIED and not any(isinstance(finder, _BareFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _BareFinder())


class _BareFinder(MetaPathFinder):
    """Finds what every import finds, and has `_BareLoader` load it."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a module of `UNREAD` is; None for all others, and for what is not read from Python's source."""
        if fullname.partition(".")[0] not in UNREAD:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is None or type(spec.loader) is not SourceFileLoader:
            return None
        spec.loader = _BareLoader(spec.loader.name, spec.loader.path)
        return spec


class _BareLoader(SourceFileLoader):
    """Loads a module as ever, from its compiled file where it has one, but without what only describes it."""

    def get_code(self, fullname: str) -> CodeType | None:
        """Return the module's code without its docstrings."""
        code = super().get_code(fullname)
        return None if code is None else undescribed(code)


def undescribed(code: CodeType) -> CodeType:
    """Return the same code, but with `NOTHING` for its own docstring and for those of all that it makes, however deep they stand."""
    constants = [undescribed(each) if isinstance(each, CodeType) else each for each in code.co_consts]
    place = _place(code)
    if place is not None and isinstance(constants[place], str):
        constants[place] = NOTHING
    return code.replace(co_consts=tuple(constants))


def _place(code: CodeType) -> int | None:
    """Return where among its constants the docstring of some code is; None where it has none, or takes it for a value, too."""
    stores = b""
    if code.co_flags & inspect.CO_NEWLOCALS:
        if not (code.co_flags & _MARKED if _MARKED else code.co_consts and not code.co_name.startswith("<")):
            return None
        place = 0
    else:  # a module or a class: its code begins with a store of its docstring
        if _DOC not in code.co_names:
            return None
        stores = bytes((opmap["STORE_NAME"], code.co_names.index(_DOC)))
        start = code.co_code.find(stores, 0, _BEGINNING) - _UNIT
        if start < 0 or start % _UNIT or code.co_code[start] != _LOADS:
            return None
        place = code.co_code[start + 1]
    return place if sum(_times(each, code.co_code, place) for each in _TAKES) == bool(stores) else None


def _times(takes: int, instructions: bytes, place: int) -> int:
    """Return how often a constant is taken by one kind of instruction."""
    loads, places = bytes((takes, place)), range(0, len(instructions), _UNIT)
    if (most := instructions.count(loads)) <= 1:
        return most  # at odd places these bytes mean something else: hardly ever, and then a docstring stays
    found = [each for each in places if instructions.startswith(loads, each)]
    return sum(not each or instructions[each - _UNIT] != opmap["EXTENDED_ARG"] for each in found)


_DOC = "__doc__"
_UNIT = 2
"""Bytes of an instruction: what it does, and with which."""
_BEGINNING = 64
_LOADS = opmap["LOAD_CONST"]
_TAKES = tuple(opmap[each] for each in ("LOAD_CONST", "RETURN_CONST") if each in opmap)
"""What takes a constant: Python 3.12 and 3.13 return one in one go."""
