"""Messages that go out more than once, as they are kept between."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

_JSON = json.JSONEncoder(separators=(",", ":"))


class Written(dict[str, Any]):
    """A request's JSON that goes out more than once, with what it is in letters; nobody changes it."""

    @cached_property
    def letters(self) -> str:
        """The JSON as it is sent."""
        return _JSON.encode(self)


@dataclass(slots=True)
class Kept:
    """A message that went out: its components, and how many parts it has."""

    components: list[dict[str, Any]]
    count: int
    request: Written | str | None = None
    """The whole request, once it went out a second time; as letters where files go with it."""
