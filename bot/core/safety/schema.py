"""The shape of the gate's files, for validation and for editors. Only reading knowledge imports this: pydantic is slow."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from bot.core.model import Tier
from bot.core.safety.assertion import ROLES
from bot.core.safety.evidence import PIECES
from bot.core.safety.lexicon import expand
from bot.core.safety.milder import MILDER
from bot.core.safety.text_schema import ToldModel, faults_of_texts
from bot.core.safety.values import Kind, named
from bot.errors import PlacedError
from bot.sentences import say

Place: TypeAlias = tuple[str | int, ...]
"""Where something stands in the data, key by key."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
ConceptName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_]*$")]
RouteName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*(_R\d\d)?$")]
Term = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_]*[*~^]*(\|[A-Z][A-Z_]*[*~^]*)*$")]


_ROLES = (*ROLES, *MILDER, "pseudo_negation", "stated")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ConceptModel(_Strict):
    """A class of words with one meaning."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    kind: Kind = Field(description=say("schema.concept.kind"))
    note: Text = Field(description=say("schema.concept.note"))
    words: list[Text] = Field(description=say("schema.concept.words"))
    shared: list[Text] = Field(default_factory=list, description=say("schema.concept.shared"))
    role: str = Field(default="", description=say("schema.concept.role", roles=", ".join(_ROLES)))
    closed: bool = Field(default=False, description=say("schema.concept.closed"))
    excluded: list[Text] = Field(default_factory=list, alias="not", description=say("schema.concept.excluded"))

    @field_validator("role")
    @classmethod
    def _role(cls, role: str) -> str:
        if role and role not in _ROLES:
            message = say("schema.concept.is_no_role", role=role, roles=", ".join(_ROLES))
            raise ValueError(message)
        return role

    @model_validator(mode="after")
    def _patterns(self) -> Self:
        _expandable([*self.words, *self.shared, *self.excluded])
        return self


class ConditionModel(_Strict):
    """One way for a rule to fire."""

    near: list[Term] = Field(default_factory=list, description=say("schema.condition.near"))
    window: int = Field(default=8, ge=1, le=60)
    also: list[Term] = Field(default_factory=list, description=say("schema.condition.also"))
    unless: list[Term] = Field(default_factory=list, description=say("schema.condition.unless"))
    joke: bool = Field(default=False, description=say("schema.condition.joke"))
    ordered: bool = Field(default=False, description=say("schema.condition.ordered"))
    tier: Tier | None = Field(default=None, description=say("schema.condition.tier"))
    reach: int = Field(default=0, ge=0, le=200, description=say("schema.condition.reach"))

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.near and not self.also:
            message = say("schema.condition.way_to_fire_needs_near_or")
            raise ValueError(message)
        return self


class RuleModel(_Strict):
    """A red flag."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]*$")]
    flag: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_]*$")]
    tier: Tier
    when: list[ConditionModel] = Field(min_length=1)
    reach: int = Field(default=0, ge=0, le=200, description=say("schema.rule.reach"))
    sure: bool = Field(default=False, description=say("schema.rule.sure"))
    routes: dict[Tier, RouteName] = Field(default_factory=dict, description=say("schema.rule.routes"))
    higher: list[ConditionModel] = Field(default_factory=list, description=say("schema.rule.higher"))


class ReadModel(_Strict):
    """Where a flag was read."""

    read: list[Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]] = Field(min_length=1)
    judgement: str = Field(default="", description=say("schema.read.judgement"))


class ForeignAlarmModel(_Strict):
    """What adds up to an alarm in another language."""

    flag: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]*$")]
    all: list[Term] = Field(min_length=1, description=say("schema.foreign_alarm.all"))
    also: list[Term] = Field(default_factory=list, description=say("schema.foreign_alarm.also"))
    unless: list[Term] = Field(default_factory=list, description=say("schema.foreign_alarm.unless"))
    tier: Tier | None = Field(default=None, description=say("schema.foreign_alarm.tier"))


class LanguageModel(_Strict):
    """A language other than English."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    name: Text
    common: list[Text] = Field(description=say("schema.language.common"))
    negations: list[Text] = Field(alias="not", description=say("schema.language.negations"))
    concepts: dict[ConceptName, list[Text]] = Field(description=say("schema.language.concepts"))
    alarms: list[ForeignAlarmModel] = Field(min_length=1, description=say("schema.language.alarms"))
    others: list[Text] = Field(default_factory=list, description=say("schema.language.others"))
    own: list[Text] = Field(default_factory=list, description=say("schema.language.own"))

    @model_validator(mode="after")
    def _classes(self) -> Self:
        for number, alarm in enumerate(self.alarms):
            for path, term in _terms(("alarms", number), all=alarm.all, also=alarm.also, unless=alarm.unless):
                for name in term.split("|"):
                    if name not in self.concepts:
                        message = say("schema.language.no_such_class", name=self.name, wanted=name, term=term)
                        raise PlacedError(message, path)
        return self


class ThresholdsModel(_Strict):
    """Probabilities: where the weighed evidence stops and where it adds the safety line; from where the model asks for it."""

    hint: float = Field(gt=0, le=1, description=say("schema.thresholds.hint"))
    ask: float = Field(gt=0, le=1)
    stop: float = Field(gt=0, le=1)
    self_harm: float = Field(gt=0, le=1, description=say("schema.thresholds.self_harm"))
    self_harm_line: float = Field(gt=0, le=1, description=say("schema.thresholds.self_harm_line"))
    kin: float = Field(gt=0, le=1, description=say("schema.thresholds.kin"))
    bare: float = Field(
        gt=0,
        le=1,
        description=say("schema.thresholds.bare"),
    )
    bare_line: float = Field(gt=0, le=1, description=say("schema.thresholds.bare_line"))
    bare_self_harm_line: float = Field(gt=0, le=1, description=say("schema.thresholds.bare_self_harm_line"))
    story_line: float = Field(gt=0, le=1, description=say("schema.thresholds.story_line"))
    story_self_harm_line: float = Field(gt=0, le=1, description=say("schema.thresholds.story_self_harm_line"))
    near: float = Field(gt=0, le=1)
    kindred: float = Field(gt=0, le=1, description=say("schema.thresholds.kindred"))
    line: float = Field(gt=0, le=1)
    twin: float = Field(gt=0, le=1, description=say("schema.thresholds.twin"))
    emergency: float = Field(gt=0, le=1)


class SafetyModel(ToldModel):
    """`knowledge/safety.yaml` and the files in `knowledge/safety/`, merged."""

    concepts: dict[ConceptName, ConceptModel]
    masks: list[Text]
    ordinary: list[Text]
    alarm_words: list[Text]
    rules: list[RuleModel] = Field(min_length=1)
    footers: list[ConditionModel]
    nets: list[ConditionModel]
    signs: list[ConditionModel]
    phrasings: dict[Annotated[str, StringConstraints(pattern=r"^\w+(/(emergency|same_day|soon))?$")], list[Text]]
    harmless: dict[str, list[Text]]
    thresholds: ThresholdsModel
    weights: dict[str, float] = Field(description=say("schema.safety.weights"))
    languages: dict[Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")], LanguageModel] = Field(
        default_factory=dict
    )
    read_at: dict[str, ReadModel] = Field(default_factory=dict, description=say("schema.safety.read_at"))
    precedence: list[RouteName] = Field(description=say("schema.safety.precedence"))

    @field_validator("concepts")
    @classmethod
    def _roles(cls, concepts: dict[str, ConceptModel]) -> dict[str, ConceptModel]:
        held = {concept.role for concept in concepts.values()}
        missing = [role for role in ROLES if role not in held]
        if missing:
            message = say("schema.safety.no_class_has_role", missing=missing[0])
            raise ValueError(message)
        return concepts

    @field_validator("weights")
    @classmethod
    def _weights(cls, weights: dict[str, float]) -> dict[str, float]:
        names = ("bias", *PIECES)
        missing = [name for name in names if name not in weights]
        if missing:
            message = say("schema.safety.weight_is_missing", missing=missing[0])
            raise ValueError(message)
        unknown = [name for name in weights if name not in names]
        if unknown:
            message = say("schema.safety.is_no_piece_of_evidence", unknown=unknown[0], names=", ".join(names))
            raise ValueError(message)
        return weights

    @field_validator("masks")
    @classmethod
    def _masks(cls, masks: list[str]) -> list[str]:
        _expandable(masks)
        return masks

    @model_validator(mode="after")
    def _told(self) -> Self:
        faults_of_texts(self, self.precedence)
        return self

    @model_validator(mode="after")
    def _names(self) -> Self:
        ids = [rule.id for rule in self.rules]
        for number, name in enumerate(ids):
            if name in ids[:number]:
                message = say("schema.safety.rule_stands_twice", name=name)
                raise PlacedError(message, ("rules", number, "id"))
        ways: dict[Place, ConditionModel] = {
            ("rules", number, listed, i): way
            for number, rule in enumerate(self.rules)
            for listed in ("when", "higher")
            for i, way in enumerate(getattr(rule, listed))
        }
        for listed in ("footers", "nets", "signs"):
            ways |= {(listed, i): way for i, way in enumerate(getattr(self, listed))}
        for place, way in ways.items():
            for path, term in _terms(place, near=way.near, also=way.also, unless=way.unless):
                for name in named(term):
                    if name not in self.concepts:
                        message = say("schema.safety.no_concept_is_called", name=name, term=term)
                        raise PlacedError(message, path)
        for code, language in self.languages.items():
            for number, alarm in enumerate(language.alarms):
                if alarm.flag not in ids:
                    message = say("schema.safety.alarm_in_is", name=language.name, flag=alarm.flag, ids=", ".join(ids))
                    raise PlacedError(message, ("languages", code, "alarms", number, "flag"))
        for name in self.read_at:
            if name not in ids:
                message = say("schema.safety.no_rule_is_called", name=name, ids=", ".join(ids))
                raise PlacedError(message, ("read_at", name))
        for key in self.phrasings:
            if key.partition("/")[0] not in ids:
                message = say("schema.safety.phrasings_stand_under", key=key, ids=", ".join(ids))
                raise PlacedError(message, ("phrasings", key))
        return self


def _terms(place: Place, **lists: Sequence[str]) -> Iterator[tuple[Place, str]]:
    """Yield the terms of the lists that stand at a place, each with its own place."""
    for listed, terms in lists.items():
        yield from (((*place, listed, i), term) for i, term in enumerate(terms))


def _expandable(patterns: Iterable[str]) -> None:
    for pattern in patterns:
        expand(pattern)
