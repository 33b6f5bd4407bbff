"""The frozen values that everything else is about: claims, topics, sources, matches and answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from bot.core.weighing import Weighed


class Verdict(StrEnum):
    """What research says of a claim (the scale of `evidence.md` section 0)."""

    SUPPORTED = "supported"
    MIXED = "mixed"
    UNTESTED = "untested"
    UNSUPPORTED = "unsupported"
    OPINION = "opinion"


class Confidence(StrEnum):
    """How unlikely new research is to change the verdict."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that may be cited. `authors` is empty where they are not confirmed; a caveat is never dropped."""

    id: str
    title: str
    authors: str = ""
    year: int | None = None
    journal: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    kind: str = ""
    finding: str = ""
    caveat: str = ""
    cite_ready: bool = False
    caveat_verified: str = ""  # the caveat as it was verified, where `caveat` says it in words for readers

    @property
    def link(self) -> str:
        """The most lasting address known: the DOI, else PubMed, else the page that was read ("" where none is)."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        return self.url


@dataclass(frozen=True, slots=True)
class ServerSource:
    """A page that a server's moderators named as a source of their own: nobody fetched it, nobody checked it for the bot."""

    url: str
    title: str
    site: str

    def __str__(self) -> str:
        """Return the line that a form holds of it."""
        return f"{self.title} | {self.site} | {self.url}"

    @property
    def host(self) -> str:
        """Where its address really leads, whatever its site is called."""
        return self.url.partition("://")[2].partition("/")[0].partition("?")[0].partition("#")[0]


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of claims; `leading` is the claim that `/legpress <topic>` shows first.

    `pain`: whether its claims are about pain, injury or a condition; None where the data does not say.
    """

    id: str
    title: str
    description: str
    leading: str
    pain: bool | None = None


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """A picture that a server's moderators uploaded: the SHA-256 of its bytes, their kind ("png", "jpg"), its words."""

    digest: str
    kind: str
    alt: str

    @property
    def file(self) -> str:
        """What the picture is called in an export: its content says its name."""
        return f"{self.digest}.{self.kind}"


@dataclass(frozen=True, slots=True)
class Claim:
    """A unit of knowledge: one statement, its verdict, what to say and do, and how people ask about it.

    `answer`, `why` and `unknown` hold references such as "[bohannon1985]" (`bot.core.references` says what members see
    of them).
    """

    id: str
    topic: str
    title: str
    claim: str
    verdict: Verdict
    confidence: Confidence
    answer: str
    questions: tuple[str, ...]
    why: str = ""
    unknown: str = ""
    do: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    decoys: tuple[str, ...] = ()  # `not:` in YAML: looks like this claim, is not it
    sources: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    picture: str = ""  # name of a drawing, "" for none
    added_by_server: bool = False
    pain: bool | None = None  # about pain, injury or a condition; None: as its topic says
    own_picture: OwnPicture | None = None  # the server's, in the drawing's place; only in what a server sees
    lead: str = ""  # the first line, at most 120 characters
    leads: tuple[str, ...] = ()  # other first lines by kind of question, each as "how_long: Two to three weeks."
    checked: str = ""  # the month, such as "2026-11", in which studies were last looked for
    note: str = ""  # for those who write the knowledge; members never see it
    said: bool = False  # a member of the server said it, and agreed that the card says so; only in what a server sees
    server_sources: tuple[ServerSource, ...] = ()  # pages that the server named; with one it is never judged by us

    @property
    def cited(self) -> tuple[str, ...]:
        """All that it cites, each as the line that a form holds of it."""
        return (*self.sources, *map(str, self.server_sources))


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words that mean the same here: `word` is the standard one, `same` its equals, `misspelt` mistakes for it."""

    word: str
    same: tuple[str, ...] = ()
    misspelt: tuple[str, ...] = ()
    means: str = ""


@dataclass(frozen=True, slots=True)
class OutOfScopeGroup:
    """Examples of what this bot does not answer."""

    about: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChecklistStep:
    """A step of the checklist: which step of which claim it is, word for word, and what is said of it here ("": the same).

    `phase`, `machines` and `goals` are keys of `bot.core.checklist`; for all machines or goals where none is named.
    """

    phase: str
    claim: str
    step: str
    say: str = ""
    machines: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """What members say about themselves that changes an answer.

    `claim`: the card about it; `name`: how it is called in "You mentioned ...". `says`: words that name it, in the small
    language of `bot.core.sayings`. `avoids`: groups of claims, by what they ask for, that this card advises against, so
    that it is shown in their place; `keeps_from`: further such claims; `keeps_from_all`: every claim but what is harmless to
    all, and what this one `lets` through.
    `flag`: the gate's, whose own caution goes with the next answers. `id`: what it is held as, "" for
    its claim, where two share a card; `lead`: what is said of it, "" for the card's first line. `instead_of`: what it is told
    apart from, by id, and not said beside it. `rather`: a claim, and the one that answers them better. `after`: claims about a complaint of
    theirs: whoever was answered with one is held to have it, and it only bears on what is no answer about pain. `others`: a claim,
    and what is said above it of other exercises to them.
    """

    claim: str
    name: str
    says: tuple[str, ...]
    keeps_from: tuple[str, ...] = ()
    keeps_from_all: bool = False
    flag: str = ""
    id: str = ""
    lead: str = ""
    instead_of: tuple[str, ...] = ()
    rather: Mapping[str, str] = field(default_factory=dict)
    avoids: tuple[str, ...] = ()
    lets: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    others: Mapping[str, str] = field(default_factory=dict)

    @property
    def held_as(self) -> str:
        """What it is held as in a conversation."""
        return self.id or self.claim


@dataclass(frozen=True, slots=True)
class HurtPlace:
    """A joint, a muscle or the back, by its names; `claim`: what answers somebody in whom it hurts, `felt`: in whom it takes the work of a muscle ("" for nobody).

    `unless`: words of a message that tells why somebody presses at all ("my wrist hurts, so no squats"). `instead_of`: claims that
    `claim` stands in for beside the wishes, `keeps`: wishes that it leaves where they are.
    """

    claim: str
    name: str
    names: tuple[str, ...]
    felt: str = ""
    unless: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hurts:
    """What hurts, and comes before a wish for more.

    `wishes`: claims that tell people to load, bend or do more. `places`: the narrower ones first. `told`, `done`, `felt`: how
    somebody tells that a place hurts, that something hurts it, and that it takes the work; "{it}" stands for its name, other
    words in braces for those of `words`. `ordinary`: what means none of the last. `asking` and, against them, `telling`: words
    before `done`, which make a question of it, and a complaint again. `denied`: words before it that make none. `first`: what
    is said before the claim, with the place's `name`.
    """

    wishes: tuple[str, ...] = ()
    places: tuple[HurtPlace, ...] = ()
    told: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    felt: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asking: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    first: str = ""


@dataclass(frozen=True, slots=True)
class AboutThem:
    """What members say about themselves, and about what is held of it. All words in the language of `bot.core.sayings`.

    `forget`: wishes to let go of it; `recall`: questions what is held; `who` and `allows`: together somebody's yes.
    `ordinary`: words that name no condition, though words of one stand in them. `always`: claims that nothing keeps from,
    since they tell what to do now. `asks_for`: claims by what they ask for, such as a held breath. `harmless_to_all`: claims
    that ask for nothing that anybody may have to leave. `whether`: questions whether to press at all, and `beside_whether`
    the words that may stand beside them. `others`: other exercises, by what they are called, each with its words. `hurts`: what comes
    before a wish for more.
    """

    conditions: tuple[Condition, ...] = ()
    forget: tuple[str, ...] = ()
    recall: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    allows: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    asks_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    harmless_to_all: tuple[str, ...] = ()
    whether: tuple[str, ...] = ()
    beside_whether: tuple[str, ...] = ()
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hurts: Hurts = Hurts()


@dataclass(frozen=True, slots=True)
class Exercise:
    """Another exercise, and what it may be compared with the leg press in.

    `says`: its words; `claim`: the claim about it and the leg press, "" where there is none; `answers`: by what is asked of both, the claim that
    answers that, where it is another one. `near`: what is named where nobody has written of the two.
    """

    name: str
    says: tuple[str, ...]
    claim: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exercises:
    """Other exercises; `relations`: how each thing is asked of two of them, `press`: words of the press itself; `sore`: of what hurts; `ordinary`: what names none, though words of one stand in it."""

    exercises: tuple[Exercise, ...] = ()
    relations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    press: tuple[str, ...] = ()
    sore: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A claim as a plain text reply: what stands before its first line, and what after; `has_lead`: whether that stands there."""

    before: str
    after: str
    has_lead: bool = True

    def text(self, lead: str) -> str:
        """Return the reply with `lead` as its first line."""
        return "\n\n".join(filter(None, (self.before, lead if self.has_lead else "", self.after)))


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that a knowledge folder says, cross-checked. Claims and topics keep the order of the files.

    `successors`: by the id of a claim that is gone, the claim that took its place.
    """

    claims: Mapping[str, Claim]
    topics: Mapping[str, Topic]
    sources: Mapping[str, Source] = field(default_factory=dict)
    vocabulary: tuple[WordGroup, ...] = ()
    out_of_scope: tuple[OutOfScopeGroup, ...] = ()
    checklist: tuple[ChecklistStep, ...] = ()
    successors: Mapping[str, str] = field(default_factory=dict)
    about_them: AboutThem = AboutThem()
    exercises: Exercises = Exercises()
    texts: dict[tuple[str, str], Written] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What claims read as, of those shown lately; `bot.core.answering` fills it."""

    def successor(self, item: str) -> str:
        """Return the name at the end of a row of successors that begins at `item`; `item` itself where it has none."""
        seen = {item}
        while (following := self.successors.get(item)) is not None and following not in seen:
            seen.add(following)
            item = following
        return item


class Match(NamedTuple):
    """A claim with the probability (0 to 1) that its topic is the right one."""

    claim: str
    topic: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a matcher makes of a text.

    `matches`: best first, at most ten; empty only where the text has no words. `sure` says that the first match
    passed the matcher's own threshold for answering, `near` that it passed the lower one for suggesting.
    `also`: claim ids that answer further questions in the same message, in the order asked, at most two; `pieces`: the questions of a message that asks several things, each with
    the claim that answers it. `covers`: how far
    the first claim's wordings speak of what the text names (0 to 1), `about_us`: whether the text names our machine;
    both are for the decision and need not be known; `plain`: it asks in a few words, and the claim's wordings have them all; `told`: it
    asks nothing and names no machine. `own`: the text is, word for word, one of the first claim's wordings.
    `missed`: it asks something else as well, which leads nowhere. `outside`: the server said that it is out of scope.
    `beside`: a claim of the server's own that speaks of the same and stands beside the answer, "" where none does.
    """

    matches: tuple[Match, ...] = ()
    sure: bool = False
    near: bool = False
    also: tuple[str, ...] = ()
    pieces: tuple[tuple[str, str], ...] = ()
    covers: float = 1.0
    about_us: bool = False
    plain: bool = False
    told: bool = False
    own: bool = False
    missed: bool = False
    beside: str = ""
    outside: bool = False


class Outcome(StrEnum):
    """What the bot decided to do with a question."""

    ANSWER = "answer"
    SUGGEST = "suggest"
    DECLINE = "decline"
    STOP = "stop"


class Tier(StrEnum):
    """How soon an alarming symptom needs help (`safety.md` 1.1)."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    SOON = "soon"


@dataclass(frozen=True, slots=True)
class Stop:
    """The safety gate's verdict that replaces every answer.

    `rules`: ids such as "R01", for the log of counts and for `--explain`; never shown to a member. `route`: which text it
    gets, by name (`texts` of the safety data: "emergency", "collapse", "self_harm", "same_day_R30"...); "" stands for
    the tier's own. `proxy`: it is about somebody else. `minor`: that member said to be under 18. `language`: the
    message's, as ISO 639-1 ("es"), where it was in one that the gate knows; "" for English.
    """

    tier: Tier
    rules: tuple[str, ...]
    route: str = ""
    proxy: bool = False
    minor: bool = False
    language: str = ""

    def __post_init__(self) -> None:
        """Fill in the tier's own route."""
        if not self.route:
            object.__setattr__(self, "route", self.tier.value)


QUESTION = "question"
"""What a message is that is made of more than first words."""
OUT_OF_SCOPE = "out_of_scope"
"""What a question is that is about something else than we are."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to whoever asked, before any rendering.

    `claim` and `topic` are set on ANSWER only. `also`: claims that answer further questions of the same message; `pieces`: its
    questions, each with the claim that answers it; `lines`: what the claim and these say first to theirs, "" for the general line.
    `suggestions`: claim ids, at most three; on SUGGEST what may be meant, on DECLINE the nearest topics' leading
    claims. `said`: what is said of it, or the whole of a claim; `listed`: the titles that stand in a list below it; `end`: the
    safety line, or the pointer to the warning signs; `remark`: a last line about the question's language. `focus` names the part that a follow-up
    asked for ("why", "sources", "do"; "" for the whole). `quiet`: nobody asked anything (thanks, chatter), so where
    the bot was not called by a command it stays silent. `first`: what the member's conditions
    ask for, said before anything else. `caution`: what a stop of tier soon, told a few minutes before,
    adds to the answer, before the safety line. `kind`: QUESTION, or the kind of first words that
    the message is ("greeting", "help", "thanks"), or OUT_OF_SCOPE. `fits`: how probable it is that the first candidate's
    claim answers the question. `unlike`: nothing that is written is like the question. `settled`: the server said that the
    question is out of scope, so nobody is asked for an answer to it. `asks`: the kind of question ("bad", "how_long"), "" where none is known; `lead`: the claim's first
    line for that kind, "" where its general one stands. `covered`: False where nothing that is written does. `after_stop`: the message is no alarm itself, it
    only comes after one. `weighed`: why a claim was answered that outweighs what the words alone lead to; None where none was.
    `reader`: the reader by form that knew how a message goes on ("few", "part"), "" for none; its word is evidence where all is weighed.
    """

    question: str
    outcome: Outcome
    said: str
    topic: str | None = None
    claim: str | None = None
    candidates: tuple[Match, ...] = ()
    also: tuple[str, ...] = ()
    pieces: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    stop: Stop | None = None
    safety_line: bool = False
    sources: tuple[str, ...] = ()
    focus: str = ""
    quiet: bool = False
    caution: str = ""
    first: str = ""
    after_stop: bool = False
    kind: str = QUESTION
    covered: bool = True
    fits: float = 0.0
    asks: str = ""
    lead: str = ""
    listed: tuple[str, ...] = ()
    end: str = ""
    remark: str = ""
    unlike: bool = False
    settled: bool = False
    weighed: Weighed | None = None
    reader: str = ""

    @property
    def above(self) -> str:
        """What stands above the list, or the whole of it where there is none."""
        return "\n\n".join(filter(None, (self.first, self.said)))

    @property
    def below(self) -> str:
        """What stands below the list: the safety line last of all, a pointer before a caution."""
        last = (self.caution, self.end) if self.safety_line else (self.end, self.caution)
        return "\n".join(filter(None, ("\n\n".join(filter(None, last)), self.remark)))

    @property
    def text(self) -> str:
        """The whole reply as plain text, safety line included."""
        listed = "".join(f"\n- {title}" for title in self.listed)
        between = "\n\n" if self.caution or self.end else "\n"
        return f"{self.above}{listed}{between}{self.below}" if self.below else f"{self.above}{listed}"

    @property
    def confidence(self) -> float:
        """The first candidate's, or 0.0 where there is none."""
        return self.candidates[0].confidence if self.candidates else 0.0
