"""The form that an answer with its picture goes out as, read by a server of aiohttp's."""

import gc
import io
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.client.delivery import joined, plain_session

PNG = b"\x89PNG\r\n\x1a\n--a boundary would look so\r\n\x00\xff"
JSON = '{"data":{"content":"tiefer, 90°"}}'
PARTS: list[dict[str, Any]] = [
    {"name": "payload_json", "value": JSON},
    {"name": "files[0]", "value": io.BytesIO(PNG), "filename": "find-depth.png", "content_type": "application/octet-stream"},
]  # fmt: skip


async def as_read(data: Any, headers: dict[str, str]) -> list[tuple[str | None, str | None, str, bytes]]:
    """Send a body, and return each part's name, file, type and content as the server reads them."""
    found: list[tuple[str | None, str | None, str, bytes]] = []

    async def take(request: web.Request) -> web.Response:
        async for part in await request.multipart():
            assert isinstance(part, aiohttp.BodyPartReader)
            content = bytes(await part.read())
            found.append((part.name, part.filename, part.headers.get("Content-Type", ""), content))
        return web.Response()

    runner = web.AppRunner(app := web.Application())
    app.router.add_post("/", take)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0]
    async with aiohttp.ClientSession() as session, session.post(f"http://{host}:{port}/", data=data, headers=headers):
        pass
    await runner.cleanup()
    return found


async def test_a_form_is_read_as_aiohttps_own_is() -> None:
    body = joined(PARTS)
    assert body is not None
    own = aiohttp.FormData(quote_fields=False)
    for part in PARTS:
        own.add_field(**part)
    ours = await as_read(body.content, {"Content-Type": body.kind})
    theirs = await as_read(own, {})
    assert [each[3] for each in ours] == [JSON.encode(), PNG]
    assert [each[:2] for each in ours] == [each[:2] for each in theirs]
    assert ours[1] == theirs[1]


def test_no_part_can_end_the_form_early() -> None:
    first, second = joined(PARTS), joined(PARTS)
    assert first is not None
    assert second is not None
    assert first.kind != second.kind  # by chance each time, so that no content holds it


@pytest.mark.parametrize("name", ['a"b.png', "a\r\nb.png", "plan für alle.yaml"])
def test_what_a_name_would_have_to_be_escaped_for_is_left_to_aiohttp(name: str) -> None:
    assert joined([{**PARTS[1], "filename": name}]) is None


def test_without_parts_there_is_no_form() -> None:
    assert joined([]) is None


async def test_a_first_response_goes_over_the_same_connections_without_traces() -> None:
    began: list[object] = []

    async def begins(*_: object) -> None:
        began.append(1)

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(begins)
    async with aiohttp.ClientSession(trace_configs=[trace]) as session:
        plain = plain_session(session)
        assert plain_session(session) is plain
        assert plain.connector is session.connector
        with pytest.raises(aiohttp.ClientConnectorError):
            await plain.get("http://127.0.0.1:1/")
        assert began == []
    assert plain.closed
    assert plain_session(session) is plain  # so that its fault is the one of a closed session
    other = aiohttp.ClientSession()
    connector = other.connector
    assert connector is not None
    held = plain_session(other)
    other.detach()
    del other
    gc.collect()
    assert held.closed
    await connector.close()
