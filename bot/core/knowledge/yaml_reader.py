"""Safe YAML with 1.2 meaning and a position for every value.

PyYAML follows YAML 1.1, where `no` is False, `1:30` is 90 and `2026-11-22` a date; editors follow 1.2. The loader here
keeps all of these as text, as the person who wrote them meant, and refuses what can hide or multiply content: duplicate
keys, aliases, foreign tags, several documents, and files too large to have been written by hand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from bot.core.knowledge.folder import MOST_BYTES
from bot.core.visible import as_kept
from bot.errors import Fault
from bot.sentences import say
from bot.words import not_read

MOST_DEPTH = 40
MOST_VALUES = 100_000
"""Values and keys of one file that are read: three times as many as the largest server file that is taken has."""
MOST_LINES_OF_A_TEXT = 60
"""Lines in which words of a text are looked for; no text of the schema has more."""
MOST_FAULTS = 1_000
"""After that many faults reading stops: such a file has one cause."""

_TOO_DEEP_FOR_PYYAML = "exceeded maximum nesting depth"
"""PyYAML's words from 6.0.4 on, whose scanner stops at 1,000 levels, before it has handed out the first of them."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STANDARD = "tag:yaml.org,2002:"
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]{1,3})?")

Path_ = tuple[str | int, ...]
"""Where a value stands in a document: keys and list positions from the root."""


@dataclass(slots=True)
class Document:
    """A file's plain data (dict, list, str, int, float, bool, None) and the (line, column) of each path in it."""

    file: str
    data: Any = None
    positions: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    key_positions: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    modeline: bool = False  # the first line names a JSON Schema for editors
    lines: list[str] = field(default_factory=list)  # the text, without line ends

    def place(self, path: Path_, *, key: bool = False) -> tuple[int, int]:
        """Return the (line, column) of `path`, or of its nearest parent; of its key where `key` is asked."""
        while path:
            if key and path in self.key_positions:
                return self.key_positions[path]
            if path in self.positions:
                return self.positions[path]
            path = path[:-1]
        return self.positions.get((), (1, 1))

    def fault(self, path: Path_, message: str, *, key: bool = False) -> Fault:
        """Return a fault placed at `path`."""
        return Fault(self.file, *self.place(path, key=key), message)

    def fault_at(self, path: Path_, words: str, message: str) -> Fault:
        """Return a fault placed at `words` in the text at `path`, or at its beginning where they are not found there."""
        line, column = self.place(path)
        for number in range(line, min(line + MOST_LINES_OF_A_TEXT, len(self.lines) + 1)):
            at = self.lines[number - 1].find(words, column - 1 if number == line else 0)
            if at >= 0:
                return Fault(self.file, number, at + 1, message)
        return Fault(self.file, line, column, message)


def parse(raw: bytes, shown: str) -> Document:
    """Parse a file's bytes; every fault stands in the document's `faults`, and then its `data` may be partial."""
    document = Document(shown)
    if len(raw) > MOST_BYTES:
        message = say("files.folder.file_has_mb", size=len(raw) / 1e6, most_bytes=MOST_BYTES // 1024**2)
        document.faults.append(Fault(shown, 1, 1, message))
        return document
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        document.faults.append(Fault(shown, line, column, say("files.yaml_reader.this_is_not_utf_text")))
        return document
    document.modeline = "$schema" in text.partition("\n")[0]
    if _unprintable(text, document):
        return document
    # Line breaks to YAML 1.1 alone; no editor counts a line for them.
    text = _SURROGATES.sub(_joined, text.translate(_NO_BREAKS))
    document.lines = _BREAK.split(text)
    try:
        _Builder(document, yaml.parse(text, Loader=_Loader)).build()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark and mark.index < len(text) and _TOO_DEEP_FOR_PYYAML in str(error.problem):
            return parse(text[: mark.index].encode(), shown)  # our own limit is met there, long before its end
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        document.faults.append(Fault(shown, line, column, not_read(str(error.problem or error.context))))
    except yaml.YAMLError:
        message = say("files.yaml_reader.this_is_not_yaml_that_can")
        document.faults.append(Fault(shown, 1, 1, message))
    except _StopError:
        pass  # its fault is written already; what comes after is not read
    return document


_BREAK = re.compile(r"\r\n|\r|\n")
_NO_BREAKS = str.maketrans("\x85\u2028\u2029", "   ")
_SURROGATES = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
"""An emoji as JSON escapes it, in two halves; YAML knows it whole."""


def _joined(found: re.Match[str]) -> str:
    high, low = int(found[2], 16), int(found[3], 16)
    return f"{found[1]}\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08x}"


_BAD_CHARACTER = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _unprintable(text: str, document: Document) -> bool:
    """Report the first character that YAML forbids, such as the zero bytes of a binary file."""
    found = _BAD_CHARACTER.search(text)
    if found is None:
        return False
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    message = say("files.yaml_reader.character", code=ord(found.group()))
    document.faults.append(Fault(document.file, line, column, message))
    return True


class _StopError(Exception):
    """Nesting beyond MOST_DEPTH, more than MOST_VALUES or MOST_FAULTS: reading stops there."""


class _Builder:
    """Builds plain data and positions from parser events.

    Events rather than PyYAML's composer: its C code recurses without a limit and ends the process on deep nesting.
    """

    def __init__(self, document: Document, events: Iterator[Any]) -> None:
        self._document = document
        self._events = events
        self._values = 0

    def build(self) -> None:
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if self._document.positions:
                    self._fault(event, say("files.yaml_reader.one_document_file"))
                    return
                self._document.data = self._value(next(self._events), (), 0)

    def _fault(self, event: Any, message: str) -> None:
        mark = event.start_mark
        self._document.faults.append(Fault(self._document.file, mark.line + 1, mark.column + 1, message))
        if len(self._document.faults) >= MOST_FAULTS:
            raise _StopError

    def _value(self, event: Any, path: Path_, depth: int) -> Any:
        self._document.positions[path] = (event.start_mark.line + 1, event.start_mark.column + 1)
        self._values += 1
        if depth > MOST_DEPTH:
            self._fault(event, say("files.yaml_reader.lists_within_lists_go_too_deep"))
            raise _StopError
        if self._values > MOST_VALUES:
            self._fault(event, say("files.yaml_reader.file_has_more_than_entries", most_values=MOST_VALUES))
            raise _StopError
        if isinstance(event, yaml.AliasEvent):
            self._fault(event, say("files.yaml_reader.aliases_name_2"))
            return None
        if event.tag is not None and event.tag not in _TAGS[type(event)]:
            self._fault(event, say("files.yaml_reader.tag_is_not_used_here", tag=event.tag))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        return _scalar(event)

    def _sequence(self, path: Path_, depth: int) -> list[Any]:
        built: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            built.append(self._value(event, (*path, len(built)), depth + 1))
        return built

    def _mapping(self, path: Path_, depth: int) -> dict[str, Any]:
        built: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = event.value if isinstance(event, yaml.ScalarEvent) else None
            if key is None:
                self._fault(event, say("files.yaml_reader.key_must_be_plain_word"))
                self._value(event, (*path, "?"), depth + 1)
            elif key == "<<":
                self._fault(event, say("files.yaml_reader.merge_keys"))
            elif key in built:
                first = self._document.key_positions[*path, key][0]
                self._fault(event, say("files.yaml_reader.stands_twice", key=key, first=first))
            else:
                self._document.key_positions[*path, key] = (
                    event.start_mark.line + 1,
                    event.start_mark.column + 1,
                )
                built[key] = self._value(next(self._events), (*path, key), depth + 1)
                continue
            self._value(next(self._events), (*path, "?"), depth + 1)
        return built


_TAGS: dict[type, tuple[str, ...]] = {
    yaml.MappingStartEvent: (_STANDARD + "map", "!"),
    yaml.SequenceStartEvent: (_STANDARD + "seq", "!"),
    yaml.ScalarEvent: (_STANDARD + "str", "!"),
}


def _scalar(event: Any) -> Any:
    """Return what a plain scalar means in YAML 1.2, restricted to null, true, false, numbers and text."""
    text: str = as_kept(event.value)
    if event.style or event.tag is not None:
        return text
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text
