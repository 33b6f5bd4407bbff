"""A running bot is imported without docstrings, and does all the same."""

import json
import subprocess
import sys
from types import CodeType
from typing import Any

import pytest

from bot.bare_imports import NOTHING, import_bare, undescribed

SOURCE = '''
"""A module."""
import dataclasses

def described(word="d"):
    """A function."""
    async def inner():
        """A function within."""
    return word, "A function, too.", inner

def undocumented():
    return "first", "second"

def says_its_own():
    """The same."""
    return "The same."

class Described:
    """A class."""
    name = "named"
    def method(self):
        """A method."""
        return [f"{letter}-" for letter in "ab"], (lambda: "a lambda")(), {"%d" % n for n in range(2)}, next(x + "!" for x in "c")

class SaysItsOwn:
    """Twice."""
    name = "Twice."

class Undocumented:
    first = "first"

@dataclasses.dataclass(frozen=True)
class Value:
    """A value."""
    one: int = 1
'''
COMMANDS = """
import asyncio, json, sys
from bot.bare_imports import import_bare
if sys.argv[1] == "bare":
    import_bare()
from bot.bootstrap import build_service
from bot.client import LegPressBot
from bot.service import Conversations
import discord, numpy.ma, sqlalchemy
service = build_service()
async def commands():
    bot = LegPressBot(Conversations(lambda: service), lambda: service)
    await bot.load_commands()
    return [each.to_dict(bot.tree) for each in bot.tree.get_commands()]
told = [discord.Client, discord.Client.get_guild, discord.utils, sqlalchemy.select, LegPressBot, build_service]
lines = open("/proc/self/status", encoding="ascii").read().splitlines() if sys.platform == "linux" else ()
resident = next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)
print(json.dumps([asyncio.run(commands()), [each.__doc__ for each in told], resident]))
"""


@pytest.fixture(name="made")
def made_() -> dict[str, Any]:
    made: dict[str, Any] = {"__name__": "made"}
    code = compile(SOURCE, "made.py", "exec")
    exec(undescribed(code), made)
    return made


def test_docstrings_are_gone_however_deep_they_stand(made: dict[str, Any]) -> None:
    described = [made["described"], made["described"]()[2], made["Described"], made["Described"].method, made["Value"]]
    assert [each.__doc__ for each in described] == [NOTHING] * 5
    assert made["__doc__"] == NOTHING


def test_what_has_none_still_has_none(made: dict[str, Any]) -> None:
    assert made["undocumented"].__doc__ is None
    assert made["Undocumented"].__doc__ is None


def test_code_does_the_same_as_before(made: dict[str, Any]) -> None:
    assert made["described"]()[:2] == ("d", "A function, too.")
    assert made["undocumented"]() == ("first", "second")
    assert made["Described"].name == "named"
    assert made["Described"]().method() == (["a-", "b-"], "a lambda", {"0", "1"}, "c!")
    assert made["Value"]() == made["Value"](1)


def test_a_docstring_that_is_a_value_too_stays(made: dict[str, Any]) -> None:
    assert made["says_its_own"]() == "The same."
    assert made["SaysItsOwn"].name == "Twice."


def test_nothing_else_changes() -> None:
    def bare(code: CodeType) -> list[object]:
        return [code.co_name, code.co_code, code.co_names, code.co_flags, code.co_linetable, code.co_exceptiontable]

    def within(code: CodeType) -> list[CodeType]:
        return [code, *(deeper for each in code.co_consts if isinstance(each, CodeType) for deeper in within(each))]

    code = compile(SOURCE, "made.py", "exec")
    assert [bare(each) for each in within(undescribed(code))] == [bare(each) for each in within(code)]


def test_a_python_on_which_nobody_tried_it_keeps_its_docstrings(monkeypatch: pytest.MonkeyPatch) -> None:
    found = list(sys.meta_path)
    monkeypatch.setattr("bot.bare_imports.TRIED", frozenset())
    import_bare()
    assert sys.meta_path == found


def test_the_bot_registers_the_same_commands_in_less_memory() -> None:
    def told(how: str) -> tuple[Any, list[str], int]:
        command = [sys.executable, "-c", COMMANDS, how]
        commands, docstrings, resident = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        return commands, docstrings, resident

    usual_commands, usual_docstrings, usual = told("usual")  # first: who imports something first also compiles it
    commands, docstrings, resident = told("bare")
    assert commands == usual_commands
    assert all(usual_docstrings)
    assert docstrings == [NOTHING] * len(docstrings)
    assert sys.platform != "linux" or resident < usual - 2_000  # 3 to 4 MB, by the Python
