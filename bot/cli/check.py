"""`legpress check` and `legpress schema`: is this knowledge valid, and is it good."""

import json
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.files import replace_file, write_file
from bot.cli.options import cache, knowledge_folder, knowledge_option
from bot.cli.terminal import echo
from bot.sentences import say

if TYPE_CHECKING:  # late at run time: `schema` needs none of them
    from bot.cli.progress import Stages
    from bot.core.knowledge.confusions import Confusion
    from bot.core.knowledge.folder import Folder
    from bot.core.knowledge.loader import Loaded
    from bot.core.model import Knowledge
    from bot.errors import Fault
    from bot.store.cache import FileCache


MOST_CONFUSIONS, MOST_EXAMPLES = 30, 3


@click.command("check", short_help=say("terminal.check.check"))
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--strict", is_flag=True, help=say("terminal.check.check_strict"))
@click.option(
    "--confusions",
    is_flag=True,
    help=say("terminal.check.check_confusions"),
)
@click.option("--migrate", is_flag=True, help=say("terminal.check.check_migrate"))
@click.option("--links", is_flag=True, help=say("terminal.check.check_links"))
@click.option("--stale", type=click.IntRange(min=0), metavar="MONTHS", help=say("terminal.check.check_stale"))
@click.option("--suggest", metavar="CLAIM", help=say("terminal.check.check_suggest"))
@click.option("--reading", is_flag=True, help=say("terminal.check.check_reading"))
@knowledge_option
@click.pass_context
def check_command(
    ctx: click.Context,
    folder: Path | None,
    *,
    strict: bool,
    confusions: bool,
    migrate: bool,
    links: bool,
    stale: int | None,
    reading: bool,
    suggest: str | None,
) -> None:
    """List every fault of DIR as file:line:column with what to write instead, then warnings.

    Without DIR: the folder given with --knowledge, else the shipped knowledge. Exit code 1 where anything is faulty.
    """
    from bot.bootstrap import fitted_matcher, shipped_knowledge
    from bot.cli.progress import Stages
    from bot.core.knowledge.folder import read_folder
    from bot.core.knowledge.lints import lint
    from bot.core.knowledge.loader import load_folder

    if found := _sentence_faults():
        for fault in found:
            echo(str(fault))
        echo(say("terminal.check.faulty_sentences", count=_count(len(found), "fault")), err=True)
        ctx.exit(1)
    kept, stages = cache(), Stages(say("terminal.check.checking"))
    root = folder or knowledge_folder() or shipped_knowledge()
    files = read_folder(root)
    loaded = load_folder(files)
    if migrate and loaded.knowledge is not None:
        _migrate(files, loaded.knowledge)
        loaded = load_folder(read_folder(root))
    if loaded.knowledge is None:
        for fault in loaded.faults:
            echo(str(fault))
        echo(
            say("terminal.check.faulty", count=_count(len(loaded.faults), "fault"), root=root),
            err=True,
        )
        ctx.exit(1)
    matcher = fitted_matcher(loaded.knowledge, kept, stages.stage("Reading the knowledge"))
    asking = stages.stage("Asking each wording")
    warnings = lint(loaded, matcher, asking.told)
    asking.done()
    for warning in warnings:
        echo(f"{warning.file}:{warning.line}:{warning.column}: warning: {warning.message}")
    knowledge = loaded.knowledge
    questions = sum(len(claim.questions) for claim in knowledge.claims.values())
    echo(
        f"{root} is valid: {_count(len(knowledge.claims), 'claim')} in {_count(len(knowledge.topics), 'topic')}, "
        f"{_count(questions, 'question')}, {_count(len(warnings), 'warning')}."
    )
    echo(_tried(root, kept, stages))
    if links:
        _show_links(loaded)
    if stale is not None:
        _show_stale(loaded, stale)
    if reading:
        _show_reading(knowledge)
    if suggest is not None:
        _show_likely(knowledge, root, suggest)
    if is_shipped(root):
        _show_numbers()
    unsafe = _show_safety(kept, stages) if is_shipped(root) else []
    if confusions:
        _show_confusions(loaded)
    ctx.exit(1 if strict and (warnings or unsafe) else 0)


def _sentence_faults() -> "list[Fault]":
    """Return what is wrong with the sentences that the bot says, which come with the program."""
    from bot.core.knowledge.folder import read_sentence_files
    from bot.core.knowledge.sentence_files import faults_of_sentences
    from bot.sentences import FOLDER

    return faults_of_sentences(read_sentence_files(FOLDER))


def is_shipped(root: Path) -> bool:
    """Say whether a folder is the shipped one, however it is named: then the gate's own files are judged too."""
    from bot.bootstrap import shipped_knowledge

    return root.resolve() == shipped_knowledge().resolve()


def _migrate(files: "Folder", before: "Knowledge") -> None:
    """Split a valid folder's claims files, each file whole or not at all, and say what was moved.

    Raises ConfigError where the knowledge would not be the same afterwards, or a file cannot be written.
    """
    from bot.core.knowledge.loader import load_folder
    from bot.core.knowledge.migration import migrated, with_files
    from bot.errors import ConfigError

    moved = migrated(files)
    if not moved:
        click.echo(say("terminal.check.nothing_to_move"))
        return
    if load_folder(with_files(files, moved)).knowledge != before:
        raise ConfigError(say("terminal.check.not_the_same"))
    for each in moved:
        try:
            replace_file(each.path, each.text.encode())
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            raise ConfigError(say("terminal.check.not_written", path=each.path, reason=reason)) from error
        if each.wordings:
            echo(f"{each.path}: {_count(each.wordings, 'wording')} moved here")


def _tried(root: Path, kept: "FileCache", stages: "Stages") -> str:
    """Return how much of the knowledge's own wordings is answered when members ask them."""
    from bot.bootstrap import build_service, shipped_knowledge
    from bot.service.reload import tried

    reading, asking = stages.stage("Reading the knowledge"), stages.stage(say("terminal.check.asking_as_members_do"))
    service = build_service(None if root == shipped_knowledge() else root, cache=kept, progress=reading)
    found = tried(service, told=asking.told)
    asking.done()
    return found.line()


def _show_links(loaded: "Loaded") -> None:
    """Print which cited sources hang on a link that may not last: a note, never a failed check."""
    from bot.bootstrap import load_language
    from bot.core.knowledge.upkeep import fragile

    assert loaded.knowledge is not None
    places = {source: i for i, source in enumerate(loaded.knowledge.sources)}
    found = list(fragile(loaded.knowledge, load_language(cache()).words.lasting))
    for source in found:
        message = say("terminal.check.no_lasting_link", id=source.id, link=source.link or "missing")
        echo(f"note: {loaded.documents['sources'].fault((places[source.id], 'id'), message)}")
    click.echo(say("terminal.check.without_lasting_link", count=_count(len(found), "cited source")))


def _show_likely(knowledge: "Knowledge", root: Path, claim_id: str) -> None:
    """Print how members are likely to ask about a claim, each as a line of YAML, with what it gets where it misses.

    Raises ConfigError where there is no such claim.
    """
    from bot.bootstrap import build_service
    from bot.core.likely_wordings import likely_wordings
    from bot.errors import ConfigError
    from bot.service.checks import checked

    if claim_id not in knowledge.claims:
        near = get_close_matches(claim_id, knowledge.claims, 1)
        advice = f"did you mean '{near[0]}'?" if near else say("terminal.check.name_claim_by_its_id")
        raise ConfigError(say("terminal.check.no_such_claim", claim_id=claim_id, root=root, advice=advice))
    service = build_service(root, cache=cache())
    made = likely_wordings(knowledge.claims[claim_id], service.shapes, vocabulary=knowledge.vocabulary)
    found = [checked(service, claim_id, wording) for wording in made]
    missed = [each for each in found if not each.good]
    for each in missed:
        echo(f"- {each.question}  # {each.sentence}")
    echo(
        say(
            "terminal.check.likely_wordings",
            found=len(found) - len(missed),
            of=len(found),
            claim_id=claim_id,
        )
    )


def _show_stale(loaded: "Loaded", months: int) -> None:
    """Print which claims were looked for more than `months` ago: a note, never a failed check."""
    from datetime import UTC, datetime

    from bot.core.knowledge.upkeep import stale

    assert loaded.knowledge is not None
    today = datetime.now(UTC)
    found = list(stale(loaded.knowledge, (today.year, today.month), months))
    for claim in found:
        message = say("terminal.check.stale", id=claim.id, checked=claim.checked)
        echo(f"note: {loaded.fault(claim.id, 'checked', message=message)}")
    click.echo(
        say(
            "terminal.check.stale_in_all",
            count=_count(len(found), "claim"),
            months=_count(months, "month"),
        )
    )


def _show_reading(knowledge: "Knowledge") -> None:
    """Print the reading grade of what members read."""
    from bot.core.knowledge.upkeep import grades

    for name, (middle, worst, claim) in grades(knowledge).items():
        echo(say("terminal.check.reading_grade_of", name=name, middle=middle, worst=worst, claim=claim))


def _show_safety(kept: "FileCache", stages: "Stages") -> list[str]:
    """Print and return what to mend in the safety gate's files, which come with the project and its own knowledge only."""
    from bot.bootstrap import load_gate, load_rules, shipped_knowledge
    from bot.core.knowledge.folder import read_safety_files
    from bot.core.safety.lint import lint, long_lines, shown

    rules = load_rules(kept)
    files = read_safety_files(shipped_knowledge()).single
    # A text that members read is one sentence after another, and stays on one line; words and rules are lists.
    found = [line for name, file in files.items() if name.count("/") > 1 for line in long_lines(*file)]
    trying = stages.stage(say("terminal.check.trying_safety_gate"))
    found = shown([*found, *lint(rules, load_gate(kept), trying.told)])
    trying.done()
    for sentence in found:
        echo(f"safety: warning: {sentence}")
    click.echo(say("terminal.check.safety_gates_files", count=_count(len(found), "warning")))
    return found


def _show_numbers() -> None:
    """Print which phone numbers somebody must verify: a note, never a failed check, since only a person can mend it."""
    from datetime import UTC, datetime

    from bot.bootstrap import default_cache, load_rules
    from bot.core.safety.sourced import notes

    for note in notes(load_rules(default_cache()).told, datetime.now(UTC).date()):
        echo(f"note: {note}")


def _show_confusions(loaded: "Loaded") -> None:
    """Print what cross-validation says of the questions: advice, never a failed check."""
    from bot.core.knowledge.confusions import FOLDS, cross_check

    assert loaded.knowledge is not None
    waiting = sys.stderr.isatty()
    if waiting:
        click.echo(say("terminal.check.asking_unseen", folds=FOLDS), nl=False, err=True)
    found = cross_check(loaded.knowledge, on_fold=lambda _: click.echo(".", nl=False, err=True) if waiting else None)
    if waiting:
        click.echo(err=True)
    shown = [confusion for confusion in found.confusions if len(confusion.questions) > 1][:MOST_CONFUSIONS]
    for confusion in shown:
        echo(f"\n{loaded.fault(confusion.asked, 'questions', message=advice(confusion))}")
        for question in confusion.questions[:MOST_EXAMPLES]:
            echo(f"  - {' '.join(question.split())}")
    if left := found.confusions[len(shown) :]:
        questions = sum(len(confusion.questions) for confusion in left)
        click.echo(
            say(
                "terminal.check.more_pairs",
                pairs=_count(len(left), "pair"),
                questions=_count(questions, "question"),
            )
        )
    low, high = found.first.interval
    click.echo(
        say(
            "terminal.check.unseen",
            count=found.first.count,
            of=found.first.of,
            share=found.first.share,
            low=low,
            high=high,
            share_2=found.within_three.share,
        )
    )
    if found.single:
        click.echo(say("terminal.check.not_judged", single=", ".join(found.single)))


def advice(confusion: "Confusion") -> str:
    """Return what is confused with what, and what to write."""
    count, asked, other = len(confusion.questions), confusion.asked, confusion.taken_for
    told = f"{count} of {_count(confusion.of, 'question')} of '{asked}' sound{'s' if count == 1 else ''} like '{other}'"
    shared = f" (for it speak {_quoted(confusion.shared)})" if confusion.shared else ""
    words = f" that say {_quoted(confusion.telling)}" if confusion.telling else ""
    return say("terminal.check.add_questions_to", told=told, shared=shared, words=words, asked=asked, other=other)


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


@click.command("schema", short_help=say("terminal.check.schema"))
@click.argument("kind", required=False, default="claims")
@click.option(
    "--write", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help=say("terminal.check.schema_write")
)
@knowledge_option
def schema_command(kind: str, write: Path | None) -> None:
    """Print the JSON Schema (draft-07) of one KIND of file: claims (the default), topics, sources, vocabulary, ..."""
    from bot.core.knowledge.file_kinds import FILES, json_schema
    from bot.errors import ConfigError

    if kind not in FILES:
        raise click.UsageError(say("terminal.check.no_such_schema", kind=kind, files=", ".join(FILES)))
    if write is None:
        click.echo(schema_text(json_schema(kind)), nl=False)
        return
    try:
        write.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{write} cannot be made: {error.strerror or type(error).__name__}.") from error
    for name in FILES:
        write_file(write / f"{name}.json", schema_text(json_schema(name)).encode())
        echo(f"{write / name}.json")


def schema_text(schema: dict[str, object]) -> str:
    """Return a schema as the text of its file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
