"""What is valid and still not good, each lint on a folder that has nothing else wrong."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.core import matching
from bot.core.knowledge.folder import read_folder
from bot.core.knowledge.lints import lint
from bot.core.knowledge.loader import load, load_folder
from bot.core.subcommands import RESERVED

MODELINE = "# yaml-language-server: $schema=../schema/claims.json\n"

DEPTH = [
    "how deep should the sled go",
    "how low do i lower it",
    "what depth is right for my hips",
    "where is the bottom of the movement",
    "is ninety degrees deep enough",
    "going lower than parallel, good idea",
    "depth for short people",
    "when do i stop lowering",
    "range of motion at the bottom",
    "how far down is far enough",
]
LOCKOUT = [
    "is locking out bad",
    "should knees be straight at the top",
    "do i extend fully",
    "lockout breaks knees, true",
    "how straight may a leg get",
    "soft knees or snapped straight",
    "can i rest with straight legs",
    "full extension every rep",
    "why do people fear locked knees",
    "keep a slight bend at the end",
]


def claim(id_: str, questions: list[str], **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "title": f"About {id_}",
        "claim": "A statement.",
        "verdict": "mixed",
        "confidence": "low",
        "answer": "An answer.",
        "questions": questions,
        "sources": ["bohannon1985"],
        **more,
        "lead": "Do this.",
    }


class Knowledge:
    """A folder on disk that has no warning, and what to change in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "claims").mkdir()
        self.files: dict[str, Any] = {
            "claims/depth": [claim("deep", list(DEPTH))],
            "claims/lockout": [claim("straight", list(LOCKOUT))],
            "sources": [{"id": "bohannon1985", "title": "A study", "authors": "Bohannon RW", "cite_ready": True}],
        }

    def warnings(self) -> list[str]:
        """Write the files and return their warnings as `file:line: message`."""
        for name, entries in self.files.items():
            text = MODELINE + yaml.safe_dump(entries, sort_keys=False, width=1000)
            (self.root / f"{name}.yaml").write_text(text, encoding="utf-8")
        loaded = load_folder(read_folder(self.root))
        assert loaded.knowledge is not None, loaded.faults
        known = loaded.knowledge
        matcher = matching.build(known.claims.values(), vocabulary=known.vocabulary, out_of_scope=known.out_of_scope)
        return [f"{Path(fault.file).name}:{fault.line}: {fault.message}" for fault in lint(loaded, matcher)]


@pytest.fixture
def knowledge(tmp_path: Path) -> Knowledge:
    return Knowledge(tmp_path)


def deep(knowledge: Knowledge) -> dict[str, Any]:
    found: dict[str, Any] = knowledge.files["claims/depth"][0]
    return found


def test_a_good_folder_has_no_warning(knowledge: Knowledge) -> None:
    assert knowledge.warnings() == []


def test_a_related_claim_that_is_missing_is_told_with_the_nearest_name(knowledge: Knowledge) -> None:
    deep(knowledge)["related"] = ["straigt"]
    assert knowledge.warnings() == [
        "depth.yaml:23: there is no claim 'straigt' (did you mean 'straight'?); name one, or remove it"
    ]


@pytest.mark.parametrize(
    ("related", "message"),
    [
        (["deep"], "a claim is not related to itself; remove this entry"),
        (["straight", "straight"], "'straight' stands twice; remove this entry"),
    ],
)
def test_a_related_claim_that_says_nothing_is_told(knowledge: Knowledge, related: list[str], message: str) -> None:
    deep(knowledge)["related"] = related
    (warning,) = knowledge.warnings()
    assert warning.endswith(message)


def test_a_source_that_is_missing_not_citable_or_repeated_is_told(knowledge: Knowledge) -> None:
    deep(knowledge)["sources"] = ["bohannon1985", "bohanon1985", "draft2020", "bohannon1985"]
    knowledge.files["sources"].append({"id": "draft2020", "title": "Another", "authors": "Doe J", "cite_ready": False})
    first, second, third = knowledge.warnings()
    assert "there is no source 'bohanon1985' (did you mean 'bohannon1985'?)" in first
    assert "'draft2020' is not cite_ready, so it will not be shown" in second
    assert "'bohannon1985' stands twice" in third


def test_a_source_that_no_claim_cites_is_told_at_its_id(knowledge: Knowledge) -> None:
    knowledge.files["sources"].append({"id": "lonely2019", "title": "Another", "authors": "Doe J", "cite_ready": True})
    assert knowledge.warnings() == ["sources.yaml:6: no claim cites the source 'lonely2019'; cite it, or remove it"]


def test_fewer_than_ten_questions_are_told_with_their_number(knowledge: Knowledge) -> None:
    del deep(knowledge)["questions"][9]
    assert knowledge.warnings() == ["depth.yaml:8: 'deep' has 9 of 10 questions; add other ways in which people ask it"]


def test_the_same_question_under_two_claims_is_told_however_it_is_written(knowledge: Knowledge) -> None:
    knowledge.files["claims/depth"].append(claim("deeper", ["How LOW do I lower it??", *(f"{q} now" for q in DEPTH)]))
    (warning,) = [each for each in knowledge.warnings() if "stands under" in each]
    assert "this question stands under 'deep' too (" in warning
    assert "depth.yaml:10); keep it under one claim" in warning


def test_the_same_question_twice_in_a_claim_is_told_with_the_first_line(knowledge: Knowledge) -> None:
    deep(knowledge)["questions"].append("is ninety degrees deep enough?")
    assert knowledge.warnings() == [
        "depth.yaml:19: this question stands in the same claim at line 13; remove one of them"
    ]


def test_a_question_that_its_own_claim_excludes_is_told(knowledge: Knowledge) -> None:
    deep(knowledge)["not"] = ["how low do I lower it?"]
    warnings = [each for each in knowledge.warnings() if "keep it in one of the two" in each]
    assert warnings == ["depth.yaml:23: this stands under `questions` of the same claim too; keep it in one of the two"]


def test_a_question_of_another_claim_is_never_said_to_be_of_no_claim(knowledge: Knowledge) -> None:
    deep(knowledge)["not"] = [LOCKOUT[0]]
    told = "depth.yaml:23: 'straight' answers this; `not` is for what no claim answers, so remove it"
    assert [each for each in knowledge.warnings() if "no claim answers" in each] == [told]


def test_a_question_that_is_an_example_of_out_of_scope_too_is_told(knowledge: Knowledge) -> None:
    knowledge.files["out_of_scope"] = [{"about": "other things", "questions": ["bench press", "Is locking out bad?"]}]
    warnings = [each for each in knowledge.warnings() if "keep it in one of the two" in each]
    assert warnings == [
        "out_of_scope.yaml:5: this stands under `questions` of 'straight' too; keep it in one of the two"
    ]


def checklist_step(**more: Any) -> dict[str, Any]:
    return {"phase": "before", "claim": "deep", "step": "Sit down.", **more}


def test_a_step_of_the_checklist_that_its_claim_has_is_no_warning(knowledge: Knowledge) -> None:
    deep(knowledge)["do"] = ["Sit down."]
    knowledge.files["checklist"] = [checklist_step(say="Be seated.", machines=["sled"], goals=["back"])]
    assert knowledge.warnings() == []


def test_a_step_of_the_checklist_that_was_reworded_is_told_with_its_new_words(knowledge: Knowledge) -> None:
    deep(knowledge)["do"] = ["Sit right down.", "Press."]
    knowledge.files["checklist"] = [checklist_step()]
    assert knowledge.warnings() == [
        "checklist.yaml:4: 'deep' has no such step (did you mean 'Sit right down.'?)"
    ]  # fmt: skip


def test_a_step_of_the_checklist_without_its_claim_is_told(knowledge: Knowledge) -> None:
    knowledge.files["checklist"] = [checklist_step(claim="depe"), checklist_step(step="Fly.")]
    first, second = knowledge.warnings()
    assert first == "checklist.yaml:3: there is no claim 'depe' (did you mean 'deep'?); name one"
    assert second.endswith("'deep' has no such step; write it as it stands under `do` of 'deep'")


def condition(**more: Any) -> dict[str, Any]:
    return {"claim": "deep", "name": "a new hip", "says": ["new hip"], **more}


def test_a_condition_whose_claims_are_there_is_no_warning(knowledge: Knowledge) -> None:
    knowledge.files["conditions"] = {"conditions": [condition(keeps_from=["straight"])]}
    assert knowledge.warnings() == []


def test_conditions_without_their_claim_and_one_that_stands_twice_are_told(knowledge: Knowledge) -> None:
    knowledge.files["conditions"] = {
        "conditions": [condition(), condition(), condition(claim="depe", keeps_from=["x1"])]
    }
    twice, gone, kept = knowledge.warnings()
    assert twice.endswith("'deep' stands here twice; put the words together, or give it an `id`")
    assert gone.endswith("there is no claim 'depe' (did you mean 'deep'?); name one")
    assert kept.endswith("there is no claim 'x1'; name one")


def test_names_of_conditions_groups_and_claims_that_are_gone_are_told_where_they_stand(knowledge: Knowledge) -> None:
    one = condition(avoids=["spede"], instead_of=["hip"], rather={"deep": "dep"}, lets=["deeep"])
    knowledge.files["conditions"] = {
        "conditions": [one, condition(id="other")],
        "asks_for": {"speed": ["fats"]},
        "always": ["x1"],
        "harmless_to_all": ["x2"],
    }
    group, other, better, let, asked, always, harmless = knowledge.warnings()
    assert let.endswith("there is no claim 'deeep' (did you mean 'deep'?); name one")
    assert re.match(r"conditions\.yaml:\d+: there is no claim 'x2'; name one", harmless)
    assert group.endswith("there is no group 'spede' (did you mean 'speed'?); name one")
    assert "there is no condition 'hip'" in other
    assert better.endswith("there is no claim 'dep' (did you mean 'deep'?); name one")
    assert "there is no claim 'fats'" in asked
    assert always.endswith("there is no claim 'x1'; name one")


def test_claims_that_are_gone_are_told_where_what_hurts_names_them(knowledge: Knowledge) -> None:
    hurts = {"first": "{it} first.", "wishes": ["x1"], "told": ["{it} .. {pain}"], "done": [], "felt": []}
    places = [{"claim": "x2", "felt": "x3", "name": "Knees", "names": ["knee/knees"]}]
    knowledge.files["conditions"] = {"conditions": [], "hurts": hurts | {"places": places}}
    assert [warning.partition(": ")[2] for warning in knowledge.warnings()] == [
        f"there is no claim '{name}'; name one" for name in ("x1", "x2", "x3")
    ]


@pytest.mark.parametrize("said", ["New Hip", "new hip ..", "<70>", "a//b", ""])
def test_a_saying_that_cannot_be_read_is_a_fault(knowledge: Knowledge, said: str) -> None:
    knowledge.files["conditions"] = {"conditions": [condition(says=[said])]}
    with pytest.raises(AssertionError):
        knowledge.warnings()
    loaded = load_folder(read_folder(knowledge.root))
    assert loaded.knowledge is None
    assert all(fault.file.endswith("conditions.yaml") for fault in loaded.faults)


def test_a_question_that_the_matcher_sends_to_another_topic_is_told(knowledge: Knowledge) -> None:
    knowledge.warnings()
    matcher = matching.build(load(knowledge.root).claims.values())
    deep(knowledge)["questions"].append("is locking out bad for knees that are straight")
    knowledge.warnings()
    loaded = load_folder(read_folder(knowledge.root))
    (fault,) = lint(loaded, matcher)
    assert fault.line == 19
    assert fault.message == "the matcher sends this question to 'straight'; word it apart, or move it there"


def test_a_question_without_words_is_told(knowledge: Knowledge) -> None:
    deep(knowledge)["questions"].append("???")
    assert knowledge.warnings() == ["depth.yaml:19: this question has no words; write it out"]


def test_a_topic_named_like_a_command_is_told_at_its_entry(knowledge: Knowledge) -> None:
    knowledge.files["claims/report"] = knowledge.files.pop("claims/depth")
    knowledge.files["topics"] = [{"id": "report", "title": "T", "description": "D", "leading": "deep"}]
    assert knowledge.warnings() == ["topics.yaml:2: '/legpress report' is a name the bot uses itself; rename the topic"]


def test_topics_beyond_discords_limit_are_told_in_their_own_file_where_topics_yaml_is_silent(
    knowledge: Knowledge,
) -> None:
    knowledge.files["topics"] = [{"id": "depth", "title": "T", "description": "D", "leading": "deep"}]
    for i in range(25 - len(RESERVED) - 1):
        knowledge.files[f"claims/more-{i:02}"] = [claim(f"extra-{i}", [f"{q} variant{i}" for q in LOCKOUT])]
    (warning,) = [each for each in knowledge.warnings() if "subcommands" in each]
    assert warning == (
        "more-16.yaml:2: Discord shows 25 subcommands: 'more-16' gets none and is reached through /legpress ask"
    )


def test_a_choice_too_long_for_autocomplete_is_told(knowledge: Knowledge) -> None:
    deep(knowledge)["title"] = "t" * 60
    knowledge.files["topics"] = [{"id": "depth", "title": "T" * 40, "description": "D", "leading": "deep"}]
    assert knowledge.warnings() == [
        "depth.yaml:3: with its topic's title this has 103 characters, a choice shows 100; shorten it"
    ]


def test_a_drawing_that_is_not_there_is_told_with_the_nearest_name(knowledge: Knowledge) -> None:
    deep(knowledge)["picture"] = "positons"
    assert knowledge.warnings() == ["depth.yaml:22: there is no drawing 'positons' (did you mean 'positions'?)"]


def test_a_file_whose_first_line_names_no_schema_is_told(knowledge: Knowledge) -> None:
    knowledge.warnings()
    path = knowledge.root / "claims/depth.yaml"
    path.write_text(path.read_text().removeprefix(MODELINE))
    loaded = load_folder(read_folder(knowledge.root))
    assert loaded.knowledge is not None
    (fault,) = lint(loaded, matching.build(loaded.knowledge.claims.values()))
    assert (fault.line, fault.column) == (1, 1)
    assert "the first line does not name the schema" in fault.message


def test_warnings_come_in_the_order_of_files_and_lines(knowledge: Knowledge) -> None:
    deep(knowledge)["related"] = ["nowhere", "deep"]
    knowledge.files["claims/lockout"][0]["related"] = ["elsewhere"]
    places = [each.rsplit(": ", 1)[0].split(": ")[0] for each in knowledge.warnings()]
    assert places == ["depth.yaml:23", "depth.yaml:24", "lockout.yaml:23"]


def test_a_migration_that_stopped_half_way_is_told_at_each_claim_that_is_left(knowledge: Knowledge) -> None:
    (knowledge.root / "questions").mkdir()
    text = "# yaml-language-server: $schema=../schema/questions.json\ndeep:\n  questions: [how far down may it come]\n"
    (knowledge.root / "questions" / "depth.yaml").write_text(text, encoding="utf-8")
    (warning,) = knowledge.warnings()
    assert warning.startswith("depth.yaml:8: 'deep' holds wordings here while ")
    assert warning.endswith("both are used: `legpress check --migrate` moves them there")
