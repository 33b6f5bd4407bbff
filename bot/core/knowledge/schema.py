"""The shape of the knowledge files: validated by pydantic, and given to editors as JSON Schema (draft-07)."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, WithJsonSchema
from pydantic_core import PydanticCustomError

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


_QUESTIONS = (
    "How people ask this, one wording an entry: ten or more, really different, slang and typing mistakes included."
)
_NOT = "Questions that look like this one and are not: they must not get this answer."
_BESIDE = "They may stand beside, in questions/<topic>.yaml, under the claim's id."
_NOTE = "For those who write the knowledge; members never see it."


class ServerSourceEntry(_Strict):
    """A page that a server named as a source of its own: nobody fetched it or checked it for the bot."""

    url: Address = Field(description="Its address, at most 500 characters.")
    title: SourceTitle | None = Field(None, description="How it is called; without it, what the address says.")
    site: SiteName | None = Field(None, description="Whose page it is; without it, the site's name.")

    @property
    def source(self) -> ServerSource:
        """Return it as a value."""
        return named(self.url, self.title or "", self.site or "")


class ClaimEntry(_Strict):
    """One statement, its verdict, what to say and do, and how people ask about it."""

    id: Id = Field(
        description="Short unique name, lower case with hyphens, such as knees-to-chest. Links and history hang on it: never change it.",
    )
    title: Title = Field(description="Heading of the card, at most 60 characters.")
    claim: Statement = Field(description="The statement that is judged, in one sentence.")
    verdict: VerdictWord = Field(
        description="What research says: supported, mixed, untested (plausible, nobody has checked), unsupported, or opinion.",
    )
    confidence: ConfidenceWord = Field(
        description="How unlikely new research is to change the verdict: high, moderate or low.",
    )
    lead: Lead | None = Field(
        None,
        description="The first line, at most 120 characters: what to do, or the plain fact. True for every wording of the claim.",
    )
    leads: dict[AskedWord, Lead] = Field(
        default_factory=dict,
        description="First lines for kinds of question that `lead` does not fit, such as `how_long: ...`; one that opens with yes or no "
        "goes on with a whole statement that names the thing.",
    )
    answer: ShortAnswer = Field(
        description="What a phone shows below the first line, at most 350 characters without its [source-id] references.",
    )
    why: Reason | None = Field(
        None,
        description="The mechanism and the evidence, in plain words, with its caveats; [source-id] after each figure. "
        "At most 1200 characters without the references.",
    )
    unknown: Unknown | None = Field(
        None, description="What is not known yet; at most 600 characters without its references."
    )
    checked: Month | None = Field(
        None, description="The month in which studies were last looked for, such as 2026-11. `We found none` needs it."
    )
    do: list[Step] = Field(
        default_factory=list,
        max_length=8,
        description="Steps at the machine, in order: they become the checklist.",
    )
    avoid: list[Step] = Field(default_factory=list, max_length=6, description="What to leave out, one thing an entry.")
    questions: list[Wording] = Field(default_factory=list, min_length=1, description=f"{_QUESTIONS} {_BESIDE}")
    not_: list[Wording] = Field(default_factory=list, alias="not", description=f"{_NOT} {_BESIDE}")
    sources: list[SourceId] = Field(
        default_factory=list,
        description="Ids from sources.yaml. Leave it empty where no source fits; the card then says so.",
    )
    server_sources: list[ServerSourceEntry] = Field(
        default_factory=list,
        max_length=MOST_SOURCES,
        description="Pages that a server named as sources of its own; with one the claim is an opinion of low confidence.",
    )
    related: list[Id] = Field(
        default_factory=list,
        max_length=6,
        description="Ids of claims that a reader of this one may want next.",
    )
    picture: Id | None = Field(None, description="Name of the drawing that goes with the answer.")
    replaced_by: Id | None = Field(
        None,
        description="The claim that takes the place of this one, which is shown no longer: what servers hung on this one is offered to it.",
    )
    pain: bool | None = Field(
        None,
        description="true where it is about pain, injury or a condition: its answer ends with the safety line. Without it the topic decides.",
    )
    note: Note | None = Field(None, description=_NOTE)


class WordingsEntry(_Strict):
    """How people ask about one claim."""

    questions: list[Wording] = Field(default_factory=list, min_length=1, description=_QUESTIONS)
    not_: list[Wording] = Field(default_factory=list, alias="not", description=_NOT)


class TopicEntry(_Strict):
    """A group of claims; each becomes a subcommand of /legpress."""

    id: Annotated[str, StringConstraints(pattern=ID, max_length=32)] = Field(
        description="The name of the file in claims/ without its ending, such as depth."
    )
    title: TopicTitle = Field(description="What people see, at most 40 characters.")
    description: Description = Field(description="What the command says it does, at most 100 characters.")
    leading: Id = Field(description="Id of the claim that /legpress <topic> shows first.")
    pain: bool | None = Field(
        None,
        description="true where its claims are about pain, injury or a condition; without it each claim's words decide.",
    )


class SourceEntry(_Strict):
    """A publication. Only those with cite_ready: true are ever shown."""

    id: SourceId = Field(description="Short unique name, such as bohannon1985.")
    title: Text = Field(description="Title of the publication, as printed.")
    authors: Text | None = Field(None, description="Authors as confirmed; leave out where they are not.")
    year: int | None = Field(None, ge=1800, le=2100, description="Year of publication.")
    journal: Text | None = Field(None, description="Journal, volume and pages.")
    doi: Text | None = Field(None, description="DOI without address, such as 10.1093/ptj/65.10.1501.")
    pmid: Text | int | None = Field(None, description="PubMed number.")
    url: Text | None = Field(None, description="Where it was read.")
    kind: Text | None = Field(None, description="What sort of publication, such as systematic_review.")
    finding: Text | None = Field(None, description="What it found, in our own words.")
    caveat: Text | None = Field(
        None, description="What must be said whenever it is cited, in words for readers; never drop it."
    )
    caveat_verified: Text | None = Field(
        None, description="The caveat as it was verified, where `caveat` says it in words for readers."
    )
    note: Note | None = Field(None, description=_NOTE)
    cite_ready: bool = Field(
        description="true: title and authors or DOI are confirmed and the finding was read first-hand."
    )


class WordGroupEntry(_Strict):
    """Words that mean the same here."""

    word: Text = Field(description="The standard word or short phrase.")
    means: Text | None = Field(None, description="A note for people: what is meant.")
    same: list[Text] = Field(
        default_factory=list,
        description="Words or phrases of up to three words that mean the same: slang, British and American, abbreviations.",
    )
    misspelt: list[Text] = Field(
        default_factory=list, description="Common misspellings, voice-typing and autocorrect mistakes for it."
    )


class OutOfScopeEntry(_Strict):
    """Examples of what this bot does not answer."""

    about: Text = Field(description="What these have in common, for people.")
    questions: list[Wording] = Field(min_length=1, description="What people type, one wording an entry.")


class ChecklistEntry(_Strict):
    """One step of the checklist, and the claim's step that it comes from."""

    phase: PhaseWord = Field(
        description="When it is done: before (any weight is on), stop (finding and setting it, still empty), load, reps or after."
    )
    claim: Id = Field(description="The claim that the step comes from.")
    step: Step = Field(description="The step as it stands under `do` of that claim, word for word.")
    say: Step | None = Field(
        None, description="What the checklist says instead, where the step's own words do not fit."
    )
    machines: list[MachineWord] = Field(
        default_factory=list,
        description="For these machines only: sled (with stops), nostops, horizontal (weight stack), vertical.",
    )
    goals: list[GoalWord] = Field(default_factory=list, description="For these goals of the session only.")


class ConditionEntry(_Strict):
    """Something that members say about themselves, and what it changes."""

    claim: Id = Field(description="The claim that is about it; its first line is said with each further answer.")
    id: Id | None = Field(None, description="A name of its own, where another condition has the same claim.")
    name: Text = Field(description="How it is called after 'You mentioned'.", max_length=40)
    lead: Lead | None = Field(None, description="What is said of it, where the claim's first line does not fit it.")
    instead_of: list[Id] = Field(
        default_factory=list,
        description="Conditions that it is not, though their words may stand in its own: they are not said beside it.",
    )
    says: list[Said] = Field(
        default_factory=list,
        description='Words that name it, in their order; "a/b" is either, "<70-99>" a number in that range, ".." up to three words.',
    )
    avoids: list[Group] = Field(
        default_factory=list,
        description="Groups of `asks_for` that this one advises against: their claims are answered with this one.",
    )
    keeps_from: list[Id] = Field(
        default_factory=list,
        description="Further claims that ask for what this one advises against: they are answered with this one.",
    )
    rather: dict[Id, Id] = Field(
        default_factory=dict, description="Claims, each with the one that answers these people better."
    )
    flag: Text = Field("", description="The gate's flag whose own caution goes with the next answers, such as R31.")
    keeps_from_all: bool = Field(
        False,
        description="Whether every claim is answered with this one, but for `harmless_to_all`, `always` and its own `lets`.",
    )
    lets: list[Id] = Field(
        default_factory=list, description="Claims that this one keeps nobody from, whatever else keeps from them."
    )
    after: list[Id] = Field(
        default_factory=list,
        description="Claims about a complaint: a member who was answered with one is held to have it, without words that name it.",
    )
    others: dict[Id, Lead] = Field(
        default_factory=dict,
        max_length=1,
        description="What is said of other exercises to somebody with this complaint, above the claim that it stands under.",
    )


class AboutThemEntry(_Strict):
    """What members say about themselves, and about what is held of it."""

    conditions: list[ConditionEntry] = Field(description="What changes an answer, the gravest first.")
    asks_for: dict[Group, list[Id]] = Field(
        default_factory=dict,
        description="What claims ask for that a condition may advise against, by a name of its own.",
    )
    always: list[Id] = Field(
        default_factory=list, description="Claims that no condition keeps anybody from: they tell what to do now."
    )
    harmless_to_all: list[Id] = Field(
        default_factory=list,
        description="Claims that ask for nothing that anybody may have to leave: `keeps_from_all` leaves them.",
    )
    whether: list[Said] = Field(default_factory=list, description="How somebody asks whether to press at all.")
    beside_whether: list[Said] = Field(
        default_factory=list, description="Words that may stand beside that, and ask nothing more."
    )
    others: dict[Text, list[Said]] = Field(
        default_factory=dict, description="Other exercises, by what they are called, each with the words that name it."
    )
    ordinary: list[Said] = Field(
        default_factory=list, description="Words that name no condition, though words of one stand in them."
    )
    forget: list[Said] = Field(default_factory=list, description="How somebody asks to let go of it.")
    recall: list[Said] = Field(default_factory=list, description="How somebody asks what is held.")
    who: list[Said] = Field(default_factory=list, description="Who may say yes to what we advise to ask first.")
    allows: list[Said] = Field(default_factory=list, description="Their yes.")


Entry = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class WeightlessModel(_Strict):
    """What people say around a question: words that are left out before it is matched."""

    anywhere: list[Entry] = Field(min_length=1, description="Left out wherever it stands.")
    opening: list[Entry] = Field(min_length=1, description="Left out at the beginning of a message or sentence.")
    closing: list[Entry] = Field(min_length=1, description="Left out at the end of a message or sentence.")
    called: list[Entry] = Field(min_length=1, description="How people call each other; ALL in the entries above.")
    passing: list[Entry] = Field(
        min_length=1, description="Words that say nothing in a part where nothing else is said."
    )
    names: list[Entry] = Field(min_length=1, description="Names of people that are words as well; NAME above.")
    places: list[Entry] = Field(min_length=1, description="Names of places that are words as well; NAME above.")


class AskingEntry(_Strict):
    """One kind of question, and the phrases that make it."""

    kind: AskedWord = Field(description="Its name, as `leads:` of a claim has it.")
    when: list[Phrase] = Field(
        min_length=1,
        description='Phrases: a|b is one of them, word? may be missing, ".." up to three words, "^" the beginning, "$" the end.',
    )


class AskingModel(_Strict):
    """How people ask."""

    kinds: list[AskingEntry] = Field(min_length=1, description="The kinds of question.")
    passing: list[Phrase] = Field(default_factory=list, description="Phrases that look like a choice and are none.")
    turns: list[Entry] = Field(default_factory=list, description="Words that turn a question round.")
    says_nothing: list[Entry] = Field(default_factory=list, description="Words that name nothing.")


class FollowingModel(_Strict):
    """How people go on from an answer in words that name little themselves."""

    around: list[Entry] = Field(min_length=1, description="Words before what is said that say nothing.")
    asks: list[Entry] = Field(min_length=1, description="Words that a question begins with.")
    another: list[Phrase] = Field(min_length=1, description="How a message begins that changes the subject.")
    not_theirs: list[Phrase] = Field(min_length=1, description="That what they said was about somebody else.")
    why: list[Phrase] = Field(min_length=1, description="Asks for the reasons of what was said.")
    lacks: list[Phrase] = Field(min_length=1, description="What was advised can not be done, or was done already.")
    has: list[Phrase] = Field(min_length=1, description="What is all that they have.")
    about: list[Entry] = Field(min_length=1, description="Words that put what was said to something else.")
    under: list[Entry] = Field(min_length=1, description="Words that a circumstance begins with.")
    case: list[Entry] = Field(min_length=1, description="Those of them that name a case.")
    meant: list[Entry] = Field(min_length=1, description="Words that put right what something was asked for.")
    meant_for: list[Entry] = Field(min_length=1, description="Words that what it was asked for begins with.")
    it: list[Entry] = Field(min_length=1, description="Words that a message begins with which tells of what was asked.")
    ones: list[Entry] = Field(min_length=1, description="Words that do so anywhere.")
    which: list[Entry] = Field(min_length=1, description="What only asks for one of what was asked.")
    stays: list[Phrase] = Field(min_length=1, description="That a pain stays.")
    painless: list[Phrase] = Field(min_length=1, description="That nothing hurts.")
    misses: list[Phrase] = Field(min_length=1, description="That they have none of it.")
    places: list[Entry] = Field(min_length=1, description="Words beside that which name no thing.")
    of_me: list[Entry] = Field(min_length=1, description="How a message begins that only tells who asks.")
    who: list[Entry] = Field(min_length=1, description="Words that it is told in.")
    refuses: list[Entry] = Field(min_length=1, description="How a message asks why it is not more so.")
    further: list[Entry] = Field(min_length=1, description="Words of more of it.")
    leaves: list[Phrase] = Field(min_length=1, description="What asks what to leave out.")
    left: list[Entry] = Field(min_length=1, description="Words that this is asked in.")
    spots: list[Phrase] = Field(min_length=1, description="Where it hurts, or how.")
    spotted: list[Entry] = Field(min_length=1, description="Words that this is told in.")
    heals: list[Phrase] = Field(min_length=1, description="How long a pain lasts.")
    mends: list[Entry] = Field(min_length=1, description="Words that this is asked in.")
    hurts: list[Entry] = Field(min_length=1, description="Words of a pain that comes under a circumstance.")
    doctor: list[Phrase] = Field(min_length=1, description="Asks whether a doctor should see it.")
    doctors: list[Entry] = Field(min_length=1, description="Words that this is asked in, and that an answer to it has.")
    seeing: list[Entry] = Field(min_length=1, description="Further words that it is asked in.")
    halts: list[Phrase] = Field(min_length=1, description="Asks whether to stop.")
    carries: list[Phrase] = Field(min_length=1, description="Asks whether to go on.")
    halted: list[Entry] = Field(min_length=1, description="Words that both are asked in.")
    harms: list[Phrase] = Field(min_length=1, description="Asks whether it is bad, or all right.")
    harmed: list[Entry] = Field(min_length=1, description="Words that this is asked in.")
    calm: list[Entry] = Field(min_length=1, description="Those of them that ask whether it is allowed.")
    normal: list[Entry] = Field(min_length=1, description="Those of them that ask whether it is usual.")
    hurried: list[Phrase] = Field(min_length=1, description="That there is little time.")
    hurry: list[Entry] = Field(min_length=1, description="Words that this is told in.")
    helps: list[Phrase] = Field(min_length=1, description="Asks whether a thing helps against it.")
    helped: list[Entry] = Field(min_length=1, description="Words of helping.")
    gone: list[Phrase] = Field(min_length=1, description="Asks how long until it is over.")
    whom: list[Entry] = Field(min_length=1, description="Words behind which somebody is named whom it is asked for.")
    dislikes: list[Phrase] = Field(min_length=1, description="That they do not like a thing.")
    hearsay: list[Phrase] = Field(min_length=1, description="That somebody says so who can not tell.")
    coaches: list[Entry] = Field(min_length=1, description="Those of whom there may be a claim.")
    radiates: list[Phrase] = Field(min_length=1, description="That it goes down a leg.")
    so: list[Entry] = Field(min_length=1, description="Words that what is settled on begins with.")
    heard: list[Entry] = Field(min_length=1, description="Words that this is told in.")
    confirms: list[Phrase] = Field(min_length=1, description="Asks whether what was said comes to that.")
    returns: list[Phrase] = Field(min_length=1, description="How often a complaint comes.")
    guesses: list[Phrase] = Field(min_length=1, description="Asks whether something is the cause.")
    not_guessed: list[Entry] = Field(min_length=1, description="Words of such a question that asks for no cause.")
    row: list[Entry] = Field(min_length=1, description="Words of figures that follow on each other.")
    instead: list[Phrase] = Field(min_length=1, description="Asks what to do in its place.")
    replaced: list[Entry] = Field(min_length=1, description="Words that this is asked in.")
    other: list[Entry] = Field(min_length=1, description="Words that ask for the other of two.")
    joins: list[Entry] = Field(min_length=1, description="What parts of a message are joined with.")
    begins: list[Entry] = Field(min_length=1, description="What such a part begins with that is a clause.")
    points_before: list[Entry] = Field(min_length=1, description="Words before a thing that is named again.")
    points_after: list[Entry] = Field(min_length=1, description="Words behind such a thing.")
    when: dict[AskedWord, list[Entry]] = Field(description="That circumstance, by the kind of question it is.")
    pain: list[Entry] = Field(min_length=1, description="Words of pain.")
    numbers: list[Entry] = Field(min_length=1, description="Numbers as words.")
    back: list[Entry] = Field(min_length=1, description="Words that point at what was said.")
    points: list[Entry] = Field(min_length=1, description="Those of them that hardly do anything else.")
    little: list[Entry] = Field(min_length=1, description="Words that name no subject.")
    units: list[Entry] = Field(min_length=1, description="Units of figures.")
    figures: dict[AskedWord, list[Entry]] = Field(description="What a kind of question looks for in a sentence.")


_SHAPE = r"\{it\}"
Shape = Annotated[str, StringConstraints(strip_whitespace=True, pattern=_SHAPE, max_length=80)]


Asked = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class AspectEntry(_Strict):
    """What is asked of a claim that states something of this kind."""

    about: list[Entry] = Field(min_length=1, description="Words of a statement or first line of this kind.")
    asked: list[Shape] = Field(min_length=1, description="The shapes of questions about it.")


class SubjectEntry(_Strict):
    """What members ask about a subject, whatever the claim says of it."""

    about: list[Entry] = Field(min_length=1, description="Words of a title that name the subject.")
    asked: list[Asked] = Field(min_length=1, description="Questions about it, the likeliest first.")


class TriedSentences(_Strict):
    """What a preview says of the wordings that it tried; `{all}`, `{found}` and `{missed}` stand for how many."""

    missed: Text = Field(description="Before the wordings made from the claim's own words that miss.")
    none_missed: Text = Field(description="Where none of these misses.")
    unlike: Text = Field(description="Of wordings in other words than the claim's.")
    nothing_unlike: Text = Field(description="Where there is none to try.")


class LikelyWordingsModel(_Strict):
    """The shapes of questions that members are likely to ask about a new claim; `{it}` stands for what they are about."""

    things: list[Shape] = Field(min_length=1, description="For a title that names something.")
    actions: list[Shape] = Field(min_length=1, description="For a title that tells somebody to do something.")
    questions: list[Shape] = Field(min_length=1, description="For a title that is a question.")
    choices: list[Shape] = Field(min_length=1, description='For a title with an "or" in it.')
    statements: list[Shape] = Field(min_length=1, description="For the statement that is judged.")
    drops: list[Entry] = Field(default_factory=list, description="What is left away at the beginning of a title.")
    mine: dict[Entry, Entry] = Field(default_factory=dict, description='How members say it of themselves: "your: my".')
    asks: list[Entry] = Field(min_length=1, description="Words that a question begins with.")
    begins: list[Entry] = Field(min_length=1, description="Words that tell somebody to do something.")
    small: list[Entry] = Field(min_length=1, description="Words that tell nothing apart.")
    ends: list[Entry] = Field(default_factory=list, description="What is left away at the end of what a title names.")
    aspects: list[AspectEntry] = Field(default_factory=list, description="What is asked by what is stated.")
    subjects: list[SubjectEntry] = Field(default_factory=list, description="What is asked about a subject.")
    says: TriedSentences = Field(description="What a preview says of what it tried.")


class ThemeEntry(_Strict):
    """One subject, and what comes up beside it."""

    about: list[Entry] = Field(min_length=1, description="Words that name the subject.")
    also: list[Entry] = Field(default_factory=list, description="Words that come up beside it.")


class ThemesModel(_Strict):
    """Words that come up where a subject does."""

    small: list[Entry] = Field(min_length=1, description="Words that tell little of any subject.")
    elsewhere: list[Entry] = Field(
        default_factory=list, description="Words that speak of another subject than what is taught beside this machine."
    )
    themes: list[ThemeEntry] = Field(min_length=1, description="The subjects.")


class ConditionWordsModel(_Strict):
    """Words around a condition that change what is said of it."""

    denied: list[Entry] = Field(min_length=1, description="Before it: it is denied.")
    negated: list[Entry] = Field(min_length=1, description="Before it: what was said of it is taken back.")
    unsure: list[Entry] = Field(min_length=1, description="Beside those: it is left open.")
    believed: list[Entry] = Field(min_length=1, description="Before it: it is what the press is believed to do.")
    theirs: list[Entry] = Field(min_length=1, description="Makes what is believed their own.")
    units: list[Entry] = Field(min_length=1, description="After a number: it is no age.")
    years_of: list[Entry] = Field(min_length=1, description="After years: the number is a time and no age.")
    years: list[Entry] = Field(min_length=1, description="The words for years.")
    between: list[Entry] = Field(min_length=1, description="Between two halves of a sentence.")


class WordsModel(_Strict):
    """Lists of words, each for what it is used."""

    conditions: ConditionWordsModel = Field(description="Words around a condition.")
    small_talk: list[Entry] = Field(min_length=1, description="Words of messages that ask nothing.")
    empty: list[Entry] = Field(min_length=1, description="Words that say little of what a question is about.")
    names: list[Entry] = Field(min_length=1, description="Given names that are words as well.")
    lasting: list[Entry] = Field(min_length=1, description="Hosts whose pages stay.")


class ReasonEntry(_Strict):
    """Entries of a list of complaints, and why they stand there."""

    why: Entry = Field(description="Why they stand there.")
    say: list[Phrase] = Field(
        min_length=1, description='Words by their stem, "=word" as it is written, or phrases: a|b is one of them.'
    )


class SignsModel(_Strict):
    """What makes a draft one about a warning sign."""

    classes: list[Entry] = Field(
        description='By the gate\'s classes: "FACE + NUMB|DROOP" is one of each, near each other.'
    )
    words: list[Phrase] = Field(description="By words that the gate's classes lack.")
    places: list[Entry] = Field(description="Places of which `faults` are a sign.")
    faults: list[Entry] = Field(description="What is wrong there.")
    played_down: list[Phrase] = Field(description="Signs that may not be played down.")
    stop_only: list[Phrase] = Field(description="What only the safety stop speaks of.")


class NoticesModel(_Strict):
    """The words of which a notice about help and the house is made."""

    who: list[Entry] = Field(description="Whom one is sent to.")
    linking: list[Entry] = Field(description="Words between the others.")
    help: list[Entry] = Field(description="How one gets help, and what others do.")
    house: list[Entry] = Field(description="Where and when, in the gym.")
    signs: list[Entry] = Field(description="Words of signs, beside those of the other lists.")


class TellingModel(_Strict):
    """How whoever a text is about would report what it says."""

    mine: dict[Entry, Entry] = Field(description='How a reader says it of themselves: "your: my".')
    theirs: dict[Entry, Entry] = Field(description="The same of somebody else.")
    splits: list[Entry] = Field(min_length=1, description="Words that begin another part of a sentence.")
    openings: list[Entry] = Field(min_length=1, description="What is dropped at the beginning of a part.")
    who: list[Entry] = Field(description="Whoever it is told of, dropped as well.")
    trailing: list[Entry] = Field(description="What is dropped at the end of a part.")
    cuts: list[Entry] = Field(min_length=1, description="Where the sign ends and the judgement of it begins.")
    cannot: list[Entry] = Field(description="How not being able is told.")
    nothing_had: list[Entry] = Field(description="What begins a part that is no thing to have.")


class AbroadModel(_Strict):
    """How a sentence in another language about a body is told."""

    words: list[Entry] = Field(default_factory=list, description="Words that tell another language.")
    english: list[Entry] = Field(default_factory=list, description="Words that tell that it is English after all.")
    body: list[Entry] = Field(default_factory=list, description="Beginnings of words that speak of a body there.")
    places: list[Entry] = Field(default_factory=list, description="Beginnings of words: places of a body.")
    faults: list[Entry] = Field(default_factory=list, description="The same: what is wrong there.")


class ComplaintsModel(_Strict):
    """What a claim of a server may say of bodily complaints."""

    elsewhere: list[ReasonEntry] = Field(description="What sounds of a body and speaks of none.")
    everyday: list[ReasonEntry] = Field(min_length=1, description="What somebody may train with.")
    aches: list[Phrase] = Field(description="What is everyday with one of `limbs` beside it.")
    limbs: list[Entry] = Field(description="Places that ache every day.")
    never: list[ReasonEntry] = Field(min_length=1, description="What is never everyday, alone.")
    vital: list[Phrase] = Field(description="Places of which nothing is everyday.")
    wrong: list[Phrase] = Field(description="What is wrong with such a place.")
    loose: list[Phrase] = Field(description="The same in words of training, which count close to the place.")
    alone: list[Phrase] = Field(description="Places of which nothing may be said.")
    feels: list[Entry] = Field(description="How a limb may feel.")
    somewhere: list[Entry] = Field(description="What is a limb there as well.")
    feelers: list[Entry] = Field(description='Before "feel": it is somebody who feels, not how a limb does.')
    felt: list[Entry] = Field(description='After "feel": what is felt follows.')
    fillers: list[Entry] = Field(description='Words between "feels" and how.')
    places: list[Phrase] = Field(description="Places in general.")
    odd: list[Phrase] = Field(description="What is everyday nowhere.")
    grave: list[ReasonEntry] = Field(description="What makes an everyday complaint none.")
    implied: list[ReasonEntry] = Field(description="What plays down something that is not named.")
    subjects: list[Phrase] = Field(description="What may be played down though it is no complaint.")
    helpers: list[Entry] = Field(description="Who helps.")
    plays_down: list[Phrase] = Field(min_length=1, description="What plays down, or tells to go on.")
    sends: list[Phrase] = Field(min_length=1, description="What sends to help.")
    undoes: list[Phrase] = Field(description="What takes that back, puts it off, or plays it down.")
    denied: list[Phrase] = Field(description="Judgements that are denied, and so play nothing down.")
    puts_off: list[Phrase] = Field(description="What sends to help only after so long that it sends to none.")
    stops: list[Phrase] = Field(description="What only stops: help for a complaint, but for no sign.")
    own_case: list[Phrase] = Field(
        description="What sends to help in a case of its own, not in that which stands beside it."
    )
    warns_off: list[Phrase] = Field(description="What keeps somebody from help.")
    meanwhile: list[Phrase] = Field(description="What may stand beside what sends to help.")
    notices: NoticesModel = Field(description="Of which words a notice about help and the house is made.")
    signs: SignsModel = Field(description="Warning signs.")
    told: TellingModel = Field(description="How a text is told by whoever it is about.")
    abroad: AbroadModel = Field(default_factory=AbroadModel, description="Other languages.")


class FirstWordsEntry(_Strict):
    """One kind of first words: what the bot says to a message that is made of these phrases alone."""

    kind: Annotated[str, StringConstraints(pattern=_GROUP, max_length=40)] = Field(
        description="Its name, as `ask --json` gives it."
    )
    says: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] = Field(
        description="One short line."
    )
    asks: list[Id] = Field(default_factory=list, max_length=4, description="Claims to tap next, by id.")
    silent: bool = Field(default=False, description="Whether it wants no answer in a channel.")
    when: list[Phrase] = Field(min_length=1, description="Phrases: a|b is one of them, word? may be missing.")


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
    ID: "use lower-case letters, digits and hyphens, such as knees-to-chest",
    _GROUP: "use lower-case letters and underscores, such as how_deep",
    SOURCE: "write the id of a publication in sources.yaml, such as bohannon1985: letters, digits, '_', '.' and '-'",
    _MONTH: "write year and month, such as 2026-11",
    _SAID: "use lower-case words with one space between, such as 'two/2 stents', '<70-99>' for a number, '..' for up to three words",
    _SHAPE: "write {it} where the thing stands that is asked about",
}
"""What to write where a text has not the form that its pattern asks for."""

FILES: dict[str, tuple[TypeAdapter[Any], str]] = {
    "claims": (CLAIMS, "One topic's claims: a file in claims/, named after the topic."),
    "questions": (
        QUESTIONS,
        "How people ask about one topic's claims, by claim id: a file in questions/, named after the topic.",
    ),
    "topics": (TOPICS, "The topics, in the order in which members see them."),
    "sources": (SOURCES, "The publications that claims may cite."),
    "vocabulary": (VOCABULARY, "Words that mean the same, slang and misspellings."),
    "out_of_scope": (OUT_OF_SCOPE, "What people type that this bot does not answer."),
    "checklist": (CHECKLIST, "The checklist at the machine, in the order of doing."),
    "conditions": (CONDITIONS, "What members say about themselves that changes an answer."),
    "weightless": (WEIGHTLESS, "What people say around a question and do not ask: language/en/weightless.yaml."),
    "likely_wordings": (
        LIKELY_WORDINGS,
        "How members are likely to ask about a claim that was just written: language/en/likely_wordings.yaml.",
    ),
    "themes": (THEMES, "Words that come up where a subject does: language/en/themes.yaml."),
    "complaints": (
        COMPLAINTS,
        "Which bodily complaints are everyday, and how others are played down: language/en/complaints.yaml.",
    ),
    "first_words": (FIRST_WORDS, 'What the bot says to greetings, "help", thanks: language/en/first_words.yaml.'),
    "words": (WORDS, "Lists of words, each for what it is used: language/en/words.yaml."),
    "asking": (ASKING, "How people ask, by kind of question: language/en/asking.yaml."),
    "following": (FOLLOWING, "How people go on from an answer: language/en/following.yaml."),
    "safety": (TypeAdapter(SafetyModel), "The stop rule's data; each file holds some of these keys."),
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
