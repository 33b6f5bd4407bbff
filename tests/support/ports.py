"""A port for a program that is started later, which nothing else takes meanwhile."""

import itertools
import os
import socket

FIRST, COUNT = 20_000, 10_000
"""Below all that systems hand out by themselves, to whoever asks for any port or connects (Linux: from 32,768)."""
_next = itertools.count(os.getpid() * 97)  # each worker of the tests begins elsewhere


def free_port() -> int:
    """Return a port of 127.0.0.1 that is free, another one each time."""
    for number in itertools.islice(_next, COUNT):
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", FIRST + number % COUNT))
            except OSError:
                continue
            return int(tried.getsockname()[1])
    raise RuntimeError("No port is free.")
