"""Does a claim speak of what a question names? A topic may be right, and yet nobody has written about the thing asked for.

"How thick are leg press plates" leads surely to the sum of plates on a sled, but no wording of that claim is about
thick. The share of a question's words that the claim's wordings have, each by its weight, says how well it fits.
"""

from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz, process

from bot.core.matching.closecalls import sorted_stems
from bot.core.matching.copies import FEWEST_WORDINGS
from bot.core.matching.engine import LONG, Catalogue
from bot.core.matching.english import EMPTY, OF_THE_MACHINE
from bot.core.text import stem, words

MOST_WORDS, MOST_PLAIN, FEWEST_NAMED = 20, 8, 2
"""A longer message tells more than it asks; so many words at most ask plainly, and name so many things at least where no word asks."""
SUBJECT = "=leg press"
"""The concept of the machine, as the vocabulary has it."""
_NAME = ("leg", "press")
ALIKE = 90
"""From here on (0 to 100) a text is the same question as one that a server put out of scope."""


def coverage(catalogue: Catalogue, cleaned: str, claim: int) -> float:
    """Return how far a claim's wordings speak of what a text names, from 0 to 1; 1 where that cannot be told.

    `cleaned`: a text that `clean` made, without what asks nothing.
    """
    named = _named(catalogue, catalogue.repair(words(cleaned)).words, claim)
    total = sum(weight for weight, _ in named)
    return sum(weight for weight, says in named if says) / total if total else 1.0


def is_plain(catalogue: Catalogue, cleaned: str, claim: int, *, asks: bool) -> bool:
    """Say whether a text is a few words, and a claim's wordings have all that it names: two things, or one where it `asks`."""
    line = catalogue.repair(words(cleaned)).words
    named = _named(catalogue, line, claim) if len(line) <= MOST_PLAIN else []
    return len(named) >= (1 if asks else FEWEST_NAMED) and all(says for _, says in named)


def _named(catalogue: Catalogue, line: Sequence[str], claim: int) -> list[tuple[float, bool]]:
    """Return what a line of words names: the weight of each, and whether a claim's wordings have it; nothing where that cannot be told."""
    if len(line) > MOST_WORDS or len(catalogue.claims[claim].questions) < FEWEST_WORDINGS:
        return []
    if catalogue.taught is not None and claim in catalogue.taught:
        return []  # weighed already
    if not catalogue.calibration.knows_outside:
        return []
    space = catalogue.ground
    named: list[tuple[float, bool]] = []
    for word in line:
        stemmed = stem(word)
        if word in EMPTY or word.isdigit() or stemmed in OF_THE_MACHINE:
            continue
        concept = space.concepts.single(stemmed)
        known = catalogue.knows(word) or catalogue.knows_concept(word)
        if not known and len(word) < LONG:
            continue  # a slip or slang
        says = catalogue.says(claim, concept) or (stemmed != concept and catalogue.says(claim, stemmed))
        named.append((space.weight(concept) if known else space.heaviest, says))
    return named


def is_put_outside(catalogue: Catalogue, cleaned: str) -> bool:
    """Say whether a server put a text, or one that hardly differs, out of scope."""
    line = words(cleaned)
    queries = {sorted_stems(line), sorted_stems(catalogue.repair(line).words)}
    return any(
        process.extractOne(query, catalogue.outside, scorer=fuzz.ratio, processor=None, score_cutoff=ALIKE)
        for query in queries
    )


def names_subject(catalogue: Catalogue, cleaned: str) -> bool:
    """Say whether a text names the machine that all this is about."""
    line = catalogue.repair(words(cleaned)).words
    stems = [stem(word) for word in line]
    return SUBJECT in catalogue.ground.concepts.of(line) or _NAME in pairwise(stems)
