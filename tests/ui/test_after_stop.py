"""How a stop in a message of the bot is known again."""

import pytest

from bot.core.model import Stop, Tier
from bot.ui.answer.after_stop import _ABOUT, about_stop
from bot.ui.kit.buttons import Press


@pytest.mark.parametrize("proxy", [True, False])
@pytest.mark.parametrize("tier", Tier)
def test_what_a_stops_report_button_carries_fits_its_custom_id_and_names_the_stop(tier: Tier, proxy: bool) -> None:
    about = about_stop(Stop(tier, ("R1",), "cauda_1", proxy=proxy))
    carried = Press.__discord_ui_compiled_template__.fullmatch(f"lp:report:{about}")
    assert carried is not None
    found = _ABOUT.fullmatch(carried["claim"])
    assert found is not None
    assert (found["tier"], found["route"], found["proxy"]) == (tier, "cauda_1", "p" if proxy else "s")
