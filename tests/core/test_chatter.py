"""Thanks, greetings and emoji want no answer; questions do."""

import pytest

from bot.core.chatter import is_chatter


@pytest.mark.parametrize(
    "text", ["thanks!", "ty bro", "lmaooo", "ok cool", "💀💀", "<:kek:123456>", "https://x.y/z", "", "hi"]
)
def test_thanks_greetings_and_emoji_are_chatter(text: str) -> None:
    assert is_chatter(text)


@pytest.mark.parametrize("text", ["why", "how deep", "is it ok?", "thanks, but how deep"])
def test_a_question_is_not_chatter(text: str) -> None:
    assert not is_chatter(text)
