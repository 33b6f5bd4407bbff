"""Words that come up where a subject does."""

from dataclasses import asdict

import pytest

from bot.core.from_plain import value_of
from bot.core.matching.themes import NO_THEMES, Theme, Themes

THEMES = Themes((Theme(("phone", "filming"), ("camera", "tripods")), Theme(("camera",), ("lens",))), ("bringing",))


def test_a_stem_leads_to_its_themes_and_says_whether_it_names_them() -> None:
    assert THEMES.of["tripod"] == (0,)
    assert THEMES.of["camera"] == (0, 1)
    assert [stems.get("camera") for stems in THEMES.stems] == [False, True]
    assert THEMES.small_stems == {"bring"}


def test_without_themes_nothing_comes_up_beside_anything() -> None:
    assert not NO_THEMES.of
    assert not NO_THEMES.small_stems


def test_themes_survive_a_cache_and_nothing_else_is_taken_for_them() -> None:
    assert value_of(Themes, asdict(THEMES)) == THEMES
    with pytest.raises(KeyError):
        value_of(Themes, {"themes": []})
