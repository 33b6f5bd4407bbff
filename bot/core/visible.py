"""Text as readers see it: what is invisible, turns text round or speaks to a terminal is left out."""

import re
import unicodedata

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f"  # controls, but for tab and line feed: a terminal obeys them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turn the direction of what follows
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # take no room, or are letters that show nothing (Default_Ignorable)
    "\U000e0000-\U000e0fff]"  # tags
)
# U+200C and U+200D take no room either, but shape letters of some scripts and make one emoji of several.


def visible(text: str) -> str:
    """Return a text without what cannot be seen; tabs, line feeds and the joiners within words and emoji stay."""
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub("", text.replace("\r\n", "\n"))


def as_kept(text: str) -> str:
    """Return a text that somebody wrote as it may be kept: what can be seen of it, without any member's id.

    A mention of a member is their id in angle brackets, and `SOMEBODY` takes its place; roles and channels stay.
    """
    return _MEMBER.sub(SOMEBODY, visible(text))


_MEMBER = re.compile(r"<@!?\d{1,25}>")
SOMEBODY = "somebody"


def looks_empty(text: str) -> bool:
    """Say whether nothing of a text can be read: no letter, digit or symbol, such as an emoji; points alone say nothing."""
    return not any(unicodedata.category(each)[0] in "LNS" for each in visible(text) if each != _BLANK_BRAILLE)


_BLANK_BRAILLE = "\u2800"
"""The cell without a dot: a symbol to Unicode, nothing to the eye."""


def look(text: str) -> str:
    """Return what two texts have in common that look alike: case, width, marks, joiners, spaces and points apart."""
    plain = (
        unicodedata.normalize("NFKD", visible(text)).translate(_CAPITALS_LIKE_LATIN).casefold().translate(_LIKE_LATIN)
    )
    return "".join(character for character in plain if character.isalnum())


_CAPITALS_LIKE_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧԌᏦᏚᎪᎬᎻᎷᏢᎢᏙᏃᏟ",
    "abesijkmhopctyxabezhikmnoptyxgksaehmptvzc",
)
_LIKE_LATIN = str.maketrans(
    "аеорсухіјѕԁһոνοαρτκιӏԛԝҽօսցкмтвнгυωʏᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡᴢƚł01ıɩɑɡȷƒոհꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ",  # Lisu
    "aeopcyxijsdhnvoaptkilqweougkmtbhruwyabcdeghijklmnoprtuvwztloliiagjfnhbpdtgkjczfmnlsrvhwxyaeiou",
)
"""Letters of other scripts, small capitals and digits that cannot be told from Latin ones at a glance (Unicode's confusables)."""
