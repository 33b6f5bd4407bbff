"""A claim as forms hold it: text as typed, lists with one entry a line. Faulty text is kept too, so that it can be mended."""

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any

from bot.core.model import Claim, Confidence, Knowledge, Verdict
from bot.core.scrub import SPEAKS

LONGEST = 4000
"""Characters that Discord takes in a field of a form."""


@dataclass(frozen=True, slots=True)
class ClaimField:
    """A field of a claim as people see it: in a form, a difference, an export.

    `name`: in `Fields`; `label`: for people; `most`: characters in a form, as the schema of the knowledge files and Discord set
    them; `listed`: one entry a line; `attribute`: of `Claim`, where that has another name.
    """

    name: str
    label: str
    most: int = LONGEST
    listed: bool = False
    attribute: str = ""

    @property
    def key(self) -> str:
        """What it is called in a file."""
        return self.name.rstrip("_")

    def of(self, claim: Claim) -> Any:
        """Return its value in a claim."""
        return getattr(claim, self.attribute or self.name)


def _typed(label: str, most: int = LONGEST, *, listed: bool = False, attribute: str = "") -> str:
    """Declare a field of `Fields` with what `ClaimField` tells of it."""
    return field(default="", metadata={"label": label, "most": most, "listed": listed, "attribute": attribute})


@dataclass(frozen=True, slots=True)
class Fields:
    """The text of each field of a claim that people write, in the order of a file; "" where nothing was typed."""

    id: str = _typed("Name", 40)
    topic: str = _typed("Topic", 32)
    title: str = _typed("Title", 60)
    claim: str = _typed("Statement", 240)
    verdict: str = _typed("Verdict", 20)
    confidence: str = _typed("Confidence", 20)
    lead: str = _typed("First line", 120)
    leads: str = _typed("By question", listed=True)
    answer: str = _typed("Answer", 500)
    why: str = _typed("Why", 1800)
    unknown: str = _typed("Not known", 900)
    checked: str = _typed("Looked for in", 7)
    do: str = _typed("Do", listed=True)
    avoid: str = _typed("Avoid", listed=True)
    questions: str = _typed("Questions", listed=True)
    not_: str = _typed("Not these", listed=True, attribute="decoys")
    sources: str = _typed("Sources", listed=True, attribute="cited")
    related: str = _typed("See also", listed=True)
    picture: str = _typed("Picture", 40)
    note: str = _typed("Note for writers", 2000)


CLAIM_FIELDS = tuple(ClaimField(each.name, **each.metadata) for each in fields(Fields))
"""What is told of each."""

LISTS = frozenset(each.name for each in CLAIM_FIELDS if each.listed)
"""The fields that hold one entry a line."""
LABELS: Mapping[str, str] = MappingProxyType({each.name: each.label for each in CLAIM_FIELDS})
MOST: Mapping[str, int] = MappingProxyType({each.name: each.most for each in CLAIM_FIELDS})

_LONGEST_ID = 40

_PERSON = rf"(?:[^\W\d_][\w'’-]{{1,30}}\s{{1,9}})?(?:{SPEAKS})\b|[A-Z]\.\s{{0,9}}[A-Z]"
"""What stands after an initial: "Jones said so", "said so", "J. Smith"; after the mark of an entry hardly ever."""
_MARKER = re.compile(
    r"^(?:(?:[-*+•◦‣⁃∙▪▫●○■□◆◇♦❖►▶➤➔➜➡⮕→⇒»✓✔✗✘☐☑☒✅⬜🔲★☆✦👉🔹🔸☞☛⦁∘⚫⚪⟶⇨🗸🗹–—―−·]️?|\[[ xX]?\])(?:\s+|$)"
    r"|[①-⑳⓪❶-❿➀-➓⓵-⓾⑴-⒛]\s*"
    r"|(?:[(（]?\d{1,2}[.)）．、]|\d{1,2}️?⃣|\(?[a-zA-Z]\)(?!\s+(?:19|20)\d\d))\s+"  # "(c) 2026" is no letter
    r"|(?:#\d{1,2}[.):]?|\[\d{1,2}\]|\d{1,2}(?:[:/]| ?[–—-])|(?:[Nn][or]\.|№) ?\d{1,2}[.):]?"
    r"|[-=]{0,2}>{1,2}|~)\s+(?=[^\W\d_])"  # not "#legday", "5 - 10 kg", "> 90 degrees", "~ 10 reps"
    r"|(?:\(?\d{1,2}[.)]|\d{1,2}[）．、])(?=[^\W\d_])"  # "1.Warm up", not "1.5 plates"
    r"|(?:\(?(?:[ivx]{1,4}|[IVX]{1,4})\)|[IVX]{2,4}\.|(?:i[iv]{0,2}|vi{1,3}|ix)\.)\s+"  # "v. slow" is no number
    rf"|[a-h]\.\s+(?!{_PERSON})(?=[^\W\d_])"
    r"|[Ss][Tt][Ee][Pp] \d{1,2} ?[.:)–—-]\s*)+"
)
_LETTER = re.compile(r"^(?:[^\w\s]\s+|\d{1,2}[.)]\s+)*([A-Za-z])\.\s+(?=[^\W\d_])")
"""A letter that counts an entry, or begins a name: "A. Jones said so"."""
_LEFT = re.compile(r"^[A-Za-z]\.\s+(?=[^\W\d_])")
_INITIAL = re.compile(_PERSON)
_LAST_TO_BEGIN = "H"
"""Up to here a list may go on from another one; later letters count only where they follow others."""
_FEWEST_IN_SERIES = 2
_MOST_MARKS = 8
"""Letters that one entry may have before it, one after the other."""
_NEXT_TO = {"I": ("II",), "V": ("IV", "VI"), "X": ("IX", "XI")}
_ROMAN = re.compile(r"^([IVX]{2,4})\.\s")


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with a field, and what to write instead; `field` is an attribute of Fields."""

    field: str
    message: str

    def __str__(self) -> str:
        return f"{LABELS.get(self.field, self.field)}: {self.message}"


def lines_of(text: str) -> list[str]:
    """Return the entries of a list field: its lines that are not empty, without the dash or number before them."""
    return [entry for entry in entries_of(text.splitlines()) if entry]


def entries_of(lines: Iterable[str]) -> list[str]:
    """Return the entries of a list, each as `without_marker` does; letters that count the entries in their order go too."""
    told = [line.strip() for line in lines]
    for _ in range(_MOST_MARKS):  # so that what was kept once is kept as it is
        before, told = told, _without_marks(told)
        if told == before:
            break
    return told


def _without_marks(told: Sequence[str]) -> list[str]:
    bare = [without_marker(line) for line in told]
    roman = {found[1] for line in told if (found := _ROMAN.match(line))}
    counted = _counted(told)
    counted |= {
        number
        for number, line in enumerate(bare)
        if _LEFT.match(line) and not roman.isdisjoint(_NEXT_TO.get(line[0], ()))
    }
    return [
        without_marker(line[found.end() :]) if number in counted and (found := _LEFT.match(line)) else line
        for number, line in enumerate(bare)
    ]


def _counted(lines: Sequence[str]) -> set[int]:
    """Return the lines whose letter counts them: each letter follows the one before, and what stands there is no name.

    A letter may be somebody's initial: one alone always is, and so are two that are out of order, or before who says something.
    """
    counted: set[int] = set()
    series: list[int] = []
    before = ""
    for number, line in [*enumerate(lines), (len(lines), "")]:
        found = _LETTER.match(line)
        if found is None and number < len(lines):
            continue
        letter = found[1] if found else ""
        if not (series and letter and ord(letter) == ord(before) + 1):
            if _is_series([lines[each] for each in series]):
                counted.update(series)
            series = []
        series.append(number)
        before = letter
    return counted


def _is_series(lines: Sequence[str]) -> bool:
    """Say whether lines that begin with one letter after the other are counted by these."""
    marks = [found for line in lines if (found := _LETTER.match(line))]
    if len(marks) < _FEWEST_IN_SERIES or marks[0][1].upper() > _LAST_TO_BEGIN:
        return False
    return not any(_INITIAL.match(found.string[found.end() :]) for found in marks)


def without_marker(line: str) -> str:
    """Return an entry of a list as people paste it without what stands before it: dash, bullet, box, number or letter.

    A capital with a full stop stays, since it may be somebody's initial; of several lines `entries_of` tells.
    """
    return _MARKER.sub("", line.strip(), count=1).strip()


def one_line(text: str) -> str:
    """Return an entry of a list as forms can hold it: on one line, without a dash before it."""
    return without_marker(" ".join(text.split()))


def one_lines(texts: Iterable[str]) -> list[str]:
    """Return the entries of one list as forms can hold them, as `one_line` does, and with its letters gone."""
    return entries_of(" ".join(text.split()) for text in texts)


def form_of(claim: Claim, base: Knowledge) -> Fields:
    """Return a claim's text for a form, without sources that are not shown anyway."""
    ready = (source for source in claim.sources if source in base.sources and base.sources[source].cite_ready)
    return to_fields(replace(claim, sources=tuple(ready)))


def to_fields(claim: Claim) -> Fields:
    """Return a claim's text for a form."""
    return Fields(
        **{each.name: "\n".join(each.of(claim)) if each.listed else str(each.of(claim)) for each in CLAIM_FIELDS}
    )


def to_plain(typed: Fields) -> dict[str, Any]:
    """Return fields as an entry of a claims file, without its topic, ready to be held against the schema."""
    entry: dict[str, Any] = {}
    for each in CLAIM_FIELDS:
        if each.name == "topic":
            continue
        text = getattr(typed, each.name)
        value: Any = lines_of(text) if each.listed else text.strip()
        if each.name == "leads":
            value = {
                kind.strip().lower().replace(" ", "_"): said.strip()
                for kind, _, said in (line.partition(":") for line in value)
            }
        if value or each.name in {"id", "title", "claim", "answer", "questions"}:
            entry[each.key] = value
    entry.setdefault("verdict", str(Verdict.OPINION))
    entry.setdefault("confidence", str(Confidence.LOW))
    return entry


def fields_of(data: Mapping[str, Any]) -> Fields:
    """Return the fields that `asdict` took apart; what is no text is left out."""
    names = {field.name for field in fields(Fields)}
    return Fields(**{name: text for name, text in data.items() if name in names and isinstance(text, str)})


def made_id(title: str, taken: Container[str]) -> str:
    """Return a claim id for a title that is not `taken`: "Is 90° enough?" -> "is-90-enough"."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = "-".join(re.findall(r"[a-z0-9]+", plain))[: _LONGEST_ID - 4].strip("-")
    if len(stem) < 2:  # noqa: PLR2004 -- the schema's shortest id
        stem = "claim" if not stem else f"claim-{stem}"
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name
