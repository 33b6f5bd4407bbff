"""The small words with which the gate reads negation, time and person (`language/en/gate_words.yaml`, the project's own alone)."""

from dataclasses import dataclass

from bot.core.own_words import own
from bot.core.word_lists import Spellings


@dataclass(frozen=True, slots=True)
class GateWords:
    """The lists, each as the file explains it."""

    new_subject: tuple[str, ...]
    speaker: tuple[str, ...]
    first_person: tuple[str, ...]
    personal: tuple[str, ...]
    openers: tuple[str, ...]
    asker: tuple[str, ...]
    repairs: tuple[str, ...]
    now: tuple[str, ...]
    own: tuple[str, ...]
    unreal: tuple[str, ...]
    wonders: tuple[str, ...]
    new_verb: tuple[str, ...]
    persons: tuple[str, ...]
    before_subject: tuple[str, ...]
    joins: tuple[str, ...]
    goes_on: tuple[str, ...]
    turns: tuple[str, ...]
    does: tuple[str, ...]
    treats: tuple[str, ...]
    begins_another: tuple[str, ...]
    people: tuple[str, ...]
    groups: tuple[str, ...]
    says: tuple[str, ...]
    i: tuple[str, ...]
    she: tuple[str, ...]
    many: tuple[str, ...]
    towards: tuple[str, ...]
    to_me: tuple[str, ...]
    onlooking: tuple[str, ...]
    helpless: tuple[str, ...]
    about_them: tuple[str, ...]
    state: tuple[str, ...]
    am: tuple[str, ...]
    had: tuple[str, ...]
    took: tuple[str, ...]
    taken: tuple[str, ...]
    done_to: tuple[str, ...]
    may: tuple[str, ...]
    gone: tuple[str, ...]
    parts: tuple[str, ...]
    around: tuple[str, ...]
    plain_parts: tuple[str, ...]
    plain_pain: tuple[str, ...]
    plain_topics: tuple[str, ...]
    objects: tuple[str, ...]
    heavy: tuple[str, ...]
    it: tuple[str, ...]
    thing_goes_on: tuple[str, ...]
    never_a_thing: tuple[str, ...]
    holds_somebody: tuple[str, ...]
    falls_on: tuple[str, ...]
    deeds: tuple[str, ...]
    asks_of_a_thing: tuple[str, ...]
    keeps_s: tuple[str, ...]
    doubled: tuple[str, ...]
    short: tuple[str, ...]
    denials: tuple[str, ...]
    where: tuple[str, ...]
    spelt: Spellings
    shortened: Spellings


GATE_WORDS = own(GateWords, "gate_words")
