"""What publishing a draft would do, before it does: the very card members will see, and the result of every check."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.core.fields import LABELS
from bot.core.model import Answer, ServerSource
from bot.core.overlay import OUT_OF_SCOPE
from bot.core.references import readable
from bot.sentences import say
from bot.service import Service
from bot.service.draft_values import Draft, DraftItem, Revision
from bot.service.previews import Preview
from bot.ui import wording
from bot.ui.answer.card import Place, card, compact_card
from bot.ui.answer.citations import own_citation
from bot.ui.answer.sections import Section
from bot.ui.curation import words
from bot.ui.curation.steps import FIRST, STEPS, asks_for
from bot.ui.kit.buttons import NO_CLAIM, Press
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.limits import MOST_TEXT, cut, whole_items, without_marks
from bot.ui.kit.picks import values_row
from bot.ui.kit.pictures import MOST_WORDS_BESIDE, Shown

MOST_SUMMARIES = 6
MOST_CHECKS = 1500
MOST_WHY_SHOWN = 300
MOST_HEADING = 1000
LEAST_CHECKS = 300
"""Kept free for the checks, however long heading and card are."""
MARGIN = 60
MOVED = "↪️"
IN_A_ROW = 3
"""Buttons side by side on a phone of 390 pixels, if their labels are short and have no picture."""
MOST_NAMED, LONGEST_NAMED = 4, 90
"""Questions that go elsewhere, named for each way they go, and the characters shown of one."""


@dataclass(frozen=True, slots=True)
class Previewed:
    """A preview as a message, and what had no room in it (b"" where everything had)."""

    layout: Layout
    whole: bytes


@dataclass(frozen=True, slots=True)
class Beside:
    """What a preview says besides its checks, and the buttons that go with it."""

    lines: tuple[str, ...] = ()
    buttons: tuple[Press, ...] = ()


NOTHING_BESIDE = Beside()


def preview(
    made: Preview, picture: Shown | None = None, beside: Beside = NOTHING_BESIDE, *, more: bool = False
) -> Previewed:
    """Return the preview of a draft without faults, with the buttons that publish, change or discard it.

    `picture` is that of the card, where there is one card with one; `beside` what else is to be said of the draft. `more`: with
    the buttons that few drafts need, too.
    """
    draft = made.draft
    picture = None if picture is None else picture.briefly()
    cards = list(_cards(made, picture))
    room = MOST_TEXT - (Layout(*cards).content_length() if cards else 0) - LEAST_CHECKS
    head = box(wording.QUIET_COLOUR, ui.TextDisplay(cut(_heading(draft), min(room, MOST_HEADING))))
    buttons = _buttons(draft, made.doubts, len(made.missed), beside.buttons, more=more)
    row = [*_likely_row(made), *buttons]
    taken = Layout(head, *cards).content_length()
    lines = [*beside.lines, *check_lines(made)]
    moved = _moved_lines(made, all_of_them=True)
    room = min(MOST_CHECKS, MOST_TEXT - taken - MARGIN)
    fitting = whole_items(lines, room)
    shown = lines[:fitting]
    if fitting < len(lines):
        shown.append(say("moderators.previews.more_in_file", count=len(lines) - fitting))
    checks = ui.TextDisplay[Any]("\n".join(["**Checks**", *shown]))
    left_out = fitting < len(lines) or moved != _moved_lines(made)
    whole = "\n".join([*(line for line in lines if not line.startswith(MOVED)), *moved]) if left_out else ""
    tail = box(wording.QUIET_COLOUR, checks, *row)
    return Previewed(
        Layout(head, *cards, tail, pictures=[picture] if picture else []).sealed(), without_marks(whole).encode()
    )


def only_answer(made: Preview) -> Answer | None:
    """Return the one answer whose whole card a preview shows, None where it shows several or none."""
    answers = [answer for answer in made.answers if answer.claim in made.service.knowledge.claims]
    return answers[0] if len(answers) == 1 else None


def faulty(draft: Draft) -> Layout:
    """Return what keeps a draft from being published, with the buttons that open its forms again."""
    lines = [f"- **{LABELS.get(fault.field, fault.field)}:** {cut(fault.message, 400)}" for fault in draft.faults]
    fitting = whole_items(lines, MOST_TEXT - 400)
    if fitting < len(lines):
        lines[fitting:] = [f"-# … and {len(lines) - fitting} more"]
    text = "\n".join([words.FAULTY, *lines])
    return Layout(box(wording.WARNING_COLOUR, ui.TextDisplay(text), *_buttons(draft, more=True))).sealed()


def published(revision: Revision, draft: Draft) -> Layout:
    """Return that a draft is live, with the way back."""
    text = say("moderators.previews.published", number=revision.number)
    summary = "\n".join(_summaries(draft))
    claim = draft.claim
    buttons = [Press("kback", f"{revision.number - 1}.{claim or NO_CLAIM}", "Undo", emoji="↩️")]
    if claim is not None and any(item.after.claim or not item.after.hidden for item in draft.items):
        buttons.append(Press("kview", claim, "Show it", emoji="👁️"))
    buttons.append(Press("khist", f"0.{claim or NO_CLAIM}", "History", emoji="🕘"))
    parts = [ui.TextDisplay[Any](each) for each in (text, summary) if each]
    return Layout(box(wording.DONE_COLOUR, *parts, ui.ActionRow(*buttons))).sealed()


def check_lines(made: Preview) -> Iterator[str]:
    """Return the result of every check, one line each: what needs a look first."""
    yield from (f"⚠️ {_plain(note)}" for note in made.notes)
    for item in made.draft.items:
        yield from (
            say("moderators.words.own_source", cited=own_citation(each).replace("\n", " "))
            for each in _new_sources(item)
        )
    bad = [each for each in made.findings.questions if not each.good]
    yield from (f"⚠️ “{_plain(each.question)}”: {_plain(each.sentence)}" for each in bad)
    good = len(made.findings.questions) - len(bad)
    if good:
        what = "wording goes" if len(made.findings.questions) == 1 else "wordings go"
        yield say("moderators.previews.where_you_want_it", good=good, count=len(made.findings.questions), what=what)
    if any(item.item == OUT_OF_SCOPE for item in made.draft.items):
        yield words.OUT_OF_SCOPE
    yield from _likely_lines(made)
    tried = len(made.findings.questions) + len(made.findings.likely)
    for claim, count in made.findings.overlaps:
        yield say("moderators.words.overlap", title=_title(made, claim), count=count, all=tried)
    yield from _moved_lines(made)
    if made.findings.moved_more:
        yield say(
            "moderators.previews.more_elsewhere",
            moved=MOVED,
            moved_more=made.findings.moved_more,
        )
    if not made.findings.moved:
        yield say("moderators.previews.none_elsewhere")
    if made.draft.changes_nothing:
        yield say("moderators.previews.this_changes_nothing")


def _new_sources(item: DraftItem) -> list[ServerSource]:
    """Return the pages of the server's own that a claim would cite from now on."""
    claim, before = item.after.claim, item.before.claim
    return (
        []
        if claim is None
        else [each for each in claim.server_sources if not before or each not in before.server_sources]
    )


def _likely_lines(made: Preview) -> Iterator[str]:
    """Return how many of the ways in which members are likely to ask would miss, and which."""
    likely, says = made.findings.likely, made.service.shapes.says
    if not likely:
        return
    missed = [each for each in likely if each.question in made.missed]
    yield says["missed" if missed else "none_missed"].format(missed=len(missed), all=len(likely))
    yield from (f"-# “{_plain(each.question)}”: {_plain(each.sentence)}" for each in missed)
    unlike = made.findings.unlike
    found = sum(each.good for each in unlike)
    yield says["unlike" if unlike else "nothing_unlike"].format(found=found, all=len(unlike))
    lost = [each for each in unlike if not each.good and each.question not in made.missed][:MOST_NAMED]
    yield from (f"-# “{_plain(cut(each.question, LONGEST_NAMED))}”: {_plain(each.sentence)}" for each in lost)


def _moved_lines(made: Preview, *, all_of_them: bool = False) -> list[str]:
    """Return which known questions would go where, those with the same way together: some of each, or all."""
    ways: dict[tuple[str | None, str | None], list[str]] = {}
    for each in made.findings.moved:
        ways.setdefault((each.before, each.after), []).append(_plain(each.question))
    lines = []
    for (before, after), questions in ways.items():
        goal = f"**{_title(made, after)}**" if after else "no sure answer"
        count = "1 known question" if len(questions) == 1 else f"{len(questions)} known questions"
        line = say(
            "moderators.previews.would_get_instead", moved=MOVED, count=count, title=_title(made, before), goal=goal
        )
        named = questions if all_of_them else sorted(questions, key=len)[:MOST_NAMED]
        shown = (f"“{each if all_of_them else cut(each, LONGEST_NAMED)}”" for each in named)
        between = ", such as " if len(named) < len(questions) else ": "
        lines.append(line + between + ", ".join(shown))
    return lines


def frozen(items: Iterable[ui.Item[Any]]) -> None:
    """Put the buttons below `items` out of use: they belong to a card that is not live."""
    for item in items:
        if isinstance(item, Press):
            item.item.disabled = True
        frozen(getattr(item, "children", ()))
        if (accessory := getattr(item, "accessory", None)) is not None:
            frozen([accessory])


def _heading(draft: Draft) -> str:
    lines = [words.PREVIEW, f"**{words.ACTIONS.get(draft.action, draft.action.capitalize())}**"]
    lines += _summaries(draft)
    if draft.action == "picture":
        pictures = (item.after.picture for item in draft.items)
        lines += [f"-# {words.PICTURE_WORDS}: {cut(_plain(each.alt), MOST_WORDS_BESIDE)}" for each in pictures if each]
    if draft.why:
        lines.append(f"-# Reason: {cut(_plain(draft.why), MOST_WHY_SHOWN)}")
    return "\n".join(lines)


def _summaries(draft: Draft) -> list[str]:
    found = [f"-# {cut(_plain(each.summary()), 200)}" for each in draft.differences]
    more = len(found) - MOST_SUMMARIES
    return [*found[:MOST_SUMMARIES], f"-# … and {more} more"] if more > 0 else found


def _cards(made: Preview, picture: Shown | None) -> Iterator[ui.Container[Any]]:
    knowledge = made.service.knowledge
    if (answer := only_answer(made)) is not None:
        whole = whole_card(answer, made.service, picture)
        frozen([whole])
        yield whole
        return
    for answer in made.answers:
        if answer.claim not in knowledge.claims or answer.claim is None:
            continue
        small = box(wording.QUIET_COLOUR, *compact_card(readable(knowledge.claims[answer.claim], knowledge)))
        frozen([small])
        yield small


def whole_card(answer: Answer, service: Service, picture: Shown | None) -> ui.Container[Any]:
    """Return the card of the claim that `answer` is about, with every part of it open, for whoever judges the claim."""
    assert answer.claim is not None
    knowledge = service.knowledge
    line = service.safety_line if answer.safety_line else ""
    place = Place(private=True)
    return card(
        knowledge.claims[answer.claim], knowledge, place, section=Section.WHOLE, safety_line=line, picture=picture
    )


def _likely_row(made: Preview) -> list[ui.ActionRow[Any]]:
    """Return the list to pick from of the likely wordings that miss, where there are any."""
    if not made.missed or made.draft.faults:
        return []
    options = [(each, each) for each in made.missed]
    return [values_row("kfind", str(made.draft.id), words.ADD_ONE, options, several=True)]


def second_thoughts(draft: Draft, doubts: Iterable[str]) -> Layout:
    """Return why a change should be thought over, with the button that publishes it all the same."""
    text = "\n".join([words.SECOND_THOUGHTS, *(f"- {each}" for each in doubts)])
    row = ui.ActionRow[Any](
        Press(
            "ksure",
            str(draft.id),
            say("moderators.previews.publish_all_same"),
            emoji="✅",
            style=discord.ButtonStyle.danger,
        ),
        Press("klook", str(draft.id), say("moderators.sources.back_to_preview"), emoji="↩️"),
    )
    return Layout(box(wording.WARNING_COLOUR, ui.TextDisplay(text), row)).sealed()


def _buttons(
    draft: Draft,
    doubts: Sequence[str] = (),
    missed: int = 0,
    beside: Sequence[Press] = (),
    *,
    more: bool = False,
) -> list[ui.ActionRow[Any]]:
    """Return what can be done with a draft, what matters first in the first row.

    A row holds what fits side by side on a phone. `missed`: how many likely wordings can be added. Without `more` the rest stands
    behind one button.
    """
    about = str(draft.id)
    blocked = bool(draft.faults) or draft.changes_nothing
    style = discord.ButtonStyle
    faulty_fields = {fault.field for fault in draft.faults}
    first: list[Press] = []
    if not blocked:
        kind = "kdoubt" if doubts else "kpublish"
        first.append(Press(kind, about, "Publish", style=style.secondary if doubts else style.success))
    if missed:
        every = say("moderators.words.add_all", count=missed)
        first.append(Press("kfinds", about, every, style=style.primary if doubts else style.secondary))
    rest: list[Press] = []
    if draft.fields is not None:
        steps = [
            Press(
                step.kind,
                about,
                words.EDIT if step is FIRST else step.button,
                style=style.primary if asks_for(step, faulty_fields) else style.secondary,
            )
            for step in STEPS
        ]
        first, rest = [*first, steps[0]], [*steps[1:], Press("ksource", about, words.FIND_SOURCE)]
    if not draft.faults:
        rest += [Press("ktry", about, "Try"), Press("kdiff", about, "Difference")]
        if not draft.changes_nothing:
            rest.append(Press("ksay", about, "Reason" if draft.why else "Say why"))
    if not more and len(rest) > 1:
        rest = [Press("kfull", about, words.MORE)]
    rest += [Press("kdrop", about, "Discard", style=style.danger), *beside]
    rows = [first, *(rest[i : i + IN_A_ROW] for i in range(0, len(rest), IN_A_ROW))]
    return [ui.ActionRow(*each) for each in rows if each]


def _title(made: Preview, claim: str | None) -> str:
    found = made.service.knowledge.claims.get(claim or "")
    if found is not None:
        return _plain(found.title)
    gone = next((each.title for each in made.draft.differences if each.item == claim), claim or "nothing")
    return _plain(gone)


def _plain(text: str) -> str:
    return discord.utils.escape_markdown(" ".join(text.split()))
