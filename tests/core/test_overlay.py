"""A server's overlay: a view on the base, never a copy of it."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.core.diff import claim_diff, entry_diff, overlay_diff
from bot.core.model import Claim, Confidence, Knowledge, OwnPicture, Topic, Verdict
from bot.core.overlay import (
    NOTHING,
    OUT_OF_SCOPE,
    SERVER_TOPIC,
    Entry,
    Layered,
    Overlay,
    Standing,
    changed_in_release,
    from_plain,
    rebased,
    standing_of,
    to_plain,
)  # fmt: skip


def _claim(name: str, topic: str = "depth", **changed: object) -> Claim:
    claim = Claim(name, topic, name.title(), "C.", Verdict.MIXED, Confidence.LOW, "A.", (f"{name}?",))
    return replace(claim, **changed)  # type: ignore[arg-type]


BASE = Knowledge(
    {claim.id: claim for claim in (_claim("one"), _claim("two"), _claim("warning-signs", "back"))},
    {"depth": Topic("depth", "Depth", "D.", "one"), "back": Topic("back", "Back", "B.", "warning-signs")},
)


def test_without_entries_the_base_itself_is_seen() -> None:
    assert Overlay().joined(BASE) is BASE


def test_replaced_claims_keep_their_place_and_added_ones_come_last() -> None:
    overlay = Overlay({"new": Entry(_claim("new")), "one": Entry(_claim("one", answer="Ours."))})
    seen = overlay.joined(BASE)
    assert list(seen.claims) == ["one", "two", "warning-signs", "new"]
    assert seen.claims["one"].answer == "Ours."
    assert seen.claims["one"].added_by_server
    assert seen.claims["two"] is BASE.claims["two"]


def test_a_topics_leading_claim_is_always_there() -> None:
    seen = Overlay({"one": Entry(hidden=True)}).joined(BASE)
    assert seen.topics["depth"].leading == "two"
    seen = Overlay({"one": Entry(hidden=True), "two": Entry(hidden=True)}).joined(BASE)
    assert list(seen.topics) == ["back"]


def test_a_claim_of_no_shipped_topic_stands_under_this_server() -> None:
    seen = Overlay({"new": Entry(_claim("new", "gone"))}).joined(BASE)
    assert seen.claims["new"].topic == SERVER_TOPIC
    assert seen.topics[SERVER_TOPIC].leading == "new"


def test_entries_on_the_warning_signs_have_no_effect() -> None:
    own = Entry(_claim("warning-signs", answer="All fine."), hidden=True, questions=("x",))
    seen = Overlay({"warning-signs": own}).joined(BASE)
    assert seen.claims["warning-signs"] is BASE.claims["warning-signs"]
    assert standing_of("warning-signs", own, BASE) is Standing.SHIPPED


def test_standings() -> None:
    assert standing_of("one", None, BASE) is Standing.SHIPPED
    assert standing_of("one", Entry(hidden=True), BASE) is Standing.HIDDEN
    assert standing_of("one", Entry(questions=("x",)), BASE) is Standing.EXTENDED
    assert standing_of("one", Entry(_claim("one")), BASE) is Standing.REPLACED
    assert standing_of("new", Entry(_claim("new")), BASE) is Standing.ADDED


def test_a_release_is_noticed_when_the_replaced_claim_changes_goes_or_comes() -> None:
    ours = Entry(_claim("one", answer="Ours."), BASE.claims["one"])
    assert not changed_in_release("one", ours, BASE)
    assert changed_in_release("one", replace(ours, based_on=_claim("one", answer="Old.")), BASE)
    assert changed_in_release("gone", Entry(_claim("gone"), _claim("gone")), BASE)
    assert changed_in_release("two", Entry(_claim("two")), BASE)
    assert not changed_in_release("new", Entry(_claim("new")), BASE)


KEYS = st.text("abcde", min_size=1, max_size=2)


@given(st.dictionaries(KEYS, st.integers()), st.dictionaries(KEYS, st.integers()), st.sets(KEYS))
def test_a_layered_mapping_is_the_mapping_it_stands_for(
    base: dict[str, int], own: dict[str, int], hidden: set[str]
) -> None:
    layered = Layered(base, own, hidden)
    plain = {key: value for key, value in {**base, **own}.items() if key not in hidden}
    assert dict(layered) == plain
    assert len(layered) == len(plain)
    assert list(layered) == list(plain)
    assert all((key in layered) == (key in plain) for key in {*base, *own, *hidden})


TEXT = st.text(max_size=8)
CLAIMS = st.builds(
    Claim, id=st.just("one"), topic=st.just("depth"), title=TEXT, claim=TEXT, verdict=st.sampled_from(Verdict),
    confidence=st.sampled_from(Confidence), answer=TEXT, questions=st.lists(TEXT, unique=True, max_size=4).map(tuple),
    do=st.lists(TEXT, unique=True, max_size=3).map(tuple),
)  # fmt: skip
PICTURES = st.none() | st.builds(OwnPicture, st.sampled_from(["a" * 64, "b" * 64]), st.just("png"), TEXT)
ENTRIES = st.builds(
    Entry, st.none() | CLAIMS, st.none() | CLAIMS, st.booleans(), st.lists(TEXT, unique=True, max_size=3).map(tuple),
    PICTURES,
)  # fmt: skip


@given(ENTRIES)
def test_an_entry_survives_being_written_as_json(entry: Entry) -> None:
    plain = to_plain(entry)
    assert (plain is None) == entry.is_empty
    if plain is not None:
        assert from_plain(json.loads(json.dumps(plain))) == entry
        assert from_plain({**plain, "from_a_newer_version": 1}) == entry
    assert from_plain(None) == NOTHING


@given(ENTRIES, ENTRIES)
def test_a_difference_is_none_exactly_where_members_see_none(one: Entry, other: Entry) -> None:
    difference = entry_diff("one", one, other, BASE)
    if replace(one, based_on=None) == replace(other, based_on=None):
        assert difference is None
    back = entry_diff("one", other, one, BASE)
    assert (difference is None) == (back is None)
    if difference is not None and back is not None:
        assert [f.added for f in difference.fields] == [f.removed for f in back.fields] or difference.kind != "changed"
        assert all(line[:2] in {"  ", "- ", "+ ", "@@"} and "\n" not in line for line in difference.lines())
        assert difference.summary()


@given(CLAIMS, CLAIMS, CLAIMS)
def test_my_change_on_top_of_theirs_loses_neither(before: Claim, mine: Claim, theirs: Claim) -> None:
    joined = rebased(Entry(before), Entry(mine), Entry(theirs)).claim
    assert joined is not None
    for name in ("title", "answer", "verdict"):
        was, will, now = (getattr(claim, name) for claim in (before, mine, theirs))
        assert getattr(joined, name) == (will if will != was else now)
    assert set(mine.questions) - set(before.questions) <= set(joined.questions)
    if mine != before:
        assert not (set(before.questions) - set(mine.questions)) & set(joined.questions)


@given(ENTRIES, PICTURES, PICTURES)
def test_my_picture_on_top_of_theirs_is_mine_where_i_changed_it(
    before: Entry, mine: OwnPicture | None, theirs: OwnPicture | None
) -> None:
    joined = rebased(before, replace(before, picture=mine), replace(before, picture=theirs, hidden=not before.hidden))
    assert joined.picture == (mine if mine != before.picture else theirs)
    assert joined.hidden is not before.hidden


def test_a_picture_of_the_servers_own_stands_in_the_shipped_ones_place_and_is_told() -> None:
    own = OwnPicture("3f" * 32, "jpg", "A strip of tape on our sled.")
    overlay = Overlay({"one": Entry(picture=own), "warning-signs": Entry(picture=own)})
    seen = overlay.joined(BASE)
    assert seen.claims["one"] == replace(BASE.claims["one"], own_picture=own)
    assert seen.claims["warning-signs"] is BASE.claims["warning-signs"]
    assert overlay.reworded(BASE) == ()
    assert standing_of("one", overlay.entries["one"], BASE) is Standing.EXTENDED
    (difference,) = overlay_diff({}, {"one": Entry(picture=own)}, BASE)
    assert difference.lines()[1:] == ["  Picture", "+ own picture 3f3f3f3f: A strip of tape on our sled."]
    assert difference.summary() == "one: picture"


def test_a_long_text_is_shown_around_its_change() -> None:
    before, after = f"{'a ' * 100}old {'b ' * 100}", f"{'a ' * 100}new {'b ' * 100}"
    difference = claim_diff(_claim("one", why=before), _claim("one", why=after))
    assert difference is not None
    assert difference.lines()[1:] == ["  Why", "- … a a a a old b b b b …", "+ … a a a a new b b b b …"]


def test_out_of_scope_wordings_are_compared_as_a_list() -> None:
    (difference,) = overlay_diff({}, {OUT_OF_SCOPE: Entry(questions=("x",))}, BASE)
    assert difference.lines() == ["@@ Out of scope changes @@", "  Questions", "+ x"]
    assert difference.summary() == "out of scope: questions (1 added)"
