"""What waits before anything is made of it."""

import asyncio
from typing import Any

from bot.client.backlog import AT_ONCE, AT_ONCE_OF_A_SERVER, MOST_READ, MOST_WAITING, Backlog, words_in


def message(member: int, text: str = "how deep", server: int | None = 1) -> dict[str, Any]:
    return {"guild_id": server, "author": {"id": str(member)}, "content": text}


class Reader:
    """A backlog, and what was read of it."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.backlog = Backlog(lambda _, data: self._again(data), self._is_urgent, clock=lambda: 0.0)

    def _again(self, data: Any) -> None:
        assert not self.backlog.keeps("MESSAGE_CREATE", data), "what waited does not wait again"
        self.read.append(data["content"])

    async def _is_urgent(self, _: str, data: Any) -> bool:
        return "alarm" in data["content"]

    def comes(self, data: dict[str, Any]) -> bool:
        """Say whether it waits."""
        return self.backlog.keeps("MESSAGE_CREATE", data)

    async def all_read(self) -> list[str]:
        async with asyncio.timeout(10):
            await self.backlog.read_all()
        return self.read


async def test_whoever_asks_now_and_then_never_waits() -> None:
    reader = Reader()
    assert not any(reader.comes(message(each, server=each)) for each in range(500))
    assert not any(reader.comes(message(501)) for _ in range(AT_ONCE))


async def test_what_comes_fast_waits_and_is_read_the_newest_first() -> None:
    reader = Reader()
    waited = [reader.comes(message(1, f"{each}")) for each in range(AT_ONCE + 3)]
    assert waited == [False] * AT_ONCE + [True] * 3
    assert await reader.all_read() == ["8", "7", "6"]


async def test_of_a_flood_only_alarms_and_a_few_are_read() -> None:
    reader = Reader()
    for each in range(1_000):
        reader.comes(message(1, "an alarm" if each == 500 else f"{each}"))
    read = await reader.all_read()
    assert read[0] == "999"
    assert "an alarm" in read
    assert len(read) == 1 + 2 * MOST_READ


async def test_of_a_servers_many_members_together_a_flood_waits_as_well() -> None:
    reader = Reader()
    waited = [reader.comes(message(each)) for each in range(AT_ONCE_OF_A_SERVER + 200)]
    assert not any(waited[:AT_ONCE_OF_A_SERVER])
    assert all(waited[AT_ONCE_OF_A_SERVER:])
    assert not reader.comes(message(9_999, server=2))


async def test_another_server_and_another_member_come_before_the_rest_of_a_flood() -> None:
    reader = Reader()
    for _ in range(AT_ONCE + 500):
        reader.comes(message(1, "a flood"))
    for _ in range(AT_ONCE + 1):
        reader.comes(message(2, "elsewhere", server=2))
    await reader.backlog.read_all()
    assert reader.read.index("elsewhere") <= 1


async def test_what_waits_is_bounded() -> None:
    reader = Reader()
    for _ in range(MOST_WAITING + 1_000):
        reader.comes(message(1))
    assert len(reader.backlog) == MOST_WAITING
    await reader.all_read()


def test_the_words_of_an_event_are_what_somebody_wrote_or_chose() -> None:
    assert words_in(message(1, "how deep")) == "how deep"
    option = {"name": "question", "type": 3, "value": "feet high"}
    assert words_in({"data": {"name": "legpress", "options": [{"name": "ask", "options": [option]}]}}) == "feet high"
    field = {"type": 18, "component": {"type": 4, "custom_id": "text", "value": "my back"}}
    assert words_in({"data": {"custom_id": "lp", "components": [field, field]}}) == "my back\nmy back"
    assert words_in({"data": {"resolved": {"messages": {"5": {"content": "knees"}}}}}) == "knees"
    assert words_in({"message_snapshots": [{"message": {"content": "told on"}}]}) == "told on"
    assert words_in({"data": {"options": [{"name": "days", "value": 7}]}}) == ""
