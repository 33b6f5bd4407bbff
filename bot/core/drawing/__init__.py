"""Drawings of the leg press as SVG text, made from the geometry. What turns them into PNG is `bot.pictures`."""

from bot.core.drawing.registry import PICTURES, Picture, picture_named

__all__ = ["PICTURES", "Picture", "picture_named"]
