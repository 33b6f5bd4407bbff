"""References in texts: what counts as one, and the small numbers that members see in its place."""

from dataclasses import replace

import pytest

from bot.core.model import Knowledge, Source
from bot.core.references import numbered, readable, references, shown_numbers, without_references
from tests.core.matching.samples import claim

NUMBERS = {"kubo2019": 1, "nice_ng59": 2, "knowdiabetes": 13}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("It grew 6.7% [kubo2019].", "It grew 6.7%¹."),
        ("It grew [kubo2019, nice_ng59] a bit", "It grew¹,² a bit"),
        ("One [kubo2019], two [knowdiabetes].", "One¹, two¹³."),
        ("Folded\n[kubo2019] here", "Folded¹ here"),
        ("Not shown [other1999].", "Not shown."),
        ("As it stands [sic], in list [1], a [link](https://x.org/a1_b).",) * 2,
    ],
)
def test_references_become_small_numbers_and_nothing_else_does(text: str, read: str) -> None:
    assert numbered(text, NUMBERS) == read


def test_without_references_no_mark_is_left() -> None:
    assert without_references("Six [a1, b_c] of ten [d2].") == "Six of ten."


def test_references_are_found_in_order_and_known_ids_whatever_they_look_like() -> None:
    assert list(references("x [b_2, a1] y [sic] z [plain]", {"plain"})) == ["b_2", "a1", "plain"]


def test_a_claim_as_read_has_the_numbers_of_its_sources_and_no_note() -> None:
    one = replace(
        claim("one", "depth", "q"),
        why="Ten [ready1], nine [other2].",
        sources=("hidden0", "other2", "ready1"),
        note="look again",
    )
    sources = {name: Source(name, "T", cite_ready=name != "hidden0") for name in one.sources}
    known = Knowledge({"one": one}, {}, sources)
    assert shown_numbers(one, known) == {"other2": 1, "ready1": 2}
    read = readable(one, known)
    assert (read.why, read.note) == ("Ten², nine¹.", "")
