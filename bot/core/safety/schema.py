"""The shape of the gate's files, for validation and for editors. Only reading knowledge imports this: pydantic is slow."""

from collections.abc import Iterable
from string import Formatter
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from bot.core.model import Tier
from bot.core.safety.lexicon import expand
from bot.core.safety.wording import TEXTS

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
ConceptName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_]*$")]
RouteName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*(_R\d\d)?$")]
Term = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_]*[*~]*(\|[A-Z][A-Z_]*[*~]*)*$")]

CUE_CLASSES = (
    "NEGATION", "TERMINATION", "FINE", "RESOLVED", "PAST", "HYPOTHETICAL", "FICTION", "STRANGER", "ANIMAL", "THING", "TRIVIAL",
    "ALMOST", "LAUGH", "PERSISTS", "NOW", "ONSET", "PROXY", "HE_SHE", "QUESTION", "SIGNS", "ALARM_SIGNS", "STUDY",
)  # fmt: skip
"""The classes that reading negation, time and person needs."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ConditionModel(_Strict):
    """One way for a rule to fire."""

    near: list[Term] = Field(default_factory=list, description="concepts that must stand within `window` words")
    window: int = Field(default=8, ge=1, le=60)
    also: list[Term] = Field(default_factory=list, description="concepts that must stand anywhere in the message")
    unless: list[Term] = Field(default_factory=list, description="concepts that take this way back, anywhere")
    joke: bool = Field(default=False, description="laughter takes it back where nothing says that it lasts")
    ordered: bool = Field(default=False, description="the concepts of `near` come in this order")
    tier: Tier | None = Field(default=None, description="stands in for the rule's own tier")

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
    routes: dict[Tier, RouteName] = Field(
        default_factory=dict, description="the text for a tier, by name, where it is not the tier's own"
    )


class RegionModel(_Strict):
    """What a region's texts say for the two urgent tiers."""

    name: Text
    emergency: Text
    same_day: Text


class ThresholdsModel(_Strict):
    """Where the small model stops, and where it adds the safety line (probabilities)."""

    stop: float = Field(gt=0, le=1)
    stop_supported: float = Field(gt=0, le=1)
    twin: float = Field(gt=0, le=1)
    line: float = Field(gt=0, le=1)
    emergency: float = Field(gt=0, le=1)


class SafetyModel(_Strict):
    """`knowledge/safety.yaml` and the files in `knowledge/safety/`, merged."""

    concepts: dict[ConceptName, list[Text]]
    masks: list[Text]
    ordinary: list[Text]
    alarm_words: list[Text]
    rules: list[RuleModel] = Field(min_length=1)
    footers: list[ConditionModel]
    nets: list[ConditionModel]
    signs: list[ConditionModel]
    phrasings: dict[Annotated[str, StringConstraints(pattern=r"^\w+(/(emergency|same_day|soon))?$")], list[Text]]
    harmless: dict[str, list[Text]]
    texts: dict[str, Text]
    regions: dict[str, RegionModel]
    thresholds: ThresholdsModel
    precedence: list[RouteName] = Field(
        description="routes from the strongest to the weakest; one up to `self_harm` wins over any tier, the others within a tier"
    )

    @field_validator("concepts")
    @classmethod
    def _brackets(cls, concepts: dict[str, list[str]]) -> dict[str, list[str]]:
        for patterns in concepts.values():
            _expandable(patterns)
        missing = [name for name in CUE_CLASSES if name not in concepts]
        if missing:
            message = f"the class {missing[0]} is missing; add it under `concepts`"
            raise ValueError(message)
        return concepts

    @field_validator("masks")
    @classmethod
    def _masks(cls, masks: list[str]) -> list[str]:
        _expandable(masks)
        return masks

    @field_validator("texts")
    @classmethod
    def _texts(cls, texts: dict[str, str]) -> dict[str, str]:
        missing = [name for name in TEXTS if name not in texts]
        if missing:
            message = f"the text '{missing[0]}' is missing; add it under `texts`"
            raise ValueError(message)
        for name, text in texts.items():
            try:
                holes = {hole for _, hole, _, _ in Formatter().parse(text) if hole is not None}
            except ValueError as error:
                message = f"the text '{name}' holds a stray bracket; write {{emergency}} or {{same_day}}"
                raise ValueError(message) from error
            if holes - {"emergency", "same_day"}:
                message = f"the text '{name}' may hold {{emergency}} and {{same_day}} only"
                raise ValueError(message)
        return texts

    @field_validator("regions")
    @classmethod
    def _neutral(cls, regions: dict[str, RegionModel]) -> dict[str, RegionModel]:
        if "neutral" not in regions:
            message = "the region 'neutral' is missing; add the text that serves where no region is set"
            raise ValueError(message)
        return regions

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
                for name in term.replace("*", "").replace("~", "").split("|"):
                    if name not in self.concepts:
                        message = f"no concept is called {name}; add it under `concepts` or mend the term '{term}'"
                        raise ValueError(message)
        for key in self.phrasings:
            if key.partition("/")[0] not in ids:
                message = f"phrasings stand under '{key}', which is no rule; use one of {', '.join(ids)}"
                raise ValueError(message)
        return self


def _expandable(patterns: Iterable[str]) -> None:
    for pattern in patterns:
        expand(pattern)
