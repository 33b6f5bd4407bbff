"""The playground in a real browser, as a newcomer uses it."""

import re
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from bot.bootstrap import build_service
from bot.config import Settings
from bot.core.model import Claim
from bot.service import Service
from bot.store.cache import FOLDER
from tests.playground.conftest import Running, running

# On a new machine the first start fits the matcher, which may take a while.
pytestmark = [pytest.mark.chromium, pytest.mark.timeout(400), pytest.mark.long]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = (1280, 900)
PHONE = (390, 844)
WAIT_MS = 20_000


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def service() -> Service:
    return build_service()


class Room:
    """A page of the playground and what a person does there."""

    def __init__(self, browser: Browser, address: str, size: tuple[int, int]) -> None:
        self.faults: list[str] = []
        self.page: Page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        self.page.set_default_timeout(WAIT_MS)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.goto(address)
        expect(self.composer).to_be_visible(timeout=WAIT_MS)

    @property
    def composer(self) -> Locator:
        return self.page.locator("#channel-composer-input")

    @property
    def messages(self) -> Locator:
        return self.page.locator("#channel-message-list > article")

    def pick(self, command: str) -> Locator:
        """Use a slash command from the picker and return the message that answers."""
        before = self.messages.count()
        self.composer.click()
        self.page.keyboard.type(f"/{command}")
        self.page.get_by_role("option").filter(has_text=f"/{command}").first.click()
        self._send()
        return self._after(before, 1)

    def offered(self, typed: str, awaited: str) -> list[str]:
        """Type into the composer and return the commands that are offered for it, once `awaited` is among them."""
        self.composer.click()
        self.page.keyboard.type(typed)
        commands = self.page.get_by_role("option").filter(has_text="/")
        expect(commands.filter(has_text=awaited).first).to_be_visible(timeout=WAIT_MS)
        # Not the inner text: without layout, as while the list is drawn anew, it has no line breaks.
        offered = commands.locator("strong").all_text_contents()
        self.composer.fill("")
        return offered

    def become(self, member: str) -> None:
        """Look at the page as somebody else."""
        with self.page.expect_response(lambda response: response.url.endswith("/api/commands")):
            self.page.get_by_label("Viewing as").select_option(label=member)
        expect(self.page.locator("#action-status")).not_to_have_text(re.compile("Switching|Loading"), timeout=WAIT_MS)

    def say(self, text: str) -> Locator:
        """Send a message and return the one that answers it."""
        before = self.messages.count()
        self.composer.click()
        self.page.keyboard.insert_text(text)
        self._send()
        return self._after(before, 2)

    def press(self, button: Locator) -> None:
        """Press a button until the page sends it: a press while SimCord draws the message anew reaches nobody."""
        until = time.monotonic() + WAIT_MS / 1000
        sent: list[str] = []
        self.page.on("request", lambda request: sent.append(request.url))
        while not any(url.endswith("/api/action") for url in sent):
            assert time.monotonic() < until, "the page sends no press"
            button.click()
            self.page.wait_for_timeout(500)

    def time_shown(self) -> datetime:
        """Return the moment that the page counts "5 minutes ago" from, as its server told it last."""
        with self.page.expect_response(lambda response: response.url.endswith("/api/state")) as told:
            pass
        return datetime.fromisoformat(re.search(r'"presentationTime": ?"([^"]+)"', told.value.text())[1])  # type: ignore[index]

    def _send(self) -> None:
        self.page.locator("#send-message").click()

    def _after(self, before: int, more: int) -> Locator:
        expect(self.messages).to_have_count(before + more, timeout=WAIT_MS)
        return self.messages.last

    def is_too_wide(self) -> bool:
        """Say whether something makes the page wider than its window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def channel(request: pytest.FixtureRequest, browser: Browser, playground: Running) -> Iterator[Room]:
    room = Room(browser, playground.addresses[0], request.param)
    yield room
    room.page.close()
    assert room.faults == []


@pytest.fixture
def direct_messages(browser: Browser, playground: Running) -> Iterator[Room]:
    room = Room(browser, playground.addresses[1], PHONE)
    yield room
    room.page.close()
    assert room.faults == []


def _leading(service: Service, topic: str) -> Claim:
    return service.knowledge.claims[service.knowledge.topics[topic].leading]


def _first_of(why: str) -> str:
    """The first words of a text, up to its first reference or full stop."""
    return re.split(r"[.\[]", why)[0].strip()


def test_the_first_message_says_what_to_try(channel: Room, playground: Running) -> None:
    first = channel.messages.first

    expect(first).to_contain_text("/legpress depth")
    expect(first).to_contain_text(playground.to_type)
    expect(first).to_contain_text("Not on this page: Discord's menu on a message")
    expect(channel.page.get_by_label("Viewing as").locator("option")).to_have_text(["Mia", "Sam", "Coach Dana"])


def test_a_topic_is_picked_from_the_list_and_its_card_read(channel: Room, service: Service) -> None:
    card = channel.pick("legpress depth")

    expect(card).to_contain_text(_leading(service, "depth").claim)
    expect(card).to_contain_text("Only you can see this")
    assert not channel.is_too_wide()


def test_a_question_to_the_bots_typed_name_is_answered_and_a_button_tells_why(
    channel: Room, playground: Running, service: Service
) -> None:
    answer, _ = service.ask(playground.to_type.removeprefix("@Leg Press Bot "))
    assert answer.claim is not None
    claim = service.knowledge.claims[answer.claim]

    card = channel.say(playground.to_type)
    expect(card).to_contain_text(claim.claim)
    channel.press(card.get_by_role("button", name="Why", exact=True))

    assert claim.why
    expect(card).to_contain_text(_first_of(claim.why), timeout=WAIT_MS)
    assert not channel.is_too_wide()


def test_the_first_card_of_each_topic_comes_with_its_picture(
    checkout: Path, browser: Browser, service: Service, tmp_path: Path
) -> None:
    drawn = [topic for topic in service.knowledge.topics if _leading(service, topic).picture]
    filled = Settings().cache_folder()
    assert filled is not None
    shutil.copytree(filled / FOLDER, tmp_path / FOLDER)  # what is fitted, but no picture
    with running(checkout, CACHE_DIR=str(tmp_path)) as fresh:
        room = Room(browser, fresh.addresses[0], DESKTOP)
        for topic in drawn:
            card = room.pick(f"legpress {topic}")
            expect(card.locator("img")).to_be_visible()
            expect(card).not_to_contain_text("picture is missing")
        room.page.close()
        code, _, errors = fresh.interrupt()

    assert len(drawn) >= 3
    assert (code, errors) == (0, "")


def test_its_time_moves_so_that_nothing_past_stands_in_the_future(browser: Browser, playground: Running) -> None:
    room = Room(browser, playground.addresses[0], DESKTOP)
    before = room.time_shown()
    room.page.wait_for_timeout(4_000)
    asked = datetime.now(UTC)
    room.pick("legpress about")
    shown = room.time_shown()
    room.page.close()

    assert (shown - before).total_seconds() > 3
    assert abs((shown - asked).total_seconds()) < 20  # a busy machine; a clock that stood still would be minutes behind


@pytest.mark.parametrize("name", ["@leg press bot", "@LegPressBot", "hey @legpress,"])
def test_other_ways_to_type_its_name_work_too(browser: Browser, playground: Running, name: str) -> None:
    room = Room(browser, playground.addresses[0], DESKTOP)
    card = room.say(f"{name} is locking my knees out bad")
    expect(card).to_contain_text("Straightening the knees")
    room.page.close()


def test_a_direct_message_is_answered_and_followed_up(direct_messages: Room, service: Service) -> None:
    claim = _leading(service, "depth")

    card = direct_messages.say("how deep should i go on the leg press")
    expect(card).to_contain_text(claim.claim)
    why = direct_messages.say("why?")

    assert claim.why
    expect(why).to_contain_text(_first_of(claim.why))


def test_the_coach_has_moderators_commands_and_a_member_has_not(browser: Browser, playground: Running) -> None:
    room = Room(browser, playground.addresses[0], DESKTOP)
    as_member = room.offered("/", "/legpress depth")
    room.become("Coach Dana")
    as_coach = room.offered("/", "/knowledge add")
    room.page.close()

    assert "/legpress depth" in as_member
    assert set(as_member) < set(as_coach)
    assert not any(name.startswith("/knowledge") for name in as_member)


def test_a_topic_that_is_added_meanwhile_becomes_a_command(checkout: Path, tmp_path: Path, browser: Browser) -> None:
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
        room = Room(browser, playground.addresses[0], DESKTOP)
        card = room.pick("legpress calf-raise")

        expect(card).to_contain_text("Push the plate with the balls of your feet.")
        room.page.close()
