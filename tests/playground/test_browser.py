"""The playground in a real browser, as a newcomer uses it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from bot.bootstrap import build_service
from bot.core.model import Claim
from bot.service import Service
from tests.playground.conftest import Running

# On a new machine the first start fits the matcher, which may take a while.
pytestmark = [pytest.mark.chromium, pytest.mark.timeout(400)]

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

    def say(self, text: str) -> Locator:
        """Send a message and return the one that answers it."""
        before = self.messages.count()
        self.composer.click()
        self.page.keyboard.insert_text(text)
        self._send()
        return self._after(before, 2)

    def press(self, message: Locator, label: str) -> Locator:
        """Press a button under a message and return the message that comes of it."""
        before = self.messages.count()
        message.get_by_role("button", name=label).first.click()
        return self._after(before, 1)

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


def test_the_first_message_says_what_to_try(channel: Room, playground: Running) -> None:
    first = channel.messages.first

    expect(first).to_contain_text("/legpress depth")
    expect(first).to_contain_text(playground.to_paste)
    expect(channel.page.get_by_label("Viewing as").locator("option")).to_have_text(["Mia", "Sam", "Coach Dana"])


def test_a_topic_is_picked_from_the_list_and_its_card_read(channel: Room, service: Service) -> None:
    card = channel.pick("legpress depth")

    expect(card).to_contain_text(_leading(service, "depth").title)
    expect(card).to_contain_text("Only you can see this")
    assert not channel.is_too_wide()


def test_a_question_by_mention_is_answered_and_a_button_tells_why(
    channel: Room, playground: Running, service: Service
) -> None:
    answer, _ = service.ask(playground.to_paste.partition(" ")[2])
    assert answer.claim is not None
    claim = service.knowledge.claims[answer.claim]

    card = channel.say(playground.to_paste)
    expect(card).to_contain_text(claim.title)
    why = channel.press(card, "Why")

    assert claim.why
    expect(why).to_contain_text(claim.why.split(".")[0])
    assert not channel.is_too_wide()


def test_a_direct_message_is_answered_and_followed_up(direct_messages: Room, service: Service) -> None:
    claim = _leading(service, "depth")

    card = direct_messages.say("how deep should i go on the leg press")
    expect(card).to_contain_text(claim.title)
    why = direct_messages.say("why?")

    assert claim.why
    expect(why).to_contain_text(claim.why.split(".")[0])
