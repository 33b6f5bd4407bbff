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
    say("moderators.steps.step_1"),
    "Text",
    (
        Asked("title", say("moderators.steps.title_example"), required=True, short=True),
        Asked("claim", say("moderators.steps.claim_hint"), required=True),
        Asked("answer", say("moderators.steps.answer_hint"), required=True),
        Asked("questions", say("moderators.steps.questions_hint"), required=True),
        Asked("do", say("moderators.steps.do_hint")),
    ),
)
SECOND = Step(
    "ksecond",
    say("moderators.steps.step_2"),
    "Reasons",
    (
        Asked("why", say("moderators.steps.why_hint")),
        Asked("unknown", say("moderators.steps.unknown_hint")),
        Asked("avoid", say("moderators.steps.avoid_hint")),
        Asked("sources", say("moderators.steps.sources_hint")),
        Asked(VERDICT, say("moderators.steps.verdict_hint")),
    ),
)
THIRD = Step(
    "kthird",
    say("moderators.steps.step_3"),
    "Topic",
    (
        Asked("lead", say("moderators.steps.lead_hint"), short=True),
        Asked("topic", "Where it belongs"),
        Asked("related", say("moderators.steps.related_hint")),
        Asked("not_", say("moderators.steps.not_hint")),
        Asked("checked", say("moderators.steps.checked_hint"), short=True),
    ),
)
FOURTH = Step(
    "kfourth",
    say("moderators.steps.step_4"),
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
        description = say("moderators.steps.first_of", lines=lines, of=lines + len(rest))
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
