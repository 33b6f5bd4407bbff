"""Reading what a member types: body height, back rest, feet, and where their hips start to roll."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.core.geometry import MACHINES, FootHeight, Machine, Person, machine_named
from bot.core.own_words import own
from bot.core.small_patterns import any_pattern, either
from bot.core.word_lists import Patterns
from bot.errors import UserError
from bot.sentences import say

INCH = 0.0254
_FOOT = 12 * INCH
_MAX_TYPED = 60  # characters; anything longer is no measure

_T = TypeVar("_T")


class Measured(StrEnum):
    """What the two-minute test noted at the point where the hips start to roll."""

    TRUNK_THIGH = "hip"
    KNEE_BEND = "knee"
    TRAVEL = "travel"


@dataclass(frozen=True, slots=True)
class RollPoint:
    """Where the hips start to roll: degrees for hip and knee, metres of sled travel from the soft top for travel."""

    measured: Measured
    value: float


class Units(StrEnum):
    """In what lengths come back: as they were given."""

    METRIC = "metric"
    IMPERIAL = "imperial"


@dataclass(frozen=True, slots=True)
class DepthRequest:
    """All that my-depth needs. `backrest` in degrees above the floor; `roll` is None without the test.

    `notch`: the back rest's notch where it was given as one, None for an angle or a word. `units`: what height or travel
    were given in.
    """

    machine: Machine
    backrest: float
    feet: FootHeight
    person: Person
    roll: RollPoint | None = None
    notch: int | None = None
    units: Units = Units.METRIC


def depth_request(
    machine: str = "", backrest: str = "", feet: str = "", height: str = "", roll: str = ""
) -> DepthRequest:
    """Return what a member typed, field by field; an empty field takes a usual value, an empty `roll` means no test.

    Raises UserError with one sentence for each field that cannot be read, a line each.
    """
    faults: list[str] = []

    def read(reader: Callable[[], _T], otherwise: _T) -> _T:
        try:
            return reader()
        except UserError as error:
            faults.append(str(error))
            return otherwise

    usual = next(iter(MACHINES.values()))
    press = read(lambda: machine_named(_short(machine)) if machine.strip() else usual, usual)
    angle = read(lambda: back_rest(backrest, press), press.backrest_usual)
    where = read(lambda: foot_height(feet), FootHeight.MIDDLE)
    person = read(lambda: Person(body_height(height)) if height.strip() else Person(), Person())
    rolls = read(lambda: roll_point(roll) if roll.strip() else None, None)
    if faults:
        raise UserError("\n".join(faults))
    units = Units.IMPERIAL if _is_imperial(height) or _is_imperial(roll) else Units.METRIC
    return DepthRequest(press, angle, where, person, rolls, notch_given(backrest, press), units)


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """How measures are typed, each list as `language/en/measures.yaml` explains it."""

    millimetres: tuple[str, ...]
    centimetres: Patterns
    metres: Patterns
    inches: tuple[str, ...]
    feet: tuple[str, ...]
    degrees: tuple[str, ...]
    notches: Patterns
    notches_after: tuple[str, ...]
    ordinals: tuple[str, ...]
    joints: Patterns
    bends: tuple[str, ...]
    joint_before: tuple[str, ...]
    joint_after: tuple[str, ...]
    joint_whose: tuple[str, ...]
    travels: tuple[str, ...]
    usual_pad: tuple[str, ...]
    flat_pad: tuple[str, ...]
    middle_pad: tuple[str, ...]
    upright_pad: tuple[str, ...]
    low_feet: tuple[str, ...]
    middle_feet: tuple[str, ...]
    high_feet: tuple[str, ...]


_OWN = own(MeasureWords, "measures")
_HEIGHT_HELP = say("my_depth.inputs.height_help")
_METRIC_UNITS = any_pattern((*_OWN.millimetres, *_OWN.centimetres, *_OWN.metres))
_IMPERIAL_UNITS = either((*_OWN.inches, *_OWN.feet))
_METRIC = re.compile(rf"(\d{{1,4}}(?:\.\d{{1,3}})?)({_METRIC_UNITS})?")
_METRES_AND = re.compile(r"([12])m(\d{2})(?:cm)?")
_IMPERIAL = re.compile(r"(\d)(?:'|ft\.?|feet|foot)(?:(\d{1,2}(?:\.\d)?)(?:''|\"|in\.?|inch(?:es)?)?)?")
_FEET_THEN_INCHES = re.compile(r"([3-7])[ -] ?(\d{1,2})")
_INCHES = re.compile(r"(\d{2}(?:\.\d)?)(?:''|\"|in\.?|inch(?:es)?)")
_INCHES_IN_A_FOOT = 12


def body_height(text: str) -> float:
    """Body height in metres from "178", "178 cm", "1.78 m", "1m78", "5'11", "5 11", "5 ft 11 in" or "71 in".

    Raises UserError for anything else, and for heights that no figure here is drawn for.
    """
    said = re.sub(r" ?(?:½|1/2)", ".5", _bare(text))
    plain = said.replace(" ", "")
    if match := _METRES_AND.fullmatch(plain):
        metres = int(match[1]) + int(match[2]) / 100
    elif match := _IMPERIAL.fullmatch(plain) or _FEET_THEN_INCHES.fullmatch(said):
        inches = float(match[2] or 0)
        if inches >= _INCHES_IN_A_FOOT:
            raise UserError(say("my_depth.inputs.twelve_inches") + _HEIGHT_HELP[0].lower() + _HEIGHT_HELP[1:])
        metres = int(match[1]) * _FOOT + inches * INCH
    elif match := _INCHES.fullmatch(plain):
        metres = float(match[1]) * INCH
    elif match := _METRIC.fullmatch(plain):
        metres = _metric(match[1], match[2] or "")
    else:
        raise UserError(say("my_depth.inputs.height_not_read", help_=_HEIGHT_HELP))
    return Person(metres).height


def _is_imperial(text: str) -> bool:
    """Say whether a height or a travel that can be read is in feet or inches."""
    said = re.sub(r" ?(?:½|1/2)", ".5", _bare(text))
    plain = said.replace(" ", "")
    if _METRES_AND.fullmatch(plain):
        return False
    travelled = _ROLL_TRAVEL.fullmatch(plain)
    return bool(
        _IMPERIAL.fullmatch(plain)
        or _FEET_THEN_INCHES.fullmatch(said)
        or _INCHES.fullmatch(plain)
        or (travelled and travelled[2][0] in "if'\"")
    )


def _metric(written: str, unit: str) -> float:
    value = float(written)
    if unit:
        return value * _METRES[unit[0] if unit != "mm" else unit]
    if 100 <= value <= 250:  # noqa: PLR2004 - nobody is 100 to 250 of anything but centimetres
        return value / 100
    if 1 <= value <= 2.5:  # noqa: PLR2004 - and 1 to 2.5 of anything but metres
        return value
    feet, point, inches = written.partition(".")
    if point and feet in {"4", "5", "6", "7"} and int(inches) < _INCHES_IN_A_FOOT:
        raise UserError(say("my_depth.inputs.feet_and_inches", feet=feet, inches=int(inches)))
    raise UserError(say("my_depth.inputs.height_without_unit", help_=_HEIGHT_HELP))


_METRES = {"mm": 0.001, "c": 0.01, "m": 1.0, "i": INCH, '"': INCH, "'": _FOOT, "f": _FOOT}
"""Metres in a unit, by its first letter; millimetres by both."""

_DEGREES = either(_OWN.degrees)
_ANGLE = re.compile(rf"(\d{{1,3}}(?:\.\d+)?)(?:{_DEGREES})")
_NOTCH = re.compile(
    rf"(?:{any_pattern(_OWN.notches)})(\d{{1,2}})|(\d{{1,2}})(?:st|nd|rd|th)?(?:{either(_OWN.notches_after)})?"
)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d+)?")
_ORDINALS = _OWN.ordinals
_ORDINAL = re.compile(rf"\b(?:{either(_ORDINALS)})\b")
_BACKRESTS = (
    dict.fromkeys(_OWN.flat_pad, 0.0) | dict.fromkeys(_OWN.middle_pad, 0.5) | dict.fromkeys(_OWN.upright_pad, 1.0)
)
"""How far up the pad is, from its flattest (0) to upright (1)."""


def back_rest(text: str, machine: Machine) -> float:
    """Return the back pad's angle above the floor in degrees, from a notch, an angle or a word; "" gives the usual one.

    A bare number up to the count of notches is a notch, 1 the most reclined. Raises UserError for nonsense and for
    angles that the machine does not have.
    """
    plain = _plain(text)
    if not plain or plain in _OWN.usual_pad:
        return machine.backrest_usual
    if plain in _BACKRESTS:
        return machine.backrest_flat + _BACKRESTS[plain] * (machine.backrest_upright - machine.backrest_flat)
    if (notch := notch_given(text, machine)) is not None:
        return machine.backrest_at(notch)
    tight = plain.replace(" ", "")
    if _NUMBER.fullmatch(tight) and float(tight) > machine.notches:
        tight += "°"
    if match := _ANGLE.fullmatch(tight):
        angle = float(match[1])
        if machine.backrest_flat <= angle <= machine.backrest_upright:
            return angle
        raise UserError(
            say(
                "my_depth.inputs.back_rests",
                machine=machine.name,
                flat=machine.backrest_flat,
                upright=machine.backrest_upright,
                notches=machine.notches,
            )
        )
    raise UserError(say("my_depth.inputs.back_rest_not_read", notches=machine.notches))


def notch_given(text: str, machine: Machine) -> int | None:
    """Return the notch that a text names, one that the machine may not have; None where it names none."""
    tight = _ORDINAL.sub(lambda found: str(_ORDINALS.index(found[0]) + 1), _plain(text)).replace(" ", "")
    match = _NOTCH.fullmatch(tight)
    if match is None:
        return None
    number = int(match[1] or match[2])
    return number if not tight.isdigit() or number <= machine.notches else None


_FEET = (
    dict.fromkeys(("", *_OWN.middle_feet), FootHeight.MIDDLE)
    | dict.fromkeys(_OWN.low_feet, FootHeight.LOW)
    | dict.fromkeys(_OWN.high_feet, FootHeight.HIGH)
)


def foot_height(text: str) -> FootHeight:
    """Where the feet are, from a word; "" is the middle. Raises UserError for other words."""
    where = _FEET.get(_plain(text))
    if where is None:
        raise UserError(say("my_depth.inputs.feet_not_read"))
    return where


_ROLL_HELP = say("my_depth.inputs.roll_help")
_JOINT = f"({any_pattern(_OWN.joints)})"
_BEND = f"(?:{either(_OWN.bends)})?"
_ROLL_ANGLE = re.compile(
    rf"(?:{_JOINT}{_BEND}(?:{either(_OWN.joint_before)})?)?(\d{{1,3}}(?:\.\d+)?)(?:{_DEGREES})?"
    rf"(?:(?:{either(_OWN.joint_after)})?(?:{either(_OWN.joint_whose)})?{_JOINT}{_BEND})?"
)
_ROLL_TRAVEL = re.compile(rf"(\d{{1,3}}(?:\.\d+)?)({_METRIC_UNITS}|{_IMPERIAL_UNITS})(?:{either(_OWN.travels)})?")
_TRAVEL_LIMITS = (0.02, 0.90)
_HIP_LIMITS = (30.0, 130.0)
_KNEE_LIMITS = (10.0, 150.0)


def roll_point(text: str) -> RollPoint:
    """Where the hips start to roll, from "hip 75", "85 degrees at the knee", "30 cm", "0.3 m" or "12 in".

    Raises UserError where it cannot be read or cannot be of a leg press.
    """
    tight = _bare(text).replace(" ", "")
    if match := _ROLL_TRAVEL.fullmatch(tight):
        unit = {"''": '"'}.get(match[2], match[2])
        metres = float(match[1]) * _METRES[unit if unit == "mm" else unit[0]]
        low, high = _TRAVEL_LIMITS
        if not low <= metres <= high:
            raise UserError(say("my_depth.inputs.travels", low=low * 100, high=high * 100, help_=_ROLL_HELP))
        return RollPoint(Measured.TRAVEL, metres)
    match = _ROLL_ANGLE.fullmatch(tight)
    joint = (match[1] or match[3]) if match else None
    if match is None or joint is None:
        raise UserError(_ROLL_HELP)
    measured = Measured.KNEE_BEND if joint.startswith("knee") else Measured.TRUNK_THIGH
    low, high = _KNEE_LIMITS if measured is Measured.KNEE_BEND else _HIP_LIMITS
    angle = float(match[2])
    if not low <= angle <= high:
        raise UserError(say("my_depth.inputs.angles", measured=measured, low=low, high=high, help_=_ROLL_HELP))
    return RollPoint(measured, angle)


_SAME = str.maketrans(
    {"’": "'", "‘": "'", "′": "'", "´": "'", "`": "'", "”": '"', "“": '"', "″": '"', "º": "°", ",": "."}
)


def _plain(text: str) -> str:
    return " ".join(_short(text).translate(_SAME).casefold().split())


_BEFORE = re.compile(r"^(?:(?:i'?m|i am|at|about|around|roughly|approx(?:imately|\.)?|ca\.|~|≈) ?)+(?=\S)")
_AFTER = re.compile(r" ?(?:tall|or so)$")


def _bare(text: str) -> str:
    """Return the measure alone, without what people say around it."""
    return _AFTER.sub("", _BEFORE.sub("", _plain(text)))


def _short(text: str) -> str:
    return text[:_MAX_TYPED]
