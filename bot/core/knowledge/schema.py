"""The shape of the knowledge files: validated by pydantic, and given to editors as JSON Schema (draft-07)."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, WithJsonSchema
from pydantic_core import PydanticCustomError

from bot import sentences
from bot.core.addresses import MOST_ADDRESS, MOST_SITE, MOST_TITLE, AddressError, named
from bot.core.bounds import MOST_SOURCES
from bot.core.model import ServerSource
from bot.core.references import without_references
from bot.core.safety.schema import SafetyModel

ID, _GROUP, SOURCE = r"^[a-z0-9]+(-[a-z0-9]+)*$", r"^[a-z]+(_[a-z]+)*$", r"^[A-Za-z0-9_.-]+$"
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=ID, min_length=2, max_length=40)]
Group = Annotated[str, StringConstraints(pattern=_GROUP, min_length=2, max_length=40)]
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
    "how_deep", "how_far", "how", "why", "when", "where", "what", "means",
]  # fmt: skip


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


_QUESTIONS = sentences.say("schema.any.questions")
_NOT = sentences.say("schema.any.not")
_BESIDE = sentences.say("schema.any.beside")
_NOTE = sentences.say("schema.any.note")


class ServerSourceEntry(_Strict):
    """A page that a server named as a source of its own: nobody fetched it or checked it for the bot."""

    url: Address = Field(description=sentences.say("schema.server_source.url"))
    title: SourceTitle | None = Field(None, description=sentences.say("schema.server_source.title"))
    site: SiteName | None = Field(None, description=sentences.say("schema.server_source.site"))

    @property
    def source(self) -> ServerSource:
        """Return it as a value."""
        return named(self.url, self.title or "", self.site or "")


class ClaimEntry(_Strict):
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


class WordingsEntry(_Strict):
    """How people ask about one claim."""

    questions: list[Wording] = Field(default_factory=list, min_length=1, description=_QUESTIONS)
    not_: list[Wording] = Field(default_factory=list, alias="not", description=_NOT)


class TopicEntry(_Strict):
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


class SourceEntry(_Strict):
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


class WordGroupEntry(_Strict):
    """Words that mean the same here."""

    word: Text = Field(description=sentences.say("schema.word_group.word"))
    means: Text | None = Field(None, description=sentences.say("schema.word_group.means"))
    same: list[Text] = Field(
        default_factory=list,
        description=sentences.say("schema.word_group.same"),
    )
    misspelt: list[Text] = Field(default_factory=list, description=sentences.say("schema.word_group.misspelt"))


class OutOfScopeEntry(_Strict):
    """Examples of what this bot does not answer."""

    about: Text = Field(description=sentences.say("schema.out_of_scope.about"))
    questions: list[Wording] = Field(min_length=1, description=sentences.say("schema.out_of_scope.questions"))


class ChecklistEntry(_Strict):
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


class ConditionEntry(_Strict):
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


class HurtPlaceEntry(_Strict):
    """A joint or the back, and what answers somebody in whom it complains."""

    claim: Id = Field(description=sentences.say("schema.hurt_place.claim"))
    name: Text = Field(description=sentences.say("schema.hurt_place.name"), max_length=40)
    felt: Id | None = Field(None, description=sentences.say("schema.hurt_place.felt"))
    names: list[Said] = Field(min_length=1, description=sentences.say("schema.hurt_place.names"))
    unless: list[Text] = Field(default_factory=list, description=sentences.say("schema.hurt_place.unless"))


class HurtsEntry(_Strict):
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


class AboutThemEntry(_Strict):
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


Entry = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class WeightlessModel(_Strict):
    """What people say around a question: words that are left out before it is matched."""

    anywhere: list[Entry] = Field(min_length=1, description=sentences.say("schema.weightless.anywhere"))
    opening: list[Entry] = Field(min_length=1, description=sentences.say("schema.weightless.opening"))
    closing: list[Entry] = Field(min_length=1, description=sentences.say("schema.weightless.closing"))
    called: list[Entry] = Field(min_length=1, description=sentences.say("schema.weightless.called"))
    passing: list[Entry] = Field(min_length=1, description=sentences.say("schema.weightless.passing"))
    names: list[Entry] = Field(min_length=1, description=sentences.say("schema.weightless.names"))
    places: list[Entry] = Field(min_length=1, description=sentences.say("schema.weightless.places"))


class AskingEntry(_Strict):
    """One kind of question, and the phrases that make it."""

    kind: AskedWord = Field(description=sentences.say("schema.asking.kind"))
    when: list[Phrase] = Field(
        min_length=1,
        description=sentences.say("schema.asking.when"),
    )
    ends: list[Phrase] = Field(default_factory=list, description=sentences.say("schema.asking.ends"))


class AskingModel(_Strict):
    """How people ask."""

    kinds: list[AskingEntry] = Field(min_length=1, description=sentences.say("schema.asking.kinds"))
    passing: list[Phrase] = Field(default_factory=list, description=sentences.say("schema.asking.passing"))
    turns: list[Entry] = Field(default_factory=list, description=sentences.say("schema.asking.turns"))
    says_nothing: list[Entry] = Field(default_factory=list, description=sentences.say("schema.asking.says_nothing"))


class FollowingModel(_Strict):
    """How people go on from an answer in words that name little themselves."""

    around: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.around"))
    asks: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.asks"))
    another: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.another"))
    not_theirs: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.not_theirs"))
    why: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.why"))
    lacks: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.lacks"))
    has: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.has"))
    about: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.about"))
    under: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.under"))
    case: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.case"))
    meant: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.meant"))
    meant_for: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.meant_for"))
    it: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.it"))
    ones: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.ones"))
    which: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.which"))
    stays: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.stays"))
    painless: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.painless"))
    misses: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.misses"))
    places: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.places"))
    of_me: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.of_me"))
    who: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.who"))
    refuses: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.refuses"))
    further: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.further"))
    leaves: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.leaves"))
    left: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.left"))
    spots: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.spots"))
    spotted: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.spotted"))
    heals: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.heals"))
    mends: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.mends"))
    hurts: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.hurts"))
    doctor: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.doctor"))
    doctors: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.doctors"))
    seeing: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.seeing"))
    halts: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.halts"))
    carries: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.carries"))
    halted: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.halted"))
    harms: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.harms"))
    harmed: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.harmed"))
    calm: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.calm"))
    normal: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.normal"))
    hurried: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.hurried"))
    hurry: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.hurry"))
    helps: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.helps"))
    helped: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.helped"))
    gone: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.gone"))
    whom: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.whom"))
    dislikes: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.dislikes"))
    hearsay: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.hearsay"))
    coaches: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.coaches"))
    radiates: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.radiates"))
    so: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.so"))
    heard: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.heard"))
    confirms: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.confirms"))
    returns: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.returns"))
    guesses: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.guesses"))
    not_guessed: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.not_guessed"))
    row: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.row"))
    instead: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.instead"))
    replaced: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.replaced"))
    other: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.other"))
    joins: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.joins"))
    begins: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.begins"))
    points_before: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.points_before"))
    points_after: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.points_after"))
    else_asked: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.else_asked"))
    elses: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.elses"))
    number_asked: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.number_asked"))
    numbered: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.numbered"))
    per_before: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.per_before"))
    per: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.per"))
    fits_before: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.fits_before"))
    fits_after: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.fits_after"))
    worsens: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.worsens"))
    worse: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.worse"))
    since: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.since"))
    details: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.details"))
    beside_details: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.beside_details"))
    reassured: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.reassured"))
    machines: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.machines"))
    weights: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.weights"))
    counted: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.counted"))
    forbidden: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.forbidden"))
    afterwards: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.afterwards"))
    skips: list[Phrase] = Field(min_length=1, description=sentences.say("schema.following.skips"))
    waits: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.waits"))
    degrees: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.degrees"))
    skipped: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.skipped"))
    when: dict[AskedWord, list[Entry]] = Field(description=sentences.say("schema.following.when"))
    pain: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.pain"))
    numbers: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.numbers"))
    back: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.back"))
    points: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.points"))
    little: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.little"))
    units: list[Entry] = Field(min_length=1, description=sentences.say("schema.following.units"))
    figures: dict[AskedWord, list[Entry]] = Field(description=sentences.say("schema.following.figures"))


_SHAPE = r"\{it\}"
Shape = Annotated[str, StringConstraints(strip_whitespace=True, pattern=_SHAPE, max_length=80)]


Asked = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class AspectEntry(_Strict):
    """What is asked of a claim that states something of this kind."""

    about: list[Entry] = Field(min_length=1, description=sentences.say("schema.aspect.about"))
    asked: list[Shape] = Field(min_length=1, description=sentences.say("schema.aspect.asked"))


class SubjectEntry(_Strict):
    """What members ask about a subject, whatever the claim says of it."""

    about: list[Entry] = Field(min_length=1, description=sentences.say("schema.subject.about"))
    asked: list[Asked] = Field(min_length=1, description=sentences.say("schema.subject.asked"))


class TriedSentences(_Strict):
    """What a preview says of the wordings that it tried; `{all}`, `{found}` and `{missed}` stand for how many."""

    missed: Text = Field(description=sentences.say("schema.tried_sentences.missed"))
    none_missed: Text = Field(description=sentences.say("schema.tried_sentences.none_missed"))
    unlike: Text = Field(description=sentences.say("schema.tried_sentences.unlike"))
    nothing_unlike: Text = Field(description=sentences.say("schema.tried_sentences.nothing_unlike"))


class LikelyWordingsModel(_Strict):
    """The shapes of questions that members are likely to ask about a new claim; `{it}` stands for what they are about."""

    things: list[Shape] = Field(min_length=1, description=sentences.say("schema.likely_wordings.things"))
    actions: list[Shape] = Field(min_length=1, description=sentences.say("schema.likely_wordings.actions"))
    questions: list[Shape] = Field(min_length=1, description=sentences.say("schema.likely_wordings.questions"))
    choices: list[Shape] = Field(min_length=1, description=sentences.say("schema.likely_wordings.choices"))
    statements: list[Shape] = Field(min_length=1, description=sentences.say("schema.likely_wordings.statements"))
    drops: list[Entry] = Field(default_factory=list, description=sentences.say("schema.likely_wordings.drops"))
    mine: dict[Entry, Entry] = Field(default_factory=dict, description=sentences.say("schema.likely_wordings.mine"))
    asks: list[Entry] = Field(min_length=1, description=sentences.say("schema.likely_wordings.asks"))
    begins: list[Entry] = Field(min_length=1, description=sentences.say("schema.likely_wordings.begins"))
    greets: list[Entry] = Field(default_factory=list, description=sentences.say("schema.likely_wordings.greets"))
    called: list[Entry] = Field(default_factory=list, description=sentences.say("schema.likely_wordings.called"))
    polite: list[Entry] = Field(default_factory=list, description=sentences.say("schema.likely_wordings.polite"))
    announces: list[Entry] = Field(default_factory=list, description=sentences.say("schema.likely_wordings.announces"))
    small: list[Entry] = Field(min_length=1, description=sentences.say("schema.likely_wordings.small"))
    ends: list[Entry] = Field(default_factory=list, description=sentences.say("schema.likely_wordings.ends"))
    aspects: list[AspectEntry] = Field(
        default_factory=list, description=sentences.say("schema.likely_wordings.aspects")
    )
    subjects: list[SubjectEntry] = Field(
        default_factory=list, description=sentences.say("schema.likely_wordings.subjects")
    )
    says: TriedSentences = Field(description=sentences.say("schema.likely_wordings.says"))


class ThemeEntry(_Strict):
    """One subject, and what comes up beside it."""

    about: list[Entry] = Field(min_length=1, description=sentences.say("schema.theme.about"))
    also: list[Entry] = Field(default_factory=list, description=sentences.say("schema.theme.also"))


class ThemesModel(_Strict):
    """Words that come up where a subject does."""

    small: list[Entry] = Field(min_length=1, description=sentences.say("schema.themes.small"))
    elsewhere: list[Entry] = Field(default_factory=list, description=sentences.say("schema.themes.elsewhere"))
    themes: list[ThemeEntry] = Field(min_length=1, description=sentences.say("schema.themes.themes"))


class ConditionWordsModel(_Strict):
    """Words around a condition that change what is said of it."""

    denied: list[Entry] = Field(min_length=1, description=sentences.say("schema.condition_words.denied"))
    negated: list[Entry] = Field(min_length=1, description=sentences.say("schema.condition_words.negated"))
    unsure: list[Entry] = Field(min_length=1, description=sentences.say("schema.condition_words.unsure"))
    believed: list[Entry] = Field(min_length=1, description=sentences.say("schema.condition_words.believed"))
    theirs: list[Entry] = Field(min_length=1, description=sentences.say("schema.condition_words.theirs"))
    units: list[Entry] = Field(min_length=1, description=sentences.say("schema.condition_words.units"))
    years_of: list[Entry] = Field(min_length=1, description=sentences.say("schema.condition_words.years_of"))
    years: list[Entry] = Field(min_length=1, description=sentences.say("schema.condition_words.years"))
    between: list[Entry] = Field(min_length=1, description=sentences.say("schema.condition_words.between"))


class WordsModel(_Strict):
    """Lists of words, each for what it is used."""

    conditions: ConditionWordsModel = Field(description=sentences.say("schema.words.conditions"))
    small_talk: list[Entry] = Field(min_length=1, description=sentences.say("schema.words.small_talk"))
    empty: list[Entry] = Field(min_length=1, description=sentences.say("schema.words.empty"))
    names: list[Entry] = Field(min_length=1, description=sentences.say("schema.words.names"))
    lasting: list[Entry] = Field(min_length=1, description=sentences.say("schema.words.lasting"))


class ReasonEntry(_Strict):
    """Entries of a list of complaints, and why they stand there."""

    why: Entry = Field(description=sentences.say("schema.reason.why"))
    say: list[Phrase] = Field(min_length=1, description=sentences.say("schema.reason.say"))


class SignsModel(_Strict):
    """What makes a draft one about a warning sign."""

    classes: list[Entry] = Field(description=sentences.say("schema.signs.classes"))
    words: list[Phrase] = Field(description=sentences.say("schema.signs.words"))
    places: list[Entry] = Field(description=sentences.say("schema.signs.places"))
    faults: list[Entry] = Field(description=sentences.say("schema.signs.faults"))
    played_down: list[Phrase] = Field(description=sentences.say("schema.signs.played_down"))
    stop_only: list[Phrase] = Field(description=sentences.say("schema.signs.stop_only"))


class NoticesModel(_Strict):
    """The words of which a notice about help and the house is made."""

    who: list[Entry] = Field(description=sentences.say("schema.notices.who"))
    linking: list[Entry] = Field(description=sentences.say("schema.notices.linking"))
    help: list[Entry] = Field(description=sentences.say("schema.notices.help"))
    house: list[Entry] = Field(description=sentences.say("schema.notices.house"))
    signs: list[Entry] = Field(description=sentences.say("schema.notices.signs"))


class TellingModel(_Strict):
    """How whoever a text is about would report what it says."""

    mine: dict[Entry, Entry] = Field(description=sentences.say("schema.telling.mine"))
    theirs: dict[Entry, Entry] = Field(description=sentences.say("schema.telling.theirs"))
    splits: list[Entry] = Field(min_length=1, description=sentences.say("schema.telling.splits"))
    openings: list[Entry] = Field(min_length=1, description=sentences.say("schema.telling.openings"))
    who: list[Entry] = Field(description=sentences.say("schema.telling.who"))
    trailing: list[Entry] = Field(description=sentences.say("schema.telling.trailing"))
    cuts: list[Entry] = Field(min_length=1, description=sentences.say("schema.telling.cuts"))
    cannot: list[Entry] = Field(description=sentences.say("schema.telling.cannot"))
    nothing_had: list[Entry] = Field(description=sentences.say("schema.telling.nothing_had"))


class AbroadModel(_Strict):
    """How a sentence in another language about a body is told."""

    words: list[Entry] = Field(default_factory=list, description=sentences.say("schema.abroad.words"))
    english: list[Entry] = Field(default_factory=list, description=sentences.say("schema.abroad.english"))
    body: list[Entry] = Field(default_factory=list, description=sentences.say("schema.abroad.body"))
    places: list[Entry] = Field(default_factory=list, description=sentences.say("schema.abroad.places"))
    faults: list[Entry] = Field(default_factory=list, description=sentences.say("schema.abroad.faults"))


class ComplaintsModel(_Strict):
    """What a claim of a server may say of bodily complaints."""

    elsewhere: list[ReasonEntry] = Field(description=sentences.say("schema.complaints.elsewhere"))
    everyday: list[ReasonEntry] = Field(min_length=1, description=sentences.say("schema.complaints.everyday"))
    aches: list[Phrase] = Field(description=sentences.say("schema.complaints.aches"))
    limbs: list[Entry] = Field(description=sentences.say("schema.complaints.limbs"))
    never: list[ReasonEntry] = Field(min_length=1, description=sentences.say("schema.complaints.never"))
    vital: list[Phrase] = Field(description=sentences.say("schema.complaints.vital"))
    wrong: list[Phrase] = Field(description=sentences.say("schema.complaints.wrong"))
    loose: list[Phrase] = Field(description=sentences.say("schema.complaints.loose"))
    alone: list[Phrase] = Field(description=sentences.say("schema.complaints.alone"))
    feels: list[Entry] = Field(description=sentences.say("schema.complaints.feels"))
    somewhere: list[Entry] = Field(description=sentences.say("schema.complaints.somewhere"))
    feelers: list[Entry] = Field(description=sentences.say("schema.complaints.feelers"))
    felt: list[Entry] = Field(description=sentences.say("schema.complaints.felt"))
    fillers: list[Entry] = Field(description=sentences.say("schema.complaints.fillers"))
    places: list[Phrase] = Field(description=sentences.say("schema.complaints.places"))
    odd: list[Phrase] = Field(description=sentences.say("schema.complaints.odd"))
    grave: list[ReasonEntry] = Field(description=sentences.say("schema.complaints.grave"))
    implied: list[ReasonEntry] = Field(description=sentences.say("schema.complaints.implied"))
    subjects: list[Phrase] = Field(description=sentences.say("schema.complaints.subjects"))
    helpers: list[Entry] = Field(description=sentences.say("schema.complaints.helpers"))
    plays_down: list[Phrase] = Field(min_length=1, description=sentences.say("schema.complaints.plays_down"))
    sends: list[Phrase] = Field(min_length=1, description=sentences.say("schema.complaints.sends"))
    undoes: list[Phrase] = Field(description=sentences.say("schema.complaints.undoes"))
    denied: list[Phrase] = Field(description=sentences.say("schema.complaints.denied"))
    puts_off: list[Phrase] = Field(description=sentences.say("schema.complaints.puts_off"))
    stops: list[Phrase] = Field(description=sentences.say("schema.complaints.stops"))
    own_case: list[Phrase] = Field(description=sentences.say("schema.complaints.own_case"))
    warns_off: list[Phrase] = Field(description=sentences.say("schema.complaints.warns_off"))
    meanwhile: list[Phrase] = Field(description=sentences.say("schema.complaints.meanwhile"))
    notices: NoticesModel = Field(description=sentences.say("schema.complaints.notices"))
    signs: SignsModel = Field(description=sentences.say("schema.complaints.signs"))
    told: TellingModel = Field(description=sentences.say("schema.complaints.told"))
    abroad: AbroadModel = Field(default_factory=AbroadModel, description=sentences.say("schema.complaints.abroad"))


class FirstWordsEntry(_Strict):
    """One kind of first words: what the bot says to a message that is made of these phrases alone."""

    kind: Annotated[str, StringConstraints(pattern=_GROUP, max_length=40)] = Field(
        description=sentences.say("schema.first_words.kind")
    )
    says: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] = Field(
        description=sentences.say("schema.first_words.says")
    )
    asks: list[Id] = Field(default_factory=list, max_length=4, description=sentences.say("schema.first_words.asks"))
    silent: bool = Field(default=False, description=sentences.say("schema.first_words.silent"))
    when: list[Phrase] = Field(min_length=1, description=sentences.say("schema.first_words.when"))


CLAIMS = TypeAdapter(list[ClaimEntry])
QUESTIONS = TypeAdapter(dict[Id, WordingsEntry])
TOPICS = TypeAdapter(list[TopicEntry])
SOURCES = TypeAdapter(list[SourceEntry])
VOCABULARY = TypeAdapter(list[WordGroupEntry])
OUT_OF_SCOPE = TypeAdapter(list[OutOfScopeEntry])
CHECKLIST = TypeAdapter(list[ChecklistEntry])
CONDITIONS = TypeAdapter(AboutThemEntry)
WEIGHTLESS = TypeAdapter(WeightlessModel)
FIRST_WORDS = TypeAdapter(list[FirstWordsEntry])
ASKING = TypeAdapter(AskingModel)
LIKELY_WORDINGS = TypeAdapter(LikelyWordingsModel)
WORDS = TypeAdapter(WordsModel)
THEMES = TypeAdapter(ThemesModel)
COMPLAINTS = TypeAdapter(ComplaintsModel)
FOLLOWING = TypeAdapter(FollowingModel)

FORMS = {
    ID: sentences.say("schema.any.form_id"),
    _GROUP: sentences.say("schema.any.form_group"),
    SOURCE: sentences.say("schema.any.form_source"),
    _MONTH: sentences.say("schema.any.form_month"),
    _SAID: sentences.say("schema.any.form_said"),
    _FILLED: sentences.say("schema.any.form_filled"),
    _SHAPE: sentences.say("schema.any.form_shape"),
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
    "weightless": (WEIGHTLESS, sentences.say("schema.any.files_weightless")),
    "likely_wordings": (
        LIKELY_WORDINGS,
        sentences.say("schema.any.files_likely_wordings"),
    ),
    "themes": (THEMES, sentences.say("schema.any.files_themes")),
    "complaints": (
        COMPLAINTS,
        sentences.say("schema.any.files_complaints"),
    ),
    "first_words": (FIRST_WORDS, sentences.say("schema.any.files_first_words")),
    "words": (WORDS, sentences.say("schema.any.files_words")),
    "asking": (ASKING, sentences.say("schema.any.files_asking")),
    "following": (FOLLOWING, sentences.say("schema.any.files_following")),
    "safety": (TypeAdapter(SafetyModel), sentences.say("schema.any.files_safety")),
}


def json_schema(kind: str) -> dict[str, Any]:
    """Return the draft-07 JSON Schema of one kind of file (a key of FILES).

    Draft-07 because the YAML language server, which most editors use, reads no later draft.
    """
    adapter, description = FILES[kind]
    schema = adapter.json_schema(ref_template="#/definitions/{model}", by_alias=True)
    if "$defs" in schema:
        schema["definitions"] = schema.pop("$defs")
    if kind == "safety":
        schema.pop("required")  # the keys are spread over several files
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": kind,
        "description": description,
        **schema,
    }
