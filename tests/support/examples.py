"""How many examples Hypothesis draws where one costs more than most."""

from hypothesis import settings

USUAL = 100
"""Of a test that asks for no number, in `make test`."""


def examples(few: int) -> settings:
    """Return settings for `few` examples in `make test`, and for as many times more as `make soak` draws of any other."""
    drawn = settings.default.max_examples if settings.default else USUAL
    return settings(max_examples=few * drawn // USUAL, deadline=None)
