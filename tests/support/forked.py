"""Processes of the bot that need not import it again: a process that has imported all of it forks one for each request.

An ordinary start of the bot is a second of imports, the same each time. A forked one is a process like any other: with its own
number, signals, folder, environment and output, and it ends as Python ends. Only what happens while it imports is left
out. Needs Linux (`fork`, `pidfd_open`).
"""

import asyncio
import atexit
import contextlib
import gc
import importlib
import io
import json
import os
import runpy
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
REDIRECTED = Path(__file__).parent / "redirected" / "sitecustomize.py"
CAN_FORK = hasattr(os, "fork") and hasattr(os, "pidfd_open")
IMPORTED = (
    "aiosqlite",
    "alembic.command",
    "alembic.runtime.environment",
    "bot.bootstrap",
    "bot.cli.run",
    "bot.client",
    "bot.core.knowledge.lints",
    "bot.core.knowledge.loader",
    "bot.service.workshop",
    "bot.store.migrate",
    "bot.store.store",
    "sqlalchemy.dialects.sqlite.aiosqlite",
)
"""From here all is reached that a start of the bot imports, but for what it may want to set itself."""
_MESSAGE_BYTES = 1 << 16


class ForkedProcess:
    """A process that the server has forked; used as asyncio's own processes are."""

    def __init__(self, pid: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._writer = writer
        self._ends = asyncio.create_task(self._read_code(reader))

    async def wait(self) -> int:
        """Wait for its end and return its exit code, or the signal that ended it as a negative number."""
        return await asyncio.shield(self._ends)

    def send_signal(self, number: int) -> None:
        """Send it a signal. Raises ProcessLookupError where it has ended."""
        if self.returncode is not None:
            raise ProcessLookupError
        os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once. Raises ProcessLookupError where it has ended."""
        self.send_signal(signal.SIGKILL)

    async def _read_code(self, reader: asyncio.StreamReader) -> int:
        line = await reader.readline()
        self._writer.close()
        self.returncode = int(line)
        return self.returncode


async def start(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, output: IO[bytes]
) -> ForkedProcess:
    """Start `python -m bot ARGUMENTS` in `folder` with nothing but `environment`; it writes all to `output`."""
    connection = _ask(arguments, environment, folder, output)
    connection.setblocking(False)
    reader, writer = await asyncio.open_connection(sock=connection)
    return ForkedProcess(int(await reader.readline()), reader, writer)


_server: "tuple[Path, subprocess.Popen[bytes]] | None" = None


def _ask(arguments: Sequence[str], environment: Mapping[str, str], folder: Path, output: IO[bytes]) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.connect(str(_running_server()))
    request = json.dumps({"arguments": list(arguments), "environment": dict(environment), "folder": str(folder)})
    socket.send_fds(connection, [request.encode()], [output.fileno()])
    return connection


def _running_server() -> Path:
    """Return the socket of this process's server, which ends with it."""
    global _server  # noqa: PLW0603 -- one for all tests of a worker
    if _server is None:
        folder = Path(tempfile.mkdtemp(prefix="lp-fork-"))
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.forked", str(folder / "socket")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # threads do not live through a fork
        )
        atexit.register(_end, process, folder)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        _server = folder / "socket", process
    return _server[0]


def _end(process: "subprocess.Popen[bytes]", folder: Path) -> None:
    assert process.stdin is not None
    process.stdin.close()
    process.wait(30)
    assert process.stdout is not None
    process.stdout.close()
    (folder / "socket").unlink(missing_ok=True)
    folder.rmdir()


class _Server:
    """Forks a process for each request, and tells the number of each, and its exit code once it has ended."""

    def __init__(self, path: str) -> None:
        self._selector = selectors.DefaultSelector()
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(path)
        self._listener.listen()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(sys.stdin, selectors.EVENT_READ)

    def next_request(self) -> dict[str, Any] | None:
        """Return the request in the forked process, each time; None in the server, once nobody will ask any more."""
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is sys.stdin:
                    return None
                if key.fileobj is self._listener:
                    if (request := self._fork()) is not None:
                        return request
                else:
                    self._told(key)

    def _fork(self) -> dict[str, Any] | None:
        connection, _ = self._listener.accept()
        message, (output, *_), _, _ = socket.recv_fds(connection, _MESSAGE_BYTES, 1)
        pid = os.fork()
        if pid == 0:
            os.dup2(output, 1)
            os.dup2(output, 2)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            for key in list(self._selector.get_map().values()):
                if isinstance(key.fileobj, int):
                    os.close(key.fileobj)
                    key.data[1].close()
            self._listener.close()
            self._selector.close()
            connection.close()
            os.close(output)
            request: dict[str, Any] = json.loads(message)
            return request
        os.close(output)
        connection.sendall(b"%d\n" % pid)
        self._selector.register(os.pidfd_open(pid), selectors.EVENT_READ, (pid, connection))
        return None

    def _told(self, key: selectors.SelectorKey) -> None:
        pid, connection = key.data
        _, status = os.waitpid(pid, 0)
        self._selector.unregister(key.fileobj)
        os.close(key.fd)
        with contextlib.suppress(OSError):  # whoever asked has gone
            connection.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
        connection.close()


def _become(request: dict[str, Any]) -> None:
    """Be the process that was asked for, until its end."""
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)), encoding="utf-8")
    sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(io.FileIO(2, "w", closefd=False)),
        encoding="utf-8",
        errors="backslashreplace",
        line_buffering=True,
    )
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv[1:] = request["arguments"]
    runpy.run_path(str(REDIRECTED))
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


def main(path: str) -> None:
    """Serve at `path` until standard input ends; in a forked process, be the bot."""
    for name in IMPORTED:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for pytest, which ends this
    server = _Server(path)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    request = server.next_request()
    if request is not None:
        _become(request)


if __name__ == "__main__":
    main(sys.argv[1])
