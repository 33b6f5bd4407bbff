"""A member's own depth on their own machine: what they type, what the geometry makes of it, and how it is said."""

from bot.core.my_depth.inputs import DepthRequest, Measured, RollPoint, body_height, depth_request, roll_point
from bot.core.my_depth.result import BAND_STUDIES, CLEARANCE, BandPlace, Change, DepthResult, End, Stop, my_depth

__all__ = [
    "BAND_STUDIES",
    "CLEARANCE",
    "BandPlace",
    "Change",
    "DepthRequest",
    "DepthResult",
    "End",
    "Measured",
    "RollPoint",
    "Stop",
    "body_height",
    "depth_request",
    "my_depth",
    "roll_point",
]
