"""What a person is told after a stop: which text for which message, and how the stop changes (safety2.md 9)."""

from dataclasses import dataclass, replace

from bot.core.conversation import LiveStop
from bot.core.model import Stop, Tier
from bot.core.safety import Ground, NextMessages, Screening, StopTexts
from bot.core.safety.next_messages import AGAIN, BETTER, MEDICINE, SCARED, TECHNIQUE, WORSE
from bot.core.safety.texts import SELF_HARM

_URGENCY = {Tier.SOON: 0, Tier.SAME_DAY: 1, Tier.EMERGENCY: 2}
_COLLAPSE, _POISON = "collapse", "poison"
_PASSED_OUT = ("R20",)
PREGNANT_NOW = {"same_day_R30": "emergency_R30", "soon_R31": "emergency_R30"}
"""Routes whose whole emergency text is not the tier's plain one."""
ROUTE, WAITING = "route", "waiting"
"""In the place of a text's name: the stop's own whole text, and that one while help is coming."""


@dataclass(frozen=True, slots=True)
class Told:
    """A text and the stop that it leaves behind."""

    text: str
    live: LiveStop


class AfterStop:
    """Chooses texts; holds nothing."""

    def __init__(self, texts: StopTexts, messages: NextMessages, region: str = "") -> None:
        """`region`: whose numbers are told where the person names no place."""
        self._texts = texts
        self._messages = messages
        self._region = region

    def alarm(self, stop: Stop, text: str, before: LiveStop | None, now: float, region: str = "") -> Told:
        """Return what an alarm gets: its whole text, or the short one where the same was told before.

        `before` is what still holds or cautions. A lesser alarm beside it changes nothing; the same one that got worse
        is an emergency.
        """
        place = self._messages.region(text) or (before.region if before else "")
        live = LiveStop(stop, now, place)
        if before is None:
            return Told(self._texts.full(stop, self._where(live, region)), live)
        stop = replace(stop, minor=stop.minor or before.stop.minor)
        if _URGENCY[stop.tier] < _URGENCY[before.stop.tier] or _adds_nothing(stop, before.stop):
            kept = replace(before, at=now, region=place)
            # "Should I make myself sick" after pills asks about a remedy, whatever else it sounds like.
            return self._said(MEDICINE if self._messages.kind(text) == MEDICINE else AGAIN, kept, now, region)
        same = (stop.tier, stop.route) == (before.stop.tier, before.stop.route)
        worse = same and self._messages.kind(text) == WORSE
        if worse and stop.tier is not Tier.EMERGENCY:
            return self._worse(replace(before, region=place), now, region)
        live = replace(live, stop=replace(stop, proxy=stop.proxy or (same and before.stop.proxy)))
        told = self._texts.again if same and not worse else self._texts.full
        return Told(told(live.stop, self._where(live, region)), live)

    def goes_on(self, text: str, screening: Screening, before: Stop) -> bool:
        """Say whether what the gate takes for an alarm is the next thing that somebody says after a stop.

        "Am I going to die" sounds like talk of self-harm and "still bleeding through" like an alarm of any kind. A rule
        counts, unless it hears self-harm in fear of dying that names none; what is only guessed, where it is graver than
        the stop, or self-harm that words of it tell of.
        """
        stop, kind = screening.stop, self._messages.kind(text)
        if stop is None or stop.route == before.route:
            return False
        if stop.route == SELF_HARM and before.route != _POISON and self._messages.fears(text):
            return True
        if screening.ground is Ground.SURE or kind in {WORSE, BETTER}:
            return False
        if stop.route == SELF_HARM:
            unnamed = screening.ground is Ground.MODEL or kind not in {AGAIN, TECHNIQUE}
            return unnamed and not self._messages.names_self_harm(text)
        if kind == SCARED and _URGENCY[stop.tier] <= _URGENCY[before.tier]:
            return True  # "my hands won't stop trembling" beside somebody who collapsed is no poison
        return stop.route == stop.tier.value and _URGENCY[stop.tier] <= _URGENCY[before.tier]

    def next(
        self, text: str, live: LiveStop, now: float, region: str = "", *, hurts: bool = False, trains: bool = False
    ) -> Told:
        """Return what any other message gets while a stop holds.

        `hurts`: the gate heard a complaint in it; `trains`: it is a question about training that would have an answer.
        """
        kind = self._messages.likely(text, live.stop.route, trains=trains and not hurts)
        if hurts and kind == TECHNIQUE:
            kind = AGAIN
        live = replace(live, region=self._messages.region(text) or live.region)
        if self._messages.is_for_another(text):
            live = replace(live, stop=replace(live.stop, proxy=True))
        return self._said(kind, live, now, region)

    def technique(self, live: LiveStop, region: str = "") -> Told:
        """Return what a command or a button gets that would bring training advice."""
        return self._said(TECHNIQUE, live, live.at, region)

    def again(self, live: LiveStop, region: str = "") -> Told:
        """Return the stop in short."""
        return self._said(AGAIN, live, live.at, region)

    def caution(self, live: LiveStop, region: str = "") -> str:
        """Return the sentence that goes with the answers after a stop of tier soon."""
        return self._texts.caution(live.stop, self._where(live, region))

    def after_soon(self, text: str, live: LiveStop, now: float, region: str = "") -> Told | None:
        """Return what a message that only goes on about the complaint gets after a stop of tier soon; None for any other."""
        kind = self._messages.kind(text)
        if kind == WORSE:
            return self._worse(live, now, region)
        if kind in _ANSWERED:
            return None
        return Told(self._texts.again(live.stop, self._where(live, region)), live)

    def _said(self, kind: str, live: LiveStop, now: float, region: str) -> Told:
        stop, where = live.stop, self._where(live, region)
        name = self._messages.says(kind, stop.route, stop.tier.value)
        if kind == WORSE and stop.tier is not Tier.EMERGENCY:
            return self._worse(live, now, region)
        if name == ROUTE:
            return Told(self._texts.full(stop, where), replace(live, at=max(now, live.at)))
        if name == WAITING:
            return Told(self._texts.waiting(stop, where), live)
        if not name:
            return Told(self._texts.again(stop, where), live)
        return Told(self._texts.said(name, stop, where), live)

    def _worse(self, live: LiveStop, now: float, region: str) -> Told:
        stop = replace(live.stop, tier=Tier.EMERGENCY, route=PREGNANT_NOW.get(live.stop.route, Tier.EMERGENCY.value))
        worse = LiveStop(stop, now, live.region)
        return Told(self._texts.full(stop, self._where(worse, region)), worse)

    def _where(self, live: LiveStop, region: str) -> str:
        return live.region or region or self._region


_ANSWERED = (TECHNIQUE, "thanks", "joke")


def _adds_nothing(stop: Stop, before: Stop) -> bool:
    """Say whether a plain emergency only goes on about what a stop of its own route told already."""
    if stop.route != stop.tier.value:
        return False
    # Who talks of harming themselves says more that sounds like a plain emergency ("he isn't answering"); beside
    # somebody who has collapsed, "still isn't waking up" must not replace what to do until help is there.
    return before.route == SELF_HARM or (before.route == _COLLAPSE and tuple(stop.rules) == _PASSED_OUT)
