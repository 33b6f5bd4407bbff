"""Drafts about a warning sign: there only what sends to help may stand, whatever else it says."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.core.text import sentences
from bot.service.service import Service

SHORT, LONG, LONGEST = 8, 14, 40
"""Words of a sentence that may name a sign alone, where the next one sends to help: "Chest pain? Get help now."."""
_HEADS = ("title", "claim")
_READ = ("title", "claim", "lead", "leads", "answer", "do", "avoid")
_WORDING = "questions"
_MARKS = ".:!?, "


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a draft: its field, and whether it is new there."""

    field: str
    text: str
    new: bool = True


def parted(field: str, text: str, *, new: bool = True) -> list[Said]:
    """Return the sentences of a text."""
    return [Said(field, each, new) for each in sentences(text)]


class OnSigns:
    """Tells what may not stand in a draft that is about a sign."""

    def __init__(self, service: Service, pause: Callable[[], None] = lambda: None) -> None:
        """Look with `service`; `pause` is called before each look."""
        self._service = service
        self._words = service.complaints
        self._pause = pause

    def wrong(self, said: Sequence[Said], was: Iterable[str] = ()) -> tuple[Said, str] | None:
        """Return the first new sentence that may not stand there, and what it stands with; None where all may.

        `was`: the sentences of what the draft changes.
        """
        sign = self._sign(said)
        new = [each for each in said if each.new]
        if sign is None:
            return self._undone(said) or self._without_help(new, said, was)
        about, text = sign
        new.sort(key=lambda each: each.field != about.field)
        wrong = next((each for each in (about, *new) if each.new and not self._may_stand(each, about)), None)
        return None if wrong is None else (wrong, text)

    def is_sent(self, sentence: str) -> bool:
        """Say whether a sentence sends to help, and asks nothing."""
        return not sentence.rstrip().endswith("?") and self._words.sends_to_help(sentence)

    def _sign(self, said: Sequence[Said]) -> tuple[Said, str] | None:
        """Return the first sentence that names a sign and does not send to help, and its text; or two that do so together."""
        for each, below in pairwise((*said, None)):
            if each is not None and self._names(each) and not self._is_answered(each, below):
                return each, each.text
        shown = [each for each in said if each.field != _WORDING]
        below_title = [(shown[0], each) for each in shown[1:]] if shown and shown[0].field == "title" else []
        for above, under in dict.fromkeys([*pairwise(shown), *below_title]):
            if (
                not (above.new or under.new)
                or not self._are_split(above, under)
                or self.is_sent(above.text)
                or self.is_sent(under.text)
            ):
                continue
            if self._service.names_sign(above.text) or self._service.names_sign(under.text):
                continue
            text = f"{above.text.rstrip(_MARKS)}, {under.text}"
            self._pause()
            if self._service.names_sign(text):
                return (under if under.new else above), text
        return self._sign_of_all([each for each in shown if each.field in _READ])

    def _sign_of_all(self, read: Sequence[Said]) -> tuple[Said, str] | None:
        """Return the last sentence of a short draft that the gate stops as a whole, and all of it."""
        text = ", ".join(each.text.rstrip(_MARKS) for each in read)
        is_short = len(read) > 1 and len(text.split()) <= LONGEST and all(each.new for each in read)
        if not is_short or any(self.is_sent(each.text) for each in read):
            return None
        self._pause()
        is_alarm = self._service.alarms(text) and self._service.alarms(self._service.complaints.bare(text))
        return (read[-1], text) if is_alarm else None

    @staticmethod
    def _are_split(above: Said, under: Said) -> bool:
        """Say whether two sentences may be the halves of one: short, and none of what is told at length."""
        shorter, longer = sorted(len(each.text.split()) for each in (above, under))
        return above.field in _READ and under.field in _READ and shorter <= SHORT and longer <= LONG

    def _names(self, said: Said) -> bool:
        self._pause()
        if said.field == _WORDING:
            # What the gate stops never reaches the claim.
            return said.new and self._words.is_sign(said.text)
        known_alarm = not said.new and said.field in _HEADS and self._service.alarms(said.text)
        return known_alarm or self._service.names_sign(said.text)

    def _is_answered(self, said: Said, below: Said | None) -> bool:
        if self.is_sent(said.text):
            return True
        short = len(said.text.split()) <= SHORT or said.text.rstrip().endswith("?")
        return short and below is not None and below.field == said.field and self.is_sent(below.text)

    def _may_stand(self, said: Said, about: Said) -> bool:
        """Say whether a sentence beside a sign may stand there: it sends to help, asks, or is a name.

        Beside a shipped text on a sign anything may stand that plays nothing down, but for what advises.
        """
        if self.is_sent(said.text):
            return True
        if self._words.undone(said.text) or (
            (about.new or about.field in _HEADS) and self._words.plays_down(said.text)
        ):
            return False
        if not about.new and (about.field not in _HEADS or said.field not in _READ):
            return True
        return said.text.rstrip().endswith("?") or said.field in ("title", _WORDING)

    def _without_help(self, new: Sequence[Said], said: Sequence[Said], was: Iterable[str]) -> tuple[Said, str] | None:
        """Return a new sentence that plays down what sent to help before, where none of that is left."""
        lost = next((each for each in was if self.is_sent(each)), None)
        if lost is None or any(self.is_sent(each.text) for each in said):
            return None
        wrong = next((each for each in new if self._words.undone(each.text) or self._words.plays_down(each.text)), None)
        return None if wrong is None else (wrong, lost)

    def _undone(self, said: Sequence[Said]) -> tuple[Said, str] | None:
        """Return a new sentence that takes back what the one before it or after it sends to help with."""
        for above, under in pairwise(said):
            for help_, other in ((above, under), (under, above)):
                if other.new and self.is_sent(help_.text) and self._words.undone(other.text) and self._names(help_):
                    return other, help_.text
        return None
