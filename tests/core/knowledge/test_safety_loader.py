"""The safety gate's files as one set of data: a name that leads nowhere is told where it stands, whichever file that is."""

import re
from dataclasses import replace

import pytest

from bot.core.knowledge.folder import read_safety_files
from bot.core.knowledge.safety_loader import load_safety
from bot.errors import KnowledgeError
from bot.words import shipped_knowledge

FILES = read_safety_files(shipped_knowledge())


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("safety/flags/circulation.yaml", r"near: \[\w+", "near: [NOSUCH", "no concept is called NOSUCH; add it"),
        ("safety/flags/head.yaml", r"id: \w+", "id: R17", "the rule R17 stands twice; keep one"),
        ("safety/languages/es.yaml", r"all: \[\w+", "all: [NOSUCH", "no class of Spanish is called NOSUCH; add it"),
        ("safety/languages/es.yaml", r"flag: \w+", "flag: R999", "an alarm in Spanish is R999, which is no rule; use"),
    ],
)
def test_a_name_that_leads_nowhere_is_told_at_its_place(file: str, old: str, new: str, fault: str) -> None:
    [held] = [name for name, (shown, _) in FILES.single.items() if shown.endswith(file)]
    shown, raw = FILES.single[held]
    text, count = re.subn(old, new, raw.decode(), count=1)
    at = text.index(new) + len(new) - len(new.rsplit(maxsplit=1)[-1].lstrip("["))
    line, column = text[:at].count("\n") + 1, at - text.rfind("\n", 0, at)
    assert count == 1
    with pytest.raises(KnowledgeError) as raised:
        load_safety(replace(FILES, single={**FILES.single, held: (shown, text.encode())}))
    [told] = raised.value.faults
    assert f"{told}".startswith(f"{shown}:{line}:{column}: {fault}")
