"""How a depth result is said. Numbers are the model's or the member's own; published ones keep their caveats."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.geometry import Pose
    from bot.core.my_depth.inputs import DepthRequest
    from bot.core.my_depth.result import BandPlace, BandStudy, Change, Stop

TWO_MINUTE_TEST = (
    "Take an empty or very light sled and put the safety stops in.",
    "Sit tall against the pad, tailbone down, breathe in and brace lightly.",
    "Lower slowly until the hips start to roll, the low back flattens or the tailbone lifts. Note that spot.",
    "Come up one notch or about 2-3 cm. That is today's working depth. Set the safety stop just below it.",
)
"""`evidence.md` topic 9."""

MODEL_CAVEAT = (
    "Drawn from average body proportions and a typical machine, so your numbers will differ a little. It shows where "
    "joints go; it says nothing about load or safety."
)
STUDY_CAVEAT = (
    "Those figures are from one study of 100 adults, lying down, one leg, moved by somebody else, with no load, and pelves "
    "roll a little from the start: a picture of how people differ, not a stop line for you."
)
SHALLOW = 60.0
"""Degrees of knee bend below which `evidence.md` topic 9 says (as a rule of thumb) to mend the set-up first."""

UNTESTED_SUMMED = "The two-minute test tells you yours. This is how far apart people are."
UNTESTED_LINES = ("Lying down, no load, one leg: people differ", "Your own stop: do the two-minute test")


def title(request: DepthRequest, *, tested: bool) -> str:
    """Return the heading of card and picture."""
    name = request.machine.name
    return f"{name[0].upper()}{name[1:]}: {'where your hips roll' if tested else 'how hips differ'}"


def setting(request: DepthRequest) -> str:
    """Return the set-up in a few words."""
    return (
        f"{request.machine.name}, back rest {request.backrest:.0f}°, feet {request.feet}, "
        f"{100 * request.person.height:.0f} cm tall"
    )


def centimetres(metres: float) -> str:
    """Return a length of sled travel, whole centimetres."""
    return f"{100 * metres:.0f} cm"


def change(found: Change) -> str:
    """Return what a change does."""
    what = f"Recline {found.recline:.0f}°" if found.recline else f"Feet {centimetres(found.feet_lower)} lower"
    return f"{what}: {centimetres(found.gain)} more room"


def tested_lines(stop: Stop, changes: tuple[Change, ...], clearance: float) -> tuple[str, ...]:
    """The short lines below the picture; work is done `clearance` metres above the roll."""
    to_do = "no rep left above" if stop.travel <= clearance else "stop 2 to 3 cm above"
    return (
        f"Hips roll at {stop.pose.trunk_thigh:.0f}° (knees {stop.pose.knee_bend:.0f}°): {to_do}",
        _lowest(stop),
        *(change(found) for found in changes),
    )


def _lowest(stop: Stop) -> str:
    return f"{stop.ends}: {centimetres(stop.to_lowest)} further down"


def _to_the_end(stop: Stop) -> str:
    """Say what comes first on the way down, and how far knees to chest are."""
    if stop.ends == stop.ends.CHEST:
        return f"{_lowest(stop)}, another {stop.room:.0f}° of fold."
    return f"{_lowest(stop)}, before the knees reach the chest ({stop.room:.0f}° of fold away)."


def tested(request: DepthRequest, stop: Stop, changes: tuple[Change, ...], clearance: float, *, whose: str) -> str:
    """The whole text with the test; `whose` is "your", or "their" where others read it."""
    lines = [
        f"{whose.capitalize()} set-up: {setting(request)}.",
        (
            f"{whose.capitalize()} hips start to roll {centimetres(stop.travel)} down from nearly straight legs: "
            f"{stop.pose.trunk_thigh:.0f}° between trunk and thigh, knees bent {stop.pose.knee_bend:.0f}°."
        ),
        _working_depth(stop, clearance),
        _to_the_end(stop),
    ]
    if stop.pose.knee_bend < SHALLOW:
        lines.append(
            "That is a shallow stop. As a rule of thumb, not a study: before about 60-70 degrees of knee bend, change the "
            "set-up or lighten the load first."
        )
    if changes:
        lines.append(f"What would buy room, if {whose} hips keep the same limit:")
        lines += [
            f"- {change(found)}"
            + (f", and {whose} hips would not run out first" if found.all_the_way else "")
            + f" (knees bent {found.knee_bend:.0f}° there)."
            for found in changes
        ]
    else:
        lines.append(
            "Back rest and feet are already where they leave most room; a lighter load may help you hold still."
        )
    lines += ["Test again after changing seat, feet or shoes, and when you are tired.", MODEL_CAVEAT]
    return "\n".join(lines)


def _working_depth(stop: Stop, clearance: float) -> str:
    """Say where to work, `clearance` metres above the roll; that there is no such depth where the roll is as near the top."""
    if stop.travel <= clearance:
        return "That is at the very top: 2-3 cm above it there is no rep left, so this set-up has no working depth for now."
    return (
        f"Work 2-3 cm (or one notch) above that, about {centimetres(stop.travel - clearance)} down from the top, and set "
        "the safety stop just below the working depth."
    )


def band_name(study: BandStudy) -> str:
    """Return a study group's spread as a name for the picture."""
    return f"{study.whose} in one study: {study.closed:.0f}° to {study.open:.0f}° at the hip"


def untested(request: DepthRequest, bands: tuple[BandPlace, ...]) -> str:
    """Return the whole text without the test."""
    lines = [
        f"Your set-up: {setting(request)}.",
        (
            "I can't know your own stop without a test, because hips differ. This is how far apart people were, as the "
            "angle between trunk and thigh at which the hip joint itself had no more bend to give:"
        ),
    ]
    lines += [f"- {place.study.whose}: {_spread(place.study)}. {_where(place)}" for place in bands]
    lines += [STUDY_CAVEAT, "Find yours in two minutes:"]
    lines += [f"{number}. {step}" for number, step in enumerate(TWO_MINUTE_TEST, start=1)]
    lines += ["Then ask again with what you noted: hip 75, knee 85 or 30 cm.", MODEL_CAVEAT]
    return "\n".join(lines)


def _spread(study: BandStudy) -> str:
    return f"{180 - study.hip_bend:.0f}° on average, give or take {study.deviation:.0f}°"


def _where(place: BandPlace) -> str:
    if place.open_travel is None:
        return "In your set-up the rep ends before that."
    start = "the top" if place.open_travel == 0.0 else f"{centimetres(place.open_travel)} down"
    if place.closed_travel is None:
        return f"In your set-up from {start} to below where the rep ends."
    if place.closed_travel == 0.0:
        return "In your set-up the legs are past that at the top already."
    return f"In your set-up from {start} to {centimetres(place.closed_travel)} down."


def tested_alt(request: DepthRequest, stop: Stop) -> str:
    """What the picture with the test shows."""
    return (
        f"Side view of a person on a {setting(request)}, at the point where their hips start to roll: "
        f"{stop.pose.trunk_thigh:.0f}° between trunk and thigh, knees bent {stop.pose.knee_bend:.0f}°. A dotted line shows "
        f"where the thigh would be at the lowest point. {_lowest(stop)}. Drawn from average proportions, not a measurement."
    )


def untested_alt(request: DepthRequest, shown: Pose) -> str:
    """Return what the picture without the test shows."""
    return (
        f"Side view of a person on a {setting(request)}, {shown.trunk_thigh:.0f}° between trunk and thigh, with two bands at "
        "the hip for where hips stopped bending in one study: a plain band for men, 78° to 94°, and a striped one for women, "
        "64° to 81°. Measured lying down, unloaded; people differ. Not a stop line."
    )
