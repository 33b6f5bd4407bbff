"""The forms in which a claim is written: two steps with what most claims need, and a third for its place among others.

Discord allows five fields in a form and 4,000 characters in a field. A list that is longer is shown as far as it fits;
what did not fit stays as it is.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.core.fields import LABELS, LISTS, MOST, Fields
from bot.core.judgement import JUDGEMENTS
from bot.core.model import Confidence, Topic, Verdict
from bot.core.overlay import SERVER_TOPIC
from bot.sentences import say
from bot.ui.kit.forms import FieldsForm
from bot.ui.kit.limits import whole_items

VERDICT = "verdict"
"""The one choice of verdict and confidence: two fields of a claim in one of the five that a form has."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of a form; `name` is that of the claim's field."""

    name: str
    description: str
    required: bool = False
    short: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One form; `kind` is what its custom_id and the button that opens it are called."""

    kind: str
    title: str
    button: str
    asked: tuple[Asked, ...]


FIRST = Step(
    "kfirst",
    "What members see (step 1 of 2)",
    "Text",
    (
        Asked("title", say("moderators.steps.title_example"), required=True, short=True),
        Asked("claim", "The statement that is judged, in one sentence", required=True),
        Asked("answer", "What a phone shows first, in plain words", required=True),
        Asked("questions", "How people ask it, one a line; ten really different ways work best", required=True),
        Asked("do", "Steps at the machine, in order, one a line"),
    ),
)
SECOND = Step(
    "ksecond",
    "Reasons and sources (step 2 of 2)",
    "Reasons",
    (
        Asked("why", "The mechanism, in plain words"),
        Asked("unknown", "What is not known yet"),
        Asked("avoid", "What to leave out, one a line"),
        Asked("sources", say("moderators.steps.sources_hint")),
        Asked(VERDICT, "What research says of it, and how sure; without a source, or with your own page, an opinion"),
    ),
)
THIRD = Step(
    "kthird",
    "First line, topic, neighbours",
    "Topic",
    (
        Asked("lead", "What to do, or the plain fact, in 120 characters; true for every question", short=True),
        Asked("topic", "Where it belongs"),
        Asked("related", "Claims to offer with it, by name, one a line"),
        Asked("not_", "Questions that look like it and are not, one a line"),
        Asked("checked", "The month in which studies were last looked for, such as 2026-11", short=True),
    ),
)
FOURTH = Step(
    "kfourth",
    "First lines by kind of question",
    "Lines",
    (
        Asked(
            "leads",
            say("moderators.steps.leads_example"),
        ),
    ),
)
STEPS = (FIRST, SECOND, THIRD, FOURTH)


def asks_for(step: Step, names: Collection[str]) -> bool:
    """Say whether a step's form has one of these fields of a claim."""
    wanted = {VERDICT if name == "confidence" else name for name in names}
    return any(asked.name in wanted for asked in step.asked)


def form(
    step: Step, about: str, opened_by: int, typed: Fields, topics: Iterable[Topic], *, kind: str = ""
) -> FieldsForm:
    """Return a step's form about a draft, filled with what is `typed` so far."""
    made = FieldsForm(kind or step.kind, about, opened_by, title=step.title)
    for asked in step.asked:
        if asked.name == VERDICT:
            made.add_choice(
                VERDICT,
                "Verdict and confidence",
                description=asked.description,
                options=_verdicts(),
                value=f"{typed.verdict or Verdict.OPINION}/{typed.confidence or Confidence.LOW}",
            )
        elif asked.name == "topic":
            known = [(topic.id, topic.title) for topic in topics if topic.id != SERVER_TOPIC][:24]
            options = [(SERVER_TOPIC, say("moderators.steps.servers_own_topic")), *known]
            made.add_choice(
                "topic", LABELS["topic"], description=asked.description, options=options,
                value=typed.topic or SERVER_TOPIC,
            )  # fmt: skip
        else:
            _add_text(made, asked, getattr(typed, asked.name))
    return made


def received(step: Step, before: Fields, typed: Mapping[str, str]) -> Fields:
    """Return `before` with what was typed into a step's form."""
    changed: dict[str, Any] = {}
    for asked in step.asked:
        if asked.name not in typed:
            continue
        text = typed[asked.name]
        if asked.name == VERDICT:
            changed["verdict"], _, changed["confidence"] = text.partition("/")
        elif asked.name in LISTS:
            _, rest = shown_part(getattr(before, asked.name), MOST[asked.name])
            changed[asked.name] = "\n".join([text, *rest]) if rest else text
        else:
            changed[asked.name] = text
    return replace(before, **changed)


def shown_part(text: str, most: int) -> tuple[str, list[str]]:
    """Return as much of a list as a form's field holds, whole lines, and the lines that do not fit."""
    if len(text) <= most:
        return text, []
    lines = text.split("\n")
    fitting = whole_items(lines, most)
    return "\n".join(lines[:fitting]), lines[fitting:]


def as_text(typed: Mapping[str, str]) -> bytes:
    """Return what was typed into a form as a file to give back."""
    parts = [f"{LABELS.get(name, name)}\n{text}\n" for name, text in typed.items() if text.strip()]
    return "\n".join(parts).encode()


def _add_text(made: FieldsForm, asked: Asked, value: str) -> None:
    most = MOST[asked.name]
    shown, rest = shown_part(value, most) if asked.name in LISTS else (value, [])
    description = asked.description
    if rest:
        lines = len(shown.split("\n"))
        description = f"The first {lines} of {lines + len(rest)}; the others stay as they are"
    made.add_text(
        asked.name,
        LABELS[asked.name],
        description=description,
        value=shown,
        most=most,
        required=asked.required,
        long=not asked.short,
    )


def _verdicts() -> list[tuple[str, str]]:
    return [
        (f"{verdict}/{confidence}", f"{JUDGEMENTS[verdict, confidence]} ({verdict}, {confidence} confidence)")
        for verdict in Verdict
        for confidence in reversed(Confidence)
    ]
