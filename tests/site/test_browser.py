"""The written site in a real browser, opened as files: accessible, findable, and quiet towards everybody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from bot.cli import main
from tests.support.browsing import Look, cleared, launched, violations
from tests.support.examples import share, some

pytestmark = pytest.mark.chromium

PHONE, DESKTOP = (390, 844), (1280, 900)
LOOKS: list[Look] = ["light", "dark"]
KINDS = ["index", "topics/depth", "claims/knees-to-chest", "claims/warning-signs", "checklist/sled-back", "my-depth"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site with a space") / "pages"
    assert main(["site", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def tab(chromium: str) -> Iterator[Page]:
    """The page that these tests use one after the other."""
    with launched(chromium) as browser:
        yield browser.new_page()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """A page on a phone that notes each request and each fault; there must be none that leaves this computer."""
    asked: list[str] = []
    faults: list[str] = []

    def note_request(request: Request) -> None:
        asked.append(request.url)

    def note_fault(error: object) -> None:
        faults.append(str(error))

    cleared(tab, PHONE, "light")
    tab.on("request", note_request)
    tab.on("pageerror", note_fault)
    yield tab
    tab.remove_listener("request", note_request)
    tab.remove_listener("pageerror", note_fault)
    assert asked
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert faults == []


def opened(page: Page, site: Path, name: str) -> None:
    page.goto((site / f"{name}.html").as_uri())


@pytest.mark.loop
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(site: Path, page: Page, look: Look) -> None:
    page.emulate_media(color_scheme=look)
    for name in share(KINDS, 2, LOOKS.index(look)):
        opened(page, site, name)
        if name == "index":
            page.fill("#question", "kneecap")
            expect(page.locator("#results li").first).to_be_visible()
        assert violations(page) == [], name


@pytest.mark.parametrize("name", KINDS)
def test_nothing_is_wider_than_the_phone(site: Path, page: Page, name: str) -> None:
    opened(page, site, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


@some(
    "typed, claim",
    [
        ("sciatca", "sciatica"),
        ("my kneecap is sore", "kneecap-pain"),
        ("varicose", "varicose-veins"),
        ("lower back hurts", "why-back-hurts"),
        ("how deep should i go", "find-your-depth"),
        ("how much weight", "how-much-weight"),
    ],
    2,
)
def test_a_question_typed_badly_finds_its_page(site: Path, page: Page, typed: str, claim: str) -> None:
    opened(page, site, "claims/how-often")
    page.get_by_label("Ask in your own words").fill(typed)
    expect(page.locator("#results a").first).to_be_visible()
    hrefs = page.locator("#results a").evaluate_all("links => links.map(link => link.href)")
    assert f"{claim}.html" in " ".join(hrefs[:3])
    assert "read the warning signs first" in page.locator("#found").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/*.html")
    expect(page.locator("h1")).to_be_visible()


def test_words_that_nothing_is_near_are_told(site: Path, page: Page) -> None:
    opened(page, site, "index")
    page.get_by_label("Ask in your own words").fill("xylophone qqqq")
    expect(page.locator("#found")).to_have_text("Nothing here is near your words.")
    page.get_by_label("Ask in your own words").fill("")
    expect(page.locator("#found")).to_have_text("")


def test_a_reference_leads_to_its_source(site: Path, page: Page) -> None:
    opened(page, site, "claims/knees-to-chest")
    page.get_by_role("link", name="Source 1").first.click()
    expect(page.locator("#source-1")).to_be_in_viewport()


def test_a_list_can_be_ticked_and_printed_without_the_rest(site: Path, page: Page) -> None:
    opened(page, site, "checklist/sled-general")
    first = page.get_by_role("checkbox").first
    first.check()
    assert first.is_checked()
    expect(page.get_by_role("button", name="Print this page")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("header")).not_to_be_visible()
    expect(page.get_by_role("checkbox").first).to_be_visible()


@pytest.mark.loop
@pytest.mark.parametrize("name", share(KINDS, 3))
def test_paper_is_white_whatever_the_screen_is(site: Path, page: Page, name: str) -> None:
    opened(page, site, name)
    looks = []
    for scheme in ("light", "dark"):
        page.emulate_media(media="print", color_scheme=scheme)
        looks.append(page.screenshot(full_page=True))
    assert looks[0] == looks[1]
    page.emulate_media(media="screen", color_scheme="dark")
    assert page.screenshot(full_page=True) != looks[0]
