"""Changes to an alarming message that must not take the alarm away."""

import random
from collections.abc import Callable
from functools import cache

import pytest

from bot.core.model import Stop, Tier
from tests.safety.shipped import sentences, shipped_gate
from tests.support.examples import some

BEFORE = (
    "ok so a bit of background first because people always ask, i have been going to this gym for about three years now and "
    "mostly do a push pull legs split with a friend on weekdays, eating is fine, sleep is ok, work is busy, the program is going "
    "well and i was really enjoying the new machines they put in last month near the window"
)
AFTER = (
    "anyway that is the whole story, the gym is nice and the people are friendly, i usually train in the evening after work, do "
    "about five exercises, drink plenty of water and then walk home with some music on, and i was thinking of buying new shoes "
    "next month as well because mine are old"
)
CHANGES: dict[str, Callable[[str], str]] = {
    "upper case": str.upper,
    "lol": lambda text: f"{text} lol",
    "lol first": lambda text: f"lol {text}",
    "laughing face": lambda text: f"{text} 😂",
    "a friend's opinion": lambda text: f"{text}, mate says it's nothing",
    "a friend's opinion first": lambda text: f"my mate says it's nothing but {text}",
    "for a friend": lambda text: f"asking for a friend: {text}",
    "for a friend, last": lambda text: f"{text} (asking for a friend)",
    "sixty words before": lambda text: f"{BEFORE}. {text}",
    "sixty words after": lambda text: f"{text}. {AFTER}",
    "words on both sides": lambda text: f"{BEFORE} {text} {AFTER}",
    "line breaks": lambda text: text.replace(" ", "\n", 3),
    "a greeting": lambda text: f"hi bot, {text}",
    "a greeting and thanks": lambda text: f"hey all, quick one. {text}. thanks in advance!",
    "a name": lambda text: f"{text} - Sam",
    "a name first": lambda text: f"Sam here, {text}",
    "the bot's name": lambda text: f"@LegPressBot {text}",
    "an edit": lambda text: f"{text}\n\nedit: sorry for my typing",
    "a reply": lambda text: f"> how was leg day?\n{text}",
    "a please": lambda text: f"{text} please help",
    "curly quotes": lambda text: text.replace("'", "’"),
}


@cache
def stopped(text: str) -> Stop | None:
    """How a text by itself is stopped: looked at once for all changes."""
    return shipped_gate().check(text).stop


EMERGENCIES = [one.text for one in sentences("vignettes.jsonl") if one.tier is Tier.EMERGENCY]


@pytest.mark.parametrize("change", CHANGES)
def test_no_emergency_falls_below_a_stop(change: str) -> None:
    assert [text for text in EMERGENCIES if stopped(CHANGES[change](text)) is None] == []


_URGENCY = (Tier.SOON, Tier.SAME_DAY, Tier.EMERGENCY)


@some("change", CHANGES, 3)
def test_a_change_lowers_no_tier(change: str) -> None:
    lowered = []
    for one in sentences("vignettes.jsonl"):
        before, after = stopped(one.text), stopped(CHANGES[change](one.text))
        if before and after and _URGENCY.index(after.tier) < _URGENCY.index(before.tier):
            lowered.append(one.text)
    assert lowered == []


@pytest.mark.parametrize("earlier", [["how deep should i go"], ["hi", "thanks", "ok"], ["what about my feet", "lol"]])
def test_what_was_said_before_lowers_no_tier(earlier: list[str]) -> None:
    gate = shipped_gate()
    for one in sentences("vignettes.jsonl"):
        before, after = stopped(one.text), gate.check(one.text, earlier).stop
        if before is not None:
            assert after is not None, one.text
            assert _URGENCY.index(after.tier) >= _URGENCY.index(before.tier), one.text


def slipped(text: str, chance: random.Random) -> str:
    """Swap, drop or double one letter within one word of five letters or more."""
    words = text.split()
    long = [index for index, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    if not long:
        return text
    index = chance.choice(long)
    word = words[index]
    place = chance.randrange(1, len(word) - 1)
    words[index] = chance.choice(
        [
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
        ]
    )
    return " ".join(words)


def test_a_slip_of_the_pen_hardly_ever_takes_a_stop_away() -> None:
    gate, chance = shipped_gate(), random.Random(2026)
    tries = [slipped(text, chance) for text in EMERGENCIES for _ in range(10)]
    lost = [text for text in tries if gate.check(text).stop is None]
    assert len(lost) <= 0.01 * len(tries), lost
    assert all(gate.check(text).line for text in lost)


BESIDE = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl", "p": "ol",
    "a": "qsz", "s": "awdx", "d": "sefc", "f": "drgv", "g": "fthb", "h": "gyjn", "j": "hukm", "k": "jil", "l": "kop",
    "z": "asx", "x": "zsdc", "c": "xdfv", "v": "cfgb", "b": "vghn", "n": "bhjm", "m": "njk",
}  # fmt: skip
"""The keys beside each on a telephone."""


def mistyped(text: str, chance: random.Random) -> str:
    """Insert, lose, miss or swap one letter, the first included, in one word of three letters or more."""
    words = text.split()
    index = chance.choice([i for i, word in enumerate(words) if len(word) >= 3 and word.isascii() and word.isalpha()])
    word = words[index]
    place = chance.randrange(len(word))
    before, letter, after = word[:place], word[place], word[place + 1 :]
    beside = chance.choice(BESIDE[letter.lower()])
    words[index] = chance.choice(
        [
            before + beside + letter + after,
            before + after,
            before + beside + after,
            before + after[:1] + letter + after[1:],
        ]
    )
    return " ".join(words)


def test_a_mistyped_word_anywhere_hardly_ever_loses_an_alarm() -> None:
    gate, chance = shipped_gate(), random.Random(2026)
    alarms = [one.text for one in sentences("vignettes.jsonl") if one.tier]
    screenings = [gate.check(mistyped(text, chance)) for text in alarms for _ in range(20)]
    stopped = sum(one.stop is not None for one in screenings)
    covered = sum(one.stop is not None or one.line for one in screenings)
    assert stopped >= 0.975 * len(screenings)
    assert covered >= 0.99 * len(screenings)


@pytest.mark.parametrize(
    "word", ["hunting", "bowls", "pan", "plain", "swearing", "feeding", "boost", "teasing", "cashed"]
)
def test_an_everyday_word_is_not_read_as_a_slip_of_an_alarm_word(word: str) -> None:
    assert not any("(slip)" in cue for cue in shipped_gate().explain(f"my legs hurt after {word}").cues)


@pytest.mark.parametrize("typed", ["bakc", "abck", "bafk", "bak", "vback"])
def test_a_slip_is_read_as_what_was_meant_even_where_an_example_makes_it_too(typed: str) -> None:
    assert f"BACK=my {typed} (slip)" in shipped_gate().explain(f"it hurts in my {typed}").cues
