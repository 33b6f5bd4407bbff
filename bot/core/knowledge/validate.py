"""Holding a document against its schema: every fault at its line and column, worded for the person who writes."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.core.knowledge.schema import FORMS, ID, SOURCE
from bot.core.knowledge.yaml_reader import Document, Path_
from bot.core.near_names import nearest_name
from bot.core.references import without_references
from bot.errors import Fault, PlacedError
from bot.sentences import say

T = TypeVar("T")

LONGEST_SHOWN = 40
"""Characters of a faulty value that are repeated to its writer."""

_SOURCES = "sources"
NO_PUBLICATION = say("files.validate.no_publication")

_KEY = "[key]"
"""How pydantic names the key of a mapping, rather than what stands under it."""

MOST_FAULTS = 1_000
"""Faults that are worded; a file with more has one cause, and is told how many there are."""


def validate(adapter: TypeAdapter[T], document: Document) -> T | None:
    """Return the document's data as the adapter's type, or None; faults are added to the document."""
    if document.data is None:
        if not document.faults:
            message = say("files.validate.file_is_empty")
            document.faults.append(document.fault((), message))
        return None
    try:
        valid = adapter.validate_python(document.data)
    except ValidationError as error:
        # A line that the reader has complained of already would only be complained of again.
        complained = {fault.line for fault in document.faults}
        seen: set[tuple[int, int, str]] = set()
        details = error.errors(include_url=False, include_context=True)
        for detail in details[:MOST_FAULTS]:
            fault = _fault(detail, document, adapter)
            known = (fault.line, fault.column, fault.message)
            if fault.line not in complained and known not in seen:
                seen.add(known)
                document.faults.append(fault)
        if len(details) > MOST_FAULTS:
            message = say("files.validate.faults_more", count=len(details) - MOST_FAULTS)
            document.faults.append(document.fault(path_in(details[MOST_FAULTS]["loc"], document.data), message))
        return None
    return None if document.faults else valid


def _fault(detail: ErrorDetails, document: Document, adapter: TypeAdapter[Any]) -> Fault:
    location, kind, context = detail["loc"], detail["type"], detail.get("ctx", {})
    if location[-1:] == (_KEY,):
        path = path_in(location[:-1], document.data)
        return document.fault(path, f"'{path[-1]}' {_no_key(context)}", key=True)
    path = path_in(location, document.data)
    name = _name(path)
    if kind == "missing":
        return document.fault(path[:-1], say("files.validate.is_missing", name=name, path=path[-1]))
    if kind == "extra_forbidden":
        key = str(path[-1])
        keys = _keys(_schema(adapter), path[:-1])
        nearest = nearest_name(key, keys)
        advice = (
            f"did you mean '{nearest}'?" if nearest else say("files.validate.keys_here_are", listed=", ".join(keys))
        )
        return document.fault(path, f"unknown key '{key}'; {advice}", key=True)
    value = detail["input"]
    if kind == "value_error":  # what a whole breaks says in words of its own what to do
        if isinstance(error := context.get("error"), PlacedError):
            return document.fault(path_in((*location, *error.path), document.data), f"{error}")
        return document.fault(path, f"{name}: {context.get('error')}" if path else str(context.get("error")))
    if path[-1:] == ("checked",) and kind == "string_type":
        return document.fault(path, say("files.validate.year_and_month", name=name, shown=_shown(value)))
    if path[-2:-1] == (_SOURCES,) and kind in {"string_type", "string_pattern_mismatch"}:
        return document.fault(path, f"{name} is {_shown(value)}; {FORMS[SOURCE]}. {NO_PUBLICATION}")
    message = {
        "string_type": say("files.validate.must_be_text", name=name, shown=_shown(value)),
        "int_type": say("files.validate.must_be_whole_number", name=name, shown=_shown(value)),
        "bool_type": say("files.validate.must_be_true_or_false", name=name, shown=_shown(value)),
        "list_type": say("files.validate.must_be_list", name=name),
        "model_type": say("files.validate.must_be_key", name=name, shown=_shown(value)),
        "dict_type": say("files.validate.must_be_key", name=name, shown=_shown(value)),
        "string_too_short": say("files.validate.is_empty", name=name)
        if not _length(value)
        else say("files.validate.too_short", name=name, shown=_shown(value), least=context.get("min_length")),
        "string_too_long": say(
            "files.validate.too_long", name=name, length=_length(value), most=context.get("max_length")
        ),
        "too_short": say("files.validate.too_few", name=name, least=context.get("min_length")),
        "too_long": say(
            "files.validate.too_many", name=name, count=context.get("actual_length"), most=context.get("max_length")
        ),
        "literal_error": f"{name} is {_shown(value)}; write {context.get('expected', '')}",
        "string_pattern_mismatch": f"{name} is {_shown(value)}; {_form(context)}",
        "address": f"{name}: {context.get('wrong')}",
    }.get(kind, f"{name}: {detail['msg']}, not {_shown(value)}")
    return document.fault(path, message)


def _no_key(context: Mapping[str, Any]) -> str:
    """Return why a key cannot stand where it does, and what to write."""
    if "expected" in context:
        return say("files.validate.no_key", expected=context["expected"])
    if context.get("pattern", ID) == ID:
        return say("files.validate.no_claim_name", form=FORMS[ID])
    return say("files.validate.no_such_key", keys=_form(context))


def _form(context: Mapping[str, Any]) -> str:
    pattern = context.get("pattern")
    return FORMS.get(str(pattern), f"it must fit {pattern}")


def path_in(location: tuple[str | int, ...], data: Any) -> Path_:
    """Keep of pydantic's location what is a step in the data; it also names the members of unions."""
    path: list[str | int] = []
    node = data
    for i, step in enumerate(location):
        last = i == len(location) - 1
        if isinstance(node, dict) and (step in node or last):
            path.append(step)
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            path.append(step)
            node = node[step]
    return tuple(path)


def _name(path: Path_) -> str:
    """Return words for a path: 'answer', entry 3 of 'questions', entry 2."""
    if not path:
        return "the file"
    if isinstance(path[-1], int):
        whose = f" of '{path[-2]}'" if len(path) > 1 and isinstance(path[-2], str) else ""
        return f"entry {path[-1] + 1}{whose}"
    return f"'{path[-1]}'"


def _shown(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "`key: value` lines"
    text = str(value)
    return f"'{text[:LONGEST_SHOWN]}…'" if len(text) > LONGEST_SHOWN else f"'{text}'"


def _length(value: Any) -> int:
    return len(without_references(value.strip())) if isinstance(value, str) else 0


@lru_cache(maxsize=16)
def _schema(adapter: TypeAdapter[Any]) -> Mapping[str, Any]:
    """Return the adapter's JSON schema, which takes milliseconds to make."""
    return adapter.json_schema(by_alias=True)


def _keys(schema: Mapping[str, Any], path: Path_) -> list[str]:
    """Return the keys that a JSON schema knows at `path`, in its order; every key of it where none is known there."""
    parts = schema.get("$defs", {})
    places = [schema]
    for step in path:
        places = [below for place in places for below in _below(place, step, parts)]
    keys = dict.fromkeys(key for place in places for each in _meant(place, parts) for key in each.get("properties", {}))
    return list(keys or dict.fromkeys(key for each in (schema, *parts.values()) for key in each.get("properties", {})))


def _meant(place: Mapping[str, Any], parts: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield what a place in a schema may be: what it names, and each member of a union."""
    if "$ref" in place:
        yield from _meant(parts[place["$ref"].rpartition("/")[2]], parts)
    else:
        yield place
    for each in (*place.get("anyOf", ()), *place.get("oneOf", ())):
        yield from _meant(each, parts)


def _below(place: Mapping[str, Any], step: str | int, parts: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield what stands a step below a place: a property, the value of any other key, an entry of a list."""
    for each in _meant(place, parts):
        if isinstance(step, int):
            found = [each.get("items")]
        elif step in each.get("properties", {}):
            found = [each["properties"][step]]
        else:
            found = [each.get("additionalProperties"), *each.get("patternProperties", {}).values()]
        yield from (below for below in found if isinstance(below, dict))
