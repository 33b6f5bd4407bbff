"""What happened before somebody opens the playground: done through the bot and its service, on a clock that was set back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any

import simcord

from bot.core.fields import Fields, form_of
from bot.errors import UserError
from bot.playground.community import MODERATOR, Community, Published
from bot.playground.scene import Scene, with_mention
from bot.service.access import Actor
from bot.service.recording import HELPFUL, UNHELPFUL
from bot.service.service import Service
from bot.service.workshop import Workshop


class Clock:
    """The time with its zone: this computer's, but for what is done `ago`."""

    def __init__(self) -> None:
        """Tell the time of this computer."""
        # Of whoever is early alone: what runs beside them would take this computer's clock for wrong.
        self._back: ContextVar[timedelta] = ContextVar("back", default=timedelta(0))

    def __call__(self) -> datetime:
        """Return the time."""
        return datetime.now(UTC) - self._back.get()

    @contextmanager
    def ago(self, days: int) -> Iterator[None]:
        """Be so many days early meanwhile."""
        before = self._back.set(timedelta(days=days))
        try:
            yield
        finally:
            self._back.reset(before)


class Past:
    """Two weeks of a server's life, and what was said there today."""

    def __init__(self, env: simcord.Env, scene: Scene, workshop: Workshop, clock: Clock, community: Community) -> None:
        """Let it happen in `scene`; `workshop` tells the time by `clock`."""
        self._env = env
        self._scene = scene
        self._workshop = workshop
        self._clock = clock
        self._community = community
        self._guild = scene.member(scene.kind_of(MODERATOR, community)).guild.id

    async def weeks(self) -> None:
        """Let the two weeks happen: what was published, asked, liked and suggested."""
        oldest = max(max(each.days) for each in self._community.asked)
        with self._clock.ago(oldest):
            chief = self._actor(self._scene.kind_of(MODERATOR, self._community))
            await self._workshop.settings.change(self._guild, chief, keep_questions=True)
        for each in self._community.published:
            await self._publish(each)
        service = await self._workshop.overlays.for_server(self._guild)
        self._ask(service)
        await self._workshop.recording.flush()
        for suggestion in self._community.suggested:
            with self._clock.ago(suggestion.days):
                await self._workshop.review.suggest(
                    self._guild, self._actor(suggestion.by), suggestion.question, suggestion.answer
                )

    async def _publish(self, each: Published) -> None:
        curation = self._workshop.curation
        with self._clock.ago(each.days):
            draft = await curation.begin_add(self._guild, self._actor(each.by), Fields(**each.claim))
            await curation.publish(self._guild, self._actor(each.by), draft.id)

    def _ask(self, service: Service) -> None:
        """Let the others ask, and press under the answers, on the days that are named."""
        recording = self._workshop.recording
        turns = cycle(self._scene.others.values())
        for each in self._community.asked:
            answer, _ = service.ask(each.question)
            for days in each.days:
                with self._clock.ago(days):
                    recording.answered(self._guild, next(turns).id, answer, each.question)
            if answer.claim is None:
                continue
            for verdict, pressed in ((HELPFUL, each.liked), (UNHELPFUL, each.disliked)):
                for days in pressed:
                    member = next(turns).id
                    with self._clock.ago(days):
                        recording.pressed(self._guild, member, answer.claim, verdict)
                        if each.reason and verdict == UNHELPFUL:
                            recording.pressed(self._guild, member, answer.claim, f"{verdict}: {each.reason}")

    async def today(self, move_clock: Callable[[datetime], None]) -> None:
        """Let people say what was said today. `move_clock` sets the clock of the simulated Discord."""
        for each in self._community.said:
            move_clock(datetime.now(UTC) - timedelta(minutes=each.minutes))
            text = with_mention(self._env, each.text)
            said, by = self._scene.said, self._scene.member(each.by)
            to = None if each.replies is None else said[each.replies]
            said.append(await by.send(self._scene.channel, text, reply_to=to))

    async def clash(self) -> None:
        """Once the two weeks have happened, let one moderator open a draft in the channel, and the other publish theirs before it."""
        clash, curation = self._community.conflict, self._workshop.curation
        slow = self._scene.member(clash.slow.by)
        form = await slow.slash(self._scene.channel, "knowledge edit", claim=clash.claim)
        shown = await slow.submit_modal(form, {**filled_in(form), "answer": clash.slow.answer})
        self._scene.open_draft = shown.response
        with suppress(UserError):  # a folder of somebody's own may bring a claim of that name
            live = (await self._workshop.overlays.for_server(self._guild)).knowledge.claims[clash.claim]
            fields = replace(form_of(live, self._workshop.overlays.base().knowledge), answer=clash.fast.answer)
            draft = await curation.begin_edit(self._guild, self._actor(clash.fast.by), clash.claim, fields)
            await curation.publish(self._guild, self._actor(clash.fast.by), draft.id)

    def _actor(self, key: str) -> Actor:
        everybody = {**self._community.others, **self._community.people}
        return Actor(self._scene.member(key).id, manages=everybody[key].kind == MODERATOR)


def filled_in(form: simcord.InteractionResult) -> dict[str, Any]:
    """Return what an open form holds, by field: the text, or the value that is chosen."""
    held: dict[str, Any] = {}
    for each in (form.modal or {}).get("components", []):
        inner = each["component"]
        chosen = [option["value"] for option in inner.get("options", []) if option.get("default")]
        held[inner["custom_id"]] = chosen if "options" in inner else inner.get("value", "")
    return held
