"""A picture before moderators, at its limits: the longest claim, the longest words, and no picture to be had."""

from dataclasses import replace

import pytest

from bot.core.model import OwnPicture
from bot.core.overlay import Entry, Standing
from bot.pictures.upload import MAX_ALT
from bot.service.curation import Shown
from bot.service.previews import Preview
from bot.ui.curation import words
from bot.ui.curation.listings import claim_layout
from bot.ui.curation.previews import preview
from bot.ui.kit.buttons import Press
from bot.ui.kit.layout import Layout
from bot.ui.kit.limits import faults
from bot.ui.kit.pictures import Shown as Picture
from tests.ui.curation.test_previews import huge

__all__ = ["huge"]

ALT = ("What the sled looks like. " * 50)[:MAX_ALT]
OWN = OwnPicture("ab" * 32, "jpg", ALT)
CONTENT = pytest.mark.parametrize("content", [b"\xff\xd8", None], ids=["shown", "missing"])


@pytest.fixture
def pictured(huge: Preview) -> Preview:
    """A preview of a picture on the longest claim."""
    [item] = huge.draft.items
    after = Entry(picture=OWN)
    return replace(huge, draft=replace(huge.draft, action="picture", items=(replace(item, after=after),), fields=None))


def said(layout: Layout) -> str:
    return "\n".join(getattr(each, "content", "") for each in layout.walk_children()).strip()


@CONTENT
def test_the_longest_claim_with_the_longest_words_is_a_preview_that_discord_takes(
    pictured: Preview, content: bytes | None
) -> None:
    shown = preview(pictured, Picture("ab.jpg", ALT, content))
    assert faults(shown.layout) == []
    assert len(shown.layout.files()) == (content is not None)
    assert said(shown.layout).startswith(words.PREVIEW)
    assert "**Checks**" in said(shown.layout)


@CONTENT
def test_the_longest_claim_with_the_longest_words_can_be_looked_at(huge: Preview, content: bytes | None) -> None:
    claim = replace(huge.service.knowledge.claims["huge"], own_picture=OWN)
    [answer] = huge.answers
    answer = replace(answer, safety_line=True)
    found = Shown(
        claim, Standing.EXTENDED, Entry(picture=OWN), claim, 999_999_999, answer, huge.service, release_notice=True
    )
    layout = claim_layout(found, Picture("ab.jpg", ALT, content))
    assert faults(layout) == []
    assert "kunpicture" in [each.kind for each in layout.walk_children() if isinstance(each, Press)]
