"""What the bot says to people, as data: `bot/sentences/<language>/<surface>.yaml`.

A surface is where it is read: on a card, in a terminal, at a moderator's desk. A sentence has a name, `surface.part.name`, and
may have gaps, such as `{count}`; what fills them comes from the code. Another language is another folder of the same files.
`tests/test_sentences.py` holds that each name and each gap is in both, the code and the files.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.errors import Fault, KnowledgeError
from bot.private_files import SealedFolder

FOLDER = Path(__file__).parent
LANGUAGE = "en"
_MOST_SHIPPED = 24
_SHIPPED = SealedFolder(FOLDER.parent / "_state", "state 1", _MOST_SHIPPED, part_of_program=True)


class _Unfilled(str):
    """A gap that nothing fills: it shows its name, however its value would have been laid out."""

    __slots__ = ()

    def __format__(self, _: str) -> str:
        return "{" + self + "}"

    def __repr__(self) -> str:
        return format(self)


class _Gaps(dict[str, object]):
    """What fills the gaps of a sentence."""

    def __missing__(self, name: str) -> str:
        return _Unfilled(name)


def say(name: str, /, **gaps: object) -> str:
    """Return the sentence `name`, such as "card.asked.gone", its gaps filled with `gaps`. Raises KeyError where there is none."""
    surface, _, within = name.partition(".")
    return _surface(surface)[within].format_map(_Gaps(gaps))


def part(name: str, /) -> Mapping[str, str]:
    """Return the sentences of a part, such as "schema.following", by their names. Each stands for itself: none has a gap."""
    surface, _, wanted = name.partition(".")
    listed = ((each.partition("."), text) for each, text in _surface(surface).items())
    return {within: text for (found, _, within), text in listed if found == wanted}


@cache
def _surface(surface: str) -> Mapping[str, str]:
    """Return the sentences of a surface by `part.name`: as they were shipped, or else from their file.

    Raises KnowledgeError where the file cannot be read.
    """
    path = FOLDER / LANGUAGE / f"{surface}.yaml"
    try:
        raw = path.read_bytes()
    except OSError as error:
        message = (
            f"what the bot says cannot be read ({error.strerror}); bring the file back, or install the project again"
        )
        raise KnowledgeError([Fault(str(path), 1, 1, message)]) from None
    shipped = _SHIPPED.get(_key(LANGUAGE, surface, raw))
    found: dict[str, str] = json.loads(shipped) if shipped is not None else sentences_of(raw, str(path))
    return found


def sentences_of(raw: bytes, shown: str = "") -> dict[str, str]:
    """Return the sentences of a file's text by `part.name`; `shown`: what the file is called in a fault.

    Raises KnowledgeError where it is no YAML, or anything but texts by part and name. What else is wrong `legpress check` tells.
    """
    parts = plain_yaml(raw, shown, "SafeLoader")
    try:
        found = {f"{part}.{name}": text for part, within in parts.items() for name, text in within.items()}
    except AttributeError as error:
        raise KnowledgeError([Fault(shown, 1, 1, "write `part:`, and below it `name: text`")]) from error
    if wrong := next((name for name, text in found.items() if not isinstance(text, str)), ""):
        raise KnowledgeError([Fault(shown, 1, 1, f"'{wrong}' is no text")])
    return found


def plain_yaml(raw: bytes, shown: str, loader: str) -> Any:
    """Return what a file that comes with the project says, as PyYAML's `loader` ("SafeLoader", or "BaseLoader": all is text) reads it.

    Raises KnowledgeError where it is no YAML.
    """
    import yaml  # late: what is shipped needs no YAML

    try:
        return yaml.load(raw, Loader=getattr(yaml, f"C{loader}", getattr(yaml, loader)))  # noqa: S506 -- a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise KnowledgeError([Fault(shown, line, column, f"{getattr(error, 'problem', None) or error}")]) from error


def to_ship() -> Iterator[tuple[str, bytes]]:
    """Yield all sentences as a start reads them fastest, each surface with a key that its file's text makes."""
    for path in sorted(FOLDER.glob("*/*.yaml")):
        raw = path.read_bytes()
        content = json.dumps(sentences_of(raw, str(path)), ensure_ascii=False, separators=(",", ":"))
        yield _key(path.parent.name, path.stem, raw), content.encode()


def _key(language: str, surface: str, raw: bytes) -> str:
    return f"sentences-{language}-{surface}-{hashlib.sha256(raw).hexdigest()}"
