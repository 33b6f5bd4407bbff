from bot.ui.kit.ticks import State, Ticks


def test_two_taps_after_a_restart_are_kept_together() -> None:
    boards, seen = Ticks(), State(1, "abcd1234", 0b100)
    boards.changed(7, seen, "abcd1234", lambda held: held | 1)
    assert boards.changed(7, seen, "abcd1234", lambda held: held | 2).mask == 0b111
    assert boards.changed(8, seen, "abcd1234", lambda held: held | 2).mask == 0b110


def test_what_is_kept_of_taps_does_not_grow_without_end() -> None:
    boards = Ticks()
    for message in range(Ticks.MOST + 50):
        boards.changed(message, State(1, "abcd1234"), "abcd1234", lambda held: held | 1)
    assert len(boards._boards) == Ticks.MOST
