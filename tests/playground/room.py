"""The playground in a real browser, and what a person does there; and somebody who is there without one."""

import json
import re
import time
from datetime import datetime
from typing import Any
from urllib.request import Request as UrlRequest
from urllib.request import urlopen

from playwright.sync_api import Locator, Page, Request, expect

from tests.support.browsing import Look, cleared, violations

DESKTOP = (1280, 800)
PHONE = (390, 844)
QUESTION = "why does my lower back hurt after leg press"
WAIT_MS = 20_000


class Room:
    """A page of the playground and what a person does there."""

    def __init__(
        self, tab: Page, address: str, size: tuple[int, int], look: Look = "dark", *, anew: bool = False
    ) -> None:
        """Open it; one that stands open already is only tidied, unless `anew`: to open one costs a second of the processor."""
        self.faults: list[str] = []
        self.page = tab
        tab.on("pageerror", self._note)
        if anew or tab.url != address or not self._tidied(size, look):
            cleared(tab, size, look)
            tab.goto(address)
            expect(self.composer).to_be_visible(timeout=WAIT_MS)

    def leave(self, *, stay: bool = False) -> None:
        """Leave the playground, on which there must have been no fault; with `stay` the next test goes on in it."""
        self.page.remove_listener("pageerror", self._note)
        if not stay:
            self.page.goto("about:blank")
        assert self.faults == []

    def _tidied(self, size: tuple[int, int], look: Look) -> bool:
        """Put the open page back to how it opens; say whether that can be done. What was said stays."""
        page = self.page
        page.unroute_all(behavior="ignoreErrors")
        if page.get_by_role("dialog").count() or not self.composer.is_visible():
            return False
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(media="null", color_scheme=look)
        if page.locator("html").get_attribute("data-look") != look:
            page.get_by_role("button", name=f"Switch to {look}").click()
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.composer.fill("")
        if self.seat("Mia").get_attribute("aria-pressed") != "true":
            self.become("Mia")
        self.scroll(up=False)
        return True

    def scroll(self, *, up: bool) -> None:
        """Turn the wheel as far as it goes: a page that follows what comes lets go of its end then."""
        self.page.locator("#channel-timeline").evaluate(
            """(timeline, up) => {
              timeline.dispatchEvent(new WheelEvent("wheel", { deltaY: up ? -1 : 1 }));
              timeline.scrollTop = up ? 0 : timeline.scrollHeight;
            }""",
            up,
        )

    def _note(self, error: object) -> None:
        self.faults.append(str(error))

    @property
    def composer(self) -> Locator:
        return self.page.locator("#channel-composer-input")

    @property
    def messages(self) -> Locator:
        return self.page.locator("#channel-message-list > article")

    def seat(self, name: str) -> Locator:
        """The button that makes the visitor somebody."""
        return self.page.get_by_role("group", name="Who you are").get_by_role("button", name=name)

    def try_card(self, card: str) -> Locator:
        """Press a card under "Try this", and return the newest message when the page is done."""
        button = self.page.locator(f"[data-try={card}]")
        button.click()
        expect(self.page.locator(f"[data-try={card}]:not([aria-busy])")).to_be_visible(timeout=WAIT_MS)
        expect(self.page.locator("#playground-said")).to_be_hidden()
        return self.messages.last

    def violations(self) -> list[str]:
        """What axe finds on the page as it stands; at a message that is as it was then it has looked already."""
        return violations(self.page, "#channel-message-list > article, #playground-bar, #playground-tries")

    def pick(self, command: str) -> Locator:
        """Use a slash command from the picker and return the message that answers."""
        before = self.messages.count()
        self.composer.click()
        self.page.keyboard.insert_text(f"/{command}")
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

    def become(self, name: str) -> None:
        """Look at the page as somebody else."""
        self.seat(name).click()
        expect(self.seat(name)).to_have_attribute("aria-pressed", "true", timeout=WAIT_MS)

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

        def note(request: Request) -> None:
            sent.append(request.url)

        self.page.on("request", note)
        while not any(url.endswith("/api/action") for url in sent):
            assert time.monotonic() < until, "the page sends no press"
            button.click()
            self.page.wait_for_timeout(500)
        self.page.remove_listener("request", note)

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


class Elsewhere:
    """Somebody in the channel whose page asks the same server, with no browser."""

    def __init__(self, address: str) -> None:
        self._base, _, key = address.partition("/#")
        self._headers = {"Content-Type": "application/json", "X-Simcord-Capability": key}
        state = self._asked("api/pages", {})
        self._headers["X-Simcord-Context"] = state["context"]["id"]
        self._sequence = 0

    def say(self, text: str) -> None:
        """Send a message, and return when it is answered."""
        self._do("send_message", content=text)

    def leave(self) -> None:
        """Close the page: the server writes each message for all that are open."""
        self._asked(f"api/pages/{self._headers['X-Simcord-Context']}", method="DELETE")

    def _do(self, kind: str, **more: object) -> None:
        state = self._asked("api/state")
        self._sequence += 1
        receipt = self._asked(
            "api/action",
            {
                "protocol_version": state["protocolVersion"],
                "sequence": self._sequence,
                "request_id": f"elsewhere-{self._sequence}",
                "generation": state["context"]["generation"],
                "bot_generation": state["botGeneration"],
                "published_revision": state["publishedRevision"],
                "kind": kind,
                **more,
            },
        )
        assert receipt["settlement"] == "settled", receipt

    def _asked(self, path: str, body: object = None, method: str | None = None) -> Any:
        sent = None if body is None else json.dumps(body).encode()
        request = UrlRequest(f"{self._base}/{path}", data=sent, headers=self._headers, method=method)
        with urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"null")
