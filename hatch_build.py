"""Puts the knowledge folder inside the wheel, as bot/_knowledge.

An editable install reads the folder beside the package instead: a copy in it would go stale at the first edit.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KnowledgeInWheel(BuildHookInterface[Any]):
    """Hatchling's hook: it asks here what else belongs in the file that it builds."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the folder to `build_data`, unless `version` is "editable"."""
        if version == "standard":
            build_data["force_include"]["knowledge"] = "bot/_knowledge"
