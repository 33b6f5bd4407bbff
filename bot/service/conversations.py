"""Who is talking with the bot right now: in memory, bounded, forgotten after ten minutes."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace

from cachetools import TTLCache

from bot.core.conversation import NOTHING_SAID, Conversation, LiveStop
from bot.core.model import Answer, Stop
from bot.service.choices import Choice
from bot.service.messages import line_alone
from bot.service.service import Service
from bot.service.sharing import SharedStops
from bot.service.stops import Stops

MOST_CONVERSATIONS = 10_000
SECONDS_BETWEEN = 5.0
"""After a stop, a person gets at most one answer in so many seconds; a burst of messages gets one (safety2.md 9.2)."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a message stands in beside its own words.

    `stop`: the stop whose message it replies to, told `age` seconds ago; `own`: to this member. `author`: who wrote the
    message that it replies to; `alarm`: what the gate stops in that message, or in the title of the thread; `unseen`: the
    gate failed there, so that nothing but a stop or the safety line may go out.
    """

    stop: LiveStop | None = None
    age: float = 0.0
    own: bool = False
    author: Hashable = None
    alarm: Stop | None = None
    unseen: bool = False


NO_CONTEXT, UNSEEN = Context(), Context(unseen=True)


def _for_another(live: LiveStop) -> LiveStop:
    return replace(live, stop=replace(live.stop, proxy=True))


class Conversations:
    """Conversations by (place, member).

    `service` is called at each question, so that a reloaded service is used at once; `clock` gives seconds. Everywhere,
    `direct` says that the place is the member's direct messages with the bot, `private` that only they read the answer.
    """

    def __init__(
        self,
        service: Callable[[], Service],
        clock: Callable[[], float] = time.monotonic,
        shared: SharedStops | None = None,
    ) -> None:
        """Tell other processes of stops over `shared` (None: there are none)."""
        self._service = service
        self._clock = clock
        # Questions are answered in several threads: each step on this must be one that cannot be torn apart.
        self._held: OrderedDict[tuple[Hashable, Hashable], Conversation] = OrderedDict()
        self._stops = Stops(shared)
        self._told: TTLCache[Hashable, float] = TTLCache(MOST_CONVERSATIONS, SECONDS_BETWEEN, timer=clock)

    def ask(
        self,
        place: Hashable,
        member: Hashable,
        question: str,
        *,
        region: str = "",
        service: Service | None = None,
        direct: bool = False,
        private: bool = False,
        context: Context = NO_CONTEXT,
    ) -> Answer:
        """Answer a member's question in the light of what they said in the last ten minutes in that place.

        `service`: one with a server's overlay, instead of the common one. `context`: what the message replies to.
        """
        now = self._clock()
        serving = service or self._service()
        stop = self._stops.of(place, member, now, direct=direct, private=private)
        beside, careful = None, False
        if stop is None or not stop.holds(now):
            careful = not private and self._stops.elsewhere(place, member, now)
            beside = self._beside(place, member, question, serving, context, now=now, direct=direct)
            if beside is not None and context.own and beside.holds(now):
                stop = beside  # told before a restart, or in a place that was forgotten
        held = self._held.get((place, member), NOTHING_SAID)  # stops have a table of their own
        held = held if stop is None else replace(held, stop=stop)
        answer, after = serving.ask(
            question,
            held,
            now=now,
            region=region,
            beside=beside,
            theirs=not context.own,
            pointed=context.alarm,
            careful=careful,
            ranked=False,
        )
        if after.stop != stop:
            self._stops.keep(place, member, after.stop, now, direct=direct)
        if context.unseen and answer.stop is None:
            return line_alone(question, serving.safety_line)
        self._keep(place, member, after)
        return answer

    def _beside(
        self,
        place: Hashable,
        member: Hashable,
        question: str,
        service: Service,
        context: Context,
        *,
        now: float,
        direct: bool,
    ) -> LiveStop | None:
        """Return the stop that a message goes on about although it is not the member's own."""
        if context.stop is not None:
            told = replace(context.stop, at=now - context.age)
            return told if context.own else _for_another(told)
        if context.author is not None and context.author != member:
            theirs = self._stops.of(place, context.author, now)
            if theirs is not None and theirs.holds(now):
                return _for_another(theirs)
        other = None if direct else self._stops.beside(place, member, now)
        return _for_another(other) if other is not None and service.is_about_them(question) else None

    def held(
        self,
        place: Hashable,
        member: Hashable,
        *,
        service: Service | None = None,
        direct: bool = False,
        private: bool = False,
        again: bool = False,
    ) -> Answer | None:
        """Return the stop that a member gets in place of anything that no words ask for, such as a command or a button.

        None where no stop holds. `again`: in short, without a word on training.
        """
        live = self._live(place, member, direct=direct, private=private)
        if live is None:
            return None
        serving = service or self._service()
        return serving.again(live) if again else serving.held(live)

    def choices(
        self,
        typed: str,
        place: Hashable,
        member: Hashable,
        *,
        service: Service | None = None,
        direct: bool = False,
        popular: Sequence[str] = (),
    ) -> list[Choice]:
        """Return what autocomplete offers a member; while a stop holds, that alone. `popular`: what to begin with."""
        live = self._live(place, member, direct=direct, private=True)
        return (service or self._service()).suggest_choices(typed, live=live, popular=popular)

    def holds(self, place: Hashable, member: Hashable, *, direct: bool = False, private: bool = False) -> bool:
        """Say whether a stop holds for a member."""
        return self._live(place, member, direct=direct, private=private) is not None

    def alarm(
        self,
        place: Hashable,
        member: Hashable,
        text: str,
        *,
        service: Service | None = None,
        direct: bool = False,
        proxy: bool = False,
    ) -> Answer | None:
        """Return the stop for an alarm that was written elsewhere than in a question, None where `text` is none.

        In a form's field it counts as told to the member. In somebody else's message that the member points to (`proxy`)
        it is about that person, and holds the member back from nothing.
        """
        serving = service or self._service()
        stop = serving.stop_in(text)
        if stop is None:
            return None
        now = self._clock()
        answer, live = serving.told_of(replace(stop, proxy=stop.proxy or proxy), now)
        if not proxy:
            self._stops.keep(place, member, live, now, direct=direct)
        return answer

    def rests(self, place: Hashable) -> bool:
        """Say whether a stop holds in a place for anybody: nothing is said there unasked then."""
        return self._stops.beside(place, None, self._clock()) is not None

    def seconds_to_wait(self, member: Hashable) -> float:
        """Return how long a member's next answer after a stop has to wait, 0.0 for not at all."""
        told = self._told.get(member)
        return 0.0 if told is None else max(0.0, told + SECONDS_BETWEEN - self._clock())

    def told(self, member: Hashable) -> None:
        """Note that a member was answered after a stop."""
        self._told[member] = self._clock()

    def note(self, place: Hashable, member: Hashable, claim_id: str) -> None:
        """Remember that `claim_id` was shown by a command or button, so that a follow-up goes on from it."""
        held = self._held.get((place, member), NOTHING_SAID)
        self._keep(place, member, held.answered(claim_id, self._clock()))

    def forget(self, member: Hashable) -> None:
        """Forget what a member said and was shown, everywhere. That a stop was given stays for its ten minutes: no text."""
        for key, held in list(self._held.items()):
            if key[1] == member:
                self._held[key] = replace(held, claim="", answered_at=0.0, texts=(), conditions=())

    def heard(self, notice: str) -> None:
        """Take note of a stop that another process told of."""
        self._stops.heard(notice, self._clock())

    def expire(self) -> int:
        """Forget what is older than ten minutes (of a stop, an hour), and return how many conversations are left."""
        now = self._clock()
        for key, held in list(self._held.items()):  # a copy: questions are answered in other threads meanwhile
            left = held.at(now)
            if not (left.claim or left.texts or left.conditions):
                self._held.pop(key, None)
            elif left != held and self._held.get(key) is held:
                self._held[key] = left
        self._stops.sweep(now)
        return len(self._held)

    def _live(self, place: Hashable, member: Hashable, *, direct: bool, private: bool) -> LiveStop | None:
        now = self._clock()
        live = self._stops.of(place, member, now, direct=direct, private=private)
        return live if live is not None and live.holds(now) else None

    def _keep(self, place: Hashable, member: Hashable, conversation: Conversation) -> None:
        self._held[place, member] = conversation if conversation.stop is None else replace(conversation, stop=None)
        self._held.move_to_end((place, member))
        while len(self._held) > MOST_CONVERSATIONS:
            self._held.popitem(last=False)
