"""What was read of a message is remembered while it is answered, and no longer."""

import threading

from bot.core.once import once, one_message


class Reader:
    """Counts how often it reads."""

    def __init__(self) -> None:
        self.times = 0

    def read(self, text: str) -> str:
        self.times += 1
        return text.upper()


def test_within_one_message_a_text_is_read_once() -> None:
    first, second = Reader(), Reader()
    with one_message():
        assert [once(first.read, "deep"), once(first.read, "deep"), once(second.read, "deep")] == ["DEEP"] * 3
        assert once(first.read, "low") == "LOW"
    assert (first.times, second.times) == (2, 1)


def test_nothing_of_it_stays_for_the_next_message() -> None:
    reader = Reader()
    for _ in range(2):
        with one_message():
            once(reader.read, "deep")
    once(reader.read, "deep")
    once(reader.read, "deep")
    assert reader.times == 4


def test_another_thread_reads_for_itself() -> None:
    reader = Reader()
    with one_message():
        once(reader.read, "deep")
        thread = threading.Thread(target=once, args=(reader.read, "deep"))
        thread.start()
        thread.join()
    assert reader.times == 2
