"""Settings: what can be set, and reading it in one place, the same for every command."""

from bot.config.reading import ENV_FILE, ENVIRONMENT, load_settings, settings_and_faults
from bot.config.settings import SETTINGS, Setting, Settings
from bot.config.values import Secret

__all__ = [
    "ENVIRONMENT",
    "ENV_FILE",
    "SETTINGS",
    "Secret",
    "Setting",
    "Settings",
    "load_settings",
    "settings_and_faults",
]
