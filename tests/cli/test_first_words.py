"""First words, as `legpress ask --json` answers them: one short line that fits, whatever the words."""

import pytest

from bot.bootstrap import first_words_of, load_knowledge, load_language, shipped_knowledge
from bot.core.first_words import Reader, written_out
from bot.core.matching.english import is_ordinary
from bot.store.cache import FileCache
from tests.cli.test_ask import objects

SAID = {
    "hiii": "greeting",
    "Hello leg press bot :)": "greeting",
    "good afternoon to you sir": None,
    "GOOD EVENING EVERYONE": "greeting",
    "hey, I'm Thandiwe": "greeting",
    "namaste bhai": "greeting",
    "hi bot": "greeting",
    "hello bot, help me please": "help",
    "g'day mate": "greeting",
    "hey mate how's it going today": "how_are_you",
    "how you dey": "how_are_you",
    "what's up bot": "how_are_you",
    "Help!": "help",
    "can someone help me pls": "help",
    "how do I use this?": "help",
    "i don't know what to ask": "help",
    "?": "help",
    "wat can u do": "can_do",
    "so what can you help with then?": "can_do",
    "what kind of things can i ask": "can_do",
    "who r u": "who",
    "hey what is this bot?": "who",
    "who built you, mate?": "who",
    "whats ur name": "who",
    "are you an actual doctor": "doctor",
    "are u a physio or what": None,
    "can I trust you?": "doctor",
    "is this medical advice?": "doctor",
    "are you human or a bot?": "bot_or_human",
    "is this chatgpt lol": "bot_or_human",
    "r u AI": "bot_or_human",
    "let me talk to a real person": None,
    "am i talking to a machine": "bot_or_human",
    "do you keep my messages": "privacy",
    "do you speak hindi?": "language",
    "u there??": "there",
    "testing testing": "there",
    "is anyone here": "there",
    "tell me a joke": "off_subject",
    "do you even lift bro": "off_subject",
    "you're useless": "rude",
    "stupid bot!!": "rude",
    "shut up": "rude",
    "go away": "quiet_please",
    "sorry, wrong chat": "sorry",
    "thank youuu so much": "thanks",
    "ty, that was super helpful": "thanks",
    "ok got it, cheers": "thanks",
    "good bot": "thanks",
    "hahaha": "laughter",
    "bye for now": "bye",
    "good night all": "bye",
    "ok cool": "agreed",
    "\U0001f4aa\U0001f525": "no_words",
    "https://example.org/clip": "no_words",
}
"""In words of their own, beside those in the data; None: it may be anything."""
ASKED = [
    "is it bad",
    "help, my back hurts after leg press",
    "hi, how deep",
    "what can i do about sore knees",
    "are my knees ok locked out",
    "thanks, but how low do i go",
    "who should not leg press",
    "good morning stiffness in my back, leg press ok?",
    "no lockout, right?",
    "is the leg press safe",
    "are you supposed to lock out",
    "what is this machine good for, quads?",
]


def test_forty_kinds_of_first_words_get_a_short_line_that_fits() -> None:
    answers = objects(stdin="\n".join(SAID).encode() + b"\n")
    told = {answer["question"]: answer for answer in answers}
    wrong = {text: told[text]["kind"] for text, kind in SAID.items() if kind is not None and told[text]["kind"] != kind}
    assert not wrong
    for text, kind in SAID.items():
        if kind is not None:
            line, *titles = str(told[text]["text"]).split("\n")
            assert told[text]["outcome"] == "decline"
            assert 0 < len(line) <= 200
            assert len(titles) in {0, 4}
            assert all(title.startswith("- ") for title in titles)


def test_a_question_among_first_words_stays_a_question() -> None:
    kinds = {answer["kind"] for answer in objects(stdin="\n".join(ASKED).encode() + b"\n")}
    assert kinds <= {"question", "out_of_scope"}


def test_an_alarm_in_first_words_is_stopped_first() -> None:
    [answer] = objects("hello, help me, I have crushing chest pain and can't breathe")
    assert (answer["outcome"], answer["kind"]) == ("stop", "question")


def test_each_claim_to_tap_is_in_the_shipped_knowledge(cache: FileCache) -> None:
    claims = load_knowledge(shipped_knowledge(), cache).claims
    for kind in load_language(cache).first_words:
        assert set(kind.asks) <= set(claims), kind.kind


@pytest.fixture(scope="module")
def reader(cache: FileCache) -> Reader:
    return first_words_of(load_language(cache))


@pytest.mark.parametrize(("text", "kind"), [("", "empty"), ("  ", "empty"), ("...", "no_words"), ("?!", "help")])
def test_what_holds_no_word_has_a_kind_too(reader: Reader, text: str, kind: str) -> None:
    found = reader.read(text, lambda _: False)
    assert found is not None
    assert found.kind == kind


def test_the_weightiest_kind_of_a_message_answers_it(reader: Reader) -> None:
    found = reader.read("hi, thanks, are you a doctor?", is_ordinary)
    assert found is not None
    assert found.kind == "doctor"


def test_a_slip_in_a_long_word_is_forgiven(reader: Reader) -> None:
    found = reader.read("are you a docotr", is_ordinary)
    assert found is not None
    assert found.kind == "doctor"


def test_a_reader_without_kinds_reads_nothing() -> None:
    assert Reader().read("hi", lambda _: False) is None


def test_a_phrase_stands_for_all_its_choices() -> None:
    assert set(written_out("can|could you help? me")) == {
        ("can", "you", "help", "me"),
        ("can", "you", "me"),
        ("could", "you", "help", "me"),
        ("could", "you", "me"),
    }
    with pytest.raises(ValueError, match="nothing at all"):
        written_out("please?")
