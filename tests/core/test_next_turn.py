"""Which answer comes after an answer."""

from bot.core.claim_lines import Said, literally
from bot.core.going_on import GoingOn
from bot.core.model import Claim, Match, Ranking
from bot.core.next_turn import Before, Turn, turn
from tests.support.hips import LAST, hips_claim
from tests.support.lists import LANGUAGE

GOING_ON = GoingOn(LANGUAGE.following)
WITHOUT = hips_claim("no-hips", "No peeling")
OTHER = hips_claim("belt", "Wearing a belt")
TOPICS = "depth"


def ranked(name: str = "", *, sure: bool = True, near: bool = True) -> Ranking:
    return Ranking((Match(name, TOPICS, 0.9),), sure, near) if name else Ranking((), False, near)


def after(
    text: str, found: Ranking, *, related: tuple[Claim, ...] = (), asks: bool = True, title: str = ""
) -> Turn | None:
    read = GOING_ON.read(text)
    assert read is not None
    before = Before(LAST, related, lambda: GOING_ON.said(LAST, read, None, literally))
    return turn(
        read,
        found,
        before,
        joined=lambda: Ranking((), False, False),
        means=literally,
        kind=None,
        asks=asks,
        title=title,
    )


def test_why_gets_the_reasons_and_an_obstacle_what_is_left() -> None:
    assert after("why, what happens if i do", ranked()) == Turn(said=Said((), "why"))
    left = after("what if i cant recline it", ranked())
    assert left is not None
    assert left.steps == LAST.do[1:]
    assert left.claim == ""


def test_whoever_lacks_it_gets_the_claim_about_lacking_it() -> None:
    assert after("mine doesn't have any", ranked(), related=(OTHER, WITHOUT)) == Turn(claim="no-hips")


def test_a_question_that_names_another_subject_stands_by_itself() -> None:
    assert after("is a belt any good", ranked("belt")) is None
    assert after("does it click when i do it", ranked("belt"), title="Clicks") is None


def test_few_words_stay_with_the_last_answer_whatever_they_find_alone() -> None:
    found = after("so when would you use one", ranked("belt"))
    assert found is not None
    assert (found.claim, found.said) == ("", Said((), "why"))
    found = after("is it worse for my hips", ranked("belt"))
    assert found is not None
    assert found.said is not None
    assert found.said.lines


def test_the_same_claim_again_says_what_is_new() -> None:
    found = after("and for the pelvis?", ranked("hips"))
    assert found is not None
    assert found.said == Said(("The pelvis tucks.",), "why")


def test_foreign_words_lead_nowhere() -> None:
    assert after("how do i bake that bread", ranked(near=False)) is None
    assert after("i only have a dog", ranked(near=False), asks=False) is None
