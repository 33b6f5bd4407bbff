"""Settings: every default works, every fault is told at once with its place, and no secret is repeated."""

import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import SETTINGS, Settings, load_settings, settings_and_faults
from bot.config.names import meant_by
from bot.errors import ConfigError

EXAMPLE = Path(__file__).parents[1] / ".env.example"


def _of_file(folder: Path, text: str | bytes, **environment: str) -> Settings:
    path = folder / ".env"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_settings(path, environment)


def _faults(folder: Path, text: str | bytes, **environment: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as raised:
        _of_file(folder, text, **environment)
    return raised.value.faults


def test_the_defaults_work_without_any_setting() -> None:
    settings = load_settings(None, {})
    assert settings == Settings()
    assert settings.origins == {}


def test_without_being_told_the_environment_of_this_process_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGION", "us")
    assert load_settings(None).region == "us"


def test_the_environment_wins_over_the_file_and_each_origin_is_known(tmp_path: Path) -> None:
    settings = _of_file(tmp_path, "\n# one\nREGION=uk\nLOG_LEVEL=DEBUG\n", REGION="US")
    assert (settings.region, settings.log_level) == ("us", "DEBUG")
    assert settings.origins == {"REGION": "environment", "LOG_LEVEL": f"{tmp_path / '.env'}, line 4"}


def test_an_empty_line_or_variable_leaves_the_default_or_the_file(tmp_path: Path) -> None:
    assert _of_file(tmp_path, "DISCORD_TOKEN=\nREPORT_CHANNEL_ID=\nKNOWLEDGE_DIR=\n") == Settings()
    assert _of_file(tmp_path, "REGION=uk\n", REGION=" ").region == "uk"


def test_all_faults_are_told_at_once_and_no_value_is_repeated() -> None:
    with pytest.raises(ConfigError) as raised:
        load_settings(
            None,
            {
                "DISCORD_TOKEN": "sec ret",
                "KNOWLEDGE_DIR": "/no/such/place",
                "REPORT_CHANNEL_ID": "general",
                "LOG_LEVEL": "LOUD",
                "PLAYGROUND_PORT": "65536",
                "MESSAGE_CONTENT": "perhaps",
                "DATABASE_URL": "postgresql://me:secret@host:port/database",
            },
        )
    told = [fault.split(":")[0] for fault in raised.value.faults]
    assert told == [
        "DISCORD_TOKEN",
        "KNOWLEDGE_DIR",
        "REPORT_CHANNEL_ID",
        "DATABASE_URL",
        "MESSAGE_CONTENT",
        "LOG_LEVEL",
        "PLAYGROUND_PORT",
    ]
    for value in ("sec ret", "general", "LOUD", "me:secret"):
        assert value not in str(raised.value)
    assert raised.value.__cause__ is None


def test_faulty_settings_stand_at_their_defaults_beside_their_faults() -> None:
    settings, faults = settings_and_faults(None, {"LOG_LEVEL": "LOUD", "REGION": "uk"})
    assert (settings.log_level, settings.region) == ("INFO", "uk")
    assert len(faults) == 1


def test_the_token_is_not_in_the_repr() -> None:
    settings = load_settings(None, {"DISCORD_TOKEN": "Bot abc.def.ghi"})
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == "abc.def.ghi"
    assert "abc.def" not in repr(settings) + str(settings)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("REGION", "UK", "uk"),
        ("LOG_LEVEL", "debug", "DEBUG"),
        ("LOG_LEVEL", "Warning", "WARNING"),
        ("LOG_FORMAT", "JSON", "json"),
        ("MESSAGE_CONTENT", "TRUE", True),
        ("MESSAGE_CONTENT", "off", False),
        ("PLAYGROUND_PORT", "0", 0),
        ("REPORT_CHANNEL_ID", "123", 123),
        ("SITE_URL", "https://example.org/legpress/", "https://example.org/legpress"),
    ],
)
@pytest.mark.parametrize("written", ["{}", '"{}"', "'{}'", "  {} "])
def test_case_quotes_and_blanks_do_not_matter(
    tmp_path: Path, name: str, text: str, value: object, written: str
) -> None:
    from_environment = load_settings(None, {name: written.format(text)})
    from_file = _of_file(tmp_path, f"{name}={written.format(text)}\n")
    assert getattr(from_environment, name.lower()) == getattr(from_file, name.lower()) == value


@pytest.mark.parametrize(
    "address",
    [
        "example.org/legpress",
        "javascript:alert(1)",
        "ftp://example.org",
        "https://",
        "https://me:secret@example.org",
        "https://example.org:port",
        "https://example.org/?a=1",
        "https://example.org/" + "a" * 300,
    ],
)
def test_what_is_no_sites_address_is_told(address: str) -> None:
    _, faults = settings_and_faults(None, {"SITE_URL": address})
    assert len(faults) == 1
    assert "SITE_URL" in faults[0]
    assert "write" in faults[0]
    assert "secret" not in faults[0]


@pytest.mark.parametrize("name", ["CACHE_DIR", "STATE_DIR", "KNOWLEDGE_DIR"])
def test_a_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "mine").mkdir()
    assert getattr(load_settings(None, {name: "~/mine"}), name.lower()) == tmp_path / "mine"


def test_a_tilde_that_names_nobody_is_one_sentence() -> None:
    with pytest.raises(ConfigError, match="CACHE_DIR: '~' stands for a home folder"):
        load_settings(None, {"CACHE_DIR": "~nobody-of-this-name/x"})


@pytest.mark.parametrize("name", ["CACHE_DIR", "STATE_DIR", "KNOWLEDGE_DIR"])
def test_a_file_where_a_folder_belongs_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match=f"{name}: this is a file"):
        load_settings(None, {name: str(tmp_path / "file")})


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("DISCORD_TOKEN: abc.def.ghi", "DISCORD_TOKEN"),
        ("discord-token: abc.def.ghi", "DISCORD_TOKEN"),
        ('"REGION": "uk"', "REGION"),
        ("REPORT_CHANEL_ID: 5", "REPORT_CHANNEL_ID"),
        ("DISCORD_TOKEN abc.def.ghi", "DISCORD_TOKEN"),
        ("DISCORD_TOKEN", "DISCORD_TOKEN"),
        ('DISCORD_TOKEN="abc.def.ghi', "DISCORD_TOKEN"),
        ("DISCORD_TOKEN:abc.def.ghi=", "DISCORD_TOKEN"),
        ("abc.def.ghi", "NAME=value"),
        ("KEY: value", "NAME=value"),
    ],
)
def test_a_line_that_is_no_setting_is_a_fault_with_its_number_and_never_its_value(
    tmp_path: Path, line: str, meant: str
) -> None:
    (fault,) = _faults(tmp_path, f"# settings\n\n{line}\n")
    assert fault.startswith(f"{tmp_path / '.env'}, line 3: ")
    assert meant in fault
    assert "abc.def" not in fault


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("DISCORD-TOKEN=abc.def.ghi", "DISCORD-TOKEN is no setting; the right name is DISCORD_TOKEN."),
        ("report-chanel-id=5", "report-chanel-id is no setting; the right name is REPORT_CHANNEL_ID."),
        ("export LOG-LEVEL=debug", "LOG-LEVEL is no setting; the right name is LOG_LEVEL."),
        ('REGION="uk', "REGION is not closed or not ended rightly; write REGION=value, with both quotes or none."),
    ],
)
def test_a_name_with_hyphens_is_told_apart_from_a_value_that_is_not_closed(
    tmp_path: Path, line: str, said: str
) -> None:
    assert _faults(tmp_path, f"{line}\n") == (f"{tmp_path / '.env'}, line 1: {said}",)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("REPORT_CHANEL_ID", "REPORT_CHANNEL_ID"),
        ("REPORT_CHANNEL", "REPORT_CHANNEL_ID"),
        ("DISCORD_TOKN", "DISCORD_TOKEN"),
        ("DISCORDTOKEN", "DISCORD_TOKEN"),
        ("DISCORD_BOT_TOKEN", "DISCORD_TOKEN"),
        ("LEGPRESS_REGION", "REGION"),
        ("LEGPRESS_DISCORD_TOKEN", "DISCORD_TOKEN"),
        ("MESSAGES_CONTENT", "MESSAGE_CONTENT"),
        ("KNOWLEGDE_DIR", "KNOWLEDGE_DIR"),
        ("LOG_LEVL", "LOG_LEVEL"),
        ("SHARD_ID", "SHARD_IDS"),
        ("TOKEN_DISCORD", "DISCORD_TOKEN"),
        ("PORT_METRICS", "METRICS_PORT"),
        ("LEGPRESS_LEVEL_LOG", "LOG_LEVEL"),
    ],
)
def test_a_name_that_is_nearly_right_is_told_with_the_right_one_wherever_it_stands(
    tmp_path: Path, name: str, meant: str
) -> None:
    (in_file,) = _faults(tmp_path, f"{name}=5\n")
    (in_environment,) = _faults(tmp_path, "", **{name: "5"})
    for fault in (in_file, in_environment):
        assert fault.endswith(f"{name} is no setting; the right name is {meant}.") or (
            f"{name} in the environment is no setting; the right name is {meant}." == fault
        )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("TOKEN", "the right name is DISCORD_TOKEN."),
        ("CACHE_DIRECTORY", "the right name is CACHE_DIR."),
        ("DATABASE", "the right name is DATABASE_URL."),
        ("LEGPRESS_COLOUR", ".env.example lists them all."),
        ("PORT", "the right name is METRICS_PORT or PLAYGROUND_PORT."),
        ("LEGPRESS_PORT", "the right name is METRICS_PORT or PLAYGROUND_PORT."),
        ("HOST", "the right name is METRICS_HOST."),
        ("level", "the right name is LOG_LEVEL."),
        ("METRICS", "the right name is METRICS_PORT or METRICS_HOST."),
        ("REGOIN", "the right name is REGION."),
        ("SITE_ULR", "the right name is SITE_URL."),
        ("CHANNEL_ID", "the right name is REPORT_CHANNEL_ID."),
    ],
)
def test_in_the_file_more_names_are_taken_for_meant(tmp_path: Path, name: str, told: str) -> None:
    (fault,) = _faults(tmp_path, f"{name}=5\n")
    assert fault.endswith(f"line 1: {name} is no setting; {told}")


@pytest.mark.parametrize(
    "name",
    # What systemd, Kubernetes (for a service named legpress), CI and other programs put there.
    ["CACHE_DIRECTORY", "STATE_DIRECTORY", "LEGPRESS_SERVICE_HOST", "LEGPRESS_PORT", "LEGPRESS_TEST_EVERYTHING",
     "AWS_REGION", "DATABASE_URI", "LOGLEVEL", "TOKEN", "LEGION", "PORT", "HOST", "LEVEL", "SITE_URI", "REGIONS", "PATH", "HOME", "POSTGRES_PASSWORD"],
)  # fmt: skip
def test_other_programs_names_in_the_environment_are_left_alone(name: str) -> None:
    assert load_settings(None, {name: "5"}) == Settings()


def test_another_programs_lines_in_the_file_are_left_alone(tmp_path: Path) -> None:
    assert (
        _of_file(
            tmp_path, "POSTGRES_PASSWORD=x\nCOMPOSE_PROJECT_NAME=gym\nTZ=UTC\nAWS_REGION=eu\nHTTP_PORT=80\nPUID=1000\n"
        )
        == Settings()
    )


def test_a_misspelt_name_beside_the_right_one_in_the_environment_stops_nobody() -> None:
    settings = load_settings(None, {"REPORT_CHANEL_ID": "5", "REPORT_CHANNEL_ID": "6"})
    assert settings.report_channel_id == 6


def test_comments_exports_and_references_are_read_as_in_a_shell(tmp_path: Path) -> None:
    settings = _of_file(
        tmp_path,
        "export REGION=uk # ours\nSTATE_DIR=${BASE}/state\nMESSAGE_CONTENT = yes\r\nLOG_LEVEL=DEBUG\r\n",
        BASE="/srv",
    )
    assert (settings.region, settings.state_dir, settings.message_content) == ("uk", Path("/srv/state"), True)
    assert settings.log_level == "DEBUG"


def test_a_file_that_starts_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert _of_file(tmp_path, b"\xef\xbb\xbfREGION=uk\r\n").region == "uk"


def test_a_file_that_is_no_text_is_one_sentence(tmp_path: Path) -> None:
    (fault,) = _faults(tmp_path, b"\xff\xfe\x00")
    assert "cannot be read (it is not UTF-8); save it as UTF-8" in fault


def test_a_folder_named_env_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    with pytest.raises(ConfigError, match="is a folder, not a file") as raised:
        load_settings(tmp_path / ".env", {})
    assert len(raised.value.faults) == 1


@given(text=st.text(alphabet=st.one_of(st.sampled_from(string.printable), st.characters()), max_size=200))
def test_whatever_the_file_says_it_is_read_or_refused_in_sentences(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "wild.env"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    _, faults = settings_and_faults(path, {})

    assert all(fault.endswith((".", ".example).")) for fault in faults)


@given(name=st.text(max_size=40))
def test_any_name_means_a_setting_or_none(name: str) -> None:
    assert len(meant_by(name, SETTINGS, strict=True)) <= 1
    assert {*meant_by(name, SETTINGS, strict=True), *meant_by(name, SETTINGS)} <= set(SETTINGS)


def test_empty_folders_are_the_systems_or_none_without_a_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert Settings(cache_dir=tmp_path).cache_folder() == tmp_path
    assert Settings(state_dir=tmp_path).state_folder() == tmp_path
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    cache = Settings().cache_folder()
    assert cache is not None
    assert cache.is_relative_to(tmp_path)
    assert Settings().state_folder().is_relative_to(tmp_path)


def test_without_a_home_nothing_is_cached_and_state_needs_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(_: int) -> None:
        raise KeyError  # as for a user id that no account has, in a container

    monkeypatch.setattr("pwd.getpwuid", nobody)
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert Settings().cache_folder() is None
    with pytest.raises(ConfigError, match="no home folder to keep state in; set STATE_DIR"):
        Settings().state_folder()


def test_the_example_lists_every_setting_with_its_default() -> None:
    listed = dict(re.findall(r"^#?\s?([A-Z_]+)=(.*)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE))
    assert set(listed) == set(SETTINGS)
    for name, setting in SETTINGS.items():
        assert listed[name] == ("" if setting.default is None else str(setting.default)), name
    assert load_settings(EXAMPLE, {}) == Settings()


POSTGRES = "postgresql://me:secret@host/database"
SHARES = {
    "0-3,8": (0, 1, 2, 3, 8),
    "2": (2,),
    "3, 1": (1, 3),
    "ordinal/3": (1, 4, 7),
    "leased": (),
    "all": (),
    "": (),
}


@pytest.mark.parametrize("text", SHARES)
def test_a_process_runs_the_shards_that_it_is_told(text: str) -> None:
    found = load_settings(None, {"SHARD_IDS": text, "SHARD_COUNT": "9", "DATABASE_URL": POSTGRES}).shard_ids
    assert found.of(9, "legpress-1.legpress.svc.cluster.local") == SHARES[text]
    assert found.leased == (text == "leased")
    assert found.is_all == (text in {"", "all"})


SHARE_FAULTS = {
    ("0-3", "0", POSTGRES): "set SHARD_COUNT",
    ("leased", "", POSTGRES): "set SHARD_COUNT",
    ("0-3", "3", POSTGRES): "there is no shard 3",
    ("ordinal/4", "3", POSTGRES): "4 processes cannot share 3 shards",
    ("leased", "3", ""): "set DATABASE_URL to a PostgreSQL",
    ("0", "1", "sqlite:///x"): "set DATABASE_URL to a PostgreSQL",
    ("3-1", "9", POSTGRES): "write shards such as",
    ("ordinal/", "9", POSTGRES): "write shards such as",
    ("ordinal/0", "9", POSTGRES): "write shards such as",
    ("-1", "9", POSTGRES): "write shards such as",
    ("one", "9", POSTGRES): "write shards such as",
    ("0-99999", "9", POSTGRES): "write shards such as",
}


@pytest.mark.parametrize(("ids", "count", "database"), SHARE_FAULTS)
def test_a_part_of_the_shards_that_cannot_be_is_one_line(ids: str, count: str, database: str) -> None:
    with pytest.raises(ConfigError) as raised:
        load_settings(None, {"SHARD_IDS": ids, "SHARD_COUNT": count, "DATABASE_URL": database})
    [line] = raised.value.faults
    assert line.startswith("SHARD_IDS: ")
    assert SHARE_FAULTS[ids, count, database] in line
    assert "secret" not in line


@pytest.mark.parametrize(("host", "words"), [("gym", "this host's name has none"), ("legpress-3", "this one is 3")])
def test_a_host_without_the_number_of_a_pod_is_named_as_such(host: str, words: str) -> None:
    share = load_settings(None, {"SHARD_IDS": "ordinal/3", "SHARD_COUNT": "9", "DATABASE_URL": POSTGRES}).shard_ids
    with pytest.raises(ValueError, match=words):
        share.of(9, host)
