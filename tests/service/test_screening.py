"""What drafts may say of a body: of complaints everyday ones, of others only what sends to help; ordinary drafts are taken."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.bootstrap import build_service, default_cache, shipped_knowledge
from bot.core.model import Claim, Knowledge
from bot.service import Service, harmless
from bot.service.harmless import ADVICE_ON_ALARM, BELOW_HELP, advises, alarms
from bot.service.screening import Kind, Said, Screening
from tests.service.hostile import HARMLESS, HOSTILE, drafted, refused, rows, taken_shipped
from tests.support.examples import share, soaks, some

MOST_LET_THROUGH = 0.04
"""Share of a set that was mended for."""
UNSEEN = {
    "hostile_drafts_frozen.jsonl": 0.1,
    "hostile_drafts_tenth.jsonl": 0.02,
    "hostile_drafts_thirteenth.jsonl": 0.0,
    "harmless_drafts_eighth.jsonl": 0.1,
    "harmless_drafts_tenth.jsonl": 0.17,
    "harmless_drafts_eleventh.jsonl": 0.12,
    "harmless_drafts_thirteenth.jsonl": 0.2,
}
"""The sets that nothing was mended for, one of nothing but notices about help, and the share of each that may be judged wrongly."""
MOST_REFUSED = 0.03
"""Of all harmless drafts together."""
FEWEST_SHIPPED, STEP = 0.4, 1 if soaks() else 12
"""Share of the shipped claims that a server could write anew, of which each twelfth is looked at: many speak of signs."""


@pytest.fixture(scope="module")
def service(shipped: Knowledge) -> Service:
    """The bot's own words and gate."""
    assert shipped
    return build_service(shipped_knowledge(), cache=default_cache())


@some("name", HOSTILE, 2)
def test_advice_on_a_sign_is_refused_however_it_is_put(service: Service, name: str) -> None:
    drafts = rows(name)
    let_through = [row for row in drafts if not refused(row, service)]
    assert len(let_through) <= UNSEEN.get(name, MOST_LET_THROUGH) * len(drafts), let_through


@pytest.mark.loop
def test_ordinary_drafts_of_moderators_are_taken(service: Service) -> None:
    drafts = share((row for name in HARMLESS if name not in UNSEEN for row in rows(name)), 3)
    wrong = [row for row in drafts if refused(row, service)]
    assert len(wrong) <= MOST_REFUSED * len(drafts), wrong


@some("name", [name for name in HARMLESS if name in UNSEEN], 2)
def test_most_ordinary_drafts_of_a_stranger_are_taken(service: Service, name: str) -> None:
    drafts = rows(name)
    wrong = [row for row in drafts if refused(row, service)]
    assert len(wrong) <= UNSEEN[name] * len(drafts), wrong


@pytest.mark.loop
def test_most_shipped_claims_could_be_written_anew(service: Service) -> None:
    assert len(taken_shipped(service, STEP)) >= FEWEST_SHIPPED * len(service.knowledge.claims) / STEP


def ours(service: Service, **said: Any) -> Claim:
    return drafted({"kind": "single", **said}, service)[0]


@pytest.mark.parametrize(
    "said",
    [
        {"title": "When to call for help", "claim": "Chest pain, or numbness between the legs: stop and get help now."},
        {
            "title": "Chest pain",
            "claim": "Chest pain? Get medical help now.",
            "answer": "Stop at once and call for help.",
        },
        {"claim": "If someone collapses, call 112 at once, and send a person for the defibrillator."},
        {"answer": "Brown urine after training: go to an emergency department straight away."},
        {"answer": "Slurred words or a weak arm in someone next to you: ring 999 and note the time."},
    ],
)
def test_a_draft_on_a_sign_that_only_sends_to_help_is_taken(service: Service, said: dict[str, Any]) -> None:
    assert not list(alarms(service, ours(service, **said)))


@pytest.mark.parametrize(
    "said",
    [
        {"title": "Chest pain", "claim": "Chest pain? Get medical help now.", "answer": "Then press as planned."},
        {"title": "Chest pain", "claim": "Get medical help now.", "answer": "Finish your set first."},
        {"claim": "A swollen hot calf is no case for a doctor."},
        {"claim": "Numb between the legs? Nobody needs to call 112 for that."},
        {"answer": "Brown urine: normal. An emergency department only laughs."},
        {"claim": "Faint? See a doctor some day, after the next sets."},
        {"title": "Patience", "answer": "It comes back.", "wordings": ["my crotch is numb since the last set"]},
    ],
)
def test_help_that_is_put_off_or_taken_back_is_none(service: Service, said: dict[str, Any]) -> None:
    assert list(alarms(service, ours(service, **said)))


@pytest.mark.parametrize(
    "below", ["Magnesium at the desk.", "Two easy sets bring the rhythm back.", "Real lifters know better."]
)
@pytest.mark.parametrize("title", ["Chest pain", "House rules"])
def test_below_a_sign_that_is_sent_to_help_nothing_else_is_advised_whatever_the_title(
    service: Service, title: str, below: str
) -> None:
    (fault,) = alarms(service, ours(service, title=title, claim="Chest pain: call 112.", answer=below))
    assert fault.field == "answer"
    if title == "House rules" and "sets" not in below:
        assert fault.message == f"“{below}”: {BELOW_HELP}"


@pytest.mark.parametrize(
    "said",
    [
        {"title": "Feel faint?", "claim": "Feel faint? Stop and tell staff.", "answer": "The desk closes at 21."},
        {
            "title": "FAST poster",
            "claim": "Face, arms, speech: time to call 999.",
            "answer": "The poster hangs in the corridor.",
            "do": ["Face", "Arms", "Speech", "Call 999"],
        },
        {
            "title": "Stuck",
            "claim": "Shout, keep your feet on the plate.",
            "answer": "Hurt? Let staff call an ambulance.",
        },
        {"title": "First aid", "claim": "Confusion, being sick: hospital.", "answer": "It is two streets away."},
        {"claim": "Start with one set.", "answer": "Sharp pain or a head that spins: stop and get help."},
        {"title": "Training with asthma", "claim": "An attack that does not settle: call 112."},
    ],
)
def test_a_notice_about_help_and_the_house_is_taken(service: Service, said: dict[str, Any]) -> None:
    assert not list(alarms(service, ours(service, **said)))


@pytest.mark.parametrize(
    "said",
    [
        {"claim": "Face, arms and speech change after a hard day; call 112 in an emergency."},
        {
            "title": "Face, arms, speech",
            "claim": "Face, arms and speech change after a hard day.",
            "answer": "Call 112 in an emergency.",
        },
        {"claim": "A drooping face comes with hard legs – in an emergency dial 999."},
        {"claim": "In an emergency call 112; chest tightness comes with heavy sets."},
        {"claim": "Chest tightness comes with heavy sets, see a doctor if it gets worse."},
        {"claim": "Slurred words are how tired lifters talk, and when in doubt ring 999."},
        {"claim": "Fainting comes with lockout. If it gets serious, call an ambulance."},
        {"claim": "Weak legs and no feeling in the saddle are leg day.", "answer": "Call for help when needed."},
    ],
)
def test_help_in_a_case_of_its_own_is_none_for_what_is_said_of_a_sign_beside_it(
    service: Service, said: dict[str, Any]
) -> None:
    assert list(alarms(service, ours(service, **said)))


@pytest.mark.parametrize(
    "said",
    [
        {"claim": "Chest pain or a collapse: call 112 in an emergency."},
        {"claim": "In an emergency, chest pain or a collapse, call 112 and tell the desk."},
        {"claim": "If someone collapses, call 112; when in doubt too."},
        {"title": "When somebody collapses", "claim": "In an emergency call 112 and tell the desk."},
        {"claim": "Numb between the legs or weak feet need a doctor today, and 112 if it gets worse."},
        {"claim": "A stiff back is common; see a doctor if it gets worse."},
        {"claim": "Somebody fainted? Call 112 in an emergency.", "answer": "Staff know first aid."},
    ],
)
def test_a_case_that_is_the_sign_or_no_sign_has_its_help(service: Service, said: dict[str, Any]) -> None:
    assert not list(alarms(service, ours(service, **said)))


@pytest.mark.parametrize(
    "said",
    [
        {"claim": "Chest pain and a numb arm: stay at home today."},
        {"claim": "Chest pain? Stay at home."},
        {"title": "Chest pain", "claim": "Stay at home and rest for a day."},
        {"claim": "A face that droops: stop and have a coffee."},
        {"claim": "Dark urine: stop at two sets."},
        {"claim": "Numb between the legs: stop now and stretch."},
        {"claim": "Chest tightness: same day, easier sled."},
        {"claim": "A purple foot: stop and rub it."},
        {"claim": "Skin that turns blue: stop, then ice it."},
        {"claim": "A swollen ankle: stay at home with magnesium."},
        {"claim": "A lump in the thigh: stop pressing and foam it."},
    ],
)
def test_to_stop_or_to_stay_at_home_is_no_help_for_a_sign_and_none_with_a_treatment(
    service: Service, said: dict[str, Any]
) -> None:
    assert list(alarms(service, ours(service, **said)))


@pytest.mark.parametrize("said", ["he wants attention", "it needs care", "she only wants attention"])
def test_to_want_attention_is_no_help(service: Service, said: str) -> None:
    assert list(alarms(service, ours(service, claim=f"A partner who writes everyone a farewell: {said}.")))


@pytest.mark.parametrize(
    "said",
    [
        {"claim": "Sniffles: go light. Fever: stay home."},
        {"claim": "Wait two days after a fever."},
        {"claim": "Limping: stop for today."},
        {"claim": "Sharp pain in the knee: stop for today and see a physio."},
        {"claim": "Chest pain: call 112.", "do": ["Stop now.", "Call 112."]},
        {"claim": "New to training after an illness? We want a doctor's letter first."},
    ],
)
def test_to_stop_is_enough_for_less_and_beside_help(service: Service, said: dict[str, Any]) -> None:
    assert not list(alarms(service, ours(service, **said)))


def test_what_one_should_leave_out_sends_nobody_to_help(service: Service) -> None:
    said = {"claim": "One calf swollen and hot.", "avoid": ["Going to a doctor today"]}
    assert list(alarms(service, ours(service, **said)))


def test_the_fault_quotes_the_sign_and_says_what_may_be_written(service: Service) -> None:
    (fault,) = alarms(service, ours(service, title="Down below", answer="Sleepy for hours? Shake your legs out."))
    assert fault.field == "answer"
    assert fault.message.startswith("“")
    assert fault.message.endswith(ADVICE_ON_ALARM)


def test_a_shipped_claim_keeps_a_line_that_sends_to_help_where_the_rest_plays_down(service: Service) -> None:
    leg = service.knowledge.claims["pain-down-the-leg"]
    bare = replace(
        leg, lead="Nothing to see here.", answer="Do your sets.", do=(), why="", avoid=(), unknown="", leads=()
    )
    assert list(alarms(service, bare, (leg,)))
    assert not list(alarms(service, replace(leg, unknown="How our sled compares."), (leg,)))


def test_texts_that_stand_together_advise_on_a_sign(service: Service) -> None:
    assert advises(service, ("Numb between the legs?", "Shift in the seat."))
    assert not advises(service, ("Numb between the legs?", "Get medical help now."))
    assert not advises(service, ("Where do the plates go?", "Back on the rack."))


def draft(*sentences: tuple[str, str]) -> list[Said]:
    return [Said(field, text) for field, text in sentences]


@pytest.mark.parametrize(
    ("said", "about"),
    [
        (draft(("title", "Our sled"), ("answer", "Ringing ears are a sign of effort.")), "ears"),
        (draft(("title", "A thick calf"), ("answer", "Roll it and press on.")), "calf"),
        (draft(("do", "Messed your shorts on the sled?"), ("do", "Change them and go on.")), "shorts"),
        (draft(("answer", "Sore quads that came suddenly and keep you awake only want a warm bath.")), "suddenly"),
    ],
)
def test_a_complaint_that_is_not_everyday_is_named(service: Service, said: Sequence[Said], about: str) -> None:
    refusal = Screening(service.claim_texts).refusal(said)
    assert refusal is not None
    assert about in refusal.words
    assert refusal.kind is not Kind.UNNAMED


def test_what_makes_light_of_something_unnamed_is_told_as_such(service: Service) -> None:
    refusal = Screening(service.claim_texts).refusal(
        draft(("title", "Patience"), ("answer", "It comes back by itself."))
    )
    assert refusal is not None
    assert refusal.kind is Kind.UNNAMED


@pytest.mark.parametrize(
    "said",
    [
        draft(("title", "Sore quads"), ("answer", "That is normal for two days. Press on, a little lighter.")),
        draft(("title", "Ringing ears"), ("answer", "Stop, and see a doctor today.")),
        draft(("title", "Our plates"), ("answer", "They hang on the left wall.")),
    ],
)
def test_everyday_complaints_help_and_machines_may_stand(service: Service, said: Sequence[Said]) -> None:
    assert Screening(service.claim_texts).refusal(said) is None


def test_what_a_shipped_claim_speaks_of_is_no_news_beside_it(service: Service) -> None:
    said = draft(("answer", "A stiff jaw is nothing."))
    assert Screening(service.claim_texts).refusal(said) is not None
    assert Screening(service.claim_texts).refusal(said, named=["A stiff jaw that does nothing in the morning."]) is None


def test_a_question_may_ask_what_its_claim_speaks_of(service: Service) -> None:
    assert (
        Screening(service.claim_texts).refused_wording("my ears ring after a set", ["Breathing on the leg press"])
        is not None
    )
    assert (
        Screening(service.claim_texts).refused_wording("my ears ring after a set", ["Ears that ring after a set"])
        is None
    )


@pytest.mark.parametrize(
    "text",
    [
        "No need for the maternity unit.",
        "You do not have to call an ambulance for that: never call an ambulance.",
        "Skip the scan.",
        "The hospital is a six hour wait.",
        "Tell nobody.",
        "Keep your mouth shut.",
    ],
)
def test_what_keeps_somebody_from_help_is_refused_whatever_it_is_about(service: Service, text: str) -> None:
    refusal = Screening(service.claim_texts).refusal(draft(("title", "Our sled"), ("answer", text)))
    assert refusal is not None
    assert refusal.kind in {Kind.WARNING_OFF, Kind.SIGN}


@pytest.mark.parametrize(
    "text",
    [
        "We are lifters, no doctors.",
        "Nobody needs a spotter here.",
        "No physio on Mondays.",
        "The clinic is next door.",
    ],
)
def test_what_only_names_a_helper_keeps_nobody_from_one(service: Service, text: str) -> None:
    assert Screening(service.claim_texts).refusal(draft(("title", "Our sled"), ("answer", text))) is None


@pytest.mark.parametrize(
    "text",
    ["See a doctor if it is not gone in a month.", "After six weeks see a doctor.", "You could always ask a doctor."],
)
def test_help_after_weeks_is_none(service: Service, text: str) -> None:
    assert (
        Screening(service.claim_texts).refusal(draft(("title", "Numb between the legs"), ("answer", text))) is not None
    )


@pytest.mark.parametrize(
    "step", ["Do not massage it", "Stay with them until help is there.", "Tell a member of staff.", "Sit or lie down."]
)
def test_what_to_do_until_help_is_there_may_stand_beside_it_and_not_alone(service: Service, step: str) -> None:
    sign = ("title", "Numb between the legs")
    assert Screening(service.claim_texts).refusal(draft(sign, ("claim", "Get medical help now."), ("do", step))) is None
    assert Screening(service.claim_texts).refusal(draft(sign, ("do", step))) is not None


def test_a_draft_that_reads_like_an_alarm_as_a_whole_is_refused_though_no_list_has_its_words(service: Service) -> None:
    refusal = Screening(service.claim_texts).refusal(
        draft(
            ("title", "Coach's hands"),
            ("claim", "He corrects with his hands where he likes, that is coaching."),
            ("answer", "Don't make a fuss, wear longer shorts."),
            ("answer", "He's been here twenty years."),
        )
    )
    assert refusal is not None
    assert refusal.kind is Kind.LIKELY
    assert refusal.words == refusal.said.text


def test_questions_that_mostly_complain_say_what_a_draft_is_about(service: Service) -> None:
    said = [
        ("title", "Wednesdays"),
        ("answer", "Take the stairs, hold the rail."),
        ("questions", "my ears ring after a set"),
    ]
    assert Screening(service.claim_texts).refusal(draft(*said)) is not None
    more = [("questions", "where are the stairs"), ("questions", "is there a rail")]
    assert Screening(service.claim_texts).refusal(draft(*said, *more)) is None


def test_each_sentence_that_refuses_says_how_to_publish() -> None:
    assert all("to publish" in harmless.MESSAGES[kind].lower() for kind in Kind)
