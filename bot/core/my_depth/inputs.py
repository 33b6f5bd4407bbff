"""Reading what a member types: body height, back rest, feet, and where their hips start to roll."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.core.geometry import MACHINES, FootHeight, Machine, Person, machine_named
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


_HEIGHT_HELP = say("my_depth.inputs.height_help")
_METRIC = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)(mm|cms?|centimet(?:er|re)s?|m|met(?:er|re)s?)?")
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

_ANGLE = re.compile(r"(\d{1,3}(?:\.\d+)?)(?:°|deg|degs|degree|degrees)")
_NOTCH = re.compile(
    r"(?:notch|hole|pin|setting|position|#|no\.?)(\d{1,2})|(\d{1,2})(?:st|nd|rd|th)?(?:notch|hole|pin)?"
)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d+)?")
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_ORDINAL = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\b")
_BACKRESTS = {
    "flat": 0.0, "lying": 0.0, "reclined": 0.0, "fully reclined": 0.0, "back": 0.0, "all the way back": 0.0,
    "middle": 0.5, "half": 0.5, "upright": 1.0, "forward": 1.0, "fully upright": 1.0, "all the way up": 1.0,
}  # fmt: skip


def back_rest(text: str, machine: Machine) -> float:
    """Return the back pad's angle above the floor in degrees, from a notch, an angle or a word; "" gives the usual one.

    A bare number up to the count of notches is a notch, 1 the most reclined. Raises UserError for nonsense and for
    angles that the machine does not have.
    """
    plain = _plain(text)
    if not plain or plain in {"usual", "normal", "default"}:
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


_FEET = {
    "": FootHeight.MIDDLE, "low": FootHeight.LOW, "lower": FootHeight.LOW, "bottom": FootHeight.LOW,
    "middle": FootHeight.MIDDLE, "mid": FootHeight.MIDDLE, "centre": FootHeight.MIDDLE, "center": FootHeight.MIDDLE,
    "normal": FootHeight.MIDDLE, "high": FootHeight.HIGH, "higher": FootHeight.HIGH, "top": FootHeight.HIGH,
}  # fmt: skip


def foot_height(text: str) -> FootHeight:
    """Where the feet are, from a word; "" is the middle. Raises UserError for other words."""
    where = _FEET.get(_plain(text))
    if where is None:
        raise UserError(say("my_depth.inputs.feet_not_read"))
    return where


_ROLL_HELP = say("my_depth.inputs.roll_help")
_JOINT = r"(hips?|thigh|trunk|knees?)"
_ROLL_ANGLE = re.compile(
    rf"(?:{_JOINT}(?:bend|angle)?(?:at|=|:)?)?(\d{{1,3}}(?:\.\d+)?)(?:°|deg|degs|degree|degrees)?"
    rf"(?:(?:at|of|in)?(?:the|my)?{_JOINT}(?:bend|angle)?)?"
)
_ROLL_TRAVEL = re.compile(
    r"(\d{1,3}(?:\.\d+)?)(mm|cms?|centimet(?:er|re)s?|m|met(?:er|re)s?|in|inch|inches|\"|''|ft|foot|feet|')"
    r"(?:down|travel|oftravel)?"
)
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
