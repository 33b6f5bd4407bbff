"""Which complaints of a body are everyday, which are signs, and what sends to help: the words, as they were read.

Data of `language/en/complaints.yaml`; `Listener` hears a text with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True)
class Signs:
    """What makes a draft one about a warning sign; `played_down`: only where something plays it down."""

    classes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    played_down: tuple[str, ...] = ()
    stop_only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Notices:
    """The words of which a notice about help and the house is made; `signs`: those of signs that the other lists lack."""

    who: tuple[str, ...] = ()
    linking: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    house: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Telling:
    """How whoever a text is about would report what it says."""

    mine: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, str] = field(default_factory=dict)
    splits: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    trailing: tuple[str, ...] = ()
    cuts: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()
    nothing_had: tuple[str, ...] = ()


@dataclass(frozen=True)
class Abroad:
    """Words of other languages: by which a sentence is told to be in one, and what there speaks of a body."""

    words: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Complaints:
    """The words. Each list is explained where it stands."""

    elsewhere: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()
    aches: tuple[str, ...] = ()
    limbs: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    vital: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    feels: tuple[str, ...] = ()
    somewhere: tuple[str, ...] = ()
    feelers: tuple[str, ...] = ()
    felt: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()
    grave: tuple[str, ...] = ()
    implied: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    plays_down: tuple[str, ...] = ()
    sends: tuple[str, ...] = ()
    undoes: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    puts_off: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    own_case: tuple[str, ...] = ()
    warns_off: tuple[str, ...] = ()
    meanwhile: tuple[str, ...] = ()
    notices: Notices = Notices()
    signs: Signs = Signs()
    told: Telling = field(default_factory=Telling)
    abroad: Abroad = Abroad()

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Complaints":
        """Return what `asdict` gave of them. Raises KeyError or TypeError for anything else."""
        groups = {"notices": Notices, "signs": Signs, "told": Telling, "abroad": Abroad}
        known: dict[str, Any] = {
            each.name: groups[each.name](**_frozen(data[each.name])) if each.name in groups else tuple(data[each.name])
            for each in fields(cls)
        }
        return cls(**known)


def _frozen(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: dict(said) if isinstance(said, Mapping) else tuple(said) for name, said in data.items()}


NO_COMPLAINTS = Complaints()
