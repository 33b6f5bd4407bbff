"""The shape of the files of `language/en/`: how people talk to the bot."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, TypeAdapter, create_model

from bot import sentences
from bot.core.complaints import Abroad, Complaints, Notices, Signs, Telling
from bot.core.following import Following
from bot.core.followup import FollowUpWords
from bot.core.knowledge.honesty import WritingWords
from bot.core.knowledge.schema import GROUP, SHAPE, AskedWord, Id, Strict, Text
from bot.core.likely_wordings import Shapes
from bot.core.matching.english import Ordinary
from bot.core.matching.synonyms import Synonyms
from bot.core.matching.weightless import Spoken
from bot.core.my_depth.inputs import MeasureWords
from bot.core.question_words import QuestionWords
from bot.core.safety.gate_words import GateWords
from bot.core.scrub import PrivacyWords
from bot.core.small_patterns import fault_of
from bot.core.text import Spelling
from bot.core.word_lists import PATTERNS, PHRASES, REASONED, SHAPES, SPELLINGS, ConditionWords, WordLists

Entry = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


def _pattern(text: str) -> str:
    """Validate a small pattern. Raises ValueError where it is none."""
    if wrong := fault_of(text):
        raise ValueError(sentences.say("files.language_loader.no_pattern", entry=text, wrong=wrong))
    return text


Pattern = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000), AfterValidator(_pattern)
]
Shape = Annotated[str, StringConstraints(strip_whitespace=True, pattern=SHAPE, max_length=80)]
EvidenceName = Annotated[str, StringConstraints(pattern="^[a-z_]{1,40}$")]
Asked = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class ReasonEntry(Strict):
    """Entries of a list, and why they stand there."""

    why: Entry = Field(description=sentences.say("schema.reason.why"))
    say: list[Phrase] = Field(min_length=1, description=sentences.say("schema.reason.say"))


_MARKED: dict[str, Any] = {
    PHRASES: list[Phrase],
    REASONED: list[ReasonEntry],
    SPELLINGS: dict[Entry, str],
    PATTERNS: list[Pattern],
    SHAPES: list[Shape],
}
"""How a list is written that is marked by what it holds."""


def lists_of(
    values: type,
    told: Mapping[str, str],
    *,
    within: Mapping[str, Any] | None = None,
    left: Iterable[str] = (),
) -> type[Strict]:
    """Return the model of a file that has, by their names, the lists and mappings of words that a dataclass declares.

    `told`: what each is, for editors. `within`: how those are written that hold more than words. `left`: what may be left out.
    """
    made: dict[str, Any] = {}
    hints = get_type_hints(values, include_extras=True)
    for each in fields(values):
        shape, more = _shape(hints[each.name], (within or {}).get(each.name))
        if each.name in left:
            more["default_factory"] = shape
        made[each.name] = (shape, Field(description=told[each.name], **more))
    return create_model(
        f"{values.__name__}Lists", __base__=Strict, __doc__=f"{values.__doc__}".partition("\n")[0], **made
    )


def _shape(hint: Any, within: type[BaseModel] | None) -> tuple[Any, dict[str, Any]]:
    """Return how a field of this type is written, and what more is asked of it: one entry at least."""
    if within is not None:
        return within, {}
    held = get_args(hint)
    if get_origin(hint) is Annotated:
        return _MARKED[held[1]], {"min_length": 1}
    if get_origin(hint) is tuple:
        return list[Entry] if held[0] is str else list[list[Entry]], {"min_length": 1}
    if held[1] is float:
        return dict[EvidenceName, float], {}
    return (dict[Entry, Entry] if held[1] is str else dict[AskedWord, list[Entry]]), {}


class AskingEntry(Strict):
    """One kind of question, and the phrases that make it."""

    kind: AskedWord = Field(description=sentences.say("schema.asking.kind"))
    when: list[Phrase] = Field(
        min_length=1,
        description=sentences.say("schema.asking.when"),
    )
    ends: list[Phrase] = Field(default_factory=list, description=sentences.say("schema.asking.ends"))


class AskingModel(Strict):
    """How people ask."""

    kinds: list[AskingEntry] = Field(min_length=1, description=sentences.say("schema.asking.kinds"))
    passing: list[Phrase] = Field(default_factory=list, description=sentences.say("schema.asking.passing"))
    turns: list[Entry] = Field(default_factory=list, description=sentences.say("schema.asking.turns"))
    says_nothing: list[Entry] = Field(default_factory=list, description=sentences.say("schema.asking.says_nothing"))


class AspectEntry(Strict):
    """What is asked of a claim that states something of this kind."""

    about: list[Entry] = Field(min_length=1, description=sentences.say("schema.aspect.about"))
    asked: list[Shape] = Field(min_length=1, description=sentences.say("schema.aspect.asked"))


class SubjectEntry(Strict):
    """What members ask about a subject, whatever the claim says of it."""

    about: list[Entry] = Field(min_length=1, description=sentences.say("schema.subject.about"))
    asked: list[Asked] = Field(min_length=1, description=sentences.say("schema.subject.asked"))


class TriedSentences(Strict):
    """What a preview says of the wordings that it tried; `{all}`, `{found}` and `{missed}` stand for how many."""

    missed: Text = Field(description=sentences.say("schema.tried_sentences.missed"))
    none_missed: Text = Field(description=sentences.say("schema.tried_sentences.none_missed"))
    unlike: Text = Field(description=sentences.say("schema.tried_sentences.unlike"))
    nothing_unlike: Text = Field(description=sentences.say("schema.tried_sentences.nothing_unlike"))


class ThemeEntry(Strict):
    """One subject, and what comes up beside it."""

    about: list[Entry] = Field(min_length=1, description=sentences.say("schema.theme.about"))
    also: list[Entry] = Field(default_factory=list, description=sentences.say("schema.theme.also"))


class ThemesModel(Strict):
    """Words that come up where a subject does."""

    small: list[Entry] = Field(min_length=1, description=sentences.say("schema.themes.small"))
    elsewhere: list[Entry] = Field(default_factory=list, description=sentences.say("schema.themes.elsewhere"))
    themes: list[ThemeEntry] = Field(min_length=1, description=sentences.say("schema.themes.themes"))


class FirstWordsEntry(Strict):
    """One kind of first words: what the bot says to a message that is made of these phrases alone."""

    kind: Annotated[str, StringConstraints(pattern=GROUP, max_length=40)] = Field(
        description=sentences.say("schema.first_words.kind")
    )
    says: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] = Field(
        description=sentences.say("schema.first_words.says")
    )
    asks: list[Id] = Field(default_factory=list, max_length=4, description=sentences.say("schema.first_words.asks"))
    silent: bool = Field(default=False, description=sentences.say("schema.first_words.silent"))
    when: list[Phrase] = Field(min_length=1, description=sentences.say("schema.first_words.when"))


CONDITION_WORDS = lists_of(ConditionWords, sentences.part("schema.condition_words"))
WORD_LISTS = lists_of(WordLists, sentences.part("schema.words"), within={"conditions": CONDITION_WORDS})
FOLLOWING_LISTS = lists_of(Following, sentences.part("schema.following"))
COMPLAINT_LISTS = lists_of(
    Complaints,
    sentences.part("schema.complaints"),
    within={
        "notices": lists_of(Notices, sentences.part("schema.notices")),
        "signs": lists_of(Signs, sentences.part("schema.signs")),
        "told": lists_of(Telling, sentences.part("schema.telling")),
        "abroad": lists_of(
            Abroad, sentences.part("schema.abroad"), left=("words", "english", "body", "places", "faults")
        ),
    },
    left=("abroad",),
)
SPELLING = lists_of(Spelling, sentences.part("schema.spelling"))
ORDINARY = lists_of(Ordinary, sentences.part("schema.ordinary"))
QUESTION_WORDS = lists_of(QuestionWords, sentences.part("schema.question_words"))
FOLLOW_UPS = lists_of(FollowUpWords, sentences.part("schema.follow_ups"))
MEASURES = lists_of(MeasureWords, sentences.part("schema.measures"))
WRITING = lists_of(WritingWords, sentences.part("schema.writing"))
GATE_WORDS = lists_of(GateWords, sentences.part("schema.gate_words"))
PRIVACY_WORDS = lists_of(PrivacyWords, sentences.part("schema.privacy_words"))
SYNONYMS = lists_of(Synonyms, sentences.part("schema.synonyms"))

WEIGHTLESS = lists_of(Spoken, sentences.part("schema.weightless"))
LIKELY_WORDINGS = lists_of(
    Shapes,
    sentences.part("schema.likely_wordings"),
    within={"aspects": list[AspectEntry], "subjects": list[SubjectEntry], "says": TriedSentences},
    left=(
        "judged", "refused", "objects", "mended", "negates", "drops", "mine", "greets", "called", "polite", "announces", "softens", "leans", "written", "yes_or_no", "subjects_said", "verbs", "turned", "relatives", "months", "dated", "the", "of", "ends",
        "aspects", "subjects",
    ),
)  # fmt: skip

FILES: dict[str, tuple[TypeAdapter[Any], str]] = {
    "weightless": (TypeAdapter(WEIGHTLESS), sentences.say("schema.any.files_weightless")),
    "likely_wordings": (TypeAdapter(LIKELY_WORDINGS), sentences.say("schema.any.files_likely_wordings")),
    "themes": (TypeAdapter(ThemesModel), sentences.say("schema.any.files_themes")),
    "complaints": (TypeAdapter(COMPLAINT_LISTS), sentences.say("schema.any.files_complaints")),
    "first_words": (TypeAdapter(list[FirstWordsEntry]), sentences.say("schema.any.files_first_words")),
    "words": (TypeAdapter(WORD_LISTS), sentences.say("schema.any.files_words")),
    "asking": (TypeAdapter(AskingModel), sentences.say("schema.any.files_asking")),
    "following": (TypeAdapter(FOLLOWING_LISTS), sentences.say("schema.any.files_following")),
    "spelling": (TypeAdapter(SPELLING), sentences.say("schema.any.files_spelling")),
    "ordinary": (TypeAdapter(ORDINARY), sentences.say("schema.any.files_ordinary")),
    "question_words": (TypeAdapter(QUESTION_WORDS), sentences.say("schema.any.files_question_words")),
    "follow_ups": (TypeAdapter(FOLLOW_UPS), sentences.say("schema.any.files_follow_ups")),
    "measures": (TypeAdapter(MEASURES), sentences.say("schema.any.files_measures")),
    "writing": (TypeAdapter(WRITING), sentences.say("schema.any.files_writing")),
    "gate_words": (TypeAdapter(GATE_WORDS), sentences.say("schema.any.files_gate_words")),
    "privacy_words": (TypeAdapter(PRIVACY_WORDS), sentences.say("schema.any.files_privacy_words")),
    "synonyms": (TypeAdapter(SYNONYMS), sentences.say("schema.any.files_synonyms")),
}
"""The files by name, each with its shape and what it is for."""
