"""Reads and fits in a process of its own: its memory goes back whole when it ends, and the bot can answer meanwhile.

`python -m bot.apart matcher|gate|read` reads the content as JSON from standard input and writes to standard output: a line with the
share that is done, from 0 to 1, now and then; then "state", the number of bytes, and the bytes. No Python objects travel.
"""

import contextlib
import gc
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.core import matching, safety
from bot.core.knowledge.plain import from_plain, to_plain
from bot.core.model import Knowledge
from bot.core.safety import SafetyRules
from bot.errors import Fault, KnowledgeError
from bot.memory import give_back_at_once

log = logging.getLogger(__name__)

FEW = 2_000
"""So many phrasings are fitted in a moment, and no second process is started for them."""
_MATCHER, _GATE, _READ, _STATE = "matcher", "gate", "read", "state"

_OWN_MAPPING = 1 << 22
"""Arrays from so many bytes on go back at once; smaller ones come and go with every batch, and would take longer."""
_TOP = 1 << 24
"""So much may stay free at the heap's top: all that a batch needs, which would be taken from the system again and again."""

Told = Callable[[float], object]

_running: "set[subprocess.Popen[bytes]]" = set()
_unwanted: "set[subprocess.Popen[bytes]]" = set()


class FitEndedError(Exception):
    """The program ends, and what was being fitted is not needed any more."""


def end_fits() -> None:
    """End every fit that runs in another process; whoever waits for it gets FitEndedError. A signal's handler may call it."""
    for process in tuple(_running):
        _unwanted.add(process)
        process.kill()


def fit_matcher(knowledge: Knowledge, told: Told) -> bytes:
    """Return the state of a matcher fitted to `knowledge` (`Matcher.dump`); `told` hears how much is done, 0 to 1.

    Raises FitEndedError where `end_fits` ended it.
    """
    many = sum(len(claim.questions) + len(claim.decoys) for claim in knowledge.claims.values())
    state = _elsewhere(_MATCHER, to_plain(knowledge), told) if many > FEW else None
    return _matcher(knowledge, told) if state is None else state


def fit_gate(rules: SafetyRules, key: str, told: Told) -> bytes:
    """Return the state of a gate fitted to `rules` (`Gate.dump`), under `key`; `told` hears when it begins and ends.

    Raises FitEndedError where `end_fits` ended it.
    """
    many = len(rules.phrasings) + len(rules.harmless)
    state = _elsewhere(_GATE, {"rules": rules.to_data(), "key": key}, told) if many > FEW else None
    return _gate(rules, key, told) if state is None else state


def read(root: Path) -> "tuple[str, Knowledge] | None":
    """Return a hash of the files below `root` as they are by now, and the knowledge that they hold; None where no other process could tell.

    What reads and checks them stays out of this process: 10 MB of programs, and holes in its memory that come to as much again.
    Raises KnowledgeError with every fault for invalid files.
    """
    found = _elsewhere(_READ, {"root": str(root)}, lambda _: None)
    if found is None:
        return None
    told = json.loads(found)
    if told["faults"]:
        raise KnowledgeError([Fault(**each) for each in told["faults"]])
    return told["content"], from_plain(told["knowledge"])


def _read(root: Path) -> bytes:
    from bot.core.knowledge.folder import read_folder
    from bot.core.knowledge.loader import load_folder  # pydantic, for which this process is there

    folder = read_folder(root)
    loaded = load_folder(folder)
    knowledge = None if loaded.knowledge is None else to_plain(loaded.knowledge)
    faults = [asdict(fault) for fault in loaded.faults] if knowledge is None else []
    return json.dumps({"content": folder.fingerprint(), "knowledge": knowledge, "faults": faults}).encode()


def _matcher(knowledge: Knowledge, told: Told) -> bytes:
    claims = knowledge.claims.values()
    return matching.build(
        claims, vocabulary=knowledge.vocabulary, out_of_scope=knowledge.out_of_scope, told=told
    ).dump()


def _gate(rules: SafetyRules, key: str, told: Told) -> bytes:
    told(0.0)
    return safety.build(rules).dump(key)


def _elsewhere(what: str, content: dict[str, Any], told: Told) -> bytes | None:
    """Return the state that another process fitted, or None where there was none to be had."""
    package = Path(__file__).resolve().parent.parent
    found = os.environ.get("PYTHONPATH")
    surroundings = os.environ | {"PYTHONPATH": f"{package}{os.pathsep}{found}" if found else str(package)}
    try:
        process = subprocess.Popen(  # noqa: S603 -- our own interpreter and module
            [sys.executable, "-m", "bot.apart", what],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=surroundings,
            start_new_session=True,  # Ctrl-C is for the program, which then ends this
        )
    except OSError as error:
        log.debug("no process to fit in: %s", error)
        return None
    assert process.stdin is not None
    assert process.stdout is not None
    with process, _ended(process):
        try:
            process.stdin.write(json.dumps(content).encode())
            process.stdin.close()
            for line in process.stdout:
                word, _, size = line.decode().strip().partition(" ")
                if word == _STATE:
                    state = process.stdout.read(int(size))
                    if len(state) == int(size):
                        return state
                else:
                    told(float(word))
        except (OSError, ValueError) as error:
            log.debug("the process to fit in failed: %s", error)
        if process in _unwanted:
            raise FitEndedError
    return None


@contextlib.contextmanager
def _ended(process: "subprocess.Popen[bytes]") -> Any:
    """Let no process go on when nobody waits for it any more."""
    _running.add(process)
    try:
        yield
    finally:
        _running.discard(process)
        _unwanted.discard(process)
        process.kill()


def main(what: str) -> None:
    """Fit what standard input holds, and write the state to standard output."""
    give_back_at_once(_OWN_MAPPING, _TOP)
    gc.disable()  # a fit leaves no cycles, and its millions of objects would be looked through again and again
    content = json.load(sys.stdin.buffer)
    out = sys.stdout.buffer
    shown = -1

    def told(share: float) -> None:
        nonlocal shown
        if int(share * 100) != shown:
            shown = int(share * 100)
            out.write(b"%.2f\n" % share)
            out.flush()

    if what == _READ:
        state = _read(Path(content["root"]))
    elif what == _MATCHER:
        state = _matcher(from_plain(content), told)
    else:
        state = _gate(SafetyRules.from_data(content["rules"]), content["key"], told)
    out.write(b"%s %d\n" % (_STATE.encode(), len(state)))
    out.write(state)
    out.flush()


if __name__ == "__main__":
    main(sys.argv[1])
