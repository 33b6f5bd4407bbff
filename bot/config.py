"""Settings from the environment or a .env file, read once and checked together."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import ConfigError


def _empty_is_unset(value: object) -> object:
    """Read a line `NAME=` in .env as a setting left at its default."""
    return None if isinstance(value, str) and not value.strip() else value


OptionalPath = Annotated[Path | None, BeforeValidator(_empty_is_unset)]


class Settings(BaseSettings):
    """All settings; each works at its default. Names are those of the environment variables, in lower case."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    discord_token: SecretStr | None = Field(
        None, description="The bot's token from Discord's developer portal. Without it the playground starts."
    )
    knowledge_dir: OptionalPath = Field(None, description="A knowledge folder of your own instead of the one shipped.")
    region: str = Field("", description="Whose emergency numbers to name: see docs/hosting.md. Empty: a neutral text.")
    report_channel_id: int | None = Field(
        None, gt=0, description="The channel that gets what members report. Empty: reports go to the log."
    )
    cache_dir: OptionalPath = Field(None, description="Where start-up work is kept. Empty: the system's cache folder.")
    state_dir: OptionalPath = Field(None, description="Where small state is kept. Empty: the system's data folder.")
    database_url: SecretStr | None = Field(
        None, description="A PostgreSQL database for what servers teach the bot. Empty: an SQLite file in STATE_DIR."
    )
    deleted_copy_days: int = Field(
        7,
        ge=0,
        le=30,
        description="How long a copy of a server that the bot left stays in STATE_DIR after its deletion.",
    )
    message_content: bool = Field(
        False,
        description="Lets servers choose channels where the bot answers unasked; needs Discord's Message Content intent.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")
    log_format: Literal["text", "json"] = Field("text", description="text for people, json for log collectors.")
    playground_port: int = Field(8765, ge=0, le=65535, description="Port of the local playground; 0 takes a free one.")

    @field_validator("discord_token")
    @classmethod
    def _token_has_its_shape(cls, token: SecretStr | None) -> SecretStr | None:
        if token is None:
            return None
        text = token.get_secret_value().strip().removeprefix("Bot ").strip()
        if not text:
            return None
        if any(character.isspace() for character in text) or not text.isascii():
            raise ValueError("this is not a token; copy it again from the developer portal, without spaces")
        return SecretStr(text)

    @field_validator("database_url")
    @classmethod
    def _database_is_one_we_know(cls, url: SecretStr | None) -> SecretStr | None:
        if url is None or not url.get_secret_value().strip():
            return None
        text = url.get_secret_value().strip()
        if not text.startswith(("postgresql://", "postgres://", "postgresql+asyncpg://", "sqlite:///")):
            raise ValueError("write postgresql://user:password@host/database, or leave it empty for SQLite")
        return SecretStr(text)

    @field_validator("region")
    @classmethod
    def _region_is_lower_case(cls, region: str) -> str:
        return region.strip().lower()


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Return the settings of the environment and of `env_file`.

    Raises ConfigError with one sentence for each fault; a value is never repeated, since it may be a secret.
    """
    try:
        return Settings(_env_file=env_file)  # type: ignore[call-arg]  # pydantic-settings takes it, mypy cannot see it
    except ValidationError as error:
        raise ConfigError(*(_sentence(detail["loc"], detail["msg"]) for detail in error.errors())) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"The file {env_file} cannot be read ({type(error).__name__}); save it as UTF-8.") from None


def _sentence(location: tuple[int | str, ...], message: str) -> str:
    name = str(location[0]).upper() if location else "A setting"
    words = message.removeprefix("Value error, ")
    return f"{name}: {words[0].lower()}{words[1:]}. Mend it in the environment or in .env (see .env.example)."
