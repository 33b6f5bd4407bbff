"""What the gate does with a message, by the shipped rules."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import Tier
from bot.core.safety import Gate, SafetyRules, Screening, build, fingerprint
from bot.core.safety.state import State
from tests.safety.shipped import bank_rules, shipped_gate, shipped_rules, small_gate
from tests.support.examples import examples


def alarming_words() -> st.SearchStrategy[str]:
    """Words of the shipped wordings, which are read when the first is drawn."""
    return st.sampled_from(sorted({word for text in bank_rules().phrasings for word in text.text.split()}))


@given(st.text(max_size=400))
@examples(80)
def test_no_text_whatsoever_makes_it_raise(text: str) -> None:
    assert isinstance(small_gate().check(text), Screening)
    small_gate().explain(text).render()


@given(st.lists(st.deferred(alarming_words), max_size=60).map(" ".join), st.lists(st.text(max_size=80), max_size=12))
@examples(60)
def test_no_pile_of_alarming_words_makes_it_raise(text: str, earlier: list[str]) -> None:
    screening = small_gate().check(text, earlier)
    assert not (screening.stop and screening.line)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 6000,
        "numb " * 1500,
        "my back " * 900,
        "i cant pee " * 600,
        "😂" * 6000,
        "no, " * 2000,
        "((((" * 1500,
        "1 " * 3000,
    ],
)
def test_six_thousand_characters_take_bounded_time(text: str) -> None:
    gate = small_gate()
    gate.check("warm up my numb back")
    start = time.process_time()
    gate.check(text, [text] * 12)
    assert time.process_time() - start < 1.5


def test_the_same_text_always_gives_the_same_screening() -> None:
    text = "leg press friday, now my crotch is numb and i cant pee, normal?"
    assert small_gate().check(text) == small_gate().check(text)


def test_an_alarm_stops_with_tier_and_rules_and_no_line() -> None:
    screening = small_gate().check("leg press friday, now my crotch is numb and i cant pee, normal?")
    assert screening.stop is not None
    assert screening.stop.tier is Tier.EMERGENCY
    assert "R01" in screening.stop.rules
    assert not screening.line


def test_the_highest_tier_wins() -> None:
    screening = small_gate().check("my back wakes me every night and now i cant pee")
    assert screening.stop is not None
    assert screening.stop.tier is Tier.EMERGENCY


def test_a_question_about_depth_passes_untouched() -> None:
    assert small_gate().check("how deep should i go on the leg press") == Screening()


def test_pain_gets_the_line_and_nothing_more() -> None:
    assert small_gate().check("my lower back aches after leg press") == Screening(line=True)


@pytest.mark.parametrize(
    "text",
    [
        "my ex says she is going to kill herself tonight",
        "because of my exams i want to kill myself tonight",
        "what is the point of living",
        "whats even the point of going on like this",
        "why should i even stay alive",
    ],
)
def test_neither_exams_nor_a_former_partner_nor_a_question_hides_self_harm(text: str) -> None:
    stop = shipped_gate().check(text).stop
    assert stop is not None
    assert stop.route == "self_harm"


@pytest.mark.parametrize(
    "text",
    [
        "i hope i dont wake up tomorrow",
        "part of me wishes i could just vanish for good",
        "what reason is there, give me one reason to stay alive",
        "shes been cutting her arms again in secret",
        "everyone would be happier if i wasnt around",
        "i keep wishing a lorry would hit me",
    ],
)
def test_wishes_to_be_dead_stop_by_rule_whatever_they_are_called(text: str) -> None:
    trace = shipped_gate().explain(text)
    assert any(rule.startswith(("R47", "R48")) for rule in trace.rules)


@pytest.mark.parametrize(
    "around", ["and my {}?", "ok and the {}", "what about his {}", "her {}", "and {}", "not his {}", "only my left {}"]
)
@pytest.mark.parametrize("part", ["back", "neck", "chest", "arm", "head", "eyes", "heart"])
def test_naming_a_part_of_the_body_alone_stops_nobody(around: str, part: str) -> None:
    gate, text = shipped_gate(), around.format(part)
    assert gate.check(text).stop is None
    assert gate.check(text, ["how deep should i go"]).stop is None


@pytest.mark.parametrize(
    "text", ["and then if it comes back?", "so it came back", "eating loads at the moment", "be quick with the plates"]
)
def test_going_on_about_something_that_was_no_alarm_stops_nobody(text: str) -> None:
    assert shipped_gate().check(text, ["my back aches a bit after leg press"]).stop is None


@pytest.mark.parametrize(
    ("earlier", "text"),
    [
        ([], "chest and left arm"),  # two parts: how a heart attack is told by somebody short of breath
        ([], "my chest is crushing"),
        (["i feel a crushing pressure"], "in my chest"),  # what came before says how it is
        (["sudden pressure and i'm sweating"], "my chest"),
    ],
)
def test_a_part_of_the_body_is_an_alarm_with_what_tells_how_it_is(earlier: list[str], text: str) -> None:
    assert shipped_gate().check(text, earlier).stop is not None


@pytest.mark.parametrize(
    "text",
    [
        "i want to die after those lunges",
        "wish this playlist would end",
        "nobody would miss me at the 5am class",
        "took all my vitamins",
        "i don't want to die",
        "my quads are suicidal",
        "cut my leg shaving again",
        "afraid i'll hurt myself if i go lower",
    ],
)
def test_talk_of_death_about_training_and_trifles_is_no_alarm_by_rule(text: str) -> None:
    gate = shipped_gate()
    assert gate.explain(text).rules == ()
    assert gate.check(text).stop is None


@pytest.mark.parametrize(
    "text",
    [
        "the exam gave me a heart attack, anyway how deep do i go",
        "what is the point of going on the leg press after squats",
        "is there a point in carrying on past failure",
    ],
)
def test_exams_and_questions_about_training_stay_calm(text: str) -> None:
    assert shipped_gate().check(text).stop is None


@pytest.mark.parametrize(
    "text",
    [
        "my dad got a new knee in june",
        "i have coronary artery disease, can i use the leg press",
        "i have heart failure, is the leg press ok",
        "toes off the plate",
        "girl at my gym does the leg press facing backwards",
        "muscle knots near my shoulder blade, lacrosse ball?",
        "my feet go numb on the leg press",
        "numb feet from ms, which machine",
        "belly is in the way, knees cant come down",
    ],
)
def test_lasting_conditions_old_operations_and_plain_form_are_no_emergency(text: str) -> None:
    assert shipped_gate().check(text).stop is None


@pytest.mark.parametrize(
    "text",
    [
        "its been 8 weeks and still no growth",
        "its been five weeks and i'm still stuck at 100kg",
        "been a month and i still cant go deeper than my mate",
        "it's been four days and my thighs are still sore",
        "its been 10 minutes and my legs are still shaking",
        "its been a year since my back injury and im still scared of leg press",
        "numb toes during leg press normal?",
        "my feet go numb on long sets",
        "toes get numb when i do long sets",
        "feet numb after 15 reps",
        "i got stuck under it yesterday, how do i avoid that",
        "seat back won't stay up, keeps falling flat",
        "i'm hanging by my arms",
    ],
)
def test_how_long_something_lasts_and_feet_in_a_set_are_no_alarm(text: str) -> None:
    assert shipped_gate().check(text).stop is None


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("my whole leg goes numb on leg press", Tier.SAME_DAY),
        ("one leg goes numb when i leg press", Tier.SAME_DAY),
        ("my feet go numb on leg press every day now", Tier.EMERGENCY),
        ("numb toes on leg press, still numb now", Tier.EMERGENCY),
        ("my legs go numb on the leg press", Tier.EMERGENCY),
    ],
)
def test_a_whole_leg_and_what_stays_numb_are_stopped(text: str, tier: Tier) -> None:
    stop = shipped_gate().check(text).stop
    assert stop is not None
    assert (stop.tier, stop.route) == (tier, tier.value)


def test_a_leak_on_effort_is_the_calm_one() -> None:
    stop = shipped_gate().check("leak a little pee on the leg press").stop
    assert stop is not None
    assert (stop.rules, stop.tier) == (("R32",), Tier.SOON)


def test_what_is_felt_stays_felt_though_somebody_calls_it_fine() -> None:
    for text in ("Chest pain is fine", "is chest pain fine", "numbness between the legs is fine"):
        screening = shipped_gate().check(text)
        assert screening.stop or screening.line, text


def test_negated_pain_gets_no_line() -> None:
    assert not shipped_gate().check("no pain at all, how wide should my feet be").line


@pytest.mark.parametrize(
    "parts",
    [
        ("my back went on the sled yesterday", "and now i cant pee"),
        ("i need to pee so bad", "but nothing comes out", "back is killing me"),
        ("my crotch", "is numb"),
        ("did my back in", "how deep should i go btw", "my legs are tingling, both of them"),
    ],
)
def test_alarming_words_split_over_messages_still_stop(parts: tuple[str, ...]) -> None:
    assert small_gate().check(parts[-1], parts[:-1]).stop is not None


def test_an_alarm_said_before_does_not_stop_an_ordinary_message_after_it() -> None:
    assert (
        shipped_gate().check("thanks, and how wide should my feet be", ["my crotch is numb and my back hurts"]).stop
        is None
    )


def test_more_about_the_pain_right_after_an_alarm_is_stopped_again() -> None:
    assert small_gate().check("my back is killing me", ["my crotch is numb and i cant pee"]).stop is not None


@pytest.mark.parametrize(
    ("text", "proxy"),
    [("my gf did legs yesterday and now her pee is brown", True), ("my pee is brown since legs", False)],
)
def test_a_real_person_in_the_present_alarms_with_the_wording_for_them(text: str, *, proxy: bool) -> None:
    screening = small_gate().check(text)
    assert screening.stop is not None
    assert screening.stop.proxy is proxy


@pytest.mark.parametrize(
    "text",
    [
        "what are the signs of rhabdo",
        "what symptoms mean i should see a doctor for back pain",
        "which warning signs with back pain are serious",
        "what is cauda equina",
    ],
)
def test_a_question_about_signs_in_general_is_told_apart(text: str) -> None:
    screening = shipped_gate().check(text)
    assert screening.about_signs
    assert screening.stop is None


@pytest.mark.parametrize(
    "text", ["my crotch is numb, is that a warning sign", "how deep should i go", "can leg press cause a hernia"]
)
def test_other_questions_are_not_about_signs(text: str) -> None:
    assert not small_gate().check(text).about_signs


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("i want to kill myself", "self_harm"),
        ("been thinking about suicide and i dont want to be here anymore", "self_harm"),
        ("trained in the heat, stopped sweating, confused and dizzy", "heat"),
        ("plate fell on my head and now im throwing up", "head_injury"),
    ],
)
def test_what_has_its_own_text_is_an_emergency_by_its_route(text: str, route: str) -> None:
    stop = shipped_gate().check(text).stop
    assert stop is not None
    assert (stop.tier, stop.route) == (Tier.EMERGENCY, route)


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("my crotch is numb and i cant pee", "emergency"),
        ("snapped my achilles and cant push off", "same_day_R25"),
        ("20 weeks pregnant and bleeding since leg press", "same_day_R30"),
        ("i am 20 weeks pregnant, is leg press ok", "soon_R31"),
        ("pregnant 20 weeks", "soon_R31"),
        ("pregnant 5 months, depth?", "soon_R31"),
        ("i pee a bit on max deadlifts", "soon_R32"),
    ],
)
def test_a_stop_says_by_its_route_which_text_it_gets(text: str, route: str) -> None:
    stop = shipped_gate().check(text).stop
    assert stop is not None
    assert stop.route == route


@pytest.mark.parametrize(
    "text", ["kill me now lol, split squats", "this workout will kill me", "it is boiling in this gym"]
)
def test_gym_hyperbole_is_no_stop(text: str) -> None:
    assert small_gate().check(text).stop is None


def test_self_harm_wins_over_symptoms_beside_it() -> None:
    stop = small_gate().check("my crotch is numb, cant pee, back hurts, i want to kill myself").stop
    assert stop is not None
    assert stop.route == "self_harm"
    assert "R01" in stop.rules


def test_an_explanation_shows_cues_rules_and_what_took_cues_back() -> None:
    trace = small_gate().explain("my crotch is numb, no fever")
    assert any(cue.startswith("NUMB") for cue in trace.cues)
    assert any("FEVER" in cue and "negated" in cue for cue in trace.suppressed)
    assert any(rule.startswith("R01") for rule in trace.rules)
    assert any("stop" in line for line in trace.render())


def test_an_explanation_leaves_grammar_out_says_nothing_twice_and_tells_that_rules_needed_no_model() -> None:
    trace = small_gate().explain("my crotch is numb, numb, and numb")
    assert not any(cue.startswith(("I_MY=", "LOOKS=", "AND_OR=")) for cue in trace.cues)
    assert trace.cues.count("NUMB=numb") == 1
    assert "model not asked" in trace.render()[0]


def test_an_explanation_marks_a_mended_slip() -> None:
    assert any(cue.startswith("NUMB=") and cue.endswith("(slip)") for cue in small_gate().explain("crotch nubm").cues)


def test_an_explanation_of_a_models_alarm_names_the_wordings_it_is_near_to() -> None:
    trace = shipped_gate().explain("the lower floors of my body are no longer taking calls, lumbar region in pieces")
    assert trace.phrasings
    assert 0 <= trace.score <= 1


def test_a_dump_restores_an_equal_gate() -> None:
    gate = small_gate()
    again = build(gate.rules, fitted=gate.dump())
    for text in ("lower half has checked out since my back went", "how deep", "my knee aches", "cant pee, back gone"):
        assert again.check(text) == gate.check(text)
        assert again.explain(text) == gate.explain(text)
    assert again.dump() == gate.dump()


@pytest.mark.parametrize("fitted", [b"", b"junk", b"\xff\xfe", b"0\n{}", None])
def test_a_broken_or_foreign_dump_is_none(fitted: bytes | None) -> None:
    key = fingerprint(small_gate().rules)
    assert State.load(key.encode() + b'\n{"lexicon": 3}' if fitted is None else fitted, key) is None


@pytest.mark.parametrize("lacking", [False, pytest.param(True, marks=pytest.mark.soak)], ids=["none", "lacks all"])
def test_a_dump_that_is_none_or_lacks_all_is_ignored(*, lacking: bool) -> None:
    gate = small_gate()
    fitted = State().dump(fingerprint(gate.rules)) if lacking else b"junk"
    assert build(gate.rules, fitted=fitted).check("my crotch is numb") == gate.check("my crotch is numb")


@pytest.mark.parametrize(
    "found",
    [bank_rules, shipped_rules, lambda: replace(bank_rules(), harmless=("one", "two"))],
    ids=["bank", "all", "few"],
)
def test_rules_survive_plain_data(found: Callable[[], SafetyRules]) -> None:
    rules = found()
    again = SafetyRules.from_data(rules.to_data())
    assert again.harmless == rules.harmless
    assert replace(again, groups=rules.groups) == rules
    assert fingerprint(SafetyRules.from_data(rules.to_data())) == fingerprint(rules)


def test_other_rules_have_another_fingerprint() -> None:
    data = bank_rules().to_data()
    data["harmless"]["more"] = [*data["harmless"]["more"], "one more harmless sentence"]
    assert fingerprint(SafetyRules.from_data(data)) != fingerprint(bank_rules())


def test_the_gate_starts_without_pydantic() -> None:
    import subprocess
    import sys

    code = "import sys; import bot.core.safety; print('pydantic' in sys.modules, 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["False", "False"]


def test_a_gate_knows_no_clock_and_no_member() -> None:
    assert set(Gate.check.__annotations__) == {"text", "earlier", "return"}


def test_laughter_does_not_take_talk_of_killing_oneself_back() -> None:
    stop = small_gate().check("been feeling suicidal lately lol").stop
    assert stop is not None
    assert stop.route == "self_harm"
    assert small_gate().check("leg day made me want to die lol").stop is None


@pytest.mark.parametrize(
    "text",
    [
        "at the end of the push my knees lock dead straight, there is like a hard stop in the joint. is that lockout",
        "i slam it bolt straight every rep, is that the thing you all warn about",
    ],
)
def test_a_described_lockout_is_no_alarm(text: str) -> None:
    assert shipped_gate().check(text).stop is None


@pytest.mark.parametrize(
    "text",
    [
        "my leg snapped dead straight and then bent backwards",
        "knee locked dead straight and i cant bend it",
        "my foot went dead straight after the set and i cant feel it",
    ],
)
def test_a_knee_that_gave_way_or_a_dead_foot_is_one_in_the_same_words(text: str) -> None:
    assert shipped_gate().check(text).stop is not None


def test_a_number_of_weeks_alone_alarms_nobody() -> None:
    shipped = shipped_gate()
    for text in ("28 weeks", "34 weeks", "6 months"):
        assert shipped.check(text).stop is None
        assert shipped.check(text, ["pregnant and want to keep training legs"]).stop is None
    assert shipped.check("6 weeks", ["pain down my leg"]).stop is not None, "rules are asked all the same"
    assert shipped.check("28 weeks and bleeding").stop is not None
