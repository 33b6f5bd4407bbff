"""The wordings by which claims are known, as checks look through them: read once for the base, and for each server its own alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.core.model import Claim
from bot.core.text import clean, stem, words


@dataclass(frozen=True, slots=True)
class Known:
    """A wording of a claim: as it stands in a file, in plain lower case, and the stems of its words."""

    question: str
    claim: str
    plain: str
    stems: frozenset[str]


class KnownWordings:
    """Reads claims' wordings; of the base's claims it remembers them. Safe to share between threads."""

    def __init__(self, base: Mapping[str, Claim]) -> None:
        """Remember what the claims of `base` are known by, once it was asked for."""
        self._base = base
        self._read: dict[str, tuple[Known, ...]] = {}

    def of(self, claims: Mapping[str, Claim]) -> Iterator[Known]:
        """Yield the wordings of claims, in their order."""
        for name, claim in claims.items():
            if self._base.get(name) is not claim:  # a server's own: nothing of it stays
                yield from _known(claim)
                continue
            found = self._read.get(name)
            if found is None:
                found = self._read[name] = _known(claim)
            yield from found


def _known(claim: Claim) -> tuple[Known, ...]:
    plain = ((question, clean(question)) for question in claim.questions)
    return tuple(Known(asked, claim.id, said.strip(), frozenset(map(stem, words(said)))) for asked, said in plain)
