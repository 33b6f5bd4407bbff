"""A server's file: importing an export changes nothing, whatever the server wrote."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.addresses import named, without_twins
from bot.core.asking import KINDS
from bot.core.fields import Fields, one_line
from bot.core.knowledge.yaml_reader import parse
from bot.core.model import Claim, Confidence, Knowledge, OwnPicture, ServerSource, Source, Topic, Verdict
from bot.core.overlay import OUT_OF_SCOPE, SERVER_TOPIC, Entry, Overlay
from bot.core.server_file import _plain, read, written, written_topic
from bot.core.visible import looks_empty, visible
from tests.support.examples import examples

SHIPPED = [
    Claim(name, "depth", "T", "C", Verdict.MIXED, Confidence.LOW, "A", (f"{name}?",)) for name in ("one", "two", "six")
]
BASE = Knowledge(
    {claim.id: claim for claim in SHIPPED},
    {"depth": Topic("depth", "Depth", "D", "one")},
    {"s1": Source("s1", "A study", cite_ready=True)},
)


def _line(most: int) -> st.SearchStrategy[str]:
    text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=min(most, 60))
    tricky = st.sampled_from(
        ["yes", "1:30", "null", "a: b", "# x", "- y", "'", '"', "x" * most, "é 腰 🦵", "~", "0x1f"]
    )
    return (text | tricky).map(visible).map(str.strip).filter(bool)


def _lines(most: int, least: int = 0, length: int = 4) -> st.SearchStrategy[tuple[str, ...]]:
    entries = st.lists(_line(most).map(one_line).filter(bool), min_size=least, max_size=length, unique=True)
    return entries.map(tuple)


def _seen(most: int) -> st.SearchStrategy[str]:
    """A line of which something shows: the others are refused."""
    return _line(most).filter(lambda text: not looks_empty(text))


@st.composite
def own_sources(draw: st.DrawFn) -> ServerSource:
    """A page of a server's own, as a form or a file makes it: whatever was typed around its address."""
    address = draw(
        st.sampled_from(["https://gym.example/leg-press", "http://müller.de/ü?a=b#c", "https://a.example/x_(y)"])
    )
    title, site = draw(st.just("") | _line(60)), draw(st.just("") | _line(40))
    return named(address, title.replace("://", ":"), site.replace("://", ":"))


OWN_SOURCES = own_sources()


@st.composite
def claims(draw: st.DrawFn, name: str) -> Claim:
    sources = draw(st.sampled_from([(), ("s1",)]))
    own = without_twins(draw(st.lists(OWN_SOURCES, max_size=2)))
    cited = bool(sources) and not own
    paragraphs = st.lists(_line(100), max_size=3).map("\n\n".join)
    return Claim(
        id=name,
        topic=draw(st.sampled_from(["depth", SERVER_TOPIC])),
        title=draw(_seen(60)),
        claim=draw(_seen(200)),
        verdict=draw(st.sampled_from(Verdict)) if cited else Verdict.OPINION,
        confidence=draw(st.sampled_from(Confidence)) if cited else Confidence.LOW,
        answer=draw(_seen(300)),
        questions=draw(_lines(300, 1)),
        why=draw(paragraphs),
        unknown=draw(st.just("") | _line(300)),
        do=draw(_lines(150)),
        avoid=draw(_lines(150)),
        decoys=draw(_lines(300)),
        sources=sources,
        server_sources=own,
        related=draw(st.sampled_from([(), ("one",), ("two", "mine")])),
        leads=tuple(
            f"{kind}: {said}"
            for kind, said in draw(
                st.dictionaries(st.sampled_from(KINDS), _line(100).map(one_line).filter(bool), max_size=3)
            ).items()
        ),
        added_by_server=True,
    )


WORDS = _line(100).map(lambda text: " ".join(f"{text} is what it shows".split()))
PICTURES = st.none() | st.builds(
    OwnPicture, st.sampled_from(["0" * 64, "1e5" + "a" * 61]), st.sampled_from(["png", "jpg"]), WORDS
)


@st.composite
def overlays(draw: st.DrawFn) -> Overlay:
    entries: dict[str, Entry] = {}
    for name in draw(st.sets(st.sampled_from(["mine", "ours", "yes", "one"]))):
        based_on = BASE.claims.get(name)
        entries[name] = Entry(draw(claims(name)), based_on, draw(st.booleans()), picture=draw(PICTURES))
    for name in draw(st.sets(st.sampled_from(["two", "six"]))):
        entry = Entry(hidden=draw(st.booleans()), questions=draw(_lines(300)), picture=draw(PICTURES))
        if not entry.is_empty:
            entries[name] = entry
    wordings = draw(_lines(300))
    if wordings:
        entries[OUT_OF_SCOPE] = Entry(questions=wordings)
    return Overlay(entries)


@examples(25)
@given(overlays())
def test_importing_an_export_changes_nothing_here_and_makes_another_server_the_same(overlay: Overlay) -> None:
    raw = written(overlay, BASE)
    assert parse(raw, "x").faults == []
    for live in (overlay.entries, {}):
        found = read(raw, "x.yaml", BASE, live)
        assert found.faults == []
        assert {**live, **found.entries} == dict(overlay.entries)
    assert written(Overlay(read(raw, "x", BASE, {}).entries), BASE) == raw


@examples(15)
@given(overlays())
def test_a_topics_file_is_read_as_the_same_claims(overlay: Overlay) -> None:
    raw = written_topic(overlay, "depth")
    own = {item: entry for item, entry in overlay.entries.items() if entry.claim and entry.claim.topic == "depth"}
    assert (raw is None) == (not own)
    if raw is not None:
        found = read(raw, "depth.yaml", BASE, overlay.entries)
        assert found.faults == []
        assert found.entries == own


@examples(60)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_whatever_a_file_holds_it_is_entries_or_faults(raw: bytes) -> None:
    found = read(raw, "x.yaml", BASE, {})
    assert not (found.faults and found.entries) or all(fault.line >= 1 and fault.column >= 1 for fault in found.faults)


def test_two_claims_of_one_name_in_a_file_are_told_with_both_lines() -> None:
    claim = replace(SHIPPED[0], id="mine", added_by_server=True)
    raw = written(Overlay({"mine": Entry(claim)}), BASE) + b""
    twice = raw + b"\n".join(raw.split(b"\n")[4:])
    found = read(twice, "x.yaml", BASE, {})
    assert any("is taken (at line 5)" in fault.message for fault in found.faults)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("{nobody: {file: F, alt: A}}", (1, 12), "there is no claim 'nobody'; remove this entry"),
        ("{warning-signs: {file: F, alt: A}}", (1, 12), "'warning-signs' belongs to the safety net"),
        ("{one: {file: https://example.org/a.png, alt: A}}", (1, 24), "leave it as an export wrote it"),
        ("{one: {file: ../secrets.png, alt: A}}", (1, 24), "leave it as an export wrote it"),
        ("{one: {file: F, alt: short}}", (1, 99), "say in 10 to 1024 characters what the picture shows"),
        ("{one: {file: F}}", (1, 17), "'alt' is missing"),
    ],
)  # fmt: skip
def test_a_picture_that_cannot_be_is_told_at_its_place(text: str, place: tuple[int, int], message: str) -> None:
    raw = "pictures: " + text.replace("file: F", f"file: {'0' * 64}.png").replace("alt: A", "alt: What it shows.")
    found = read(raw.encode(), "x.yaml", BASE, {})
    [fault] = found.faults
    assert message in fault.message
    assert (fault.line, fault.column) == place


def test_questions_for_a_replaced_claim_join_the_claim() -> None:
    live = {"one": Entry(replace(SHIPPED[0], added_by_server=True), SHIPPED[0])}
    found = read(b"questions: {one: [new?]}", "x.yaml", BASE, live)
    claim = found.entries["one"].claim
    assert claim is not None
    assert claim.questions == ("one?", "new?")


OWN = """\
- id: mine
  title: Mine
  claim: A statement.
  verdict: opinion
  confidence: low
  lead: Do this.
  answer: An answer.
  checked: 2026-11
  note: asked in October
"""


def test_a_file_of_wordings_adds_them_to_shipped_claims_and_to_own_ones() -> None:
    mine = read((OWN + "  questions: [mine?]\n").encode(), "depth.yaml", BASE, {}).entries
    raw = (
        b"one:\n  questions: ['one?', first of all]\n  not: [not one]\nmine:\n  questions: [mine too]\n  not: [yours]\n"
    )
    found = read(raw, "depth.yaml", BASE, mine)
    assert not found.faults
    assert found.entries["one"].questions == ("first of all",)
    assert found.entries["mine"].claim is not None
    assert found.entries["mine"].claim.questions == ("mine?", "mine too")
    assert found.entries["mine"].claim.decoys == ("yours",)
    assert found.notes == ["'one' is a claim of the bot's: its `not:` wordings cannot be added to and are left out."]


def test_wordings_of_a_claim_that_is_not_there_are_told_with_what_to_do() -> None:
    found = read(b"one: {questions: [a b]}\ngone: {questions: [c d]}\n", "depth.yaml", BASE, {})
    assert [str(fault) for fault in found.faults] == [
        "depth.yaml:2:1: there is no claim 'gone' here; import the file with the claims first"
    ]


def test_a_claim_whose_wordings_stand_in_another_file_keeps_those_that_are_known() -> None:
    raw = OWN.replace("mine", "one").encode()
    entry = read(raw, "depth.yaml", BASE, {}).entries["one"]
    assert entry.claim is not None
    assert entry.claim.questions == ("one?",)
    new = read(OWN.encode(), "depth.yaml", BASE, {})
    assert [str(fault) for fault in new.faults] == [
        "depth.yaml:1:3: 'questions' is missing; add a line `questions: ...`"
    ]


def test_the_new_fields_go_out_and_come_in_again() -> None:
    entries = read((OWN + "  questions: [mine?]\n").encode(), "depth.yaml", BASE, {}).entries
    again = read(written(Overlay(entries), BASE), "export.yaml", BASE, {})
    assert again.entries == entries
    claim = entries["mine"].claim
    assert claim is not None
    assert (claim.lead, claim.checked, claim.note) == ("Do this.", "2026-11", "asked in October")


def test_a_claim_in_a_shipped_ones_place_may_have_as_many_wordings_more_as_any_other() -> None:
    many = tuple(f"how deep is number {number}" for number in range(130))
    base = replace(BASE, claims={**BASE.claims, "one": replace(SHIPPED[0], questions=many)})
    ours = replace(base.claims["one"], title="Ours", questions=(*many, "and ours"), added_by_server=True)
    own = Overlay({"one": Entry(ours, base.claims["one"])})
    found = read(written(own, base), "x.yaml", base, {})
    assert found.faults == []
    assert found.entries["one"].claim is not None
    assert found.entries["one"].claim.questions == (*many, "and ours")
    mine = Overlay({"mine": Entry(replace(ours, id="mine"))})
    assert "131 questions are too many; keep 100" in str(read(written(mine, base), "x.yaml", base, {}).faults)


def test_an_export_has_each_field_of_a_claim_that_a_form_has() -> None:
    full = {
        each.name: ("full",) if isinstance(getattr(SHIPPED[0], each.name), tuple) else "full" for each in fields(Claim)
    }
    full |= {"leads": ("can: full",), "server_sources": (), "verdict": Verdict.MIXED, "confidence": Confidence.LOW}  # type: ignore[dict-item]
    claim = Claim(**full)  # type: ignore[arg-type]
    names = {{"not": "not_"}.get(name, name) for name in _plain(claim)}
    assert names == {each.name for each in fields(Fields)} - {"topic"}
