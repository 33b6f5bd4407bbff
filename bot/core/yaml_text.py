"""Plain values as YAML text that means the same to YAML 1.1 and 1.2 readers, and that people like to read.

PyYAML's own writer follows 1.1: it leaves texts unquoted that 1.2 reads otherwise, and folds at will. Here a text stands
unquoted only where no reader can take it for anything else.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

WIDTH = 100
"""Longer plain texts are folded over several lines."""

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _.,;?!()'’/+%°&$£€-]*")
_WORDS_WITH_SENSE = frozenset(
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nan", "inf", "infinity"]
)  # in some reader's eyes no text
_ESCAPED = re.compile("[\x00-\x1f\x7f-\xa0\xad\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_UNFOLDABLE = re.compile(r"[^\S ]|  |^[ #&*!|>%@`\-?]| $")


def dump(value: Any, comment: str = "") -> str:
    """Return a mapping or list of text, lists and mappings as YAML, after lines of comment."""
    head = "".join(f"# {line}\n" for line in comment.splitlines())
    return head + "\n".join(_block(value, 0)) + "\n"


def scalar(text: str) -> str:
    """Return a text as one YAML scalar on one line."""
    if _PLAIN.fullmatch(text) and not text.endswith(" ") and text.lower().rstrip(".") not in _WORDS_WITH_SENSE:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)


def _block(value: Any, indent: int) -> Iterator[str]:
    space = " " * indent
    if isinstance(value, Mapping):
        if not value:
            yield f"{space}{{}}"
        for key, held in value.items():
            if _is_nested(held):
                yield f"{space}{scalar(key)}:"
                yield from _block(held, indent + 2)
            else:
                first, *rest = _inline(held, indent)
                yield f"{space}{scalar(key)}: {first}"
                yield from rest
    elif isinstance(value, Sequence) and not isinstance(value, str):
        if not value:
            yield f"{space}[]"
        for held in value:
            if _is_nested(held):
                lines = list(_block(held, indent + 2))
                yield f"{space}- {lines[0][indent + 2 :]}"
                yield from lines[1:]
            else:
                first, *rest = _inline(held, indent)
                yield f"{space}- {first}"
                yield from rest
    else:
        yield from (f"{space}{line}" if i == 0 else line for i, line in enumerate(_inline(value, indent)))


def _is_nested(value: Any) -> bool:
    return isinstance(value, Mapping | list | tuple) and bool(value)


def _inline(value: Any, indent: int) -> list[str]:
    if isinstance(value, str):
        if len(value) + indent > WIDTH and not _UNFOLDABLE.search(value) and not _ESCAPED.search(value):
            return [">-", *(f"{' ' * (indent + 2)}{line}" for line in _folded(value, WIDTH - indent - 2))]
        return [scalar(value)]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, int):
        return [str(value)]
    return ["[]" if isinstance(value, list | tuple) else "{}"]


def _folded(text: str, width: int) -> Iterator[str]:
    """Cut a text at single spaces into lines; each space that is cut away comes back when the block is read."""
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
