"""A member's own depth on their own machine: what they type, what the geometry makes of it, and how it is said."""

from bot.core.my_depth.inputs import DepthRequest, Measured, RollPoint, Units, body_height, depth_request, roll_point
from bot.core.my_depth.result import CLEARANCE, DepthResult, my_depth
from bot.core.my_depth.spot import SpotFound, SpotTest, spot_found, spot_test, spot_text, to_remember
from bot.core.my_depth.stop import Change, End, Stop

__all__ = [
    "CLEARANCE",
    "Change",
    "DepthRequest",
    "DepthResult",
    "End",
    "Measured",
    "RollPoint",
    "SpotFound",
    "SpotTest",
    "Stop",
    "Units",
    "body_height",
    "depth_request",
    "my_depth",
    "roll_point",
    "spot_found",
    "spot_test",
    "spot_text",
    "to_remember",
]
