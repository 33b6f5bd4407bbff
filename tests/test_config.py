"""Settings: every default works, every fault is told at once, and no secret is repeated."""

import re
from pathlib import Path

import pytest

from bot.config import Settings, load_settings
from bot.errors import ConfigError

EXAMPLE = Path(__file__).parents[1] / ".env.example"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_the_defaults_work_without_any_setting() -> None:
    settings = load_settings(env_file=None)
    assert settings.discord_token is None
    assert settings.knowledge_dir is None


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("REGION=uk\nLOG_LEVEL=DEBUG\n")
    monkeypatch.setenv("REGION", "US")
    settings = load_settings(tmp_path / ".env")
    assert (settings.region, settings.log_level) == ("us", "DEBUG")


def test_an_empty_line_leaves_the_default(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DISCORD_TOKEN=\nREPORT_CHANNEL_ID=\nKNOWLEDGE_DIR=\n")
    assert load_settings(tmp_path / ".env") == load_settings(env_file=None)


def test_all_faults_are_told_at_once_and_no_value_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "sec ret")
    monkeypatch.setenv("REPORT_CHANNEL_ID", "general")
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    with pytest.raises(ConfigError) as raised:
        load_settings(env_file=None)
    assert [fault.split(":")[0] for fault in raised.value.faults] == ["DISCORD_TOKEN", "REPORT_CHANNEL_ID", "LOG_LEVEL"]
    assert "sec ret" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_the_token_is_not_in_the_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "Bot abc.def.ghi")
    settings = load_settings(env_file=None)
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == "abc.def.ghi"
    assert "abc.def" not in repr(settings) + str(settings)


def test_a_file_that_is_no_text_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings(tmp_path / ".env")


def test_the_example_lists_every_setting_with_its_default() -> None:
    listed = dict(re.findall(r"^#?\s?([A-Z_]+)=(.*)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE))
    assert set(listed) == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else str(field.default)
        assert listed[name.upper()] == default, name
