"""Drafts from what people write: only their words, tidied, each where it belongs."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.fields import MOST, Fields, made_id
from bot.core.likely_wordings import Shapes
from bot.core.model import Knowledge
from bot.core.teaching import taught
from bot.core.vetting import vet

SHAPES = Shapes(
    begins=("keep", "stop", "set", "put", "lock"),
    asks=("how", "what"),
    greets=("hey", "hi", "good morning"),
    called=("man", "all", "everyone"),
    polite=("good question", "hope that helps", "cheers"),
    announces=("here", "do this"),
    softens=("then", "just", "don't"),
    leans=("in", "it", "please"),
    yes_or_no=("nah", "no"),
    subjects_said=("you",),
    written={"dont": "don't", "pls": "please", "ur": "your", "whats": "what's"},
)
CALVES = (
    "Calf raises on the leg press are fine. Keep the handles within reach. "
    "Most people use far less weight than for presses."
)


def fields(answer: str, question: str = "", title: str = "") -> Fields:
    return taught(answer, question, title, SHAPES).fields


def test_the_statement_the_first_line_and_the_answer_are_told_apart() -> None:
    made = fields(CALVES, "can i do calf raises on it?")
    assert made.title == "Can I do calf raises on it"
    assert made.claim == "Calf raises on the leg press are fine."
    assert made.lead == "Keep the handles within reach."
    assert made.answer == "Most people use far less weight than for presses."
    assert made.questions == "can i do calf raises on it?"


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("can i train when i'm sore?", "Can I train when I'm sore"),
        ("is it ok if i do", "Is it ok if I do"),
        ("what does i.e. mean on the plan", "What does i.e. mean on the plan"),
        ("is the wifi in iron corner on", "Is the wifi in iron corner on"),
    ],
)
def test_a_title_says_i_as_it_is_written(asked: str, title: str) -> None:
    assert fields(CALVES, asked).title == title


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "1. ", "2) ", "① ", "- [ ] "])
def test_a_list_becomes_steps_and_its_heading_goes(mark: str) -> None:
    made = fields(f"Mondays are full here all day.\nDo this:\n{mark}come at noon\n{mark}ask at the desk")
    assert made.do == "Come at noon.\nAsk at the desk."
    assert made.claim == "Mondays are full here all day."
    assert "Do this" not in made.answer


@pytest.mark.parametrize(
    ("said", "heading"),
    [
        ("Yes, between your own sets.", "Between your own sets"),
        ("Nope! The stops are too low.", "The stops are too low"),
        ("No weight is too light.", "No weight is too light"),
        ("Yes.", "Yes"),
        ("Mondays and Thursdays are leg days here, so come on a Tuesday.", "Mondays and Thursdays are leg days here"),
        (
            "Well, whoever wants the sled on a Monday evening has to book it.",
            "Well, whoever wants the sled on a Monday evening has to",
        ),
    ],
)
def test_a_heading_made_of_an_answer_begins_after_its_yes_or_no(said: str, heading: str) -> None:
    assert taught(said).fields.title == heading


@pytest.mark.parametrize(
    ("above", "asked", "statement"),
    [
        ("How we do it:", "how do i leave it?", "How do I leave it? Rack the plates."),
        ("How we do it:", "", "How we do it: Rack the plates."),
        ("Here's the order on Mondays:", "how do i leave it?", "How do I leave it? Rack the plates."),
        ("Steps:", "", "Steps: Rack the plates."),
        ("Three rules hold on Mondays:", "how do i leave it?", "Three rules hold on Mondays: Rack the plates."),
        ("", "how do i leave it?", "How do I leave it? Rack the plates."),
        ("Mondays are full here.", "how do i leave it?", "Mondays are full here."),
    ],
)
def test_what_stands_above_a_list_is_no_statement_without_its_first_entry(
    above: str, asked: str, statement: str
) -> None:
    made = fields(f"{above}\n- rack the plates\n- wipe the seat", asked)
    assert (made.claim, made.do) == (statement, "Rack the plates.\nWipe the seat.")
    assert not made.answer.startswith("How we do it")


@pytest.mark.parametrize(
    "said",
    [
        "Hey\nThe plates live under the mirror. They go back there.",
        "hey man the plates live under the mirror. They go back there.",
        "Hi Sam, the plates live under the mirror. They go back there. Hope that helps!",
        "Hi <@123456>, the plates live under the mirror. They go back there, cheers",
        "Good morning everyone! Good question! The plates live under the mirror. They go back there. Cheers, Dana 😊",
        "👋 Hi all 👋\nThe plates live under the mirror.\nHope that helps 😊\nThey go back there.",
    ],
)
def test_a_greeting_and_what_is_only_polite_go(said: str) -> None:
    made = fields(said)
    assert made.title == "The plates live under the mirror"
    assert (made.claim, made.answer) == ("The plates live under the mirror.", "They go back there.")


@pytest.mark.parametrize(
    ("said", "statement"),
    [
        ("Hey stop, nobody is hurt by that here", "Stop, nobody is hurt by that here."),
        ("Hi-bar squats are fine in this rack", "Hi-bar squats are fine in this rack."),
        ("Hidden plates are under the mirror", "Hidden plates are under the mirror."),
        ("hey", "Hey."),
        ("Good question!", "Good question!"),
    ],
)
def test_what_only_looks_like_a_greeting_stays(said: str, statement: str) -> None:
    assert fields(said).claim == statement


def test_one_dash_is_no_list() -> None:
    made = fields("- come at noon when you can, it is empty then")
    assert made.do == ""
    assert made.claim == "Come at noon when you can, it is empty then."


def test_marks_mentions_and_links_go_and_a_link_is_told_of() -> None:
    found = taught(
        "**Come** at ||noon|| <@123456>, the [house rules](https://example.org/x) say so. More: https://a.b/c"
    )
    assert found.fields.claim == "Come at noon, the house rules say so."
    assert "More" not in found.fields.answer
    assert len(found.left_out) == 1


def test_quoted_lines_are_somebody_elses_words() -> None:
    assert (
        fields("> when is it free\nIt is free before four on weekdays.").claim == "It is free before four on weekdays."
    )


def test_four_thousand_characters_fit_and_the_end_is_told_of() -> None:
    found = taught("It is free before four on weekdays. " + "And so on it goes for ever here. " * 125)
    assert len(found.fields.answer) <= 350
    assert len(found.fields.why) <= 1200
    assert len(found.left_out) == 1


@pytest.mark.parametrize(
    "nothing", ["", "   ", "https://example.org/picture.png", "<@123456>", "> only a quote", "🙂🙂"]
)
def test_where_no_words_stand_nothing_is_drafted(nothing: str) -> None:
    assert fields(nothing) == Fields()


def test_a_story_is_no_question() -> None:
    assert fields(CALVES, "so i went to the gym " * 20).questions == ""
    assert fields(CALVES, "so i went to the gym. " * 20 + "can i do calf raises?").questions == "can i do calf raises?"


@pytest.mark.parametrize(
    ("said", "asked", "statement", "shown"),
    [
        ("yes", "can i leave my plates on?", "Can I leave my plates on? Yes.", "Yes."),
        ("Yep, till 10.", "are you open on sundays", "Are you open on sundays? Yep, till 10.", "Yep, till 10."),
        ("NO. The stops stay in.", "can i take the stops out?", "Can I take the stops out? NO.", "The stops stay in."),
        ("45 kg", "how much does the sled weigh", "How much does the sled weigh? 45 kg.", "45 kg."),
        ("No weight is too light.", "is 20 kg fine?", "No weight is too light.", "No weight is too light."),
        ("It is, from nine to three.", "", "It is, from nine to three.", "It is, from nine to three."),
    ],
)
def test_what_states_nothing_alone_has_its_question_before_it(
    said: str, asked: str, statement: str, shown: str
) -> None:
    made = fields(said, asked)
    assert (made.claim, made.answer) == (statement, shown)


def test_one_sentence_without_a_question_has_a_heading_that_ends_at_its_pause() -> None:
    made = fields("chalk is fine, just wipe it off after")
    assert (made.title, made.claim) == ("Chalk is fine", "Chalk is fine, just wipe it off after.")


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("keep your heels down and don't lock out", "Keep your heels down and don't lock out"),
        ("keep your heels down and then stop", "Keep your heels down"),
        ("keep your heels down and your toes up", "Keep your heels down and your toes up"),
        ("the sled and stop pins are oiled", "The sled and stop pins are oiled"),
    ],
)
def test_of_two_things_to_do_in_one_sentence_the_first_is_the_heading(said: str, title: str) -> None:
    assert fields(said).title == title


@pytest.mark.parametrize(
    ("said", "asked", "statement"),
    [
        ("in the box under the stairs", "where are the bands", "Where are the bands? In the box under the stairs."),
        ("12 quid. Pay at the desk.", "how much is a pass", "Pay at the desk."),
        ("12 quid for one day. Pay at the desk.", "how much is a pass", "How much is a pass? 12 quid for one day."),
        ("pls dont, people trip there", "can i leave it", "Can I leave it? Please don't, people trip there."),
        ("in the box under the stairs", "", "In the box under the stairs."),
        ("Indoor shoes are worn here.", "can i wear boots", "Indoor shoes are worn here."),
    ],
)
def test_what_begins_in_the_middle_has_its_question_before_it(said: str, asked: str, statement: str) -> None:
    assert fields(said, asked).claim == statement


@pytest.mark.parametrize(
    ("said", "statement"),
    [
        ("nah you dont need a belt for that", "You don't need a belt for that."),
        ("No, you need no belt here.", "You need no belt here."),
        ("nah you can", "Nah you can."),
        ("No weight is too light.", "No weight is too light."),
    ],
)
def test_without_a_question_a_yes_or_no_before_a_statement_goes(said: str, statement: str) -> None:
    assert fields(said).claim == statement


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("just put ur feet higher tbh", "Just put your feet higher."),
        ("imo the pad is too soft, lol. Ask my bro.", "The pad is too soft."),
        ("Dont lock out your knees", "Don't lock out your knees."),
        ("set it to ur.best on the panel", "Set it to ur.best on the panel."),
    ],
)
def test_what_is_typed_in_a_hurry_is_written_out(typed: str, written: str) -> None:
    assert fields(typed).claim == written


def test_the_question_stays_a_wording_as_it_was_typed_and_its_title_is_written_out() -> None:
    made = fields(CALVES, "whats ur take on calf raises")
    assert (made.title, made.questions) == ("What's your take on calf raises", "whats ur take on calf raises")


def test_three_sentences_that_each_tell_what_to_do_are_steps() -> None:
    made = fields("Set the stops first. Then keep your heels down. Don't lock out.", "how do i press")
    assert made.do == "Set the stops first.\nThen keep your heels down.\nDon't lock out."
    assert made.claim == "How do I press? Set the stops first."
    assert fields("Set the stops first. Then keep your heels down.", "how do i press").do == ""
    assert fields(f"Set the stops first. {CALVES}").do == ""


def test_a_short_fact_before_a_sentence_is_not_lost() -> None:
    made = fields("45 kg. That is without the plates, of course.", "how much does the sled weigh?")
    assert (made.claim, made.answer) == ("That is without the plates, of course.", "45 kg.")


@pytest.mark.parametrize(
    ("said", "statement"),
    [
        ("🔥 come before eight, it is empty 🔥🔥", "Come before eight, it is empty."),
        ("well... it depends... on the day i guess", "Well... it depends... on the day I guess."),
    ],
)
def test_emoji_around_it_go_and_dots_that_wait_end_no_sentence(said: str, statement: str) -> None:
    assert fields(said).claim == statement


@given(st.text(max_size=800), st.text(max_size=300))
def test_no_word_is_invented_and_every_field_fits(answer: str, question: str) -> None:
    made = taught(answer, question, shapes=replace(SHAPES, written={})).fields
    for name in ("title", "claim", "lead", "answer", "why", "do"):
        assert len(getattr(made, name)) <= MOST[name]
    assert is_part(made.claim, question + answer)
    assert is_part(made.lead, answer)


def is_part(text: str, whole: str) -> bool:
    """Say whether the letters of `text` stand in `whole`, in that order."""
    left = iter(each for each in whole.casefold() if each.isalnum())
    return all(each in left for each in text.casefold() if each.isalnum())


def test_what_is_drafted_from_a_good_answer_may_be_published() -> None:
    made = fields(
        f"{CALVES}\n1. Put the balls of your feet on the edge\n2. Keep the knees still", "can i do calf raises?"
    )
    base = Knowledge(claims={}, topics={}, sources={})
    vetted = vet(
        Fields(**{**{name: getattr(made, name) for name in made.__slots__}, "id": made_id(made.title, ())}), base
    )
    assert vetted.faults == ()
