"""The fixed texts of a stop and of what is said after it: no condition's name, no score, no technique, no all-clear."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from bot.core.model import Stop, Tier
from bot.sentences import say

SELF_HARM, ABUSE = "self_harm", "abuse"
NEUTRAL = "neutral"
HELP_IS_COMING = say("stops.texts.help_is_coming")
"""What a text that says what to do with the hands says in place of whom to call, once help is coming (safety2.md 9.2)."""
MOST_TEXT = 350
"""Characters of any form in any region (safety2.md 11)."""
SLOTS = ("emergency", "number", "short", "crisis", "same_day", "child", "thrusts")
"""What a text may leave to the region."""
MADE_OF = {"short": "number"}
"""Slots that a region may leave out, and what stands for them; any other is then empty."""


@dataclass(frozen=True, slots=True)
class Text:
    """One fixed text, to the person and about somebody else. `self_` "": the text `otherwise` serves."""

    self_: str
    proxy: str
    otherwise: str = ""
    hands_on: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A region's strings as they may be shown today, by slot, and how people name the place."""

    name: str
    strings: Mapping[str, str]
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Language:
    """What stands below an English stop, with and without a region set, and what a decline adds."""

    line: str
    in_region: str
    reads_english: str


class StopTexts:
    """What a member reads: the stop, its short form, and the text for each kind of message after it."""

    def __init__(
        self,
        texts: Mapping[str, Text],
        lines: Mapping[str, str],
        regions: Mapping[str, Region],
        languages: Mapping[str, Language],
    ) -> None:
        """Take what `from_data` read; kept as they are."""
        self.texts = texts
        self.lines = lines
        self.regions = regions
        self.languages = languages

    @property
    def line(self) -> str:
        """The one sentence that ends every answer about pain, and stands alone where the gate is unsure."""
        return self.lines["line"]

    @property
    def pointer(self) -> str:
        """The last line of every decline and suggestion."""
        return self.lines["pointer"]

    def full(self, stop: Stop, region: str = "") -> str:
        """Return the whole text of a stop. `region`: one of `regions`; another value, or "", gives the neutral text."""
        return self._with_lines(self.said(self._route(stop), stop, region), stop, region)

    def again(self, stop: Stop, region: str = "") -> str:
        """Return the short form for the same stop told before; a route without one repeats its own text."""
        return self._with_lines(self.said(self.again_name(stop), stop, region), stop, region)

    def again_name(self, stop: Stop) -> str:
        """Return the name of the text that repeats a stop."""
        route = self._route(stop)
        return f"{route}_again" if f"{route}_again" in self.texts else route

    def label(self, stop: Stop, region: str = "") -> str:
        """Return one line for a choice, without Markdown; the number stands near its beginning."""
        name = f"label_{stop.route}"
        return self.said(name if name in self.texts else f"label_{stop.tier.value}", stop, region).replace("**", "")

    def caution(self, stop: Stop, region: str = "") -> str:
        """Return the sentence that goes with the answers after a stop of tier soon."""
        name = f"{self._route(stop)}_caution"
        return self.said(name if name in self.texts else f"{Tier.SOON.value}_caution", stop, region)

    def waiting(self, stop: Stop, region: str = "") -> str:
        """Return a hands-on route's own text for somebody whose help is coming."""
        return self.said(self._route(stop), stop, region, emergency=HELP_IS_COMING)

    def said(self, name: str, stop: Stop, region: str = "", *, emergency: str = "") -> str:
        """Return the text `name` in the form for this stop. Raises KeyError where there is none of that name."""
        text = self.texts[name]
        form = text.proxy if stop.proxy else text.self_
        if not form:
            form = self.texts[text.otherwise].self_
        strings = self.strings(region)
        if emergency:
            strings = {**strings, "emergency": emergency.format(**strings)}
        return _tidy(form.format(**strings))

    def strings(self, region: str) -> dict[str, str]:
        """Return what stands in each slot in a region."""
        place = self.regions.get(region) or self.regions[NEUTRAL]
        return {slot: place.strings.get(slot) or place.strings.get(MADE_OF.get(slot, ""), "") for slot in SLOTS}

    def reads_english(self, language: str) -> str:
        """Return the sentence that the bot reads English only, in a language; "" where that is not known."""
        known = self.languages.get(language)
        return "" if known is None else known.reads_english

    def _route(self, stop: Stop) -> str:
        return stop.route if stop.route in self.texts else stop.tier.value

    def _with_lines(self, text: str, stop: Stop, region: str) -> str:
        """Add the line for a minor, and the one in the language of the message."""
        strings = self.strings(region)
        lines = [text]
        if stop.minor and stop.route != ABUSE:  # there, the coach may be the one
            child = f" {strings['child']}" if stop.route == SELF_HARM and strings["child"] else ""
            lines.append(self.lines["minor"] + child)
        language = self.languages.get(stop.language)
        if language is not None:
            known = region in self.regions and region != NEUTRAL
            lines.append(language.in_region.format(**strings) if known else language.line)
        return "\n".join(lines)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Rebuild from plain data in the shape of the YAML files; what is to be verified live first is left out."""
        texts = {
            name: Text(each.get("self") or "", each["proxy"], each.get("otherwise") or "", bool(each.get("hands_on")))
            for name, each in data["texts"].items()
        }
        regions = {
            key: Region(
                each["name"],
                {slot: shown(each[slot]) for slot in SLOTS if each.get(slot)},
                tuple(each.get("places") or ()),
            )
            for key, each in data["regions"].items()
        }
        languages = {
            key: Language(shown(each["line"]), each["in_region"], each["reads_english"])
            for key, each in data["language_lines"].items()
        }
        return cls(texts, dict(data["lines"]), regions, languages)


def shown(string: Mapping[str, Any]) -> str:
    """Return what of a sourced string may be shown today: nothing that must be verified live and was not."""
    if string.get("verify_live") and not string.get("checked"):
        return str(string.get("until_checked") or "")
    return str(string["says"])


def _tidy(text: str) -> str:
    """Return a text without the spaces that an empty slot leaves."""
    return re.sub(r" {2,}", " ", text).strip()


TEXTS = (
    *(f"{tier.value}{form}" for tier in Tier for form in ("", "_again")),
    *(f"label_{tier.value}" for tier in Tier),
    f"{Tier.SOON.value}_caution",
)
"""The texts that the data must hold, whatever the routes."""
LINES = ("line", "pointer", "minor", "attachment")
