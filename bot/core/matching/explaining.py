"""Why a text was ranked as it was: each word is left out in turn, and what the claims then lose is what it counted."""

from rapidfuzz import fuzz, process

from bot.core.matching.engine import Catalogue
from bot.core.matching.explanation import Contender, Evidence, Explanation, Repair
from bot.core.matching.ranking import NEAR, SURE, matches, of_taught, rank
from bot.core.matching.signals import Reading
from bot.core.matching.typos import Line
from bot.core.text import clean, normalise
from bot.sentences import say

CONTENDERS = 3
MOST_WORDS = 80
WORTH_NAMING = 0.05
BY_PARTS = say("moderators.explaining.by_parts")


def explain(catalogue: Catalogue, text: str, words: list[str]) -> Explanation:
    """Explain the ranking of a text whose `words` (one at least) are given."""
    line = catalogue.repair(words)
    heard = catalogue.heard(line)
    reading = catalogue.read(heard)
    found = rank(catalogue, clean(text), words).matches[:CONTENDERS]
    read = matches(catalogue, reading, heard.words)
    taught = catalogue.taught
    own = None if taught is None else of_taught(catalogue, taught, read, clean(text), words)
    numbers = {claim.id: number for number, claim in enumerate(catalogue.claims)}
    without = _without_each(catalogue, heard)
    contenders = []
    for match in found:
        number = numbers[match.claim]
        if taught is not None and number in taught:
            meant = own is not None and own.claim == number
            score = own.odds if own is not None and meant else 0.0
            evidence = [Evidence(*each) for each in own.words] if own is not None and meant else []
        else:
            score = float(reading.claims[number])
            evidence = [Evidence(word, round(score - float(other.claims[number]), 3)) for word, other in without]
        evidence = [each for each in evidence if abs(each.weight) >= WORTH_NAMING]
        contenders.append(
            Contender(
                match.claim,
                match.topic,
                match.confidence,
                round(score, 3),
                tuple(sorted(evidence, key=lambda each: (-each.weight, each.words))),
                _nearest(line, catalogue.claims[number].questions),
            )
        )
    by_parts = found[:1] != read[:1] and not (taught is not None and found and numbers[found[0].claim] in taught)
    outside = 1 - _inside(catalogue, reading)
    return Explanation(
        text=text,
        words=tuple(line.words),
        repairs=tuple(Repair(typed, read) for typed, read in line.repairs),
        strange=tuple(dict.fromkeys(word for word in line.words if word.isalpha() and not catalogue.knows(word))),
        contenders=tuple(contenders),
        out_of_scope=round(outside, 3),
        why=(BY_PARTS if by_parts else "") + _why(contenders, outside),
        sure=SURE,
        near=NEAR,
    )


def _without_each(catalogue: Catalogue, line: Line) -> list[tuple[str, Reading]]:
    """For each distinct word the reading of the line without it; none for a line of one word."""
    found = []
    for word in list(dict.fromkeys(line.words))[:MOST_WORDS]:
        kept = [i for i, other in enumerate(line.words) if other != word]
        if kept:
            trust = None if line.trust is None else [line.trust[i] for i in kept]
            found.append((word, catalogue.read(Line([line.words[i] for i in kept], trust, (), line.missing))))
    return found


def _nearest(line: Line, questions: tuple[str, ...]) -> str:
    found = process.extractOne(" ".join(line.words), questions, scorer=fuzz.token_sort_ratio, processor=normalise)
    return str(found[0]) if found else ""


def _inside(catalogue: Catalogue, reading: Reading) -> float:
    first, *others = reading.order()[:2]
    return catalogue.calibration.inside(reading.signals(first, others[0] if others else None))


def _why(contenders: list[Contender], outside: float) -> str:
    if not contenders:
        return say("moderators.explaining.all_hidden")
    first = contenders[0]
    for_it = ", ".join(f"'{each.words}'" for each in first.evidence[:3] if each.weight > 0) or say(
        "moderators.explaining.wording_as_whole"
    )
    if first.confidence < NEAR:
        if outside > 1 / 2:
            return say(
                "moderators.explaining.it_reads_like_something_out_of",
                outside=outside,
                claim=first.claim,
                for_it=for_it,
            )
        return say(
            "moderators.explaining.no_claim_fits_well_enough",
            claim=first.claim,
            confidence=first.confidence,
            for_it=for_it,
        )
    lead = f"'{first.claim}' leads for {for_it}"
    if len(contenders) == 1:
        return say("moderators.explaining.there_is_no_other_topic", lead=lead)
    second = contenders[1]
    gap = f"{first.confidence:.0%} against {second.confidence:.0%}"
    speaks = {each.words: each.weight for each in second.evidence}
    lacking = [each.words for each in first.evidence if each.weight > speaks.get(each.words, 0.0) + WORTH_NAMING]
    because = (
        say("moderators.explaining.which_says_less_of", listed=", ".join(repr(word) for word in lacking[:3]))
        if lacking
        else ""
    )
    verdict = "" if first.confidence >= SURE else say("moderators.explaining.not_sure_enough")
    return f"{lead}, before '{second.claim}'{because}: {gap}.{verdict}"
