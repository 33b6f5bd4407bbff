"""How well the scrub takes people out of questions, and knowledge not, on the frozen lines of `tests/questions/scrub*.txt`.

python -m tests.benchmarks.scrub        (for each file: each piece that stayed, each word that was lost, and the two figures)

When the lines of 30 November 2026 were first scored, 44 of their 50 pieces were gone (88.0%) and none of 524 words was lost.
"""

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.bootstrap import default_cache, load_knowledge, shipped_knowledge
from bot.core.scrub import scrub
from bot.service.recording import Reader
from tests.support.lists import LISTS

FILES = tuple(sorted((Path(__file__).parents[1] / "questions").glob("scrub*.txt")))
LEAST_RECALL = 0.95
MOST_LOST = 0.01
_PIECE = re.compile(r"\[\[(.*?)\]\](?!\])")
_WORD = re.compile(r"[^\W\d_]+")
_KIND = frozenset(
    ["mr", "ms", "dr", "coach", "frau", "street", "road", "avenue", "boulevard", "rue", "gym", "hospital"]
)
"""What kind of a person or place it is tells nobody who or where."""


@dataclass(frozen=True, slots=True)
class Line:
    """A question, who is around, what could tell who somebody is, and all else."""

    text: str
    people: tuple[str, ...]
    pieces: tuple[str, ...]
    rest: str


@dataclass(slots=True)
class Score:
    """What a scrub left and lost."""

    pieces: int = 0
    words: int = 0
    stayed: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the identifying pieces that is gone."""
        return 1 - len(self.stayed) / self.pieces

    @property
    def loss(self) -> float:
        """The share of all other words that is gone."""
        return len(self.lost) / self.words


def lines(file: Path) -> Iterator[Line]:
    """Yield the frozen lines of a file."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        people, _, marked = line.rpartition(" :: ")
        named = tuple(name.strip() for name in people.split(";") if name.strip())
        text = _PIECE.sub(r"\1", marked)
        yield Line(text, named, tuple(_PIECE.findall(marked)), _PIECE.sub(" ", marked))


def score(file: Path, known: Container[str]) -> Score:
    """Return how the scrub does on a file's lines where `known` are the words that are no names."""
    found = Score()
    for line in lines(file):
        kept = scrub(line.text, names=line.people, known=known, words_too=LISTS.names).replace("[name]", " ")
        left = Counter(_words(kept))
        rest = Counter(_words(line.rest))
        digits = re.sub(r"\D", "", kept)
        found.pieces += len(line.pieces)
        for piece in line.pieces:
            words = [word for word in _words(piece) if len(word) > 1 and word not in _KIND]
            if digits or any(left[word] > rest[word] for word in words):
                found.stayed.append(f"{piece!r} in {kept!r}")
        found.words += rest.total()
        found.lost += [f"{word!r} of {line.text!r}" for word in (rest - left).elements()]
    return found


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    found = _WORD.findall("".join(each for each in plain if not unicodedata.combining(each)))
    return [word for word in found if word != "s"]  # of "Karl's"


def main() -> int:
    """Print the figures; the exit code is 1 where one of them is not reached."""
    known = Reader().known(load_knowledge(shipped_knowledge(), default_cache()))
    missed = False
    for file in FILES:
        found = score(file, known)
        sys.stdout.write(f"{file.name}\n")
        for title, each in (("stayed", found.stayed), ("lost", found.lost)):
            sys.stdout.write("".join(f"{title}: {one}\n" for one in each))
        sys.stdout.write(
            f"pieces gone: {found.pieces - len(found.stayed)} of {found.pieces} ({found.recall:.1%})\n"
            f"words lost: {len(found.lost)} of {found.words} ({found.loss:.2%})\n"
        )
        missed = missed or found.recall < LEAST_RECALL or found.loss > MOST_LOST
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
