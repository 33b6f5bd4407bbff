"""Two exercises in one question, the leg press and another: which, in place of it, both, in which order, on one day.

The exercises, their words and the claims about them are data (`knowledge/exercises.yaml`), in the small language of `bot.core.sayings`.
Which claim answers depends on the two and on what is asked of them, not on all the other words of the knowledge: those lead "leg
press or step-ups" to adding weight step by step.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from bot.core.claim_lines import all_texts
from bot.core.model import Claim, Exercise, Exercises, Match, Ranking
from bot.core.sayings import Around, Sayings
from bot.core.text import clean, stem, words

SURE, ASKED = 0.95, 0.5
"""How probable the claim about two exercises is, and each of those that are nearest to a question about two of which nobody has written."""
RELATIONS = ("day", "order", "instead", "both", "beside", "choice")
"""What may be asked of two exercises, in the order in which the words of each are looked for."""

MOST, PARTLY = 0.75, 0.35
"""A claim that the matcher is sure of stands where its wordings have so much of what else the text names; the less where it speaks of the exercise too."""
OF_BOTH = ("day", "order", "both")
"""What may be asked of the two that an answer was about, without naming them again ("can i do both", "which first")."""
FEW = 9
"""A message about those two has no more words."""
MOST_WORDS = 20
"""A longer message is a story, which names exercises in passing."""

Covers = Callable[[str, str], float]
"""Says how far a claim's wordings speak of what a text names, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a text asks of the leg press and another exercise: the `relation`, the claim that answers it, "" for none, those nearest, and what else it names.

    `others`: the claims that answer something else of the two; `sore`: it tells of something that hurts.
    """

    exercise: str
    relation: str
    claim: str
    near: tuple[str, ...]
    rest: str
    others: frozenset[str] = frozenset()
    sore: bool = False


class Comparing:
    """Tells two exercises that are compared. Fixed once made."""

    def __init__(self, exercises: Exercises, around: Around, empty: Collection[str]) -> None:
        """Take the exercises; `empty`: words that name nothing."""
        self._exercises = exercises.exercises
        self._named = Sayings(
            ((at, said) for at, each in enumerate(exercises.exercises) for said in each.says),
            around,
            exercises.ordinary,
        )
        self._relations = {
            name: Sayings(((True, said) for said in exercises.relations.get(name, ())), around) for name in RELATIONS
        }
        self._sore = Sayings(((True, said) for said in exercises.sore), around)
        small = (exercises.press, *exercises.relations.values())
        said = (word for all_ in small for each in all_ for word in each.replace("/", " ").split())
        self._empty = frozenset(map(stem, (*empty, *said)))

    def read(self, text: str, asked_words: Collection[str], *, relation: str = "") -> Compared | None:
        """Return what a text asks of the leg press and another exercise; None where it names no other, several with different answers, or asks nothing of both.

        `asked_words`: those of the text that ask something; `relation`: what is asked where the text does not say.
        """
        if len(text.split()) > MOST_WORDS:
            return None
        named = [self._exercises[at] for at in dict.fromkeys(self._named.found_anyhow(text))]
        asked = next((name for name, said in self._relations.items() if any(said.found_anyhow(text))), relation)
        if not named or not asked:
            return None
        first = named[0]
        claim = _answer(first, asked)
        if any(_answer(each, asked) != claim for each in named[1:]):
            return None
        rest = [word for word in self._named.without(text) if word in asked_words and stem(word) not in self._empty]
        others = frozenset(first.answers.get(each, "") for each in ("day", "order")) - {claim}
        return Compared(first.name, asked, claim, first.near, " ".join(rest), others, self.is_sore(text))

    def of_both(self, text: str, last: str) -> str:
        """Return the claim that answers what a few words ask of the two exercises that the claim `last` is about; "" for none, or where they name anything."""
        pair = next((each for each in self._exercises if each.claim == last), None)
        if pair is None or len(text.split()) > FEW or any(self._named.found_anyhow(text)):
            return ""
        asked = next((name for name in OF_BOTH if any(self._relations[name].found_anyhow(text))), "")
        names = any(stem(word) not in self._empty for word in words(clean(text)))
        return _answer(pair, asked) if asked and not names else ""

    def speaks_of(self, claim: Claim, exercise: str) -> bool:
        """Say whether a claim speaks of an exercise anywhere."""
        return any(
            self._exercises[at].name == exercise for each in all_texts(claim) for at in self._named.found_anyhow(each)
        )

    def is_sore(self, text: str) -> bool:
        """Say whether a text speaks of something that hurts."""
        return any(self._sore.found_anyhow(text))

    def led(self, compared: Compared, ranking: Ranking, claims: Mapping[str, Claim], covers: Covers) -> Ranking:
        """Return the ranking of a text that compares two exercises: the claim about both first, or none where nobody has written of them.

        What the ranking is surely about stands where it speaks of what else the text names ("which burns more fat"), unless it answers
        something else of the two.
        """
        first = claims.get(ranking.matches[0].claim) if ranking.sure and ranking.matches else None
        if first is not None and compared.rest and first.id not in compared.others:
            most = PARTLY if self.speaks_of(first, compared.exercise) else MOST
            if covers(compared.rest, first.id) >= most:
                return ranking
        own = compared.claim if compared.claim in claims else ""
        near = [each for each in ((own,) if own else compared.near) if each in claims]
        rest = [match for match in ranking.matches if match.claim not in near]
        if own:
            matches = (_match(claims[own], SURE), *rest)
            return replace(ranking, matches=matches, sure=True, near=True, covers=1.0, told=False)
        matches = (*(_match(claims[each], ASKED) for each in near), *rest)
        return replace(ranking, matches=matches, sure=False, near=False, plain=False, about_us=True, covers=0.0)


def _answer(exercise: Exercise, relation: str) -> str:
    return exercise.answers.get(relation, exercise.claim)


def _match(claim: Claim, confidence: float) -> Match:
    return Match(claim.id, claim.topic, confidence)
