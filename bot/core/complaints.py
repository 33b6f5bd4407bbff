"""Which complaints of a body are everyday, which are signs, and what sends to help: the words, as they were read.

Data of `language/en/complaints.yaml`; `Listener` hears a text with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.word_lists import PhraseList, ReasonedList


@dataclass(frozen=True)
class Signs:
    """What makes a draft one about a warning sign; `played_down`: only where something plays it down."""

    classes: tuple[str, ...] = ()
    words: PhraseList = ()
    places: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    played_down: PhraseList = ()
    stop_only: PhraseList = ()


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

    elsewhere: ReasonedList = ()
    everyday: ReasonedList = ()
    aches: PhraseList = ()
    limbs: tuple[str, ...] = ()
    never: ReasonedList = ()
    vital: PhraseList = ()
    wrong: PhraseList = ()
    loose: PhraseList = ()
    alone: PhraseList = ()
    feels: tuple[str, ...] = ()
    somewhere: tuple[str, ...] = ()
    feelers: tuple[str, ...] = ()
    felt: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    places: PhraseList = ()
    odd: PhraseList = ()
    grave: ReasonedList = ()
    implied: ReasonedList = ()
    subjects: PhraseList = ()
    helpers: tuple[str, ...] = ()
    plays_down: PhraseList = ()
    sends: PhraseList = ()
    undoes: PhraseList = ()
    denied: PhraseList = ()
    puts_off: PhraseList = ()
    stops: PhraseList = ()
    own_case: PhraseList = ()
    warns_off: PhraseList = ()
    meanwhile: PhraseList = ()
    notices: Notices = Notices()
    signs: Signs = Signs()
    told: Telling = field(default_factory=Telling)
    abroad: Abroad = Abroad()


NO_COMPLAINTS = Complaints()
