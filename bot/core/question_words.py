"""Small words by which a message is told to ask, to ask several things, or to point back (`language/en/question_words.yaml`)."""

from dataclasses import dataclass

from bot.core.own_words import own


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The lists, each as the file explains it."""

    asks: tuple[str, ...]
    asks_first: tuple[str, ...]
    opens: tuple[str, ...]
    joins: tuple[str, ...]
    piece_opens: tuple[str, ...]
    piece_joins: tuple[str, ...]
    piece_names_nothing: tuple[str, ...]
    points_back: tuple[str, ...]
    turn_opens: tuple[str, ...]
    choice_opens: tuple[str, ...]
    choice_begins: tuple[str, ...]
    talk_opens: tuple[str, ...]
    talk_asks: tuple[str, ...]
    talk_subjects: tuple[str, ...]
    talk_speakers: tuple[str, ...]
    talk_said: tuple[str, ...]
    phrase_opens: tuple[str, ...]
    belongs: tuple[str, ...]
    calls: tuple[str, ...]


WORDS = own(QuestionWords, "question_words")
