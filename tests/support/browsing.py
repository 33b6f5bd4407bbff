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


def violations(page: Page, parts: str = "") -> list[str]:
    """What axe finds on the page as it stands, an element each.

    `parts` selects what it looks at once in each width and look, and anew only where it stands otherwise by then: to look at
    colours is most of what axe does.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(_LOOK, parts)
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


_LOOK = """async (parts) => {
  const looked = window.axeLooked ??= new WeakMap();
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = new Map();
  for (const part of parts ? document.querySelectorAll(parts) : []) {
    now.set(part, `${innerWidth} ${dark} ${document.documentElement.dataset.look} ${part.outerHTML}`);
  }
  const known = [...now].filter(([part, stands]) => looked.get(part)?.has(stands)).map(([part]) => part);
  for (const part of known) part.setAttribute("data-axe-looked", "");
  try {
    const { violations } = await axe.run({ exclude: [["[data-axe-looked]"]] }, { resultTypes: ["violations"] });
    if (!violations.length) for (const [part, stands] of now) looked.set(part, (looked.get(part) ?? new Set()).add(stands));
    return violations;
  } finally {
    for (const part of known) part.removeAttribute("data-axe-looked");
  }
}"""
