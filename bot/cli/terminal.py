"""An answer on a terminal: wrapped and coloured there, plain text in a pipe."""

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable

import click

from bot.core.judgement import LABEL, SERVER_SAYS, judged
from bot.core.model import Answer, Knowledge, Outcome, Verdict
from bot.core.visible import visible
from bot.core.wording import AVOID, DO, RELATED, SOURCES, UNKNOWN, WHY

_VERDICT_COLOURS = {
    Verdict.SUPPORTED: "green",
    Verdict.MIXED: "yellow",
    Verdict.UNTESTED: "cyan",
    Verdict.UNSUPPORTED: "red",
    Verdict.OPINION: "magenta",
}
_STATEMENTS = (f"{LABEL}: ", f"{SERVER_SAYS}: ")
_SECTIONS = tuple(f"{title}:" for title in (WHY, UNKNOWN, DO, AVOID, SOURCES, RELATED))
_WIDEST = 88


def is_fancy() -> bool:
    """Say whether standard output is a terminal that wants colour (the NO_COLOR convention is kept)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def show(answer: Answer, knowledge: Knowledge, text: str = "") -> str:
    """Return the answer's text, or `text` in its place, for standard output as it is now."""
    text = plain(text or answer.text)
    if not sys.stdout.isatty():
        return text
    lines = wrapped(text.splitlines())
    return "\n".join(_coloured(lines, answer, knowledge) if is_fancy() else lines)


def echo(text: str, *, err: bool = False) -> None:
    """Write what may quote a question, a file or its name: no character of it speaks to the terminal."""
    click.echo(visible(text), err=err)


def wrapped(lines: Iterable[str]) -> list[str]:
    """Return lines as they fit on a terminal, continued below their own beginning; in a pipe as they are.

    No character of them speaks to the terminal.
    """
    lines = map(visible, lines)
    if not sys.stdout.isatty():
        return list(lines)
    widest = width()
    return [piece for line in lines for piece in _wrapped(line, widest)]


def width() -> int:
    """Return how many characters of a text fit on a line of the terminal, and are still read with ease."""
    return min(shutil.get_terminal_size().columns, _WIDEST)


def plain(text: str) -> str:
    """Return a text without the stars that make words bold in Discord, and without what speaks to a terminal."""
    return visible(text).replace("**", "")


def _wrapped(line: str, widest: int) -> list[str]:
    margin = line[: len(line) - len(line.lstrip())]
    head, _, rest = line.lstrip().partition(" ")
    if margin:
        margin += "  "
    elif rest and (head == "-" or head.rstrip(".").isdigit()):
        margin = " " * (len(head) + 1)
    return textwrap.wrap(line, widest, subsequent_indent=margin, break_long_words=False, break_on_hyphens=False) or [""]


def _coloured(lines: list[str], answer: Answer, knowledge: Knowledge) -> list[str]:
    if answer.outcome is Outcome.STOP:
        return [click.style(line, fg="red", bold=True) if line else line for line in lines]
    shown = [knowledge.claims[claim] for claim in (answer.claim, *answer.also) if claim is not None]
    titles = {claim.title for claim in shown}
    verdicts = {f"{judged(claim)}.": _VERDICT_COLOURS[claim.verdict] for claim in shown}
    coloured: list[str] = []
    for line in lines:
        verdict = next((colour for text, colour in verdicts.items() if line.startswith(text)), None)
        section = next((section for section in _SECTIONS if line.startswith(section)), None)
        if line in titles or line.startswith(_STATEMENTS):
            coloured.append(click.style(line, bold=True))
        elif verdict:
            coloured.append(click.style(line, fg=verdict))
        elif section:
            coloured.append(click.style(section, bold=True) + line.removeprefix(section))
        else:
            coloured.append(line)
    return coloured
