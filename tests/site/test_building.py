"""The pages as bytes."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import pytest

from bot.core.knowledge.loader import load
from bot.core.model import Knowledge
from bot.core.wording import shown_sources
from bot.site import Site, build
from bot.site.building import Trouble, Workbench
from tests.site.conftest import dot

MOST_BYTES = 100_000


class Links(HTMLParser):
    """Gathers what a page points at: its links, what it loads, and its own anchors."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.anchors: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.anchors.add(value)
            if value and name in {"href", "src"}:
                (self.links if tag == "a" else self.loads).append(value)


@pytest.fixture(scope="module")
def site(shipped: Knowledge, line: str) -> Site:
    return build(shipped, line, dot)


def pages(site: Site) -> dict[str, str]:
    return {path: content.decode() for path, content in site.items() if path.endswith(".html")}


def test_every_claim_has_a_page_with_all_that_its_card_says(site: Site, shipped: Knowledge) -> None:
    for claim in shipped.claims.values():
        page = site[f"claims/{claim.id}.html"].decode()
        assert page.count('<li id="source-') == len(shown_sources(claim, shipped))
        assert page.count("Keep in mind:") == sum(bool(source.caveat) for source in shown_sources(claim, shipped))
        for reference in re.findall(r'href="#(source-\d+)"', page):
            assert f'id="{reference}"' in page
        assert not re.search(r"\[[a-z]+\d{4}", page), "a reference is shown as it is written"


def test_an_answer_that_is_the_statement_stands_once_on_its_page(shipped: Knowledge, line: str) -> None:
    leading = shipped.topics["depth"].leading
    claim = replace(
        shipped.claims[leading],
        claim="Only liquid chalk is allowed here.",
        lead="",
        answer="Only liquid chalk is allowed here",
    )
    pages_of_it = build(replace(shipped, claims={**shipped.claims, leading: claim}), line, dot)
    assert pages_of_it[f"claims/{leading}.html"].decode().partition("<body")[2].count("Only liquid chalk") == 1


def test_no_link_leads_nowhere_and_no_page_loads_anything_from_elsewhere(site: Site) -> None:
    for path, page in pages(site).items():
        found = Links(page)
        for link in (*found.links, *found.loads):
            parts = urlsplit(link)
            if parts.scheme in {"http", "https"}:
                assert link not in found.loads
                continue
            if link == "data:,":  # no icon, said so that no browser asks for one
                continue
            if not parts.path:
                assert parts.fragment in found.anchors, (path, link)
                continue
            target = PurePosixPath(path).parent / parts.path
            assert str(_resolved(target)) in site, (path, link)


def _resolved(path: PurePosixPath) -> PurePosixPath:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return PurePosixPath(*parts)


def test_every_page_says_the_safety_line_once(site: Site, line: str) -> None:
    assert all(page.count(line) == 1 for page in pages(site).values())


def test_the_line_comes_first_where_it_hurts_and_last_elsewhere(site: Site, line: str) -> None:
    hurts, other = site["claims/sciatica.html"].decode(), site["claims/how-often.html"].decode()
    assert hurts.index(line) < hurts.index("<main")
    assert other.index(line) > other.index("</main>")


def test_no_page_is_heavy_for_a_phone(site: Site) -> None:
    for path, content in site.items():
        if not path.startswith("pictures/"):
            assert len(content) < MOST_BYTES, path


def test_the_same_knowledge_gives_the_same_bytes(site: Site, shipped: Knowledge, line: str) -> None:
    assert build(shipped, line, dot) == site


def test_what_the_knowledge_says_is_text_and_never_html(folder: Path) -> None:
    page = build(load(folder), "line", dot)["claims/slow-sled.html"].decode()
    assert "Slow &lt;b&gt;sleds&lt;/b&gt; &amp; fast ones" in page
    assert "<b>" not in page
    assert 'href="https://example.org/look?a=1&amp;b=2"' in page


def test_references_are_links_to_numbered_sources(folder: Path) -> None:
    page = build(load(folder), "line", dot)["claims/slow-sled.html"].decode()
    assert 'once more<sup><a href="#source-1" aria-label="Source 1">1</a></sup>,<sup><a href="#source-2"' in page
    assert '<li id="source-1">\nSmith J (2020). <cite>Sleds and people</cite>.' in page
    assert "Authors not confirmed." in page
    assert "<strong>Keep in mind:</strong> Twelve people only." in page
    assert "Studies were last looked for in November 2026." in page


def test_what_is_said_of_a_source_stands_apart(site: Site) -> None:
    listed = [page.partition('<ol class="sources">')[2].partition("</ol>")[0] for page in pages(site).values()]
    assert sum('.</span> <a href="' in each for each in listed) > len(listed) / 2
    assert [each for each in listed if re.search(r"\.<span|</span><a|\.<a|</cite>\.\w", each)] == []


def test_a_servers_own_source_is_named_as_theirs(folder: Path) -> None:
    file = folder / "claims" / "speed.yaml"
    own = '  server_sources:\n    - {url: "https://gym.example/a?b=1&c=2", title: "Our <b>sled</b>"}\n  checked:'
    text = file.read_text(encoding="utf-8").replace("verdict: mixed", "verdict: opinion")
    file.write_text(text.replace("  checked:", own), encoding="utf-8")
    page = build(load(folder), "line", dot)["claims/slow-sled.html"].decode()
    assert "This server says: A slow sled is kinder." in page
    assert "<cite>Our &lt;b&gt;sled&lt;/b&gt;</cite>" in page
    assert "This server's source; nobody checked it for the bot" in page.replace("&#39;", "'")
    assert 'href="https://gym.example/a?b=1&amp;c=2" rel="noreferrer nofollow"' in page


def test_a_knowledge_without_steps_has_no_checklist_to_point_at(folder: Path) -> None:
    (folder / "claims" / "speed.yaml").write_text(
        (folder / "claims" / "speed.yaml").read_text(encoding="utf-8").replace("  do: [Count to three.]\n", ""),
        encoding="utf-8",
    )
    made = build(load(folder), "line", dot)
    assert not any(path.startswith("checklist/") for path in made)
    assert "checklist/" not in made["index.html"].decode()


def test_an_address_that_is_no_web_page_is_no_link(folder: Path) -> None:
    (folder / "sources.yaml").write_text(
        (folder / "sources.yaml")
        .read_text(encoding="utf-8")
        .replace("https://example.org/look?a=1&b=2", "javascript:alert(1)"),
        encoding="utf-8",
    )
    page = build(load(folder), "line", dot)["claims/slow-sled.html"].decode()
    assert "Another look" in page
    assert "javascript:" not in page


def test_faults_and_warnings_stand_beside_the_text(folder: Path) -> None:
    bench = Workbench((Trouble("a.yaml:1:2", "no <claim>"),), {"slow-sled": [Trouble("b.yaml:3:4", "few questions")]})
    made = build(load(folder), "line", dot, bench)
    assert "<code>a.yaml:1:2</code> no &lt;claim&gt;" in made["index.html"].decode()
    assert "<code>b.yaml:3:4</code> few questions" in made["claims/slow-sled.html"].decode()
    assert "few questions" not in made["topics/speed.html"].decode()
