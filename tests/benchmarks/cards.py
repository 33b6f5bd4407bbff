"""How many claims' cards a phone shows whole: `python -m tests.benchmarks.cards [FOLDER] [--only WORD...]`.

A window of 390 x 844 shows about 580 pixels of a channel; a card may take 560, or 700 where it ends with the safety line.
Each card is sent to a channel of SimCord and measured in Chromium, privately to whoever asked and for all. FOLDER
(test-output/cards) gets a contact sheet of all of them. Exits with 1 where one does not fit.
"""

import argparse
import asyncio
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from bot.bootstrap import build_service
from bot.pictures import PictureCache
from bot.ui.answer.card import Place
from bot.ui.answer.replies import reply
from bot.ui.kit.pictures import Pictures, picture_of
from tests.gallery import TOGETHER, load, photograph, scene, windows

MOST, MOST_WITH_LINE = 560, 700
PLACES = {"private": Place(private=True, shareable=True), "public": Place(suggestable=True)}
COLUMNS = 12
NARROW = 195
"""Pixels of a card on the contact sheet: half its size."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A card's height in pixels, and its screenshot."""

    claim: str
    place: str
    with_line: bool
    tall: int
    shot: Path

    @property
    def fits(self) -> bool:
        """Whether a phone shows it whole."""
        return self.tall <= (MOST_WITH_LINE if self.with_line else MOST)


async def measured(folder: Path, only: Sequence[str]) -> list[Measured]:
    """Send, photograph and measure the card of each claim whose id holds one of the words `only`."""
    service = build_service()
    knowledge, pictures = service.knowledge, Pictures(PictureCache(), seconds=60)
    wanted = [(claim, place) for claim in knowledge.claims for place in PLACES if any(word in claim for word in only)]
    found = []
    async with scene(service) as (bot, env, channel, url), windows() as pages:
        room = bot.get_partial_messageable(channel.id)
        for batch in [wanted[at : at + TOGETHER] for at in range(0, len(wanted), TOGETHER)]:
            sent = []
            for claim, place in batch:
                answer = service.show_claim(claim)
                assert answer is not None
                picture = await picture_of(answer, knowledge, pictures)
                layout = reply(answer, knowledge, PLACES[place], safety_line=service.safety_line, picture=picture)
                message = await room.send(view=layout, files=layout.files())
                sent.append((message, Measured(claim, place, answer.safety_line, 0, folder / f"{claim}-{place}.png")))
            await env.settle()
            await load(pages["phone"], url)
            tall = await photograph(pages["phone"], {message.id: each.shot for message, each in sent})
            for message, each in sent:
                found.append(replace(each, tall=tall[message.id]))
                await message.delete()
    return found


def contact_sheet(folder: Path, found: Sequence[Measured]) -> Path:
    """Write all private cards, at half their size, on one picture."""
    shown = [each for each in found if each.place == "private"]
    tall = max(each.tall for each in shown) // 2 + 8
    columns = min(COLUMNS, len(shown))
    sheet = Image.new("RGB", (columns * NARROW, math.ceil(len(shown) / columns) * tall), "#313338")
    for number, each in enumerate(shown):
        with Image.open(each.shot) as shot:
            small = shot.resize((NARROW, shot.height * NARROW // shot.width))
        sheet.paste(small, (number % columns * NARROW, number // columns * tall))
    path = folder / "sheet.png"
    sheet.save(path)
    return path


def main() -> int:
    """Measure, and print the share that fits."""
    parser = argparse.ArgumentParser(description="How many claims' cards a phone shows whole.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("test-output/cards"))
    parser.add_argument("--only", nargs="*", default=[""], help="only claims with one of these words in their id")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    found = asyncio.run(measured(arguments.folder, arguments.only))
    for with_line, most in ((False, MOST), (True, MOST_WITH_LINE)):
        of = sorted(each.tall for each in found if each.with_line is with_line)
        if of:
            fitting = sum(tall <= most for tall in of)
            name = "with the safety line" if with_line else "without it"
            print(f"{name}: {fitting} of {len(of)} within {most} px; median {of[len(of) // 2]}, tallest {of[-1]}")  # noqa: T201
    for each in sorted(found, key=lambda each: -each.tall):
        if not each.fits:
            print(f"  {each.tall} px: {each.claim}, {each.place}")  # noqa: T201
    fitting = sum(each.fits for each in found)
    print(f"fit: {fitting} of {len(found)} ({fitting / len(found):.1%}); {contact_sheet(arguments.folder, found)}")  # noqa: T201
    return 0 if fitting == len(found) else 1


if __name__ == "__main__":
    sys.exit(main())
