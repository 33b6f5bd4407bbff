"""Plain values as text and back."""

import json
from typing import Any


def dumped(value: Any) -> str:
    """Return JSON of which equal values have equal texts, without a character that a database refuses."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def loaded(text: str | None) -> Any:
    """Return what `dumped` wrote; None for None."""
    return None if text is None else json.loads(text)
