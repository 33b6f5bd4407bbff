"""How a depth result is said. Numbers are the model's or the member's own; published ones keep their caveats."""

import math

from bot.core.my_depth.inputs import INCH, DepthRequest, Units
from bot.core.my_depth.stop import Change, Stop
from bot.sentences import say

TWO_MINUTE_TEST = (
    say("my_depth.words.test_sled"),
    say("my_depth.words.test_sit"),
    say("my_depth.words.test_lower"),
    say("my_depth.words.test_come_up"),
)
"""`evidence.md` topic 9."""

_CLEARANCE = {Units.METRIC: "2-3 cm", Units.IMPERIAL: "about an inch"}
_WHERE = {"stops": say("my_depth.words.where_stops"), "seat": say("my_depth.words.where_seat")}
_SORE_BACK = {
    "stops": say("my_depth.words.sore_back_stops"),
    "vertical": say("my_depth.words.sore_back_vertical"),
    "seat": say("my_depth.words.sore_back_seat"),
}
_WHOLE = 0.01

MODEL_CAVEAT = say("my_depth.words.model_caveat")
SHALLOW = 60.0
"""Degrees of knee bend below which `evidence.md` topic 9 says (as a rule of thumb) to mend the set-up first."""

NO_TEST = say("my_depth.words.no_test")


def title(request: DepthRequest) -> str:
    """Return the heading of card and picture."""
    name = request.machine.name
    return say("my_depth.words.title", first=name[0].upper(), rest=name[1:])


def setting(request: DepthRequest) -> str:
    """Return the set-up in a few words, back rest and height as they were given."""
    rest = f"notch {request.notch}" if request.notch is not None else f"{request.backrest:.0f}°"
    return say(
        "my_depth.words.setting", machine=request.machine.name, rest=rest, feet=request.feet, height=height(request)
    )


def height(request: DepthRequest) -> str:
    """Return the body height in the units that it was given in."""
    metres = request.person.height
    if request.units is Units.METRIC:
        return f"{100 * metres:.0f} cm"
    halves = round(metres / INCH * 2)
    feet, left = divmod(halves, 24)
    return f"{feet}'{left / 2:g}\""


def length(metres: float, units: Units) -> str:
    """Return a length of sled travel: whole centimetres, or inches to the half."""
    if units is Units.METRIC:
        return f"{100 * metres:.0f} cm"
    return f"{round(metres / INCH * 2) / 2:g} in"


def change(found: Change, request: DepthRequest) -> str:
    """Return what a change does."""
    what = say("my_depth.words.feet_lower", length=length(found.feet_lower, request.units))
    if found.recline:
        what = f"Recline {found.recline:.0f}°" if request.notch is None else _notches(found, request)
    return f"{what}: {length(found.gain, request.units)} more room"


def _notches(found: Change, request: DepthRequest) -> str:
    """Return a change of the back rest in the notches that were given: the one to go to, or how many."""
    machine = request.machine
    step = (machine.backrest_upright - machine.backrest_flat) / (machine.notches - 1)
    to = (request.notch or 1) - found.recline / step
    return (
        say("my_depth.words.back_rest_to_notch", to=to)
        if abs(to - round(to)) < _WHOLE
        else f"Recline {found.recline:.0f}°"
    )


def tested_lines(request: DepthRequest, stop: Stop, changes: tuple[Change, ...], clearance: float) -> tuple[str, ...]:
    """The short lines below the picture; work is done `clearance` metres above the roll."""
    to_do = (
        _WHERE[_holds(request)]
        if _no_lower(stop, clearance, request.units)
        else say("my_depth.words.no_rep_left_above")
    )
    return (
        say("my_depth.words.hips_roll_at", trunk_thigh=stop.pose.trunk_thigh, knee_bend=stop.pose.knee_bend),
        _lowest(stop, request.units),
        f"{to_do[0].upper()}{to_do[1:]}",
        *(change(found, request) for found in changes),
    )


def _lowest(stop: Stop, units: Units) -> str:
    return f"{stop.ends}: {length(stop.to_lowest, units)} further down"


def _to_the_end(stop: Stop, units: Units) -> str:
    """Say what comes first on the way down, and how far knees to chest are."""
    if stop.ends == stop.ends.CHEST:
        return f"{_lowest(stop, units)}, another {stop.room:.0f}° of fold."
    return say("my_depth.words.before_knees_reach_chest", lowest=_lowest(stop, units), room=stop.room)


def tested(request: DepthRequest, stop: Stop, changes: tuple[Change, ...], clearance: float, *, whose: str) -> str:
    """The whole text with the test; `whose` is "your", or "their" where others read it."""
    lines = [
        f"{whose.capitalize()} set-up: {setting(request)}.",
        say(
            "my_depth.words.result",
            whose=whose.capitalize(),
            length=length(stop.travel, request.units),
            trunk_thigh=stop.pose.trunk_thigh,
            knee_bend=stop.pose.knee_bend,
        ),
        _working_depth(request, stop, clearance),
        _to_the_end(stop, request.units),
    ]
    if stop.knee_bend_above(clearance) < SHALLOW:
        lines.append(say("my_depth.words.shallow"))
    if changes:
        lines.append(say("my_depth.words.buys_room", whose=whose))
        lines += [
            f"- {change(found, request)}"
            + (say("my_depth.words.and_hips_would_not_run_out", whose=whose) if found.all_the_way else "")
            + f" (knees bent {found.knee_bend:.0f}° there)."
            for found in changes
        ]
    else:
        lines.append(say("my_depth.words.no_more_room"))
    lines += [say("my_depth.words.test_again"), MODEL_CAVEAT]
    return "\n".join(lines)


def _holds(request: DepthRequest) -> str:
    """Return what keeps a depth on the machine: its stops, or on a seated stack the seat."""
    return "seat" if request.machine.key == "horizontal" else "stops"


def _working_depth(request: DepthRequest, stop: Stop, clearance: float) -> str:
    """Say where to work, `clearance` metres above the roll; that there is no such depth where the roll is as near the top."""
    units = request.units
    no_lower = _no_lower(stop, clearance, units)
    if not no_lower:
        return say("my_depth.words.no_depth", clearance=_CLEARANCE[units])
    if _holds(request) == "seat":
        return say("my_depth.words.seat_is_the_stop", no_lower=no_lower, sore_back=_SORE_BACK["seat"])
    return say(
        "my_depth.words.working_depth",
        clearance=_CLEARANCE[units],
        no_lower=no_lower,
        sore_back=_SORE_BACK.get(request.machine.key, _SORE_BACK["stops"]),
    )


def _no_lower(stop: Stop, clearance: float, units: Units) -> str:
    """Return how far down to go at most; "" where no rep is left.

    What is said of the roll less the clearance as it is said, so that the sum is right for whoever does it.
    """
    if units is Units.METRIC:
        most, unit = float(math.floor(round(100 * stop.travel) - 100 * clearance)), "cm"
    else:
        most, unit = round(stop.travel / INCH * 2) / 2 - 1, "in"
    return f"{most:g} {unit}" if most > 0 else ""


def tested_alt(request: DepthRequest, stop: Stop) -> str:
    """What the picture with the test shows."""
    return say(
        "my_depth.words.picture",
        setting=setting(request),
        trunk_thigh=stop.pose.trunk_thigh,
        knee_bend=stop.pose.knee_bend,
        lowest=_lowest(stop, request.units),
    )
