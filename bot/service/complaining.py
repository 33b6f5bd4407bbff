"""Drafts about a body: of complaints only the known everyday ones may stand beside anything but what sends to help."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from bot.core.text import clean, stem, words
from bot.service.on_signs import SHORT, OnSigns, Said
from bot.service.service import Service

_READ = ("title", "claim", "lead", "leads", "answer", "do", "avoid")
_WORDING = "questions"
_MARKS = ".:!?, "
_LONG = 14
SUSPECTED = 0.9
"""From this probability of the model on, a sentence about a body is taken for a complaint: of ordinary drafts nearly none reach it."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence, and the words of it that complain of what is not known to be everyday.

    `is_unnamed`: they make light of something that is not named.
    """

    said: Said
    words: str
    is_unnamed: bool = False


class Complaining:
    """Tells which complaint of a draft is not known to be everyday."""

    def __init__(self, service: Service, pause: Callable[[], None] = lambda: None) -> None:
        """Look with `service`; `pause` is called before each look."""
        self._listener = service.complaints
        self._reassuring = service.complaints
        self._likely = service.likely_alarm
        self._signs = OnSigns(service)
        self._pause = pause

    def wrong(self, said: Sequence[Said], named: Iterable[str] = ()) -> Doubt | None:
        """Return the first new sentence with such a complaint; None where there is none.

        `named`: the texts of the shipped claim that a draft changes; what they speak of is no news there.
        """
        known = _stems(named)
        for doubt in self._found(said):
            if doubt.is_unnamed or not known.issuperset(_stems([doubt.words])):
                return doubt
        return None

    def wrong_wording(self, wording: str, named: Iterable[str]) -> Doubt | None:
        """Return what is wrong with a question for a shipped claim that says what is `named`."""
        found = self._listener.complaint(wording)
        if not found or _stems(named).issuperset(_stems([found])):
            return None
        return Doubt(Said(_WORDING, wording), found)

    def _found(self, said: Sequence[Said]) -> Iterator[Doubt]:
        listener = self._listener
        lightly = any(listener.implied(each.text) for each in said if each.field in _READ)
        settled = {each for i, each in enumerate(said) if self._is_answered(each, said[i + 1 : i + 3])}
        yield from self._undone(said, settled)
        for each in said:
            if not each.new or each in settled:
                continue
            self._pause()
            if self._is_passed_over(each, lightly):
                continue
            if found := listener.complaint(each.text) or self._suspected(each.text):
                yield Doubt(each, found)
        shown = [each for each in said if each.field != _WORDING]
        for above, under in self._beside(shown, settled):
            self._pause()
            text = f"{above.text.rstrip(_MARKS)}, {under.text}"
            if found := listener.complaint(text) or self._suspected(text):
                yield Doubt(under if under.new else above, found)
        read = [each for each in shown if each.field in _READ]
        if not any(listener.complains(each.text) for each in shown):
            title = shown[0].text if shown and shown[0].field == "title" else ""
            for i, each in enumerate(read):
                if not each.new or self._signs.is_sent(each.text):
                    continue
                around = " . ".join((title, *(one.text for one in read[max(0, i - 1) : i + 2])))
                if (found := listener.implied(each.text)) and not listener.has_subject(around):
                    yield Doubt(each, found, is_unnamed=True)

    def _suspected(self, text: str) -> str:
        """Return a text that names a body, complains of nothing everyday and reads to the gate's model like an alarm; else ""."""
        if self._listener.complains(text) or not self._listener.names_place(text):
            return ""
        told = (text, self._reassuring.told(text))
        return text if any(each and self._likely(each) >= SUSPECTED for each in told) else ""

    def _undone(self, said: Sequence[Said], settled: AbstractSet[Said]) -> Iterator[Doubt]:
        """Yield the new sentences that put off or play down where one sends to help with a complaint."""
        found = next((words for each in said if each in settled and (words := self._listener.complaint(each.text))), "")
        for each in said:
            if found and each.new and each not in settled and self._reassuring.undone(each.text):
                yield Doubt(each, found)

    def _is_passed_over(self, said: Said, lightly: bool) -> bool:
        """Say whether a sentence needs no look: how members ask, where nothing is made light of, and what one should leave out."""
        if said.field == _WORDING:
            return not lightly
        return said.field == "avoid" and not self._listener.names_helper(said.text)

    def _is_answered(self, said: Said, below: Sequence[Said]) -> bool:
        """Say whether a sentence sends to help, or what stands below it does: the next one, of a title one of the next two."""
        if self._signs.is_sent(said.text):
            return True
        short = len(said.text.split()) <= SHORT or said.text.rstrip().endswith("?") or said.field == "title"
        below = below if said.field == "title" else below[:1]
        return short and any(self._signs.is_sent(each.text) for each in below)

    def _beside(self, shown: Sequence[Said], settled: AbstractSet[Said]) -> Iterator[tuple[Said, Said]]:
        titled = [(shown[0], each) for each in shown[1:]] if shown and shown[0].field == "title" else []
        for above, under in dict.fromkeys([*pairwise(shown), *titled]):
            both = (above, under)
            if _are_split(above, under) and any(each.new for each in both) and settled.isdisjoint(both):
                yield above, under


def _are_split(above: Said, under: Said) -> bool:
    shorter, longer = sorted(len(each.text.split()) for each in (above, under))
    return above.field in _READ and under.field in _READ and shorter <= SHORT and longer <= _LONG


def _stems(texts: Iterable[str]) -> set[str]:
    return {stem(word) for text in texts for word in words(clean(text))}
