"""What is being taught is remembered for an hour at most."""

from bot.ui.kit.taught import KEPT_SECONDS, MOST_KEPT, Material, TaughtLately

HERE, THERE = 1, 2


def material(writer: int = 7) -> Material:
    return Material("", "", (), channel=3, message=4, writer=writer, moderator=5)


def test_who_wrote_it_is_forgotten_after_an_hour() -> None:
    now = [0.0]
    kept = TaughtLately(lambda: now[0])
    kept.keep(HERE, 1, material())
    now[0] = KEPT_SECONDS - 1
    assert kept.of(HERE, 1) is not None
    now[0] += 1
    assert kept.of(HERE, 1) is None
    kept.expire()
    assert len(kept._kept) == 0


def test_another_server_never_gets_it() -> None:
    kept = TaughtLately()
    kept.keep(HERE, 1, material())
    assert kept.of(THERE, 1) is None


def test_the_oldest_makes_room() -> None:
    kept = TaughtLately()
    for key in range(MOST_KEPT + 1):
        kept.keep(HERE, key, material())
    assert kept.of(HERE, 0) is None
    assert kept.of(HERE, MOST_KEPT) is not None


def test_whoever_wants_to_be_forgotten_is_as_writer_and_as_moderator() -> None:
    kept = TaughtLately()
    kept.keep(HERE, 1, material(writer=7))
    kept.keep(HERE, 2, material(writer=8))
    kept.forget(7)
    assert kept.of(HERE, 1) is None
    assert kept.of(HERE, 2) is not None
    kept.forget(5)
    assert kept.of(HERE, 2) is None
