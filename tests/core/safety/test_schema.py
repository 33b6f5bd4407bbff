"""Faults in the gate's files are found before anything is built from them."""

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from pydantic import ValidationError

from bot.core.safety.schema import SafetyModel
from tests.safety.shipped import bank_rules


@cache
def small() -> dict[str, Any]:
    """The shipped files' data with one wording for each flag and class: 20,000 of them are checked as one is."""
    data = bank_rules().to_data()
    concepts = {name: {**each, "words": each["words"][:1], "shared": []} for name, each in data["concepts"].items()}
    wordings = {rule: texts[:1] for rule, texts in data["phrasings"].items()}
    harmless = {group: texts[:1] for group, texts in data["harmless"].items()}
    found = {**data, "concepts": concepts, "masks": data["masks"][:1], "phrasings": wordings, "harmless": harmless}
    assert SafetyModel.model_validate(found).rules
    return found


def broken(change: Callable[[dict[str, Any]], object]) -> str:
    data = deepcopy(small())
    change(data)
    with pytest.raises(ValidationError) as caught:
        SafetyModel.model_validate(data)
    return str(caught.value)


def test_the_shipped_files_are_valid() -> None:
    assert SafetyModel.model_validate(bank_rules().to_data()).rules


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda data: data["rules"][0]["when"][0]["near"].append("NOSUCH"), "no concept is called NOSUCH"),
        (lambda data: data["rules"].append(data["rules"][0]), "stands twice"),
        (lambda data: data["phrasings"].update({"R99": ["x"]}), "which is no rule"),
        (lambda data: data["concepts"].pop("NEGATION"), "no class has the role 'negation'"),
        (lambda data: data["concepts"]["BACK"]["words"].append("back(s"), "brackets"),
        (lambda data: data["concepts"]["BACK"].pop("kind"), "Field required"),
        (lambda data: data["concepts"]["BACK"].update(role="hero"), "'hero' is no role"),
        (lambda data: data["weights"].pop("twin"), "the weight 'twin' is missing"),
        (lambda data: data["weights"].update(luck=1), "'luck' is no piece of evidence"),
        (lambda data: data["languages"]["es"]["alarms"].append({"flag": "R99", "all": ["PAIN"]}), "which is no rule"),
        (lambda data: data["languages"]["es"]["alarms"].append({"flag": "R01", "all": ["NOSUCH"]}), "called NOSUCH"),
        (lambda data: data["masks"].append("back)"), "brackets"),
        (lambda data: data["texts"].pop("emergency"), "'emergency' is missing"),
        (lambda data: data["texts"]["heat"].update(proxy="call {nobody}"), "may hold"),
        (lambda data: data["texts"]["heat"].update(proxy="call {"), "stray bracket"),
        (lambda data: data["texts"]["heat"].update(proxy="cool " * 71), "shorten it to 350"),
        (lambda data: data["texts"]["heat"].update(proxy="Call 111 now."), "names 111 without its country"),
        (lambda data: data["texts"]["heat"].update(self=None), "needs `self`, or `otherwise`"),
        (lambda data: data["texts"]["collapse"].update(otherwise="nothing"), "which is no text"),
        (lambda data: data["texts"].pop("heat"), "'heat' is missing"),
        (lambda data: data["lines"].pop("pointer"), "'pointer' is missing"),
        (lambda data: data["regions"]["uk"]["crisis"].update(sources=[]), "names a number: add `sources:`"),
        (lambda data: data["regions"]["nz"]["child"].update(until_checked=None), "add `until_checked:`"),
        (lambda data: data["next_messages"]["kinds"][0]["when"].append("NOSUCH now"), "no class is called NOSUCH"),
        (lambda data: data["next_messages"]["kinds"][0]["says"].update(emergency="nothing"), "which is no text"),
        (lambda data: data["regions"].pop("neutral"), "'neutral' is missing"),
        (lambda data: data["rules"][0]["when"].append({"window": 3}), "needs `near` or `also`"),
        (lambda data: data.update(extra=1), "Extra inputs"),
        (lambda data: data["rules"][0].update(tier="urgent"), "emergency"),
        (lambda data: data["rules"][0].update(higher=[{"near": ["NOSUCH"]}]), "no concept is called NOSUCH"),
        (lambda data: data["read_at"].update(R99={"read": ["https://example.org"]}), "no rule is called R99"),
        (lambda data: data["read_at"]["R01"].update(read=[]), "at least 1 item"),
    ],
)
def test_a_fault_is_named_with_what_to_write(change: Callable[[dict[str, Any]], object], says: str) -> None:
    assert says in broken(change)
