"""What hurts, heard in a message, and what only sounds like it."""

import pytest

from bot.bootstrap import shipped_knowledge
from bot.core.conditions import Conditions
from bot.core.hurting import Hurting
from bot.core.knowledge.loader import load
from tests.support.lists import LISTS

KNEES, BACK, MUSCLE = "knee-friendly-setup", "why-back-hurts", "sore-or-injured"


@pytest.fixture(scope="module")
def hurting() -> Hurting:
    return Conditions(load(shipped_knowledge()), LISTS.conditions).hurting


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("how do i grow my quads when my knees hurt", KNEES),
        ("going heavier kills my knees", KNEES),
        ("should i go to failure if it hurts my knees", KNEES),
        ("with bad knees how do i get big quads", KNEES),
        ("my kneecaps ache, more sets?", "kneecap-pain"),
        ("there is a pain behind my knee when i go heavy", "knee-back-or-side"),
        ("sore lower back, add weight or not", BACK),
        ("my groin pinches, how do i get deeper", "hip-pinch"),
        ("my achilles is cranky, more calf raises?", "sore-heel"),
        ("the back of my thighs hurts after leg day", MUSCLE),
        ("a sharp pain in my hamstring, more sets?", MUSCLE),
        ("my calves ache when i push", MUSCLE),
        ("my ribs hurt on the pad, stop or go on", MUSCLE),
        # It takes the work, and nothing is said to hurt.
        ("i feel it only in my knees, not in the quads", KNEES),
        ("my knees take all of it, quads feel nothing", KNEES),
        ("leg press hits my knees not my quads", KNEES),
        ("it's my lower back working, not my bum", "back-tires-first"),
        ("not my glutes, just my tailbone", "tailbone-bruise"),
        ("no glutes, only a pull behind my knee", "knee-back-or-side"),
        # The narrower place counts.
        ("my knees hurt, most of all my kneecaps hurt", "kneecap-pain"),
    ],
)
def test_what_hurts_or_takes_the_work_is_heard(hurting: Hurting, text: str, claim: str) -> None:
    found, says = hurting.first(text)
    assert found == claim
    assert says.endswith(" first: no more weight, depth or sets until that is calm.")


@pytest.mark.parametrize(
    "text",
    [
        "how do i feel my quads more",
        "does going deep hurt my knees",
        "will half reps hurt my back",
        "my knees don't hurt, can i go deeper",
        "no pain in my knees, add weight?",
        "how to add weight without knee pain",
        "how deep to avoid back pain",
        "i only bend my knees halfway, is that a half rep",
        "i only feel it above my knees",
        "my knees cave in when i add weight",
        "do i go deeper than the knees",
        "my elbow hurts so no squats, how do i grow my quads",
        "only my glutes feel it",
        "",
    ],
)
def test_what_hurts_nowhere_is_not_heard(hurting: Hurting, text: str) -> None:
    assert hurting.first(text) == ("", "")


def test_a_line_that_speaks_of_the_place_stands(hurting: Hurting) -> None:
    assert hurting.first("feet high or low, my knees hurt", "Sore knees: a bit higher.") == ("", "")
    assert hurting.first("feet high or low, my knees hurt", "High leans to the glutes.")[0] == KNEES


@pytest.mark.parametrize(
    ("text", "shown", "claim"),
    [
        ("my quads hurt when i press", "works-all-four", MUSCLE),
        ("my quads hurt since monday", "sore-legs", ""),
        ("my ankle hurts when i press", "sore-heel", MUSCLE),
        ("my heel hurts when i press", "sore-heel", ""),
        ("my knees hurt after leg day", "sore-legs", KNEES),
        ("my quads hurt, how do i breathe", "breathing", ""),
    ],
)
def test_a_claim_gives_way_to_the_places_that_it_does_not_answer_for(
    hurting: Hurting, text: str, shown: str, claim: str
) -> None:
    assert hurting.first(text, shown=[shown])[0] == claim
