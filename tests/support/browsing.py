"""Pages of one Chromium that tests use one after the other, and axe, which looks at what stands on them.

A page of its own for each test is a process of its own, which compiles all that it shows anew: a second of the processor.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, sync_playwright

Look = Literal["light", "dark"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def launched(chromium: str) -> Iterator[Browser]:
    """Start the Chromium at this path; it has ended afterwards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def cleared(page: Page, size: tuple[int, int], look: Look) -> None:
    """Make a page that was used before as good as new: empty, nothing kept, nothing listened to, of this size and look."""
    page.unroute_all(behavior="ignoreErrors")
    for kept in ("localStorage", "sessionStorage"):
        if page.url != "about:blank":
            page.evaluate(f"{kept}.clear()")
    page.goto("about:blank")
    page.context.clear_cookies()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(media="null", color_scheme=look)


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands, an element each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]
