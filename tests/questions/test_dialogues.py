"""How many later turns of dialogues, and how many questions in two parts, get the cards that are right for them."""

import json
from pathlib import Path

from bot.core.conversation import NOTHING_SAID
from bot.core.model import Answer
from bot.service import Service

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, list[object]]]:
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def shown(answer: Answer) -> set[str]:
    return {answer.claim or "", *answer.also}


def right_turns(service: Service, name: str) -> int:
    """Return how many later turns of a set of dialogues get a card that is right for them."""
    right = 0
    for row in rows(name):
        talk = NOTHING_SAID
        for number, turn in enumerate(row["turns"]):
            text, wanted = (turn["text"], turn.get("claims", [])) if isinstance(turn, dict) else (turn, [])
            answer, talk = service.ask(str(text), talk, now=20.0 * number)
            right += number > 0 and bool(shown(answer) & set(wanted))
    return right


def test_later_turns_get_their_cards(service: Service) -> None:
    assert right_turns(service, "dialogues_2026_11_30") >= 47  # of 61, 51 when it was written: room for new knowledge


def test_later_turns_of_the_second_set_get_their_cards(service: Service) -> None:
    assert right_turns(service, "dialogues_2026_11_30_b") >= 61  # of 81, 65 when it was written


def test_both_parts_of_a_question_are_answered(service: Service) -> None:
    right = 0
    for row in rows("two_parts_2026_11_30"):
        answer, _ = service.ask(str(row["text"]))
        right += all(shown(answer) & set(part) for part in row["parts"] if isinstance(part, list))
    assert right >= 15  # of 20, 17 when it was written
