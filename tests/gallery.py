"""`make gallery`: one page to look at, of every drawing and of every card on a phone, dark and light, and on a desktop.

    python -m tests.gallery [FOLDER] [--only WORD...] [--fresh]

Writes FOLDER/index.html (test-output/gallery by default) and the screenshots beside it. A card that has not changed since
its last screenshot keeps it, so a run that was stopped goes on where it was. Needs Chromium.
"""

import argparse
import asyncio
import hashlib
import html
import json
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import discord
import simcord
from playwright.async_api import Page, async_playwright

from bot.bootstrap import build_service
from bot.client import LegPressBot
from bot.core.drawing import PICTURES
from bot.pictures import PictureCache
from bot.service import Conversations, Service
from bot.ui.kit.layout import Layout
from bot.ui.kit.pictures import Pictures
from tests.conftest import chromium_program
from tests.gallery_pieces import pieces

WIDTHS = {"phone": 390, "phone light": 390, "desktop": 960}
"""Pixels of each view. The light one is the phone's own page in other colours, so it is not loaded again."""
LIGHT = {
    "color-scheme": "light",
    "background": "#ffffff",
    "color": "#2f3136",
    "--discord-bg": "#ffffff",
    "--discord-surface": "#f2f3f5",
    "--discord-elevated": "#e3e5e8",
    "--discord-control": "#ebedef",
    "--discord-hover": "#e0e2e6",
    "--discord-text": "#2f3136",
    "--discord-muted": "#5c5e66",
    "--discord-subtle": "#4e5058",
    "--discord-border": "#d4d7dc",
    "--component-surface": "#f9f9fa",
    "--component-border": "#d9dbdf",
    "--subtle-surface": "#6d6f78",
    "--subtle-surface-text": "#ffffff",
    "--button-alt": "#6d6f78",
    "--entity-text": "#4e5058",
    "--entity-dim": "#5c5e66",
    "--code-surface": "#f2f3f5",
    "--code-border": "#d4d7dc",
    "--code-text": "#2f3136",
    "--link-text": "#006ce7",
    "--disclaimer-bg": "#fdf3d8",
    "--disclaimer-text": "#2f3136",
    "--control-border": "#d4d7dc",
    "--chip-surface": "#ebedef",
}
"""Colours near those of Discord's light theme, by eye: the simulated Discord has a dark one alone."""
TALLEST = 4000
"""Pixels of the browser's window: a card taller than that would be cut."""
TOGETHER = 6
"""Cards that stand in the channel at a time: each load of the page costs as much as three screenshots."""
READY_MS = 120_000
RECOLOUR = "colours => Object.entries(colours).forEach(each => document.documentElement.style.setProperty(...each))"
BACKGROUNDS = ("#313338", "#ffffff")
SHOTS = "shots.json"


@dataclass(slots=True)
class Shot:
    """The screenshots of one card: where it goes on the page, what was shown, and how tall it came out, by width."""

    section: str
    name: str
    print: str
    tall: dict[str, int] = field(default_factory=dict)

    def file(self, width: str) -> str:
        """Return the name of the screenshot of that width."""
        kept = "".join(
            letter for letter in f"{self.section} {self.name} {width}".lower() if letter.isalnum() or letter in " -"
        )
        return "-".join(kept.split()) + ".png"

    def is_taken(self, folder: Path) -> bool:
        """Say whether every screenshot is there."""
        return all(width in self.tall and (folder / self.file(width)).is_file() for width in WIDTHS)


def fingerprint(layout: Layout) -> str:
    """Return what changes whenever a message looks different: its components, its files, and what draws them."""
    parts = [simcord.__version__, json.dumps(layout.to_components(), sort_keys=True)]
    parts += [hashlib.sha256(file.fp.read()).hexdigest() for file in layout.files()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


class Album:
    """The screenshots of a folder, written down as they are taken."""

    def __init__(self, folder: Path, *, fresh: bool) -> None:
        self.folder = folder
        self._kept: dict[str, Shot] = {}
        if not fresh and (folder / SHOTS).is_file():
            for each in json.loads((folder / SHOTS).read_text("utf-8")):
                self._kept[f"{each['section']}/{each['name']}"] = Shot(**each)

    def find(self, section: str, name: str, layout: Layout) -> Shot:
        """Return the shot of a card: the kept one where it still looks the same, else one that is yet to be taken."""
        known = fingerprint(layout)
        held = self._kept.get(f"{section}/{name}")
        if held is None or held.print != known:
            held = self._kept[f"{section}/{name}"] = Shot(section, name, known)
        return held

    def save(self) -> None:
        """Write down what there is."""
        shots = [
            {"section": each.section, "name": each.name, "print": each.print, "tall": each.tall}
            for each in self._kept.values()
        ]
        (self.folder / SHOTS).write_text(json.dumps(shots, indent=1), encoding="utf-8")


@asynccontextmanager
async def scene(service: Service) -> AsyncIterator[tuple[LegPressBot, simcord.Env, Any, str]]:
    """Yield the bot, its Discord, a channel, and the address that shows the channel."""
    bot = LegPressBot(Conversations(lambda: service), lambda: service, shard_count=1)
    async with simcord.run(bot, approved_intents=discord.Intents.default()) as env:
        assert env.bot.user is not None
        await env.bot.user.edit(username="Leg Press Bot")
        guild = env.create_guild("Gym")
        channel = guild.create_text_channel("leg-day")
        viewer = guild.add_member(env.create_user("Alice"))
        async with env.preview(channel, viewers=[viewer], layout="channel", display="responsive") as preview:
            yield bot, env, channel, preview.url


@asynccontextmanager
async def windows() -> AsyncIterator[dict[str, Page]]:
    """Yield one browser window for each width."""
    program = chromium_program()
    if program is None:
        sys.exit("make gallery needs Chromium (Debian, Ubuntu: apt install chromium).")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--disable-gpu"])
        yield {
            name: await browser.new_page(viewport={"width": width, "height": TALLEST}, reduced_motion="reduce")
            for name, width in WIDTHS.items()
            if name != "phone light"
        }
        await browser.close()


async def load(page: Page, url: str) -> None:
    """Show the channel as it is now."""
    await page.goto("about:blank")  # the same address with the same fragment would not load again
    await page.goto(url)
    ready = "() => window.simcordPreview?.ready === true"
    await page.wait_for_function(ready, timeout=READY_MS)


async def photograph(page: Page, wanted: dict[int, Path]) -> dict[int, int]:
    """Take a screenshot of each message in the channel, by its id; returns how tall each is."""
    tall = {}
    for message, path in wanted.items():
        body = page.locator(f'.channel-message[data-message-id="{message}"]')
        box = await body.bounding_box(timeout=READY_MS)
        if box is None or box["height"] > TALLEST:
            sys.exit(f"{path.name} is not to be seen whole in a window {TALLEST} pixels tall.")
        await body.screenshot(path=path, timeout=READY_MS)
        tall[message] = round(box["height"])
    return tall


async def shots(folder: Path, only: Sequence[str], drawn: PictureCache, *, fresh: bool) -> list[Shot]:
    """Take the screenshots that are missing; returns all that belong on the page, in its order."""
    service = build_service()
    pictures = Pictures(drawn, seconds=60)  # a busy machine must not leave pictures out here
    album = Album(folder, fresh=fresh)
    found = [
        (album.find(piece.section, piece.name, piece.layout), piece.layout)
        async for piece in pieces(service, pictures)
        if any(word in f"{piece.section} {piece.name}" for word in only)
    ]
    due = [(shot, layout) for shot, layout in found if not shot.is_taken(folder)]
    print(f"To show: {len(found)}. To take: {len(due)}.", flush=True)  # noqa: T201
    if due:
        await take(folder, album, service, due)
    return [shot for shot, _ in found]


async def take(folder: Path, album: Album, service: Service, due: Sequence[tuple[Shot, Layout]]) -> None:
    """Take the screenshots of `due`, some cards at a time, and write down each time what there is."""
    started, done = time.monotonic(), 0
    async with scene(service) as (bot, env, channel, url), windows() as pages:
        room = bot.get_partial_messageable(channel.id)
        for batch in [due[at : at + TOGETHER] for at in range(0, len(due), TOGETHER)]:
            sent = [await room.send(view=layout, files=layout.files()) for _, layout in batch]
            await env.settle()
            for width in WIDTHS:
                window = pages[width.removesuffix(" light")]
                if width in pages:
                    await load(window, url)
                else:
                    await window.evaluate(RECOLOUR, LIGHT)
                wanted = {message.id: folder / shot.file(width) for message, (shot, _) in zip(sent, batch, strict=True)}
                tall = await photograph(window, wanted)
                for message, (shot, _) in zip(sent, batch, strict=True):
                    shot.tall[width] = tall[message.id]
            for message in sent:
                await message.delete()  # each further message in the channel makes the next load slower
            album.save()
            done += len(batch)
            spent = time.monotonic() - started
            left = spent / done * (len(due) - done)
            print(  # noqa: T201
                f"{done:4} of {len(due)}, {spent:.0f} s, {left:.0f} s to go: {batch[-1][0].section}, {batch[-1][0].name}",
                flush=True,
            )


def page(folder: Path, taken: Sequence[Shot], drawn: PictureCache) -> str:
    """Return the page's HTML, and write the drawings beside it."""
    parts = ["<!doctype html><meta charset=utf-8><title>Gallery</title><style>body{font:16px sans-serif;margin:2em}",
             "figure{display:inline-block;margin:0 1em 2em 0;vertical-align:top}.bg{padding:16px;display:inline-block}",
             "figure img{display:inline-block;vertical-align:top}</style><h1>Drawings at 400 pixels</h1>"]  # fmt: skip
    for picture in PICTURES.values():
        png = drawn.png(picture.svg)
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
    for shot in taken:
        if shot.section != section:
            section = shot.section
            parts.append(f"<h1>{section}</h1>")
        images = "".join(f'<img src="{shot.file(width)}">' for width in WIDTHS)
        tall = ", ".join(f"{width} {shot.tall[width]} pixels tall" for width in WIDTHS)
        parts.append(f"<figure>{images}<figcaption>{html.escape(shot.name)}: {tall}</figcaption></figure>")
    return "\n".join(parts)


def main() -> None:
    """Write the gallery."""
    parser = argparse.ArgumentParser(description="Every drawing and every card on one page.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("test-output/gallery"))
    parser.add_argument("--only", nargs="*", default=[""], help="only pieces with one of these words in their name")
    parser.add_argument("--fresh", action="store_true", help="take every screenshot again")
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    drawn = PictureCache()
    taken = asyncio.run(shots(folder, arguments.only, drawn, fresh=arguments.fresh))
    (folder / "index.html").write_text(page(folder, taken, drawn), encoding="utf-8")
    print(folder / "index.html")  # noqa: T201


if __name__ == "__main__":
    main()
