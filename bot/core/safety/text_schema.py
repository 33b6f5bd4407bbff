"""The shape of the stop's texts, regions and next messages, for validation and for editors."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from string import Formatter
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.core.model import Stop, Tier
from bot.core.safety.texts import LINES, MOST_TEXT, NEUTRAL, SLOTS, TEXTS, StopTexts
from bot.sentences import say

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
RouteOrKind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*(_R\d\d)?(_[a-z]+)?$")]
Kind = Annotated[str, StringConstraints(pattern=r"^[a-z]+$")]
ClassName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_]*$")]
Pattern = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\S.*$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]

MOST_LABEL = 100
"""Characters of a choice in Discord's autocomplete."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TextModel(_Strict):
    """A fixed text in its two forms."""

    self_: Text | None = Field(None, alias="self", description=say("schema.text.self"))
    proxy: Text = Field(description=say("schema.text.proxy"))
    otherwise: RouteOrKind | None = Field(None, description=say("schema.text.otherwise"))
    hands_on: bool = Field(default=False, description=say("schema.text.hands_on"))

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if not self.self_ and not self.otherwise:
            message = say("schema.text.needs_self")
            raise ValueError(message)
        return self


class SourcedModel(_Strict):
    """A string with where it was read, and when."""

    says: Text
    sources: list[Url] = Field(default_factory=list)
    read: date | None = Field(None, description=say("schema.sourced.read"))
    verify_live: bool = Field(default=False, description=say("schema.sourced.verify_live"))
    until_checked: str | None = Field(None, description=say("schema.sourced.until_checked"))
    checked: date | None = Field(None, description=say("schema.sourced.checked"))
    note: Text | None = Field(None, description=say("schema.sourced.note"))

    @model_validator(mode="after")
    def _sourced(self) -> Self:
        if re.search(r"\d{3}", self.says) and not self.verify_live and self.sources and self.read is None:
            message = say("schema.sourced.number_needs_day_on_which_its")
            raise ValueError(message)
        if self.verify_live and self.until_checked is None:
            message = say("schema.sourced.what_is_to_be_verified_live")
            raise ValueError(message)
        return self


class RegionModel(_Strict):
    """A region's numbers and words."""

    name: Text
    places: list[Text] = Field(default_factory=list)
    emergency: SourcedModel
    number: SourcedModel
    short: SourcedModel | None = None
    crisis: SourcedModel
    same_day: SourcedModel
    child: SourcedModel | None = None
    thrusts: SourcedModel

    @model_validator(mode="after")
    def _read(self) -> Self:
        for slot in ("emergency", "crisis", "child"):
            string: SourcedModel | None = getattr(self, slot)
            if string is not None and not (string.sources and string.read):
                message = say("schema.region.names_number", slot=slot)
                raise ValueError(message)
        return self


class LanguageLineModel(_Strict):
    """What is said in another language."""

    name: Text
    line: SourcedModel
    in_region: Text
    reads_english: Text


class KindModel(_Strict):
    """A kind of message after a stop."""

    kind: Kind
    says: dict[str, RouteOrKind]
    when: list[Pattern] = Field(default_factory=list)
    unless: list[Pattern] = Field(default_factory=list)
    only: ClassName | None = Field(None, description=say("schema.kind.only"))


class NextMessagesModel(_Strict):
    """How messages after a stop are understood."""

    words: dict[ClassName, list[Text]]
    kinds: list[KindModel] = Field(min_length=2)
    by_name_only: list[RouteOrKind]
    for_another: list[Pattern] = Field(min_length=1)
    about_them: list[Pattern] = Field(min_length=1)
    asks_why: list[Pattern] = Field(min_length=1)
    names_self_harm: list[Pattern] = Field(min_length=1)
    another_subject: list[Text]
    small_talk: list[Text]
    examples: dict[Kind, list[Text]]

    @model_validator(mode="after")
    def _known(self) -> Self:
        patterns = [*self.for_another, *self.about_them, *self.asks_why, *self.names_self_harm]
        patterns += [pattern for kind in self.kinds for pattern in (*kind.when, *kind.unless)]
        for pattern in patterns:
            for name in re.findall(r"\b[A-Z][A-Z_]+\b", pattern):
                if name not in self.words:
                    message = say("schema.next_messages.no_class_is_called", name=name, pattern=pattern)
                    raise ValueError(message)
        kinds = [kind.kind for kind in self.kinds]
        for kind, said in self.examples.items():
            if kind not in kinds:
                raise ValueError(say("schema.next_messages.examples_of_no_kind", kind=kind))
            if not said:
                raise ValueError(say("schema.next_messages.no_examples", kind=kind))
        return self


class ToldModel(_Strict):
    """What members read, and how what comes after a stop is understood."""

    texts: dict[RouteOrKind, TextModel]
    lines: dict[str, Text]
    regions: dict[str, RegionModel]
    language_lines: dict[str, LanguageLineModel]
    next_messages: NextMessagesModel


def faults_of_texts(told: ToldModel, routes: Sequence[str]) -> None:
    """Raise ValueError for the first thing that a member could not, or must not, read."""
    fault = next(_faults(told, routes), None)
    if fault is not None:
        raise ValueError(fault)


def _faults(told: ToldModel, routes: Sequence[str]) -> Iterator[str]:
    texts = told.texts
    for name in (*TEXTS, *routes):
        if name not in texts:
            yield say("schema.any.text_is_missing", name=name)
    for name in LINES:
        if name not in told.lines:
            yield say("schema.any.line_is_missing", name=name)
    if NEUTRAL not in told.regions:
        yield say("schema.any.region_neutral_is_missing")
    for kind in told.next_messages.kinds:
        for name in kind.says.values():
            if name not in texts and name not in {"route", "waiting"}:
                yield say("schema.any.kind_says", kind=kind.kind, name=name)
    for name, text in texts.items():
        for form in (text.self_, text.proxy):
            try:
                holes = {hole for _, hole, _, _ in Formatter().parse(form or "") if hole is not None}
            except ValueError:
                yield say("schema.any.text_holds_stray_bracket", name=name)
                return
            if holes - set(SLOTS):
                yield say("schema.any.text_may_hold_only", name=name, listed=", ".join(f"{{{slot}}}" for slot in SLOTS))
                return
    if NEUTRAL in told.regions:
        yield from _faults_as_shown(told)


def _faults_as_shown(data: ToldModel) -> Iterator[str]:
    """Yield what is wrong with the texts as members read them: the specification's limits, in every region and form."""
    texts, regions = data.texts, data.regions
    told = StopTexts.from_data(data.model_dump(mode="json", by_alias=True))
    for name in texts:
        if (otherwise := texts[name].otherwise) and otherwise not in texts:
            yield say("schema.any.text_leaves_its_form_to", name=name, otherwise=otherwise)
            return
        for region in regions:
            for proxy in (False, True):
                stop = Stop(Tier.EMERGENCY, (), proxy=proxy)
                said = told.said(name, stop, region)
                whose = f"the text '{name}' ({'proxy' if proxy else 'self'}, {region})"
                if len(said) > MOST_TEXT:
                    yield say("schema.any.has_characters", whose=whose, count=len(said), most_text=MOST_TEXT)
                if any(_ALONE.search(part) and not re.search(r"New Zealand|UK|NZ", part) for part in _sentences(said)):
                    yield say("schema.any.names_without_its_country", whose=whose)
                if name.startswith("label_") and len(said) > MOST_LABEL:
                    yield say("schema.any.has_characters_2", whose=whose, count=len(said), most_label=MOST_LABEL)


_ALONE = re.compile(r"(?<!116 )\b111\b")
"""The number that means an ambulance in New Zealand and advice in the UK; 116 111 is a number for children."""


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s", text)
