"""What a page needs to search the knowledge in the browser: which words belong to which claim, and how much each says."""

import json
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from bot.core.model import Claim, Knowledge

MOST_BYTES = 95_000
"""The words that say least are left out beyond it: the file stays small enough for a phone in a cellar gym."""
TITLE_WEIGHT = 3
"""How many wordings one word of title or statement counts for."""
HALF = 20
"""In how many wordings of a claim a word counts for half as much as in all (BM25's k1, without its regard to length).

With it and TITLE_WEIGHT, of the wordings that were held out for a trial 50% led to their claim first, and 67% among the first three.
"""
COMMON_SHARE = 0.05
"""A word of more than this share of the claims that tells none apart is named, so that nobody takes it for another mistyped."""
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LEVELS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""How much a word says of a claim, the least first."""

_WORD = re.compile(r"[a-z]+|\d+")
_ROOM = 100
"""Bytes for the names and marks around the data."""


class _Telling(NamedTuple):
    """A word, the number of a claim, and how much it says of it (1 to 26)."""

    word: str
    claim: int
    level: int


def search_data(knowledge: Knowledge) -> bytes:
    """Return the script that `site.js` reads: `claims` as [file, title, number of its topic, lead], `topics`, `words`, `common`.

    `words` is one string of entries with blanks between them. An entry is a word, then its claims, those first of which it
    says most: a capital (A to Z: how much), and two characters for each claim (its number in base 36). `common` are the words
    that tell no claims apart. A script, not JSON, since a page that is opened as a file may load no data.
    """
    claims = [claim for claim in knowledge.claims.values() if claim.topic in knowledge.topics]
    topics = list(dict.fromkeys(claim.topic for claim in claims))
    data = {
        "claims": [[claim.id, claim.title, topics.index(claim.topic), claim.lead or claim.claim] for claim in claims],
        "topics": [knowledge.topics[topic].title for topic in topics],
    }
    counted = [_counted(claim) for claim in claims]
    spread = Counter(word for words in counted for word in words)
    common = {word for word, number in spread.items() if number > COMMON_SHARE * len(claims)}
    kept = _fitting(_telling(counted, spread), common, MOST_BYTES - len(_written(data)) - _ROOM)
    data["words"] = " ".join(f"{word}{_packed(found)}" for word, found in sorted(kept.items()))
    data["common"] = " ".join(sorted(common - kept.keys()))
    return f"const SEARCH = {_written(data)};\n".encode()


def words_in(text: str) -> list[str]:
    """Return the words of a text as `site.js` reads them: small letters without marks, and numbers."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return _WORD.findall("".join(each for each in plain if not unicodedata.combining(each)))


def _written(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _counted(claim: Claim) -> Counter[str]:
    counted: Counter[str] = Counter()
    for question in claim.questions:
        counted.update(set(words_in(question)))
    for word in {*words_in(claim.title), *words_in(claim.claim)}:
        counted[word] += TITLE_WEIGHT
    return counted


def _telling(counted: Sequence[Counter[str]], spread: Counter[str]) -> list[_Telling]:
    """Return what each word says of each claim (BM25), those that say most first."""
    said = [
        (
            math.log(1 + (len(counted) - spread[word] + 0.5) / (spread[word] + 0.5)) * count / (count + HALF),
            word,
            number,
        )
        for number, words in enumerate(counted)
        for word, count in words.items()
    ]
    said.sort(key=lambda each: (-each[0], each[1], each[2]))
    most = said[0][0] if said else 1.0
    return [_Telling(word, number, max(1, round(score / most * len(LEVELS)))) for score, word, number in said]


def _fitting(telling: Sequence[_Telling], common: set[str], room: int) -> dict[str, list[_Telling]]:
    """Return as many of them as have room, those that say most first, by word."""
    kept: defaultdict[str, list[_Telling]] = defaultdict(list)
    levels: set[tuple[str, int]] = set()
    room -= sum(len(word) + 1 for word in common)
    for each in telling:
        word, level = each.word, (each.word, each.level)
        cost = 2 + (level not in levels)
        if word not in kept and word not in common:  # a common word only moves from one list into the other
            cost += len(word) + 1
        if cost > room:
            break
        room -= cost
        kept[word].append(each)
        levels.add(level)
    return kept


def _packed(found: Sequence[_Telling]) -> str:
    packed, level = "", 0
    for each in sorted(found, key=lambda each: (-each.level, each.claim)):
        if each.level != level:
            level = each.level
            packed += LEVELS[level - 1]
        packed += DIGITS[each.claim // 36] + DIGITS[each.claim % 36]
    return packed
