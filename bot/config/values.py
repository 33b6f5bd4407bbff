"""How the text of a setting becomes a value. What cannot be read is a ValueError that says what to write."""

from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from bot.sentences import say

HIGHEST_PORT = 65535
MOST_ADDRESS = 300
"""Characters; with a claim's page behind it, Discord's limit of 512 for a button's address is kept."""

_TRUE = frozenset({"true", "1", "yes", "on"})
_FALSE = frozenset({"false", "0", "no", "off"})
_DATABASES = ("postgresql://", "postgres://", "postgresql+asyncpg://", "sqlite:///")


class Secret:
    """A text that shows itself only when it is asked to: not in a repr, a log or a traceback."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Keep `text`."""
        self._text = text

    def get_secret_value(self) -> str:
        """Return the text itself."""
        return self._text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "Secret('**********')"


def token(text: str) -> Secret | None:
    """Return the token, without the word "Bot" that documentation writes before it."""
    text = text.removeprefix("Bot ").strip()
    if not text:
        return None
    if any(character.isspace() for character in text) or not text.isascii():
        raise ValueError(say("host.values.not_a_token"))
    return Secret(text)


def database(text: str) -> Secret:
    """Return the address of a database, which holds a password."""
    if not text.startswith(_DATABASES):
        raise ValueError(say("host.values.postgresql"))
    try:
        _ = urlsplit(text).port
    except ValueError:
        raise ValueError(say("host.values.no_port", highest_port=HIGHEST_PORT)) from None
    return Secret(text)


def is_postgres(address: Secret) -> bool:
    """Say whether the address of a database names PostgreSQL."""
    return not address.get_secret_value().startswith("sqlite")


def web_address(text: str) -> str:
    """Return the address of a web site's folder, without a slash at its end; "" for none."""
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"https", "http"} or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ValueError(say("host.values.address"))
    if len(text) > MOST_ADDRESS or any(character.isspace() for character in text):
        raise ValueError(say("host.values.address_too_long", most_address=MOST_ADDRESS))
    return text.rstrip("/")


def folder(text: str) -> Path:
    """Return the path of a folder that may still have to be made; `~` and `~user` stand for a home folder."""
    try:
        path = Path(text).expanduser()
    except RuntimeError:
        raise ValueError(say("host.values.no_home")) from None
    try:
        is_other = path.exists() and not path.is_dir()
    except (OSError, ValueError) as error:
        raise ValueError(say("host.values.path_not_usable", reason=_reason(error))) from None
    if is_other:
        raise ValueError(say("host.values.a_file"))
    return path


def existing_folder(text: str) -> Path:
    """Return the path of a folder that is there."""
    path = folder(text)
    if not path.is_dir():
        raise ValueError(say("host.values.no_folder"))
    return path


def lower(text: str) -> str:
    """Return a name in lower case."""
    return text.lower()


def one_of(names: tuple[str, ...]) -> Callable[[str], str]:
    """Return what reads one of `names`, in whichever case it is written."""
    by_name = {name.lower(): name for name in names}

    def read(text: str) -> str:
        if text.lower() not in by_name:
            raise ValueError(f"choose one of {', '.join(names)}")
        return by_name[text.lower()]

    return read


def yes_or_no(text: str) -> bool:
    """Return what true, yes, on, 1 or false, no, off, 0 say, in any case."""
    if text.lower() not in _TRUE | _FALSE:
        raise ValueError(say("host.values.true_or_false"))
    return text.lower() in _TRUE


def channel(text: str) -> int:
    """Return a channel's id, a positive number of 63 bits."""
    if not (text.isascii() and text.isdecimal() and 0 < int(text) < 2**63):
        raise ValueError(say("host.values.no_channel"))
    return int(text)


def address(text: str) -> str:
    """Return an address of this machine, as IPv4 or IPv6."""
    try:
        return str(ip_address(text))
    except ValueError:
        raise ValueError(say("host.values.no_host")) from None


def number(lowest: int, highest: int) -> Callable[[str], int]:
    """Return what reads a whole number from `lowest` (0 or more) to `highest`."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and lowest <= int(text) <= highest):
            raise ValueError(say("host.values.number", lowest=lowest, highest=highest))
        return int(text)

    return read


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__
