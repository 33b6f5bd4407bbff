"""The question's own words: the first line that a claim has for the kind of question, the same in text, short text and card."""

import pytest

from bot.bootstrap import build_service
from bot.core.brief import brief_answer
from bot.core.conversation import NOTHING_SAID
from bot.core.model import Outcome
from bot.service import Service

CLAIMS = """\
- id: belt
  title: Wearing a belt
  claim: You do not need a belt on the leg press.
  verdict: opinion
  confidence: low
  lead: Skip the belt for most sets.
  leads:
    need: "No: you do not need a belt on the leg press."
    how_much: A hole looser than for squats.
  answer: It will not fix your depth.
  questions: [do I need a belt, belt for leg press, is a belt needed, lifting belt, weight belt, how tight is the belt,
    wear a belt or not, my belt digs in, should I wear my belt, leather belt on the sled]
- id: seat
  title: Where to sit
  claim: The seat belongs close to the plate.
  verdict: opinion
  confidence: low
  lead: Sit close.
  answer: Closer is warmer.
  questions: [where does the seat go, how close do I sit, seat position, move the seat, seat far away, seat notch,
    which seat hole, seat setting, sit closer, seat too near]
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    root = tmp_path_factory.mktemp("leads") / "mine"
    (root / "claims").mkdir(parents=True)
    (root / "claims" / "gear.yaml").write_text(CLAIMS, encoding="utf-8")
    return build_service(root)


@pytest.mark.parametrize(
    ("asked", "kind", "lead"),
    [
        ("do I need a belt", "need", "No: you do not need a belt on the leg press."),
        ("how tight is the belt", "how", ""),
        ("lifting belt", "", ""),
        ("do I need a leather belt", "need", ""),
    ],
)
def test_the_first_line_is_that_of_the_kind(service: Service, asked: str, kind: str, lead: str) -> None:
    answer, _ = service.ask(asked)
    assert answer.outcome is Outcome.ANSWER
    assert (answer.claim, answer.asks, answer.lead) == ("belt", kind, lead)
    first = lead or "Skip the belt for most sets."
    assert first in answer.text
    short = brief_answer(answer, service.knowledge, service.safety_line, "more")
    assert short.split("\n\n")[1] == first


def test_a_claim_shown_by_name_has_its_own_first_line(service: Service) -> None:
    answer = service.show_claim("belt")
    assert answer is not None
    assert answer.lead == ""
    assert "Skip the belt for most sets." in answer.text


def test_a_part_that_was_asked_for_has_none(service: Service) -> None:
    _, talk = service.ask("do I need a belt", NOTHING_SAID, now=0.0)
    answer, _ = service.ask("sources?", talk, now=1.0)
    assert (answer.focus, answer.lead) == ("sources", "")


SHIPPED = [
    ("is it bad to lock out my knees", "No: "),
    ("is it bad to not lock out my knees", ""),
    ("can I lock out my knees after an operation", ""),
    ("do I need a spotter", "Stops that can catch the weight"),
    ("can I leg press with sciatica", "Not before your doctor or physio has looked at the leg"),
    ("bed rest or moving with sciatica", "Keep walking"),
    ("is one leg better for my back", "Neither is known to be kinder to your back"),
    ("is one leg worse for my back", "That it is worse for your back is not known"),
    ("can I leg press with thin bones", "Ask your doctor or physio first"),
    ("how much heavier can I start on the hack squat", "Start with the empty machine"),
    ("does the sled count", "Yes: "),
    ("is leg press bad for knees", "Rarely: "),
    ("should my knees touch my chest", "Your knees should not touch"),
    ("how many sets should I warm up with", "Two"),
]


@pytest.mark.parametrize(("asked", "opening"), SHIPPED)
def test_the_shipped_claims_answer_as_asked(asked: str, opening: str) -> None:
    answer, _ = shipped().ask(asked)
    assert answer.lead.startswith(opening)
    assert opening or not answer.text.partition("\n\n")[2].startswith(("Yes", "No:", "No."))


@pytest.mark.parametrize(
    ("asked", "opening"),
    [
        ("leg press with thin bones", "Ask your doctor or physio"),
        (
            "no stops set and a rep fails, what then",
            "Stops set? Let it sink onto them and slide out. None? Both feet on",
        ),
        ("no stops on my sled", "Leave five reps to spare, with somebody near. Stuck now? Both feet on"),
    ],
)
def test_the_first_line_tells_what_cannot_wait(asked: str, opening: str) -> None:
    answer, _ = shipped().ask(asked)
    assert answer.text.split("\n\n")[1].startswith(opening)


_SHIPPED: list[Service] = []


def shipped() -> Service:
    if not _SHIPPED:
        _SHIPPED.append(build_service())
    return _SHIPPED[0]


def test_whoever_must_ask_first_gets_no_yes() -> None:
    answer, talk = shipped().ask("I had two stents last year", NOTHING_SAID, now=0.0)
    answer, _ = shipped().ask("can I lock out my knees", talk, now=1.0)
    assert answer.first
    assert answer.lead == ""
    assert "Yes:" not in answer.text


@pytest.mark.parametrize(
    ("asked", "claim"),
    [
        ("leg press form", "first-time-setup"),
        ("belt yes or no", "belt"),
        ("leg press useless?", "bad-option"),
        ("alternating leg press with bench, ok?", "supersets"),
    ],
)
def test_a_claims_own_wording_is_answered_whatever_else_it_looks_like(asked: str, claim: str) -> None:
    assert asked in shipped().knowledge.claims[claim].questions
    assert shipped().ask(asked)[0].claim == claim


def test_whoever_has_retired_has_no_trouble_with_the_retina() -> None:
    assert shipped().ask("retired, strong enough but slow, should I push faster")[0].claim == "power-when-older"
