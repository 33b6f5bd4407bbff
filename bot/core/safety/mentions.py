"""Whether a text names a warning sign at all, however it is meant: denied, past, of others, joked about, in general."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.core.model import Tier
from bot.core.safety.assertion import Assertion
from bot.core.safety.lexicon import Lexicon
from bot.core.safety.rules import Reading, RuleBook, reading
from bot.core.safety.tokens import Words
from bot.core.safety.values import Condition, Rule

WINDOW = 10
"""Words that the classes of a way stand within."""
_LEFT_TO_THE_GATE = frozenset({"R48"})
"""Rules whose words mean nothing unless somebody says them of themselves: "end it", of a set."""


class Mentions:
    """The gate's rules read without what takes them back, and further ways.

    The gate must hear who reports a sign; advice needs no report: "numbness there is not a reason to stop" speaks of it too.
    Rules of what can wait some days are left out: a bot about sore backs speaks of that.
    """

    def __init__(
        self, read: Callable[[str], Words], lexicon: Lexicon, rules: Iterable[Rule], ways: Sequence[str]
    ) -> None:
        """Compile. Raises KeyError for a class that the lexicon does not have."""
        self._read = read
        self._lexicon = lexicon
        named = tuple(Condition(near=tuple(term.strip() for term in way.split("+")), window=WINDOW) for way in ways)
        wide = [
            replace(
                rule, when=tuple(_unconditional(way) for way in rule.when if (way.tier or rule.tier) is not Tier.SOON)
            )
            for rule in rules
            if rule.id not in _LEFT_TO_THE_GATE
        ]
        self._book = RuleBook(lexicon, [*wide, Rule("about", "ABOUT", Tier.SOON, named)])

    def __call__(self, text: str) -> bool:
        """Say whether a text names a sign."""
        return self.stand_in(self.reading(text))

    def reading(self, text: str) -> Reading:
        """Return a text with its words found, for `stand_in` of these or of other rules."""
        words = self._read(text)
        meant = Assertion([0] * len(words.words), False, False, False, False, False)
        return reading(words, self._lexicon.find(words), meant)

    def stand_in(self, message: Reading) -> bool:
        """Say whether a text that was read names a sign."""
        return bool(message.text.words) and bool(self._book.fire(message))


def _unconditional(way: Condition) -> Condition:
    return replace(way, unless=(), joke=False, ordered=False)
