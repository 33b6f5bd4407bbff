"""The checklist between sets: which steps of the knowledge, in what order, and what is ticked off.

All functions are pure. A state is two small values, the checklist's `version` and a bit mask, so that it can live in a
button and survive a restart.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from rapidfuzz import fuzz, process

from bot.core.geometry import MACHINES, Machine, machine_named
from bot.core.model import ChecklistStep, Knowledge
from bot.errors import UserError
from bot.sentences import say

MAX_ITEMS = 12
_ALIKE = 60.0
"""How alike (0 to 100) a reworded step must be to the one it was, to stand in its place."""


class Phase(StrEnum):
    """When a step is done, in the order of doing; the names in lower case are those of `checklist.yaml`."""

    BEFORE = "Before any weight"
    STOP = say("card.checklist.still_empty")
    LOAD = "Then load"
    REPS = "Every rep"
    AFTER = "After"


@dataclass(frozen=True, slots=True)
class Press:
    """A machine as the checklist tells them apart: by what holds its weight.

    `machine`: how it is drawn; `stops`: whether stops on its rails are drawn with it.
    """

    key: str
    name: str
    machine: Machine
    stops: bool = True


PRESSES: Mapping[str, Press] = MappingProxyType(
    {
        press.key: press
        for press in (
            Press("sled", "45-degree sled with stops", MACHINES["sled"]),
            Press("nostops", "45-degree sled without stops", MACHINES["sled"], stops=False),
            Press("horizontal", say("my_depth.checklist.presses"), MACHINES["horizontal"]),
            Press("vertical", "near-vertical press", MACHINES["vertical"]),
        )
    }
)
"""The machines by key, the commonest first."""

_NO_STOPS = frozenset({
    "nostops", "no stops", "without stops", "sled without stops", "sled no stops", "45-degree sled without stops",
})  # fmt: skip


def press_named(text: str) -> Press:
    """Return the machine that `text` names, "" the commonest. Raises UserError where it names none."""
    plain = " ".join(text.casefold().split())
    if not plain:
        return next(iter(PRESSES.values()))
    if plain in _NO_STOPS:
        return PRESSES["nostops"]
    named = next((press for press in PRESSES.values() if plain in {press.key, press.name.casefold()}), None)
    return named or PRESSES[machine_named(text).key]


class Goal(StrEnum):
    """What the session is for."""

    GENERAL = "general"
    BACK = "calm back"
    GLUTES = "glutes"
    QUADS = "quads"
    KNEES = "calm knees"


PAINFUL = (Goal.BACK, Goal.KNEES)
"""Goals that touch pain: their list ends with the safety line."""


@dataclass(frozen=True, slots=True)
class Item:
    """One step, when to do it, and the claim that says why."""

    phase: Phase
    text: str
    claim: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """At most twelve items, in the order of doing."""

    press: Press
    goal: Goal
    items: tuple[Item, ...]

    @property
    def title(self) -> str:
        """What to call it."""
        name = f"Leg press checklist: {self.press.name}"
        return name if self.goal is Goal.GENERAL else f"{name}, {self.goal}"

    @property
    def version(self) -> str:
        """Eight characters that change whenever an item does: a state with another version is out of date."""
        said = "\n".join([self.press.key, self.goal, *(f"{item.phase}\t{item.text}" for item in self.items)])
        return hashlib.blake2s(said.encode(), digest_size=4).hexdigest()

    @property
    def full(self) -> int:
        """The mask with everything ticked."""
        return (1 << len(self.items)) - 1

    def left(self, mask: int) -> tuple[Item, ...]:
        """Return what is still to do, in order."""
        return tuple(item for index, item in enumerate(self.items) if not is_ticked(mask, index))

    def valid(self, mask: int) -> int:
        """`mask` without bits that no item has."""
        return mask & self.full


def is_ticked(mask: int, index: int) -> bool:
    """Say whether the item at `index`, counted from 0, is ticked."""
    return bool(mask >> index & 1)


def ticked(mask: int, index: int) -> int:
    """Return the mask with the item at `index` ticked; ticking twice changes nothing, so a double tap loses nothing."""
    return mask | 1 << index


def unticked(mask: int, index: int) -> int:
    """Return the mask with the item at `index` not ticked."""
    return mask & ~(1 << index)


_TOPIC_PHASES: Mapping[str, Phase] = MappingProxyType({
    "setup": Phase.BEFORE, "backrest": Phase.BEFORE, "stance": Phase.BEFORE, "depth": Phase.STOP, "load": Phase.LOAD,
})  # fmt: skip


def checklist(knowledge: Knowledge, press: Press | None = None, goal: Goal = Goal.GENERAL) -> Checklist:
    """Return the checklist for a machine (the commonest if None) and a goal, from the steps that the knowledge gives.

    Where the knowledge names no steps for it, those of its topics' leading claims are taken. Raises UserError where it
    has none at all.
    """
    used = press or next(iter(PRESSES.values()))
    found = list(_planned(knowledge, used, goal)) or list(_leading(knowledge))
    if not found:
        raise UserError(say("card.checklist.no_steps"))
    phases = list(Phase)
    ordered = sorted(found[:MAX_ITEMS], key=lambda item: phases.index(item.phase))
    return Checklist(used, goal, tuple(ordered))


def goal_named(text: str) -> Goal:
    """Return the goal that a word names; "" is the general one. Raises UserError for others."""
    plain = " ".join(text.casefold().split())
    for goal in Goal:
        if plain in {goal.value, goal.value.removeprefix("calm "), goal.name.casefold()}:
            return goal
    if not plain:
        return Goal.GENERAL
    raise UserError(say("card.checklist.goals"))


def is_for(step: ChecklistStep, press: Press, goal: Goal) -> bool:
    """Say whether a step belongs on that machine's list for that goal."""
    fits_goal = not step.goals or goal.name.casefold() in step.goals
    return fits_goal and (not step.machines or press.key in step.machines)


def _planned(knowledge: Knowledge, press: Press, goal: Goal) -> Iterator[Item]:
    said: set[str] = set()
    for step in knowledge.checklist:
        if is_for(step, press, goal):
            text = _words(step, knowledge, said)
            said.add(text)
            yield Item(Phase[step.phase.upper()], text, step.claim)


def _words(step: ChecklistStep, knowledge: Knowledge, said: set[str]) -> str:
    """Return what the list says of a step: never nothing, whatever became of the claim that it comes from.

    A server that reworded the claim's step sees its own words; one that replaced the claim by something else, or hid it,
    keeps the step as it was.
    """
    own = step.say or step.step
    claim = knowledge.claims.get(knowledge.successors.get(step.claim, step.claim))
    if claim is None or step.step in claim.do:
        return own
    near = process.extractOne(step.step, claim.do, scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE)
    return own if near is None or near[0] in said else near[0]


def _leading(knowledge: Knowledge) -> Iterator[Item]:
    leading = [
        knowledge.claims[topic.leading] for topic in knowledge.topics.values() if topic.leading in knowledge.claims
    ]
    for claim in sorted(leading, key=lambda claim: claim.topic not in _TOPIC_PHASES):
        for text in claim.do:
            yield Item(_TOPIC_PHASES.get(claim.topic, Phase.REPS), text, claim.id)
