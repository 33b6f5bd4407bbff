"""What members asked and got another card for: each with the card that answers it, and words of its kind in its first line."""

import re

import pytest

from bot.core.conversation import Conversation
from bot.core.model import Outcome
from bot.service import Service


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
        ("how many days a week", "how-often", "twice a week"),
        ("how many times per week", "how-often", "twice a week"),
        ("which shoes are best", "shoes", ""),
        ("toes out?", "toe-angle", ""),
        ("instead of squats?", "press-or-squat", ""),
        ("my knee swells a bit", "kneecap-pain", "a swollen or injured knee goes to a doctor"),
        ("leg press hits my quads, never my bum", "not-feeling-glutes", ""),
        ("bouncing bad?", "bouncing-and-pausing", ""),
        ("wide stance safe?", "stance-width", ""),
        ("belt necessary?", "belt", ""),
        ("warm up necessary?", "warm-up", ""),
        ("squats better?", "press-or-squat", ""),
        ("how fast should I add weight", "adding-weight", "each time you beat your rep target"),
        ("my bum lifts off the seat is that bad", "hips-lift-off-pad", "not shown"),
        ("can I use the vertical press alone?", "vertical-press", "somebody near"),
        ("can I rest with the sled on my legs?", "rest-between-sets", "lock the handles first"),
        ("is pressing helpful for lower back pain or does it make it worse", "press-for-back-pain", "not been tested"),
        ("how many reps per set on the leg press", "sets-and-reps", "8 to 12"),
        (
            "is one leg better for the back than both legs",
            "one-leg-hips-twist",
            "Neither is known to be kinder to your back",
        ),
        ("should i swap squats for the press with my bad back", "spine-load-compared", "back"),
        ("leg press alternative with a bad lower back", "legs-with-a-sore-back", "Once bending and sitting are easy"),
        ("why do my knees hurt on the leg press", "kneecap-pain", "grows with the bend"),
        ("what makes my knees ache on the leg press", "kneecap-pain", "grows with the bend"),
        ("how reclined should the seat be", "backrest-for-your-back", "Lean the back rest back one or two notches"),
        ("do i need core work for leg press", "core-work", "You don't have to"),
        ("can i leg press with sciatica", "sciatica", "stay active with walks"),
        ("leg press or squat for bigger quads", "press-or-squat", "For leg size take either"),
        ("leg press vs squat for quads", "press-or-squat", "For leg size take either"),
        ("im 62 never lifted is the leg press ok for me", "older-or-returning", "Start light"),
        ("i've maxed out the leg press at my gym what now", "no-more-weight", "Make the same weight harder"),
        ("can i leg press while cutting", "calories", "keeps your muscle"),
        ("pulled my hamstring last week when can i leg press", "hernia-and-other", "ask your doctor or physio"),
        ("strained calf can i leg press", "hernia-and-other", "Ask your doctor or physio"),
        ("what should i feel working on the leg press", "not-feeling-quads", "front of the thighs most"),
        ("breastfeeding and leg press", "after-birth", "not studied that we know of"),
        ("when can i lift again", "going-back-after-sore", "bending and sitting are easy"),
        ("hw low do i go", "find-your-depth", "hips can stay still"),
        ("were should my feet go", "foot-height", "mid-plate"),
        ("feet hi or low", "foot-height", "glutes"),
        ("my quads are sore for 6 days", "sore-legs", "past day five see a doctor"),
        ("can i use the press with my duff back", "press-for-back-pain", "once bending and sitting are easy"),
        ("which machine with sciatica, hack squat or press", "sciatica", "any leg machine waits"),
        ("feet up high or down low with sore knees", "foot-height", "Sore knees: a bit higher"),
        ("is it easier on my spine with one leg", "one-leg-hips-twist", "Neither is known to be kinder to your back"),
        ("hot pack or cold pack on my back", "heat-or-cold", "Whichever feels better"),
        ("what is doms?", "sore-legs", "An ache in worked muscles"),
        ("what is sciatica?", "sciatica", "runs from the low back down one leg"),
        ("what is a slipped disc", "disc", "many people have one and no pain"),
        ("what is a hack squat", "hack-squat", "you stand against a pad"),
        ("will the press give me arthritis one day", "is-it-bad-for-knees", "wears out healthy knees is not shown"),
        ("my back is ok in the set but aches next morning", "stiff-mornings", "press again when bending"),
        ("how would i know if it's the muscle or the disc", "sore-or-injured", "Sore muscle starts hours later"),
        ("should seniors do slow or fast reps", "power-when-older", "fast and light"),
        ("how do you get the plates on safely", "loading-plates", "one plate on each side in turn"),
        ("4x10 or 5x5?", "strength-reps", "for size high and low reps come out alike"),
        ("leg day with period pains", "on-your-period", "Train if you feel like it"),
        ("the inside of my knee aches when i press", "knee-back-or-side", "Bend less"),
        ("my osteo says yes and my pt says no", "advice-disagrees", "go by your doctor or physio"),
        ("deadlift or leg press for my legs", "deadlift-or-press", "For thighs the press"),
        (
            "when am i ok to deadlift after tweaking my back",
            "back-pain-other-lifts",
            "Once bending and sitting are easy",
        ),
        ("my lower back is knackered before my legs are", "back-tires-first", "one stop higher and lighter"),
        ("is horizontal or 45 kinder to my back", "machine-types", "No type is shown to be best"),
        ("what if my knees don't straighten all the way", "locking-out", "Finish soft"),
        ("what is a drop set?", "drop-sets", "take weight off at the end"),
        ("can i wear slides on the leg press", "shoes", "flat, firm shoes"),
        ("i pulled my back doing squats", "back-pain-other-lifts", "Ease off the lift"),
        (
            "i press 200kg on the 45 sled, what should i do on the seated one?",
            "machines-compared",
            "no sum carries over",
        ),
        ("two times a week enough?", "how-often", "Press twice a week"),
        ("is 3 sets enough", "sets-and-reps", "2 sets"),
        ("stuck at 185kg", "plateau", "Check your depth"),
        ("lost 8kg on a diet and my leg press went down, normal?", "plateau", "sleep and food"),
        ("do ppl pass out on leg press", "light-headed", "held breath"),
        ("is it okay to stop half way down", "half-reps", "no half rep"),
        ("pwede ba mag leg press kahit may scoliosis", "scoliosis", "Ask first"),
    ],
)
def test_a_question_gets_its_card(service: Service, text: str, claim: str, says: str) -> None:
    answer, _ = service.ask(text)
    assert (answer.outcome, answer.claim) == (Outcome.ANSWER, claim)
    assert says in answer.text


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("deadlift or press for a bad back and when can i go back to deadlifts", ("deadlift-or-press", "back-pain-other-lifts")),
        ("horizontal or 45, which is better for my spine? and how many sets", ("machine-types", "sets-and-reps")),
    ],
)  # fmt: skip
def test_two_questions_get_two_answers(service: Service, text: str, claims: tuple[str, ...]) -> None:
    answer, _ = service.ask(text)
    assert (answer.claim, *answer.also) == claims


def test_the_card_that_the_words_lead_to_is_not_called_unsure(service: Service) -> None:
    answer, _ = service.ask("scoliosis ako ok lang ba leg press")
    assert answer.claim == "scoliosis"
    assert "not sure" not in answer.text


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


def test_rest_after_a_pulled_back_is_not_rest_between_sets(service: Service) -> None:
    _, talk = service.ask("pulled my back 3 days ago", Conversation())
    answer, talk = service.ask("should i rest", talk)
    assert answer.claim == "keep-moving-or-rest"
    answer, _ = service.ask("when can i lift again", talk)
    assert answer.claim == "going-back-after-sore"


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("i feel it only in my knees, not in the quads", "knee-friendly-setup"),
        ("my knees take all of it, quads feel nothing", "knee-friendly-setup"),
        ("leg press hits my knees not my quads", "knee-friendly-setup"),
        ("only feel leg press in my knees not my glutes", "knee-friendly-setup"),
        ("my lower back takes all of it, quads do nothing", "back-tires-first"),
        ("i dont feel my glutes but my lower back hurts", "why-back-hurts"),
        ("stuck at the same weight and my lower back hurts", "why-back-hurts"),
        ("feet higher for glutes makes my lower back hurt, go higher?", "why-back-hurts"),
        ("i feel it only in my hip flexors, not in the quads", "hip-pinch"),
        ("should i go to failure if my kneecaps hurt", "kneecap-pain"),
        ("dont feel my hamstrings at all, only a pull behind my knee", "knee-back-or-side"),
        ("only feel leg press in my tailbone not my glutes", "tailbone-bruise"),
        ("do i add more weight when my achilles hurts", "sore-heel"),
        ("should i do more sets, my neck hurts on every rep", "head-position"),
        ("how do i add more weight, my elbows hurt at the end of each set", "sore-hands"),
        ("my shins hurt on every set, more weight?", "sore-or-injured"),
    ],
)
def test_what_hurts_comes_before_a_wish_for_more(service: Service, text: str, claim: str) -> None:
    answer, _ = service.ask(text)
    assert (answer.outcome, answer.claim) == (Outcome.ANSWER, claim)


WISHES = [
    "i feel it only in {it}, not in the quads",
    "leg press hits {it} not my quads",
    "i dont feel my glutes but {it} hurt",
    "how do i get full range if it hurts {it}",
    "{it} hurt on every rep, should i add weight",
    "plateau for weeks and {it} hurt",
]


def test_a_groin_that_hurts_with_wide_feet_is_told_about_shoulder_width_first(service: Service) -> None:
    answer, _ = service.ask("my groin hurts when feet are wide")
    assert answer.claim == "stance-width"
    assert "about shoulder width" in answer.text.split("Why:")[0]


@pytest.mark.parametrize("wish", WISHES)
def test_no_place_that_complains_is_given_more_work(service: Service, wish: str) -> None:
    hurts = service.knowledge.about_them.hurts
    for place in hurts.places:
        if not place.felt and "hurt" not in wish:
            continue
        name = re.sub(r"/\w+", "", place.names[0])
        answer, _ = service.ask(wish.format(it=f"my {name}"))
        assert answer.claim not in hurts.wishes, name


@pytest.mark.parametrize("muscle", ["quads", "glutes", "hamstrings", "calves", "inner thighs", "adductors", "abs"])
@pytest.mark.parametrize(
    ("said", "claim"),
    [
        ("my {it} hurt during leg press", "sore-or-injured"),
        ("my {it} ache when i press", "sore-or-injured"),
        ("my {it} cramp up on the leg press", "cramp"),
        ("{it} sore day after leg press", "sore-legs"),
    ],
)
def test_a_muscle_that_complains_is_not_told_what_trains_it(
    service: Service, muscle: str, said: str, claim: str
) -> None:
    assert service.ask(said.format(it=muscle))[0].claim == claim


@pytest.mark.parametrize("said", ["my quads burn so much on leg press is it normal", "quads on fire last set"])
def test_a_burn_late_in_a_set_is_told_from_a_muscle_that_is_not_felt(service: Service, said: str) -> None:
    assert service.ask(said)[0].claim == "the-burn"


def test_a_joint_that_feels_fine_asks_for_no_patience(service: Service) -> None:
    answer, _ = service.ask("my knees don't hurt, how do i get past a plateau")
    assert answer.claim == "plateau"


def test_what_is_said_of_more_stands_above_what_hurts(service: Service) -> None:
    answer, _ = service.ask("should i go to failure if my hips hurt")
    assert answer.text.startswith("Your hips first: no more weight, depth or sets until that is calm.")
