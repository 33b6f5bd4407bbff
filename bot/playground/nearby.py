"""Phones in the same network: the address of this computer there, the code that lets in, and the picture of both."""

import hmac
import io
import secrets
import socket

import segno

from bot.errors import ConfigError
from bot.sentences import say

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Those of a code; none looks like another."""
CODE_LENGTH = 8
MOST_WRONG = 10
_NOBODY = ("192.0.2.1", 9)
"""An address for documentation (RFC 5737), to which nothing is sent: asking for the way there tells our own address."""
_WHITE_ON_BLACK, _AS_BEFORE = "\x1b[38;5;231;48;5;16m", "\x1b[0m"
"""Two of the 256 colours that no theme of a terminal changes."""


class Code:
    """A code that lets in, until it was guessed wrong too often."""

    def __init__(self) -> None:
        """Make one up: 40 bits, of which ten tries find nothing."""
        self.text = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        self._wrong = 0

    def __str__(self) -> str:
        """Return it as it is read out, in two halves."""
        return f"{self.text[:4]}-{self.text[4:]}"

    @property
    def is_spent(self) -> bool:
        """Say whether it was guessed wrong too often to be taken any more."""
        return self._wrong >= MOST_WRONG

    def opens(self, typed: str) -> bool:
        """Say whether that is the code; hyphens, spaces and small letters do not matter."""
        if self.is_spent:
            return False
        plain = "".join(each for each in typed.upper() if each in LETTERS)
        right = hmac.compare_digest(plain.encode(), self.text.encode())
        self._wrong += not right
        return right


def own_address() -> str:
    """Return this computer's address in its network. Raises ConfigError where it is in none."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.connect(_NOBODY)
            found = str(asking.getsockname()[0])
    except OSError:
        found = ""
    if not found or found.startswith(("127.", "0.")):
        raise ConfigError(say("terminal.nearby.no_network"))
    return found


def picture_of(address: str) -> str:
    """Return a QR code of an address for the terminal, white on black whatever colours that has.

    In black on white, as many terminals are, its blocks would be the negative of a code, which not every phone reads.
    """
    drawn = io.StringIO()
    segno.make(address, error="l").terminal(out=drawn, compact=True)
    return "\n".join(f"{_WHITE_ON_BLACK}{line}{_AS_BEFORE}" for line in drawn.getvalue().splitlines()) + "\n"
