"""`make gallery`: every drawing and every claim's card as a phone and a desktop show them, on one page to look at.

    python -m tests.gallery [FOLDER] [--only WORD...]

Writes FOLDER/index.html (test-output/gallery by default) and the screenshots beside it. Needs Chromium.
"""

import argparse
import asyncio
import html
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import discord
import simcord
from playwright.async_api import BrowserType

from bot.bootstrap import build_service
from bot.client import LegPressBot
from bot.core.checklist import Goal, checklist
from bot.core.drawing import PICTURES
from bot.core.geometry import MACHINES
from bot.core.my_depth import depth_request, my_depth
from bot.pictures import PictureCache, rendered
from bot.service import Conversations, Service
from bot.ui.card import Place
from bot.ui.checklist_card import State, checklist_layout
from bot.ui.depth_card import depth_layout
from bot.ui.layout import Layout
from bot.ui.pictures import Pictures
from bot.ui.replies import picture_of, reply
from tests.conftest import chromium_program

WIDTHS = {"phone": (400, 3200), "desktop": (960, 3200)}
BACKGROUNDS = ("#313338", "#ffffff")
DEPTHS = {
    "sled, tested": {"machine": "sled", "backrest": "2", "height": "178 cm", "roll": "hip 75"},
    "sled, not tested": {"machine": "sled", "height": "5'6"},
    "horizontal, tested": {"machine": "horizontal", "backrest": "60", "height": "165", "roll": "30 cm"},
    "horizontal, not tested": {"machine": "horizontal", "height": "195 cm"},
    "vertical, tested": {"machine": "vertical", "height": "172", "roll": "knee 70"},
    "vertical, not tested": {"machine": "vertical"},
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to look at: where it goes on the page, and the message that shows it."""

    section: str
    name: str
    layout: Layout


async def pieces(service: Service, bot: LegPressBot) -> AsyncIterator[Piece]:
    """Every card, in the order of the page."""
    for claim_id in service.knowledge.claims:
        answer = service.show_claim(claim_id)
        assert answer is not None
        picture = await picture_of(answer, service.knowledge, bot.pictures)
        place = Place(private=True, shareable=True)
        line = service.safety_line
        yield Piece("Cards", claim_id, reply(answer, service.knowledge, place, safety_line=line, picture=picture))
    answer = service.show_claim("find-your-depth")
    assert answer is not None
    picture = await picture_of(answer, service.knowledge, bot.pictures)
    assert picture is not None
    words = reply(answer, service.knowledge, picture=picture.without_file())
    yield Piece("Cards", "without its picture", words)
    several = replace(answer, also=("locking-out", "foot-height"), safety_line=True)
    together = reply(several, service.knowledge, safety_line=service.safety_line, picture=picture)
    yield Piece("Cards", "with two beside it", together)
    for machine in MACHINES.values():
        for goal in Goal:
            found = checklist(service.knowledge, machine, goal)
            layout = checklist_layout(found, State(1, found.version), safety_line=service.safety_line)
            yield Piece("Checklists", found.title, layout)
    found = checklist(service.knowledge)
    for name, mask in (("three ticked", 0b100011), ("one left", found.full ^ 1 << 4), ("all done", found.full)):
        state = State(1, found.version, mask)
        yield Piece("Checklists", name, checklist_layout(found, state, safety_line=service.safety_line))
    for name, fields in DEPTHS.items():
        result = my_depth(depth_request(**fields))
        drawn = await bot.pictures.own("my-depth.png", result.svg, result.alt)
        layout = depth_layout(result, drawn, Place(private=True, shareable=True), safety_line=service.safety_line)
        yield Piece("Own depth", name, layout)


@contextmanager
def _this_chromium(program: str) -> Iterator[None]:
    """Let SimCord's screenshots use the machine's own Chromium instead of one that Playwright downloads."""
    launch = BrowserType.launch

    async def own(self: BrowserType, **settings: Any) -> Any:
        return await launch(self, **{"executable_path": program, **settings})

    BrowserType.launch = own  # type: ignore[method-assign]
    try:
        yield
    finally:
        BrowserType.launch = launch  # type: ignore[method-assign]


@asynccontextmanager
async def _scene(service: Service) -> AsyncIterator[tuple[simcord.Env, LegPressBot, Any, Any]]:
    bot = LegPressBot(Conversations(lambda: service), lambda: service, shard_count=1)
    async with simcord.run(bot, approved_intents=discord.Intents.default()) as env:
        assert env.bot.user is not None
        await env.bot.user.edit(username="Leg Press Bot")
        guild = env.create_guild("Gym")
        channel = guild.create_text_channel("leg-day")
        yield env, bot, channel, guild.add_member(env.create_user("Alice"))


async def shots(folder: Path, only: Sequence[str] = ("",)) -> list[tuple[str, str, list[str]]]:
    """Take the screenshots; returns section, name and files of each piece."""
    service = build_service()
    program = chromium_program()
    if program is None:
        sys.exit("make gallery needs Chromium (Debian, Ubuntu: apt install chromium).")
    done = []
    with _this_chromium(program):
        async with _scene(service) as (env, bot, channel, viewer), env.preview(channel, viewers=[viewer]) as preview:
            bot.pictures = Pictures(PictureCache(), seconds=60)  # a busy machine must not leave pictures out here
            async for piece in pieces(service, bot):
                if not any(word in f"{piece.section} {piece.name}" for word in only):
                    continue
                target = bot.get_partial_messageable(channel.id)
                message = await target.send(view=piece.layout, files=piece.layout.files())
                await env.settle()
                files = []
                for width, viewport in WIDTHS.items():
                    name = f"{piece.section}-{piece.name}-{width}.png".lower().replace(" ", "-").replace(":", "")
                    await preview.screenshot(folder / name, target=message, viewport=viewport, allow_incomplete=True)
                    files.append(name)
                await message.delete()  # each further message in the channel makes the next screenshot slower
                done.append((piece.section, piece.name, files))
                print(f"{len(done):4} {piece.section}: {piece.name}", flush=True)  # noqa: T201
    return done


def page(folder: Path, done: list[tuple[str, str, list[str]]]) -> str:
    """Return the page's HTML, and write the drawings beside it."""
    parts = ["<!doctype html><meta charset=utf-8><title>Gallery</title><style>body{font:16px sans-serif;margin:2em}",
             "figure{display:inline-block;margin:0 1em 2em 0;vertical-align:top}.bg{padding:16px;display:inline-block}",
             "figure img{display:inline-block;vertical-align:top}</style><h1>Drawings at 400 pixels</h1>"]  # fmt: skip
    for picture in PICTURES.values():
        png = rendered(picture.svg)
        (folder / f"{picture.name}.png").write_bytes(png)
        shown = "".join(
            f'<span class=bg style="background:{colour}"><img src="{picture.name}.png" width=400></span>'
            for colour in BACKGROUNDS
        )
        alt = html.escape(picture.alt)
        parts.append(
            f"<figure>{shown}<figcaption><b>{picture.name}</b>, {len(png):,} bytes<br>{alt}</figcaption></figure>"
        )
    section = ""
    for where, name, files in done:
        if where != section:
            parts.append(f"<h1>{where}</h1>")
            section = where
        images = "".join(f'<img src="{file}">' for file in files)
        parts.append(f"<figure>{images}<figcaption>{html.escape(name)}</figcaption></figure>")
    return "\n".join(parts)


def main() -> None:
    """Write the gallery."""
    parser = argparse.ArgumentParser(description="Every drawing and every card on one page.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("test-output/gallery"))
    parser.add_argument("--only", nargs="*", default=[""], help="only pieces with one of these words in their name")
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    done = asyncio.run(shots(folder, arguments.only))
    (folder / "index.html").write_text(page(folder, done), encoding="utf-8")
    print(folder / "index.html")  # noqa: T201


if __name__ == "__main__":
    main()
