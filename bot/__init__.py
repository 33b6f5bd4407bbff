"""Leg Press Bot: honest, sourced answers about the leg press and back pain."""

__version__ = "0.1.0"
