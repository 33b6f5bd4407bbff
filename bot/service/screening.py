"""What moderators write of a body, sentence by sentence: of complaints only the known everyday ones may stand in a draft.

Of a warning sign, and of any other complaint, a draft may say that one should stop and get help. Nothing else may stand beside it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import islice, pairwise

from bot.core.text import clean, sentences, stem, words
from bot.service.claim_texts import ClaimTexts

SHORT, LONG, LONGEST = 8, 14, 40
"""Words of a sentence that may name a sign alone, where the next one sends to help: "Chest pain? Get help now."."""
MOST_REPORTS = 60
"""Of one text: a sentence of hundreds of commas is no reason to look for a second."""
SUSPECTED = 0.9
"""From this probability of the model on, a sentence about a body is taken for a complaint: of ordinary drafts nearly none reach it."""
LIKELY = 0.5
"""From this probability on, a draft as a whole is taken for one about an alarm."""
LIKELY_WITH_ONE, LIKELY_ONE = 0.3, 0.7
"""The same for a draft of which one sentence reaches the second."""
FEWEST_UNKNOWN = 2
"""Words that no shipped claim has, in such a draft."""
_HEADS = ("title", "claim")
_FIRST = ("title", "claim", "lead")
_READ = ("title", "claim", "lead", "leads", "answer", "do", "avoid")
_WORDING = "questions"
_MARKS = ".:!?, "


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a draft: its field, and whether it is new there."""

    field: str
    text: str
    new: bool = True

    @property
    def asks(self) -> bool:
        """Whether it ends as a question."""
        return self.text.rstrip().endswith("?")


class Kind(Enum):
    """Why a sentence may not stand: beside a sign, as a complaint that is not everyday, making light of what it does not name, keeping from help, as what reads like an alarm, or below what sends to help."""

    SIGN = auto()
    COMPLAINT = auto()
    UNNAMED = auto()
    WARNING_OFF = auto()
    LIKELY = auto()
    BELOW_HELP = auto()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A sentence that may not stand in a draft, and the words for which it may not: its own, or those that it stands with."""

    said: Said
    words: str
    kind: Kind


def parted(field: str, text: str, *, new: bool = True) -> list[Said]:
    """Return the sentences of a text."""
    return [Said(field, each, new) for each in sentences(text)]


def at_once() -> None:
    """Go on without a pause."""


class Screening:
    """Tells what may not stand in a draft."""

    def __init__(self, texts: ClaimTexts, pause: Callable[[], None] = at_once) -> None:
        """Look with `texts`; `pause` is called before each look."""
        self._texts = texts
        self._listener = texts.complaints
        self._pause = pause

    def refusal(self, said: Sequence[Said], was: Iterable[str] = (), named: Iterable[str] = ()) -> Refusal | None:
        """Return the first new sentence that may not stand there; None where all may.

        `was`: the sentences of what the draft changes; `named`: its texts, and those of the shipped claim: what they
        complain of is no news there.
        """
        return (
            self._warning_off(said)
            or self._beside_sign(said, was)
            or self._complaining(said, named)
            or self._like_an_alarm(said)
        )

    def refused_wording(self, wording: str, named: Iterable[str]) -> Refusal | None:
        """Return what is wrong with a question for a shipped claim that says what is `named`."""
        found = self._listener.complaint(wording)
        if not found or _stems(named).issuperset(_stems([found])):
            return None
        return Refusal(Said(_WORDING, wording), found, Kind.COMPLAINT)

    def _is_sent(self, said: Said, about: Said | None = None) -> bool:
        """Say whether a sentence sends to help with what `about`, or itself, says: it asks nothing, and is nothing to leave out.

        For a complaint it is enough to stop; a sign needs somebody who helps.
        """
        if said.field == "avoid" or said.asks:
            return False
        return self._listener.gets_help(said.text) or (
            self._listener.sends_to_help(said.text) and not self._is_about_sign(about or said)
        )

    def _is_about_sign(self, said: Said) -> bool:
        return self._texts.names_sign(said.text) or self._listener.is_about_sign(said.text)

    def _helps(self, said: Said) -> bool:
        """Say whether a sentence sends to help, tells what to do until help is there, or speaks of help and the house alone."""
        if said.asks:
            return False
        listener = self._listener
        return listener.is_meanwhile(said.text) or (
            said.field != "avoid" and (self._is_sent(said) or listener.is_notice(said.text))
        )

    def is_advice(self, said: Said) -> bool:
        """Say whether a sentence speaks of what only the stop speaks of, or plays down what the gate would stop.

        The gate is asked about the sentence as it stands, and as whoever it is about would tell it.
        """
        listener, sentence = self._listener, said.text
        if self._helps(said):
            return False
        bare = listener.bare(sentence)
        if bare != sentence and not self.is_advice(replace(said, text=bare)):
            return False
        if listener.plays_sign_down(sentence):
            return True
        if not listener.plays_down(sentence):
            return False
        reports = islice(listener.reports(sentence), MOST_REPORTS)
        return any(self._texts.alarms(each) for each in (sentence, listener.told(sentence), *reports))

    def is_advice_together(self, above: Said, below: Said) -> bool:
        """Say whether the new ones of two texts that stand together play down what the other says, an alarm by itself."""
        both = (above, below)
        if any(self._texts.alarms(each.text) for each in both if not each.new):
            return any(self._listener.plays_down(each.text) for each in both if each.new)
        # What helps stands aside. A mark that is no word keeps the words of one from ending in the other's.
        texts = [
            " ".join(each.text for each in parted(text.field, text.text) if not self._helps(each)) for text in both
        ]
        return all(texts) and self._listener.plays_sign_down(f"{texts[0].rstrip(_MARKS)}: xx {texts[1]}")

    def _warning_off(self, said: Sequence[Said]) -> Refusal | None:
        """Return the first new sentence that keeps somebody from help."""
        for each in said:
            asks = each.field in (_WORDING, "avoid") or each.asks
            if each.new and not asks and (found := self._listener.warns_off(each.text)):
                return Refusal(each, found, Kind.WARNING_OFF)
        return None

    def _beside_sign(self, said: Sequence[Said], was: Iterable[str]) -> Refusal | None:
        """Return the first new sentence that may not stand in a draft about a sign."""
        new = [each for each in said if each.new]
        sign = self._sign(said)
        if sign is None:
            return self._taking_back(said) or self._without_help(new, said, was) or self._below_help(said)
        about, text = sign
        new.sort(key=lambda each: each.field != about.field)
        sends = self._sends(said, about)
        wrong = next(
            (each for each in (about, *new) if each.new and not self._may_stand(each, about, sends=sends)), None
        )
        return None if wrong is None else Refusal(wrong, text, Kind.SIGN)

    def _sign(self, said: Sequence[Said]) -> tuple[Said, str] | None:
        """Return the first sentence that names a sign and does not send to help, and its text; or two that do so together."""
        answered = self._settled(said)
        for each in said:
            if each not in answered and self._names_sign(each):
                return each, each.text
        shown, sends = [each for each in said if each.field != _WORDING], self._sends(said)
        for above, under in _halves(shown):
            if any(
                self._is_sent(each)
                or (sends and self._helps(each))
                or (each.asks and each in answered)
                or self._texts.names_sign(each.text)
                for each in (above, under)
            ):
                continue
            text = _joined(above, under)
            self._pause()
            if self._texts.names_sign(text):
                return (under if under.new else above), text
        return self._sign_of_all([each for each in shown if each.field in _READ])

    def _below_help(self, said: Sequence[Said]) -> Refusal | None:
        """Return the first new sentence that may not stand where what is read first is a sign that is sent to help.

        What follows there is read as what to do about it; where the sign comes last, the rest is about something else.
        """
        about = next((each for each in said if each.field in _FIRST and each.new and self._names_sign(each)), None)
        if about is None:
            return None
        new = [each for each in said if each.new and each.field in _READ]
        sends = self._sends(said, about)
        wrong = next((each for each in new if not self._may_stand(each, about, sends=sends)), None)
        return None if wrong is None else Refusal(wrong, wrong.text, Kind.BELOW_HELP)

    def _sign_of_all(self, read: Sequence[Said]) -> tuple[Said, str] | None:
        """Return the last sentence of a short draft that the gate stops as a whole, and all of it."""
        text = ", ".join(each.text.rstrip(_MARKS) for each in read)
        is_short = len(read) > 1 and len(text.split()) <= LONGEST and all(each.new for each in read)
        if not is_short or any(self._is_sent(each) for each in read):
            return None
        self._pause()
        is_alarm = self._texts.alarms(text) and self._texts.alarms(self._listener.bare(text))
        return (read[-1], text) if is_alarm else None

    def _names_sign(self, said: Said) -> bool:
        self._pause()
        if said.field == _WORDING:
            # What the gate stops never reaches the claim.
            return said.new and self._listener.is_sign(said.text)
        known_alarm = not said.new and said.field in _HEADS and self._texts.alarms(said.text)
        return known_alarm or self._texts.names_sign(said.text)

    def _settled(self, said: Sequence[Said]) -> set[Said]:
        """Return the sentences that send to help, that do so until it is there, or for which what stands below does.

        The next one does it for what is short or asks, of a title one of two, and any for what does nothing but name signs.
        """
        sent = [each for each in said if each.new and each.field != _WORDING and self._is_sent(each)]
        return {each for i, each in enumerate(said) if self._is_answered(each, said[i + 1 : i + 3], sent)}

    def _is_answered(self, said: Said, below: Sequence[Said], sent: Sequence[Said]) -> bool:
        if self._is_sent(said):
            return True
        sends = any(self._is_sent(each, said) for each in sent)
        if sends and (self._helps(said) or (said.field != _WORDING and self._listener.is_naming(said.text))):
            return True
        is_title = said.field == "title"
        if not is_title and len(said.text.split()) > SHORT and not said.asks:
            return False
        next_to_it = below if is_title else [each for each in below[:1] if each.field == said.field]
        if not said.asks and not self._listener.is_naming(said.text):  # "Call 112 in an emergency" is said of no sign
            next_to_it = [each for each in next_to_it if not self._listener.has_own_case(each.text)]
        return any(self._is_sent(each, said) or (sends and self._helps(each)) for each in next_to_it)

    def _sends(self, said: Sequence[Said], about: Said | None = None) -> bool:
        return any(self._is_sent(each, about) for each in said if each.field != _WORDING)

    def _may_stand(self, said: Said, about: Said, *, sends: bool) -> bool:
        """Say whether a sentence beside a sign may stand there: it helps, asks, names signs that the draft sends on, or is a name.

        Beside a shipped text on a sign anything may stand that plays nothing down, but for what advises.
        """
        if self._helps(said) or (sends and self._listener.is_naming(said.text)):
            return True
        if self._listener.undone(said.text) or (
            (about.new or about.field in _HEADS) and self._listener.plays_down(said.text)
        ):
            return False
        if not about.new and (about.field not in _HEADS or said.field not in _READ):
            return True
        return said.asks or said.field in ("title", _WORDING)

    def _without_help(self, new: Sequence[Said], said: Sequence[Said], was: Iterable[str]) -> Refusal | None:
        """Return a new sentence that plays down what sent to help before, where none of that is left."""
        lost = next((each for each in was if self._is_sent(Said("answer", each))), None)
        if lost is None or any(self._is_sent(each) for each in said):
            return None
        wrong = next(
            (each for each in new if self._listener.undone(each.text) or self._listener.plays_down(each.text)), None
        )
        return None if wrong is None else Refusal(wrong, lost, Kind.SIGN)

    def _taking_back(self, said: Sequence[Said]) -> Refusal | None:
        """Return a new sentence that takes back what the one before it or after it sends to help with."""
        for above, under in pairwise(said):
            for help_, other in ((above, under), (under, above)):
                if other.new and self._is_sent(help_) and self._listener.undone(other.text) and self._names_sign(help_):
                    return Refusal(other, help_.text, Kind.SIGN)
        return None

    def _complaining(self, said: Sequence[Said], named: Iterable[str]) -> Refusal | None:
        """Return the first new sentence with a complaint that is not known to be everyday."""
        known = _stems(named)
        for found in self._complaints(said):
            if found.kind is Kind.UNNAMED or not known.issuperset(_stems([found.words])):
                return found
        return None

    def _complaints(self, said: Sequence[Said]) -> Iterator[Refusal]:
        listener = self._listener
        lightly = any(listener.implied(each.text) for each in said if each.field in _READ)
        asked = [each for each in said if each.field == _WORDING]
        complaining = [each for each in asked if listener.complaint(each.text)]
        lightly = lightly or (2 * len(complaining) >= len(asked) and not self._sends(said))
        settled = self._settled(said)
        yield from self._undoing(said, settled)
        for each in said:
            if not each.new or each in settled:
                continue
            self._pause()
            if self._is_passed_over(each, lightly) or self._helps(each):
                continue
            if found := listener.complaint(each.text) or self._suspected(each.text):
                yield Refusal(each, found, Kind.COMPLAINT)
        shown = [each for each in said if each.field != _WORDING]
        for above, under in _halves(shown):
            if not settled.isdisjoint((above, under)):
                continue
            self._pause()
            text = _joined(above, under)
            known = {listener.complaint(each.text) for each in (above, under) if self._helps(each)}
            if (found := listener.complaint(text) or self._suspected(text)) and found not in known:
                yield Refusal(under if under.new else above, found, Kind.COMPLAINT)
        if not any(listener.complains(each.text) for each in shown):
            yield from self._unnamed(shown)

    def _unnamed(self, shown: Sequence[Said]) -> Iterator[Refusal]:
        """Yield the new sentences that make light of something, where none around them says of what."""
        read = [each for each in shown if each.field in _READ]
        title = shown[0].text if shown and shown[0].field == "title" else ""
        for i, each in enumerate(read):
            if not each.new or self._is_sent(each):
                continue
            around = " . ".join((title, *(one.text for one in read[max(0, i - 1) : i + 2])))
            if (found := self._listener.implied(each.text)) and not self._listener.has_subject(around):
                yield Refusal(each, found, Kind.UNNAMED)

    def _suspected(self, text: str) -> str:
        """Return a text that names a body, complains of nothing everyday and reads to the gate's model like an alarm; else ""."""
        if self._listener.complains(text) or not self._listener.names_place(text):
            return ""
        return text if self._likely(text) >= SUSPECTED else ""

    def _like_an_alarm(self, said: Sequence[Said]) -> Refusal | None:
        """Return the likeliest alarm of the new sentences, where the gate's model takes all of them together for one.

        What sends to help is left out, and so is what is everyday: the lists know no end of words, the model weighs all.
        """
        settled = self._settled(said)
        read = [each for each in said if each.new and each.field != _WORDING and each not in settled]
        read = [each for each in read if not self._helps(each)]
        if not read or (self._sends(said) and not any(self._is_of_body(each.text) for each in read)):
            return None
        self._pause()
        of_all = self._texts.likely_alarm(self._listener.bare(" ".join(each.text for each in read)))
        if of_all < LIKELY_WITH_ONE or self._unknown(read) < FEWEST_UNKNOWN:
            return None
        of_one, likeliest = max(((self._likely(each.text), each) for each in read), key=lambda found: found[0])
        if of_all < LIKELY and of_one < LIKELY_ONE:
            return None
        return Refusal(likeliest, likeliest.text, Kind.LIKELY)

    def _is_of_body(self, text: str) -> bool:
        """Say whether a text names a place of a body, complains, or puts off, makes light of or goes on with anything."""
        heard = self._listener
        return bool(heard.names_place(text) or heard.complains(text) or heard.undone(text) or heard.implied(text))

    def _unknown(self, said: Iterable[Said]) -> int:
        """Return how many words no shipped claim has: in those alone an ordinary draft about technique is written."""
        return sum(
            not self._texts.has_word(word) for each in said for word in words(clean(each.text)) if word.isalpha()
        )

    def _likely(self, text: str) -> float:
        """Return how likely the model takes a text for an alarm, as it stands or as whoever it is about would tell it."""
        told = self._listener.told(text)
        return max(self._texts.likely_alarm(each) for each in (text, told) if each)

    def _undoing(self, said: Sequence[Said], settled: AbstractSet[Said]) -> Iterator[Refusal]:
        """Yield the new sentences that put off or play down where one sends to help with a complaint."""
        found = next((words for each in said if each in settled and (words := self._listener.complaint(each.text))), "")
        for each in said:
            if (
                found
                and each.new
                and each.field != _WORDING
                and each not in settled
                and self._listener.undone(each.text)
            ):
                yield Refusal(each, found, Kind.COMPLAINT)

    def _is_passed_over(self, said: Said, lightly: bool) -> bool:
        """Say whether a sentence needs no look: how members ask, where nothing is made light of, and what one should leave out."""
        if said.field == _WORDING:
            return not lightly
        return said.field == "avoid" and not self._listener.names_helper(said.text)


def _halves(shown: Sequence[Said]) -> Iterator[tuple[Said, Said]]:
    """Yield the sentences that may be halves of one: neighbours, and the title with each; short, and one of them new."""
    below_title = [(shown[0], each) for each in shown[1:]] if shown and shown[0].field == "title" else []
    for above, under in dict.fromkeys([*pairwise(shown), *below_title]):
        shorter, longer = sorted(len(each.text.split()) for each in (above, under))
        are_halves = above.field in _READ and under.field in _READ and shorter <= SHORT and longer <= LONG
        if are_halves and (above.new or under.new):
            yield above, under


def _joined(above: Said, under: Said) -> str:
    return f"{above.text.rstrip(_MARKS)}, {under.text}"


def _stems(texts: Iterable[str]) -> set[str]:
    return {stem(word) for text in texts for word in words(clean(text))}
