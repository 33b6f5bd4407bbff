"""Conversations as members have them, on the knowledge that comes with the project."""

import pytest

from bot.core.conversation import NOTHING_SAID
from bot.core.model import Outcome
from bot.service import Service

SAME = "the claim before"
SILENT = "nothing"
"""In the place of a claim id."""


DIALOGUES = {
    "a time that names nothing": [
        ("sore quads 3 days after", "sore-legs", ""),
        ("when then", SAME, "do"),
    ],
    "somebody who can not tell": [
        ("how much weight should i use", "how-much-weight", ""),
        ("my bf says go light", SAME, "do"),
    ],
    "none of the very thing": [
        ("how do i set the stops", "safety-stops", ""),
        ("the machine in my gym hasnt got any", "no-safety-stops", ""),
    ],
    "none of it, and another way": [
        ("how do i set the back rest", "backrest-for-your-back", ""),
        ("mine doesnt have one", SAME, "do"),
    ],
    "none of what nobody needs": [
        ("do i need a belt", "belt", ""),
        ("i dont have one", SAME, "why"),
    ],
    "a complaint that has an answer of its own after a question about feet": [
        ("where do i put my feet", "foot-height", ""),
        ("my knees hurt", "knee-friendly-setup", ""),
    ],
    "a complaint after a choice": [
        ("squat or leg press for bigger legs", "press-or-squat", ""),
        ("my back is bad tho", "legs-with-a-sore-back", ""),
        ("so which one", SAME, "why"),
    ],
    "a complaint after a question about feet": [
        ("where do feet go", "foot-height", ""),
        ("what about if my knees hurt", "knee-friendly-setup", ""),
    ],
    "a complaint before a question about feet": [
        ("my knee hurts on leg press", "kneecap-pain", ""),
        ("front of it under the kneecap", SAME, ""),
        ("should i put my feet higher", "knee-friendly-setup", ""),
    ],
    "how long it takes": [
        ("my kneecap aches after leg press", "kneecap-pain", ""),
        ("how long will it take to heal", SAME, "do"),
    ],
    "who asks": [
        ("what weight should i start at", "how-much-weight", ""),
        ("im a 50kg girl never lifted", SAME, "do"),
    ],
    "when it hurts": [
        ("my lower back hurts after leg press", "why-back-hurts", ""),
        ("it only hurts when I go deep", SAME, "do"),
    ],
    "why not more": [
        ("how deep should i go", "find-your-depth", ""),
        ("why not deeper?", SAME, "why"),
    ],
    "that nothing hurts": [
        ("is leg press bad for disc bulge", "disc", ""),
        ("but it doesnt hurt, can i train", SAME, "do"),
    ],
    "how long": [
        ("my knee hurts when i press", "kneecap-pain", ""),
        ("how long til its better", SAME, "do"),
    ],
    "another unit": [
        ("knee to chest or not", "knees-to-chest", ""),
        ("and in centimetres?", SAME, "do"),
    ],
    "a circumstance": [
        ("how long should i rest between sets", "rest-between-sets", ""),
        ("even if the weight is light", SAME, "do"),
    ],
    "another circumstance": [
        ("should i wear a belt", "belt", ""),
        ("and on really heavy sets?", SAME, "why"),
    ],
    "a circumstance with a card of its own": [
        ("how low should i go", "find-your-depth", ""),
        ("and if my back rounds", "rounding-and-harm", ""),
    ],
    "what it was asked for": [
        ("is the leg press better than the squat", "press-or-squat", ""),
        ("i meant for my back", "spine-load-compared", ""),
    ],
    "told of it": [
        ("my knees click", "knee-clicks", ""),
        ("it doesn't hurt at all", SAME, "do"),
    ],
    "a pain that comes before every card": [
        ("i have a herniated disc, can i leg press", "disc", ""),
        ("the pain runs down my leg", "pain-down-the-leg", ""),
    ],
    "weeks": [
        ("pregnant and want to keep training legs", "pregnancy", ""),
        ("28 weeks", SAME, "do"),
    ],
    "a complaint that stays in mind": [
        ("why does my lower back hurt after leg press", "why-back-hurts", ""),
        ("how much weight then", "going-back-after-sore", ""),
    ],
    "few words of their own": [
        ("do knee sleeves help on the leg press", "knee-sleeves", ""),
        ("so when should i put them on", SAME, "do"),
        ("new question: how wide should my feet be", "stance-width", ""),
    ],
    "a figure": [
        ("how long should i rest between sets", "rest-between-sets", ""),
        ("is one minute enough", SAME, "do"),
    ],
    "why with more words": [
        ("is it ok to bounce at the bottom", "bouncing-and-pausing", ""),
        ("why not, what does it do to you", SAME, "why"),
    ],
    "all that they have": [
        ("what can i do instead of leg press", "at-home", ""),
        ("i only have bands", SAME, "do"),
    ],
    "what the machine lacks": [
        ("how do i set the safety stops", "safety-stops", ""),
        ("mine doesn't have any", "no-safety-stops", ""),
    ],
    "back": [
        ("my lower back kills after leg press, why", "why-back-hurts", ""),
        ("why?", SAME, "why"),
        ("how do I fix that", SAME, "do"),
        ("source?", SAME, "sources"),
        ("thanks!", SILENT, ""),
    ],
    "lockout": [
        ("is locking out bad", "locking-out", ""),
        ("what about if my knees bend backwards", "knees-bend-backwards", ""),
        ("how do I do it right then", SAME, "do"),
    ],
    "pregnancy": [
        ("should my feet be high or low on the plate", "foot-height", ""),
        ("what about pregnant", "pregnancy", ""),
        ("and after birth", "after-birth", ""),
        ("is that proven", SAME, "sources"),
    ],
    "a condition": [
        ("can i leg press with a herniated disc", "disc", ""),
        ("how do i do that safely", SAME, "do"),
        ("what about sciatica", "sciatica", ""),
    ],
    "depth": [
        ("how low do i go", "find-your-depth", ""),
        ("are you sure?", SAME, "sources"),
        ("but my trainer says deeper", "trainers-teach-it", ""),
    ],
    "tempo": [
        ("how many seconds on the way down", "how-many-seconds", ""),
        ("does that make me grow more", "time-under-tension-growth", ""),
        ("lol ok", SILENT, ""),
    ],
    "hips": [
        ("my butt comes off the seat at the bottom", "hips-lift-off-pad", ""),
        ("is that bad?", SAME, "do"),
        ("what do i do about it", SAME, "do"),
        ("can you say that shorter", SAME, ""),
    ],
    "two up": [
        ("what is two up one down", "two-up-one-down", ""),
        ("how do i set it up", "two-up-how-to", ""),
    ],
    "sets": [
        ("how many sets", "sets-and-reps", ""),
        ("and reps", "sets-and-reps", "do"),
        ("how often?", "how-often", ""),
    ],
    "additions": [
        ("squat or leg press", "press-or-squat", ""),
        ("for bigger legs", SAME, "why"),
    ],
    "where nothing was answered": [
        ("what does the sled weigh", "sled-weight", ""),
        ("the 45 degree one", SAME, "do"),
    ],
    "one side": [
        ("is the leg press bad for your knees", "is-it-bad-for-knees", ""),
        ("mine click when i do it", "knee-clicks", ""),
        ("should i be worried", SAME, "do"),
    ],
    "surgery": [
        ("is the leg press bad for your knees", "is-it-bad-for-knees", ""),
        ("and after surgery", "after-knee-surgery", ""),
    ],
    "where it hurts": [
        ("my back hurts since leg press", "why-back-hurts", ""),
        ("more to the right side", SAME, "do"),
        ("can i still do some upper body stuff", "keep-moving-or-rest", ""),
        ("when can i press again then", "going-back-after-sore", ""),
    ],
    "who asks, of nothing": [
        ("i am 74", "over-seventy", ""),
        ("never been in a gym", SAME, "do"),
    ],
    "what to leave out": [
        ("sciatica", "sciatica", ""),
        ("which lifts should i avoid", SAME, "avoid"),
        ("how long does it last", SAME, "do"),
    ],
    "a thing of two words": [
        ("had a baby 5 months ago, can i leg press", "after-birth", ""),
        ("what about crunches", SAME, "why"),
    ],
    "the subject changes": [
        ("do i need a belt", "belt", ""),
        ("how deep should i go", "find-your-depth", ""),
        ("why", SAME, "why"),
    ],
}


@pytest.mark.parametrize("name", DIALOGUES)
def test_a_conversation_goes_on_as_people_expect(service: Service, name: str) -> None:
    talk, last = NOTHING_SAID, ""
    for number, (text, claim, focus) in enumerate(DIALOGUES[name]):
        answer, talk = service.ask(text, talk, now=20.0 * number)
        if claim == SILENT:
            assert answer.quiet, text
            continue
        assert (answer.claim, answer.focus) == (last if claim == SAME else claim, focus), text
        last = answer.claim or ""


@pytest.mark.parametrize("last", ["find-your-depth", "why-back-hurts", "one-leg-option", "belt"])
@pytest.mark.parametrize(
    "text", ["nice one", "exactly", "idk man", "will try that", "good to know", "that's what i do", "never mind", "😂"]
)
def test_a_reaction_to_an_answer_gets_silence(service: Service, last: str, text: str) -> None:
    answer, _ = service.ask(text, NOTHING_SAID.answered(last, 0.0), now=5.0)
    assert answer.quiet


@pytest.mark.parametrize("last", ["find-your-depth", "why-back-hurts", "one-leg-option", "belt"])
@pytest.mark.parametrize(
    "text",
    [
        "what about my dog",
        "and for biceps",
        "what about creatine",
        "and on netflix",
        "how do i bake bread",
        "how do i reset that photo app, it is stuck",
        "does that tattoo need a sauna break",
        "garlic tool that doesn't snap?",
    ],
)
def test_after_an_answer_foreign_things_are_still_not_answered(service: Service, last: str, text: str) -> None:
    answer, _ = service.ask(text, NOTHING_SAID.answered(last, 0.0), now=5.0)
    assert answer.outcome is not Outcome.ANSWER


def test_after_an_alarm_everything_gets_the_stop_for_ten_minutes_and_then_its_answer(service: Service) -> None:
    stop, talk = service.ask("leg press friday, now my crotch is numb and I can't pee", NOTHING_SAID, now=0.0)
    for text in ("why?", "what should i do", "are you sure?"):
        again, talk = service.ask(text, talk, now=60.0)
        assert again.outcome is Outcome.STOP
        assert 0 < len(again.text) < len(stop.text)
    for text in ("how low do i go", "and with one leg?", "thanks", "better now"):
        held, talk = service.ask(text, talk, now=590.0)
        assert held.outcome is Outcome.STOP
        assert held.claim is None
    later, talk = service.ask("how low do i go", talk, now=601.0)
    assert later.claim == "find-your-depth"
    assert later.safety_line
    why, _ = service.ask("is locking out bad", talk, now=620.0)
    assert why.claim == "locking-out"
    assert not why.safety_line


def test_a_stop_of_tier_soon_does_not_swallow_what_comes_after_it(service: Service) -> None:
    stop, talk = service.ask("im 20 weeks pregnant is leg press safe", NOTHING_SAID, now=0.0)
    assert stop.outcome is Outcome.STOP
    answer, _ = service.ask("and after the baby?", talk, now=20.0)
    assert answer.claim == "after-birth"


def test_a_question_for_a_figure_beside_what_is_added_is_what_counts(service: Service) -> None:
    _, talk = service.ask("is leg press bad for disc bulge", NOTHING_SAID, now=0.0)
    answer, _ = service.ask("it doesnt hurt, how deep can i go", talk, now=20.0)
    assert (answer.claim, "how deep; with a yes" in answer.first) == ("disc", True)


def test_after_titles_to_choose_from_a_number_chooses(service: Service) -> None:
    talk = NOTHING_SAID.offering(("stance-width", "toe-angle"), 0.0)
    chosen, after = service.ask("the second one", talk, now=20.0)
    assert chosen.claim == "toe-angle"
    assert service.ask("why", after, now=40.0)[0].claim == "toe-angle"
    assert service.ask("the first one", after, now=40.0)[0].claim != "stance-width", "nothing is offered any more"


def test_a_question_back_remembers_what_it_offered(service: Service) -> None:
    unsure = next(
        (answer, talk)
        for answer, talk in (
            service.ask(text, NOTHING_SAID, now=0.0) for text in ("which side", "super set", "stretching after")
        )
        if answer.outcome is Outcome.SUGGEST
    )
    assert unsure[1].offered == unsure[0].suggestions


@pytest.mark.parametrize("text", ["and if that doesn't help", "i tried that", "it didn't work", "what next", "no luck"])
def test_what_did_not_help_leads_to_what_stands_beside_it(service: Service, text: str) -> None:
    first, talk = service.ask("my hips lift at the bottom of the leg press", NOTHING_SAID, now=0.0)
    answer, after = service.ask(text, talk, now=10.0)
    assert answer.outcome is Outcome.SUGGEST
    assert answer.suggestions == service.knowledge.claims[first.claim or ""].related[:3]
    assert "doctor or physio" in answer.text
    assert service.ask("the second one", after, now=20.0)[0].claim == answer.suggestions[1]


def test_what_still_happens_gets_a_line_of_each_that_stands_beside_it(service: Service) -> None:
    answer, _ = service.ask("what if it still rolls", NOTHING_SAID.answered("find-your-depth", 0.0), now=5.0)
    assert "Recline the back rest, or move the seat further from the plate" in answer.text
    assert answer.suggestions[0] == "hips-lift-off-pad"


def test_where_it_hurts_is_no_diagnosis(service: Service) -> None:
    _, talk = service.ask("my lower back hurts after leg press")
    answer, _ = service.ask("only on one side", talk, now=5.0)
    assert answer.first.startswith("Why it sits just there can't be told from a chat.")
    assert "Stop for today" in answer.first


def test_how_long_it_takes_is_said_to_be_open_where_no_line_tells(service: Service) -> None:
    answer, _ = service.ask("how long till it goes away", NOTHING_SAID.answered("pain-down-the-leg", 0.0), now=5.0)
    assert answer.first.startswith("Nobody can tell you that from here")


def test_whoever_can_not_do_it_gets_the_steps_that_are_left(service: Service) -> None:
    first, talk = service.ask("my hips lift off the pad at the bottom")
    assert first.claim == "hips-lift-off-pad"
    answer, talk = service.ask("what if i cant recline it, the seat is fixed", talk, now=5.0)
    assert answer.outcome is Outcome.SUGGEST
    assert "Recline" not in answer.said
    assert "Put your feet lower" in answer.said
    assert first.said not in answer.said
    assert talk.claim == "hips-lift-off-pad", "it is still spoken of"


def test_beside_the_steps_that_are_left_nothing_stands_that_a_card_advises_against(service: Service) -> None:
    _, talk = service.ask("i have glaucoma")
    talk = talk.answered("hip-pinch", 5.0)
    answer, _ = service.ask("the back rest doesn't move", talk, now=10.0)
    assert "Then leave that out" in answer.said
    assert "backrest-for-your-back" not in answer.suggestions
    alone, _ = service.ask("the back rest doesn't move", NOTHING_SAID.answered("hip-pinch", 5.0), now=10.0)
    assert set(answer.suggestions) < set(alone.suggestions)


@pytest.mark.parametrize(
    ("last", "text", "says", "says_not"),
    [
        ("bands", "are they dangerous", "You can use bands on the sled, light", "Yes"),
        ("knees-caving-in", "is it serious then", "A little wobble is not a disaster", "chat"),
        ("kneecap-pain", "is that harmful", "can't be told from a chat", "No more"),
        ("sore-legs", "so is that normal", "are normal", "No:"),
        ("press-or-squat", "so the press is enough?", "For leg size it does as well", "no more on that"),
        ("still-hurts", "do i need to see a gp", "No better in about two weeks? See a doctor", "I'm not sure"),
        ("kneecap-pain", "when should i have it looked at", "Not settling? Have a doctor", "I'm not sure"),
        ("why-back-hurts", "should i quit for today", "Stop for today", "failure"),
        ("sore-legs", "can i train anyway", "You may train: light", "chat"),
        ("kneecap-pain", "must i stop right away", "End the set, not the press", "chat"),
        ("cramp", "can i keep going", "Once it has let go", "Stretch"),
        (
            "press-or-squat",
            "but i really cant stand squats",
            "No: for leg size you do not need to squat",
            "I don't know",
        ),
        ("warm-up", "i have no time for that", "With little time, this counts most", "Then leave that out"),
        ("knees-caving-in", "would a band help", "a side-step with a band", "on the sled"),
        ("why-back-hurts", "would a foam roller help", "Whether that helps I have nothing on", "I don't know this one"),
        ("knees-caving-in", "how long until its gone", "Nobody can tell you that from here", "two months"),
        ("to-failure", "and for a woman", "I have nothing apart for that", "Yes"),
        ("cramp", "what do i do right now", "Stretch the cramped muscle", "mid-plate"),
    ],
)
def test_what_is_only_asked_of_it_gets_the_line_that_fits(
    service: Service, last: str, text: str, says: str, says_not: str
) -> None:
    answer, _ = service.ask(text, NOTHING_SAID.answered(last, 0.0), now=5.0)
    assert answer.claim == last
    assert answer.focus == "do"
    assert says in (answer.text if last == "cramp" else answer.first)
    assert says_not not in answer.first


@pytest.mark.parametrize(
    ("last", "text"),
    [
        ("find-your-depth", "should i see a doctor"),
        ("how-many-seconds", "should i stop"),
        ("disc", "can i still press"),
    ],
)
def test_what_has_nothing_to_do_with_it_stands_by_itself(service: Service, last: str, text: str) -> None:
    answer, _ = service.ask(text, NOTHING_SAID.answered(last, 0.0), now=5.0)
    assert not answer.first
    assert not answer.focus


def test_a_yes_that_asks_nothing_is_no_disagreement(service: Service) -> None:
    _, talk = service.ask("ive had a knee replacement 4 months ago")
    answer, talk = service.ask("physio says ok", talk)
    assert answer.said.startswith("Good, then go by what they told you.")
    assert answer.claim is None
    assert talk.allowed
    told, _ = service.ask("my physio says ok but my coach says no", talk)
    assert told.claim == "advice-disagrees"


@pytest.mark.parametrize(
    "text", ["its been 3 weeks now and still hurts", "no better after two weeks", "still a bit sore"]
)
def test_a_pain_that_stays_goes_to_a_doctor(service: Service, text: str) -> None:
    answer, _ = service.ask(text, NOTHING_SAID.answered("going-back-after-sore", 0.0), now=5.0)
    assert answer.outcome is Outcome.SUGGEST
    assert "belongs to a doctor or physio" in answer.said


def test_what_was_about_a_friend_is_let_go(service: Service) -> None:
    _, talk = service.ask("can i leg press with a hernia")
    assert talk.conditions
    answer, talk = service.ask("that was for my friend, not me", talk, now=5.0)
    assert answer.said.startswith("Right, then I go on")
    assert talk.conditions == ()
    assert service.ask("should i go to failure", talk, now=10.0)[0].claim == "to-failure"


@pytest.mark.parametrize("text", ["new question", "different topic"])
def test_an_announced_question_lets_go_of_the_last_answer(service: Service, text: str) -> None:
    answer, talk = service.ask(text, NOTHING_SAID.answered("bands", 0.0), now=5.0)
    assert answer.said.startswith("Go on")
    assert talk.claim == ""


@pytest.mark.parametrize(
    "text", ["nah too scary", "i don't want to do that", "that's too hard", "no way", "not for me"]
)
def test_a_refusal_is_taken(service: Service, text: str) -> None:
    _, talk = service.ask("how deep should i go", NOTHING_SAID, now=0.0)
    answer, _ = service.ask(text, talk, now=10.0)
    assert answer.outcome is Outcome.SUGGEST
    assert answer.text.startswith("Fair enough")


def test_of_a_sore_back_the_next_step_ends_with_the_safety_line(service: Service) -> None:
    _, talk = service.ask("my back hurts after leg press", NOTHING_SAID, now=0.0)
    answer, _ = service.ask("and if that doesn't help", talk, now=10.0)
    assert answer.safety_line
    assert answer.text.endswith(service.safety_line)


def test_which_comes_first_gets_the_steps_in_order(service: Service) -> None:
    first, talk = service.ask("my hips lift at the bottom of the leg press", NOTHING_SAID, now=0.0)
    answer, _ = service.ask("which one first?", talk, now=10.0)
    assert (answer.claim, answer.focus) == (first.claim, "do")


def test_a_correction_is_not_answered_with_what_it_corrects(service: Service) -> None:
    first, talk = service.ask("how far down do i go", NOTHING_SAID, now=0.0)
    answer, _ = service.ask("no i mean lowering the plate slowly", talk, now=10.0)
    assert (first.topic, answer.topic) == ("depth", "tempo")


@pytest.mark.parametrize("text", ["nah too scary", "and if that doesn't help"])
def test_where_nothing_was_answered_they_lead_nowhere(service: Service, text: str) -> None:
    assert not service.ask(text)[0].text.startswith(("Fair enough", "Then these"))


@pytest.mark.parametrize(
    ("told", "text", "card", "says"),
    [
        ("i have a slipped disc", "and what about lunges", "disc", "Lunges: Ask about that one too"),
        ("im 5 months pregnant", "is rowing okay", "pregnancy", "Rowing: Ask about that one too"),
        (
            "had a hip replacement in june",
            "pilates then?",
            "hip-replacement",
            "Yoga and Pilates: Ask about that one too",
        ),
        (
            "my back hurts after leg press",
            "can i still do planks",
            "keep-moving-or-rest",
            "Planks: Leave out the lifts",
        ),
        (
            "my kneecaps are sore on leg press",
            "and jumping?",
            "kneecap-pain",
            "Jumps: Leave out what hurts the knee",
        ),
        ("is leg press ok with glaucoma", "deadlifts too?", "glaucoma", "Deadlifts: Ask about that one too"),
    ],
)
def test_another_exercise_is_named_to_whoever_has_a_condition(
    service: Service, told: str, text: str, card: str, says: str
) -> None:
    _, talk = service.ask(told)
    answer, talk = service.ask(text, talk, now=20.0)
    assert (answer.claim, answer.first.startswith(says)) == (card, True)
    again, _ = service.ask(text, talk, now=40.0)
    assert (again.claim, again.focus) == (card, "do")


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("i have diabetes", "leg press or squats for big legs"),
        ("i am 15 years old", "and squats?"),
        ("i have a slipped disc", "my squats hurt my shoulder"),
        ("how deep should i go", "what about squats"),
    ],
)
def test_another_exercise_is_answered_itself_where_no_condition_bears_on_it(
    service: Service, told: str, text: str
) -> None:
    _, talk = service.ask(told)
    answer, _ = service.ask(text, talk, now=20.0)
    assert "Ask about that one too" not in answer.first


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("i have glaucoma", "oh i dont have glaucoma, misread it"),
        ("i have a slipped disc", "sorry i have no slipped disc"),
        ("i have high blood pressure", "i meant low blood pressure sorry"),
    ],
)
def test_what_they_take_back_is_let_go_of(service: Service, told: str, text: str) -> None:
    _, talk = service.ask(told)
    assert talk.conditions
    answer, talk = service.ask(text, talk, now=20.0)
    assert answer.said == "Right, then I go on without that."
    assert (talk.conditions, talk.claim) == ((), "")


def test_what_is_taken_back_with_a_question_is_answered_without_it(service: Service) -> None:
    _, talk = service.ask("i have a slipped disc")
    _, talk = service.ask("my doctor says i have no slipped disc. how deep should i go?", talk, now=20.0)
    assert talk.conditions == ()
    after, _ = service.ask("how wide should my feet be", talk, now=40.0)
    assert (after.claim, after.first) == ("stance-width", "")


@pytest.mark.parametrize(
    "text", ["im not sure if its a slipped disc", "not everybody with a slipped disc hurts", "i meant how deep"]
)
def test_what_is_left_open_stays_held(service: Service, text: str) -> None:
    _, talk = service.ask("i have a slipped disc")
    _, talk = service.ask(text, talk, now=20.0)
    assert [condition for condition, _ in talk.conditions] == ["disc"]


def test_a_caution_stays_where_a_pregnancy_is_taken_back(service: Service) -> None:
    _, talk = service.ask("im 20 weeks pregnant, is leg press ok")
    answer, talk = service.ask("im not pregnant", talk, now=20.0)
    assert answer.said.startswith("Done. What I said of getting help stays")
    after, _ = service.ask("how deep should i go", talk, now=40.0)
    assert "midwife" in after.caution


def test_an_emoji_leaves_open_what_was_asked_back_and_a_digit_of_emoji_chooses(service: Service) -> None:
    asked, talk = service.ask("and sprints?")
    assert asked.outcome is Outcome.SUGGEST
    for text in ("👍", "2️⃣"):
        answer, talk = service.ask(text, talk, now=20.0)
    assert answer.claim == asked.suggestions[1]


def test_whoever_has_a_condition_hears_whom_to_see(service: Service) -> None:
    _, talk = service.ask("i have two stents")
    answer, _ = service.ask("do i need to see a doctor", talk, now=20.0)
    assert answer.first.startswith("Get your limits from your heart team first")
