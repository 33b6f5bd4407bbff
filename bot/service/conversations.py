"""Who is talking with the bot right now: in memory, bounded, forgotten after ten minutes."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace

from bot.core.conversation import Conversation
from bot.core.model import Answer
from bot.service.service import Service

MOST_CONVERSATIONS = 10_000


class Conversations:
    """Conversations by (place, member).

    `service` is called at each question, so that a reloaded service is used at once; `clock` gives seconds.
    """

    def __init__(self, service: Callable[[], Service], clock: Callable[[], float] = time.monotonic) -> None:
        self._service = service
        self._clock = clock
        self._held: OrderedDict[tuple[Hashable, Hashable], Conversation] = OrderedDict()

    def ask(
        self, place: Hashable, member: Hashable, question: str, *, region: str = "", service: Service | None = None
    ) -> Answer:
        """Answer a member's question in the light of what they said in the last ten minutes in that place.

        `service`: one with a server's overlay, instead of the common one.
        """
        now = self._clock()
        held = self._held.get((place, member), Conversation())
        answer, after = (service or self._service()).ask(question, held, now=now, region=region)
        self._keep(place, member, after)
        return answer

    def note(self, place: Hashable, member: Hashable, claim_id: str) -> None:
        """Remember that `claim_id` was shown by a command or button, so that a follow-up goes on from it."""
        held = self._held.get((place, member), Conversation())
        self._keep(place, member, held.answered(claim_id, self._clock()))

    def forget(self, member: Hashable) -> None:
        """Forget what a member said and was shown, everywhere. That a stop was given stays for its ten minutes: no text."""
        for key, held in list(self._held.items()):
            if key[1] == member:
                self._held[key] = replace(held, claim="", answered_at=0.0, texts=())

    def expire(self) -> int:
        """Forget what is older than ten minutes, and return how many conversations are left."""
        now = self._clock()
        for key, held in list(self._held.items()):  # a copy: questions are answered in other threads meanwhile
            left = held.at(now)
            if not (left.claim or left.texts or left.stop):
                self._held.pop(key, None)
            elif left != held and self._held.get(key) is held:
                self._held[key] = left
        return len(self._held)

    def _keep(self, place: Hashable, member: Hashable, conversation: Conversation) -> None:
        self._held[place, member] = conversation
        self._held.move_to_end((place, member))
        while len(self._held) > MOST_CONVERSATIONS:
            self._held.popitem(last=False)
