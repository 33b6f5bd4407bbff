"""What several cards tell, the checklist and the pictures too, is told alike by all of them: figures, rules of thumb, machines."""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from bot.core.checklist import PRESSES, Goal, Phase, checklist
from bot.core.drawing import PICTURES
from bot.core.model import Claim, Knowledge
from bot.core.my_depth import depth_request, my_depth, spot_test, to_remember

NUMBER = r"\d[\d,]*(?:\.\d+)?"
BOTH_UNITS = re.compile(
    rf"({NUMBER})(?:(?:-| to )({NUMBER}))? (kg|lb|cm|inch|inches) \(({NUMBER})(?:(?:-| to )({NUMBER}))? (kg|lb|cm|inch|inches)\)"
)
IN_THE_OTHER = {
    ("kg", "lb"): 2.2046,
    ("lb", "kg"): 1 / 2.2046,
    ("cm", "inches"): 1 / 2.54,
    ("inches", "cm"): 2.54,
    ("inch", "cm"): 2.54,
}
ROUNDING, SHARE = 0.55, 0.03
"""So far a figure may be from the other unit's: half a unit, or this share of it."""
WHO = re.compile(
    rf"(?<![\d.,])({NUMBER}) (?:[a-z-]+ ){{0,3}}?(men|women|people|lifters|adults|students|studies|trials|athletes|volunteers)\b"
)
RULES = {
    r"(\d+(?:-| to )\d+)% (?:step|at a time|is the usual)|small steps?, (\d+(?:-| to )\d+)%": "2 10",
    r"[Ll]ower (?:the plate |the sled )?for (?:about )?(\w+ (?:to|or) \w+) seconds": "2 3",
    r"(\d+(?:-| to )\d+) kg \(75": "34 57",
    r"[Rr]est (\w+ to \w+) minutes (?:between)|[Rr]est (\w+ to \w+) minutes, one to two": "2 3",
    r"[Nn]ot? better in (?:about )?(one|two|three|four|six)\b": "2",
}
"""Rules of thumb that several cards tell: how they are worded, and what all of them say."""
WORDS = {"two": "2", "three": "3"}
NO_STOPS = re.compile(r"[Nn]o stops|without stops|(?<!no )vertical press")
IN_RESERVE = re.compile(r"\breps?\b[^.]*\b(left|spare|reserve)\b|to spare")


def texts(claim: Claim) -> Iterator[str]:
    """Yield every text of a claim that members see."""
    yield from (claim.claim, claim.lead, *(each.split(": ", 1)[1] for each in claim.leads))
    yield from (claim.answer, claim.why, claim.unknown, *claim.do, *claim.avoid)


def sentences(claim: Claim) -> Iterator[str]:
    """Yield its sentences, and their halves at a semicolon."""
    for text in texts(claim):
        yield from re.split(r"(?<=[.!?:;])\s+(?=[A-Z\d])|; ", text)


def told(shipped: Knowledge) -> Iterator[tuple[str, str]]:
    """Yield every text that members see, and whose it is: of the claims, the lists and the pictures."""
    for claim in shipped.claims.values():
        yield from ((claim.id, text) for text in texts(claim))
    for press in PRESSES.values():
        for goal in Goal:
            yield from ((f"{press.key} {goal}", item.text) for item in checklist(shipped, press, goal).items)
    yield from ((f"picture {picture.name}", picture.alt) for picture in PICTURES.values())


def test_kilograms_and_pounds_centimetres_and_inches_say_the_same(shipped: Knowledge) -> None:
    found = [(whose, match) for whose, text in told(shipped) for match in BOTH_UNITS.finditer(text)]
    assert len(found) > 30
    for whose, match in found:
        low, high, unit, other_low, other_high, other = match.groups()
        for given, beside in ((low, other_low), (high, other_high)):
            if given:
                meant = float(given.replace(",", "")) * IN_THE_OTHER[unit, other]
                apart = abs(meant - float(beside.replace(",", "")))
                assert apart <= max(ROUNDING, SHARE * meant), (whose, match[0])


def test_a_source_has_the_same_number_of_people_on_every_card(shipped: Knowledge) -> None:
    counted: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for claim in shipped.claims.values():
        for sentence in sentences(claim):
            cited = [each for group in re.findall(r"\[([^\]]+)\]", sentence) for each in group.split(", ")]
            if len(cited) == 1:  # beside several sources it is not told whose number it is
                for number, who in WHO.findall(sentence):
                    counted[cited[0], who][number].add(claim.id)
    assert sum(len(cards) > 1 for numbers in counted.values() for cards in numbers.values()) > 30
    assert {key: dict(numbers) for key, numbers in counted.items() if len(numbers) > 1} == {}


@pytest.mark.parametrize("worded", RULES)
def test_a_rule_of_thumb_is_the_same_wherever_it_is_told(shipped: Knowledge, worded: str) -> None:
    said: dict[str, set[str]] = defaultdict(set)
    for whose, text in told(shipped):
        for match in re.finditer(worded, text):
            words = re.split(r"-| to | or ", next(filter(None, match.groups())))
            said[" ".join(WORDS.get(word, word) for word in words)].add(whose)
    assert len(set().union(*said.values())) > 1, said
    assert set(said) == {RULES[worded]}, dict(said)


def test_without_stops_and_on_a_vertical_press_five_reps_are_left_wherever_it_is_told(shipped: Knowledge) -> None:
    found = [
        (whose, part)
        for whose, text in told(shipped)
        for part in re.split(r"(?<=[.!])\s+", text)
        if NO_STOPS.search(part) and IN_RESERVE.search(part)
    ]
    assert len(found) >= 5
    assert [each for each in found if "five" not in each[1].lower()] == []
    for name in ("sets-and-reps", "how-much-weight", "for-body-weight", "to-failure", "strength-reps"):
        assert re.search(r"[Nn]o stops, or (on )?a vertical press", " ".join(shipped.claims[name].do)), name


def test_nobody_is_told_to_press_alone_on_a_vertical_press_or_to_lie_under_a_smith_bar(shipped: Knowledge) -> None:
    alone = shipped.claims["training-alone"]
    assert all("vertical press" in text for text in (alone.lead, alone.answer, alone.do[0]))
    assert "with somebody near" in shipped.claims["no-safety-stops"].lead
    assert "somebody near" in shipped.claims["vertical-press"].lead
    lying = [
        (claim.id, sentence)
        for claim in shipped.claims.values()
        if claim.id != "vertical-press"
        for sentence in sentences(claim)
        if re.search(r"\b[Ll](ie|ying) under (it|a Smith bar|the bar)", sentence)
    ]
    assert {"smith-squat", "machine-types"} <= {whose for whose, _ in lying}
    assert [each for each in lying if re.search("unless|if the stops|unset|without", each[1])] == []


@pytest.mark.parametrize("goal", list(Goal))
@pytest.mark.parametrize("key", ["sled", "nostops", "vertical"])
def test_every_list_of_a_machine_with_plates_loads_both_sides_and_a_vertical_one_starts_empty(
    shipped: Knowledge, key: str, goal: Goal
) -> None:
    loaded = " ".join(item.text for item in checklist(shipped, PRESSES[key], goal).items if item.phase is Phase.LOAD)
    assert re.search("both sides evenly", loaded)
    assert ("Start empty" in loaded) == (key == "vertical")


def test_a_sore_back_is_sent_from_the_vertical_press_by_its_list_too(shipped: Knowledge) -> None:
    first = checklist(shipped, PRESSES["vertical"], Goal.BACK).items[0].text
    assert "sore back" in first
    for text in (first, dict(each.split(": ", 1) for each in shipped.claims["vertical-press"].leads)["can"]):
        assert re.search("a sloped or a seated", text)


def test_a_sore_back_keeps_well_above_the_roll_on_cards_and_lists(shipped: Knowledge) -> None:
    lists = [checklist(shipped, PRESSES[key], Goal.BACK) for key in ("sled", "vertical")]
    assert all(any("two stops or more" in item.text for item in each.items) for each in lists)
    assert "two stops or more" in " ".join(shipped.claims["why-back-hurts"].do)
    assert "two or more with a sore back" in " ".join(shipped.claims["backrest-for-your-back"].do)


FINDS_THE_STOP = ("find-your-depth", "knees-to-chest", "hips-lift-off-pad", "first-time-setup", "seat-distance")


def test_whoever_sets_a_stop_is_told_what_a_sore_back_needs(shipped: Knowledge) -> None:
    for name in FINDS_THE_STOP:
        assert "two or more with a sore back" in " ".join(shipped.claims[name].do), name
    assert "two notches up or more" in PICTURES["setting-the-stop"].svg
    for press in PRESSES.values():
        assert re.search(r"[Ww]ith a sore back|A sore back\?", " ".join(to_remember(spot_test(shipped, press)))), (
            press.key
        )
    seated, sled, vertical = (
        my_depth(depth_request(machine=machine, roll="hip 75")).text for machine in ("horizontal", "sled", "vertical")
    )
    assert "With a sore back, two notches or more." in seated
    assert "With a sore back, two stops or more above it." in sled
    assert "With a sore back, take a sloped or a seated press instead." in vertical


def test_a_sore_back_and_sore_knees_have_a_stop_of_their_own_on_every_machine(shipped: Knowledge) -> None:
    for press in PRESSES.values():
        stops = {
            goal: [item.text for item in checklist(shipped, press, goal).items if item.phase is Phase.STOP]
            for goal in (Goal.GENERAL, Goal.BACK, Goal.KNEES)
        }
        assert re.search("two (stops|hand's widths)? ?or more", " ".join(stops[Goal.BACK])), press.key
        assert "your knees like" in " ".join(stops[Goal.KNEES]), press.key
        assert "two" not in " ".join(stops[Goal.GENERAL]), press.key


def test_a_sore_back_waits_until_bending_and_sitting_are_easy_in_every_line_that_lets_it_press(
    shipped: Knowledge,
) -> None:
    said = [
        (claim.id, sentence) for claim in shipped.claims.values() for sentence in sentences(claim) if "easy" in sentence
    ]
    halves = [each for each in said if re.search(r"[Ss]itting (is|are) easy|[Ss]itting easy", each[1])]
    assert len(halves) > 20
    assert [each for each in halves if not re.search("[Bb]end", each[1])] == []
    for name in ("belt-squat", "split-squat", "spine-load-compared", "legs-with-a-sore-back", "deadlift-or-press"):
        claim = shipped.claims[name]
        assert "ending and sitting" in " ".join([claim.lead, claim.answer.replace("\n", " "), *claim.do]), name


def test_weight_comes_back_to_a_sore_back_session_by_session(shipped: Knowledge) -> None:
    for name in ("going-back-after-sore", "legs-with-a-sore-back"):
        assert "Add a little each session" in " ".join(shipped.claims[name].do), name
    assert "Two mornings" not in " ".join(shipped.claims["stiff-mornings"].do)


def test_one_or_two_good_reps_are_left_wherever_a_number_is_told(shipped: Knowledge) -> None:
    found = [
        (whose, match[1])
        for whose, text in told(shipped)
        for match in re.finditer(r"(one to three|one or two|a rep or two|two) (?:more )?(?:good )?(?:reps? )?(?:left|in reserve)", text)
    ]  # fmt: skip
    assert len({whose for whose, _ in found}) > 8
    assert {number for _, number in found} <= {"one or two", "a rep or two", "two"}


def test_nobody_tests_a_maximum_in_their_first_months(shipped: Knowledge) -> None:
    for name, words in (("how-much-weight", "one-rep maximum"), ("strength-reps", "Single best tries")):
        assert [each for each in shipped.claims[name].avoid if words in each and "first months" in each], name


def test_the_picture_of_press_and_extension_shows_the_part_that_the_claim_tells_for_each(shipped: Knowledge) -> None:
    claim, picture = shipped.claims["leg-extension"], PICTURES["press-and-extension"]
    assert claim.picture == picture.name
    assert "press shallow, and extend only in the deep half" in claim.lead
    assert "the deep half says here, the half near straight says not yet" in picture.alt
    assert "from nearly straight to the middle of the bend says here, the deep part says not yet" in picture.alt


def test_feet_go_higher_for_sore_knees_only_where_the_back_is_calm(shipped: Knowledge) -> None:
    found = [
        (claim.id, text)
        for claim in shipped.claims.values()
        for text in (" ".join(each.split()) for each in (claim.lead, claim.answer, *claim.do))
        if re.search("[Ss]ore knee", text) or claim.topic == "knee-pain"
        if re.search("[Ff]eet (a bit |a little )?higher", text) and "comfort" not in text
    ]
    assert len(found) >= 4
    assert [each for each in found if "your back is calm" not in each[1]] == []


def test_no_first_line_lets_the_feet_leave_the_plate(shipped: Knowledge) -> None:
    claim = shipped.claims["explosive-push"]
    assert "Throwing the sled off your feet" in " ".join(claim.avoid)
    for kind in ("does", "should", "choice"):
        assert "on the plate" in lead(shipped, "explosive-push", kind)
        assert not lead(shipped, "explosive-push", kind).startswith(("Yes", "For power, yes"))


def test_a_hip_that_gives_way_is_told_so_before_any_set_up(shipped: Knowledge) -> None:
    claim = shipped.claims["hip-clicks"]
    assert "gives way: leave the press" in claim.lead
    assert re.search("gives way.*before you press", claim.do[0])


def test_whoever_stops_early_is_not_told_to_set_stops_for_it(shipped: Knowledge) -> None:
    assert "stop well short" in lead(shipped, "to-failure", "can")


def test_a_low_is_told_before_any_lifting(shipped: Knowledge) -> None:
    assert re.match("Low or shaky\\? Stop, take sugar", shipped.claims["diabetes"].lead)


def test_rules_of_thumb_for_children_and_runners_are_called_so(shipped: Knowledge) -> None:
    for kind in ("how_many", "how_often", "how_much"):
        assert "rule of thumb" in lead(shipped, "children", kind)
    runner = shipped.claims["for-runners"]
    assert "coach's view" in runner.why.replace("\n", " ")
    assert "two or three weeks" not in " ".join(texts(runner))


def test_dull_on_both_sides_is_moved_and_not_pressed_on_card_and_picture_alike(shipped: Knowledge) -> None:
    card, picture = " ".join(shipped.claims["sore-or-injured"].do), PICTURES["sore-or-injured"]
    assert "Keep moving gently" in card
    for text in (picture.alt, picture.svg):
        assert "keep moving" in text
        assert "carry on" not in text


def test_what_a_knee_needs_before_it_presses_stands_in_each_first_line(shipped: Knowledge) -> None:
    card = shipped.claims["kneecap-pain"]
    for line in (card.lead, dict(each.split(": ", 1) for each in card.leads)["can"]):
        assert re.search("swollen .*(doctor|physio) .*first", line)
    clicks = shipped.claims["knee-clicks"]
    for line in (clicks.lead, dict(each.split(": ", 1) for each in clicks.leads)["does"]):
        assert re.search("with pain, swelling or giving way", line)


def test_the_picture_of_what_it_works_gives_hamstrings_and_calves_what_the_cards_give_them(shipped: Knowledge) -> None:
    assert "hamstrings and calves get little" in shipped.claims["what-it-works"].lead
    assert "Back of the thigh: little. Calf: little." in PICTURES["what-it-works"].alt


def lead(shipped: Knowledge, name: str, kind: str) -> str:
    """Return a claim's first line for a kind of question."""
    return dict(each.split(": ", 1) for each in shipped.claims[name].leads)[kind]


def test_nobody_who_asks_whether_it_can_hurt_them_reads_no_while_the_why_tells_of_those_it_hurt(
    shipped: Knowledge,
) -> None:
    assert "dislocated both" in shipped.claims["is-it-bad-for-knees"].why
    for name in ("is-it-bad-for-knees", "is-it-bad-for-backs"):
        assert not lead(shipped, name, "bad").startswith(("No:", "No,"))


def test_a_pop_that_hurts_or_swells_is_a_click_on_no_card(shipped: Knowledge) -> None:
    clicks = shipped.claims["knee-clicks"]
    assert "a pop that hurts or swells is no click" in lead(shipped, "knee-clicks", "bad")
    for name in ("knee-clicks", "kneecap-pain"):
        assert re.search("pop.*before you press", " ".join(shipped.claims[name].do)), name
    assert "A pop that hurts or swells is no click" in clicks.answer


def test_the_next_plate_comes_after_the_top_of_the_range_in_the_example_too(shipped: Knowledge) -> None:
    claim = shipped.claims["adding-weight"]
    top = re.search(r"8 to (\d+)", claim.do[0])
    example = re.search(r"8 to (\d+) the next plate comes when you get (\d+) or (\d+)", claim.answer)
    assert top
    assert example
    assert example[1] == top[1]
    assert [int(example[2]), int(example[3])] == [int(top[1]) + 1, int(top[1]) + 2]


def test_the_plates_that_are_added_up_are_without_the_sled_wherever_they_are_told(shipped: Knowledge) -> None:
    for text in (shipped.claims["plate-sums"].lead, *shipped.claims["plate-sums"].leads):
        assert re.search("before the sled|plus the sled|on top", text), text


def test_soreness_lasts_as_long_in_each_line_as_the_source_says(shipped: Knowledge) -> None:
    for name in ("sore-or-injured", "stiff-mornings"):
        claim = shipped.claims[name]
        for text in (claim.answer, claim.why):
            assert re.search(r"fades\s+in 5 to 7\s+days", text), name
        assert "mostly gone by day five" not in " ".join(texts(claim))
