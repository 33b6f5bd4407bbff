"""A prepared change of a server's knowledge as a value, and as the plain data that is kept of it."""

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.core.diff import ItemDiff
from bot.core.fields import FieldFault, Fields, fields_of
from bot.core.overlay import OUT_OF_SCOPE, Entry, from_plain, to_plain
from bot.errors import UserError
from bot.sentences import say
from bot.store.drafts import DraftRow
from bot.store.revisions import ItemChange, RevisionRow


@dataclass(frozen=True, slots=True)
class Revision:
    """One change that was made. `author` is None once they asked to be forgotten."""

    number: int
    author: int | None
    at: datetime
    action: str
    why: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftItem:
    """One item of a draft: its state when the draft was opened (at revision `expected`), and as it would be."""

    item: str
    expected: int
    before: Entry
    after: Entry


@dataclass(frozen=True, slots=True)
class Origin:
    """What a draft settles when it is published: a suggestion, or a group of unanswered questions."""

    suggestion: int | None = None
    gap_group: int | None = None  # of the inbox; drafts that are kept in databases have it under this name


NOWHERE = Origin()


@dataclass(frozen=True, slots=True)
class Draft:
    """A prepared change. With `faults` it cannot be published yet; `differences` are against what is live now.

    `said`: the print of the claim whose writer agreed that the card tells of them, "" for none.
    """

    id: int
    guild: int
    author: int
    action: str
    items: tuple[DraftItem, ...]
    why: str
    created: datetime
    faults: tuple[FieldFault, ...] = ()
    notes: tuple[str, ...] = ()
    differences: tuple[ItemDiff, ...] = ()
    fields: Fields | None = None
    origin: Origin = field(default=NOWHERE)
    said: str = ""

    @property
    def changes_nothing(self) -> bool:
        """Whether publishing it would leave everything as it is."""
        same = all(item.before == item.after for item in self.items)
        return not self.faults and not self.differences and same

    @property
    def claim(self) -> str | None:
        """The one claim that it is about, None where it is about several or none."""
        items = [item.item for item in self.items if item.item != OUT_OF_SCOPE]
        return items[0] if len(items) == 1 == len(self.items) else None


class Conflict(UserError):  # noqa: N818 -- no fault: two people worked at once
    """Somebody changed the claim since the draft was opened. Both changes are here; nothing was written."""

    def __init__(self, item: str, mine: ItemDiff | None, theirs: ItemDiff | None, revision: Revision) -> None:
        known = mine or theirs
        title = known.title if known else item
        super().__init__(say("moderators.drafts.conflict", title=title, number=revision.number))
        unchanged = ItemDiff(item, title, "changed")
        self.claim = item
        self.mine = mine or unchanged
        self.theirs = theirs or unchanged
        self.their_revision = revision


def revision_of(row: RevisionRow) -> Revision:
    """Return a stored revision as a value."""
    return Revision(row.number, row.author, datetime.fromtimestamp(row.at, UTC), row.action, row.why, row.items)


def draft_of(guild: int, row: DraftRow) -> Draft:
    """Return a draft as it was kept: its fields not checked, and not compared with what is live now."""
    data = row.data
    items = [
        DraftItem(each["item"], each["expected"], from_plain(each["before"]), from_plain(each["after"]))
        for each in data["items"]
    ]
    return Draft(
        row.id,
        guild,
        row.author,
        data["action"],
        tuple(items),
        data.get("why", ""),
        datetime.fromtimestamp(row.at, UTC),
        notes=tuple(data.get("notes", ())),
        fields=fields_of(data["fields"]) if data.get("fields") is not None else None,
        origin=Origin(**data.get("origin", {})),
        said=data.get("said", ""),
    )


def kept_of(draft: Draft) -> dict[str, Any]:
    """Return what is kept of a draft."""
    return {
        "action": draft.action,
        "why": draft.why,
        "items": [
            {"item": i.item, "expected": i.expected, "before": to_plain(i.before), "after": to_plain(i.after)}
            for i in draft.items
        ],
        "fields": None if draft.fields is None else asdict(draft.fields),
        "notes": list(draft.notes),
        "origin": asdict(draft.origin),
        "said": draft.said,
    }


def change_of(item: DraftItem) -> ItemChange:
    """Return what publishing writes of an item."""
    picture = item.after.picture
    return ItemChange(item.item, item.expected, to_plain(item.after), None if picture is None else picture.digest)
