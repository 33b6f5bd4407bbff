"""A small knowledge in a folder of its own, the shipped one, and a picture that costs nothing to draw."""

import io
from pathlib import Path

import pytest
from PIL import Image

from bot.bootstrap import default_cache, load_knowledge, load_rules, shipped_knowledge
from bot.core.model import Knowledge
from bot.core.safety import safety_line

CLAIMS = """\
# yaml-language-server: $schema=../schema/claims.json
- id: slow-sled
  title: Slow <b>sleds</b> & fast ones
  claim: A slow sled is kinder.
  verdict: mixed
  confidence: low
  lead: Let it down slowly.
  answer: Slow is easy to hold [smith2020].
  why: Seen in 12 people [smith2020], and once more [smith2020, other2021].
  do: [Count to three.]
  sources: [smith2020, other2021]
  checked: 2026-11
  questions: [how slow should the sled go, slow or fast sled]
"""
SOURCES = """\
# yaml-language-server: $schema=schema/sources.json
- id: smith2020
  title: Sleds and people
  authors: Smith J
  year: 2020
  doi: 10.1000/sled
  caveat: Twelve people only.
  cite_ready: true
- id: other2021
  title: Another look
  url: "https://example.org/look?a=1&b=2"
  cite_ready: true
"""
TOPICS = """\
# yaml-language-server: $schema=schema/topics.json
- id: speed
  title: Speed
  description: How fast a sled goes.
  leading: slow-sled
  pain: false
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge folder of one claim."""
    root = tmp_path / "knowledge"
    (root / "claims").mkdir(parents=True)
    (root / "claims" / "speed.yaml").write_text(CLAIMS, encoding="utf-8")
    (root / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (root / "topics.yaml").write_text(TOPICS, encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def shipped() -> Knowledge:
    return load_knowledge(shipped_knowledge(), default_cache())


@pytest.fixture(scope="session")
def line() -> str:
    return safety_line(load_rules(default_cache()))


def dot(_svg: str) -> bytes:
    """Return a picture of two pixels by one."""
    held = io.BytesIO()
    Image.new("RGB", (2, 1)).save(held, "PNG")
    return held.getvalue()
