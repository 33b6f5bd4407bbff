"""What members asked and got another card for: each with the card that answers it, and words of its kind in its first line."""

import pytest

from bot.bootstrap import build_service, shipped_knowledge
from bot.core.conversation import Conversation
from bot.core.model import Outcome
from bot.service import Service


@pytest.fixture(scope="module")
def service() -> Service:
    return build_service(shipped_knowledge())


@pytest.mark.parametrize(
    ("text", "claim", "says"),
    [
        ("will leg press fix my back pain", "press-for-back-pain", "has not been tested"),
        ("is leg press good for back pain", "press-for-back-pain", "has not been tested"),
        ("is single leg good for back pain", "press-for-back-pain", "has not been tested"),
        ("6 weeks and it still hurts", "still-hurts", "See a doctor or physio"),
        ("one side of my lower back hurts", "why-back-hurts", "Stop for today"),
        ("my back is stiff in the morning after leg press", "stiff-mornings", "Walk and move gently"),
        ("painkillers before training", "painkillers", "press lighter"),
        ("is there proof leg press injures discs", "press-and-discs", "has not been shown"),
        ("does leg press cause disc herniation", "press-and-discs", "has not been shown"),
        ("only in my quads not my glutes", "not-feeling-glutes", "glutes"),
        ("5x5 on leg press", "strength-reps", "about 5"),
        ("squat day and leg press day in the same week", "squats-in-the-week", "Both fit in one week"),
        ("how to unlock the leg press handles", "unlock-and-lock", "push, then turn"),
        ("how fast should I add weight", "adding-weight", "each time you beat your rep target"),
        ("my bum lifts off the seat is that bad", "hips-lift-off-pad", "not shown"),
        ("can I use the vertical press alone?", "vertical-press", "somebody near"),
        ("can I rest with the sled on my legs?", "rest-between-sets", "lock the handles first"),
        ("is pressing helpful for lower back pain or does it make it worse", "press-for-back-pain", "not been tested"),
        ("how many reps per set on the leg press", "sets-and-reps", "8 to 12"),
        ("is one leg better for the back than both legs", "one-leg-hips-twist", "better nor worse is known"),
        ("should i swap squats for the press with my bad back", "spine-load-compared", "back"),
        ("leg press alternative with a bad lower back", "legs-with-a-sore-back", "Once sitting is easy"),
        ("why do my knees hurt on the leg press", "kneecap-pain", "grows with the bend"),
        ("what makes my knees ache on the leg press", "kneecap-pain", "grows with the bend"),
        ("how reclined should the seat be", "backrest-for-your-back", "Lean the back rest back one or two notches"),
        ("do i need core work for leg press", "core-work", "You don't have to"),
        ("can i leg press with sciatica", "sciatica", "stay active with walks"),
        ("leg press or squat for bigger quads", "press-or-squat", "For leg size take either"),
        ("hw low do i go", "find-your-depth", "hips can stay still"),
        ("were should my feet go", "foot-height", "mid-plate"),
        ("feet hi or low", "foot-height", "glutes"),
        ("my quads are sore for 6 days", "sore-legs", "past day five see a doctor"),
    ],
)
def test_a_question_gets_its_card(service: Service, text: str, claim: str, says: str) -> None:
    answer, _ = service.ask(text)
    assert (answer.outcome, answer.claim) == (Outcome.ANSWER, claim)
    assert says in answer.text


@pytest.mark.parametrize(
    ("said", "asked", "card"),
    [
        ("i have a below knee prosthesis", "how deep should i go", "artificial-leg"),
        ("i broke a vertebra last year", "is the press or the squat better for my back", "hernia-and-other"),
        ("i had spinal fusion", "can i go back to pressing after a sore back", "after-back-surgery"),
        ("i have a new hip", "how do i set the back rest for my back", "hip-replacement"),
        ("i have a stent", "no leg press at home, what can i do instead", "heart"),
        ("i have a stent", "how do i warm up", "heart"),
        ("i have high blood pressure", "how often should i press", "blood-pressure"),
        ("i have a new hip", "my hip clicks", "hip-replacement"),
        ("i have a disc herniation", "is the vertical press ok", "disc"),
        ("i have scoliosis", "one leg at a time", "scoliosis"),
        ("i am 75", "how do i start again after a break", "over-seventy"),
        ("i am 14", "i have jumper's knee", "teenagers"),
        ("i am hypermobile", "calf raises", "hernia-and-other"),
        ("i am obese", "how low should i go", "large-body"),
        ("i have osteoporosis", "how deep for best growth", "bones"),
        ("my physio told me not to go past 60 degrees", "how deep", "ask-first"),
        ("the doctor said nothing heavy", "how much weight", "ask-first"),
        ("i had a hip labrum repair", "how deep", "hip-replacement"),
        ("my stump is sore after leg press", "how many reps", "artificial-leg"),
    ],
)
def test_what_a_condition_forbids_is_not_shown_for_it(service: Service, said: str, asked: str, card: str) -> None:
    _, talk = service.ask(said, Conversation())
    answer, _ = service.ask(asked, talk)
    assert answer.claim == card


@pytest.mark.parametrize(
    ("text", "card", "line"),
    [
        ("my physio told me not to go past 60 degrees, how deep?", "ask-first", "Go by that limit"),
        ("i was told not to lift more than 10 kg, how much can i press", "ask-first", "Go by that limit"),
        ("i had a hip labrum repair, how deep?", "hip-replacement", "surgeon's limits come first"),
    ],
)
def test_a_limit_that_somebody_was_given_comes_first(service: Service, text: str, card: str, line: str) -> None:
    answer, _ = service.ask(text)
    assert answer.claim == card
    assert line in answer.text


@pytest.mark.parametrize(
    "text", ["my doctor said no restrictions, how deep should i go", "my trainer told me not to lock my knees"]
)
def test_a_yes_and_a_trainers_tip_are_no_limit(service: Service, text: str) -> None:
    assert "a limit that you were given" not in service.ask(text)[0].text
