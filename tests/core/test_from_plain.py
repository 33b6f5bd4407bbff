"""From plain data to a frozen value, by what its dataclass declares."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Annotated

import pytest

from bot.core.from_plain import value_of


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Wheel:
    size: int
    colour: Colour = Colour.RED


@dataclass(frozen=True)
class Car:
    name: str
    wheels: tuple[Wheel, ...]
    spare: Wheel | None = None
    nick: str = "none"
    words: Annotated[tuple[str, ...], "phrases"] = ()
    by_kind: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    owner: str | None = None


CAR = Car("a", (Wheel(1), Wheel(2)), Wheel(3), "b", ("x", "y"), {"k": ("z",)}, "me")


def test_what_asdict_gave_is_the_same_value_again() -> None:
    assert value_of(Car, asdict(CAR)) == CAR


def test_lists_become_tuples_and_what_is_none_is_as_it_is_by_default() -> None:
    plain = {
        "name": "a", "wheels": [{"size": 1, "colour": "red"}, Wheel(2)], "spare": None, "nick": None, "words": ["x"],
        "by_kind": {"k": ["z"]}, "owner": None, "more": 1,
    }  # fmt: skip
    assert value_of(Car, plain) == Car("a", (Wheel(1), Wheel(2)), words=("x",), by_kind={"k": ("z",)})


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("name", None, TypeError),
        ("wheels", "no list", TypeError),
        ("wheels", [{"size": 1, "colour": "blue"}], ValueError),
    ],
)
def test_what_cannot_be_one_is_refused(name: str, value: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        value_of(Car, asdict(CAR) | {name: value})


def test_a_field_that_is_missing_is_refused_default_or_not() -> None:
    plain = asdict(CAR)
    del plain["nick"]
    with pytest.raises(KeyError):
        value_of(Car, plain)
