"""The frozen value that says why a ranking came out as it did."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much one word (or pair of words, joined by a space) spoke for a claim; below zero it spoke against."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Repair:
    """A word that was read as something else: `typed` is what stood there, `read` what it was taken for."""

    typed: str
    read: str


@dataclass(frozen=True, slots=True)
class Contender:
    """A claim in the running: its score, the evidence for it (strongest first) and the phrasing nearest to the text."""

    claim: str
    topic: str
    confidence: float
    score: float
    evidence: tuple[Evidence, ...]
    nearest: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a text was ranked as it was.

    `words` are the words as read, `repairs` what was mended on the way, `strange` the words the knowledge has never
    seen, `weightless` what was left out because it asks nothing. `contenders` are the first claim and the best ones behind it; `why` says in one sentence why the runner-up
    lost, or why nothing was answered. `sure` and `near` are the thresholds of confidence for answering and suggesting.
    """

    text: str
    words: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    strange: tuple[str, ...] = ()
    contenders: tuple[Contender, ...] = ()
    out_of_scope: float = 0.0
    why: str = ""
    sure: float = 0.0
    near: float = 0.0
    weightless: tuple[str, ...] = ()
