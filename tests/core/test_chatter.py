"""Thanks, greetings and emoji want no answer; questions do."""

import pytest

from bot.core.chatter import Chatter
from tests.support.lists import LISTS

is_chatter = Chatter(LISTS.small_talk)


@pytest.mark.parametrize(
    "text",
    [
        "thanks!",
        "ty bro",
        "lmaooo",
        "ok cool",
        "💀💀",
        "<:kek:123456>",
        "https://x.y/z",
        "",
        "hi",
        "nice one",
        "will try that tomorrow",
        "good to know",
        "never mind",
        "idk man",
        "wow didn’t know that",
        "exactly",
        "that's what i do",
        "thank you so much for the help",
        "bad bot",
        "you are wrong",
        "ahhh ok",
    ],
)
def test_thanks_greetings_and_emoji_are_chatter(text: str) -> None:
    assert is_chatter(text)


@pytest.mark.parametrize("text", ["why", "how deep", "is it ok?", "thanks, but how deep", "is it bad", "ok so do i go all the way", "does that help my knees",
             "it hurts", "what should i do", "should i try it", "my knees", "how bad is it"])  # fmt: skip
def test_a_question_is_not_chatter(text: str) -> None:
    assert not is_chatter(text)
