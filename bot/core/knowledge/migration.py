"""Moving the wordings out of claims/<topic>.yaml into questions/<topic>.yaml, as text: comments and quotes stay as they are."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.core.knowledge.folder import CLAIMS, QUESTIONS, Folder
from bot.core.knowledge.wordings import WORDINGS
from bot.core.knowledge.yaml_reader import Document, parse
from bot.core.yaml_text import dump

MODELINE = "# yaml-language-server: $schema=../schema/questions.json"
_INDENT = 2
"""Columns before `questions:` in the new file, under the claim's id."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A file to be written, as it will be, and how many wordings come into it (0 for a claims file)."""

    path: Path
    text: str
    wordings: int = 0


def migrated(folder: Folder) -> list[Moved]:
    """Return the files of a valid folder that a migration changes: first those that receive wordings, then those that lose them.

    Written in this order, a crash between two of them leaves wordings in both files, which is valid and is told.
    """
    receiving: list[Moved] = []
    losing: list[Moved] = []
    for topic, (shown, raw) in folder.claims.items():
        document = parse(raw, shown)
        moving = [
            (i, entry)
            for i, entry in enumerate(document.data or [])
            if "replaced_by" not in entry and any(name in entry for name in WORDINGS)
        ]
        if not moving:
            continue
        target, held = folder.questions.get(topic, (str(Path(folder.root) / QUESTIONS / f"{topic}.yaml"), b""))
        beside = parse(held, target)
        text = _received(document, moving, beside, held)
        receiving.append(
            Moved(Path(target), text, sum(len(entry.get(name, ())) for _, entry in moving for name in WORDINGS))
        )
        losing.append(Moved(Path(folder.root) / CLAIMS / Path(shown).name, _left(document, moving)))
    return [*receiving, *losing]


def with_files(folder: Folder, moved: Iterable[Moved]) -> Folder:
    """Return a folder as it will be when `moved` is written."""
    claims, questions = dict(folder.claims), dict(folder.questions)
    for each in moved:
        files = claims if each.path.parent.name == CLAIMS else questions
        files[each.path.stem] = (str(each.path), each.text.encode())
    return replace(folder, claims=claims, questions=questions)


def _received(document: Document, moving: list[tuple[int, dict[str, Any]]], beside: Document, held: bytes) -> str:
    """Return the text of questions/<topic>.yaml with the wordings that move into it."""
    known: dict[str, Any] = beside.data or {}
    if any(entry["id"] in known for _, entry in moving):
        return _merged(document, moving, beside)
    lines = list(beside.lines) if held else [MODELINE]
    while not lines[-1].strip():
        lines.pop()
    for i, entry in moving:
        lines += [f"{entry['id']}:"] if len(lines) == 1 else ["", f"{entry['id']}:"]
        for name in WORDINGS:
            if name in entry:
                lines += _block_of(document, i, name) if _is_block(document, i) else _dumped({name: entry[name]})
    return "\n".join(lines) + "\n"


def _merged(document: Document, moving: list[tuple[int, dict[str, Any]]], beside: Document) -> str:
    """Return a file that holds wordings of some of these claims already, written anew: what was there first, each once."""
    whole: dict[str, dict[str, list[str]]] = {name: dict(held) for name, held in (beside.data or {}).items()}
    for _, entry in moving:
        held = whole.setdefault(entry["id"], {})
        for name in WORDINGS:
            if name in entry:
                there = held.get(name, [])
                held[name] = [*there, *(each for each in entry[name] if each not in there)]
    comments = [line for line in (*beside.lines, *_comments(document, moving)) if line.lstrip().startswith("#")]
    head = list(dict.fromkeys(line.strip() for line in comments)) or [MODELINE]
    return "\n".join(head) + "\n" + dump(whole)


def _comments(document: Document, moving: list[tuple[int, dict[str, Any]]]) -> Iterator[str]:
    for i, entry in moving:
        if _is_block(document, i):
            yield from (line for name in WORDINGS if name in entry for line in _block_of(document, i, name))


def _left(document: Document, moving: list[tuple[int, dict[str, Any]]]) -> str:
    """Return the text of claims/<topic>.yaml without the wordings that moved."""
    if not all(_is_block(document, i) for i, _ in moving):
        going = {i for i, _ in moving}
        rest = [
            {key: value for key, value in entry.items() if i not in going or key not in WORDINGS}
            for i, entry in enumerate(document.data)
        ]
        comments = [line.strip() for line in document.lines if line.lstrip().startswith("#")]
        return "".join(f"{line}\n" for line in comments) + dump(rest)
    lines: list[str | None] = list(document.lines)
    for i, entry in moving:
        for name in WORDINGS:
            if name not in entry:
                continue
            first, last = _span(document, i, name)
            before = document.lines[first][: _column(document, i, name)]
            for number in range(first, last):
                lines[number] = None
            if "-" in before:  # the dash of the entry stood before it: the next line that is left takes it
                after = next(n for n in range(last, len(lines)) if (line := lines[n]) is not None and line.strip())
                rest_of_line = lines[after] or ""
                lines[after] = before + rest_of_line[len(before) :]
                document.lines[after] = lines[after] or ""
    return "\n".join(line for line in lines if line is not None)


def _is_block(document: Document, i: int) -> bool:
    """Say whether each field of an entry stands on a line of its own, so that lines can be moved."""
    for key in document.data[i]:
        line, column = document.place((i, key), key=True)
        if not re.fullmatch(r"\s*(-\s+)?", document.lines[line - 1][: column - 1]):
            return False
    return True


def _column(document: Document, i: int, name: str) -> int:
    return document.place((i, name), key=True)[1] - 1


def _span(document: Document, i: int, name: str) -> tuple[int, int]:
    """Return the first line (from 0) of a field and the one after its last; comments before the next field stay with that."""
    first = document.place((i, name), key=True)[0] - 1
    starts = [document.place((i, key), key=True)[0] - 1 for key in document.data[i]]
    if i + 1 < len(document.data):
        starts.append(document.place((i + 1,))[0] - 1)
    last = min((start for start in starts if start > first), default=len(document.lines))
    column = _column(document, i, name)
    while last > first + 1 and _belongs_to_next(document.lines[last - 1], column):
        last -= 1
    return first, last


def _belongs_to_next(line: str, column: int) -> bool:
    bare = line.strip()
    outside = len(line) - len(line.lstrip()) <= column
    return not bare or bare == "-" or (bare.startswith("#") and outside)


def _block_of(document: Document, i: int, name: str) -> list[str]:
    """Return a field's lines as they stand in the new file: shifted, and otherwise untouched."""
    first, last = _span(document, i, name)
    column = _column(document, i, name)
    head = " " * column + document.lines[first][column:]
    return [_shifted(line, _INDENT - column) for line in (head, *document.lines[first + 1 : last])]


def _shifted(line: str, by: int) -> str:
    if by >= 0:
        return " " * by + line if line.strip() else line
    return line[min(-by, len(line) - len(line.lstrip(" "))) :]


def _dumped(fields: Mapping[str, Any]) -> list[str]:
    return [" " * _INDENT + line for line in dump(fields).splitlines()]
