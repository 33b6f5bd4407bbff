"""Who a message is about, by the shipped classes of persons."""

import pytest

from tests.safety.shipped import shipped_gate


@pytest.mark.parametrize(
    "text",
    [
        "brother took a fit mid deadlift",
        "type one lad on the mat, clammy and talking gibberish",
        "i slap his cheek and nothing, the chest doesn't move",
        "my asthmatic client's gone quiet and is hunched over",
        "they're convulsing on the floor",
        "my ex says he'll jump if i don't come back",
        "my dad says he'd rather be dead than like this",
        "girl in my class has fresh cuts on both thighs that she made",
        "my son fell on his head and i can't wake him",
    ],
)
def test_somebody_whom_the_member_sees_is_another(text: str) -> None:
    assert shipped_gate().about_another(text)


@pytest.mark.parametrize(
    "text",
    [
        "i'm a burden to my wife and she'd be free without me",
        "my mate who's a paramedic reckons i've got rhabdo",
        "he broke up with me and i don't want to live",
        "since she left i don't see the point of being alive",
        "took my mate's pills for a laugh, feel awful",
        "please tell my brother it wasn't his fault, i'm going tonight",
        "wife thinks i've had a stroke on the leg press",
        "my kids would have a better dad if i wasn't here",
        "my mate says its nothing but my crotch is numb",
        "came to and i'd bitten my tongue, they say i shook",
    ],
)
def test_whoever_writes_stays_the_one_it_is_about_though_others_are_named(text: str) -> None:
    assert not shipped_gate().about_another(text)


@pytest.mark.parametrize(
    ("text", "proxy"),
    [
        ("my dad hits me", False),
        ("my husband beats me daily", False),
        ("my friend's boyfriend hits her", True),
        ("a kid i coach says his dad beats him with a belt", True),
    ],
)
def test_the_one_who_does_harm_is_not_the_one_it_is_about(text: str, *, proxy: bool) -> None:
    stop = shipped_gate().check(text).stop
    assert stop is not None
    assert (stop.route, stop.proxy) == ("abuse", proxy)
