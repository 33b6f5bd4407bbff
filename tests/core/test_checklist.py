import re
from dataclasses import replace

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from bot.bootstrap import default_cache, load_knowledge, shipped_knowledge
from bot.core.checklist import (
    MAX_ITEMS,
    PRESSES,
    Checklist,
    Goal,
    Phase,
    Press,
    checklist,
    goal_named,
    is_for,
    is_ticked,
    press_named,
    ticked,
    unticked,
)
from bot.core.drawing import PICTURES
from bot.core.drawing.page import PAGE_HEIGHT, PAGE_WIDTH, page, page_words, wrapped
from bot.core.drawing.pictures import positions
from bot.core.geometry import MACHINES
from bot.core.model import Claim, Confidence, Knowledge, Topic, Verdict
from bot.errors import UserError
from bot.pictures import rendered
from bot.pictures.render import drawn
from tests.support.pixels import pixels

SHIPPED = load_knowledge(shipped_knowledge(), default_cache())


def claim(name: str, topic: str, *steps: str) -> Claim:
    return Claim(
        id=name, topic=topic, title=name, claim="c", verdict=Verdict.OPINION, confidence=Confidence.LOW, answer="a",
        questions=("q",), do=steps,
    )  # fmt: skip


def knowledge(*claims: Claim) -> Knowledge:
    topics = {item.topic: Topic(item.topic, item.topic, item.topic, item.id) for item in reversed(claims)}
    return Knowledge({item.id: item for item in claims}, {item.topic: topics[item.topic] for item in claims})


every_list = pytest.mark.parametrize(
    ("press", "goal"), [(press, goal) for press in PRESSES.values() for goal in Goal], ids=lambda each: str(each)[:12]
)


@every_list
def test_every_machine_and_goal_has_its_steps_in_the_order_of_doing(press: Press, goal: Goal) -> None:
    planned = [step for step in SHIPPED.checklist if is_for(step, press, goal)]
    assert len(planned) <= MAX_ITEMS  # so that nothing is cut off at the end
    found = checklist(SHIPPED, press, goal)
    assert [item.text for item in found.items] == [step.say or step.step for step in planned]
    assert {item.phase for item in found.items} >= set(Phase) - {Phase.AFTER}
    assert [list(Phase).index(item.phase) for item in found.items] == sorted(
        list(Phase).index(item.phase) for item in found.items
    )
    assert len({item.text for item in found.items}) == len(found.items)


@every_list
def test_the_stop_is_found_then_set_and_only_then_is_weight_put_on(press: Press, goal: Goal) -> None:
    said = [(item.phase, item.text) for item in checklist(SHIPPED, press, goal).items]
    found = next(
        i for i, (_, text) in enumerate(said) if re.search("until the hips start to roll|Hips not heavy", text)
    )
    held = next(i for i, (_, text) in enumerate(said) if re.search("Set the stops|Mark that spot|is your stop", text))
    loaded = next(i for i, (phase, _) in enumerate(said) if phase is Phase.LOAD)
    assert found < held < loaded
    assert [phase for phase, _ in said[found : held + 1]] == [Phase.STOP] * (held - found + 1)


@every_list
def test_where_the_handles_lock_is_known_before_any_weight_and_not_after(press: Press, goal: Goal) -> None:
    items = checklist(SHIPPED, press, goal).items
    if press.key == "horizontal":  # a stack has neither handles that lock nor plates nor stops to set
        assert not any(re.search("lock the|handles|both sides|the stops|sled", item.text) for item in items)
        return
    [practised] = [at for at, item in enumerate(items) if "practise unlocking and locking" in item.text]
    [feet] = [at for at, item in enumerate(items) if re.match("Put (your|the) feet", item.text)]
    assert items[practised].phase is Phase.BEFORE
    assert feet < practised  # an empty sled is heavy enough to fall on whoever opens its handles
    assert [item.phase for item in items if "Lock the handles before" in item.text] == [Phase.AFTER]


def test_a_sled_without_stops_is_never_told_to_set_them() -> None:
    for goal in Goal:
        said = " ".join(item.text for item in checklist(SHIPPED, PRESSES["nostops"], goal).items)
        assert not re.search("[Ss]et the stops|stop lever", said)
        assert "five good reps to spare" in said
        assert "Five reps to spare" in SHIPPED.claims["safety-stops"].answer


@pytest.mark.parametrize("goal", list(Goal))
def test_a_stack_begins_at_its_lowest_point_so_nothing_is_lowered_to_find_it(goal: Goal) -> None:
    said = [item.text for item in checklist(SHIPPED, PRESSES["horizontal"], goal).items if item.phase is not Phase.REPS]
    assert not any(re.search(r"Lower slowly|[Cc]ome up", text) for text in said)
    assert "your start is your lowest point" in SHIPPED.claims["seated-stack"].lead


@pytest.mark.parametrize("press", list(PRESSES.values()))
def test_sore_knees_and_a_sore_back_change_depth_and_weight(press: Press) -> None:
    general, back, knees = (checklist(SHIPPED, press, goal) for goal in (Goal.GENERAL, Goal.BACK, Goal.KNEES))
    assert any("half your usual weight" in item.text for item in back.items)
    assert any("small steps" in item.text for item in knees.items)
    assert not any("three quarters" in item.text for item in (*back.items, *knees.items))
    if press.key != "horizontal":
        assert any("well above it" in item.text for item in back.items)
        depth = [item.text for item in knees.items if item.phase is Phase.STOP]
        assert any("your knees" in text for text in depth) or press.key == "nostops"
    assert len({general.version, back.version, knees.version}) == 3


@every_list
def test_what_is_special_about_a_machine_leads_to_the_claim_about_it(press: Press, goal: Goal) -> None:
    named = {item.claim for item in checklist(SHIPPED, press, goal).items}
    assert ("seated-stack" in named) == (press.key == "horizontal")
    assert ("no-safety-stops" in named) == (press.key == "nostops")
    assert ("safety-stops" in named) == (press.key in {"sled", "vertical"})
    assert ("getting-in-and-out" in named) == (press.key != "horizontal")


def test_every_step_stands_in_the_claim_that_it_names() -> None:
    assert SHIPPED.checklist
    for step in SHIPPED.checklist:
        assert step.step in SHIPPED.claims[step.claim].do, step


def without_steps(name: str, *steps: str) -> Knowledge:
    """The shipped knowledge as a server sees it that gave a claim other steps."""
    return replace(SHIPPED, claims={**SHIPPED.claims, name: replace(SHIPPED.claims[name], do=steps)})


def test_a_step_that_a_server_reworded_is_said_in_its_words() -> None:
    own = without_steps("safety-stops", "Find the yellow stop lever before you load anything.", "Something else.")
    assert checklist(own).items[0].text == "Find the yellow stop lever before you load anything."


@pytest.mark.parametrize("name", sorted({step.claim for step in SHIPPED.checklist}))
def test_no_step_is_lost_where_a_server_replaces_or_hides_its_claim(name: str) -> None:
    hidden = replace(SHIPPED, claims={key: claim for key, claim in SHIPPED.claims.items() if key != name})
    renamed = replace(hidden, successors={name: "x"})
    for press in PRESSES.values():
        whole = checklist(SHIPPED, press)
        for own in (without_steps(name, "Eat a banana."), without_steps(name), hidden, renamed):
            assert checklist(own, press).items == whole.items


def test_a_renamed_claim_keeps_its_place_in_the_list() -> None:
    stops = replace(
        SHIPPED.claims["safety-stops"], id="stops", do=("Find the stop lever (red) before you load anything.",)
    )
    claims = {key: claim for key, claim in SHIPPED.claims.items() if key != "safety-stops"} | {"stops": stops}
    own = replace(SHIPPED, claims=claims, successors={"safety-stops": "stops"})
    assert checklist(own).items[0].text == "Find the stop lever (red) before you load anything."


@pytest.mark.parametrize(
    ("text", "key"),
    [("", "sled"), ("45", "sled"), ("No stops", "nostops"), ("sled without stops", "nostops"), ("stack", "horizontal"),
     ("seated", "horizontal"), ("horizontal", "horizontal"), ("vertical", "vertical")],
)  # fmt: skip
def test_a_machine_goes_by_its_usual_names(text: str, key: str) -> None:
    assert press_named(text) is PRESSES[key]


def test_an_unknown_machine_gets_the_known_ones() -> None:
    with pytest.raises(UserError, match="sled"):
        press_named("rowing machine")


def test_knowledge_of_ones_own_gives_its_leading_steps_set_up_first() -> None:
    own = knowledge(
        claim("x", "tempo", "Lower slowly.", "Pause."),
        claim("y", "setup", "Adjust the seat."),
        claim("z", "recovery", *(f"Rest {number}." for number in range(20))),
    )
    found = checklist(own)
    assert found.items[0].text == "Adjust the seat."
    assert [item.text for item in found.items[1:3]] == ["Lower slowly.", "Pause."]
    assert len(found.items) == MAX_ITEMS


def test_knowledge_without_steps_says_what_is_missing() -> None:
    with pytest.raises(UserError, match="no steps yet"):
        checklist(knowledge(claim("x", "tempo")))


def test_the_version_changes_with_any_item_and_with_nothing_else() -> None:
    found = checklist(SHIPPED)
    assert found.version == checklist(SHIPPED).version
    assert re.fullmatch(r"[0-9a-f]{8}", found.version)
    reworded = replace(found.items[3], text=found.items[3].text + "!")
    assert Checklist(found.press, found.goal, (*found.items[:3], reworded, *found.items[4:])).version != found.version
    assert checklist(SHIPPED, goal=Goal.BACK).version != found.version
    assert checklist(SHIPPED, PRESSES["horizontal"]).version != found.version
    because = replace(found.items[3], claim="another")
    assert Checklist(found.press, found.goal, (*found.items[:3], because, *found.items[4:])).version == found.version


masks = st.integers(0, (1 << MAX_ITEMS) - 1)
indices = st.integers(0, MAX_ITEMS - 1)


@given(masks, indices, indices)
def test_ticking_changes_one_item_and_nothing_else(mask: int, index: int, other: int) -> None:
    assert is_ticked(ticked(mask, index), index)
    assert not is_ticked(unticked(mask, index), index)
    assert ticked(ticked(mask, index), index) == ticked(mask, index)
    assert ticked(ticked(mask, index), other) == ticked(ticked(mask, other), index)  # quick taps in any order
    if index != other:
        for change in (ticked, unticked):
            assert is_ticked(change(mask, index), other) == is_ticked(mask, other)


@given(masks)
def test_what_is_left_is_what_is_not_ticked_in_order(mask: int) -> None:
    found = checklist(SHIPPED)
    left = found.left(mask)
    assert len(left) == len(found.items) - found.valid(mask).bit_count()
    assert [item for item in found.items if item in left] == list(left)
    assert found.left(found.full) == ()
    assert found.left(0) == found.items


def test_bits_that_no_item_has_are_dropped() -> None:
    found = checklist(SHIPPED)
    assert found.valid(1 << 40 | 0b101) == 0b101


@pytest.mark.parametrize(
    ("text", "goal"), [("", Goal.GENERAL), ("Back", Goal.BACK), ("calm knees", Goal.KNEES), (" quads ", Goal.QUADS)]
)
def test_goals_go_by_their_names(text: str, goal: Goal) -> None:
    assert goal_named(text) is goal


def test_an_unknown_goal_gets_the_known_ones() -> None:
    with pytest.raises(UserError, match="general, back, glutes, quads or knees"):
        goal_named("fly")


INVITE = "https://discord.gg/abcDEF123"


def test_the_page_has_the_title_every_step_a_box_each_and_the_caveat() -> None:
    found = checklist(SHIPPED, goal=Goal.BACK)
    svg = page(found, safety_line="Stop and get help for new numbness.")
    said = " ".join(re.findall(r">([^<>]+)</text>", svg))
    assert found.title in said
    for item in found.items:
        assert item.text.replace("'", "&#x27;") in said
    assert svg.count('stroke-width="2.5"/>') == len(found.items)
    assert "not medical advice" in said
    assert "Stop and get help for new numbness." in said


@pytest.mark.parametrize("press", PRESSES.values(), ids=PRESSES)
def test_the_page_draws_the_list_s_own_machine(press: Press) -> None:
    drawn_machines = {
        each.key: positions.scene_parts(each.machine.key, stops=each.stops) in page(checklist(SHIPPED, press))
        for each in PRESSES.values()
    }
    assert drawn_machines == {each: each == press.key for each in PRESSES}


@pytest.mark.parametrize("key", MACHINES)
def test_on_every_machine_the_hips_stay_down_at_the_good_stop_and_have_rolled_at_the_chest(key: str) -> None:
    good, deep = positions.good_stop(key), positions.at_the_chest(key)
    assert good.pelvis_roll == 0
    assert good.knee_bend < 90  # the right angle that coaches give
    assert deep.pelvis_roll > 15
    assert deep.trunk_thigh < good.trunk_thigh - 30


def test_the_words_of_the_page_are_in_reading_order() -> None:
    found = checklist(SHIPPED)
    said = page_words(found)
    assert said[0] == found.title
    assert said[1] == "Before any weight"
    assert [line for line in said if line in {item.text for item in found.items}] == [item.text for item in found.items]


def test_a_qr_code_appears_only_with_an_invite() -> None:
    found = checklist(SHIPPED)
    assert "crispEdges" in page(found, invite=INVITE)
    assert "crispEdges" not in page(found)


def test_the_qr_code_is_the_invites() -> None:
    rows = segno.make(INVITE, error="m", micro=False).matrix
    side, width = 150, 2000
    shown = pixels(drawn(page(checklist(SHIPPED), invite=INVITE), width))[:, :, :3].mean(axis=2)
    scale = width / PAGE_WIDTH
    left, top = (PAGE_WIDTH - 64 - side) * scale, (PAGE_HEIGHT - 40 - side) * scale
    module = side * scale / (len(rows) + 8)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            spot = shown[round(top + (y + 4.5) * module), round(left + (x + 4.5) * module)]
            assert (spot < 128) == bool(dark)


@pytest.mark.parametrize("invite", ["discord.gg/abc", "javascript:alert(1)", "https://x y", "https://a\n"])
def test_an_invite_that_is_no_address_is_refused(invite: str) -> None:
    with pytest.raises(UserError, match="as a web address"):
        page(checklist(SHIPPED), invite=invite)


def test_the_longest_steps_that_knowledge_may_hold_still_fit_the_page() -> None:
    longest = (
        "Wriggle and move mammoth weights with much more wisdom, warmth and willingness than whoever warned us. " * 2
    )
    own = knowledge(claim("x", "setup", *(f"{number} {longest}"[:160] for number in range(12))))
    svg = page(checklist(own), invite=INVITE, safety_line="A line about safety that must stay legible. " * 4)
    words = "".join(re.findall(r"<text .*?</text>", svg))
    only = re.sub(r"(<svg[^>]*>).*</svg>", lambda match: f"{match[1]}{words}</svg>", svg, count=1, flags=re.DOTALL)
    only = only.replace('viewBox="0 0 1000 1414"', 'viewBox="-200 -200 1400 1814"').replace(
        'width="1000"', 'width="1400"', 1
    )
    ink = pixels(drawn(only.replace('height="1414"', 'height="1814"', 1)))[:, :, 3] > 20
    assert ink.any()
    assert not ink[:, :255].any()
    assert not ink[:, -255:].any()
    assert not ink[-230:].any()
    steps = [float(y) for y in re.findall(r'<text x="(?:[\d.]+)" y="([\d.]+)" font-size="1[3-9]', svg)]
    foot = min(float(y) for y in re.findall(r'y="([\d.]+)" font-size="20"', svg))
    assert steps
    assert max(steps) < foot


def test_a_page_can_be_drawn_as_png() -> None:
    assert pixels(rendered(page(checklist(SHIPPED)))).shape == (1414, 1000, 4)


@given(st.text(max_size=200), st.floats(60, 900), st.floats(10, 40))
def test_wrapping_keeps_every_word_in_order(text: str, width: float, size: float) -> None:
    lines = wrapped(text, width, size)
    assert " ".join(lines).split() == text.split()
    assert "" not in lines


def test_two_up_one_down_counts_the_sled_and_needs_no_maximum() -> None:
    for name in ("two-up-one-down", "two-up-how-to"):
        steps = " ".join(SHIPPED.claims[name].do)
        assert "one leg" in steps
        assert re.search("sled counted|Count the sled", steps)
        assert not re.search("the most you can press|two-leg best|of your best|maximum", steps)


def test_most_claims_have_a_picture_and_every_drawing_is_used() -> None:
    pictured = [claim.picture for claim in SHIPPED.claims.values() if claim.picture]
    assert len(pictured) >= 75
    assert set(PICTURES) == set(pictured)
