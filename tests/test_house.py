"""How the code is built: no circles, each module that thinks has a test file that holds it, and a guide that is right."""

import ast
import re

import pytest

from tests import house

TESTED_IN = {
    "tests/cli/test_ask.py": "bot.cli bot.cli.commands bot.cli.explaining bot.core.several bot.core.first_words",
    "tests/cli/test_doctor.py": "bot.client.inspecting bot.client.invitation bot.cli.health bot.store.pulse",
    "tests/cli/test_controls.py": "bot.cli.options",
    "tests/cli/test_evaluate.py": "bot.cli.labelled bot.cli.perturbed bot.evaluation.scoreboard",
    "tests/cli/test_fit.py": "bot.cli.progress bot.bootstrap bot.core.matching.fitting",
    "tests/cli/test_logs.py": "bot.way",
    "tests/cli/test_run.py": "bot.cli.surroundings",
    "tests/cli/test_tools.py": "bot.cli.checklist bot.cli.files bot.cli.my_depth bot.cli.screening",
    "tests/client/test_bot.py": "bot.client.registering",
    "tests/client/test_desk.py": "bot.ui.kit.desk",
    "tests/cogs/test_after_stop.py": "bot.core.after_stop bot.ui.answer.held",
    "tests/cogs/test_ask.py": "bot.ui.kit.kept bot.ui.kit.responding",
    "tests/cogs/test_depth_tools.py": "bot.ui.tools.checklist_card bot.ui.tools.depth_card bot.ui.tools.spot_card",
    "tests/cogs/test_explain.py": "bot.ui.kit.asked bot.ui.answer.explaining bot.ui.answer.explain_button",
    "tests/cogs/test_forged_desks.py": "bot.ui.kit.picks bot.ui.kit.forms bot.service.access",
    "tests/cogs/test_welcome.py": "bot.ui.desks.welcome",
    "tests/cogs/test_teach.py": "bot.service.teaching bot.ui.curation.teaching",
    "tests/cogs/test_inbox.py": "bot.cogs.desks bot.ui.desks.inbox bot.ui.curation.pages bot.store.inbox",
    "tests/cogs/test_isolation.py": "bot.ui.kit.turn",
    "tests/cogs/test_knowledge_files.py": "bot.ui.curation.files",
    "tests/cogs/test_knowledge_going_back.py": "bot.ui.curation.histories",
    "tests/cogs/test_knowledge_looking.py": "bot.cogs.knowledge bot.cogs.claim_choices bot.ui.curation.browsing",
    "tests/cogs/test_knowledge_picture.py": "bot.ui.curation.own_pictures",
    "tests/cogs/test_knowledge_writing.py": "bot.ui.curation.drafting",
    "tests/cogs/test_server_sources.py": "bot.ui.curation.sources",
    "tests/cogs/test_presence.py": "bot.client.shards_seen bot.service.presence",
    "tests/cogs/test_privacy.py": "bot.ui.desks.privacy bot.store.members",
    "tests/cogs/test_release_notices.py": "bot.ui.desks.queue bot.ui.desks.orphans",
    "tests/cogs/test_settings.py": "bot.ui.desks.settings bot.ui.desks.telling bot.service.server_values bot.store.servers",
    "tests/cogs/test_stats.py": "bot.ui.desks.stats bot.service.statistics bot.client.digests bot.ui.desks.week",
    "tests/cogs/test_suggestions.py": "bot.ui.desks.suggestions bot.store.suggestions",
    "tests/core/drawing/test_pictures_as_svg.py": (
        "bot.core.drawing.pictures.* bot.core.drawing.figure bot.core.drawing.front bot.core.drawing.machine "
        "bot.core.drawing.scene bot.core.drawing.svg bot.core.drawing.registry bot.core.drawing.depth "
        "bot.core.drawing.looks bot.core.drawing.view bot.core.drawing.page"
    ),
    "tests/core/test_listener.py": "bot.core.complaints bot.core.entries bot.core.telling",
    "tests/test_words.py": "bot.core.safety.gate_words bot.core.own_words bot.core.question_words",
    "tests/core/knowledge/test_language.py": "bot.core.knowledge.language_loader bot.core.knowledge.language_schema bot.core.language",
    "tests/core/knowledge/test_loader.py": (
        "bot.core.knowledge.folder bot.core.knowledge.texts bot.core.knowledge.plain bot.core.knowledge.schema bot.core.knowledge.validate"
    ),
    "tests/core/knowledge/test_honesty.py": "bot.core.knowledge.reading",
    "tests/core/matching/test_matcher.py": "bot.core.matching.engine bot.core.matching.ranking bot.core.matching.synonyms",
    "tests/core/matching/test_model.py": (
        "bot.core.matching.closecalls bot.core.matching.concepts bot.core.matching.features bot.core.matching.learner "
        "bot.core.matching.regression bot.core.matching.signals bot.core.matching.vectors bot.core.matching.weights "
        "bot.core.matching.arrays bot.core.matching.calibration bot.core.matching.likeness bot.core.matching.state"
    ),
    "tests/core/safety/test_gate.py": "bot.core.safety bot.core.safety.fitting",
    "tests/core/safety/test_net.py": "bot.core.safety.phrasebank",
    "tests/core/safety/test_rules.py": "bot.core.safety.values",
    "tests/core/safety/test_texts.py": "bot.core.safety.text_schema",
    "tests/core/test_conditions.py": "bot.core.sayings",
    "tests/core/test_fields.py": "bot.core.vetting",
    "tests/core/test_geometry.py": (
        "bot.core.geometry.body bot.core.geometry.machine bot.core.geometry.pose bot.core.geometry.search"
    ),
    "tests/core/test_my_depth.py": "bot.core.my_depth.inputs bot.core.my_depth.result bot.core.my_depth.stop bot.core.my_depth.words",
    "tests/core/test_overlay.py": "bot.core.diff",
    "tests/core/test_scrub.py": "bot.service.recording",
    "tests/deploy/test_monitoring.py": "bot.client.metrics",
    "tests/faults/test_ending.py": "bot.cli.early bot.client.ending",
    "tests/faults/test_events.py": "bot.client.doors",
    "tests/faults/test_machines.py": "bot.client.sharding bot.store.leases",
    "tests/faults/test_seeing.py": "bot.client.port bot.client.watchdog bot.measures",
    "tests/faults/test_sending.py": "bot.ui.answer.sending",
    "tests/playground/test_browser.py": (
        "bot.playground bot.playground.scene bot.playground.community bot.playground.past bot.playground.tries"
    ),
    "tests/safety/test_after_stops.py": "bot.core.safety.next_messages",
    "tests/service/test_conditions.py": "bot.service.conversations bot.service.for_them",
    "tests/service/test_curation.py": "bot.service.draft_values bot.service.drafts bot.service.workshop",
    "tests/service/test_departed.py": "bot.store.copies",
    "tests/service/test_dialogues.py": "bot.service.basis bot.service.follow_ups bot.service.onward",
    "tests/service/test_leads.py": "bot.core.brief",
    "tests/service/test_service.py": "bot.service.guard bot.service.messages bot.service.claim_texts",
    "tests/service/test_uncovered.py": "bot.core.matching.covering",
    "tests/store/test_backup.py": "bot.store.backup_postgres bot.store.revisions bot.store.store",
    "tests/store/test_connections.py": "bot.store.database",
    "tests/store/test_listening.py": "bot.service.watching",
    "tests/store/test_migrate.py": "bot.store.migrations.* bot.store.tables",
    "tests/store/test_room.py": "bot.store.drafts",
    "tests/test_config.py": "bot.config.names bot.config.reading bot.config.settings bot.config.shards bot.config.values",
    "tests/test_knowledge.py": "bot.cli.check bot.core.knowledge.file_kinds",
    "tests/test_privacy_page.py": "bot.store.marks bot.store.tallies",
    "tests/ui/curation/test_previews.py": "bot.service.checks",
    "tests/ui/test_buttons.py": "bot.ui.answer.actions bot.ui.answer.feedback",
    "tests/ui/test_card.py": "bot.ui.answer.citations bot.ui.kit.layout bot.ui.answer.replies bot.ui.answer.sections",
    "tests/ui/test_doors.py": "bot.ui.kit.faults bot.ui.kit.pressable",
    "tests/ui/test_explanation_card.py": "bot.service.explained",
    "tests/ui/test_registry.py": "bot.ui.kit.handlers",
}
"""Modules without a test file of their own name, by the file that holds what they do."""

NOT_ALONE = {
    "bot.errors": "only names the errors; what raises them is tested",
    "bot.core.model": "the values that everything passes on, with hardly anything to compute",
    "bot.core.matching.explanation": "only names what an explanation holds; test_explaining.py fills it",
    "bot.pictures.shipped": "lists the pictures that pictures/test_documented_pictures.py draws",
    "bot.store.plain": "turns a row into a dict, in every test of the store",
}
"""Modules without any test file that could be named, each with the reason."""


def _listed() -> dict[str, list[str]]:
    """Return where each module is listed, a name that ends in `.*` standing for all below it."""
    found: dict[str, list[str]] = {}
    for where, names in [*TESTED_IN.items(), *((reason, name) for name, reason in NOT_ALONE.items())]:
        for name in names.split():
            below = name.removesuffix("*")
            for module in house.thinking() if name.endswith(".*") else [name]:
                if module == name or (below != name and module.startswith(below)):
                    found.setdefault(module, []).append(where)
    return found


def test_no_modules_import_each_other_in_a_circle_not_for_types_only_either() -> None:
    assert house.circles(house.imports()) == []


PACKAGES = sorted({module.rpartition(".")[0] for module in house.files()} - {""})


@pytest.mark.parametrize("package", PACKAGES)
def test_the_rooms_of_a_package_stand_above_each_other(package: str) -> None:
    assert house.circles(house.rooms(package)) == [], (
        "a folder and its neighbour import each other: move what both need"
    )


MOST_FLOORS, MOST_ARROWS = 6, 85


def test_the_rooms_of_ui_are_few_floors_with_few_arrows() -> None:
    rooms = house.rooms("bot.ui")
    height, climbs = house.floors(rooms)
    assert height <= MOST_FLOORS, f"{height} floors: see which import makes the chain, and whether it is needed"
    assert sum(map(len, rooms.values())) <= MOST_ARROWS
    assert climbs == 0


def test_a_circle_would_be_found() -> None:
    graph = {"a": frozenset("b"), "b": frozenset("c"), "c": frozenset("a"), "d": frozenset("a")}
    assert house.circles(graph) == [frozenset("abc")]
    assert house.floors({"a": frozenset("b"), "b": frozenset(), "c": frozenset("a")}) == (3, 0)
    assert house.floors({"a": frozenset("b"), "b": frozenset("a")}) == (2, 1)


def test_each_module_that_thinks_has_a_test_file_of_its_name_or_is_listed_with_the_one_that_holds_it() -> None:
    listed = _listed()
    alone = {module for module in house.thinking() if house.own_test(module) is None}
    assert sorted(alone - set(listed)) == [], "write a test file of its name, or list the one that holds it"
    assert sorted(set(listed) - alone) == [], "it has a test file of its own, or is gone: take it off the list"
    assert [module for module, where in listed.items() if len(where) > 1] == []


@pytest.mark.parametrize("file", TESTED_IN)
def test_the_files_on_the_list_are_there(file: str) -> None:
    assert (house.ROOT / file).is_file()


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('"""Docs."""\n\nX = 1  # why\n"""What X is."""\n# a comment\n', 1),
        ("def f(\n    a,\n):\n    '''Docs\n    go on.'''\n    return (a,\n\n            a)\n", 5),
    ],
)
def test_lines_of_code_leave_out_comments_docstrings_and_blanks(source: str, lines: int) -> None:
    assert house.code_lines(source) == lines


GUIDE = (house.ROOT / "docs/architecture.md").read_text(encoding="utf-8")


def test_the_picture_of_the_guide_is_todays() -> None:
    assert f"```mermaid\n{house.picture()}\n```" in GUIDE, "put in what `python -m tests.house picture` prints"


@pytest.mark.parametrize("place", re.findall(r"`(bot[\w.]+:[\w.]+)`", GUIDE))
def test_what_the_walks_of_the_guide_name_is_there(place: str) -> None:
    module, _, name = place.partition(":")
    body: list[ast.stmt] = house.tree(module).body
    for part in name.split("."):
        found = [node for node in body if isinstance(node, house.DEFINES) and node.name == part]
        assert found, f"{module} has no {name}"
        body = found[0].body


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:bot|knowledge|tests)/[\w/.]+)`", GUIDE))))
def test_the_files_that_the_guide_names_are_there(path: str) -> None:
    assert (house.ROOT / path).exists() or path == "knowledge/safety/languages/it.yaml"


def test_the_guide_says_of_each_long_module_why_it_is_one() -> None:
    told = set(re.findall(r"^\| `(bot/[\w/]+\.py)` \|", GUIDE, re.MULTILINE))
    assert len(house.long_modules()) > 3
    assert sorted(house.long_modules() - told) == [], "split it, or say in docs/architecture.md why it is one"


def test_all_that_can_be_pressed_can_be_listed() -> None:
    listed = list(house.pressed())
    assert len(listed) > 100
    assert len({(sort, kind) for sort, kind, _, _ in listed}) == len(listed)
    assert all(re.fullmatch(r"bot\.ui\.[\w.]+:[\w.<>]+", action) for _, _, action, _ in listed)


def test_no_list_of_words_hides_in_python() -> None:
    assert house.word_lists() == {}, (
        'put the words into knowledge/language/en/ (docs/architecture.md, "Add a list of words"), or say in NO_WORDS why they are none'
    )
    found = house.all_lists()
    fewer = {name: most for name, (most, _) in house.NO_WORDS.items() if len(found.get(name, ())) < most}
    assert fewer == {}, "there are fewer now: lower the number in NO_WORDS"


@pytest.mark.parametrize(
    "code",
    [
        "X = frozenset({'a', 'an', 'the', 'of', 'to', 'in', 'on', 'at'})",
        "X = 'a an the of to in on at'.split()",
        "X = {'im': 'i am', 'u': 'you', 'r': 'are', 'n': 'and', 'w': 'with', 'b': 'be', 'lol': '', 'pls': 'please'}",
        "X = re.compile(r'(?:is|are|was|were|have|has|does|did) it')",
        'X = """\\na an the of\nto in on at\\n"""',
    ],
)
def test_a_list_of_words_would_be_found(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "tree", lambda _: ast.parse(code))
    assert len([*house._collections("any"), *house._patterns("any")]) == 1


def test_no_sentence_for_people_hides_in_python() -> None:
    assert house.sentences() == {}, (
        'put it into bot/sentences/en/ (docs/architecture.md, "Say something new"), or say in NOT_FOR_PEOPLE why not'
    )
    found = house.long_texts()
    fewer = {name: most for name, (most, _) in house.NOT_FOR_PEOPLE.items() if len(found.get(name, ())) < most}
    assert fewer == {}, "there are fewer now: lower the number in NOT_FOR_PEOPLE"
