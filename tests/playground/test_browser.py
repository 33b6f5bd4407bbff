"""The playground in a real browser, as a newcomer uses it."""

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from bot.config import Settings
from bot.core.model import Claim
from bot.service import Service
from bot.store.cache import FOLDER
from tests.playground.conftest import Running, running
from tests.playground.room import DESKTOP, PHONE, QUESTION, WAIT_MS, Elsewhere, Room
from tests.support.browsing import Look, cleared, launched, violations
from tests.support.examples import share, some
from tests.support.files import linked

# On a new machine the first start fits the matcher, which may take a while.
pytestmark = [pytest.mark.chromium, pytest.mark.timeout(400), pytest.mark.long]

SIZES = {DESKTOP: "desktop", PHONE: "phone"}
Test = Callable[..., None]
expect.set_options(timeout=WAIT_MS)  # its own 5 s are too short where all processors are busy


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with launched(chromium) as browser:
        yield browser


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Page:
    """The page that these tests use one after the other."""
    page = browser.new_page(reduced_motion="reduce")
    page.set_default_timeout(WAIT_MS)
    return page


@pytest.fixture(scope="module")
def fresh(checkout: Path, tmp_path_factory: pytest.TempPathFactory, tab: Page) -> Iterator[Running]:
    """A playground where nobody was yet and no picture is drawn, open to phones; it ends without an error."""
    cache = tmp_path_factory.mktemp("cache")
    filled = Settings().cache_folder()
    assert filled is not None
    shutil.copytree(filled / FOLDER, cache / FOLDER, copy_function=linked)  # what is fitted, but no picture
    with running(checkout, 0, "--lan", CACHE_DIR=str(cache)) as started:
        yield started
        tab.goto("about:blank")
        code, _, errors = started.interrupt()
        assert (code, errors) == (0, "")


@pytest.fixture
def elsewhere(playground: Running) -> Iterator[Elsewhere]:
    somebody = Elsewhere(playground.address)
    yield somebody
    somebody.leave()


def sized(size: tuple[int, int]) -> Callable[[Test], Test]:
    """Test the channel in this size, and in `make soak` in the other one too."""

    def marked(test: Test) -> Test:
        sizes = share([size, PHONE if size == DESKTOP else DESKTOP], 2)
        by_size: Test = pytest.mark.parametrize("channel", sizes, indirect=True, ids=SIZES.__getitem__)(test)
        return pytest.mark.loop(by_size)

    return marked


@pytest.fixture
def channel(request: pytest.FixtureRequest, tab: Page, playground: Running) -> Iterator[Room]:
    room = Room(tab, playground.address, request.param)
    yield room
    room.leave(stay=True)


@pytest.fixture
def direct_messages(tab: Page, playground: Running) -> Iterator[Room]:
    room = Room(tab, playground.address, PHONE)
    room.become("Jo")
    yield room
    room.leave()


def _leading(service: Service, topic: str) -> Claim:
    return service.knowledge.claims[service.knowledge.topics[topic].leading]


def _first_of(why: str) -> str:
    """The first words of a text, up to its first reference or full stop."""
    return re.split(r"[.\[]", why)[0].strip()


@pytest.mark.loop
@pytest.mark.parametrize("size", share([PHONE, DESKTOP], 2), ids=SIZES.__getitem__)
def test_it_opens_on_that_card_however_long_pictures_take(
    tab: Page, playground: Running, size: tuple[int, int], service: Service
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    cleared(tab, size, "dark")
    tab.route("**/api/assets/**", hold)
    tab.goto(playground.address)
    card = tab.locator("#channel-message-list > article").filter(has_text=_leading(service, "depth").claim).last
    expect(card).to_be_in_viewport()
    assert held
    for each in held:
        each.abort()
    tab.unroute_all(behavior="ignoreErrors")
    tab.goto("about:blank")  # nobody goes on without pictures


@pytest.mark.loop
@pytest.mark.parametrize(
    ("size", "look"), share([(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "dark"), (PHONE, "light")], 2)
)
def test_it_opens_on_a_card_with_its_picture_in_the_look_of_the_visitor_and_axe_finds_nothing(
    tab: Page, playground: Running, size: tuple[int, int], look: Look, service: Service
) -> None:
    room = Room(tab, playground.address, size, look, anew=True)
    card = room.messages.filter(has_text=_leading(service, "depth").claim).last

    expect(card).to_be_in_viewport()
    expect(card.locator("img[alt]").first).to_be_in_viewport()
    expect(room.seat("Mia")).to_have_attribute("aria-pressed", "true")
    for name, kind in (("Mia", "member"), ("Dana", "moderator"), ("Lee", "moderator"), ("Jo", "outsider")):
        expect(room.seat(name)).to_have_text(f"{name}{kind}")
        expect(room.seat(name)).to_be_in_viewport(ratio=1)
    expect(room.page.locator("#toolbar, #messages-sidebar, #inspector-panel")).to_have_count(3)
    for own in ("#toolbar", "#messages-sidebar", "#inspector-panel"):
        expect(room.page.locator(own)).to_be_hidden()
    brightness = room.page.locator("#channel-layout").evaluate("e => getComputedStyle(e).backgroundColor")
    assert (min(map(int, re.findall(r"\d+", brightness)[:3])) > 200) == (look == "light")
    assert not room.is_too_wide()
    assert room.violations() == []
    room.leave(stay=True)


@some("look", ["light", "dark"], 2)
def test_axe_finds_nothing_while_a_command_is_chosen_either(tab: Page, playground: Running, look: Look) -> None:
    room = Room(tab, playground.address, PHONE, look)
    room.become("Dana")
    assert "/knowledge inbox" in room.offered("/knowledge", "/knowledge inbox")
    room.composer.click()
    room.page.keyboard.type("/knowledge show")
    expect(room.page.get_by_role("option").filter(has_text="/knowledge show").first).to_be_visible(timeout=WAIT_MS)
    assert room.violations() == []
    room.leave(stay=True)


def test_a_font_is_loaded_only_for_letters_that_stand_there(tab: Page, playground: Running) -> None:
    network = tab.context.new_cdp_session(tab)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    tab.on("request", note)
    room = Room(tab, playground.address, PHONE, anew=True)
    expect(room.messages.locator("img").last).to_be_visible(timeout=WAIT_MS)
    expect(tab.locator("#preview-app")).to_have_attribute("aria-busy", "false", timeout=WAIT_MS)
    tab.remove_listener("request", note)
    fonts = " ".join(url for url in asked if url.endswith(".ttf"))
    assert "noto-sans-latin-" in fonts
    assert re.search("arabic|hebrew|devanagari|-sc-", fonts) is None

    with tab.expect_request("**/noto-sans-sc-*"):
        room.composer.fill("你好")
    network.detach()
    room.leave(stay=True)


def test_light_and_dark_are_switched_and_kept(tab: Page, playground: Running) -> None:
    room = Room(tab, playground.address, PHONE, "light")
    room.page.get_by_role("button", name="Switch to dark").click()
    expect(room.page.locator("html")).to_have_attribute("data-look", "dark")
    room.page.reload()
    expect(room.page.locator("html")).to_have_attribute("data-look", "dark")
    room.leave(stay=True)


@sized(DESKTOP)
def test_what_happened_before_was_said_to_the_real_bot(channel: Room) -> None:
    stopped = channel.messages.filter(has_text="Pause on training questions")

    expect(channel.messages.filter(has_text="i cant feel my feet").first).to_be_attached()
    expect(stopped.first).to_be_attached()
    expect(channel.messages.filter(has_text="Yes, between your own sets").first).to_be_attached()


def _read_further_up(room: Room) -> None:
    """Scroll to the first message, until the page stays there: one that is still being drawn goes back to its own place."""
    until = time.monotonic() + WAIT_MS / 1000
    at = None
    while at != 0:
        assert time.monotonic() < until, "the page does not stay where it was scrolled to"
        room.scroll(up=True)
        room.page.wait_for_timeout(1_000)
        at = room.page.locator("#channel-timeline").evaluate("timeline => timeline.scrollTop")
    expect(room.messages.last).not_to_be_in_viewport()


@sized(DESKTOP)
def test_who_read_further_up_sees_what_comes_of_their_own_command(channel: Room) -> None:
    channel.become("Dana")
    _read_further_up(channel)
    channel.composer.click()
    channel.page.keyboard.insert_text("/knowledge inbox")
    channel.page.get_by_role("option").filter(has_text="/knowledge inbox").first.click()
    channel._send()
    expect(channel.messages.get_by_text("Asked and not answered").last).to_be_in_viewport()


@sized(PHONE)
def test_who_read_further_up_sees_what_comes_of_their_own_message(channel: Room) -> None:
    _read_further_up(channel)
    card = channel.say("@Leg Press Bot is it okay to lock my knees out")
    expect(card.get_by_text("Straightening the knees").first).to_be_in_viewport()


@sized(DESKTOP)
def test_who_read_further_up_sees_what_comes_of_a_press_there(channel: Room) -> None:
    old = channel.messages.filter(has=channel.page.get_by_role("button", name="More", exact=True)).first
    before = channel.messages.count()
    old.scroll_into_view_if_needed()
    channel.press(old.get_by_role("button", name="More", exact=True))
    expect(channel.messages).to_have_count(before + 1)
    expect(channel.messages.last.get_by_text("Only you can see this")).to_be_in_viewport()


@sized(PHONE)
def test_what_somebody_else_says_moves_nobody_who_reads_further_up(channel: Room, elsewhere: Elsewhere) -> None:
    _read_further_up(channel)
    before = channel.messages.count()
    elsewhere.say("@Leg Press Bot how many sets a week")
    expect(channel.messages).to_have_count(before + 2)
    channel.page.wait_for_timeout(1_500)  # time in which a page that follows would have moved
    expect(channel.messages.first).to_be_in_viewport()
    assert channel.page.locator("#channel-timeline").evaluate("timeline => timeline.scrollTop") == 0


@sized(PHONE)
def test_a_message_has_discords_menus_as_buttons_for_whoever_may_use_them(channel: Room) -> None:
    asked = channel.messages.filter(has_text="can i leave my plates on the press")
    asked.get_by_role("button", name="Apps").click()
    apps = asked.locator(".playground-apps")
    expect(apps.get_by_role("button")).to_have_text(["Apps", "Answer this", "Reply"])
    assert channel.violations() == []
    before = channel.messages.count()
    apps.get_by_role("button", name="Answer this").click()
    expect(channel.messages).to_have_count(before + 1)
    expect(channel.messages.last).to_contain_text("Only you can see this")

    channel.become("Lee")
    asked.get_by_role("button", name="Apps").click()
    for menu in ("Answer this", "Explain this answer", "Teach this"):
        expect(apps.get_by_role("button", name=menu)).to_be_visible()


@sized(DESKTOP)
def test_a_typed_at_offers_the_bots_name_and_a_button_types_it(channel: Room) -> None:
    channel.composer.click()
    channel.page.keyboard.type("hey @le")
    expect(channel.page.get_by_role("button", name="@Leg Press Bot", exact=True)).to_be_visible()
    channel.page.keyboard.press("Tab")
    expect(channel.composer).to_have_value("hey @Leg Press Bot ")
    channel.composer.fill("")
    channel.page.get_by_role("button", name="Mention Leg Press Bot").click()
    channel.page.keyboard.type("is locking out bad")
    expect(channel.composer).to_have_value("@Leg Press Bot is locking out bad")
    before = channel.messages.count()
    channel.page.keyboard.press("Enter")
    expect(channel.messages).to_have_count(before + 2, timeout=WAIT_MS)
    expect(channel.messages.last).to_contain_text("Straightening the knees")


@sized(PHONE)
def test_a_message_that_is_sent_while_another_is_on_its_way_goes_out_after_it(channel: Room) -> None:
    before = channel.messages.count()
    channel.composer.fill("@Leg Press Bot what shoes should i wear")
    with channel.page.expect_request("**/api/action", timeout=WAIT_MS):
        channel.page.keyboard.press("Enter")
    channel.composer.fill("how many reps should i do")
    channel.page.keyboard.press("Enter")
    expect(channel.messages).to_have_count(before + 3, timeout=WAIT_MS)
    expect(channel.messages.last).to_contain_text("how many reps should i do")


@sized(DESKTOP)
def test_what_comes_in_meanwhile_loses_nobodys_message(channel: Room) -> None:
    before = channel.messages.count()
    refused: list[bool] = []

    def send_as_if_for_an_older_page(route: Route) -> None:
        body = route.request.post_data_json
        assert isinstance(body, dict)
        if body["kind"] == "send_message" and not refused:
            refused.append(True)
            body["published_revision"] -= 1
        route.continue_(post_data=json.dumps(body))

    channel.page.route("**/api/action", send_as_if_for_an_older_page)
    channel.composer.fill("@Leg Press Bot is a belt any use on the leg press")
    channel.page.keyboard.press("Enter")
    expect(channel.messages).to_have_count(before + 2, timeout=WAIT_MS)
    assert refused


@sized(DESKTOP)
def test_a_topic_is_picked_from_the_list_and_its_card_read(channel: Room, service: Service) -> None:
    card = channel.pick("legpress depth")

    expect(card).to_contain_text(_leading(service, "depth").claim)
    expect(card).to_contain_text("Only you can see this")
    assert not channel.is_too_wide()


@sized(PHONE)
def test_before_a_letter_is_typed_four_things_to_ask_are_offered(channel: Room) -> None:
    channel.composer.click()
    channel.page.keyboard.type("/legpress ask")
    channel.page.get_by_role("option").filter(has_text="/legpress ask").first.click()
    first = channel.page.get_by_role("option").filter(has_text="Find your own stopping depth")
    expect(first).to_be_visible()
    assert channel.page.get_by_role("option").count() >= 4
    first.click()
    before = channel.messages.count()
    channel._send()
    expect(channel._after(before, 1)).to_contain_text("Only you can see this")


@sized(PHONE)
def test_a_question_to_the_bots_typed_name_is_answered_and_a_button_tells_why(channel: Room, service: Service) -> None:
    answer, _ = service.ask(QUESTION)
    assert answer.claim is not None
    claim = service.knowledge.claims[answer.claim]

    card = channel.say(f"@Leg Press Bot {QUESTION}")
    expect(card).to_contain_text(claim.claim)
    channel.press(card.get_by_role("button", name="Why", exact=True))

    assert claim.why
    expect(card).to_contain_text(_first_of(claim.why), timeout=WAIT_MS)
    assert not channel.is_too_wide()


def test_its_time_moves_so_that_nothing_past_stands_in_the_future(tab: Page, playground: Running) -> None:
    room = Room(tab, playground.address, DESKTOP)
    before = room.time_shown()
    room.page.wait_for_timeout(4_000)
    asked = datetime.now(UTC)
    room.pick("legpress about")
    shown = room.time_shown()
    room.leave(stay=True)

    assert (shown - before).total_seconds() > 3
    assert abs((shown - asked).total_seconds()) < 20  # a busy machine; a clock that stood still would be minutes behind


@some("name", ["hey @legpress,", "@leg press bot", "@LegPressBot"], 3)
def test_other_ways_to_type_its_name_work_too(tab: Page, playground: Running, name: str) -> None:
    room = Room(tab, playground.address, DESKTOP)
    card = room.say(f"{name} is locking my knees out bad")
    expect(card).to_contain_text("Straightening the knees")
    room.leave(stay=True)


def test_a_coach_has_moderators_commands_and_a_member_has_not(tab: Page, playground: Running) -> None:
    room = Room(tab, playground.address, DESKTOP)
    as_member = room.offered("/", "/legpress depth")
    room.become("Dana")
    as_coach = room.offered("/", "/knowledge add")
    room.leave(stay=True)

    assert "/legpress depth" in as_member
    assert set(as_member) < set(as_coach)
    assert not any(name.startswith("/knowledge") for name in as_member)


def test_a_direct_message_is_answered_and_followed_up(direct_messages: Room, service: Service) -> None:
    claim = _leading(service, "depth")

    card = direct_messages.say("how deep should i go on the leg press")
    expect(card).to_contain_text(claim.claim)
    why = direct_messages.say("why?")

    assert claim.why
    expect(why).to_contain_text(_first_of(claim.why))


def test_without_the_key_a_phone_is_asked_for_the_code(tab: Page, fresh: Running) -> None:
    code = re.search(r"the code (\S{9}),", fresh.printed)
    assert code
    cleared(tab, PHONE, "dark")
    tab.goto(fresh.address.partition("#")[0])
    field = tab.get_by_label("The code on the terminal")
    field.fill("AAAA-AAAA")
    tab.get_by_role("button", name="Come in").click()
    expect(tab.locator("#playground-code [role=alert]")).to_have_text("That is not the code on the terminal.")
    assert violations(tab) == []
    field.fill(code[1])
    tab.get_by_role("button", name="Come in").click()
    expect(tab.locator("#channel-message-list > article").last).to_be_visible(timeout=WAIT_MS)


@pytest.mark.loop
def test_the_first_card_of_each_topic_comes_with_its_picture(tab: Page, fresh: Running, service: Service) -> None:
    drawn = [topic for topic in service.knowledge.topics if _leading(service, topic).picture]
    assert len(drawn) >= 3
    room = Room(tab, fresh.address, DESKTOP)
    for topic in share(drawn, 5):
        card = room.pick(f"legpress {topic}")
        expect(card.locator("img")).to_be_visible(timeout=WAIT_MS)
        expect(card).not_to_contain_text("picture is missing")
    room.leave(stay=True)


def _look_at(room: Room, size: tuple[int, int]) -> None:
    """Find nothing to mend in this size, in `make soak` in the other one before, and go on in it."""
    for width, height in reversed(share([size, PHONE if size == DESKTOP else DESKTOP], 2)):
        room.page.set_viewport_size({"width": width, "height": height})
        assert room.violations() == []
        assert not room.is_too_wide()


@pytest.mark.loop
def test_every_card_does_in_one_press_what_it_says_and_axe_finds_nothing_then(
    tab: Page, fresh: Running, service: Service
) -> None:
    back = _leading(service, "back-pain")
    room = Room(tab, fresh.address, DESKTOP)
    expect(room.try_card("ask")).to_contain_text(back.claim)
    expect(room.try_card("why")).to_contain_text(_first_of(back.why))
    expect(room.try_card("alarm")).to_contain_text("This needs help now, not in chat")
    expect(room.seat("Mia")).to_have_attribute("aria-pressed", "true")
    expect(room.try_card("my-depth")).to_contain_text("Only you can see this")
    expect(room.try_card("answer")).to_contain_text("Only you can see this")
    _look_at(room, PHONE)

    inbox = room.try_card("inbox")
    expect(room.seat("Dana")).to_have_attribute("aria-pressed", "true")
    for asked in (
        "do you have a belt squat machine",
        "can i film my sets in the gym",
        "is there a student discount",
    ):
        expect(inbox).to_contain_text(asked)
    review = room.try_card("review")
    expect(review).to_contain_text("hard to understand (4)")
    expect(review).to_contain_text("can i bring my own chalk")
    _look_at(room, DESKTOP)
    stats = room.try_card("stats")
    expect(stats).to_contain_text("The last 14 days")
    assert int(re.search(r"(\d+) asked", stats.inner_text())[1]) > 60  # type: ignore[index]
    room.try_card("conflict")
    clash = room.messages.filter(has_text="Somebody was faster")
    expect(clash).to_be_in_viewport()
    expect(clash).to_contain_text("all Sunday")
    expect(clash).to_contain_text("Before seven")
    _look_at(room, PHONE)

    room.page.locator("[data-try=conflict]").click()
    expect(room.page.locator("#playground-said")).to_contain_text("settled already")
    room.page.locator("[data-try=teach]").click()
    form = room.page.get_by_role("dialog").last
    expect(form.get_by_label("Title")).to_have_value("Can I film my sets in the gym")
    expect(form.get_by_label("Statement")).to_have_value("You can film your own sets here.")
    expect(form.get_by_label("Questions")).to_have_value("can i film my sets in the gym")
    expect(room.page.locator("#playground-said")).to_be_hidden()
    for elsewhere in ("#playground-tries", "#playground-seats", "#playground-tries-toggle"):
        expect(room.page.locator(elsewhere)).to_have_js_property("inert", True)
    _look_at(room, DESKTOP)
    room.press(form.get_by_role("button", name="Submit"))
    expect(room.page.locator("#playground-tries")).to_have_js_property("inert", False)
    preview = room.messages.filter(has_text="Preview: not live yet").filter(
        has_text="Keep other people out of the picture"
    )
    expect(preview).to_contain_text("Can I film my sets in the gym")
    _look_at(room, PHONE)
    room.press(preview.get_by_role("button", name="Publish"))
    expect(room.messages.filter(has_text="Published as revision")).to_contain_text("can-i-film-my-sets-in-the-gym")
    expect(room.try_card("explain")).to_contain_text("Nearest wording")

    hello = room.try_card("hello")
    expect(room.seat("Jo")).to_have_attribute("aria-pressed", "true")
    expect(hello).to_contain_text("Ask me anything about the leg press")
    expect(room.messages.filter(has_text="i cant feel my feet")).to_have_count(0)
    expect(room.try_card("direct")).to_contain_text("Straightening the knees")
    _look_at(room, DESKTOP)
    room.become("Lee")
    expect(room.messages.filter(has_text="i cant feel my feet").first).to_be_attached()
    room.leave()


def test_a_topic_that_is_added_meanwhile_becomes_a_command(checkout: Path, tmp_path: Path, tab: Page) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(checkout / "tests" / "support" / "knowledge", folder)
    own = "- {id: own, title: Own, claim: Own., verdict: opinion, confidence: low, answer: Own., questions: [my %s]}\n"
    (folder / "claims" / "tempo.yaml").write_text(own % time.time_ns())  # never read before
    with running(checkout, 0, "--knowledge", str(folder)) as playground:
        playground.wait_for("The knowledge is read.")
        (folder / "claims" / "calf-raise.yaml").write_text(
            "- id: calves-on-the-press\n  title: Calves on the press\n  claim: Calves can be trained there.\n"
            "  verdict: opinion\n  confidence: low\n  answer: Push the plate with the balls of your feet.\n"
            "  questions: [can i train calves on the leg press]\n"
        )
        playground.wait_for("The changed knowledge is in use.")
        room = Room(tab, playground.address, DESKTOP)
        expect(room.messages).to_have_count(9, timeout=WAIT_MS)  # what was said today waited for the knowledge
        card = room.pick("legpress calf-raise")

        expect(card).to_contain_text("Push the plate with the balls of your feet.")
        room.leave()
