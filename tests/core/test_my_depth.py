import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.drawing.registry import MAX_ALT
from bot.core.geometry import MACHINES, FootHeight, Person, Setup, distance_at_trunk_thigh, pose
from bot.core.my_depth import (
    DepthRequest,
    End,
    Measured,
    RollPoint,
    Units,
    body_height,
    depth_request,
    my_depth,
    roll_point,
)
from bot.core.my_depth.inputs import back_rest, foot_height
from bot.errors import UserError


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("178", 1.78), ("178 cm", 1.78), ("178cm", 1.78), ("1.78", 1.78), ("1.78 m", 1.78), ("1,78 m", 1.78),
        ("1m78", 1.78), ("1 m 78 cm", 1.78), ("5'11", 1.8034), ("5'11\"", 1.8034), ("5’11”", 1.8034), ("5′11″", 1.8034),
        ("5 ft 11 in", 1.8034), ("5ft11", 1.8034), ("5 feet 11 inches", 1.8034), ("6'", 1.8288), ("6 ft", 1.8288),
        ("5 11", 1.8034), ("5-11", 1.8034), ("6 1", 1.8542), ("5'7 1/2", 1.7145), ("5'7½", 1.7145), ("1.785 m", 1.785),
        ("1785 mm", 1.785), ("178 cms", 1.78), ("I'm 178 cm tall", 1.78), ("about 1,8", 1.80),
        ("6 foot 2", 1.8796), ("71 in", 1.8034), ('71"', 1.8034), ("  180  CM ", 1.80), ("5'10.5", 1.7907),
    ],
)  # fmt: skip
def test_a_height_is_read_in_any_usual_unit(text: str, metres: float) -> None:
    assert body_height(text) == pytest.approx(metres, abs=5e-4)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tall",
        "banana",
        "-178",
        "5'14",
        "17.8 m",
        "178 kg",
        "5.11",
        "71",
        "6",
        "0",
        "3'2",
        "9'0",
        "1e2",
        "5 12",
        "1780",
        "about",
    ],
)
def test_a_height_that_is_none_gets_one_clear_sentence(text: str) -> None:
    with pytest.raises(UserError) as caught:
        body_height(text)
    assert "cm" in str(caught.value)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_feet_and_inches_written_with_a_point_are_asked_about_and_never_guessed() -> None:
    with pytest.raises(UserError, match=r"^Are those feet and inches\? Then write 5'9\"; else 178 cm or 1\.78 m\.$"):
        body_height("5.9")


SLED = MACHINES["sled"]


@pytest.mark.parametrize(
    ("text", "angle"),
    [
        ("", 25), ("notch 1", 10), ("1", 10), ("3rd notch", 30), ("#5", 50), ("30", 30), ("30°", 30), ("30 deg", 30),
        ("35.5 degrees", 35.5), ("22.5", 22.5), ("second notch", 20), ("third", 30),
        ("upright", 50), ("Reclined", 10), ("middle", 30),
    ],
)  # fmt: skip
def test_a_back_rest_is_a_notch_an_angle_or_a_word(text: str, angle: float) -> None:
    assert back_rest(text, SLED) == pytest.approx(angle)


@pytest.mark.parametrize(
    "text", ["notch 0", "notch 9", "7", "99°", "5°", "-3", "steep", "45 cm", "notch", "1000000", "120", "1.5", "sixth"]
)
def test_a_back_rest_that_is_none_gets_one_sentence_with_what_to_write(text: str) -> None:
    with pytest.raises(UserError, match=r"notch") as caught:
        back_rest(text, SLED)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "where"),
    [("", FootHeight.MIDDLE), ("LOW", FootHeight.LOW), ("mid", FootHeight.MIDDLE), ("top", FootHeight.HIGH)],
)
def test_feet_are_low_middle_or_high(text: str, where: FootHeight) -> None:
    assert foot_height(text) is where


def test_feet_elsewhere_get_one_sentence() -> None:
    with pytest.raises(UserError, match="low, middle or high"):
        foot_height("sideways")


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("hip 75", RollPoint(Measured.TRUNK_THIGH, 75)),
        ("75 degrees at the hip", RollPoint(Measured.TRUNK_THIGH, 75)),
        ("thigh: 80°", RollPoint(Measured.TRUNK_THIGH, 80)),
        ("knee 85", RollPoint(Measured.KNEE_BEND, 85)),
        ("85° knee bend", RollPoint(Measured.KNEE_BEND, 85)),
        ("hip angle 75", RollPoint(Measured.TRUNK_THIGH, 75)),
        ("at about 75° in my hips", RollPoint(Measured.TRUNK_THIGH, 75)),
        ("30 cm", RollPoint(Measured.TRAVEL, 0.30)),
        ("about 0,3 m", RollPoint(Measured.TRAVEL, 0.30)),
        ("300 mm", RollPoint(Measured.TRAVEL, 0.30)),
        ("1 ft", RollPoint(Measured.TRAVEL, 0.3048)),
        ('10"', RollPoint(Measured.TRAVEL, 0.254)),
        ("10 inches down", RollPoint(Measured.TRAVEL, 0.254)),
    ],
)
def test_the_roll_point_is_read_as_angle_or_travel(text: str, point: RollPoint) -> None:
    found = roll_point(text)
    assert found.measured is point.measured
    assert found.value == pytest.approx(point.value)


@pytest.mark.parametrize("text", ["75", "deep", "hip", "hip 5", "knee 179", "300 cm", "1 cm", "nose 40"])
def test_a_roll_point_that_is_none_gets_what_to_write(text: str) -> None:
    with pytest.raises(UserError, match="hip 75") as caught:
        roll_point(text)
    assert "\n" not in str(caught.value)


def test_every_field_that_cannot_be_read_is_named_at_once() -> None:
    with pytest.raises(UserError) as caught:
        depth_request("smith", "notch 40", "sideways", "tall", "deep")
    assert len(str(caught.value).split("\n")) == 5


def test_empty_fields_take_usual_values() -> None:
    request = depth_request()
    assert request == DepthRequest(SLED, 25.0, FootHeight.MIDDLE, Person(1.75), None)


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_no_text_raises_anything_but_a_sentence(machine: str, back: str, feet: str, height: str, roll: str) -> None:
    try:
        my_depth(depth_request(machine, back, feet, height, roll))
    except UserError as error:
        said = str(error)
    else:
        said = "a result"
    assert said


def request(
    roll: RollPoint | None, *, machine: str = "sled", backrest: float = 25.0, height: float = 1.75
) -> DepthRequest:
    return DepthRequest(MACHINES[machine], backrest, FootHeight.MIDDLE, Person(height), roll)


def test_the_three_ways_to_measure_the_same_point_give_the_same_stop() -> None:
    by_hip = my_depth(request(RollPoint(Measured.TRUNK_THIGH, 70))).stop
    assert by_hip is not None
    by_knee = my_depth(request(RollPoint(Measured.KNEE_BEND, by_hip.pose.knee_bend))).stop
    by_travel = my_depth(request(RollPoint(Measured.TRAVEL, by_hip.travel))).stop
    for other in (by_knee, by_travel):
        assert other is not None
        assert other.pose.trunk_thigh == pytest.approx(70, abs=1e-4)
        assert other.travel == pytest.approx(by_hip.travel, abs=1e-6)
        assert other.to_lowest == pytest.approx(by_hip.to_lowest, abs=1e-6)


def test_hips_that_roll_at_the_very_top_leave_no_depth_to_work_at() -> None:
    result = my_depth(request(RollPoint(Measured.TRAVEL, 0.02)))
    assert "this set-up has no working depth for now" in result.text
    assert "Work at the next stop" not in result.text
    assert "What would buy room" in result.text
    assert "No rep left above" in result.svg
    assert "at least 2-3 cm" in my_depth(request(RollPoint(Measured.TRAVEL, 0.05))).text


def test_knees_to_chest_is_as_far_as_the_sled_still_goes() -> None:
    stop = my_depth(request(RollPoint(Measured.TRUNK_THIGH, 70))).stop
    assert stop is not None
    assert stop.ends is End.CHEST
    lowest = stop.pose.setup.at(stop.pose.setup.plate_distance - stop.to_lowest + 1e-9)
    assert pose(stop.pose.person, lowest).trunk_thigh == pytest.approx(70 - stop.room, abs=1e-3)


def test_each_change_is_what_the_model_says_of_that_set_up() -> None:
    result = my_depth(request(RollPoint(Measured.TRUNK_THIGH, 70)))
    assert result.stop is not None
    assert {(change.recline > 0, change.feet_lower > 0) for change in result.changes} == {(True, False), (False, True)}
    recline = next(change for change in result.changes if change.recline)
    assert recline.recline == 10
    reclined = Setup(SLED, 15.0, 0.0, SLED.foot_height(FootHeight.MIDDLE))
    distance = distance_at_trunk_thigh(Person(1.75), reclined, 70)
    assert distance is not None
    # reclining leaves the top of the rep where it is, so what is gained is the difference of the two plate distances
    assert recline.gain == pytest.approx(result.stop.pose.setup.plate_distance - distance, abs=1e-6)
    assert recline.knee_bend == pytest.approx(pose(Person(1.75), reclined.at(distance)).knee_bend, abs=1e-4)
    assert all(change.gain > 0 for change in result.changes)
    assert [change.gain for change in result.changes] == sorted((c.gain for c in result.changes), reverse=True)


@pytest.mark.parametrize(
    ("machine", "feet", "backrest", "ends"),
    [
        ("sled", "middle", "40°", End.CHEST),
        ("horizontal", "low", "40°", End.HEELS),
        ("sled", "middle", "notch 1", End.KNEES),
    ],
)
def test_the_picture_says_what_ends_the_rep(machine: str, feet: str, backrest: str, ends: End) -> None:
    result = my_depth(depth_request(machine, backrest, feet, "175", "knee 60"))
    assert result.stop is not None
    assert result.stop.ends is ends
    assert str(ends) in result.text
    assert str(ends) in result.svg


def test_a_rep_that_ends_before_the_chest_says_so() -> None:
    to_the_chest = my_depth(depth_request("sled", "40°", "middle", "175", "knee 60"))
    assert re.search(r"^Knees to chest: \d+ cm further down, another \d+° of fold\.$", to_the_chest.text, re.MULTILINE)
    before_it = my_depth(depth_request("horizontal", "40°", "low", "175", "knee 60"))
    said = r"^Heels off the plate: \d+ cm further down, before the knees reach the chest \(\d+° of fold away\)\.$"
    assert re.search(said, before_it.text, re.MULTILINE)


def test_feet_and_inches_come_back_as_they_were_given_and_notches_as_notches() -> None:
    result = my_depth(depth_request("sled", "notch 3", "", "5'11", "12 in"))
    for said in (result.text, result.alt, result.svg):
        assert not re.search(r"\d (cm|mm|m)\b", said)
    assert "back rest notch 3, feet middle, 5'11\" tall" in result.text
    assert "start to roll 12 in down" in result.text
    assert "Work at the next stop above that, at least about an inch: no lower than 11 in from the top" in result.text
    assert re.search(r"- Back rest to notch 2: [\d.]+ in more room", result.text)
    assert "30°" not in result.text  # what notch 3 is in degrees


@pytest.mark.parametrize(
    ("height", "roll"),
    [("5'11", "hip 75"), ("5'2", "knee 70"), ("6'3", "hip 60"), ("180", "hip 75"), ("165", "knee 90")],
)
@pytest.mark.parametrize("machine", ["sled", "horizontal", "vertical"])
def test_the_sums_of_the_lengths_are_right_as_they_are_said(machine: str, height: str, roll: str) -> None:
    text = my_depth(depth_request(machine, height=height, roll=roll)).text
    rolls = re.search(r"start to roll ([\d.]+) (cm|in) down", text)
    works = re.search(r"no\s(?:lower|deeper) than ([\d.]+) (cm|in)", text)
    assert rolls
    assert works
    assert rolls[2] == works[2]
    clearance = float(rolls[1]) - float(works[1])
    assert clearance == 1 if works[2] == "in" else 2 <= clearance <= 3


def test_a_stop_is_called_shallow_by_where_the_work_is_done() -> None:
    deep_enough = my_depth(depth_request("sled", height="180", roll="knee 67")).text
    works_above_sixty = my_depth(depth_request("sled", height="180", roll="knee 62")).text
    assert "That is a shallow stop" not in deep_enough
    assert "That is a shallow stop" in works_above_sixty


def test_centimetres_and_degrees_come_back_as_such() -> None:
    result = my_depth(depth_request("sled", "30 degrees", "", "180 cm", "30 cm"))
    assert "back rest 30°, feet middle, 180 cm tall" in result.text
    assert "start to roll 30 cm down" in result.text
    assert "Recline 10°" in result.text
    assert not re.search(r"\d in\b|\"", result.text)


@pytest.mark.parametrize(
    ("height", "roll", "units"),
    [("", "", Units.METRIC), ("178", "hip 70", Units.METRIC), ("1m78", "30 cm", Units.METRIC), ("1785 mm", "", Units.METRIC),
     ("5'7½", "hip 70", Units.IMPERIAL), ("71 in", "", Units.IMPERIAL), ("5 11", "", Units.IMPERIAL),
     ("", "10 inches down", Units.IMPERIAL), ("6 ft", "knee 80", Units.IMPERIAL), ("180", "1 ft", Units.IMPERIAL)],
)  # fmt: skip
def test_units_are_those_that_were_typed(height: str, roll: str, units: Units) -> None:
    assert depth_request(height=height, roll=roll).units is units


def test_a_flat_back_rest_is_not_told_to_recline() -> None:
    result = my_depth(request(RollPoint(Measured.TRUNK_THIGH, 80), backrest=10.0))
    assert not any(change.recline for change in result.changes)
    assert "Recline" not in result.text


def test_a_shallow_stop_is_told_to_mend_the_set_up_as_a_rule_of_thumb() -> None:
    assert "rule of thumb, not a study" in my_depth(request(RollPoint(Measured.KNEE_BEND, 45))).text
    assert "rule of thumb" not in my_depth(request(RollPoint(Measured.KNEE_BEND, 85))).text


def test_a_point_that_the_set_up_does_not_reach_says_what_it_does_reach() -> None:
    with pytest.raises(UserError, match=r"the sled travels up to .* check what you measured"):
        my_depth(request(RollPoint(Measured.TRAVEL, 0.85)))


def test_without_the_test_there_is_no_depth_but_how_to_find_it() -> None:
    with pytest.raises(UserError, match=r"hips differ\. Find it first, with nothing on the machine"):
        my_depth(request(None))


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("height", [1.45, 1.75, 2.05])
@pytest.mark.parametrize("roll", [RollPoint(Measured.TRUNK_THIGH, 80), RollPoint(Measured.KNEE_BEND, 70)])
def test_every_machine_and_height_has_a_text_a_picture_and_its_words(
    machine: str, height: float, roll: RollPoint
) -> None:
    result = my_depth(request(roll, machine=machine, backrest=MACHINES[machine].backrest_usual, height=height))
    assert len(result.alt) <= MAX_ALT
    assert result.svg.startswith("<svg")
    assert f"{100 * height:.0f} cm tall" in result.text
    assert len(result.text) < 1900
    lines = result.text.split("\n")
    assert max(Counter(lines).values()) == 1
    assert not re.search(r"\bnan\b|None", result.text)


def test_the_picture_gives_the_same_numbers_as_the_text() -> None:
    result = my_depth(request(RollPoint(Measured.TRUNK_THIGH, 70)))
    drawn = set(re.findall(r">[^<]*?(\d+)°", result.svg))
    assert drawn
    assert drawn <= set(re.findall(r"(\d+)°", result.text))
