"""What hurts comes before a wish for more: a complaint of a joint, a muscle or the back, in a message that leads to more load, depth or work.

"I only feel it in my knees, not in my quads" leads to bending the knees more by all its other words. The words, places and
claims are data (`hurts` of knowledge/conditions.yaml), in the small language of `bot.core.sayings`.
"""

from collections.abc import Collection, Iterator, Sequence

from bot.core.model import HurtPlace, Hurts
from bot.core.sayings import Around, Sayings
from bot.core.text import clean, stem, words

IT = "{it}"


class Hurting:
    """Hears what of somebody's hurts, or takes the work of a muscle. Fixed once made."""

    def __init__(self, hurts: Hurts, around: Around) -> None:
        """Take the words of `hurts`; `around`: what denies them."""
        self._hurts = hurts
        self._gives = [frozenset(hurts.wishes).difference(each.keeps).union(each.instead_of) for each in hurts.places]
        self._asking, self._telling, self._denied = (
            frozenset(map(stem, each)) for each in (hurts.asking, hurts.telling, hurts.denied)
        )
        self._told = Sayings(
            ((at, said) for at, place in self._numbered() for said in self._all(hurts.told, place)), around
        )
        self._done = Sayings(
            ((at, said) for at, place in self._numbered() for said in self._all(hurts.done, place)), around
        )
        self._unless = [frozenset(map(stem, place.unless)) for place in hurts.places]
        self._called = [frozenset(map(stem, words(clean(place.name)))) - around.theirs for place in hurts.places]
        felt = ((at, said) for at, place in self._numbered() if place.felt for said in self._all(hurts.felt, place))
        self._felt = Sayings(felt, around, hurts.ordinary)

    def _numbered(self) -> Iterator[tuple[int, HurtPlace]]:
        return iter(enumerate(self._hurts.places))

    def _all(self, patterns: Sequence[str], place: HurtPlace) -> Iterator[str]:
        """Yield the patterns with the names of a place, and with the words that stand for a name in braces."""
        for pattern in patterns:
            for group, either in self._hurts.words.items():
                pattern = pattern.replace(f"{{{group}}}", "/".join(either))  # noqa: PLW2901 -- filled step by step
            yield from (pattern.replace(IT, name) for name in place.names)

    def gives_way(self, claim: str) -> bool:
        """Say whether a claim may give way to one about what hurts: it asks for more load, depth or work, or a place is named for it."""
        return any(claim in given for given in self._gives)

    def first(self, text: str, line: str = "", shown: Collection[str] | None = None) -> tuple[str, str]:
        """Return the claim about what hurts in a text and the line that goes before it; "" for both where nothing does.

        Of several places the first that is listed counts: the narrower ones stand first. `line`: what is said to the question
        itself; where that speaks of the place, it stands. `shown`: the claims that would be shown, one of which must give way
        to the place; None for any.
        """
        said, answered = (frozenset(map(stem, words(clean(each)))) for each in (text, line))
        hurt = [at for at, before in self._told.found_plainly(text) if self._denied.isdisjoint(before)]
        hurt += [at for at, before in self._done.found_plainly(text) if not self._asks(before)]
        for at, place, claim in (
            *((at, self._hurts.places[at], self._hurts.places[at].claim) for at in sorted(hurt)),
            *(
                (at, self._hurts.places[at], self._hurts.places[at].felt)
                for at in sorted(self._felt.found_anyhow(text))
            ),
        ):
            if shown is not None and self._gives[at].isdisjoint(shown):
                continue
            if said.isdisjoint(self._unless[at]) and answered.isdisjoint(self._called[at]):
                return claim, self._hurts.first.format(it=place.name)
        return "", ""

    def _asks(self, before: Sequence[str]) -> bool:
        """Say whether the words before ask what the press does to anybody ("does going deep hurt"), and tell of nobody ("if it hurts")."""
        asked = max((at for at, word in enumerate(before) if word in self._asking), default=-1)
        told = max((at for at, word in enumerate(before) if word in self._telling), default=-1)
        return not self._denied.isdisjoint(before) or asked > told
