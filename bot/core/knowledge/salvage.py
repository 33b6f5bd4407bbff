"""What can be read of a document that breaks its schema, so that everything wrong with it is told in one go."""

import copy
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.core.knowledge.validate import path_in
from bot.core.knowledge.yaml_reader import Document, Path_

T = TypeVar("T")

MOST_ROUNDS = 4
"""Mending one fault can uncover another below it, never many."""
MOST_MENDED = 500
"""A file with more broken values than that has one cause: what else is wrong with it is told when that is mended."""

_TEXT = "-"


def salvage(adapter: TypeAdapter[T], document: Document, entry: Callable[[int], dict[str, Any]]) -> T | None:
    """Return the document's data with a stand-in for each value that breaks the schema, or None where that is no use.

    `entry` gives the stand-in for an entry of a list (its number) that is none, and for keys that are missing. Entries
    keep their places, so that whatever is told of one stands at its own line.
    """
    data = copy.deepcopy(document.data)
    for _ in range(MOST_ROUNDS):
        try:
            return adapter.validate_python(data)
        except ValidationError as error:
            if error.error_count() > MOST_MENDED:
                return None
            for number, detail in enumerate(error.errors(include_url=False)):
                _mend(data, path_in(detail["loc"], data), detail, entry(number))
    return None


def _mend(data: Any, path: Path_, detail: ErrorDetails, whole: dict[str, Any]) -> None:
    """Put a stand-in into the place at `path`, or take out what may not stand there."""
    if not path:
        return
    if len(path) == 1 and isinstance(data, dict):
        data.pop(path[0], None)  # a whole section
        return
    holder = data
    for step in path[:-1]:
        try:
            holder = holder[step]
        except (KeyError, IndexError, TypeError):
            return  # the whole of it was mended before
    step, kind = path[-1], detail["type"]
    if isinstance(holder, list) and isinstance(step, int) and step < len(holder):
        holder[step] = whole if kind in {"model_type", "model_attributes_type"} else _TEXT
    elif isinstance(holder, dict):
        if kind == "too_long" and isinstance(holder.get(step), list):
            holder[step] = holder[step][: detail.get("ctx", {}).get("max_length", 0)]
        elif step in whole:
            holder[step] = whole[step]
        else:
            holder.pop(step, None)
