"""Lists of claims: what a page holds, and that every state of one fits into its buttons."""

import re

import pytest
from discord import ui

from bot.core.overlay import Standing
from bot.service.curation import Listed
from bot.service.listing import ALL, Row, Sought, View
from bot.ui.curation.listings import MOST_WORDS, ON_PAGE, list_layout, packed, unpacked
from bot.ui.kit.buttons import Press
from bot.ui.kit.forms import PREFIX
from bot.ui.kit.limits import MOST_CUSTOM_ID, faults
from bot.ui.kit.picks import Pick

LONGEST = Sought(View.REPLACED, "x" * 32, "w" * MOST_WORDS)
WIDE = "https://" + "W" * 52


def rows(count: int) -> list[Row]:
    claims = [Listed(f"{'c' * 36}-{number:03}", WIDE, "t" * 32, Standing.EXTENDED, 1, True) for number in range(count)]
    return [Row(each, up=10_000, down=10_000, missed=10_000) for each in claims]


@pytest.mark.parametrize("page", [0, 21, 42, 999])
@pytest.mark.parametrize("sought", [ALL, LONGEST])
def test_the_longest_page_fits_with_seven_claims_and_every_way_on(page: int, sought: Sought) -> None:
    layout = list_layout(rows(300), {}, page, sought)
    assert faults(layout) == []
    said = "\n".join(getattr(each, "content", "") for each in layout.walk_children())
    assert said.count("\n  -# ") == (ON_PAGE if page < 42 else 300 % ON_PAGE)
    for each in layout.walk_children():
        for kind in (Press, Pick):
            if isinstance(each, kind):
                assert kind.__discord_ui_compiled_template__.fullmatch(str(each.custom_id)), each.custom_id


def test_what_is_sought_fits_into_a_form() -> None:
    for kind in ("kfound", "kjump"):
        assert len(f"{PREFIX}{kind}:{packed(LONGEST)}:{'9' * 20}") <= MOST_CUSTOM_ID


@pytest.mark.parametrize("sought", [ALL, LONGEST, Sought(View.NEVER, "depth", "a.b - c")])
def test_what_is_sought_comes_back_from_a_button(sought: Sought) -> None:
    assert unpacked(packed(sought)) == sought


@pytest.mark.parametrize(
    ("sought", "says"),
    [
        (Sought(View.ANY, words="zz"), "No claim has these words. Try fewer of them, or others."),
        (Sought(View.MISSED), "/knowledge inbox shows all that is kept of it."),
        (Sought(View.WORST), "Nobody pressed Not helpful here in that time."),
        (Sought(View.WORST, "depth"), "No claim of this kind is here."),
        (Sought(View.HIDDEN), "No claim of this kind is here."),
    ],
)
def test_an_empty_list_says_what_it_means(sought: Sought, says: str) -> None:
    layout = list_layout([], {}, 0, sought)
    assert says in "\n".join(getattr(each, "content", "") for each in layout.walk_children())


def test_a_button_from_before_lists_could_be_searched_still_works() -> None:
    assert unpacked("added") == Sought(View.ADDED)


def test_an_empty_list_says_so_and_can_be_left() -> None:
    layout = list_layout([], {}, 3, Sought(View.WORST, words="zz"))
    said = "\n".join(getattr(each, "content", "") for each in layout.walk_children())
    assert "No claim of this kind is here." in said
    assert "Page" not in said, "nobody turns the pages of nothing"
    pressed = [each.item.label for each in layout.walk_children() if isinstance(each, Press)]
    assert pressed == ["Search", "Without search"]
    assert not [each for each in layout.walk_children() if isinstance(each, ui.Select) and not each.options]


def test_a_page_is_jumped_to_only_where_there_are_three() -> None:
    def jumps(count: int) -> bool:
        return any(
            isinstance(each, Press) and each.kind == "kjump" for each in list_layout(rows(count), {}, 0).walk_children()
        )

    assert not jumps(2 * ON_PAGE)
    assert jumps(2 * ON_PAGE + 1)


def test_each_view_has_a_name_that_fits_a_choice() -> None:
    from bot.ui.curation.words import VIEWS

    assert set(VIEWS) == set(View)
    assert len(VIEWS) <= 25
    assert all(re.fullmatch(r".{1,100}", name) for name in VIEWS.values())
