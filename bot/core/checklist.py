"""The checklist between sets: which steps of the knowledge, in what order, and what is ticked off.

All functions are pure. A state is two small values, the checklist's `version` and a bit mask, so that it can live in a
button and survive a restart.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.core.geometry import MACHINES, Machine
from bot.core.model import Claim, Knowledge
from bot.errors import UserError

MAX_ITEMS = 12
_FEWEST = 4  # with fewer from the plan, the knowledge is somebody's own: take the steps of its leading claims


class Phase(StrEnum):
    """When a step is done."""

    SET_UP = "Set-up"
    FIRST_REP = "First rep"
    DURING = "During"
    AFTER = "After"


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

    machine: Machine
    goal: Goal
    items: tuple[Item, ...]

    @property
    def title(self) -> str:
        """What to call it."""
        name = f"Leg press checklist: {self.machine.name}"
        return name if self.goal is Goal.GENERAL else f"{name}, {self.goal}"

    @property
    def version(self) -> str:
        """Eight characters that change whenever an item does: a state with another version is out of date."""
        said = "\n".join([self.machine.key, self.goal, *(f"{item.phase}\t{item.text}" for item in self.items)])
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


def toggled(mask: int, index: int) -> int:
    """Return the mask with the item at `index` the other way round."""
    return mask ^ 1 << index


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of the plan: the claim and the words its step begins with; for which machines and goals (all if empty)."""

    phase: Phase
    claim: str
    opening: str
    machines: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()

    def is_for(self, machine: Machine, goal: Goal) -> bool:
        """Say whether the step belongs on that machine's list for that goal."""
        return (not self.machines or machine.key in self.machines) and (not self.goals or goal in self.goals)


_PLATES = ("sled", "vertical")
_FEET_AS_USUAL = (Goal.GENERAL, Goal.BACK)

PLAN = (
    _Step(Phase.SET_UP, "safety-stops", "Find the stop lever"),
    _Step(Phase.SET_UP, "training-alone", "Load both sides evenly", machines=_PLATES, goals=(Goal.GENERAL,)),
    _Step(Phase.SET_UP, "backrest-for-your-back", "Let the back rest down", goals=(Goal.BACK,)),
    _Step(Phase.SET_UP, "first-time-setup", "Sit back until"),
    _Step(Phase.SET_UP, "first-time-setup", "Put your feet mid-plate", goals=_FEET_AS_USUAL),
    _Step(Phase.SET_UP, "glutes-hamstrings-calves", "Put your feet a little higher", goals=(Goal.GLUTES,)),
    _Step(Phase.SET_UP, "not-feeling-quads", "Move your feet", goals=(Goal.QUADS,)),
    _Step(Phase.SET_UP, "knee-friendly-setup", "Put the feet mid-plate", goals=(Goal.KNEES,)),
    _Step(Phase.FIRST_REP, "find-your-depth", "Lower slowly until"),
    _Step(Phase.FIRST_REP, "find-your-depth", "Come up one notch"),
    _Step(Phase.FIRST_REP, "first-time-setup", "Do two lighter sets"),
    _Step(Phase.DURING, "slow-return", "Lower the plate"),
    _Step(Phase.DURING, "breathing", "Breathe out through"),
    _Step(Phase.DURING, "toe-angle", "Let your knees follow", goals=(Goal.KNEES, Goal.QUADS, Goal.GLUTES)),
    _Step(Phase.DURING, "locking-out", "Finish soft"),
    _Step(Phase.AFTER, "handles", "Know which way"),
    _Step(Phase.AFTER, "seat-distance", "Write your notch down"),
)
"""The order of doing. Steps are named by how they begin, so that they can be reworded further on without being lost."""

_TOPIC_PHASES: Mapping[str, Phase] = MappingProxyType({
    "setup": Phase.SET_UP, "backrest": Phase.SET_UP, "stance": Phase.SET_UP, "load": Phase.SET_UP, "depth": Phase.FIRST_REP,
    "tempo": Phase.DURING, "lockout": Phase.DURING,
})  # fmt: skip


def checklist(knowledge: Knowledge, machine: Machine | None = None, goal: Goal = Goal.GENERAL) -> Checklist:
    """Return the checklist for a machine (the first known one if None) and a goal, from the steps that the knowledge gives.

    Where the knowledge is another one than the plan was made for, the steps of its topics' leading claims are taken.
    Raises UserError where it gives no steps at all.
    """
    press = machine or next(iter(MACHINES.values()))
    found = list(_planned(knowledge, press, goal))
    if len(found) < _FEWEST:
        found = list(_leading(knowledge))
    if not found:
        raise UserError(
            "The knowledge here holds no steps yet, so there is nothing to tick: add `do` steps to a claim."
        )
    phases = list(Phase)
    ordered = sorted(found[:MAX_ITEMS], key=lambda item: phases.index(item.phase))
    return Checklist(press, goal, tuple(ordered))


def goal_named(text: str) -> Goal:
    """Return the goal that a word names; "" is the general one. Raises UserError for others."""
    plain = " ".join(text.casefold().split())
    for goal in Goal:
        if plain in {goal.value, goal.value.removeprefix("calm "), goal.name.casefold()}:
            return goal
    if not plain:
        return Goal.GENERAL
    raise UserError("I have checklists for these goals: general, back, glutes, quads or knees.")


def _planned(knowledge: Knowledge, machine: Machine, goal: Goal) -> Iterator[Item]:
    for step in PLAN:
        claim = knowledge.claims.get(step.claim)
        text = _beginning_with(claim, step.opening) if claim else ""
        if text and step.is_for(machine, goal):
            yield Item(step.phase, text, step.claim)


def _beginning_with(claim: Claim, opening: str) -> str:
    return next((text for text in claim.do if text.startswith(opening)), "")


def _leading(knowledge: Knowledge) -> Iterator[Item]:
    leading = [
        knowledge.claims[topic.leading] for topic in knowledge.topics.values() if topic.leading in knowledge.claims
    ]
    for claim in sorted(leading, key=lambda claim: claim.topic not in _TOPIC_PHASES):
        for text in claim.do:
            yield Item(_TOPIC_PHASES.get(claim.topic, Phase.DURING), text, claim.id)
