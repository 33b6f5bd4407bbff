"""Values used lately: bounded, and outdated ones in case no newer one can be had."""

from bot.service.recent import Recent


def test_what_was_not_asked_for_longest_makes_room() -> None:
    held: Recent[str, int] = Recent(2)
    held.put("a", 1)
    held.put("b", 2)
    assert held.get("a") == 1
    held.put("c", 3)
    assert (held.get("a"), held.get("b"), held.get("c"), len(held)) == (1, None, 3, 2)


def test_an_outdated_value_is_kept_until_a_newer_one_is_there() -> None:
    held: Recent[str, int] = Recent(2)
    held.put("a", 1)
    held.expire("a")
    assert (held.get("a"), held.outdated("a")) == (None, 1)
    held.put("a", 2)
    assert held.get("a") == 2


def test_what_was_read_before_a_change_counts_as_outdated_and_replaces_nothing_newer() -> None:
    held: Recent[str, int] = Recent(2)
    seen = held.expiries
    held.expire()
    held.put("a", 1, seen)
    assert (held.get("a"), held.outdated("a")) == (None, 1)
    held.put("a", 2, held.expiries)
    held.put("a", 1, seen)
    assert held.get("a") == 2


def test_what_is_dropped_is_gone() -> None:
    held: Recent[str, int] = Recent(2)
    held.put("a", 1)
    held.drop("a")
    assert (held.outdated("a"), len(held)) == (None, 0)
