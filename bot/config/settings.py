"""What can be set: every setting with its default and one sentence, and where a setting that is empty points."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from bot.config.shards import ALL, MOST_SHARDS, ShardShare, shard_share
from bot.config.values import (
    HIGHEST_PORT,
    Secret,
    address,
    channel,
    database,
    existing_folder,
    folder,
    is_postgres,
    lower,
    number,
    one_of,
    token,
    web_address,
    yes_or_no,
)
from bot.errors import ConfigError
from bot.sentences import say

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("text", "json")


@dataclass(frozen=True, slots=True)
class Setting:
    """What one setting is: its name, its default, one sentence, and how its text is read (ValueError: what to write)."""

    name: str
    default: Any
    description: str
    read: Callable[[str], Any]


def _read_by(read: Callable[[str], Any], description: str) -> dict[str, Any]:
    return {"read": read, "description": description}


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; each works at its default. Names are those of the environment variables, in lower case."""

    discord_token: Secret | None = field(
        default=None,
        metadata=_read_by(token, say("host.settings.settings_discord_token")),
    )
    knowledge_dir: Path | None = field(
        default=None, metadata=_read_by(existing_folder, say("host.settings.settings_knowledge_dir"))
    )
    region: str = field(default="", metadata=_read_by(lower, say("host.settings.settings_region")))
    report_channel_id: int | None = field(
        default=None,
        metadata=_read_by(channel, say("host.settings.settings_report_channel_id")),
    )
    cache_dir: Path | None = field(default=None, metadata=_read_by(folder, say("host.settings.settings_cache_dir")))
    state_dir: Path | None = field(default=None, metadata=_read_by(folder, say("host.settings.settings_state_dir")))
    database_url: Secret | None = field(
        default=None,
        metadata=_read_by(database, say("host.settings.settings_database_url")),
    )
    deleted_copy_days: int = field(
        default=7,
        metadata=_read_by(number(0, 30), say("host.settings.settings_deleted_copy_days")),
    )
    shard_count: int = field(
        default=0,
        metadata=_read_by(number(0, MOST_SHARDS), say("host.settings.settings_shard_count")),
    )
    shard_ids: ShardShare = field(
        default=ALL,
        metadata=_read_by(shard_share, say("host.settings.settings_shard_ids")),
    )
    site_url: str = field(
        default="",
        metadata=_read_by(web_address, say("host.settings.settings_site_url")),
    )
    message_content: bool = field(
        default=False,
        metadata=_read_by(
            yes_or_no,
            say("host.settings.settings_message_content"),
        ),
    )
    log_level: str = field(
        default="INFO", metadata=_read_by(one_of(LOG_LEVELS), say("host.settings.settings_log_level"))
    )
    log_format: str = field(default="text", metadata=_read_by(one_of(LOG_FORMATS), say("host.settings.log_format")))
    metrics_port: int = field(
        default=0,
        metadata=_read_by(number(0, HIGHEST_PORT), say("host.settings.settings_metrics_port")),
    )
    metrics_host: str = field(
        default="127.0.0.1", metadata=_read_by(address, say("host.settings.settings_metrics_host"))
    )
    playground_port: int = field(
        default=8765, metadata=_read_by(number(0, HIGHEST_PORT), say("host.settings.settings_playground_port"))
    )

    origins: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """Where each setting that is not at its default came from, by name: "environment", or ".env, line 3"."""

    def faults_together(self) -> dict[str, str]:
        """Return what is wrong with settings only beside others, by name."""
        fault = self.shard_ids.fault(self.shard_count)
        is_shared = self.database_url is not None and is_postgres(self.database_url)
        if not fault and not self.shard_ids.is_all and not is_shared:
            fault = say("host.settings.shared_database_needed")
        return {"SHARD_IDS": fault} if fault else {}

    def own_shards(self) -> tuple[int, ...]:
        """Return the shards that are this process's for good; none where it runs all or leases them. Raises ConfigError."""
        try:
            return self.shard_ids.of(self.shard_count)
        except ValueError as error:
            raise ConfigError(f"SHARD_IDS: {error}.") from None

    def cache_folder(self) -> Path | None:
        """Return CACHE_DIR, else the system's folder for caches; None where there is no home folder for one."""
        from platformdirs import user_cache_path

        return self.cache_dir or _below_home(user_cache_path)

    def state_folder(self) -> Path:
        """Return STATE_DIR, else the system's folder for data. Raises ConfigError where there is no home folder for one."""
        from platformdirs import user_data_path

        folder = self.state_dir or _below_home(user_data_path)
        if folder is None:
            raise ConfigError(say("host.settings.there_is_no_home_folder_to"))
        return folder


def _below_home(place: Callable[[str], Path]) -> Path | None:
    """Return the system's `place` for this program, None where the user has no home folder."""
    try:
        found = place("legpress")
    except RuntimeError:
        return None
    return found if found.is_absolute() else None  # older versions of the library leave the ~ as it is


SETTINGS: Mapping[str, Setting] = {
    each.name.upper(): Setting(each.name.upper(), each.default, each.metadata["description"], each.metadata["read"])
    for each in fields(Settings)
    if each.metadata
}
"""Every setting by its name."""
