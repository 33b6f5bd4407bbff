"""Faults as a person wants to read them: what is wrong in many places is told once, with the count and the lines."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from bot.errors import Fault
from bot.sentences import say

MOST_ALIKE = 3
"""Faults with the same words that are told one by one."""
MOST_OF_A_KIND = 20
"""Faults of one kind, each about something else, that are told of one file."""
MOST_LINES = 8
"""Lines that are named beside a count."""
MOST_FAULTS = 200
"""Faults told of one file, whatever their kinds."""

_ENTRY = re.compile(r"\bentry \d+")
_QUOTED = re.compile(r"'[^']*'|\b\d[\d,.]*")


def gathered(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults by file, line and column; those with the same words in one file are told once with their count.

    Every fault is told or counted: none is dropped without a word.
    """
    by_words: dict[tuple[str, str], list[Fault]] = defaultdict(list)
    for fault in sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line, fault.column)):
        by_words[fault.file, _ENTRY.sub("entry", fault.message)].append(fault)
    told: list[Fault] = []
    by_kind: dict[tuple[str, str], list[tuple[Fault, int]]] = defaultdict(list)
    for (file, words), alike in by_words.items():
        if len(alike) <= MOST_ALIKE:
            by_kind[file, _QUOTED.sub("'", words)] += [(fault, 1) for fault in alike]
        else:
            by_kind[file, _QUOTED.sub("'", words)].append((_with_count(alike), len(alike)))
    for kind in by_kind.values():
        told += [fault for fault, _ in kind[:MOST_OF_A_KIND]]
        if more := sum(count for _, count in kind[MOST_OF_A_KIND:]):
            last = told[-1]
            told[-1] = replace(
                last, message=say("files.gathering.more_of_this_kind_come_after", message=last.message, more=more)
            )
    told.sort(key=lambda fault: (fault.file, fault.line, fault.column))
    return [fault for file in dict.fromkeys(fault.file for fault in told) for fault in _fitting(file, told)]


def _with_count(alike: list[Fault]) -> Fault:
    """Return the first of several faults with the same words, saying where the others are."""
    first, rest = alike[0], alike[1:]
    lines = list(dict.fromkeys(fault.line for fault in rest if fault.line != first.line))
    named = f"line{'' if len(lines) == 1 else 's'} {', '.join(map(str, lines[:MOST_LINES]))}" if lines else "this line"
    more = ", ..." if len(lines) > MOST_LINES else ""
    return replace(
        first,
        message=say("files.gathering.same_times_more", message=first.message, count=len(rest), named=named, more=more),
    )


def _fitting(file: str, told: list[Fault]) -> list[Fault]:
    own = [fault for fault in told if fault.file == file]
    if len(own) <= MOST_FAULTS:
        return own
    last = own[MOST_FAULTS - 1]
    left = say("files.gathering.other_faults_come_after_it", message=last.message, count=len(own) - MOST_FAULTS)
    return [*own[: MOST_FAULTS - 1], replace(last, message=left)]
