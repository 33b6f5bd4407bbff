"""From lists of words and small patterns, as the files of `language/en/` hold them, to regular expressions."""

import re
from collections.abc import Iterable

_BRACKET = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\((?!\?)")


def either(listed: Iterable[str]) -> str:
    """Return words as the alternatives of a pattern, in their order."""
    return "|".join(re.escape(word).replace("\\ ", " ").replace("\\-", "-") for word in listed)


def any_pattern(listed: Iterable[str]) -> str:
    """Return small patterns as the alternatives of one, in their order. A bracket groups, and keeps nothing."""
    return "|".join(map(grouped, listed))


def grouped(pattern: str) -> str:
    """Return a small pattern as a regular expression: its round brackets group alone."""
    return _BRACKET.sub(lambda each: "(?:" if each[0] == "(" else each[0], pattern)


def fault_of(pattern: str) -> str:
    """Return what is wrong with a small pattern, "" for nothing."""
    try:
        re.compile(grouped(pattern))
    except re.error as error:
        return f"{error}"
    return ""
