"""The shape of the gate's files, for validation and for editors. Only reading knowledge imports this: pydantic is slow."""

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from bot.core.model import Tier
from bot.core.safety.assertion import ROLES
from bot.core.safety.evidence import PIECES
from bot.core.safety.lexicon import expand
from bot.core.safety.milder import MILDER
from bot.core.safety.text_schema import ToldModel, faults_of_texts
from bot.core.safety.values import Kind, named

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

    kind: Kind = Field(
        description="body, sensation and function tell of a symptom; circumstance colours; grammar neither"
    )
    note: Text = Field(description="why the class is there, in a few words")
    words: list[Text] = Field(description="patterns: words, with alternatives in brackets: numb(|ness|ed), (my|the)")
    shared: list[Text] = Field(default_factory=list, description="patterns that stand in another class too, on purpose")
    role: str = Field(default="", description=f"what the reading of a sentence uses it for: {', '.join(_ROLES)}")
    closed: bool = Field(default=False, description="its phrases hide the words in them")
    excluded: list[Text] = Field(
        default_factory=list, alias="not", description="phrases that look like it and mean nothing"
    )

    @field_validator("role")
    @classmethod
    def _role(cls, role: str) -> str:
        if role and role not in _ROLES:
            message = f"'{role}' is no role; write one of {', '.join(_ROLES)}, or leave it out"
            raise ValueError(message)
        return role

    @model_validator(mode="after")
    def _patterns(self) -> Self:
        _expandable([*self.words, *self.shared, *self.excluded])
        return self


class ConditionModel(_Strict):
    """One way for a rule to fire."""

    near: list[Term] = Field(default_factory=list, description="concepts that must stand within `window` words")
    window: int = Field(default=8, ge=1, le=60)
    also: list[Term] = Field(default_factory=list, description="concepts that must stand anywhere in the message")
    unless: list[Term] = Field(default_factory=list, description="concepts that take this way back, anywhere")
    joke: bool = Field(default=False, description="laughter takes it back where nothing says that it lasts")
    ordered: bool = Field(default=False, description="the concepts of `near` come in this order")
    tier: Tier | None = Field(default=None, description="stands in for the rule's own tier")
    reach: int = Field(
        default=0, ge=0, le=200, description="how far from `near` `also` and `unless` count; 0: anywhere"
    )

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.near and not self.also:
            message = "a way to fire needs `near` or `also`; write the concepts that must be there"
            raise ValueError(message)
        return self


class RuleModel(_Strict):
    """A red flag."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]*$")]
    flag: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_]*$")]
    tier: Tier
    when: list[ConditionModel] = Field(min_length=1)
    reach: int = Field(default=0, ge=0, le=200, description="`reach` of every way that has none")
    sure: bool = Field(default=False, description='strangers count as well as friends: "a guy here isn\'t breathing"')
    routes: dict[Tier, RouteName] = Field(
        default_factory=dict, description="the text for a tier, by name, where it is not the tier's own"
    )


class ForeignAlarmModel(_Strict):
    """What adds up to an alarm in another language."""

    flag: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]*$")]
    all: list[Term] = Field(min_length=1, description="classes that must stand within a few words")
    also: list[Term] = Field(default_factory=list, description="classes that must stand anywhere")
    unless: list[Term] = Field(default_factory=list, description="classes that take it back, anywhere")
    tier: Tier | None = Field(default=None, description="stands in for the flag's own tier")


class LanguageModel(_Strict):
    """A language other than English."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    name: Text
    common: list[Text] = Field(description="small words that tell the language")
    negations: list[Text] = Field(alias="not", description="what takes a single word of a class back")
    concepts: dict[ConceptName, list[Text]] = Field(description="words, phrases, and stems that end in *")
    alarms: list[ForeignAlarmModel] = Field(min_length=1, description="the first that fires wins")
    others: list[Text] = Field(default_factory=list, description="words for somebody else")
    own: list[Text] = Field(default_factory=list, description="words for oneself")

    @model_validator(mode="after")
    def _classes(self) -> Self:
        for alarm in self.alarms:
            for term in (*alarm.all, *alarm.also, *alarm.unless):
                for name in term.split("|"):
                    if name not in self.concepts:
                        message = f"no class of {self.name} is called {name}; add it under `concepts` or mend '{term}'"
                        raise ValueError(message)
        return self


class ThresholdsModel(_Strict):
    """Probabilities: where the weighed evidence stops and where it adds the safety line; from where the model asks for it."""

    hint: float = Field(gt=0, le=1, description="below this chance of an alarm by the model a net adds no safety line")
    ask: float = Field(gt=0, le=1)
    stop: float = Field(gt=0, le=1)
    self_harm: float = Field(gt=0, le=1, description="`stop` where the model hears talk of self-harm")
    self_harm_line: float = Field(gt=0, le=1, description="`line` where the model hears talk of self-harm")
    kin: float = Field(gt=0, le=1, description="from this share of an alarm's probability it is talk of self-harm")
    bare: float = Field(
        gt=0,
        le=1,
        description="`stop` where no class of words tells of anything, no net fires, and no wording is `near`",
    )
    bare_line: float = Field(gt=0, le=1, description="`line` there")
    bare_self_harm_line: float = Field(gt=0, le=1, description="`bare_line`, where the model hears self-harm")
    story_line: float = Field(gt=0, le=1, description="`line` for a stretch of a long message")
    near: float = Field(gt=0, le=1)
    kindred: float = Field(
        gt=0, le=1, description="talk of self-harm whose nearest wording is less close than this stops from `bare` on"
    )
    line: float = Field(gt=0, le=1)
    twin: float = Field(gt=0, le=1, description="how close a wording must be for a text of its own")
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
    weights: dict[str, float] = Field(description="what each piece of evidence counts, as cross-validation supports it")
    languages: dict[Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")], LanguageModel] = Field(
        default_factory=dict
    )
    precedence: list[RouteName] = Field(
        description="routes from the strongest to the weakest; one up to `self_harm` wins over any tier, the others within a tier"
    )

    @field_validator("concepts")
    @classmethod
    def _roles(cls, concepts: dict[str, ConceptModel]) -> dict[str, ConceptModel]:
        held = {concept.role for concept in concepts.values()}
        missing = [role for role in ROLES if role not in held]
        if missing:
            message = f"no class has the role '{missing[0]}'; write `role: {missing[0]}` at the one that plays it"
            raise ValueError(message)
        return concepts

    @field_validator("weights")
    @classmethod
    def _weights(cls, weights: dict[str, float]) -> dict[str, float]:
        names = ("bias", *PIECES)
        missing = [name for name in names if name not in weights]
        if missing:
            message = f"the weight '{missing[0]}' is missing; add it under `weights`"
            raise ValueError(message)
        unknown = [name for name in weights if name not in names]
        if unknown:
            message = f"'{unknown[0]}' is no piece of evidence; weigh {', '.join(names)} only"
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
        for name in ids:
            if ids.count(name) > 1:
                message = f"the rule {name} stands twice; keep one of them"
                raise ValueError(message)
        ways = [way for rule in self.rules for way in rule.when] + self.footers + self.nets + self.signs
        for way in ways:
            for term in (*way.near, *way.also, *way.unless):
                for name in named(term):
                    if name not in self.concepts:
                        message = f"no concept is called {name}; add it under `concepts` or mend the term '{term}'"
                        raise ValueError(message)
        for language in self.languages.values():
            for alarm in language.alarms:
                if alarm.flag not in ids:
                    message = (
                        f"an alarm in {language.name} is {alarm.flag}, which is no rule; use one of {', '.join(ids)}"
                    )
                    raise ValueError(message)
        for key in self.phrasings:
            if key.partition("/")[0] not in ids:
                message = f"phrasings stand under '{key}', which is no rule; use one of {', '.join(ids)}"
                raise ValueError(message)
        return self


def _expandable(patterns: Iterable[str]) -> None:
    for pattern in patterns:
        expand(pattern)
