"""The difference between two states of a server's knowledge, as lines that people read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Literal

from bot.core.fields import CLAIM_FIELDS, LABELS, LISTS, ClaimField
from bot.core.model import Claim, Knowledge
from bot.core.overlay import NOTHING, OUT_OF_SCOPE, Entry
from bot.sentences import say

Kind = Literal["added", "changed", "removed", "hidden", "shown"]

_LONG = 160
SAID = say("moderators.diff.said")


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """What a field lost and gained: whole entries of a list, or a text before and after."""

    field: str
    label: str
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Return the label, then lines that begin with "- " or "+ "; of long texts, what is around the change."""
        removed, added = self.removed, self.added
        if self.field not in LISTS and len(removed) == len(added) == 1:
            before, after = _around_change(removed[0], added[0])
            removed, added = (before,), (after,)
        return [
            f"  {self.label}",
            *(f"- {_one_line(text)}" for text in removed),
            *(f"+ {_one_line(text)}" for text in added),
        ]


@dataclass(frozen=True, slots=True)
class ItemDiff:
    """How one item differs between two states."""

    item: str
    title: str
    kind: Kind
    fields: tuple[FieldDiff, ...] = field(default=())

    def lines(self) -> list[str]:
        """Return lines for a `diff` code block."""
        head = {
            "added": "is new",
            "changed": "changes",
            "removed": "goes",
            "hidden": "is hidden",
            "shown": "is shown again",
        }[self.kind]
        title = _one_line(self.title)
        name = title if self.item == OUT_OF_SCOPE else f"{title} ({self.item})"
        return [f"@@ {name} {head} @@", *(line for each in self.fields for line in each.lines())]

    def summary(self) -> str:
        """Return one line, such as "knees-to-chest: answer, 3 questions added"."""
        name = "out of scope" if self.item == OUT_OF_SCOPE else self.item
        if self.kind in {"added", "removed"} or not self.fields:
            return f"{name}: {self.kind}"
        parts = [] if self.kind == "changed" else [self.kind]
        return f"{name}: {', '.join([*parts, *(_counted(each) for each in self.fields)])}"


def claim_diff(before: Claim | None, after: Claim | None) -> ItemDiff | None:
    """Return how two claims of one id differ, None where they do not."""
    present = after or before
    if present is None:
        return None
    compared = (each for each in CLAIM_FIELDS if each.name != "id")
    found = tuple(difference for each in compared if (difference := _field_diff(each, before, after)))
    was, will = ((SAID,) if each is not None and each.said else () for each in (before, after))
    found += (FieldDiff("said", "Whose words", was, will),) if was != will else ()
    if before is not None and after is not None and not found:
        return None
    kind: Kind = "added" if before is None else "removed" if after is None else "changed"
    return ItemDiff(present.id, present.title, kind, found)


def entry_diff(item: str, before: Entry | None, after: Entry | None, base: Knowledge) -> ItemDiff | None:
    """Return how an item that a server changed differs between two states, None where members see no difference."""
    before, after = before or NOTHING, after or NOTHING
    if item == OUT_OF_SCOPE:
        change = _list_diff("questions", before.questions, after.questions)
        return ItemDiff(item, "Out of scope", "changed", (change,)) if change else None
    shipped = base.claims.get(item)
    if shipped is None and before.claim is None and after.claim is None:
        return _orphan_diff(item, before, after)
    was, will = _seen(before, shipped), _seen(after, shipped)
    difference = claim_diff(was, will)
    if before.hidden == after.hidden:
        return difference
    shown = will or was
    if shown is None:
        return None
    fields_ = difference.fields if difference and difference.kind == "changed" else ()
    return ItemDiff(item, shown.title, "hidden" if after.hidden else "shown", fields_)


def _orphan_diff(item: str, before: Entry, after: Entry) -> ItemDiff | None:
    """Return how an entry differs whose shipped claim is gone: what hangs on it, since members see none of it."""
    if before == after:
        return None
    change = _list_diff("questions", before.questions, after.questions)
    kind: Kind = "removed" if after.is_empty else "added" if before.is_empty else "changed"
    return ItemDiff(item, item, kind, (change,) if change else ())


def overlay_diff(before: Mapping[str, Entry], after: Mapping[str, Entry], base: Knowledge) -> list[ItemDiff]:
    """Return how two states of a server differ, item by item in the order of their names."""
    items = sorted({*before, *after})
    found = (entry_diff(item, before.get(item), after.get(item), base) for item in items)
    return [difference for difference in found if difference is not None]


def _seen(entry: Entry, shipped: Claim | None) -> Claim | None:
    """Return the claim of an entry, hidden or not."""
    if entry.claim is not None:
        return replace(entry.claim, own_picture=entry.picture, said=entry.is_said)
    if shipped is None:
        return None
    extra = tuple(question for question in entry.questions if question not in shipped.questions)
    return replace(shipped, questions=(*shipped.questions, *extra), own_picture=entry.picture)


def _field_diff(compared: ClaimField, before: Claim | None, after: Claim | None) -> FieldDiff | None:
    if compared.listed:
        was = compared.of(before) if before else ()
        will = compared.of(after) if after else ()
        return _list_diff(compared.name, was, will)
    was_text, will_text = (_text(compared, claim) for claim in (before, after))
    if was_text == will_text:
        return None
    return FieldDiff(compared.name, compared.label, (was_text,) if was_text else (), (will_text,) if will_text else ())


def _text(compared: ClaimField, claim: Claim | None) -> str:
    if claim is None:
        return ""
    if compared.name == "picture" and claim.own_picture is not None:
        return f"own picture {claim.own_picture.digest[:8]}: {claim.own_picture.alt}"
    return str(compared.of(claim))


def _list_diff(name: str, before: tuple[str, ...], after: tuple[str, ...]) -> FieldDiff | None:
    if not before or not after:  # nothing to compare: an import has hundreds of new claims
        return FieldDiff(name, LABELS[name], before, after) if before or after else None
    removed: list[str] = []
    added: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            removed.extend(before[i1:i2])
            added.extend(after[j1:j2])
    return FieldDiff(name, LABELS[name], tuple(removed), tuple(added)) if removed or added else None


def _counted(difference: FieldDiff) -> str:
    name = difference.label.lower()
    if difference.field not in LISTS:
        return name
    counts = [
        f"{len(entries)} {word}"
        for entries, word in ((difference.added, "added"), (difference.removed, "removed"))
        if entries
    ]
    return f"{name} ({', '.join(counts)})"


def _around_change(before: str, after: str) -> tuple[str, str]:
    """Return two texts cut to where they differ, at whole words, where they are long."""
    if max(len(before), len(after)) <= _LONG:
        return before, after
    old, new = before.split(), after.split()
    same_start = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    most_end = min(len(old), len(new)) - same_start
    same_end = next(
        (i for i, (a, b) in enumerate(zip(reversed(old), reversed(new), strict=False)) if a != b or i == most_end),
        most_end,
    )
    start, end = max(0, same_start - 4), max(0, same_end - 4)
    return _cut(old, start, end), _cut(new, start, end)


def _cut(words: list[str], start: int, end: int) -> str:
    kept = words[start : len(words) - end]
    return f"{'… ' if start else ''}{' '.join(kept)}{' …' if end else ''}"


def _one_line(text: str) -> str:
    """Return a text on one line that cannot end the code block it is shown in."""
    return " ".join(text.split()).replace("```", "'''")
