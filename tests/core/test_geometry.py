import math
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.core.geometry import (
    KNEES_TO_CHEST,
    MACHINES,
    MAX_KNEE_BEND,
    FootHeight,
    ImpossibleSetupError,
    Machine,
    Person,
    Pose,
    Setup,
    distance_at_knee_bend,
    distance_at_trunk_thigh,
    machine_named,
    nearest_distance,
    pose,
    straightest,
    with_hip_limit,
)
from bot.errors import UserError

DOCS = Path(__file__).parents[2] / "docs" / "geometry.md"

people = st.floats(1.3, 2.2).map(Person)
machines = st.sampled_from(list(MACHINES.values()))


@st.composite
def placed(draw: st.DrawFn) -> tuple[Person, Setup]:
    """A body in a set-up that fits it, anywhere between its lowest and straightest point."""
    person, machine = draw(people), draw(machines)
    low, _, high = machine.feet
    backrest = draw(st.floats(machine.backrest_flat, machine.backrest_upright))
    seat = Setup(machine, backrest, 0.0, draw(st.floats(low, high)))
    near, far = nearest_distance(person, seat), straightest(person, seat)
    assume(far - near > 0.05)
    return person, seat.at(near + (far - near) * draw(st.floats(0.01, 0.99)))


def posed(person: Person, setup: Setup) -> Pose:
    try:
        return pose(person, setup)
    except ImpossibleSetupError:
        assume(False)
        raise


@given(placed())
def test_segments_keep_their_lengths(case: tuple[Person, Setup]) -> None:
    found = pose(*case)
    person = case[0]
    assert abs(found.knee - found.hip) == pytest.approx(person.thigh)
    assert abs(found.ankle - found.knee) == pytest.approx(person.shank)
    assert abs(found.shoulder - found.hip) == pytest.approx(person.length("trunk"))
    assert abs(found.lumbosacral - found.hip) == pytest.approx(person.length("pelvis"))


@given(placed())
def test_the_sole_lies_on_the_plate(case: tuple[Person, Setup]) -> None:
    found = pose(*case)
    person, setup = case
    sole = found.ankle - found.plate_direction * 1j * person.length("ankle")
    plate = found.rail_direction * setup.plate_distance
    assert abs(sole - plate - found.plate_direction * setup.foot_height) < 1e-9


@given(placed())
def test_knees_bend_one_way_and_not_past_what_a_leg_can(case: tuple[Person, Setup]) -> None:
    found = pose(*case)
    line, thigh = found.ankle - found.hip, found.knee - found.hip
    assert (line.conjugate() * thigh).imag >= 0  # counter-clockwise is the head's side
    assert 0 <= found.knee_bend <= MAX_KNEE_BEND + 1e-6
    assert found.trunk_thigh >= KNEES_TO_CHEST - 1e-6


@given(placed())
def test_the_angles_are_those_between_the_drawn_segments(case: tuple[Person, Setup]) -> None:
    found = pose(*case)

    def between(one: complex, other: complex) -> float:
        cosine = (one.real * other.real + one.imag * other.imag) / (abs(one) * abs(other))
        return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))

    assert found.trunk_thigh == pytest.approx(between(found.shoulder - found.hip, found.knee - found.hip), abs=1e-4)
    assert found.knee_bend == pytest.approx(180 - between(found.hip - found.knee, found.ankle - found.knee), abs=1e-4)
    assert found.hip_bend == pytest.approx(180 - found.trunk_thigh)
    assert found.ankle_angle == pytest.approx(between(found.knee - found.ankle, found.plate_direction), abs=1e-4)


@given(placed(), st.floats(0.002, 0.05))
def test_a_lower_sled_is_deeper(case: tuple[Person, Setup], lower: float) -> None:
    person, setup = case
    assume(setup.sled > lower)
    above, below = pose(person, setup), posed(person, setup.at(setup.plate_distance - lower))
    assert below.knee_bend > above.knee_bend
    assert below.trunk_thigh < above.trunk_thigh


@given(placed(), st.floats(0.1, 10))
def test_a_back_rest_further_forward_closes_the_trunk_thigh_angle_by_as_much(
    case: tuple[Person, Setup], forward: float
) -> None:
    person, setup = case
    assume(setup.backrest + forward <= setup.machine.backrest_upright)
    before, after = pose(person, setup), posed(person, replace(setup, backrest=setup.backrest + forward))
    assert after.trunk_thigh == pytest.approx(before.trunk_thigh - forward)
    assert after.knee_bend == pytest.approx(before.knee_bend)


@given(placed(), st.floats(0.002, 0.05))
def test_feet_higher_bend_the_hip_more_while_the_knee_is_further_up_the_plate_than_the_ankle(
    case: tuple[Person, Setup], higher: float
) -> None:
    person, setup = case
    assume(setup.foot_height + higher <= setup.machine.feet[2])
    before, after = pose(person, setup), posed(person, replace(setup, foot_height=setup.foot_height + higher))
    for found in (before, after):
        assume(((found.knee - found.ankle) * found.plate_direction.conjugate()).real > 1e-6)
    assert after.trunk_thigh < before.trunk_thigh
    assert after.hip_bend > before.hip_bend


@given(placed(), st.floats(0.002, 0.05))
def test_feet_higher_bend_the_knee_less(case: tuple[Person, Setup], higher: float) -> None:
    person, setup = case
    assume(setup.foot_height + higher <= setup.machine.feet[2])
    before, after = pose(person, setup), posed(person, replace(setup, foot_height=setup.foot_height + higher))
    assume((before.ankle * before.plate_direction.conjugate()).real > 0)  # the ankle leaves the hip as it goes up
    assert after.knee_bend < before.knee_bend


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_in_the_working_part_of_a_rep_feet_move_all_angles_the_documented_way(machine: Machine) -> None:
    person = Person(1.75)
    seat = Setup(machine, machine.backrest_usual, 0.0, machine.foot_height(FootHeight.MIDDLE))
    distance = distance_at_knee_bend(person, seat, 70)
    assert distance is not None
    low, middle, high = (
        pose(person, replace(seat, foot_height=machine.foot_height(where)).at(distance)) for where in FootHeight
    )
    assert low.trunk_thigh > middle.trunk_thigh > high.trunk_thigh
    assert low.knee_bend > middle.knee_bend > high.knee_bend


@given(placed())
def test_a_small_move_of_the_sled_moves_every_angle_a_little(case: tuple[Person, Setup]) -> None:
    person, setup = case
    before = pose(person, setup)
    assume(before.knee_bend > 15)  # towards straight the knee's angle changes ever faster with the sled: a square root
    after = posed(person, setup.at(setup.plate_distance + 1e-5))
    for name in ("trunk_thigh", "knee_bend", "hip_bend", "ankle_angle"):
        assert abs(getattr(after, name) - getattr(before, name)) < 0.02


@given(placed(), st.floats(60, 150))
def test_a_hip_at_its_limit_hands_the_rest_to_the_pelvis(case: tuple[Person, Setup], limit: float) -> None:
    person, setup = case
    flat = pose(person, setup)
    try:
        found = with_hip_limit(person, setup, limit)
    except ImpossibleSetupError:
        return
    assert found.hip_bend <= limit + 1e-6
    assert abs(found.knee - found.hip) == pytest.approx(person.thigh)
    assert abs(found.ankle - found.knee) == pytest.approx(person.shank)
    assert abs(found.lumbosacral - found.hip) == pytest.approx(person.length("pelvis"))
    assert found.lumbosacral == flat.lumbosacral  # the sacrum stays on the pad
    if flat.hip_bend <= limit:
        assert found == flat
    else:
        assert found.pelvis_roll > 0
        assert found.hip_bend == pytest.approx(limit, abs=1e-6)


def test_a_rolled_pelvis_lifts_the_hip_off_the_seat() -> None:
    person = Person(1.75)
    seat = Setup(MACHINES["sled"], 25.0, 0.0, 0.04)
    distance = distance_at_knee_bend(person, seat, 120)
    assert distance is not None
    found = with_hip_limit(person, seat.at(distance), 105)
    assert found.pelvis_roll > 15
    assert found.hip.imag > 0.02  # metres above the seated hip


@given(placed(), st.floats(40, 110))
def test_the_search_finds_the_distance_of_an_angle(case: tuple[Person, Setup], angle: float) -> None:
    person, setup = case
    distance = distance_at_trunk_thigh(person, setup.at(setup.plate_distance), angle)
    if distance is None:
        return
    assert pose(person, setup.at(max(distance, setup.seat_distance))).trunk_thigh == pytest.approx(angle, abs=1e-5)


def test_an_angle_that_the_rep_does_not_reach_has_no_distance() -> None:
    person, seat = Person(1.75), Setup(MACHINES["sled"], 25.0, 0.0, 0.02)
    assert distance_at_trunk_thigh(person, seat, 170) is None
    assert distance_at_knee_bend(person, seat, 170) is None


def documented() -> list[tuple[str, list[float]]]:
    rows = re.findall(r"^\| (sled|horizontal|vertical) \|(.+)\|$", DOCS.read_text("utf-8"), re.MULTILINE)
    return [(machine, [float(cell) for cell in cells.split("|")]) for machine, cells in rows]


def test_the_documented_set_ups_are_there() -> None:
    assert len(documented()) == 8
    assert {machine for machine, _ in documented()} == set(MACHINES)


@pytest.mark.parametrize(("machine", "row"), documented())
def test_the_model_agrees_with_the_set_ups_computed_by_hand(machine: str, row: list[float]) -> None:
    height, backrest, feet, distance, knee_bend, trunk_thigh = row
    found = pose(Person(height / 100), Setup(MACHINES[machine], backrest, distance / 100, feet / 100))
    assert found.knee_bend == pytest.approx(knee_bend, abs=0.051)
    assert found.trunk_thigh == pytest.approx(trunk_thigh, abs=0.051)


SEAT = Setup(MACHINES["sled"], 25.0, 0.6, 0.02)


@pytest.mark.parametrize(
    ("setup", "says"),
    [
        (replace(SEAT, sled=1.0), "out of reach of a straight leg: move the seat closer"),
        (replace(SEAT, seat_distance=0.1), "move the seat back"),
        (replace(SEAT, seat_distance=0.42, backrest=50.0, foot_height=0.2), "recline the back rest"),
        (replace(SEAT, seat_distance=0.45, foot_height=-0.1), "put the feet higher"),
        (replace(SEAT, backrest=85.0), "give an angle between those"),
        (replace(SEAT, backrest=-5.0), "give an angle between those"),
        (replace(SEAT, sled=-0.1), "below its lower stop"),
        (replace(SEAT, foot_height=0.9), "off the plate"),
    ],
)
def test_an_impossible_set_up_gets_one_sentence_that_says_what_to_change(setup: Setup, says: str) -> None:
    with pytest.raises(ImpossibleSetupError, match=says) as caught:
        pose(Person(1.75), setup)
    text = str(caught.value)
    assert text.endswith(".")
    assert text.count(".") == 1


@pytest.mark.parametrize("height", [0.0, 0.5, 3.0, -1.8, 178.0, float("nan"), float("inf")])
def test_a_height_that_nobody_has_is_refused(height: float) -> None:
    with pytest.raises(UserError, match="120 to 230 cm"):
        Person(height)


@pytest.mark.parametrize(
    ("text", "key"),
    [("sled", "sled"), (" 45 Degree ", "sled"), ("45°", "sled"), ("Seated", "horizontal"), ("VERTICAL", "vertical")],
)
def test_machines_go_by_their_usual_names(text: str, key: str) -> None:
    assert machine_named(text).key == key


def test_an_unknown_machine_gets_the_names_that_are_known() -> None:
    with pytest.raises(UserError, match=r"sled .*horizontal or vertical"):
        machine_named("smith machine")


def test_notches_go_from_most_reclined_to_most_upright() -> None:
    for machine in MACHINES.values():
        angles = [machine.backrest_at(notch) for notch in range(1, machine.notches + 1)]
        assert angles[0] == machine.backrest_flat
        assert angles[-1] == machine.backrest_upright
        assert angles == sorted(angles)
        for notch in (0, machine.notches + 1):
            with pytest.raises(UserError, match="I know notches 1"):
                machine.backrest_at(notch)
