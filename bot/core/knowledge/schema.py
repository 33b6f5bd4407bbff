"""The shape of the files of claims and what belongs to them, validated by pydantic."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, WithJsonSchema
from pydantic_core import PydanticCustomError

from bot import sentences
from bot.core.addresses import MOST_ADDRESS, MOST_SITE, MOST_TITLE, AddressError, named
from bot.core.bounds import MOST_SOURCES
from bot.core.model import ServerSource
from bot.core.references import without_references

ID, GROUP, SOURCE = r"^[a-z0-9]+(-[a-z0-9]+)*$", r"^[a-z]+(_[a-z]+)*$", r"^[A-Za-z0-9_.-]+$"
SHAPE = r"\{it\}"
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=ID, min_length=2, max_length=40)]
Group = Annotated[str, StringConstraints(pattern=GROUP, min_length=2, max_length=40)]
SourceId = Annotated[str, StringConstraints(pattern=SOURCE, min_length=2, max_length=60)]


def _at_most(most: int) -> Callable[[str], str]:
    """Return a validator of how much there is to read: references such as "[bohannon1985]" do not count."""

    def checked(text: str) -> str:
        if len(without_references(text)) > most:
            raise PydanticCustomError("string_too_long", "too long", {"max_length": most})
        return text

    return checked


def _written(most: int) -> dict[str, Any]:
    """Return what an editor is told of such a text, references and all."""
    return {"type": "string", "minLength": 1, "maxLength": most}


def _address(text: str) -> str:
    """Validate an address, with the sentence that forms give."""
    try:
        return named(text).url
    except AddressError as wrong:
        raise PydanticCustomError("address", "{wrong}", {"wrong": str(wrong)}) from None


Address = Annotated[
    str,
    AfterValidator(_address),
    WithJsonSchema({"type": "string", "pattern": "^https?://", "maxLength": MOST_ADDRESS}),
]
SourceTitle = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_TITLE)]
SiteName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_SITE)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
TopicTitle = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Statement = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=240)]
ShortAnswer = Annotated[Text, AfterValidator(_at_most(350)), WithJsonSchema(_written(500))]
Reason = Annotated[Text, AfterValidator(_at_most(1200)), WithJsonSchema(_written(1800))]
Unknown = Annotated[Text, AfterValidator(_at_most(600)), WithJsonSchema(_written(900))]
Lead = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
_MONTH = r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$"
Month = Annotated[str, StringConstraints(pattern=_MONTH)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
_SAID_WORD = r"([a-z0-9]+(/[a-z0-9]+)*|<[0-9]{1,3}-[0-9]{1,3}>)"
_SAID = rf"^{_SAID_WORD}(( \.\.)? {_SAID_WORD})*$"
Said = Annotated[str, StringConstraints(pattern=_SAID)]
_FILLED_WORD = rf"({_SAID_WORD}|\{{[a-z]+\}})"
_FILLED = rf"^{_FILLED_WORD}(( \.\.)? {_FILLED_WORD})*$"
Filled = Annotated[str, StringConstraints(pattern=_FILLED)]
Step = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
Description = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Wording = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
VerdictWord = Literal["supported", "mixed", "untested", "unsupported", "opinion"]
PhaseWord = Literal["before", "stop", "load", "reps", "after"]
MachineWord = Literal["sled", "nostops", "horizontal", "vertical"]
GoalWord = Literal["general", "back", "glutes", "quads", "knees"]
ConfidenceWord = Literal["high", "moderate", "low"]
AskedWord = Literal[
    "can", "bad", "should", "need", "avoid", "does", "choice", "how_much", "how_many", "how_long", "how_often",
    "how_deep", "how_far", "how", "why", "when", "where", "what", "means", "differs",
]  # fmt: skip
RelationWord = Literal["day", "order", "instead", "both", "beside", "choice"]


class Strict(BaseModel):
    """What an entry may hold is all that it may hold, and as it is written."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


_QUESTIONS = sentences.say("schema.any.questions")
_NOT = sentences.say("schema.any.not")
_BESIDE = sentences.say("schema.any.beside")
_NOTE = sentences.say("schema.any.note")


class ServerSourceEntry(Strict):
    """A page that a server named as a source of its own: nobody fetched it or checked it for the bot."""

    url: Address = Field(description=sentences.say("schema.server_source.url"))
    title: SourceTitle | None = Field(None, description=sentences.say("schema.server_source.title"))
    site: SiteName | None = Field(None, description=sentences.say("schema.server_source.site"))

    @property
    def source(self) -> ServerSource:
        """Return it as a value."""
        return named(self.url, self.title or "", self.site or "")


class ClaimEntry(Strict):
    """One statement, its verdict, what to say and do, and how people ask about it."""

    id: Id = Field(
        description=sentences.say("schema.claim.id"),
    )
    title: Title = Field(description=sentences.say("schema.claim.title"))
    claim: Statement = Field(description=sentences.say("schema.claim.claim"))
    verdict: VerdictWord = Field(
        description=sentences.say("schema.claim.verdict"),
    )
    confidence: ConfidenceWord = Field(
        description=sentences.say("schema.claim.confidence"),
    )
    lead: Lead | None = Field(
        None,
        description=sentences.say("schema.claim.lead"),
    )
    leads: dict[AskedWord, Lead] = Field(
        default_factory=dict,
        description=sentences.say("schema.claim.leads"),
    )
    answer: ShortAnswer = Field(
        description=sentences.say("schema.claim.answer"),
    )
    why: Reason | None = Field(
        None,
        description=sentences.say("schema.claim.why"),
    )
    unknown: Unknown | None = Field(None, description=sentences.say("schema.claim.unknown"))
    checked: Month | None = Field(None, description=sentences.say("schema.claim.checked"))
    do: list[Step] = Field(
        default_factory=list,
        max_length=8,
        description=sentences.say("schema.claim.do"),
    )
    avoid: list[Step] = Field(default_factory=list, max_length=6, description=sentences.say("schema.claim.avoid"))
    questions: list[Wording] = Field(
        default_factory=list,
        min_length=1,
        description=f"{_QUESTIONS} {_BESIDE}",
    )
    not_: list[Wording] = Field(default_factory=list, alias="not", description=f"{_NOT} {_BESIDE}")
    sources: list[SourceId] = Field(
        default_factory=list,
        description=sentences.say("schema.claim.sources"),
    )
    server_sources: list[ServerSourceEntry] = Field(
        default_factory=list,
        max_length=MOST_SOURCES,
        description=sentences.say("schema.claim.server_sources"),
    )
    related: list[Id] = Field(
        default_factory=list,
        max_length=6,
        description=sentences.say("schema.claim.related"),
    )
    picture: Id | None = Field(None, description=sentences.say("schema.claim.picture"))
    replaced_by: Id | None = Field(
        None,
        description=sentences.say("schema.claim.replaced_by"),
    )
    pain: bool | None = Field(
        None,
        description=sentences.say("schema.claim.pain"),
    )
    note: Note | None = Field(None, description=_NOTE)


class WordingsEntry(Strict):
    """How people ask about one claim."""

    questions: list[Wording] = Field(default_factory=list, min_length=1, description=_QUESTIONS)
    not_: list[Wording] = Field(default_factory=list, alias="not", description=_NOT)


class TopicEntry(Strict):
    """A group of claims; each becomes a subcommand of /legpress."""

    id: Annotated[str, StringConstraints(pattern=ID, max_length=32)] = Field(
        description=sentences.say("schema.topic.id")
    )
    title: TopicTitle = Field(description=sentences.say("schema.topic.title"))
    description: Description = Field(description=sentences.say("schema.topic.description"))
    leading: Id = Field(description=sentences.say("schema.topic.leading"))
    pain: bool | None = Field(
        None,
        description=sentences.say("schema.topic.pain"),
    )


class SourceEntry(Strict):
    """A publication. Only those with cite_ready: true are ever shown."""

    id: SourceId = Field(description=sentences.say("schema.source.id"))
    title: Text = Field(description=sentences.say("schema.source.title"))
    authors: Text | None = Field(None, description=sentences.say("schema.source.authors"))
    year: int | None = Field(None, ge=1800, le=2100, description=sentences.say("schema.source.year"))
    journal: Text | None = Field(None, description=sentences.say("schema.source.journal"))
    doi: Text | None = Field(None, description=sentences.say("schema.source.doi"))
    pmid: Text | int | None = Field(None, description=sentences.say("schema.source.pmid"))
    url: Text | None = Field(None, description=sentences.say("schema.source.url"))
    kind: Text | None = Field(None, description=sentences.say("schema.source.kind"))
    finding: Text | None = Field(None, description=sentences.say("schema.source.finding"))
    caveat: Text | None = Field(None, description=sentences.say("schema.source.caveat"))
    caveat_verified: Text | None = Field(None, description=sentences.say("schema.source.caveat_verified"))
    note: Note | None = Field(None, description=_NOTE)
    cite_ready: bool = Field(description=sentences.say("schema.source.cite_ready"))


class WordGroupEntry(Strict):
    """Words that mean the same here."""

    word: Text = Field(description=sentences.say("schema.word_group.word"))
    means: Text | None = Field(None, description=sentences.say("schema.word_group.means"))
    same: list[Text] = Field(
        default_factory=list,
        description=sentences.say("schema.word_group.same"),
    )
    misspelt: list[Text] = Field(default_factory=list, description=sentences.say("schema.word_group.misspelt"))


class OutOfScopeEntry(Strict):
    """Examples of what this bot does not answer."""

    about: Text = Field(description=sentences.say("schema.out_of_scope.about"))
    questions: list[Wording] = Field(min_length=1, description=sentences.say("schema.out_of_scope.questions"))


class ChecklistEntry(Strict):
    """One step of the checklist, and the claim's step that it comes from."""

    phase: PhaseWord = Field(description=sentences.say("schema.checklist.phase"))
    claim: Id = Field(description=sentences.say("schema.checklist.claim"))
    step: Step = Field(description=sentences.say("schema.checklist.step"))
    say: Step | None = Field(None, description=sentences.say("schema.checklist.say"))
    machines: list[MachineWord] = Field(
        default_factory=list,
        description=sentences.say("schema.checklist.machines"),
    )
    goals: list[GoalWord] = Field(default_factory=list, description=sentences.say("schema.checklist.goals"))


class ConditionEntry(Strict):
    """Something that members say about themselves, and what it changes."""

    claim: Id = Field(description=sentences.say("schema.condition.claim"))
    id: Id | None = Field(None, description=sentences.say("schema.condition.id"))
    name: Text = Field(description=sentences.say("schema.condition.name"), max_length=40)
    lead: Lead | None = Field(None, description=sentences.say("schema.condition.lead"))
    instead_of: list[Id] = Field(
        default_factory=list,
        description=sentences.say("schema.condition.instead_of"),
    )
    says: list[Said] = Field(
        default_factory=list,
        description=sentences.say("schema.condition.says"),
    )
    avoids: list[Group] = Field(
        default_factory=list,
        description=sentences.say("schema.condition.avoids"),
    )
    keeps_from: list[Id] = Field(
        default_factory=list,
        description=sentences.say("schema.condition.keeps_from"),
    )
    rather: dict[Id, Id] = Field(default_factory=dict, description=sentences.say("schema.condition.rather"))
    flag: Text = Field("", description=sentences.say("schema.condition.flag"))
    keeps_from_all: bool = Field(
        False,
        description=sentences.say("schema.condition.keeps_from_all"),
    )
    lets: list[Id] = Field(default_factory=list, description=sentences.say("schema.condition.lets"))
    after: list[Id] = Field(
        default_factory=list,
        description=sentences.say("schema.condition.after"),
    )
    others: dict[Id, Lead] = Field(
        default_factory=dict,
        max_length=1,
        description=sentences.say("schema.condition.others"),
    )


class HurtPlaceEntry(Strict):
    """A joint, a muscle or the back, and what answers somebody in whom it complains."""

    claim: Id = Field(description=sentences.say("schema.hurt_place.claim"))
    name: Text = Field(description=sentences.say("schema.hurt_place.name"), max_length=40)
    felt: Id | None = Field(None, description=sentences.say("schema.hurt_place.felt"))
    names: list[Said] = Field(min_length=1, description=sentences.say("schema.hurt_place.names"))
    unless: list[Text] = Field(default_factory=list, description=sentences.say("schema.hurt_place.unless"))
    instead_of: list[Id] = Field(default_factory=list, description=sentences.say("schema.hurt_place.instead_of"))
    keeps: list[Id] = Field(default_factory=list, description=sentences.say("schema.hurt_place.keeps"))


class HurtsEntry(Strict):
    """What hurts, and comes before a wish for more load, depth or work."""

    first: Lead = Field(description=sentences.say("schema.hurts.first"))
    wishes: list[Id] = Field(description=sentences.say("schema.hurts.wishes"))
    places: list[HurtPlaceEntry] = Field(description=sentences.say("schema.hurts.places"))
    words: dict[Group, list[Text]] = Field(default_factory=dict, description=sentences.say("schema.hurts.words"))
    told: list[Filled] = Field(description=sentences.say("schema.hurts.told"))
    done: list[Filled] = Field(description=sentences.say("schema.hurts.done"))
    felt: list[Filled] = Field(description=sentences.say("schema.hurts.felt"))
    ordinary: list[Said] = Field(default_factory=list, description=sentences.say("schema.hurts.ordinary"))
    asking: list[Text] = Field(default_factory=list, description=sentences.say("schema.hurts.asking"))
    telling: list[Text] = Field(default_factory=list, description=sentences.say("schema.hurts.telling"))
    denied: list[Text] = Field(default_factory=list, description=sentences.say("schema.hurts.denied"))


class AboutThemEntry(Strict):
    """What members say about themselves, and about what is held of it."""

    conditions: list[ConditionEntry] = Field(description=sentences.say("schema.about_them.conditions"))
    asks_for: dict[Group, list[Id]] = Field(
        default_factory=dict,
        description=sentences.say("schema.about_them.asks_for"),
    )
    always: list[Id] = Field(default_factory=list, description=sentences.say("schema.about_them.always"))
    harmless_to_all: list[Id] = Field(
        default_factory=list,
        description=sentences.say("schema.about_them.harmless_to_all"),
    )
    whether: list[Said] = Field(default_factory=list, description=sentences.say("schema.about_them.whether"))
    beside_whether: list[Said] = Field(
        default_factory=list, description=sentences.say("schema.about_them.beside_whether")
    )
    others: dict[Text, list[Said]] = Field(default_factory=dict, description=sentences.say("schema.about_them.others"))
    ordinary: list[Said] = Field(default_factory=list, description=sentences.say("schema.about_them.ordinary"))
    hurts: HurtsEntry | None = Field(None, description=sentences.say("schema.about_them.hurts"))
    forget: list[Said] = Field(default_factory=list, description=sentences.say("schema.about_them.forget"))
    recall: list[Said] = Field(default_factory=list, description=sentences.say("schema.about_them.recall"))
    who: list[Said] = Field(default_factory=list, description=sentences.say("schema.about_them.who"))
    allows: list[Said] = Field(default_factory=list, description=sentences.say("schema.about_them.allows"))


class ExerciseEntry(Strict):
    """Another exercise, and the claims that answer what is asked of it and the leg press."""

    name: Text = Field(description=sentences.say("schema.exercise.name"), max_length=40)
    says: list[Said] = Field(min_length=1, description=sentences.say("schema.exercise.says"))
    claim: Id | Literal[""] = Field("", description=sentences.say("schema.exercise.claim"))
    answers: dict[RelationWord, Id | Literal[""]] = Field(
        default_factory=dict, description=sentences.say("schema.exercise.answers")
    )
    near: list[Id] = Field(default_factory=list, max_length=2, description=sentences.say("schema.exercise.near"))


class ExercisesEntry(Strict):
    """Other exercises, and how two of them are compared."""

    relations: dict[RelationWord, list[Said]] = Field(description=sentences.say("schema.exercises.relations"))
    press: list[Said] = Field(default_factory=list, description=sentences.say("schema.exercises.press"))
    sore: list[Said] = Field(default_factory=list, description=sentences.say("schema.exercises.sore"))
    ordinary: list[Said] = Field(default_factory=list, description=sentences.say("schema.exercises.ordinary"))
    exercises: list[ExerciseEntry] = Field(description=sentences.say("schema.exercises.exercises"))


CLAIMS = TypeAdapter(list[ClaimEntry])
QUESTIONS = TypeAdapter(dict[Id, WordingsEntry])
TOPICS = TypeAdapter(list[TopicEntry])
SOURCES = TypeAdapter(list[SourceEntry])
VOCABULARY = TypeAdapter(list[WordGroupEntry])
OUT_OF_SCOPE = TypeAdapter(list[OutOfScopeEntry])
CHECKLIST = TypeAdapter(list[ChecklistEntry])
CONDITIONS = TypeAdapter(AboutThemEntry)
EXERCISES = TypeAdapter(ExercisesEntry)

FORMS = {
    ID: sentences.say("schema.any.form_id"),
    GROUP: sentences.say("schema.any.form_group"),
    SOURCE: sentences.say("schema.any.form_source"),
    _MONTH: sentences.say("schema.any.form_month"),
    _SAID: sentences.say("schema.any.form_said"),
    _FILLED: sentences.say("schema.any.form_filled"),
    SHAPE: sentences.say("schema.any.form_shape"),
}
"""What to write where a text has not the form that its pattern asks for."""

FILES: dict[str, tuple[TypeAdapter[Any], str]] = {
    "claims": (CLAIMS, sentences.say("schema.any.files_claims")),
    "questions": (
        QUESTIONS,
        sentences.say("schema.any.files_questions"),
    ),
    "topics": (TOPICS, sentences.say("schema.any.files_topics")),
    "sources": (SOURCES, sentences.say("schema.any.files_sources")),
    "vocabulary": (VOCABULARY, sentences.say("schema.any.files_vocabulary")),
    "out_of_scope": (OUT_OF_SCOPE, sentences.say("schema.any.files_out_of_scope")),
    "checklist": (CHECKLIST, sentences.say("schema.any.files_checklist")),
    "conditions": (CONDITIONS, sentences.say("schema.any.files_conditions")),
    "exercises": (EXERCISES, sentences.say("schema.any.files_exercises")),
}
