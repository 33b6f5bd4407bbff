"""The alert rules and the dashboard in deploy/monitoring: they are valid, and ask for nothing that the bot does not show."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.client.metrics import Metrics
from tests.support.discord_side import Handed

SCHEMAS = Path(__file__).parent / "grafana"
_PROCESS = {"process_resident_memory_bytes", "process_cpu_seconds_total", "up"}


@pytest.fixture
def monitoring(checkout: Path) -> Path:
    return checkout / "deploy" / "monitoring"


@pytest.fixture
def dashboard(monitoring: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((monitoring / "dashboard.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
async def shown(handed: Handed) -> set[str]:
    """The names of all series that the bot may show."""
    metrics = Metrics(handed.bot())
    try:
        families = list(text_string_to_metric_families(metrics.text().decode()))
    finally:
        metrics.close()
    names = set()
    for family in families:
        suffixes = {"counter": ["_total"], "histogram": ["_bucket", "_count", "_sum"], "info": ["_info"]}
        names |= {f"{family.name}{suffix}" for suffix in suffixes.get(family.type, [""])} | {family.name}
    return names


def schema(name: str, definition: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.jsonschema.json").read_text(encoding="utf-8"))
    return {**found, "$ref": f"#/definitions/{definition}"} if definition else found


def series(expression: str) -> set[str]:
    """Return the names of the series that an expression asks for."""
    bare = re.sub(r'"[^"]*"|\{[^}]*\}|\[[^\]]*\]|\b(?:by|without) ?\([^)]*\)', " ", expression)
    return {
        each for each in re.findall(r"[a-z_]{2,}", bare) if each.startswith(("legpress_", "process_")) or each == "up"
    }


def test_the_dashboard_is_one_by_grafanas_schema(dashboard: dict[str, Any]) -> None:
    jsonschema.Draft7Validator(schema("dashboard")).validate(dashboard)
    for panel in dashboard["panels"]:
        kind = panel["type"]
        jsonschema.Draft7Validator(schema(kind, "Options")).validate(panel["options"])
        if kind == "timeseries":
            jsonschema.Draft7Validator(schema(kind, "GraphFieldConfig")).validate(
                panel["fieldConfig"]["defaults"]["custom"]
            )


def test_a_dashboard_with_a_mistake_is_none(dashboard: dict[str, Any]) -> None:
    dashboard["panels"][0]["gridPos"].pop("h")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema("dashboard")).validate(dashboard)


def test_no_two_panels_stand_in_one_place_and_each_is_described(dashboard: dict[str, Any]) -> None:
    taken: set[tuple[int, int]] = set()
    for panel in dashboard["panels"]:
        place = panel["gridPos"]
        cells = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert not cells & taken
        taken |= cells
        assert panel["title"]
        assert panel["description"]
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])


async def test_dashboard_and_alerts_ask_for_what_the_bot_shows(
    dashboard: dict[str, Any], monitoring: Path, shown: set[str]
) -> None:
    rules = yaml.safe_load((monitoring / "alerts.yaml").read_text(encoding="utf-8"))
    expressions = [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    expressions += [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    asked = {name for each in expressions for name in series(each)}
    assert len(asked) > 15
    assert asked - shown - _PROCESS == set()


@pytest.mark.promtool
@pytest.mark.parametrize("command", [["check", "rules", "alerts.yaml"], ["test", "rules", "alerts_test.yaml"]])
def test_prometheus_takes_the_alerts_and_they_fire_when_they_should(monitoring: Path, command: list[str]) -> None:
    ran = subprocess.run(["promtool", *command], cwd=monitoring, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
