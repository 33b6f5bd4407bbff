"""What knowledge/README.md teaches: its example is a valid claim without a warning, and its table names every field."""

import re
import shutil
from pathlib import Path
from textwrap import dedent

from bot.core.knowledge.honesty import claim_warnings
from bot.core.knowledge.loader import load
from bot.core.knowledge.schema import ClaimEntry


def test_the_example_is_a_valid_claim_without_a_warning(checkout: Path, tmp_path: Path) -> None:
    guide = (checkout / "knowledge" / "README.md").read_text(encoding="utf-8")
    entry, wordings = (
        dedent(block) for block in re.findall(r"^ *```yaml\n(.*?)^ *```", guide, re.DOTALL | re.MULTILINE)[:2]
    )
    root = shutil.copytree(checkout / "knowledge", tmp_path / "known")
    for name, text in (("claims", entry), ("questions", wordings)):
        with (root / name / "tempo.yaml").open("a", encoding="utf-8") as file:
            file.write(f"\n{text}")
    claim = load(root).claims["rest-for-depth"]
    assert len(claim.questions) == 3
    assert claim.decoys
    assert list(claim_warnings(claim)) == []


def test_the_table_names_every_field(checkout: Path) -> None:
    guide = (checkout / "knowledge" / "README.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([a-z_]+)` \|", guide, re.MULTILINE))
    assert {field.alias or name for name, field in ClaimEntry.model_fields.items()} <= told
