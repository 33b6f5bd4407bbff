"""Puts into the wheel the knowledge folder (bot/_knowledge), what the bot is fitted to it (bot/_state), and a bill of materials.

An editable install reads the folder beside the package instead: a copy in it would go stale at the first edit.
"""

import json
import re
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
            carried = "carries what was fitted here before" if state.is_dir() else "has nothing fitted in it"
            self.app.display_warning(
                f"The bot could not be fitted to its knowledge here (the line above says why). The wheel {carried}; its "
                "first start takes some ten seconds where that does not belong to its knowledge. Build it where the bot "
                "runs: make setup."
            )
        if state.is_dir():
            build_data["force_include"][str(state)] = "bot/_state"
        lock = Path(self.root, "requirements", "run.txt")
        if lock.is_file():
            bill = Path(self.root, ".make", "bill-of-materials.cdx.json")
            bill.parent.mkdir(exist_ok=True)
            bill.write_text(
                bill_of_materials(lock.read_text(encoding="utf-8"), self.metadata.version), encoding="utf-8"
            )
            build_data["force_include"][str(bill)] = "bot/bill-of-materials.cdx.json"


def bill_of_materials(lock: str, version: str) -> str:
    """Return what a release is tested with, from the lock file: CycloneDX 1.6 as JSON, each part with the hashes of its files."""
    parts = []
    for block in re.split(r"\n(?=\S)", lock.replace("\\\n", " ")):
        named = re.match(r"([A-Za-z0-9._-]+)==([^\s;]+)", block)
        if named is None:
            continue
        name, at = named[1].lower(), named[2]
        hashes = re.findall(r"--hash=sha256:([0-9a-f]{64})", block)
        parts.append(
            {
                "type": "library",
                "bom-ref": f"pkg:pypi/{name}@{at}",
                "name": name,
                "version": at,
                "purl": f"pkg:pypi/{name}@{at}",
                "externalReferences": [
                    {
                        "type": "distribution",
                        "url": f"pkg:pypi/{name}@{at}",
                        "hashes": [{"alg": "SHA-256", "content": each} for each in hashes],
                    }
                ],
            }
        )
    made = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "legpress-bot", "version": version}},
        "components": parts,
    }
    return json.dumps(made, indent=1) + "\n"
