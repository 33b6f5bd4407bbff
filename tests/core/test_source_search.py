"""Shipped sources are found by words that people have for them."""

from dataclasses import replace

import pytest

from bot.core.model import Knowledge
from bot.core.source_search import find_sources, source_line
from tests.support.examples import share


def found(knowledge: Knowledge, typed: str) -> list[str]:
    return [source.id for source in find_sources(knowledge, typed)]


PICKS = ("authors", "title", "year", "misspelt")


@pytest.mark.loop
@pytest.mark.parametrize("pick", PICKS)
def test_each_source_is_found_by_what_is_known_of_it(shipped: Knowledge, pick: str) -> None:
    missed = []
    ready = [source for source in shipped.sources.values() if source.cite_ready and source.year and source.authors]
    assert len(ready) > 50
    for source in share(ready, len(PICKS), PICKS.index(pick)):  # each in one of these ways
        surname = source.authors.split(",")[0].split()[0]
        title = " ".join(source.title.split()[:6])
        typed = {
            "authors": f"{surname} {title}",
            "title": title,
            "year": f"{source.year} {title}",
            "misspelt": " ".join(word[:-2] + word[-1] if len(word) > 7 else word for word in title.split()),
        }[pick]
        if source.id not in found(shipped, typed):
            missed.append((source.id, typed))
    assert not missed


def test_the_claims_that_cite_a_source_help_to_find_it(shipped: Knowledge) -> None:
    claim = next(claim for claim in shipped.claims.values() if claim.sources)
    assert set(found(shipped, claim.title)) & set(claim.sources)


def test_what_cannot_be_cited_is_not_found(shipped: Knowledge) -> None:
    source = find_sources(shipped, "leg press")[0]
    hidden = replace(shipped, sources={**shipped.sources, source.id: replace(source, cite_ready=False)})
    assert source.id in found(shipped, source.title)
    assert source.id not in found(hidden, source.title)


@pytest.mark.parametrize("typed", ["", "  ", "?!", "zzzzqqqq", "\x00", "x" * 4000])
def test_words_that_no_source_has_find_none(shipped: Knowledge, typed: str) -> None:
    assert found(shipped, typed) == []


def test_at_most_as_many_are_found_as_a_list_holds(shipped: Knowledge) -> None:
    assert len(found(shipped, "leg press")) == 25


def test_a_source_is_told_on_one_line(shipped: Knowledge) -> None:
    source = find_sources(shipped, "leg press")[0]
    assert "\n" not in source_line(source)
    assert source.title in source_line(source)


def test_a_source_whose_authors_are_not_confirmed_is_told_by_its_title(shipped: Knowledge) -> None:
    lines = [source_line(each) for each in shipped.sources.values()]
    assert not [line for line in lines if "not confirmed" in line]
    [source] = find_sources(shipped, "leg press")[:1]
    unknown = replace(source, title="Hips", year=2026, authors="Authors not confirmed in the result")
    assert source_line(unknown) == "Hips (2026)"
