"""What a page needs to search the knowledge in the browser: which words belong to which claim, and how much each says."""

import json
import math
from collections import Counter, defaultdict

from bot.core.model import Claim, Knowledge
from bot.core.text import words as words_of

COMMON_SHARE = 0.3
"""A word of more than this share of the claims tells none of them apart and is left out."""
MOST_WORDS = 40
"""Words for one claim, those that tell it apart best: the whole file stays small enough for a phone in a cellar gym."""
TITLE_WEIGHT = 6
"""How many wordings one word of the title counts for."""
LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


def search_data(knowledge: Knowledge) -> bytes:
    """Return the script that `site.js` reads: `claims` as [file, title, topic, lead], `words` by word.

    A word's claims stand in one string, best first: two characters a claim (its number in base 36), one for how much of
    it the word is (1 to z). A script, not JSON, since a page that is opened as a file may load no data.
    """
    claims = [claim for claim in knowledge.claims.values() if claim.topic in knowledge.topics]
    counted = [_counted(claim) for claim in claims]
    spread = Counter(word for words in counted for word in words)
    in_claims: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    for number, words in enumerate(counted):
        for word, share in _telling(words, spread, len(claims)):
            in_claims[word].append((share, number))
    data = {
        "claims": [
            [claim.id, claim.title, knowledge.topics[claim.topic].title, claim.lead or claim.claim] for claim in claims
        ],
        "words": {
            word: "".join(
                _base36(number) + LETTERS[max(1, min(35, round(share * 35)))]
                for share, number in sorted(found, key=lambda each: (-each[0], each[1]))
            )
            for word, found in sorted(in_claims.items())
        },
    }
    return f"const SEARCH = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n".encode()


def _telling(words: Counter[str], spread: Counter[str], claims: int) -> list[tuple[str, float]]:
    """Return the words that tell a claim apart, with the share (0 to 1) that each has of it."""
    whole = math.sqrt(sum(count * count for count in words.values())) or 1.0
    most = max(1.0, COMMON_SHARE * claims)
    kept = [word for word in words if spread[word] <= most]
    kept.sort(key=lambda word: (-words[word] * math.log(1 + claims / spread[word]), word))
    return [(word, words[word] / whole) for word in kept[:MOST_WORDS]]


def _counted(claim: Claim) -> Counter[str]:
    counted: Counter[str] = Counter()
    for question in claim.questions:
        counted.update(set(words_of(question)))
    for word in {*words_of(claim.title), *words_of(claim.claim)}:
        counted[word] += TITLE_WEIGHT
    return counted


def _base36(number: int) -> str:
    """Return a number below 1,296 in two characters."""
    return LETTERS[number // 36] + LETTERS[number % 36]
