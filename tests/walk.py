"""The walk of docs/moderators.md, from a question that nothing answers to its answer, as a new moderator takes it.

    python -m tests.walk [FOLDER]

Drives the real bot with the shipped knowledge through a simulated Discord, counts what the moderator presses and fills
in, times what the machine takes, and writes the pictures of the guide into FOLDER (test-output/walk by default). Needs
Chromium for the pictures.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import simcord
from playwright.async_api import async_playwright

from bot.bootstrap import Live, open_workshop
from bot.client import LegPressBot
from bot.core.model import Answer, Outcome
from bot.service import Conversations
from tests.conftest import chromium_program
from tests.gallery import load, photograph
from tests.support.discord_side import components, labels, response, text_of
from tests.support.moderators import fields_of, publish

ASKED = (
    "what time is the leg press least busy",
    "what time is leg press least busy",
    "when is the leg press least busy",
)
OTHERS = ("is creatine any good for legs", "which music helps on heavy sets")
SUBJECT = "least busy"
WRITTEN = {
    "title": "When the leg press is free",
    "claim": "On weekdays before four the leg press is mostly free.",
    "answer": "Weekdays before 4 p.m., and after 8 p.m. On Mondays ask at the desk: everybody trains legs.",
}
TAUGHT_FROM = "is creatine any good for legs"
TAUGHT = {
    "claim": "Creatine helps a little with heavy pressing.",
    "answer": "It helps over weeks, not in one session. Take it any time of day.",
}
TO_TEACH = "which day has the leg press empty"
MESSAGE = (
    "Mondays and Thursdays are leg days here, so come on a Tuesday. Book a slot at the desk, and bring a towel. "
    "Slots are free until the evening. https://gym.example/plan"
)
EXPLAINED = "my kness come up to my chst when i go dep is that bad"
WIDTH = 400

Look = Callable[[str, Any], Awaitable[None]]


@dataclass
class Walk:
    """What the walk took: each step with the seconds that the machine needed for it, by the clock and of its processor."""

    pressed: int = 0
    commands: int = 0
    fields: int = 0
    steps: list[tuple[str, float, float]] = field(default_factory=list)

    async def step(self, name: str, doing: Awaitable[Any]) -> Any:
        """Take one step, and note how long it took."""
        started, busy = time.perf_counter(), time.process_time()
        done = await doing
        self.steps.append((name, time.perf_counter() - started, time.process_time() - busy))
        return done

    @property
    def seconds(self) -> float:
        """The machine's part of it."""
        return sum(by_clock for _, by_clock, _ in self.steps)

    @property
    def busy(self) -> float:
        """The processor's part of it, which other programs do not lengthen."""
        return sum(of_processor for *_, of_processor in self.steps)


async def agree(dana: simcord.MemberActor, channel: simcord.ChannelHandle) -> None:
    """Once for a server: let unanswered questions be kept."""
    settings = response(await dana.slash(channel, "settings"))
    await dana.click(settings, label="Keep them? Read first")
    await dana.click(settings, label="I agree for this server")


async def answer_it(dana: simcord.MemberActor, channel: simcord.ChannelHandle, look: Look) -> Walk:
    """Go from the inbox to a published claim, as docs/moderators.md says it."""
    walk = Walk()
    shown = response(await walk.step("/knowledge inbox", dana.slash(channel, "knowledge inbox")))
    walk.commands += 1
    await look("inbox", shown)
    menu = next(each for each in components(shown) if each.get("type") == 3)
    [wanted] = [option["value"] for option in menu["options"] if SUBJECT in option["label"]]
    await walk.step("Open one of them", dana.select(shown, [wanted], custom_id=menu["custom_id"]))
    await look("gap", shown)
    form = await walk.step("New claim", dana.click(shown, label="New claim"))
    held = fields_of(form)
    typed = {name: text for name, text in WRITTEN.items() if held[name] != text}
    walk.fields += len(typed)
    made = await walk.step("the form", dana.submit_modal(form, {**held, **typed}))
    preview = made.response if made.response is not None and "Publish" in labels(made.response) else shown
    await look("preview", preview)
    await walk.step("Publish", publish(dana, preview))
    assert "Published as revision" in text_of(preview), text_of(preview)
    walk.pressed += 3
    return walk


async def teach_it(
    dana: simcord.MemberActor, mia: simcord.MemberActor, channel: simcord.ChannelHandle, me: discord.ClientUser
) -> Walk:
    """Teach what was just declined, from the button under the decline to the answer."""
    walk = Walk()
    await walk.step("asked in vain", mia.send(channel, f"{me.mention} {TAUGHT_FROM}"))
    decline = next(each for each in reversed(channel.history(viewer=dana)) if each.author == me)
    form = await walk.step("Teach me", dana.click(decline, label="Teach me"))
    made = await walk.step("the form", dana.submit_modal(form, {**fields_of(form), **TAUGHT}))
    walk.fields += len(TAUGHT)
    shown = response(made)
    sure = await walk.step("Publish", dana.click(shown, label="Publish"))
    walk.pressed += 3
    if "Publish all the same" in labels(sure.response or shown):
        await walk.step("Publish all the same", dana.click(sure.response or shown, label="Publish all the same"))
        walk.pressed += 1
    await walk.step("asked again", mia.send(channel, f"{me.mention} {TAUGHT_FROM}"))
    answer = next(each for each in reversed(channel.history(viewer=dana)) if each.author == me)
    assert TAUGHT["claim"] in text_of(answer), text_of(answer)
    return walk


@asynccontextmanager
async def gym() -> AsyncIterator[tuple[simcord.Env, Any, Any, simcord.MemberActor, LegPressBot]]:
    """A server with the bot on the shipped knowledge and a database of its own."""
    live = Live()
    with tempfile.TemporaryDirectory(prefix="lp-walk-") as folder:
        workshop = await open_workshop(live, state_dir=Path(folder))
        bot = LegPressBot(Conversations(live.service), live.service, workshop=workshop, shard_count=1)
        async with simcord.run(bot, approved_intents=discord.Intents.default(), settle_timeout=60) as env:
            assert env.bot.user is not None
            env.backend.advance_clock((datetime.now(UTC) - env.now()).total_seconds())
            await env.bot.user.edit(username="Leg Press Bot")
            guild = env.create_guild("Iron Corner Gym")
            role = guild.create_role("Coach", permissions=discord.Permissions(manage_guild=True))
            dana = guild.add_member(env.create_user("dana", global_name="Coach Dana"), roles=[role])
            yield env, guild, guild.create_text_channel("leg-day"), dana, bot


async def main(folder: Path) -> int:
    """Take the walk and print what it took; exit code 1 where the question is not answered in the end."""
    program = chromium_program()
    if program is None:
        sys.stderr.write("The pictures need Chromium (Debian, Ubuntu: apt install chromium).\n")
        return 2
    async with gym() as (env, guild, channel, dana, bot), async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--disable-gpu"])
        window = await browser.new_page(viewport={"width": WIDTH, "height": 4000}, reduced_motion="reduce")
        async with env.preview(channel, viewers=[dana], layout="channel", display="responsive") as preview:

            async def look(name: str, message: Any) -> None:
                env.backend.advance_clock(max(0.0, (datetime.now(UTC) - env.now()).total_seconds()))
                preview.capture_time = env.now()  # what was published a moment ago is not to lie in the future
                await load(window, preview.url)
                await photograph(window, {message.id: folder / f"moderators-{name}.png"})

            await agree(dana, channel)
            mia = guild.add_member(env.create_user("mia", global_name="Mia"))
            for number, question in enumerate(ASKED):
                member = mia if not number else guild.add_member(env.create_user(f"lifter{number}"))
                declined = await member.slash(channel, "legpress ask", question=question)
                print(f"{question}: {text_of(declined.response).splitlines()[0]}")  # noqa: T201
            for number, question in enumerate(OTHERS):
                for member in range(3 + number):
                    bot.desk.workshop.recording.answered(guild.id, member, Answer("", Outcome.DECLINE, "?"), question)
            walk = await answer_it(dana, channel, look)
            answered = await walk.step("asked again", mia.slash(channel, "legpress ask", question=ASKED[0]))
            assert env.bot.user is not None
            taught = await teach_it(dana, mia, channel, env.bot.user)
            await from_messages(dana, mia, channel, env.bot.user, look)
            await more_pictures(env, guild, channel, dana, look)
        await browser.close()
    report(walk)
    report(taught)
    good = WRITTEN["claim"] in text_of(answered.response)
    print("the question is answered" if good else f"NOT answered: {text_of(answered.response)}")  # noqa: T201
    return 0 if good else 1


def report(walk: Walk) -> None:
    """Print what a walk took."""
    for name, seconds, busy in walk.steps:
        print(f"{seconds:5.2f} s, {busy:.2f} s of the processor  {name}")  # noqa: T201
    print(  # noqa: T201
        f"{walk.commands} command, {walk.pressed} presses, 1 form with {walk.fields} fields to write: "
        f"{walk.seconds:.1f} s of the machine's time, {walk.busy:.1f} s of its processor"
    )


async def from_messages(
    dana: simcord.MemberActor, mia: simcord.MemberActor, channel: Any, me: discord.ClientUser, look: Look
) -> None:
    """Take the pictures of what a message's menu brings: the preview of what it teaches, and why it was answered so."""
    question = await mia.send(channel, TO_TEACH)
    message = await dana.send(channel, MESSAGE, reply_to=question)
    form = await dana.context_menu(channel, "Teach this", message)
    typed = {**fields_of(form), "title": "The leg press, day by day", "questions": TO_TEACH}
    await look("teach", response(await dana.submit_modal(form, typed)))
    await mia.send(channel, f"{me.mention} {EXPLAINED}")
    answer = next(each for each in reversed(channel.history(viewer=dana)) if each.author == me)
    await look("explain", response(await dana.context_menu(channel, "Explain this answer", answer)))


async def more_pictures(env: simcord.Env, guild: Any, channel: Any, dana: simcord.MemberActor, look: Look) -> None:
    """Take the other pictures of the guide: the queue, a conflict, a revision and the counts."""
    eric = guild.add_member(env.create_user("eric", global_name="Coach Eric"), roles=dana_roles(guild))
    for question, answer in (
        ("is creatine any good for legs", "A little, over weeks; not in one session."),
        ("do the 45 degree plates count", ""),
    ):
        writer = guild.add_member(env.create_user(f"writer{len(question)}"))
        form = await writer.slash(channel, "legpress suggest")
        await writer.submit_modal(form, {"question": question, "answer": answer, "link": "", "tell": ["no"]})
    await look("review", response(await dana.slash(channel, "knowledge review")))
    mine = await dana.slash(channel, "knowledge edit", claim="when-the-leg-press-is-free")
    theirs = await eric.slash(channel, "knowledge edit", claim="when-the-leg-press-is-free", why="new opening hours")
    first = await eric.submit_modal(
        theirs,
        {
            **fields_of(theirs),
            "answer": "Weekdays before 5 p.m., and after 8 p.m. On Mondays ask at the desk: everybody trains legs.",
        },
    )
    second = await dana.submit_modal(mine, {**fields_of(mine), "title": "When to find the leg press free"})
    await publish(eric, response(first))
    await publish(dana, response(second))
    await look("conflict", second.response)
    history = await dana.slash(channel, "knowledge history")
    revision = await dana.click(response(history), custom_id="lp:krev:2.-")
    await look("revision", response(revision))
    await fill_counts(env.bot.desk.workshop, guild.id)  # type: ignore[attr-defined]
    await look("stats", response(await dana.slash(channel, "knowledge stats")))


def dana_roles(guild: Any) -> list[Any]:
    """The role that lets somebody manage the server."""
    return [guild.create_role("Trainer", permissions=discord.Permissions(manage_guild=True))]


async def fill_counts(workshop: Any, guild: int) -> None:
    """Count a month of questions, always the same ones."""
    from collections import Counter

    from bot.store.tallies import TallyKey

    counts: Counter[TallyKey] = Counter()
    today = datetime.now(UTC).date()
    for back in range(30):
        day = (today - timedelta(days=back)).isoformat()
        for kind, most in (("answer", 14), ("suggest", 4), ("decline", 5)):
            counts[TallyKey(guild, day, "outcome", kind)] += (back * 7 + most * 3) % (most + 1)
        counts[TallyKey(guild, day, "press", "helpful")] += back % 4
        counts[TallyKey(guild, day, "press", "not helpful")] += int(back % 9 == 0)
    for claim, times in (("find-your-depth", 61), ("half-reps", 21)):
        counts[TallyKey(guild, today.isoformat(), "claim", claim)] += times
    await workshop.store.tallies.add(counts)


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "test-output/walk")
    target.mkdir(parents=True, exist_ok=True)
    sys.exit(asyncio.run(main(target)))
