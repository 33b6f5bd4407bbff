"""From the files of `language/en/` to what is known of how people talk, with every fault at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, TypeVar

from pydantic import BaseModel, TypeAdapter

from bot.core.asking import Asking, Phrases, must_say_something
from bot.core.complaints import NO_COMPLAINTS, Complaints
from bot.core.first_words import FirstWords, written_out
from bot.core.following import Following
from bot.core.knowledge import schema
from bot.core.knowledge.folder import Folder
from bot.core.knowledge.validate import validate
from bot.core.knowledge.yaml_reader import Document, parse
from bot.core.language import Language, following_of
from bot.core.likely_wordings import Shapes
from bot.core.matching.themes import NO_THEMES, Themes
from bot.core.matching.weightless import ALL, MOST_IN_PHRASE, NAME, Spoken
from bot.core.text import clean, spoken, words
from bot.core.word_lists import WordLists
from bot.errors import ConfigError, Fault, KnowledgeError
from bot.sentences import say

WEIGHTLESS, FIRST_WORDS, ASKING, LIKELY_WORDINGS = "weightless", "first_words", "asking", "likely_wordings"
THEMES, WORDS, FOLLOWING, COMPLAINTS = "themes", "words", "following", "complaints"
_READ = (WEIGHTLESS, FIRST_WORDS, ASKING, LIKELY_WORDINGS, THEMES, WORDS, FOLLOWING, COMPLAINTS)
M = TypeVar("M")
NO_DOCUMENT = Document("", None, {})
MOST_LINES = 400
"""So many lines may one phrase stand for: more are a slip of the pen, and slow."""
Path: TypeAlias = tuple[str, ...]
"""Where a list stands in its file, key by key."""
_KINDS = ("anywhere", "opening", "closing", "called", "passing")


def load_language(files: Folder) -> Language:
    """Return what `files` say (see `read_language_files`).

    Raises ConfigError where one of them is missing, KnowledgeError with every fault.
    """
    faults = list(files.faults)
    for name, (shown, _) in files.single.items():
        if name not in _READ:
            faults.append(
                Fault(shown, 1, 1, say("files.language_loader.no_such_file_is_read_here", read=", ".join(_READ)))
            )
    for name in _READ:
        if name not in files.single and not faults:
            raise ConfigError(say("files.language_loader.yaml_is_missing", root=files.root, name=name))
    weightless, first_words, asking = _weightless(files, faults), _first_words(files, faults), _asking(files, faults)
    shapes, themes, lists = _shapes(files, faults), _themes(files, faults), _words(files, faults)
    following, complaints = _following(files, faults), _complaints(files, faults)
    if faults or weightless is None:
        raise KnowledgeError(faults)
    return Language(weightless, first_words, asking, shapes, themes, lists, following, complaints)


def _document(files: Folder, name: str) -> Document:
    """Return one file as it was parsed, NO_DOCUMENT where it is missing."""
    if name not in files.single:
        return NO_DOCUMENT
    shown, raw = files.single[name]
    return parse(raw, shown)


def _valid(document: Document, model: TypeAdapter[M], faults: list[Fault]) -> M | None:
    """Return what a file says; None where it is missing or faulty, which `faults` then tell."""
    if document is NO_DOCUMENT:
        return None
    valid = validate(model, document)
    faults += document.faults
    return valid


def _weightless(files: Folder, faults: list[Fault]) -> Spoken | None:
    document = _document(files, WEIGHTLESS)
    valid = _valid(document, schema.WEIGHTLESS, faults)
    if valid is None:
        return None
    lists = {kind: tuple(getattr(valid, kind)) for kind in _KINDS}
    faults += _misread(document, lists)
    return Spoken(**lists, names=(*valid.names, *valid.places))


def _first_words(files: Folder, faults: list[Fault]) -> tuple[FirstWords, ...]:
    document = _document(files, FIRST_WORDS)
    valid = _valid(document, schema.FIRST_WORDS, faults)
    kinds: dict[str, int] = {}
    for number, entry in enumerate(valid or ()):
        if entry.kind in kinds:
            faults.append(
                document.fault((number, "kind"), say("files.language_loader.kind_stands_twice", kind=entry.kind))
            )
        kinds[entry.kind] = number
        for i, phrase in enumerate(entry.when):
            try:
                lines = len(written_out(phrase))
            except ValueError:
                message = say("files.language_loader.may_stand_for_nothing_at_all", phrase=phrase)
                faults.append(document.fault((number, "when", i), message))
                continue
            if lines > MOST_LINES:
                message = say(
                    "files.language_loader.stands_for_lines", phrase=phrase, lines=lines, most_lines=MOST_LINES
                )
                faults.append(document.fault((number, "when", i), message))
    return tuple(FirstWords(e.kind, e.says, tuple(e.asks), e.silent, tuple(e.when)) for e in valid or ())


def _asking(files: Folder, faults: list[Fault]) -> Asking:
    document = _document(files, ASKING)
    valid = _valid(document, schema.ASKING, faults)
    if valid is None:
        return Asking()
    lists: dict[tuple[str | int, ...], list[str]] = {
        ("kinds", i, "when"): each.when for i, each in enumerate(valid.kinds)
    }
    lists |= {("kinds", i, "ends"): each.ends for i, each in enumerate(valid.kinds)} | {("passing",): valid.passing}
    seen: set[str] = set()
    for i, each in enumerate(valid.kinds):
        if each.kind in seen:
            faults.append(
                document.fault(("kinds", i, "kind"), say("files.language_loader.kind_stands_twice", kind=each.kind))
            )
        seen.add(each.kind)
    faults += _no_phrases(document, lists)
    return Asking(
        tuple(Phrases(each.kind, tuple(each.when), tuple(each.ends)) for each in valid.kinds),
        tuple(valid.passing),
        tuple(valid.turns),
        tuple(valid.says_nothing),
    )


def _shapes(files: Folder, faults: list[Fault]) -> Shapes:
    valid = _valid(_document(files, LIKELY_WORDINGS), schema.LIKELY_WORDINGS, faults)
    return Shapes() if valid is None else Shapes.from_data(valid.model_dump())


def _themes(files: Folder, faults: list[Fault]) -> Themes:
    document = _document(files, THEMES)
    valid = _valid(document, schema.THEMES, faults)
    if valid is None:
        return NO_THEMES
    faults += _no_words(document, ("small",), valid.small, ())
    faults += _no_words(document, ("elsewhere",), valid.elsewhere, valid.small)
    for i, theme in enumerate(valid.themes):
        faults += _no_words(document, ("themes", i, "about"), theme.about, ())
        faults += _no_words(document, ("themes", i, "also"), theme.also, theme.about)
    return Themes.from_data(valid.model_dump())


def _following(files: Folder, faults: list[Fault]) -> Following:
    document = _document(files, FOLLOWING)
    valid = _valid(document, schema.FOLLOWING, faults)
    if valid is None:
        return Following()
    phrases = ("another", "not_theirs", "why", "lacks", "has", "stays")
    faults += _no_phrases(document, {(name,): getattr(valid, name) for name in phrases})
    return following_of(valid.model_dump())


def _complaints(files: Folder, faults: list[Fault]) -> Complaints:
    document = _document(files, COMPLAINTS)
    valid = _valid(document, schema.COMPLAINTS, faults)
    if valid is None:
        return NO_COMPLAINTS
    reasoned = [name for name, each in type(valid).model_fields.items() if each.annotation == list[schema.ReasonEntry]]
    lists: dict[tuple[str | int, ...], list[str]] = {
        (name, i, "say"): each.say for name in reasoned for i, each in enumerate(getattr(valid, name))
    }
    lists |= {(name,): said for name, said in _lists_of_phrases(valid)}
    lists |= {("signs", name): said for name, said in _lists_of_phrases(valid.signs)}
    faults += _no_phrases(document, lists)
    data = valid.model_dump()
    said = {name: [entry for reason in data[name] for entry in reason["say"]] for name in reasoned}
    return Complaints.from_data(data | said)


def _lists_of_phrases(valid: BaseModel) -> Iterator[tuple[str, list[str]]]:
    for name, each in type(valid).model_fields.items():
        if each.annotation == list[schema.Phrase]:
            yield name, getattr(valid, name)


def _no_phrases(document: Document, lists: Mapping[tuple[str | int, ...], Sequence[str]]) -> Iterator[Fault]:
    """Yield the phrases that may stand for nothing at all."""
    for place, phrases in lists.items():
        for i, phrase in enumerate(phrases):
            try:
                must_say_something(phrase)
            except ValueError as error:
                yield document.fault(
                    (*place, i), say("files.language_loader.leave_one_of_its_words_without", error=error)
                )


def _no_words(
    document: Document, place: tuple[str | int, ...], entries: Sequence[str], before: Sequence[str]
) -> Iterator[Fault]:
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


def _words(files: Folder, faults: list[Fault]) -> WordLists:
    document = _document(files, WORDS)
    valid = _valid(document, schema.WORDS, faults)
    if valid is None:
        return WordLists()
    data = valid.model_dump()
    lists: dict[Path, list[str]] = {("conditions", name): entries for name, entries in data["conditions"].items()}
    lists |= {(name,): entries for name, entries in data.items() if name != "conditions"}
    faults += _twice(document, lists)
    return WordLists.from_data(data)


def _twice(document: Document, lists: Mapping[Path, Sequence[str]]) -> Iterator[Fault]:
    """Yield what stands twice in one list, or has capitals that no message keeps."""
    for place, entries in lists.items():
        seen: set[str] = set()
        for i, entry in enumerate(entries):
            if entry in seen:
                yield document.fault((*place, i), say("files.language_loader.stands_twice_here", entry=entry))
            elif entry != entry.lower():
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
