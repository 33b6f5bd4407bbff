"""The site live: asked as a browser would, while files change under it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from bot.errors import ConfigError
from bot.site.serving import Bench, Served
from tests.site.conftest import dot


@pytest.fixture
def bench(folder: Path) -> Bench:
    made = Bench(folder, "the line", dot)
    made.refresh()
    return made


@pytest.fixture
async def server(bench: Bench) -> AsyncIterator[TestServer]:
    running = TestServer(Served(bench).application(), host="127.0.0.1")
    await running.start_server()
    yield running
    await running.close()


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "claims" / "speed.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_saved_change_is_shown(bench: Bench, folder: Path) -> None:
    change(folder, "Let it down slowly.", "Count to three.")
    bench.refresh()
    assert "Count to three." in bench.site["claims/slow-sled.html"].decode()


def test_while_a_file_is_faulty_the_last_good_text_stays_with_the_fault(bench: Bench, folder: Path) -> None:
    change(folder, "verdict: mixed", "verdict: maybe")
    bench.refresh()
    page = bench.site["claims/slow-sled.html"].decode()
    assert "Let it down slowly." in page
    assert "speed.yaml:5:" in page
    assert len(bench.faults) == 1
    change(folder, "verdict: maybe", "verdict: mixed")
    bench.refresh()
    assert "Not shown yet" not in bench.site["claims/slow-sled.html"].decode()


def test_warnings_stand_on_the_page_of_their_claim(bench: Bench) -> None:
    page = bench.site["claims/slow-sled.html"].decode()
    assert "<h2>Warnings</h2>" in page
    assert "question" in page.partition("<h2>Warnings</h2>")[2].partition("</section>")[0]


def test_without_a_first_good_text_there_is_nothing_to_show(folder: Path) -> None:
    change(folder, "verdict: mixed", "verdict: maybe")
    with pytest.raises(ConfigError, match="Mend these first"):
        Bench(folder, "the line", dot).refresh()


async def test_pages_and_their_parts_are_served(server: TestServer) -> None:
    async with ClientSession() as browser:
        for path, kind in [("", "text/html"), ("claims/slow-sled.html", "text/html"), ("site.js", "javascript")]:
            async with browser.get(server.make_url(f"/{path}")) as got:
                assert got.status == 200
                assert kind in got.headers["Content-Type"]
                assert got.headers["X-Content-Type-Options"] == "nosniff"
        async with browser.get(server.make_url("/../../etc/passwd")) as got:
            assert got.status == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:80"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
async def test_other_pages_get_nothing(server: TestServer, headers: dict[str, str]) -> None:
    async with ClientSession() as browser, browser.get(server.make_url("/"), headers=headers) as got:
        assert got.status == 403


async def test_an_open_page_hears_of_a_change(bench: Bench) -> None:
    served = Served(bench)
    async with (
        asyncio.timeout(20),
        TestServer(served.application(), host="127.0.0.1") as server,
        ClientSession() as browser,
        browser.get(server.make_url("/events")) as stream,
    ):
        assert await stream.content.readuntil(b"\n\n") == b": listening\n\n"
        served.changed()
        assert await stream.content.readuntil(b"\n\n") == b"event: changed\ndata: now\n\n"
        await served.close()
        assert await stream.content.read() == b""
