"""Every kind of file of the knowledge folder with its shape, as JSON Schema (draft-07) for editors."""

from typing import Any

from pydantic import TypeAdapter

from bot.core.knowledge import language_schema, schema
from bot.core.safety.schema import SafetyModel
from bot.sentences import say

FILES: dict[str, tuple[TypeAdapter[Any], str]] = {
    **schema.FILES,
    **language_schema.FILES,
    "safety": (TypeAdapter(SafetyModel), say("schema.any.files_safety")),
}
"""The files by name, each with its shape and what it is for."""


def json_schema(kind: str) -> dict[str, Any]:
    """Return the draft-07 JSON Schema of one kind of file (a key of FILES).

    Draft-07 because the YAML language server, which most editors use, reads no later draft.
    """
    adapter, description = FILES[kind]
    schema = adapter.json_schema(ref_template="#/definitions/{model}", by_alias=True)
    if "$defs" in schema:
        schema["definitions"] = schema.pop("$defs")
    if kind == "safety":
        schema.pop("required")  # the keys are spread over several files
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": kind,
        "description": description,
        **schema,
    }
