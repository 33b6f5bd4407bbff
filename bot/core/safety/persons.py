"""Who a message is about: the one who writes, or somebody whom they see, coach or love (`safety.md` 4.3)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bot.core.safety.gate_words import GATE_WORDS
from bot.core.safety.lexicon import Hit

Cues = Mapping[str, Sequence[Hit]]
"""What a message holds of each role."""


_PEOPLE: Final = frozenset(GATE_WORDS.people)
_GROUPS: Final = frozenset(GATE_WORDS.groups)
"""What "my" stands before without speaking of one's own body."""
_SAYS: Final = frozenset(GATE_WORDS.says)
_I: Final = frozenset(GATE_WORDS.i)
_SHE: Final = frozenset(GATE_WORDS.she)
_MANY: Final = frozenset(GATE_WORDS.many)
_TOWARDS: Final = frozenset(GATE_WORDS.towards)
"""A person after one of these is spoken to or thought of, and not the one it is about: "a burden to my wife"."""
_TO_ME: Final = frozenset(GATE_WORDS.to_me)
_ONLOOKING: Final = frozenset(GATE_WORDS.onlooking)
_HELPLESS: Final = frozenset(GATE_WORDS.helpless)
_ABOUT_THEM: Final = frozenset(GATE_WORDS.about_them)
_STATE: Final = frozenset(GATE_WORDS.state)
_AM: Final = frozenset(GATE_WORDS.am)
_HAD: Final = frozenset(GATE_WORDS.had)
_TOOK: Final = frozenset(GATE_WORDS.took)
_TAKEN: Final = frozenset(GATE_WORDS.taken)
_DONE_TO: Final = frozenset(GATE_WORDS.done_to)
_MAY: Final = frozenset(GATE_WORDS.may)
_GONE: Final = frozenset(GATE_WORDS.gone)
"""What "if i" wishes or fears for oneself."""

_REACH: Final = 4


def about_another(words: Sequence[str], cues: Cues, body: Iterable[Hit]) -> bool:
    """Return whether a message is about somebody else than the one who writes it.

    `cues` are the hits by role (`proxy`, `bystander`, `pronoun`), `body` those of body parts and what they do.
    """
    if any(word in {"me", "us"} and i and words[i - 1] in _DONE_TO for i, word in enumerate(words)):
        return False
    told = [*cues["proxy"], *cues["bystander"]]
    covered = {i for hit in told for i in range(hit.start, hit.end)}
    people = {hit.end - 1: hit.start for hit in told}
    people |= {i: i for i, word in enumerate(words) if i not in covered and _person(word)}
    meant = [end for end, start in people.items() if not _aside(words, start, end)]
    parts = [hit.start for hit in body]
    if meant:
        seen = bool(cues["pronoun"]) or not _SHE.isdisjoint(words)
        return not (_own_state(words, parts, covered) if seen else _of_oneself(words, covered))
    if not people and not cues["bystander"] and words[:1] and words[0] in _MANY - {"them", "their"}:
        return bool(words[1:]) and words[1] not in _SAYS and not _of_oneself(words, covered)
    return not _SHE.isdisjoint(words) and not _of_oneself(words, covered)


def harms_another(words: Sequence[str], cues: Cues) -> bool:
    """Return whether what is done to somebody is done to another than the one who writes: more than the one who does it is named."""
    told = [*cues["proxy"], *cues["bystander"]]
    covered = {i for hit in told for i in range(hit.start, hit.end)}
    people = len(told) + sum(_person(word) for i, word in enumerate(words) if i not in covered)
    return people > 1 or not {"her", "him", "them"}.isdisjoint(words)


def _person(word: str) -> bool:
    return word in _PEOPLE or (word.endswith("s") and word[:-1] in _PEOPLE)


def _aside(words: Sequence[str], start: int, end: int) -> bool:
    """Whether a person is only spoken to, or only gives an opinion: "my mate says it's nothing", "tell my mum"."""
    if start and words[start - 1] in _TOWARDS:
        return True
    if start and words[start - 1] in _TOOK and set(words[end + 1 : end + 3]) & _TAKEN:
        return True  # "took my mate's pills"
    for i in range(end + 1, min(end + 1 + _REACH, len(words))):
        if words[i] in _SAYS:
            after = [word for word in words[i + 1 : i + 2 * _REACH] if word != "me"]
            return not after or after[0] in _I or not any(word in _SHE or word in _MANY for word in after)
        if words[i] in _I:
            break
    return False


def _own_state(words: Sequence[str], parts: Sequence[int], covered: set[int]) -> bool:
    """Whether somebody speaks of their own body or wishes, though others are named as well."""
    for i, word in enumerate(words):
        if i in covered:
            continue
        after = list(words[i + 1 : i + 4])
        own = word == "my" and any(i < part <= i + 2 for part in parts) and not after[0].endswith("ing")
        if own and not any(_person(one) for one in after[:2]):
            return True
        if word in _I and words[max(0, i - 1)] == "if" and set(after[:1]) & _GONE:
            return True
        if word in _I and words[max(0, i - 1)] not in _MAY:
            if after and after[0] in _STATE and not (after[0] in _HELPLESS and set(after[1:]) & (_ABOUT_THEM | _SHE)):
                return True
            if (word == "im" and set(after[:1]) & _AM) or (
                word == "ive" and set(after) & _HAD and _SHE.isdisjoint(after)
            ):
                return True
    return False


def _of_oneself(words: Sequence[str], covered: set[int]) -> bool:
    """Whether somebody speaks of their own body: "my chest", "i feel", and not only "i think", "what do i do"."""
    for i, word in enumerate(words):
        if i in covered:
            continue
        before, after = words[max(0, i - 1)], list(words[i + 1 : i + 4])
        if word in _I and before == "if" and set(after[:1]) & _GONE:
            return True
        if word in {"my", "mine"} and not (any(_person(one) for one in after) or set(after[:1]) & _GROUPS):
            return True
        if word in {"me", "myself"} and before not in _TO_ME:
            return True
        if word in _I and before not in _MAY:
            if after and after[0] in _HELPLESS and (set(after[1:]) & (_ABOUT_THEM | _SHE)):
                continue
            if after and after[0] in _ONLOOKING:
                continue
            return True
    return False
