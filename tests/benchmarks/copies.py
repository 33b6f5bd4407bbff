"""One wording a claim and nothing else: `python -m tests.benchmarks.copies [80 500 2000]`.

Wordings are made up of four everyday words and three that say nothing. For each number of claims: of 300 of them, whose own wording
is answered with them, whose near copy (two words changed in place after a few words more, a word that says nothing less or more, two letters
changed in place), and of 200 wordings of no claim how many are answered.
"""

import argparse
import random
import sys

from bot.core.intervals import Share
from bot.core.matching import Matcher, build
from bot.core.matching.english import ordinary
from bot.core.model import Claim, Confidence, Verdict
from tests.benchmarks.growth import FILLER

SIZES = (80, 500, 2_000)
TOPICS, TELLING, OTHERS = 17, 4, 3
TRIED, STRANGERS = 300, 200


def wording(source: random.Random, vocabulary: list[str]) -> list[str]:
    """Return the words of one made-up question."""
    line = source.sample(vocabulary, TELLING) + source.sample(FILLER, OTHERS)
    source.shuffle(line)
    return line


def near_copy(source: random.Random, line: list[str]) -> str:
    """Return a wording as somebody else would type it."""
    said = list(line)
    kind = source.choice(["turned", "shorter", "longer", "mistyped"])
    if kind == "turned":
        said[0], said[1] = said[1], said[0]
        said = ["hey", "can", "you", "tell", "me", *said]
    elif kind == "shorter":
        said.remove(source.choice([word for word in said if word in FILLER]))
    elif kind == "longer":
        said.insert(source.randrange(len(said)), source.choice(FILLER))
    else:
        word = max(said, key=len)
        middle = len(word) // 2
        said[said.index(word)] = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    return " ".join(said)


def claim(number: int, text: str) -> Claim:
    """Return a claim with that one wording."""
    return Claim(
        f"claim-{number}", f"topic-{number % TOPICS}", text, text, Verdict.OPINION, Confidence.LOW, text, (text,)
    )


def answered(matcher: Matcher, text: str, name: str) -> bool:
    """Say whether a text is surely answered with a claim."""
    ranking = matcher.rank(text)
    return ranking.sure and ranking.matches[0].claim == name


def measure(size: int) -> str:
    """Return one line on a knowledge of that many claims."""
    source = random.Random(1)
    vocabulary = sorted(word for word in ordinary() if 3 <= len(word) <= 9)
    lines = [wording(source, vocabulary) for _ in range(size)]
    copies = [near_copy(source, line) for line in lines]
    matcher = build([claim(number, " ".join(line)) for number, line in enumerate(lines)])
    tried = random.Random(2).sample(range(size), min(size, TRIED))
    own = sum(answered(matcher, " ".join(lines[i]), f"claim-{i}") for i in tried)
    near = sum(answered(matcher, copies[i], f"claim-{i}") for i in tried)
    strange = sum(matcher.rank(" ".join(wording(source, vocabulary))).sure for _ in range(STRANGERS))
    shares = (Share(own, len(tried)), Share(near, len(tried)), Share(strange, STRANGERS))
    return "{} claims: own {}, near copies {}, strangers {}\n".format(size, *shares)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    for size in parser.parse_args().sizes:
        sys.stdout.write(measure(size))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
