"""Several questions in one message: which claims answer them, the first question first, and no claim that nobody asked for.

The matcher reads a message as a whole; here its questions are read one by one. A list ("seat? feet? depth?") is a list
of questions. What only goes on from a question ("is that bad?", "why?") is no question of its own.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.core import followup
from bot.core.model import Claim, Match, Ranking
from bot.core.question_words import WORDS
from bot.core.small_patterns import either
from bot.core.text import sentences, spoken, words

MOST_PARTS = 3
MOST_READ = 6
SHORT = 4
"""A part of so few words may be one entry of a list, and names its subject only beside the machine's name."""
ENTRY = 2
SURE_OF_PART = 0.6
SURE_OF_SHORT = 0.5
SURE_OF_POINTING = 0.8
"""What points back ("should I do extra sets on it?") goes on from the question before it, unless it is as clear as this."""
SURE_OF_LITTLE = 0.85
"""What names nothing of its own is a question of its own where it is as clear as this."""
MOST_WORDS = 60
"""A longer message is a story, and is read as a whole."""
TOLD = 5
"""With more words than these outside its questions a message tells something."""
MACHINE = "leg press"
LED = 3
"""A question leads to a claim by itself that is among its first so many."""

Rank = Callable[[str], Ranking]
Names = Callable[[str], bool]

_MARK = re.compile(r"(?:^|\s)(?:\d{1,2}[.)]|[*•])\s+|(?:^|\n)-\s+")
_BETWEEN = re.compile(r" ?(?:[,;/]|\b(?:and|n|nd)\b|\bor\b(?= (?:what|how)\b)|\bplus\b|\balso\b|&) ?")
_COMMA = re.compile(r" ?[,;] ?(?:(?:and|also|plus|then) )*")
_ASKS = re.compile(rf"(?:(?:{either(WORDS.piece_opens)})\s+)*(?:{either(WORDS.asks)})\b")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_MARKED = re.compile(r"[?\n]+")
_CHOICE = re.compile(r"\b(?:or|where|how|which|when)\b")
_VERBLESS_CHOICE = r"(?:(?!or\b)[a-z][a-z'-]*\s+){1,3}or\s+[a-z][a-z'-]*(?:\s+[a-z][a-z'-]*)?\W*$"
"""A choice that ends a message: "... and feet high or low?"."""
_JOINED = re.compile(
    rf"(?:,|;|(?<!\s)\s)\s*(?:{either(WORDS.piece_joins)}|&|\+)+\s+(?=(?:also\s+|then\s+)?"
    + _ASKS.pattern
    + "|"
    + _VERBLESS_CHOICE
    + r")|;\s*|,\s*(?="
    + _ASKS.pattern
    + r")"
)
"""Between two questions; not "or", which makes one question of two choices."""
_SAYS = re.compile(r"\b(?:says?|said|told)\b")
_BACK = re.compile(r"\b(?:it|that|this|they|them|those|these)\b")
_SINGLE = frozenset(WORDS.piece_names_nothing)


@dataclass(frozen=True, slots=True)
class _Part:
    """What one question is about, and its words; `listed`: it needed the machine's name to say so."""

    match: Match
    listed: bool
    piece: str = ""


@cache
def _between_complaints(body: tuple[str, ...]) -> re.Pattern[str]:
    """Return what stands between two things that are wrong with somebody: "my back aches and my knee clicks", "knees ache n toes go numb"."""
    one = rf"|(?:[a-z]+ )?(?:{'|'.join(body)})\b(?= [a-z])" if body else ""
    return re.compile(
        rf"(?<!\s)\s*(?:,|\b(?:and|n|but|plus)\b)\s*(?:(?:and|also|then)\s+)*(?=(?:(?:i get |i have )?my\b{one}))"
    )


def parts_of(text: str, asks: Names = lambda _: False, body: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the questions of a text that `clean` made, in order, as they stand; () unless there are two at least.

    `asks`: whether a piece asks something in words of its own, however it begins ("feet high or low"). `body`: words with
    which a complaint begins.
    """
    if len(words(text)) > MOST_WORDS:
        return ()
    text = "\n".join(filter(None, (" ".join(line.split()) for line in _spelt(text).splitlines())))
    lines = [piece.strip() for piece in _MARK.split(text) if piece.strip()]
    if len(lines) > 1 and _MARK.search(text):
        return tuple(lines[-MOST_READ:])
    if listed := list_of(text):
        return listed[-MOST_READ:]
    if complaints := _complaints(text, tuple(body)):
        return complaints
    found: list[str] = []
    for sentence in map(_after_colon, sentences(text)):
        pieces = [piece for piece in _JOINED.split(sentence) if words(piece)]
        commas = [piece for piece in _COMMA.split(sentence) if words(piece)]
        if "?" in sentence and len(commas) > 1 and all(map(_is_entry, commas)):
            found += commas
        elif pieces and ("?" in sentence or any(map(_ASKS.match, pieces))):
            # Of "my knees click and is that bad?" the first half asks nothing.
            found += pieces if len(pieces) == 1 else [piece for piece in pieces if _asks(piece, asks)]
    return tuple(found[-MOST_READ:]) if len(found) > 1 else ()


def _spelt(text: str) -> str:
    """Return a text with chat spellings and contractions written out, its marks as they stand."""
    return _TOKEN.sub(lambda token: " ".join(spoken(token[0])) or " ".join(words(token[0])), text)


def _complaints(text: str, body: tuple[str, ...]) -> tuple[str, ...]:
    """Return the things that are wrong with somebody who asks nothing else than what to do: "my back aches and my knee clicks, why?"."""
    between = _between_complaints(body)
    if between.search(text) is None:
        return ()
    *before, last = re.split(r"\s*[,;.!?]+\s*", text.strip(" ,;.!?"))
    told = text[: text.rfind(last)] if before and followup.read(last).kind is followup.Kind.PART else text
    if len(sentences(told)) != 1 or "?" in told.rstrip(" ?"):
        return ()
    pieces = tuple(piece.strip(" ,;.!?") for piece in between.split(told))
    mine = all(
        len(words(piece)) > (ENTRY if piece.startswith("my ") else 1)
        and (number > 0 or _is_first_complaint(piece, body))
        and not _SAYS.search(piece)
        and not _CHOICE.search(piece)
        and not _ASKS.match(piece)
        for number, piece in enumerate(pieces)
    )
    return pieces if len(pieces) > 1 and mine else ()


def _is_first_complaint(piece: str, body: Collection[str]) -> bool:
    """Whether a piece before another complaint is one: it is theirs, short, or names a part of a body at its beginning."""
    said = words(piece)
    short = ENTRY < len(said) <= SHORT and said[0] not in _SINGLE
    return piece.startswith("my ") or short or not set(said[:SHORT]).isdisjoint(body)


def _asks(piece: str, asks: Names) -> bool:
    """Whether a piece asks: by how it begins, by its mark, or by a question within ("feet high or low")."""
    return _ASKS.match(piece) is not None or "?" in piece or asks(piece)


def _after_colon(sentence: str) -> str:
    """Return what a few words announce: "2 questions: how low and how wide?"."""
    head, colon, rest = sentence.partition(":")
    return rest.strip() if colon and rest.strip() and len(head.split()) <= SHORT else sentence


def _is_entry(piece: str) -> bool:
    """Whether a piece between commas is an entry of a list: a choice, or a word or two."""
    short = len(words(piece)) <= ENTRY or (len(piece.split()) <= SHORT and _CHOICE.search(piece) is not None)
    return short and _says(piece) and not _ASKS.match(piece)


def list_of(text: str) -> tuple[str, ...]:
    """Return the entries of a list of short questions: "seat? feet? depth?", "first day: seat, feet and depth?"; () for any other text."""
    head, colon, rest = text.rpartition(":")
    listed = rest if colon and len(head.split()) <= SHORT else text
    pieces = [piece for piece in (each.strip(" ?.!") for each in _MARKED.split(listed)) if piece]
    if len(pieces) == 1 and "?" in listed:
        entries = tuple(piece for piece in (each.strip(" ?.!") for each in _BETWEEN.split(pieces[0])) if piece)
        return (
            entries
            if len(entries) > 1 and all(len(words(entry)) <= ENTRY and _says(entry) for entry in entries)
            else ()
        )
    return (
        tuple(pieces) if len(pieces) > 1 and all(len(each.split()) <= SHORT and _says(each) for each in pieces) else ()
    )


def lists_subjects(listed: Sequence[str], whole: Ranking, after: str, rank: Rank, names: Names) -> bool:
    """Say whether the entries of a list name subjects of their own, whatever claim they come `after`: "seat? feet?".

    They lead to a claim each (`whole` has as many pieces), or all to one that is not the claim before: "sets? reps?".
    `rank` ranks an entry; `names`: whether it names something, as "which ones" does not.
    """
    if not 1 < len(listed) <= MOST_PARTS or not all(len(words(entry)) <= ENTRY and names(entry) for entry in listed):
        return False
    if len(whole.pieces) == len(listed):
        return True
    leading = whole.matches[0].claim if whole.sure else after
    firsts = (rank(entry).matches[:1] for entry in listed)
    return leading != after and all(first and first[0].claim == leading for first in firsts)


def _says(piece: str) -> bool:
    """Whether a piece names something."""
    return bool(set(words(piece)) - _SINGLE) and not _BACK.search(piece)


def several(
    text: str,
    whole: Ranking,
    rank: Rank,
    claims: Mapping[str, Claim],
    *,
    conditions: Collection[str] = (),
    names: Names = lambda _: True,
    asks: Names = lambda _: False,
    named: Callable[[str], Collection[str]] = lambda _: (),
    body: Sequence[str] = (),
) -> Ranking:
    """Return the ranking of a message with the claims that answer its questions: `whole` where it asks one thing.

    `text` is what `clean` made of it, without what asks nothing; `rank` ranks any text. `conditions`: claims about what
    somebody has, which are not joined by what a few words are about in general: those only stand among the `pieces`. `names`: whether a
    question names something of its own; `asks`: whether a piece asks; `named`: the claims about what a piece says that somebody has. `body`: words with which a complaint begins.
    """
    pieces = parts_of(text, asks, body)
    if not pieces:
        return replace(whole, also=()) if whole.also else whole
    found: dict[str, _Part] = {}
    answered, missed, spelt = 0, False, _spelt(text)
    for piece in pieces:
        if _goes_on(piece, names, rank):
            answered += 1
            told = spelt[: spelt.find(piece)].strip(" ,.;")
            part = None if found else _read(f"{told} {piece}".strip(), rank)
            if part is None and told and not found and whole.sure:
                part = _Part(whole.matches[0], listed=False)
        else:
            part = _read(piece, rank)
            if part is None and found:
                part = _beside(piece, claims[next(reversed(found))], rank)
            answered += part is not None
            missed = missed or (part is None and _ASKS.match(piece) is not None and not _BACK.search(piece))
        if part is not None and part.match.claim in claims:
            found.setdefault(part.match.claim, replace(part, piece=piece))
    asked = tuple((claim, part.piece) for claim, part in found.items())
    if whole.sure and whole.matches[0].claim in conditions:
        found = {claim: part for claim, part in found.items() if not part.listed and claim != whole.matches[0].claim}
        # "Is the leg press allowed?" of somebody with high blood pressure is no question about teenagers.
        found = {claim: part for claim, part in found.items() if claim not in conditions or claim in named(part.piece)}
        return replace(whole, also=tuple(found)[: MOST_PARTS - 1], pieces=asked[:MOST_PARTS])
    if len(found) < 2:  # noqa: PLR2004 -- several are two at least
        return _one_of_them(whole, list(found.values()), missed=missed)
    parts = list(found.values())
    if whole.sure and len(words(text)) - sum(len(words(piece)) for piece in pieces) > TOLD:
        # A story: what it is about as a whole comes first, and what else it surely asks.
        first = whole.matches[0]
        parts = [part for part in parts if part.match.topic != first.topic and not part.listed]
        also = [part.match.claim for part in parts if part.match.confidence >= SURE_OF_POINTING]
        return replace(whole, also=tuple(also[: MOST_PARTS - 1]))
    same_topic = len({part.match.topic for part in parts}) == 1
    if (
        whole.sure
        and same_topic
        and _complaints(text, tuple(body))
        and _one_fault([claims[part.match.claim] for part in parts])
    ):
        return replace(whole, also=())  # Two sides of one fault: "my hips lift and my back rounds".
    led_away = whole.sure and whole.matches[0].topic not in {part.match.topic for part in parts}
    surer = whole.sure and all(part.match.confidence > whole.matches[0].confidence for part in parts)
    if led_away and not surer and (answered < len(pieces) or "?" not in text):
        return replace(whole, also=())
    return replace(_led(whole, [part.match for part in parts[:MOST_PARTS]]), pieces=asked[:MOST_PARTS])


def _one_fault(found: Sequence[Claim]) -> bool:
    """Whether two complaints are sides of one fault: one claim names the other beside it, or both name a third."""
    near = [{claim.id, *claim.related} for claim in found]
    return bool(set.intersection(*near))


def _one_of_them(whole: Ranking, found: Sequence[_Part], *, missed: bool) -> Ranking:
    """Return the ranking of a message of which at most one question is clear: that one answers, where the whole is not clear."""
    part = next((each for each in found if not each.listed and each.match.confidence >= SURE_OF_POINTING), None)
    asked = tuple((each.match.claim, each.piece) for each in found)
    same = whole.sure and bool(found) and found[0].match.claim == whole.matches[0].claim
    # Beside strange words the whole is less sure of what its clear question is surely about.
    surer = part is not None and same and part.match.confidence > whole.matches[0].confidence
    if part is None or not missed or (whole.sure and not surer):
        return replace(whole, also=(), pieces=asked if whole.sure else (), missed=missed and same)
    return replace(_led(whole, [part.match]), pieces=asked, missed=True)


def _goes_on(piece: str, names: Names, rank: Rank) -> bool:
    """Whether a question only goes on from what stands before it: it points there, or names nothing.

    One of more words that points nowhere may be clear in words that name little: "should I go all the way down".
    """
    if followup.read(piece).kind is followup.Kind.PART:
        return True
    points, few = _BACK.search(piece) is not None, len(piece.split()) <= SHORT
    if points and few:
        return not (piece.startswith("how ") and names(piece))  # "how long between them"
    if names(piece):
        return False
    if not _ASKS.match(piece) or _CHOICE.search(piece) or piece.startswith("what"):
        return True
    alone = rank(piece)
    return points or few or not alone.sure or alone.matches[0].confidence < SURE_OF_LITTLE


def _beside(piece: str, before: Claim, rank: Rank) -> _Part | None:
    """Return what a question is about beside the one before it, where it leads there by itself too: "and which machine"."""
    alone, beside = rank(piece), rank(f"{before.title} {piece}")
    if not beside.sure:
        return None
    first = beside.matches[0]
    leads = any(match.claim == first.claim for match in alone.matches[:LED])
    return _Part(first, listed=True) if leads and first.claim != before.id else None


def _read(piece: str, rank: Rank) -> _Part | None:
    """Return what a piece is about by itself; of a short one, what it is about beside the machine's name."""
    alone = rank(piece)
    least = SURE_OF_POINTING if _BACK.search(piece) else SURE_OF_PART
    if alone.matches and alone.matches[0].confidence >= least:
        return _Part(alone.matches[0], listed=len(piece.split()) < SHORT)
    if len(piece.split()) > SHORT or MACHINE in piece:
        return None
    beside = rank(f"{piece} {MACHINE}")
    sure = beside.matches and beside.matches[0].confidence >= SURE_OF_SHORT
    return _Part(beside.matches[0], listed=True) if sure else None


def _led(whole: Ranking, parts: Sequence[Match]) -> Ranking:
    """Return a ranking that answers with `parts`, in their order."""
    first = parts[0]._replace(confidence=max(parts[0].confidence, *(match.confidence for match in whole.matches[:1])))
    others = [match for match in whole.matches if match.claim != first.claim]
    return Ranking((first, *others)[:10], sure=True, near=True, also=tuple(match.claim for match in parts[1:]))
