"""What the tests of the terminal share."""

from collections.abc import Iterator

import pytest

from tests.support.shell import held


@pytest.fixture(autouse=True)
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What `here` reads and writes."""
    held.update(capsys=capsys, monkeypatch=monkeypatch)
    yield
    held.clear()
