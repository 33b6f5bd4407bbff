"""From the safety gate's files to its rules: one set of data in several files, validated as a whole."""

from dataclasses import dataclass, field

from pydantic import TypeAdapter

from bot.core.knowledge.folder import Folder
from bot.core.knowledge.validate import validate
from bot.core.knowledge.yaml_reader import Document, Path_, parse
from bot.core.safety import SafetyRules
from bot.core.safety.schema import SafetyModel
from bot.errors import Fault, KnowledgeError
from bot.sentences import say

SAFETY = TypeAdapter(SafetyModel)


@dataclass(slots=True)
class _Merged(Document):
    """Several documents as one; a fault is placed in the document that its entry came from."""

    parts: dict[Path_, tuple[Document, Path_]] = field(default_factory=dict)

    def fault(self, path: Path_, message: str, *, key: bool = False) -> Fault:
        part, own = self.parts.get(path[:2], (None, ()))
        if part is None:
            return Fault(self.file, 1, 1, message)
        return part.fault((*own, *path[2:]), message, key=key)


def load_safety(files: Folder) -> SafetyRules:
    """Return the rules that `files` hold (see `read_safety_files`). Raises KnowledgeError with every fault."""
    merged = _Merged(next(iter(files.single.values()))[0] if files.single else files.root, data={})
    merged.faults.extend(files.faults)
    for shown, raw in files.single.values():
        document = parse(raw, shown)
        merged.faults.extend(document.faults)
        _merge(document, merged)
    valid = validate(SAFETY, merged)
    if valid is None:
        raise KnowledgeError(merged.faults)
    return SafetyRules.from_data(valid.model_dump(mode="json", by_alias=True))


def _merge(document: Document, merged: _Merged) -> None:
    if not isinstance(document.data, dict):
        merged.faults.append(document.fault((), say("files.safety_loader.safety_file_holds_key")))
        return
    for key, value in document.data.items():
        merged.parts.setdefault((key,), (document, (key,)))
        held = merged.data.setdefault(key, type(value)())
        if isinstance(value, dict) and isinstance(held, dict):
            for name, entry in value.items():
                if name in held:
                    merged.faults.append(
                        document.fault(
                            (key, name), say("files.safety_loader.stands_in_another_file_too", name=name), key=True
                        )
                    )
                    continue
                held[name] = entry
                merged.parts[key, name] = (document, (key, name))
        elif isinstance(value, list) and isinstance(held, list):
            for i, entry in enumerate(value):
                merged.parts[key, len(held)] = (document, (key, i))
                held.append(entry)
        elif held != value:
            merged.faults.append(
                document.fault((key,), say("files.safety_loader.stands_in_another_file_too_2", key=key), key=True)
            )
