"""Which name somebody meant."""

from bot.core.near_names import did_you_mean, nearest_name

NAMES = ("seat-height", "seat-distance", "foot-width")


def test_a_slip_leads_to_the_name_that_is_spelt_most_like_it() -> None:
    assert nearest_name("seat-hight", NAMES) == "seat-height"
    assert did_you_mean("seat-hight", NAMES) == " (did you mean 'seat-height'?)"


def test_nothing_is_offered_for_what_is_like_none() -> None:
    assert nearest_name("creatine", NAMES) == ""
    assert did_you_mean("creatine", NAMES) == ""
    assert did_you_mean("creatine", ()) == ""
