"""Puts the knowledge folder inside the wheel, as bot/_knowledge, and what the bot is fitted to it, as bot/_state.

An editable install reads the folder beside the package instead: a copy in it would go stale at the first edit.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KnowledgeInWheel(BuildHookInterface[Any]):
    """Hatchling's hook: it asks here what else belongs in the file that it builds."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the folder to `build_data`, unless `version` is "editable"."""
        if version != "standard":
            return
        build_data["force_include"]["knowledge"] = "bot/_knowledge"
        state = Path(self.root, "bot", "_state")
        # Fitting needs what the bot needs to run, which an isolated build has not: then what is there already is taken.
        made = subprocess.run([sys.executable, "-m", "bot", "fit"], cwd=self.root, check=False)
        if made.returncode:
            self.app.display_warning(
                "The bot could not be fitted to its knowledge here (the line above says why), so the wheel's first start "
                "may take some ten seconds. Build it where the bot runs: make setup."
            )
        if state.is_dir():
            build_data["force_include"][str(state)] = "bot/_state"
