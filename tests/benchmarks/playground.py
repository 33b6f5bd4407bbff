"""How long a phone waits for the playground: from `make run` to a card that is painted, picture and all.

    python -m tests.benchmarks.playground

Runs `make run` in this checkout three times, opens its page in Chromium at 390x844, and waits for the last card of the
channel. It is told apart how long it took until an address was said.
"""

import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from tests.conftest import chromium_program

ROUNDS = 3
WAIT_MS = 60_000
CHECKOUT = Path(__file__).resolve().parent.parent.parent
COMMAND = ("make", "run", "ARGS=playground --port 0")
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\S*")


def _address(process: subprocess.Popen[str]) -> str:
    """Return the page's address, once the program says it. Raises ValueError where it ends without."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := ADDRESS.search(line):
            return found[0]
    raise ValueError("The playground ended without an address.")


def seconds_to_a_card(browser: Browser) -> tuple[float, float]:
    """Run the playground; return the seconds until it says its address, and until its last card can be seen on a phone."""
    begun = time.monotonic()
    with subprocess.Popen(
        COMMAND, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            page = browser.new_page(viewport={"width": 390, "height": 844})
            address = _address(process)
            said = time.monotonic() - begun
            page.goto(address)
            picture = page.locator("#channel-message-list > article img").last
            expect(picture).to_be_visible(timeout=WAIT_MS)
            expect(picture).not_to_have_js_property("naturalWidth", 0, timeout=WAIT_MS)
            taken = time.monotonic() - begun
            page.close()
        finally:
            process.terminate()
    return said, taken


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=["--no-sandbox"])
        taken = [seconds_to_a_card(browser) for _ in range(ROUNDS)]
        browser.close()
    median = statistics.median(seconds for _, seconds in taken)
    each = ", ".join(f"{seconds:.1f} with the address at {said:.1f}" for said, seconds in taken)
    sys.stdout.write(f"{median:.1f} s at the median from make run to a painted card on a phone ({each})\n")


if __name__ == "__main__":
    main()
