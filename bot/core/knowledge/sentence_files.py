"""Holding the files of what the bot says against what each must be: every fault at its line and column."""

import string
from collections.abc import Iterator

from bot.core.knowledge.folder import Folder
from bot.core.knowledge.yaml_reader import Document, parse
from bot.errors import Fault
from bot.sentences import LANGUAGE, say

_FORMS = "rsa"
"""How what fills a gap may be written: as `repr`, `str` or `ascii` do."""


def faults_of_sentences(files: Folder) -> list[Fault]:
    """Return what is wrong with `files` (see `read_sentence_files`), those of another language beside the English ones."""
    faults = list(files.faults)
    documents = {name: parse(raw, shown) for name, (shown, raw) in files.single.items()}
    for document in documents.values():
        faults += document.faults or _faults(document)
    if not faults:
        for name, document in documents.items():
            language, _, surface = name.partition("/")
            if language != LANGUAGE and (english := documents.get(f"{LANGUAGE}/{surface}")) is not None:
                faults += _differences(document, english)
    return faults


def _faults(document: Document) -> Iterator[Fault]:
    if not isinstance(document.data, dict):
        yield document.fault((), say("files.sentence_files.no_parts"))
        return
    for part, within in document.data.items():
        if not isinstance(within, dict):
            yield document.fault((part,), say("files.sentence_files.no_part", part=part))
            continue
        for name, text in within.items():
            if not f"{name}".isidentifier():
                yield document.fault((part, name), say("files.sentence_files.no_name", name=name), key=True)
            if not isinstance(text, str) or not text.strip():
                yield document.fault((part, name), say("files.sentence_files.no_text", name=name))
            elif wrong := _wrong_gap(text):
                yield document.fault((part, name), say("files.sentence_files.no_gap", name=name, wrong=wrong))


def _wrong_gap(text: str) -> str:
    """Return what is wrong with the gaps of a sentence; "" for nothing."""
    try:
        gaps = [(name, form) for _, name, _, form in string.Formatter().parse(text) if name is not None]
    except ValueError as error:
        return f"{error}"
    return next((f"{{{name}}}" for name, form in gaps if not name.isidentifier() or (form or "r") not in _FORMS), "")


def _differences(theirs: Document, english: Document) -> Iterator[Fault]:
    """Yield which sentences of another language are missing or nobody says, and which fill other gaps."""
    for part, within in english.data.items():
        for name, text in within.items():
            said = theirs.data.get(part, {}).get(name)
            if said is None:
                yield theirs.fault((part,), say("files.sentence_files.is_missing", part=part, name=name, text=text))
            elif _gaps(said) != _gaps(text):
                gaps = ", ".join(sorted(_gaps(text))) or "none"
                yield theirs.fault((part, name), say("files.sentence_files.other_gaps", name=name, gaps=gaps))
    for part, within in theirs.data.items():
        for name in within:
            if name not in english.data.get(part, {}):
                yield theirs.fault((part, name), say("files.sentence_files.nobody_says", name=name), key=True)


def _gaps(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
