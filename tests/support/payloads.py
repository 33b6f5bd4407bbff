"""Checks every request that the bot makes: against Discord's OpenAPI description, and for the limits it leaves out."""

import json
import operator
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import jsonschema_rs

COMPONENTS_V2 = 1 << 15
MOST_TEXT, MOST_COMPONENTS, MOST_EMBED_TEXT, MOST_COMMAND_TEXT = 4000, 40, 6000, 8000
_COMMAND_NAME = re.compile(r"^[-_a-z0-9]{1,32}$")
_CALLBACKS = {
    4: "CreateMessageInteractionCallbackRequest",
    5: "CreateMessageInteractionCallbackRequest",
    6: "UpdateMessageInteractionCallbackRequest",
    7: "UpdateMessageInteractionCallbackRequest",
    8: "ApplicationCommandAutocompleteCallbackRequest",
    9: "ModalInteractionCallbackRequest",
}


def description_path() -> Path:
    """Where Discord's description is: DISCORD_OPENAPI, else the folder `shared` beside the checkout."""
    beside = Path(__file__).resolve().parents[2].parent / "shared" / "discord" / "openapi.json"
    return Path(os.environ.get("DISCORD_OPENAPI", "") or beside)


@dataclass
class Description:
    """Discord's OpenAPI description, its request objects closed: a field it does not know is a fault."""

    paths: Mapping[str, Any]
    schemas: dict[str, Any]
    validators: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Description":
        raw = json.loads(path.read_text(encoding="utf-8"))
        schemas = raw["components"]["schemas"]
        for name, schema in schemas.items():
            if "properties" in schema and "allOf" not in schema:
                schema.setdefault("additionalProperties", False)
            if name.startswith("ApplicationCommand") and name.endswith("Request"):
                schema["properties"]["nsfw"] = {"type": "boolean"}  # left out of the description, not of Discord
        # What discord.py sends by itself, and Discord has always taken: ids as numbers, and `tts` in an edit.
        schemas["SnowflakeType"] = {"anyOf": [schemas["SnowflakeType"], {"type": "integer", "minimum": 0}]}
        for name in (
            "IncomingWebhookUpdateForInteractionCallbackRequestPartial",
            "IncomingWebhookUpdateRequestPartial",
        ):
            schemas[name]["properties"]["tts"] = {"const": False}
        return cls(raw["paths"], schemas)

    def faults(self, method: str, path: str, body: Any) -> list[str]:
        template = self._template(path)
        if template is None:
            return [f"Discord has no address {path}"]
        operation = self.paths[template].get(method.lower())
        if operation is None:
            return [f"Discord has no {method} {template}"]
        request = operation.get("requestBody")
        if body is None:
            return [f"{method} {template} needs a body"] if request and request.get("required") else []
        if request is None:
            return [f"{method} {template} takes no body"]
        schema = request["content"]["application/json"]["schema"]
        if template.endswith("/callback") and isinstance(body, dict) and body.get("type") in _CALLBACKS:
            # One alternative instead of seven: the messages then say what is wrong with it.
            schema = {"$ref": f"#/components/schemas/{_CALLBACKS[body['type']]}"}
        found = self._validator(schema).iter_errors(body)
        return [f"{'/'.join(map(str, each.instance_path))}: {each.message[:300]}" for each in found]

    def _template(self, path: str) -> str | None:
        parts = path.partition("?")[0].strip("/").split("/")
        fitting = [
            (sum(map(operator.eq, pattern, parts)), template)
            for pattern, template in self.patterns.get((len(parts), parts[0]), ())
            if all(a == b or a.startswith("{") for a, b in zip(pattern, parts, strict=True))
        ]
        return max(fitting)[1] if fitting else None

    @cached_property
    def patterns(self) -> dict[tuple[int, str], list[tuple[list[str], str]]]:
        """The addresses, cut up, by how many parts they have and the first of these, which is never an id."""
        found: dict[tuple[int, str], list[tuple[list[str], str]]] = {}
        for template in self.paths:
            pattern = template.strip("/").split("/")
            found.setdefault((len(pattern), pattern[0]), []).append((pattern, template))
        return found

    def _validator(self, schema: Mapping[str, Any]) -> Any:
        key = schema["$ref"] if len(schema) == 1 and "$ref" in schema else json.dumps(schema, sort_keys=True)
        if key not in self.validators:
            whole = {**schema, "components": {"schemas": self.schemas}}
            self.validators[key] = jsonschema_rs.Draft202012Validator(whole)
        return self.validators[key]


@dataclass
class PayloadChecker:
    """Collects how many requests were checked; `description` is None where it is not on this machine."""

    description: Description | None
    checked: int = 0
    fine: list[tuple[str, str, Any]] = field(default_factory=list)
    """The lists of commands that were found fine: the longest requests, and most bots of the tests send one and the same."""

    def faults(self, method: str, path: str, body: Any) -> list[str]:
        """Return everything that Discord would refuse, or that this project never does."""
        self.checked += 1
        request = (method, path, body)
        if isinstance(body, list) and request in self.fine:
            return []
        found = self._faults(*request)
        if isinstance(body, list) and not found:
            self.fine = [request, *self.fine[:2]]
        return found

    def _faults(self, method: str, path: str, body: Any) -> list[str]:
        found = self.description.faults(method, path, body) if self.description else []
        if path.endswith("/commands") and isinstance(body, list):
            found += command_faults(body)
        elif path.endswith("/callback") and isinstance(body, dict):
            data = body.get("data") or {}
            if body.get("type") in (4, 7):
                found += message_faults(data)
            elif body.get("type") == 9:
                found += component_faults(data.get("components") or [])
            elif body.get("type") == 8:
                found += choice_faults(data.get("choices") or [])
        elif method in ("POST", "PATCH") and isinstance(body, dict) and ("/messages" in path or "/webhooks" in path):
            found += message_faults(body)
        return [f"{method} {path}: {each}" for each in found]


def message_faults(message: Mapping[str, Any]) -> list[str]:
    found = []
    if not any(message.get(key) for key in ("content", "embeds", "components", "attachments", "sticker_ids", "poll")):
        found.append("an empty message")
    if message.get("allowed_mentions", {}).get("parse") != [] or message["allowed_mentions"].get("replied_user"):
        found.append(f"mentions are allowed: {message.get('allowed_mentions')}")
    embeds = message.get("embeds") or []
    if sum(len(text) for embed in embeds for text in _strings(embed)) > MOST_EMBED_TEXT:
        found.append("more than 6,000 characters in embeds")
    v2 = bool((message.get("flags") or 0) & COMPONENTS_V2)
    components = message.get("components") or []
    if v2 and (message.get("content") or embeds):
        found.append("content beside Components V2")
    if not v2 and any(each.get("type") != 1 for each in components):
        found.append("Components V2 without their flag")
    return found + component_faults(components)


def component_faults(components: list[dict[str, Any]]) -> list[str]:
    found = []
    everything = list(walk(components))
    if len(everything) > MOST_COMPONENTS:
        found.append(f"{len(everything)} components, {MOST_COMPONENTS} are allowed")
    text = sum(len(each.get("content", "")) for each in everything if each.get("type") == 10)
    if text > MOST_TEXT:
        found.append(f"{text} characters of text, {MOST_TEXT} are allowed")
    ids = [each["custom_id"] for each in everything if each.get("custom_id")]
    found += [f"custom_id {each} twice" for each in set(ids) if ids.count(each) > 1]
    for each in everything:
        if each.get("type") == 2 and not (each.get("label") or each.get("emoji")):
            found.append("a button with nothing on it")
        if each.get("type") == 2 and each.get("style") == 5 and not each.get("url"):
            found.append("a link button without a link")
        if each.get("type") == 1 and not 1 <= len(each.get("components", [])) <= 5:
            found.append("an action row with no or too many components")
        if each.get("type") == 10 and not each.get("content", "").strip():
            found.append("an empty text")
    return found


def choice_faults(choices: list[dict[str, Any]]) -> list[str]:
    found = ["more than 25 choices"] if len(choices) > 25 else []
    return found + [f"choice {each}" for each in choices if not (each.get("name") and str(each.get("value")))]


def command_faults(commands: list[dict[str, Any]]) -> list[str]:
    found = []
    names = [(each.get("type", 1), each["name"]) for each in commands]
    found += [f"command {each} twice" for each in set(names) if names.count(each) > 1]
    for command in commands:
        if command.get("type", 1) == 1:
            found += _slash_faults(command)
            if _command_text(command) > MOST_COMMAND_TEXT:
                found.append(f"/{command['name']} has more than 8,000 characters")
    return found


def _slash_faults(command: Mapping[str, Any]) -> Iterator[str]:
    name = command["name"]
    if not _COMMAND_NAME.match(name):
        yield f"the name {name!r}"
    if not command.get("description"):
        yield f"{name} has no description"
    options = command.get("options") or []
    names = [option["name"] for option in options]
    yield from (f"option {each} of {name} twice" for each in set(names) if names.count(each) > 1)
    optional = False
    for option in options:
        if option["type"] not in (1, 2):
            if option.get("required") and optional:
                yield f"required option {option['name']} of {name} after an optional one"
            optional = optional or not option.get("required")
        yield from _slash_faults(option)


def _command_text(command: Mapping[str, Any]) -> int:
    choices = sum(len(each["name"]) + len(str(each["value"])) for each in command.get("choices") or [])
    own = len(command["name"]) + len(command.get("description") or "") + choices
    return own + sum(_command_text(option) for option in command.get("options") or [])


def walk(components: Any) -> Iterator[dict[str, Any]]:
    """Every component in a payload, nested ones too."""
    for each in components:
        yield each
        yield from walk(each.get("components") or [])
        yield from walk([each[key] for key in ("accessory", "component") if isinstance(each.get(key), dict)])


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
