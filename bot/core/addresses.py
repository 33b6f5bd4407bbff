"""A pasted address as a source of a server's own: title and site are typed or read from the address; nothing is fetched.

In a form it is a line: "Manual of our sled | gym.example | https://gym.example/manual", of which the address alone must be.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import SplitResult, unquote, urlsplit

from bot.core.fields import Fields, lines_of, one_line
from bot.core.model import ServerSource
from bot.core.visible import look, visible
from bot.sentences import say

MOST_ADDRESS, MOST_TITLE, MOST_SITE = 500, 120, 60

SCHEME = say("moderators.addresses.scheme")
BEFORE_THE_AT = say("moderators.addresses.before_the_at")
WITH_A_KEY = say("moderators.addresses.with_a_key")
UNSEEN = say("moderators.addresses.unseen")
SIGNS = say("moderators.addresses.signs")
NO_SITE = say("moderators.addresses.no_site")
SEVERAL = say("moderators.addresses.several")

_KEYED = re.compile(r"[a-z][a-z0-9+.-]{1,30}://[^\s/?#<>\"]*@", re.IGNORECASE)
_SECRETS = (
    r"(?:password|passwd|passphrase|passcode|pwd|pw|(?:access|auth|id|refresh|bearer)?[_-]?token|api[_-]?key"
    r"|(?:client[_-]?)?secret|(?:php|j)?sess(?:ion)?[_-]?id|jwt|sig|(?:x-amz-)?signature)"
)
"""How a part of an address is called that lets in whoever has it."""
_GIVEN = re.compile(rf"[?&#;]{_SECRETS}=[^&#\s]", re.IGNORECASE)
_GIVEN_INSIDE = re.compile(rf"https?://[^\s<>\"]*?{_GIVEN.pattern}", re.IGNORECASE)
_SPACES = re.compile(r"[ \t]+")
_MINE = re.compile(r"https?://", re.IGNORECASE)
_SCHEMED = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:\S")
_STRANGE = re.compile(r"[\s<>\"\\^`{|}]")
_ALONE = re.compile(r"(?:(?P<before>.*[.!?…])\s+)?<?(?P<address>https?://\S+?)>?", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]+")
_INSIDE = (".local", ".localhost", ".internal", ".lan", ".home", ".home.arpa", ".onion", ".test", ".invalid")
_TOGETHER = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"})
"""Scripts that one name may mix."""


class AddressError(ValueError):
    """What keeps an address from being a source, as a sentence that does not repeat it."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The lines of a form's sources: the names of shipped ones, addresses, and what is wrong, each with its line from 1."""

    names: tuple[tuple[int, str], ...]
    own: tuple[tuple[int, ServerSource], ...]
    faults: tuple[tuple[int, str], ...]


def named(address: str, title: str = "", site: str = "") -> ServerSource:
    """Return an address as a source; what is not named is read from it. Raises AddressError for one that is none."""
    address = address.strip()
    parts = _parts(address)
    title, site = (one_line(visible(text).replace("|", "/")) for text in (title, site))
    for what, text, most in (("title", title, MOST_TITLE), ("site", site, MOST_SITE)):
        if len(text) > most:
            raise AddressError(say("moderators.addresses.long_name", what=what, length=len(text), most=most))
        if "://" in text:
            raise AddressError(SEVERAL)
    host, shown = _host(parts)
    shown = shown.removeprefix("www.")
    return ServerSource(_with_host(parts, host), title or _title_in(parts) or shown, site or shown)


def is_address(line: str) -> bool:
    """Say whether a line of a form's sources is meant as an address, and not as the name of a shipped source."""
    text = line.strip()
    return bool("://" in text or "/" in text or "|" in text or _SCHEMED.match(text) or text.lower().startswith("www."))


def read_source(line: str) -> ServerSource:
    """Return the source that a line of a form names. Raises AddressError."""
    pieces = [piece.strip() for piece in line.split("|")]
    words = [word for piece in pieces for word in _SPACES.split(piece) if _MINE.match(word.lstrip("<("))]
    if len(words) > 1:
        raise AddressError(SEVERAL)
    if not words:
        raise AddressError(SCHEME)
    address = words[0]
    if address in pieces:
        pieces.remove(address)
    names = [piece.replace(address, " ").strip(" :–—-") if address in piece else piece for piece in pieces]
    names = [name for name in names if name]
    bare = address[1:].removesuffix(")") if address.startswith("(") else address.strip("<>")
    return named(bare, next(iter(names), ""), " / ".join(names[1:]))


def sorted_lines(text: str) -> Sorted:
    """Return what the lines of a form's sources are."""
    names, own, faults = [], [], []
    for number, line in enumerate(lines_of(text), start=1):
        if not is_address(line):
            names.append((number, visible(line)))
            continue
        try:
            own.append((number, read_source(line)))
        except AddressError as wrong:
            faults.append((number, str(wrong)))
    return Sorted(tuple(names), tuple(own), tuple(faults))


def gathered(typed: Fields) -> Fields:
    """Return fields with the addresses that stand alone in Answer, Why or Not known, or end a line there, among the sources.

    What would leave a text empty stays where it is, and so does what a sentence needs.
    """
    changed: dict[str, str] = {}
    found: list[str] = []
    for name in ("answer", "why", "unknown"):
        kept, taken = [], []
        for line in getattr(typed, name).splitlines():
            alone = _ALONE.fullmatch(line.strip())
            if alone is None:
                kept.append(line)
                continue
            taken.append(alone["address"])
            kept += [alone["before"]] if alone["before"] else []
        if taken and (name != "answer" or any(map(str.strip, kept))):
            changed[name] = "\n".join(kept).strip()
            found += taken
    known = typed.sources
    new = [each for each in dict.fromkeys(found) if each not in known]
    return replace(typed, **changed, sources="\n".join([*lines_of(known), *new])) if changed else typed


def told_by(text: str) -> str:
    """Return what an address in a text tells whoever reads it: a name or password before its @, a key behind it; "" for none."""
    if _KEYED.search(text):
        return BEFORE_THE_AT
    return WITH_A_KEY if _GIVEN_INSIDE.search(text) else ""


def without_twins(sources: Iterable[ServerSource]) -> tuple[ServerSource, ...]:
    """Return sources with each address once; the last one says how it is called."""
    return tuple({each.url: each for each in sources}.values())


def _parts(address: str) -> SplitResult:
    if visible(address) != address or any(unicodedata.category(each)[0] == "C" for each in address):
        raise AddressError(UNSEEN)
    if not _MINE.match(address):
        raise AddressError(SCHEME)
    if len(address) > MOST_ADDRESS:
        raise AddressError(say("moderators.addresses.too_long", most=MOST_ADDRESS, length=len(address)))
    if _STRANGE.search(address):
        raise AddressError(SIGNS)
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise AddressError(SIGNS) from None
    if "@" in parts.netloc:
        raise AddressError(BEFORE_THE_AT)
    if _GIVEN.search(unquote(address)):
        raise AddressError(WITH_A_KEY)
    return parts


def _host(parts: SplitResult) -> tuple[str, str]:
    """Return the site's name in plain letters, and as it is read. Raises AddressError where it names none, or looks like another."""
    host = (parts.hostname or "").rstrip(".")
    if "." not in host or host.endswith(_INSIDE) or _is_number(host):
        raise AddressError(NO_SITE)
    try:
        plain = host.encode("idna").decode("ascii")
        read = ".".join(
            label.encode("ascii").decode("idna") if label.startswith("xn--") else label for label in plain.split(".")
        )
    except UnicodeError:
        raise AddressError(SIGNS) from None
    if not read.isascii() and any(map(_looks_like_another, read.split("."))):
        raise AddressError(say("moderators.addresses.lookalike", site=plain[:MOST_SITE]))
    if not host.isascii() and unicodedata.normalize("NFC", host).replace("ß", "ss") != read:
        raise AddressError(say("moderators.addresses.lookalike", site=plain[:MOST_SITE]))
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+", plain):
        raise AddressError(NO_SITE)
    return plain, read


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host.replace(".", "").isdigit() or host.startswith("0x")
    return True


def _looks_like_another(label: str) -> bool:
    """Say whether a part of a site's name is written so that it can be taken for another one: of mixed or alike letters."""
    if label.isascii():
        return False
    letters = [each for each in label if each.isalpha()]
    scripts = {unicodedata.name(each, "?").split(" ")[0] for each in letters}
    if len(scripts) > 1 and not scripts <= _TOGETHER:
        return True
    if scripts == {"LATIN"}:
        # An accent stays visible; a letter that is another one's double has no plain letter under it.
        return any(not unicodedata.normalize("NFKD", each)[0].isascii() and each not in "ßæøœłđðþ" for each in letters)
    return look(label).isascii()


def _with_host(parts: SplitResult, host: str) -> str:
    port = f":{parts.port}" if parts.port is not None else ""
    return parts._replace(scheme=parts.scheme.lower(), netloc=f"{host}{port}").geturl()


def _title_in(parts: SplitResult) -> str:
    """Return the words of the last part of an address that has some, as a title; "" where there are none."""
    last = PurePosixPath(visible(unquote(parts.path))).name
    stem, _, ending = last.rpartition(".") if re.search(r"\.[A-Za-z]{2,5}$", last) else (last, "", "")
    words = _WORDS.findall(stem)
    written = [word for word in words if word.isalpha()]
    if len(written) < 2 and not (written and ending.lower() == "pdf"):  # noqa: PLR2004 -- one word is a name, or a key
        return ""
    title = " ".join(words)
    title = title if len(title) <= MOST_TITLE else title[:MOST_TITLE].rsplit(" ", 1)[0]
    return title[:1].upper() + title[1:]
