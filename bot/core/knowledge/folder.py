"""A knowledge folder's files as bytes: the only place of the core that reads from disk."""

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import ConfigError, Fault, KnowledgeError
from bot.sentences import say

SINGLE_FILES = ("topics", "sources", "vocabulary", "out_of_scope", "checklist", "conditions", "exercises")
"""The optional files beside claims/; their names without ending."""

CLAIMS, QUESTIONS = "claims", "questions"
"""The folders with one file a topic: the claims, and beside them the wordings in which people ask about them."""

LANGUAGE = "language/en"
"""The folder with how people talk to the bot; read below the project's own knowledge alone."""

ENDINGS = (".yaml", ".yml")

_OTHER_NAMES = {
    "synonyms": "vocabulary",
    "words": "vocabulary",
    "topic": "topics",
    "source": "sources",
    "outofscope": "out_of_scope",
}
_READ_ELSEWHERE = frozenset({"safety"})
"""Files of this folder that are not knowledge: the stop rule's."""

MOST_BYTES = 4 * 1024 * 1024
"""The shipped knowledge is well under one megabyte; a file over four is no file that a person wrote."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The bytes of a knowledge folder: claims and their wordings by topic, the single files by name; each with its path."""

    root: str
    claims: Mapping[str, tuple[str, bytes]]
    single: Mapping[str, tuple[str, bytes]]
    faults: tuple[Fault, ...] = ()
    left_out: tuple[Fault, ...] = ()
    """Files that look like knowledge and are not read, with the name that each should have."""
    questions: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(len(raw) for files in (self.claims, self.single, self.questions) for _, raw in files.values())

    def fingerprint(self) -> str:
        """Return a hash (hex) of all names and contents."""
        digest = hashlib.sha256()
        for kind, files in (("claims", self.claims), ("single", self.single), ("questions", self.questions)):
            for name, (_, raw) in files.items():
                digest.update(f"{kind}/{name}/{len(raw)}\n".encode())
                digest.update(raw)
        return digest.hexdigest()


def read_folder(root: Path) -> Folder:
    """Read every knowledge file below `root`.

    Raises ConfigError where `root` or its `claims` folder is missing; files that cannot be read become faults.
    """
    if not root.is_dir():
        raise ConfigError(say("files.folder.there_is_no_knowledge_folder_at", root=root))
    claims_folder = root / CLAIMS
    if not claims_folder.is_dir():
        raise ConfigError(say("files.folder.folder_has_no_folder_claims", root=root))
    faults: list[Fault] = []
    claims = _read(sorted(_yaml_files(claims_folder)), faults)
    single = _read(sorted(path for path in _yaml_files(root) if path.stem in SINGLE_FILES), faults)
    questions_folder = root / QUESTIONS
    questions = _read(sorted(_yaml_files(questions_folder)), faults) if questions_folder.is_dir() else {}
    return Folder(str(root), claims, single, tuple(faults), tuple(_left_out(root)), questions)


def signature(root: Path) -> tuple[tuple[str, int, int], ...]:
    """Return name, time of change (ns) and size of each knowledge file: cheap to compare, changes when a file does."""
    return _signature((root, root / CLAIMS, root / QUESTIONS))


def signature_of_program(root: Path) -> tuple[tuple[str, int, int], ...]:
    """Return the same of the files that always come with the project: the safety gate's, and how people talk."""
    return _signature((root, *_safety_folders(root), root / LANGUAGE))


def _safety_folders(root: Path) -> list[Path]:
    safety = root / "safety"
    if not safety.is_dir():
        return []
    return [safety, *sorted(path for path in safety.iterdir() if path.is_dir())]


def _signature(folders: Iterable[Path]) -> tuple[tuple[str, int, int], ...]:
    found: list[tuple[str, int, int]] = []
    for folder in folders:
        with contextlib.suppress(OSError):
            for path in _yaml_files(folder):
                with contextlib.suppress(OSError):
                    status = path.stat()
                    found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))


def read_safety_files(root: Path) -> Folder:
    """Read the safety gate's data: `safety.yaml` and the files of `safety/` and its folders below the project's own knowledge.

    Raises ConfigError where there is none: the bot does not start without its gate.
    """
    faults: list[Fault] = []
    paths = [path for path in _yaml_files(root) if path.stem == "safety"] if root.is_dir() else []
    if not paths:
        raise ConfigError(say("files.folder.safety_gates_data_is_missing_at", root=root))
    single = _read(paths, faults)
    for folder in _safety_folders(root):
        within = folder.relative_to(root).as_posix()
        found = _read(sorted(_yaml_files(folder)), faults)
        single.update((f"{within}/{stem}", file) for stem, file in found.items())
    return Folder(str(root), {}, single, tuple(faults))


def read_language_files(root: Path) -> Folder:
    """Read how people talk: the files of `language/en/` below the project's own knowledge; none where there is no such folder."""
    faults: list[Fault] = []
    folder = root / LANGUAGE
    found = _read(sorted(_yaml_files(folder)), faults) if folder.is_dir() else {}
    return Folder(str(folder), {}, found, tuple(faults))


def read_sentence_files(root: Path) -> Folder:
    """Read what the bot says: each surface of each language below `root`, as "en/card"."""
    faults: list[Fault] = []
    found: dict[str, tuple[str, bytes]] = {}
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        found.update(
            (f"{folder.name}/{stem}", file) for stem, file in _read(sorted(_yaml_files(folder)), faults).items()
        )
    return Folder(str(root), {}, found, tuple(faults))


def _left_out(root: Path) -> Iterator[Fault]:
    """Yield a fault for each file that looks like knowledge and would not be read, with the name that it should have."""
    for path in sorted(root.iterdir()):
        if path.name.startswith(".") or path.suffix.lower() not in ENDINGS or not path.is_file():
            continue
        name = path.stem.lower().replace("-", "_").replace(" ", "_")
        right = _OTHER_NAMES.get(name, name)
        if right in SINGLE_FILES and (path.stem != right or path.suffix not in ENDINGS):
            yield Fault(str(path), 1, 1, say("files.folder.wrong_ending", right=right))
        elif right not in SINGLE_FILES and path.stem not in _READ_ELSEWHERE:
            known = ", ".join(f"{each}.yaml" for each in SINGLE_FILES)
            yield Fault(str(path), 1, 1, say("files.folder.no_such_file_is_read_here", known=known))
    for folder in (root / CLAIMS, root / QUESTIONS):
        yield from _left_out_of(folder)


def _left_out_of(folder: Path) -> Iterator[Fault]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if hidden or path.suffix.lower() not in ENDINGS or not path.is_file():
            continue
        if path.parent != folder:
            name = folder.name
            yield Fault(str(path), 1, 1, say("files.folder.folders_within_are_not_read", name=name))
        elif path.suffix not in ENDINGS:
            yield Fault(str(path), 1, 1, say("files.folder.wrong_ending_within", stem=path.stem))


def _yaml_files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.iterdir() if path.suffix in ENDINGS and not path.name.startswith("."))


def _read(paths: list[Path], faults: list[Fault]) -> dict[str, tuple[str, bytes]]:
    read: dict[str, tuple[str, bytes]] = {}
    for path in paths:
        shown = str(path)
        if path.stem in read:
            faults.append(Fault(shown, 1, 1, say("files.folder.has_two_files", stem=path.stem)))
            continue
        try:
            read[path.stem] = (shown, _read_bytes(path, shown))
        except KnowledgeError as error:
            faults.extend(error.faults)
    return read


def _read_bytes(path: Path, shown: str) -> bytes:
    """Return a file's bytes.

    Raises KnowledgeError where the file cannot be read or is larger than MOST_BYTES.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            message = say("files.folder.file_has_mb", size=size / 1e6, most_bytes=MOST_BYTES // 1024**2)
            raise KnowledgeError([Fault(shown, 1, 1, message)])
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        message = say("files.folder.file_cannot_be_read", reason=reason)
        raise KnowledgeError([Fault(shown, 1, 1, message)]) from error
