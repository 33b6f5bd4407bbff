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
        metadata=_read_by(token, "The bot's token from Discord's developer portal. Without it the playground starts."),
    )
    knowledge_dir: Path | None = field(
        default=None, metadata=_read_by(existing_folder, "A knowledge folder of your own instead of the one shipped.")
    )
    region: str = field(default="", metadata=_read_by(lower, "Whose emergency numbers to name. Empty: a neutral text."))
    report_channel_id: int | None = field(
        default=None,
        metadata=_read_by(channel, "The channel that gets what members report. Empty: reports go to the log."),
    )
    cache_dir: Path | None = field(
        default=None, metadata=_read_by(folder, "Where start-up work is kept. Empty: the system's cache folder.")
    )
    state_dir: Path | None = field(
        default=None, metadata=_read_by(folder, "Where small state is kept. Empty: the system's data folder.")
    )
    database_url: Secret | None = field(
        default=None,
        metadata=_read_by(
            database, "A PostgreSQL database for what servers teach the bot. Empty: an SQLite file in STATE_DIR."
        ),
    )
    deleted_copy_days: int = field(
        default=7,
        metadata=_read_by(
            number(0, 30), "How long a copy of a server that the bot left stays in STATE_DIR after its deletion."
        ),
    )
    shard_count: int = field(
        default=0,
        metadata=_read_by(number(0, MOST_SHARDS), "How many shards the bot has. 0: as many as Discord recommends."),
    )
    shard_ids: ShardShare = field(
        default=ALL,
        metadata=_read_by(shard_share, "Which shards this process runs, where several share them."),
    )
    site_url: str = field(
        default="",
        metadata=_read_by(
            web_address, "Where the pages of `legpress site` are on the web: cards link to them. Empty: they do not."
        ),
    )
    message_content: bool = field(
        default=False,
        metadata=_read_by(
            yes_or_no,
            "Lets servers choose channels where the bot answers unasked; needs Discord's Message Content intent.",
        ),
    )
    log_level: str = field(default="INFO", metadata=_read_by(one_of(LOG_LEVELS), "How much is logged."))
    log_format: str = field(
        default="text", metadata=_read_by(one_of(LOG_FORMATS), "text for people, json for log collectors.")
    )
    metrics_port: int = field(
        default=0,
        metadata=_read_by(
            number(0, HIGHEST_PORT), "A port for /metrics (Prometheus), /healthz and /readyz. 0: none is opened."
        ),
    )
    metrics_host: str = field(
        default="127.0.0.1", metadata=_read_by(address, "Where METRICS_PORT listens: this machine alone, or 0.0.0.0.")
    )
    playground_port: int = field(
        default=8765, metadata=_read_by(number(0, HIGHEST_PORT), "Port of the local playground; 0 takes a free one.")
    )

    origins: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """Where each setting that is not at its default came from, by name: "environment", or ".env, line 3"."""

    def faults_together(self) -> dict[str, str]:
        """Return what is wrong with settings only beside others, by name."""
        fault = self.shard_ids.fault(self.shard_count)
        is_shared = self.database_url is not None and is_postgres(self.database_url)
        if not fault and not self.shard_ids.is_all and not is_shared:
            fault = "processes that share the shards also share what servers teach the bot; set DATABASE_URL to a PostgreSQL"
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
            raise ConfigError(
                "There is no home folder to keep state in; set STATE_DIR to a folder that can be written."
            )
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
