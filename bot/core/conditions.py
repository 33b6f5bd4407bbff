"""What members say about themselves ("I'm 72", "two stents"), found in their words, and what it changes in an answer.

The words are those of knowledge/conditions.yaml, in the small language of `bot.core.sayings`.
"""

import re
from collections.abc import Callable, Collection, Iterable
from functools import cached_property

from bot.core.hurting import Hurting
from bot.core.model import Claim, Condition, Knowledge
from bot.core.once import once
from bot.core.sayings import Sayings, words_around
from bot.core.text import clean, stem, words
from bot.core.word_lists import ConditionWords

MOST_SAID = 2
"""So many conditions are named in one answer, the gravest; more would bury what was asked."""
MOST_ASIDE = 8
"""Words of a message that only asks to forget, or what is held."""
MOST_ALLOWED = 16
"""Words of a message that only tells of somebody's yes."""

_MEANT = 2
"""Words of a condition's name that a correction has which is about it."""
_BESIDE = re.compile(r"[,.;:!?\n]+\s*|\s(?:and|so|but|then|now)\s", re.IGNORECASE)
"""Between what somebody allowed and what is asked beside it."""


class Conditions:
    """What a knowledge knows of members' conditions. Fixed once made; each is named by what it is held as."""

    def __init__(self, knowledge: Knowledge, lists: ConditionWords) -> None:
        """Take the conditions whose claim is there; `lists`: the words around them that count."""
        around = words_around(lists)
        them = knowledge.about_them
        self._held = {each.held_as: each for each in them.conditions if each.claim in knowledge.claims}
        self._leads = {
            held: each.lead or _first_line(knowledge.claims[each.claim]) for held, each in self._held.items()
        }
        said = [(held, said) for held, each in self._held.items() for said in each.says]
        self._sayings = Sayings(said, around, them.ordinary)
        self._theirs = around.theirs
        self._around = around
        self._hurts = them.hurts
        self._asks_for, self._always = them.asks_for, frozenset(them.always)
        self._harmless = frozenset(them.harmless_to_all)
        self._whether = Sayings(((True, said) for said in them.whether), around)
        self._beside_whether = frozenset(map(stem, them.beside_whether))
        self._others = Sayings(((name, said) for name, all_ in them.others.items() for said in all_), around)
        self._forget, self._recall = (
            Sayings(((True, said) for said in all_), around) for all_ in (them.forget, them.recall)
        )
        self._who, self._allows = (Sayings(((True, said) for said in all_), around) for all_ in (them.who, them.allows))

    @cached_property
    def hurting(self) -> Hurting:
        """What of theirs hurts, and comes before a wish for more."""
        return Hurting(self._hurts, self._around)

    @cached_property
    def claims(self) -> Collection[str]:
        """The claims that are about a condition which has words of its own."""
        return {each.claim for each in self._held.values() if each.says}

    def after(self, claims: Iterable[str], text: str) -> tuple[str, ...]:
        """Return the complaints of whoever was answered with `claims` about something of their own ("why does my back hurt")."""
        shown = set(claims)
        if not self.is_of_theirs(text):
            return ()
        return tuple(held for held, each in self._held.items() if not shown.isdisjoint(each.after))

    def rather(self, last: str, near: Callable[[Collection[str]], bool]) -> str:
        """Return what answers somebody better than the claim `last` who has a complaint of which the claims are `near`; "" for none."""
        return next((each.rather[last] for each in self._held.values() if last in each.rather and near(each.after)), "")

    def held_after(self, held: str) -> tuple[str, ...]:
        """Return the claims after which a complaint is held; none for a condition that is named."""
        return tuple(self._held[held].after) if held in self._held else ()

    def rather_for(self, held: Iterable[str], claim: str) -> str:
        """Return what answers somebody better than `claim` because of what is held; "" for nothing."""
        return next((each.rather[claim] for each in self._sorted(held) if claim in each.rather), "")

    def is_of_theirs(self, text: str) -> bool:
        """Say whether a text speaks of something of its writer's own ("my back")."""
        return not self._theirs.isdisjoint(map(stem, words(clean(text))))

    def flagged(self, named: Iterable[str], rules: Collection[str]) -> str:
        """Return the card of the condition named whose own flag is among `rules`; "" for none."""
        return next((each.claim for each in self._sorted(named) if each.flag and each.flag in rules), "")

    def bearing(self, held: Iterable[str], claim: str, *, on_pain: bool) -> list[str]:
        """Return the conditions that bear on an answer by `claim`: a complaint only on what is no answer about pain (`on_pain`), nor harmless."""
        spared = on_pain or claim in self._always or claim in self._harmless
        return [each for each in held if not spared or each not in self._held or self._held[each].says]

    def is_named(self, held: Iterable[str]) -> bool:
        """Say whether one of these conditions was named, rather than being what a question was about."""
        return any(each.says for each in self._sorted(held))

    def is_ask_first(self, held: Iterable[str]) -> bool:
        """Say whether somebody else has to set depth and weight first for one of these conditions."""
        return any(each.keeps_from_all for each in self._sorted(held))

    def card(self, held: str) -> str:
        """Return the claim about a condition."""
        return self._held[held].claim if held in self._held else held

    def cards(self, held: Iterable[str]) -> list[str]:
        """Return the claims about conditions, of the gravest first."""
        return [each.claim for each in self._sorted(held)]

    def named(self, text: str) -> tuple[str, ...]:
        """Return the conditions that a text names, the gravest first; none that it denies."""
        return once(self._named, text) if self._held else ()

    def _named(self, text: str) -> tuple[str, ...]:
        return tuple(each.held_as for each in self._sorted(self._sayings.found(text)))

    def without(self, text: str) -> str:
        """Return what a text says beside the conditions that it names."""
        return " ".join(once(self._sayings.without, text))

    def asks_whether(self, text: str) -> bool:
        """Say whether a text asks no more than whether to press at all ("can I press light?"), beside conditions that it names."""
        asked = self.without(text)
        return any(self._whether.found(asked)) and all(
            stem(word) in self._beside_whether for word in self._whether.without(asked)
        )

    def taken_back(self, text: str, held: Iterable[str], *, corrects: bool) -> tuple[str, ...]:
        """Return which of the conditions held a text takes back: it denies them, or puts right words of their name ("I meant low blood pressure")."""
        denied = set(self._sayings.taken_back(text)) - set(self.named(text))
        said = set(map(stem, words(clean(text)))) if corrects and not self.named(text) else set()
        return tuple(
            each
            for each in held
            if each in denied
            or (each in self._held and len(said.intersection(map(stem, words(self._held[each].name)))) >= _MEANT)
        )

    def others(self, text: str) -> tuple[str, ...]:
        """Return what other exercises a text names are called."""
        return tuple(dict.fromkeys(self._others.found(text)))

    def without_others(self, text: str) -> str:
        """Return what a text says beside the other exercises that it names."""
        return " ".join(self._others.without(text))

    def said_of_others(self, held: Iterable[str]) -> tuple[str, str] | None:
        """Return the claim that comes first for these conditions, and what is said of other exercises above it: "" where they are to be asked about.

        None where the first of them asks nobody and says nothing of that.
        """
        first = next(iter(self._sorted(held)), None)
        if first is None:
            return None
        if first.others:
            return next(iter(first.others.items()))
        return (first.claim, "") if first.keeps_from_all or any(self._who.found(self._leads[first.held_as])) else None

    def is_to_forget(self, text: str) -> bool:
        """Say whether a text asks to let go of what is held, and nothing else."""
        return len(text.split()) <= MOST_ASIDE and any(self._forget.found(text))

    def is_to_recall(self, text: str) -> bool:
        """Say whether a text asks what is held, and nothing else."""
        return len(text.split()) <= MOST_ASIDE and any(self._recall.found(text))

    def is_allowed(self, text: str) -> bool:
        """Say whether a text tells of a yes by somebody who may give it ("my midwife said it's fine")."""
        return any(self._who.found(text)) and any(self._allows.found(text))

    def only_allows(self, text: str) -> bool:
        """Say whether a text tells of such a yes and of nothing else ("physio says ok")."""
        named = {word for word in self._who.without(text) if stem(word) not in self._beside_whether}
        return self.is_allowed(text) and named.isdisjoint(self._allows.without(text))

    def beside_a_yes(self, text: str) -> str:
        """Return what a text says beside somebody's yes; "" for nothing else, or for no yes."""
        if not self.is_allowed(text):
            return ""
        said = [clause.strip() for clause in _BESIDE.split(text)]
        return ", ".join(
            clause for clause in said if clause and not any(self._who.found(clause)) and not self.is_allowed(clause)
        )

    def told(self, held: Iterable[str], speaks: Callable[[str], str] = lambda _: "") -> str:
        """Return what an answer says of conditions: of at most `MOST_SAID`, "" for none.

        `speaks`: what a card says to the thing that was asked, which is said of a complaint in the place of its first line.
        """
        known = self._sorted(held)[:MOST_SAID]
        lines = ((each, "" if each.says else speaks(each.claim)) for each in known)
        return "\n".join(f"You mentioned {each.name}. {line or self._leads[each.held_as]}" for each, line in lines)

    def unsaid(self, held: Iterable[str], rules: Collection[str], shown: Collection[str]) -> list[str]:
        """Return the conditions of which neither the caution of a stop by `rules` nor the claims `shown` say what counts.

        None whose card another one of them advises against.
        """
        known = self._sorted(held)
        names = [each.held_as for each in known]
        return [
            each.held_as
            for each in known
            if each.flag not in rules
            and ((each.lead and each.says) or (each.claim not in shown and not self.against(each.claim, names)))
        ]

    def names(self, held: Iterable[str]) -> str:
        """Return how conditions are called, in a row."""
        return ", ".join(each.name for each in self._sorted(held))

    def instead(self, claim: str, held: Iterable[str]) -> str:
        """Return the claim to show in place of `claim` for somebody with these conditions; "" for none."""
        if claim in self._always:
            return ""
        known = self._sorted(held)
        own = {each.claim for each in known}
        for each in known:
            if claim in each.rather:
                return each.rather[claim]
            let = claim in own or claim in each.lets or claim in self._harmless
            if each.claim != claim and ((each.keeps_from_all and not let) or self._advises_against(each, claim)):
                return each.claim
        return ""

    def against(self, claim: str, held: Iterable[str]) -> str:
        """Return the card that advises against what a claim asks for, whoever said yes to the leg press; "" for none."""
        if claim in self._always:
            return ""
        cards = (
            each.claim for each in self._sorted(held) if each.claim != claim and self._advises_against(each, claim)
        )
        return next(cards, "")

    def _advises_against(self, condition: Condition, claim: str) -> bool:
        """Say whether a claim asks for what the card about a condition advises against: for all that may be, where that names nothing."""
        groups = condition.avoids or (tuple(self._asks_for) if condition.keeps_from_all else ())
        return claim in condition.keeps_from or (
            claim not in condition.lets and any(claim in self._asks_for.get(group, ()) for group in groups)
        )

    def _sorted(self, held: Iterable[str]) -> list[Condition]:
        """Return the conditions, the gravest first, without what others are told apart from."""
        names = set(held)
        if not names:
            return []
        found = [each for name, each in self._held.items() if name in names]
        apart = {name for each in found for name in each.instead_of}
        if any(each.says for each in found):  # what they named says more than what their last question was about
            apart.update(each.held_as for each in found if not each.says)
        return [each for each in found if each.held_as not in apart]


def _first_line(claim: Claim) -> str:
    return claim.lead or claim.claim
