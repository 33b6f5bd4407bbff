"""From the files of `language/en/` to what is known of how people talk, with every fault at once."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from bot.core.asking import must_say_something
from bot.core.first_words import written_out
from bot.core.from_plain import value_of
from bot.core.knowledge.folder import Folder
from bot.core.knowledge.language_schema import FILES
from bot.core.knowledge.validate import validate
from bot.core.knowledge.yaml_reader import Document, parse
from bot.core.language import Language
from bot.core.matching.weightless import ALL, MOST_IN_PHRASE, NAME
from bot.core.text import clean, spoken, words
from bot.errors import ConfigError, Fault, KnowledgeError
from bot.sentences import say

MOST_LINES = 400
"""So many lines may one phrase stand for: more are a slip of the pen, and slow."""
_SIGN = re.compile(r"\\.")
"""A sign of a small pattern, such as "\\S": no capital of a word."""
Place: TypeAlias = tuple[str | int, ...]
"""Where a list or an entry stands in its file, key by key."""
_KINDS = ("anywhere", "opening", "closing", "called", "passing")


def load_language(files: Folder) -> Language:
    """Return what `files` say (see `read_language_files`).

    Raises ConfigError where one of them is missing, KnowledgeError with every fault.
    """
    faults = list(files.faults)
    for name, (shown, _) in files.single.items():
        if name not in FILES:
            faults.append(
                Fault(shown, 1, 1, say("files.language_loader.no_such_file_is_read_here", read=", ".join(FILES)))
            )
    for name in FILES:
        if name not in files.single and not faults:
            raise ConfigError(say("files.language_loader.yaml_is_missing", root=files.root, name=name))
    found = {
        name: _valid(parse(raw, shown), name, faults) for name, (shown, raw) in files.single.items() if name in FILES
    }
    if faults:
        raise KnowledgeError(faults)
    shapes = found.pop("likely_wordings")
    said = {
        name: [each for reason in reasons for each in reason["say"]] for name, reasons in _reasoned(found["complaints"])
    }
    return value_of(Language, found | {"shapes": shapes, "complaints": found["complaints"] | said})


def _valid(document: Document, name: str, faults: list[Fault]) -> Any:
    """Return what a file says as plain data; None where it is faulty, which `faults` then tell."""
    shape = FILES[name][0]
    valid = validate(shape, document)
    faults += document.faults
    if valid is None:
        return None
    said = shape.dump_python(valid)
    faults += _CHECKS[name](document, said) if name in _CHECKS else ()
    return said


def _reasoned(said: Mapping[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the lists whose entries stand under a reason each, by their names."""
    return [(name, each) for name, each in said.items() if isinstance(each, list) and isinstance(each[0], dict)]


def _weightless(document: Document, said: Mapping[str, Any]) -> Iterator[Fault]:
    yield from _misread(document, {kind: said[kind] for kind in _KINDS})


def _first_words(document: Document, said: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    for number, entry in enumerate(said):
        for i, phrase in enumerate(entry["when"]):
            place = (number, "when", i)
            try:
                lines = len(written_out(phrase))
            except ValueError:
                yield document.fault(place, say("files.language_loader.may_stand_for_nothing_at_all", phrase=phrase))
                continue
            if lines > MOST_LINES:
                message = say(
                    "files.language_loader.stands_for_lines", phrase=phrase, lines=lines, most_lines=MOST_LINES
                )
                yield document.fault(place, message)
    yield from _kinds_twice(document, (), said)


def _kinds_twice(document: Document, place: Place, entries: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    """Yield the kinds that another entry has already."""
    seen: set[str] = set()
    for i, entry in enumerate(entries):
        if entry["kind"] in seen:
            message = say("files.language_loader.kind_stands_twice", kind=entry["kind"])
            yield document.fault((*place, i, "kind"), message)
        seen.add(entry["kind"])


def _asking(document: Document, said: Mapping[str, Any]) -> Iterator[Fault]:
    yield from _kinds_twice(document, ("kinds",), said["kinds"])
    yield from _no_phrases(document, said)


def _themes(document: Document, said: Mapping[str, Any]) -> Iterator[Fault]:
    yield from _no_words(document, ("small",), said["small"], ())
    yield from _no_words(document, ("elsewhere",), said["elsewhere"], said["small"])
    for i, theme in enumerate(said["themes"]):
        yield from _no_words(document, ("themes", i, "about"), theme["about"], ())
        yield from _no_words(document, ("themes", i, "also"), theme["also"], theme["about"])


def _no_phrases(document: Document, said: Any, place: Place = ()) -> Iterator[Fault]:
    """Yield the phrases that may stand for nothing at all, however deep within a file's lists they stand."""
    if isinstance(said, str):
        try:
            must_say_something(said)
        except ValueError as error:
            yield document.fault(place, f"{error}")
    elif not isinstance(said, float):  # a weight
        for key, each in said.items() if isinstance(said, Mapping) else enumerate(said):
            yield from _no_phrases(document, each, (*place, key))


def _no_words(document: Document, place: Place, entries: Sequence[str], before: Sequence[str]) -> Iterator[Fault]:
    """Yield what is not one word as it is read, or stands twice."""
    for i, entry in enumerate(entries):
        if words(clean(entry)) != [entry]:
            yield document.fault(
                (*place, i), say("files.language_loader.is_not_one_word_as_it", entry=entry, as_read=_as_read(entry))
            )
        elif entry in (*before, *entries[:i]):
            yield document.fault((*place, i), say("files.language_loader.stands_twice_here", entry=entry))


def _as_read(entry: str) -> str:
    read = words(clean(entry))
    return " and ".join(f"'{word}'" for word in read) if read else "a word"


def _each_once(document: Document, said: Any, place: Place = ()) -> Iterator[Fault]:
    """Yield what stands twice in one list, or has capitals that no message keeps, however deep within a file the list stands."""
    if isinstance(said, list) and all(isinstance(each, str) for each in said):
        yield from _twice(document, place, said)
    elif not isinstance(said, str):
        for key, each in said.items() if isinstance(said, Mapping) else enumerate(said):
            yield from _each_once(document, each, (*place, key))


def _twice(document: Document, place: Place, entries: Sequence[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for i, entry in enumerate(entries):
        if entry in seen:
            yield document.fault((*place, i), say("files.language_loader.stands_twice_here", entry=entry))
        elif (plain := _SIGN.sub("", entry)) != plain.lower():
            yield document.fault((*place, i), say("files.language_loader.has_capitals", entry=entry))
        seen.add(entry)


def _misread(document: Document, lists: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """Yield what no message could match, or what stands twice."""
    for kind, entries in lists.items():
        seen: dict[str, int] = {}
        for i, entry in enumerate(entries):
            plain = " ".join(entry.split())
            tokens = plain.strip(", ").split()
            if plain in seen:
                yield document.fault((kind, i), say("files.language_loader.stands_twice_here", entry=entry))
            elif not tokens or all(token == NAME for token in tokens):
                yield document.fault((kind, i), say("files.language_loader.names_no_word", entry=entry))
            elif _lowered(tokens) != tokens:
                yield document.fault(
                    (kind, i), say("files.language_loader.has_capitals_2", entry=entry, name=NAME, all=ALL)
                )
            elif sum(len(spoken(token)) or 1 for token in tokens) > MOST_IN_PHRASE:
                yield document.fault(
                    (kind, i), say("files.language_loader.is_too_long", entry=entry, most_in_phrase=MOST_IN_PHRASE)
                )
            seen.setdefault(plain, i)


def _lowered(tokens: Sequence[str]) -> list[str]:
    return [token if token in {NAME, ALL} else token.lower() for token in tokens]


_CHECKS: dict[str, Callable[[Document, Any], Iterator[Fault]]] = {
    "weightless": _weightless,
    "first_words": _first_words,
    "asking": _asking,
    "themes": _themes,
    "words": _each_once,
    "spelling": _each_once,
    "ordinary": _each_once,
    "synonyms": _each_once,
    "privacy_words": _each_once,
    "gate_words": _each_once,
    "measures": _each_once,
    "writing": _each_once,
    "follow_ups": _each_once,
    "question_words": _each_once,
    "following": _no_phrases,
    "complaints": _no_phrases,
}
"""What is wrong with a file beside its shape."""
