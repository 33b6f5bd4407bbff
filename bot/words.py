"""The words that the bot reads with, as data that comes with the project: `knowledge/language/en/`.

Here stand the files of `OWN`, which the code reads once, as it is imported. Never one of a `--knowledge` folder: the safety gate
reads with them too. `legpress check` holds each against its shape; here only what is no YAML at all is told, at its place.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from bot.errors import Fault, KnowledgeError
from bot.private_files import SealedFolder
from bot.sentences import plain_yaml, say

LANGUAGE = "en"
FITTED_WITH = ("spelling", "ordinary", "synonyms")
"""Those that the matching is fitted with, and the gate as well."""
GATES = (*FITTED_WITH, "gate_words")
"""Those that the safety gate's small model is fitted with."""
OWN = (*FITTED_WITH, "question_words", "privacy_words", "follow_ups", "writing", "measures", "gate_words")
_MOST_SHIPPED = 24
_SHIPPED = SealedFolder(Path(__file__).parent / "_state", "state 1", _MOST_SHIPPED, part_of_program=True)


def shipped_knowledge() -> Path:
    """Return the knowledge that comes with the project: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent
    packaged = package / "_knowledge"
    return packaged if packaged.is_dir() else package.parent / "knowledge"


def words_of(name: str) -> Mapping[str, Any]:
    """Return what a file of `OWN` holds; who asks keeps it, as its own values. Raises KnowledgeError where it cannot be read."""
    found: Mapping[str, Any] = _all().pop(name, None) or _parsed(path_of(name))
    return found


@cache
def fingerprint(names: Iterable[str] = FITTED_WITH) -> str:
    """Return a hash (hex) of files of `OWN`: what is fitted with these words is fitted anew with others."""
    digest = hashlib.sha256()
    for name in names:
        raw = _raw(path_of(name))
        digest.update(f"{name}/{len(raw)}\n".encode())
        digest.update(raw)
    return digest.hexdigest()


@cache
def is_shipped() -> bool:
    """Say whether the words are those that were read and checked when the program was made: nobody has changed a file since."""
    return _SHIPPED.get(_key()) is not None


def to_ship() -> tuple[str, bytes]:
    """Return all words as a start reads them fastest, with a key that the files' texts make."""
    return _key(), json.dumps(_read(), ensure_ascii=False, separators=(",", ":")).encode()


@cache
def _all() -> dict[str, Any]:
    """Return all that is not asked for yet, by its file's name."""
    shipped = _SHIPPED.get(_key())
    found: dict[str, Any] = json.loads(shipped) if shipped is not None else _read()
    return found


def _key() -> str:
    return f"words-{LANGUAGE}-{fingerprint(OWN)}"


def _read() -> dict[str, Any]:
    return {name: _parsed(path_of(name)) for name in OWN}


def _parsed(path: Path) -> Any:
    """Return what a file says, all of it as text, lists and mappings. Raises KnowledgeError where it is no YAML, or no mapping."""
    raw = _raw(path)
    try:
        found = plain_yaml(raw, str(path), "BaseLoader")
    except KnowledgeError as error:
        raise KnowledgeError([replace(fault, message=not_read(fault.message)) for fault in error.faults]) from error
    if not isinstance(found, dict):
        raise KnowledgeError([Fault(str(path), 1, 1, say("files.words.no_mapping"))])
    return found


def _raw(path: Path) -> bytes:
    """Return what a file holds. Raises KnowledgeError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        message = say("files.words.not_there", reason=error.strerror)
        raise KnowledgeError([Fault(str(path), 1, 1, message)]) from None


def path_of(name: str) -> Path:
    """Return where a file of `OWN` stands."""
    return shipped_knowledge() / "language" / LANGUAGE / f"{name}.yaml"


def not_read(problem: str) -> str:
    """Return a parser's complaint with what to do about it."""
    hints = (
        ("mapping values are not allowed", say("files.yaml_reader.put_quotes_round_text_that_contains")),
        (
            "could not find expected ':'",
            say("files.yaml_reader.write_key"),
        ),
        (
            "cannot start any token",
            say("files.yaml_reader.put_quotes_round_text_that_starts"),
        ),
        ("found undefined alias", say("files.yaml_reader.aliases_name")),
        ("found unexpected end of stream", "a quote or bracket that was opened is not closed"),
        ("expected a single document", say("files.yaml_reader.one_document_file")),
        ("but found another document", say("files.yaml_reader.one_document_file")),
        (
            "expected <block end>",
            say("files.yaml_reader.check_indentation"),
        ),
        ("did not find expected", say("files.yaml_reader.check_indentation_and_quotes_around_here")),
    )
    advice = next(
        (advice for fragment, advice in hints if fragment in problem),
        say("files.yaml_reader.check_indentation_and_quotes_here"),
    )
    return say("files.yaml_reader.not_read", problem=problem, advice=advice)
