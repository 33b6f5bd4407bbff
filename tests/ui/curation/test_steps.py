"""The forms of a claim: what they hold, and that a list too long for a field loses nothing."""

from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from bot.core.fields import LISTS, MOST, Fields
from bot.core.model import Topic
from bot.ui.curation.steps import FIRST, SECOND, STEPS, THIRD, as_text, form, received, shown_part

TOPICS = [Topic(f"topic-{number}", f"Topic {number}", "", "c") for number in range(40)]
lines = st.lists(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=900), max_size=30
)


@given(lines)
def test_what_a_field_shows_and_what_does_not_fit_are_the_whole_list(entries: list[str]) -> None:
    text = "\n".join(entries)
    shown, rest = shown_part(text, 4000)
    assert len(shown) <= 4000
    assert "\n".join([shown, *rest] if shown else rest) == text


@given(lines)
def test_sending_a_form_in_unchanged_changes_no_list(entries: list[str]) -> None:
    before = Fields(questions="\n".join(entries))
    shown, _ = shown_part(before.questions, MOST["questions"])
    after = received(FIRST, before, {"questions": shown})
    assert after.questions.split("\n")[-1:] == before.questions.split("\n")[-1:]
    assert [each for each in after.questions.split("\n") if each] == [each for each in entries if each]


def test_the_steps_ask_for_every_field_but_the_name_and_the_picture_once() -> None:
    asked = [each.name for step in STEPS for each in step.asked]
    assert len(asked) == len(set(asked))
    assert set(asked) == set(asdict(Fields())) - {"id", "picture", "confidence", "note"}
    assert all(len(step.asked) <= 5 for step in STEPS)


def test_a_form_never_holds_more_than_discord_takes() -> None:
    full = Fields(**{name: ("x" * 80 + "\n") * 200 if name in LISTS else "x" * 9000 for name in asdict(Fields())})
    for step in STEPS:
        payload = form(step, "9" * 15, 2**63, full, TOPICS).to_dict()
        assert len(payload["custom_id"]) <= 100
        assert len(payload["title"]) <= 45
        for each in payload["components"]:
            assert len(each["label"]) <= 45
            assert len(each.get("description") or "") <= 100
            inner = each["component"]
            assert len(inner.get("value") or "") <= inner.get("max_length", 0) or "options" in inner
            assert len(inner.get("options", [])) <= 25


def test_the_first_lines_of_a_long_list_say_how_many_stay_behind() -> None:
    long = Fields(questions="\n".join(f"question number {number} of many" for number in range(300)))
    [questions] = [
        each for each in form(FIRST, "1", 1, long, TOPICS).to_dict()["components"]
        if each["component"]["custom_id"] == "questions"
    ]  # fmt: skip
    assert "of 300; the others stay as they are" in questions["description"]


def test_verdict_and_confidence_are_one_choice() -> None:
    after = received(SECOND, Fields(verdict="opinion", confidence="low"), {"verdict": "mixed/high", "why": "So."})
    assert (after.verdict, after.confidence, after.why) == ("mixed", "high", "So.")


def test_what_a_form_does_not_send_stays() -> None:
    before = Fields(topic="depth", related="a", title="T")
    assert received(THIRD, before, {"related": "b"}) == Fields(topic="depth", related="b", title="T")


def test_given_back_text_names_its_fields() -> None:
    assert as_text({"title": "T", "questions": "a\nb", "do": " "}).decode() == "Title\nT\n\nQuestions\na\nb\n"
