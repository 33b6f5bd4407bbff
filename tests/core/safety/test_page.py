"""The page for a clinician."""

from dataclasses import replace

from bot.core.model import Stop
from bot.core.safety.page import mark, page
from bot.core.safety.values import Phrasing
from tests.safety.shipped import bank_rules, shipped_gate


def said(stop: Stop, again: bool) -> str:
    return f"TEXT {stop.route} {'proxy' if stop.proxy else 'self'}{' again' if again else ''}"


def test_every_flag_has_its_tier_texts_wordings_and_a_place_to_sign() -> None:
    rules, gate = bank_rules(), shipped_gate()
    text = page(rules, gate, said)
    for rule in rules.rules:
        part = text.partition(f"## {rule.id} {rule.flag}\n")[2].partition("\n## ")[0]
        assert f"TEXT {rule.route(rule.tier)} self" in part
        assert f"TEXT {rule.route(rule.tier)} proxy" in part
        assert f"TEXT {rule.route(rule.tier)} self again" in part
        assert f"Mark `{mark(rule, rules)}` · Name:" in part
        assert "*Read at (stored copies):* <http" in part
        assert ("`[J]`" in part) == bool(rules.read_at[rule.id].judgement)
        stops, _, calm = part.partition("Stops:")[2].partition("Does not stop:")
        assert 7 <= stops.count("\n- ") <= 10
        assert all(gate.check(line.removeprefix("- ")).stop for line in stops.splitlines() if line.startswith("- "))
        assert calm.partition("\nMark ")[0].count("\n- ") == 5
        assert not any(gate.check(line.removeprefix("- ")).stop for line in calm.splitlines() if line.startswith("- "))
    assert "- Tagalog (`tl`)" in text


def test_a_changed_flag_loses_its_mark_and_the_others_keep_theirs() -> None:
    rules = bank_rules()
    first, second = rules.rules[0], rules.rules[1]
    changed = replace(rules, phrasings=(*rules.phrasings, Phrasing(first.id, first.tier, "one more wording")))
    assert mark(first, changed) != mark(first, rules)
    assert mark(second, changed) == mark(second, rules)
