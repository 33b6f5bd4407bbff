"""What the wordings of each claim speak of."""

import numpy as np
import pytest

from bot.core.matching.said import Said

CLAIMS = ({"deep", "=knee"}, set[str](), {"wide", "deep"})


def test_a_name_is_said_where_it_stands_and_nowhere_else() -> None:
    said = Said.of(CLAIMS)
    names = {"deep", "=knee", "wide", "", "zzz"}
    for claim, held in enumerate(CLAIMS):
        assert {name for name in names if said.has(claim, name)} == held


def test_it_comes_back_from_its_arrays() -> None:
    said = Said.restore(Said.of(CLAIMS).arrays())
    assert [said.has(claim, "deep") for claim in range(3)] == [True, False, True]
    assert not Said.restore(Said.of(()).arrays()).has(0, "deep")


def test_arrays_that_do_not_fit_together_are_not_taken() -> None:
    arrays = Said.of(CLAIMS).arrays()
    with pytest.raises(ValueError, match="do not match"):
        Said.restore({**arrays, "numbers": np.zeros(1, np.int32)})
