"""Whether a text names a sign at all: read without what takes an alarm back."""

import pytest

from bot.bootstrap import build_service, default_cache, shipped_knowledge
from bot.core.model import Knowledge
from bot.service import Service


@pytest.fixture(scope="module")
def service(shipped: Knowledge) -> Service:
    """The bot's own rules."""
    assert shipped
    return build_service(shipped_knowledge(), cache=default_cache())


@pytest.mark.parametrize(
    "text",
    [
        "Numbness between the legs is not a reason to stop",
        "Nobody here ever had dark urine",
        "In the film he loses control of his bladder",
        "If your chest hurts, breathe",
        "сhеst pаin",
    ],
)
def test_a_sign_that_nobody_reports_is_named_all_the_same(service: Service, text: str) -> None:
    assert service.claim_texts.names_sign(text)
    assert service.claim_texts.names_sign(text)  # as remembered


@pytest.mark.parametrize(
    "text",
    [
        "Knees to the chest",
        "Straps that are too tight give a numb grip",
        "My back aches after the leg press",
        "End it when your hips lift",
        "Leave your ego at the door",
    ],
)
def test_what_can_wait_and_what_only_sounds_like_it_is_no_sign(service: Service, text: str) -> None:
    assert not service.claim_texts.names_sign(text)


def test_a_class_that_the_gate_does_not_have_is_an_error(service: Service) -> None:
    with pytest.raises(KeyError):
        service._gate.mentions(("NO_SUCH_CLASS",))
