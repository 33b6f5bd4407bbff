"""Forms: text in, a claim or all that is wrong out."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.fields import (
    CLAIM_FIELDS,
    LISTS,
    MOST,
    FieldFault,
    Fields,
    fields_of,
    form_of,
    lines_of,
    made_id,
    to_fields,
    to_plain,
)
from bot.core.knowledge.schema import ClaimEntry
from bot.core.model import Claim, Confidence, Knowledge, Source, Topic, Verdict
from bot.core.vetting import vet
from tests.support.examples import examples

BASE = Knowledge(
    {"one": Claim("one", "depth", "T", "C", Verdict.MIXED, Confidence.LOW, "A", ("q",), sources=("s1", "hearsay"))},
    {"depth": Topic("depth", "Depth", "D", "one")},
    {"s1": Source("s1", "A study", cite_ready=True), "hearsay": Source("hearsay", "Hearsay")},
)
GOOD = Fields(id="mine", title="T", claim="C.", answer="A.", questions="one?\ntwo?")


def _faults(**changed: str) -> dict[str, str]:
    return {fault.field: fault.message for fault in vet(replace(GOOD, **changed), BASE).faults}


def test_a_form_becomes_a_claim() -> None:
    vetted = vet(GOOD, BASE)
    assert (vetted.faults, vetted.notes) == ((), ())
    assert vetted.claim is not None
    assert (vetted.claim.topic, vetted.claim.verdict, vetted.claim.questions) == (
        "this-server", Verdict.OPINION, ("one?", "two?"),
    )  # fmt: skip


@pytest.mark.parametrize("name", ["title", "claim", "answer", "questions"])
def test_what_must_be_there_is_asked_for(name: str) -> None:
    assert set(_faults(**{name: "  "})) == {name}


@pytest.mark.parametrize(
    ("name", "most"), [(name, most) for name, most in MOST.items() if name not in {*LISTS, "topic"}]
)
def test_at_its_limit_a_text_is_taken_and_past_it_refused(name: str, most: int) -> None:
    read = {"answer": 350, "why": 1200, "unknown": 600}.get(
        name, most
    )  # the rest is for references, which do not count
    if name not in {"verdict", "confidence", "picture", "checked"}:
        assert name not in _faults(**{name: "x" * read})
    assert name in _faults(**{name: "x" * (read + 1)})
    assert name in _faults(**{name: "x" * (most + 1)})


def test_faults_in_a_list_name_the_line() -> None:
    assert (
        _faults(questions="fine?\n" + "x" * 1001)["questions"].startswith("line 2: 1001 characters")
        or "1001" in _faults(questions="fine?\n" + "x" * 1001)["questions"]
    )


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"id": "warning-signs"}, "safety net"),
        ({"id": "Not An Id"}, "lower-case letters"),
        ({"topic": "dept"}, "did you mean 'depth'"),
        ({"sources": "hearsay"}, "not ready to be cited"),
        ({"sources": "s2"}, "no source 's2'"),
        ({"verdict": "sure"}, "write"),
        ({"picture": "mona-lisa"}, "no picture"),
        ({"leads": "how_long: Two weeks.\nhow_tall: Two feet."}, "write 'can', 'bad'"),
        ({"leads": "bad: " + "x" * 121}, "121 characters; shorten it to 120"),
        ({"leads": "It is fine."}, "write"),
        ({"questions": "\n".join(map(str, range(101)))}, "too many"),
    ],
)
def test_what_a_server_may_not_say_is_refused_in_words(changed: dict[str, str], words: str) -> None:
    assert words in " ".join(_faults(**changed).values())


def test_a_claim_without_sources_is_an_opinion_and_says_so() -> None:
    vetted = vet(replace(GOOD, verdict="supported", confidence="high"), BASE)
    assert vetted.claim is not None
    assert (vetted.claim.verdict, vetted.claim.confidence) == (Verdict.OPINION, Confidence.LOW)
    assert "opinion" in vetted.notes[0]
    cited = vet(replace(GOOD, verdict="supported", confidence="high", sources="s1"), BASE)
    assert cited.claim is not None
    assert cited.claim.verdict is Verdict.SUPPORTED
    assert cited.notes == ()


def test_a_claim_that_points_nowhere_is_told() -> None:
    vetted = vet(replace(GOOD, related="one\nnobody"), BASE)
    assert vetted.claim is not None
    assert "nobody" in vetted.notes[0]
    assert vet(replace(GOOD, related="other"), BASE, {"other"}).notes == ()


def test_a_form_shows_no_source_that_members_never_see() -> None:
    assert to_fields(BASE.claims["one"]).sources == "s1\nhearsay"
    assert form_of(BASE.claims["one"], BASE).sources == "s1"


@settings(deadline=None)
@given(st.text(max_size=80), st.sets(st.sampled_from(["knees", "knees-2", "claim"])))
def test_a_made_name_is_valid_and_free(title: str, taken: set[str]) -> None:
    name = made_id(title, taken)
    assert name not in taken
    assert "id" not in {fault.field for fault in vet(replace(GOOD, id=name), BASE).faults}


@examples(100)
@given(st.builds(Fields, *[st.text(st.characters(exclude_categories=["Cs"]), max_size=60)] * 16))
def test_whatever_is_typed_is_a_claim_or_faults_and_never_both(typed: Fields) -> None:
    vetted = vet(typed, BASE)
    assert (vetted.claim is None) == bool(vetted.faults)
    assert all(isinstance(fault, FieldFault) and fault.field in Fields.__dataclass_fields__ for fault in vetted.faults)
    if vetted.claim is not None:
        assert vet(form_of(vetted.claim, BASE), BASE).claim == vetted.claim


def test_dashes_and_blank_lines_of_a_pasted_list_go() -> None:
    assert lines_of("- one\n\n * two\n•  three\n-four") == ["one", "two", "three", "-four"]


@pytest.mark.parametrize(
    "mark", ["1.", "(2)", "3)", "4）", "#5", "#6:", "[7]", "8:", "9/", "10 -", "11 –", "⓵", "⑴", "1️⃣", "a)", "(B)", "c.", "IV.", "☐", "[x]", "🔹", "☞", "Step 3:", "i.", "1-", "5–", "No. 4", "Nr. 5", "№6", "６．", ">", ">>", "->", "=>", "~", "⚫", "⇨"]
)  # fmt: skip
def test_what_counts_the_entries_of_a_pasted_list_goes(mark: str) -> None:
    assert lines_of(f"{mark} Set the stop") == ["Set the stop"]


@pytest.mark.parametrize(
    "line", ["1.5 kg plates", "5 - 10 kg a side", "3x10 reps", "#legday rules", "2:1 up and down", "10: 30 in the morning", "1/2 reps", "(c) 2026 the gym", "A. Jones said so", "I. Newton pushed too", "e.g. the sled", "C7 hurts", "i.e. the sled", "> 90 degrees", "~ 10 reps", "5-10 kg", "No 4 plates", "No. Never."]
)  # fmt: skip
def test_what_only_looks_like_a_count_stays(line: str) -> None:
    assert lines_of(line) == [line]


@pytest.mark.parametrize(
    ("pasted", "entries"),
    [
        ("A. first\nB. second\nC. third", ["first", "second", "third"]),
        ("- A. Set the stop\n- B. Press", ["Set the stop", "Press"]),
        ("C. third\n\nD. fourth", ["third", "fourth"]),
        ("I. first\nII. second\nIII. third", ["first", "second", "third"]),
        ("IV. fourth\nV. fifth", ["fourth", "fifth"]),
        ("1. A. Jones said so\n2. Nobody else did", ["A. Jones said so", "Nobody else did"]),
        ("A. Jones said so\nD. Smith did not", ["A. Jones said so", "D. Smith did not"]),
        ("V. Roman said so\nwarm up", ["V. Roman said so", "warm up"]),
        ("A. Jones said so\nB. Smith did not", ["A. Jones said so", "B. Smith did not"]),
        ("- C. Miller thinks so\n- D. Brown too", ["C. Miller thinks so", "D. Brown too"]),
        ("1. A. Jones asks each time\n2. B. Lee too", ["A. Jones asks each time", "B. Lee too"]),
        ("A. J. Smith\nB. K. Jones", ["A. J. Smith", "B. K. Jones"]),
        ("J. said it is fine\nK. does it daily", ["J. said it is fine", "K. does it daily"]),
        ("J. Hill\nK. Lane\nL. Moor", ["J. Hill", "K. Lane", "L. Moor"]),
        ("a. said it hurts\nk. does it daily", ["a. said it hurts", "k. does it daily"]),
        ("a. jones said so\nb. lee told me", ["a. jones said so", "b. lee told me"]),
        ("B. Lee opens\nA. Kim closes", ["B. Lee opens", "A. Kim closes"]),
        ("A. Kim opens\nwarm up\nA. Kim closes", ["A. Kim opens", "warm up", "A. Kim closes"]),
        ("A. Warm up\nB. Press\nWalk\nA. Kim closes", ["Warm up", "Press", "Walk", "A. Kim closes"]),
        ("A. Warm up\nslowly\nB. Press\nC. Walk", ["Warm up", "slowly", "Press", "Walk"]),
        (
            "1. Sled\nA. Warm up\nB. Press\n2. Mat\nA. Roll\nB. Rest",
            ["Sled", "Warm up", "Press", "Mat", "Roll", "Rest"],
        ),
        ("A. What does it cost\nB. Is it far\nC. Why not", ["What does it cost", "Is it far", "Why not"]),
        ("\n".join(f"{chr(65 + n)}. Step" for n in range(26)), ["Step"] * 26),
        ("\n".join(f"{chr(97 + n)}. step" for n in range(26)), ["step"] * 26),
        ("\n".join(f"{chr(65 + n)}) Step" for n in range(26)), ["Step"] * 26),
    ],
)
def test_letters_count_entries_only_in_their_order_and_before_no_name(pasted: str, entries: list[str]) -> None:
    assert lines_of(pasted) == entries


@given(st.lists(st.text("AaBbIJk.)- 1x\n", max_size=12), max_size=5))
def test_the_entries_of_a_list_stay_as_they_are_when_it_is_read_again(lines: list[str]) -> None:
    once = lines_of("\n".join(lines))
    assert lines_of("\n".join(once)) == once


def test_first_lines_by_kind_are_kept_as_typed() -> None:
    vetted = vet(replace(GOOD, leads="- bad: No: it is fine so.\n- how long: Two weeks."), BASE)
    assert vetted.faults == ()
    assert vetted.claim is not None
    assert vetted.claim.leads == ("bad: No: it is fine so.", "how_long: Two weeks.")
    assert form_of(vetted.claim, BASE).leads == "bad: No: it is fine so.\nhow_long: Two weeks."


def test_fields_survive_being_kept() -> None:
    from dataclasses import asdict

    assert fields_of({**asdict(GOOD), "from_a_newer_version": "x", "do": 5}) == GOOD


NOT_TYPED = {"added_by_server", "own_picture", "pain", "said"}
"""Fields of a claim that no form holds: who wrote it, a server's own picture, what the topic or the gate say of pain, and that a member
said it, which only that member can agree to."""


def test_a_form_takes_as_much_as_the_files_do() -> None:
    schema = ClaimEntry.model_json_schema()
    parts = schema["$defs"]

    def lengths(of: Any) -> list[int]:
        named = parts[of["$ref"].rpartition("/")[2]] if "$ref" in of else of
        found = [named["maxLength"]] if "maxLength" in named else []
        return found + [length for each in named.get("anyOf", ()) for length in lengths(each)]

    for each in CLAIM_FIELDS:
        if each.name != "topic" and not each.listed and (most := lengths(schema["properties"][each.key])):
            assert [each.most] == most, each.name


def test_a_form_holds_each_field_of_a_claim_so_that_a_replacement_loses_none() -> None:
    named = {"decoys" if each.name == "not_" else each.name for each in fields(Fields)}
    assert named == {each.name for each in fields(Claim)} - NOT_TYPED - {"server_sources"}, (
        "those are lines of `sources`"
    )
    assert [each.name for each in CLAIM_FIELDS] == [each.name for each in fields(Fields)]
    assert len({each.label for each in CLAIM_FIELDS}) == len(CLAIM_FIELDS)
    full = Fields(**{each.name: each.name for each in fields(Fields)})
    assert set(to_plain(full)) == {each.key for each in CLAIM_FIELDS} - {"topic"}
