"""A claim as the card that a phone shows.

Read in two seconds: the verdict, one line, the picture. In ten: the steps. In a minute, behind buttons: why, what nobody
knows, and the sources. The safety line comes last.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from discord import ui

from bot.core.model import Claim, Knowledge
from bot.core.references import readable, without_references
from bot.core.wording import VERDICTS
from bot.ui import wording
from bot.ui.buttons import Press
from bot.ui.citations import citations
from bot.ui.layout import box, rule
from bot.ui.limits import cut, label, sentence_ends, whole_items
from bot.ui.pictures import Shown

MOST_ON_CARD = 2700
"""Characters of a whole card; with two compact ones beside it and the safety line, under Discord's 4,000."""
MOST_COMPACT_ANSWER = 300
SHORTEST_LINE, LONGEST_LINE = 25, 180
"""Characters of the one line that stands out: "No." alone says too little, and a paragraph in bold is no line."""
MOST_WORDS, MOST_WORDS_BESIDE = 1000, 200
"""Characters of a missing picture's words: on a card alone, and where others stand beside."""
MOST_RELATED = 3
MOST_RELATED_LABEL = 38
"""Discord advises 34 to 38 characters on a button."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card stands.

    `private`: only the one who asked sees it; `shareable`: there is a channel to post it in; `suggestable`: there are
    moderators to suggest something to.
    """

    private: bool = False
    shareable: bool = False
    suggestable: bool = False


PUBLIC = Place()


def badge(claim: Claim, statement: str = "") -> str:
    """Return the verdict in a line that no phone breaks, and small below it the confidence and the `statement` judged.

    Symbol and words, so that nobody needs the colour.
    """
    small = f"-# {wording.CONFIDENCE[claim.confidence]}" + (f" · {statement}" if statement else "")
    return f"{wording.SYMBOLS[claim.verdict]} **{VERDICTS[claim.verdict]}**\n{small}"


def heading(claim: Claim) -> str:
    """Return title, verdict and the statement that it judges."""
    lines = [f"### {claim.title}", badge(claim, " ".join(claim.claim.split()))]
    if claim.added_by_server:
        lines.append(f"-# {wording.ADDED_BY_SERVER}")
    elif claim.own_picture is not None:
        lines.append(f"-# {wording.PICTURE_BY_SERVER}")
    return "\n".join(lines)


def one_line(answer: str) -> tuple[str, str]:
    """Return the beginning of an answer that is to stand out, in bold, and the rest; "" and all where none stands alone.

    Whole sentences are taken until they say something, unless that makes them too long for a line.
    """
    answer = answer.strip()
    fitting = [end for end in sentence_ends(answer) if end <= LONGEST_LINE]
    end = next((end for end in fitting if end >= SHORTEST_LINE), fitting[-1] if fitting else 0)
    line = answer[:end].rstrip()
    if not line or "\n" in line or set("*_`~|[<") & set(line):  # Markdown in Markdown comes out garbled
        return "", answer
    return f"**{line}**", answer[end:].lstrip()


def steps_text(claim: Claim) -> str:
    """Return all that is to do, as a numbered list; "" where nothing is."""
    lines = [f"{number}. {step}" for number, step in enumerate(claim.do, start=1)]
    return "\n".join(["**What to do**", *lines]) if lines else ""


def avoid_text(claim: Claim) -> str:
    """Return all that is to be left out; "" where nothing is."""
    return "\n".join(["**Better not**", *(f"- {each}" for each in claim.avoid)]) if claim.avoid else ""


def unknown_text(claim: Claim) -> str:
    """Return what nobody has shown yet; "" where nothing is said of it."""
    return f"**What nobody has shown yet**\n{claim.unknown}" if claim.unknown else ""


def _shortened(whole: str, room: int) -> str:
    """Return the list `whole` with as many whole lines as fit; "" where not even one does below its heading."""
    if len(whole) <= room:
        return whole
    lines = whole.split("\n")
    fitting = whole_items(lines, room - 2)
    return "\n".join([*lines[:fitting], "…"]) if fitting > 1 else ""


def _body(claim: Claim, knowledge: Knowledge, focus: str, room: int) -> tuple[list[str], list[str]]:
    """Return what stands above the line and what below it, for what was asked for."""
    if focus == "why" and claim.why:
        return [cut(claim.why, room * 2 // 3), cut(unknown_text(claim), room // 3)], []
    if focus == "sources":
        cited = citations(claim, knowledge)
        fitting = whole_items(cited, room - len(wording.REST_BEHIND_SOURCES) - 1)
        rest = [] if fitting == len(cited) else [wording.REST_BEHIND_SOURCES]
        return cited[:fitting] + rest, []
    room -= len(wording.REST_BEHIND_WHY)
    answer = "" if focus == "do" and claim.do else cut(claim.answer, room * 2 // 3)
    steps = _shortened(steps_text(claim), room - len(answer))
    avoid = _shortened(avoid_text(claim), room - len(answer) - len(steps))
    whole = steps == steps_text(claim) and avoid == avoid_text(claim) and answer in ("", claim.answer.strip())
    return [*one_line(answer)] if answer else [], [steps, avoid, "" if whole else wording.REST_BEHIND_WHY]


def is_shortened(claim: Claim, knowledge: Knowledge) -> bool:
    """Say whether the card leaves out some of the claim; "Why" then brings it."""
    claim = readable(claim, knowledge)
    _, below = _body(claim, knowledge, "", MOST_ON_CARD - len(heading(claim)))
    return wording.REST_BEHIND_WHY in below


def card(
    claim: Claim,
    knowledge: Knowledge,
    place: Place = PUBLIC,
    *,
    focus: str = "",
    safety_line: str = "",
    beside: Collection[str] = (),
    picture: Shown | None = None,
) -> ui.Container[Any]:
    """Return the whole card of `claim`.

    `focus` is the part that a follow-up asked for ("why", "sources", "do"); `safety_line` is "" where the answer
    touches no pain; `beside` are claims shown in the same message, to which no button leads; `picture` stands below the
    one line.
    """
    claim = readable(claim, knowledge)
    head = cut(heading(claim), MOST_ON_CARD // 3)
    above, below = _body(claim, knowledge, focus, MOST_ON_CARD - len(head))
    parts: list[ui.Item[Any]] = [ui.TextDisplay(head)]
    shown = [] if picture is None else [picture.block(MOST_WORDS_BESIDE if beside else MOST_WORDS)]
    first, *others = above or [""]
    said = [text for text in others if text]
    if focus in ("", "do"):
        parts += [*_texts([first]), *shown, *_texts(said)]
    else:
        parts += [*shown, *_texts([first, *said])]
    for texts in ([text for text in below if text], [safety_line] if safety_line else []):
        if texts:
            parts += [rule(), *(ui.TextDisplay(text) for text in texts)]
    parts.append(ui.ActionRow(*_about_it(claim, place)))
    parts.append(ui.ActionRow(*_related(claim, knowledge, beside)))
    parts.append(ui.ActionRow(*_verdict_on_it(claim)))
    return box(wording.COLOURS[claim.verdict], *parts)


def _texts(texts: Sequence[str]) -> list[ui.Item[Any]]:
    return [ui.TextDisplay(text) for text in texts if text]


def compact_card(claim: Claim) -> ui.Container[Any]:
    """Return the short card of a claim that stands beside another one, with a button to the whole of it."""
    head = f"### {claim.title}\n{badge(claim)}"
    if claim.added_by_server:
        head += f"\n-# {wording.ADDED_BY_SERVER}"
    return box(
        wording.COLOURS[claim.verdict],
        ui.TextDisplay(head),
        ui.TextDisplay(cut(without_references(claim.answer), MOST_COMPACT_ANSWER)),
        ui.ActionRow(Press("show", claim.id, "Steps and sources", emoji="📋")),
    )


def show_buttons(claim_ids: Sequence[str], names: Sequence[str]) -> ui.ActionRow[Any]:
    """Return a row of buttons that show claims, each under its name."""
    return ui.ActionRow(
        *(
            Press("show", claim_id, label(name, MOST_RELATED_LABEL), emoji="➡️")
            for claim_id, name in zip(claim_ids, names, strict=True)
        )
    )


def _about_it(claim: Claim, place: Place) -> list[ui.Item[Any]]:
    shown: list[ui.Item[Any]] = [
        Press("why", claim.id, "Why", emoji="💡"),
        Press("sources", claim.id, "Sources", emoji="📚"),
    ]
    if place.private:
        shown.append(Press("more", claim.id, "Ask more", emoji="✏️"))
    if place.shareable:
        shown.append(Press("share", claim.id, "Share", emoji="📣"))
    return shown


def _related(claim: Claim, knowledge: Knowledge, beside: Collection[str]) -> list[ui.Item[Any]]:
    others = [each for each in dict.fromkeys(claim.related) if each in knowledge.claims]
    others = [each for each in others if each != claim.id and each not in beside][:MOST_RELATED]
    return show_buttons(others, [knowledge.claims[each].title for each in others]).children


def _verdict_on_it(claim: Claim) -> list[ui.Item[Any]]:
    return [
        Press("helpful", claim.id, "Helpful", emoji="👍"),
        Press("unhelpful", claim.id, "Not helpful", emoji="👎"),
        Press("report", claim.id, "Report", emoji="🚩"),
    ]
