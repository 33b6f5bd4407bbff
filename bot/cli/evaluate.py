"""`legpress eval`: labelled questions through the same door as everybody's, and how well they were answered."""

import json
from pathlib import Path

import click

from bot import evaluation
from bot.bootstrap import build_service, load_knowledge, shipped_knowledge
from bot.cli import perturbed
from bot.cli.files import write_file
from bot.cli.labelled import answered
from bot.cli.options import cache, knowledge_folder, knowledge_option, settings
from bot.cli.progress import shown_progress
from bot.core.model import Knowledge
from bot.core.safety import Screening
from bot.core.visible import visible
from bot.errors import ConfigError, Fault, KnowledgeError
from bot.evaluation import Result, scoreboard
from bot.evaluation.safety import Sentence, score
from bot.sentences import say
from bot.service import Service

PICTURES = (".svg", ".png")


@click.command("eval", short_help=say("terminal.evaluate.eval"))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.jsonl")
@click.option("--json", "as_json", is_flag=True, help=say("terminal.evaluate.eval_json"))
@click.option("--errors", is_flag=True, help=say("terminal.evaluate.eval_errors"))
@click.option("--save", type=click.Path(path_type=Path), metavar="FILE", help=say("terminal.evaluate.eval_save"))
@click.option("--compare", type=click.Path(path_type=Path), metavar="OLD", help=say("terminal.evaluate.eval_compare"))
@click.option(
    "--picture",
    type=click.Path(path_type=Path),
    metavar="FILE.svg|.png",
    help=say("terminal.evaluate.eval_picture"),
)
@click.option("--safety", is_flag=True, help=say("terminal.evaluate.eval_safety"))
@click.option(
    "--perturbations",
    "perturbations",
    is_flag=True,
    help=say("terminal.evaluate.eval_perturbations"),
)
@knowledge_option
def eval_command(  # noqa: PLR0917 -- click hands them over by name
    file: Path,
    as_json: bool,
    errors: bool,
    save: Path | None,
    compare: Path | None,
    picture: Path | None,
    safety: bool,
    perturbations: bool,
) -> None:
    """Score the labelled questions of FILE.jsonl, one JSON object a line.

    Its keys: text, label (a topic, out-of-scope, uncovered or red-flag), also (further right labels), style, lookalike.
    Further keys: claims (those of which one must come first), parts (for each of several questions its claims), useful (how
    useful each claim was judged to be: 0, 0.5 or 1). A conversation has turns in place of text: a list of texts, or of objects
    with these keys.

    Right is a topic among the labels, for out-of-scope a decline, for uncovered a decline that says that nobody has written
    an answer yet, for red-flag a stop. Exit code 0 whatever the figures.

    With --perturbations each question is asked in 12 kinds of polite company too, and their figures stand beside the plain.

    With --safety the keys are text, tier (emergency, same_day, soon or none) and positive (true where it must stop).
    """
    content = _read(file)
    if safety:
        if save or compare or picture:
            raise click.UsageError(say("terminal.evaluate.save_compare_and_picture_do_not"))
        _score_safety(evaluation.read_sentences(content, str(file)), as_json, errors)
        return
    if perturbations:
        if save or compare or picture:
            raise click.UsageError(say("terminal.evaluate.save_compare_and_picture_do_not_2"))
        _perturb(content, file, as_json=as_json, errors=errors)
        return
    old = None if compare is None else evaluation.read_saved(_read(compare), str(compare))
    for target in (save, picture):
        _can_be_written(target)
    if picture is not None and picture.suffix not in PICTURES:
        raise click.UsageError(f"--picture writes {' or '.join(PICTURES)}, not '{picture.name}'")
    root = knowledge_folder() or shipped_knowledge()
    # The labels first: a faulty file is told before the seconds that a first fit takes.
    knowledge = load_knowledge(root, cache())
    rows = evaluation.read_rows(content, str(file), knowledge.topics, _topics_of(knowledge))
    service = build_service(root, region=settings().region, cache=cache(), progress=shown_progress())
    results = [evaluation.score(row, answered(service, row), service.knowledge.claims) for row in rows]
    summary = evaluation.summarise(results)
    comparison = None if old is None else evaluation.compare(old, results)
    if as_json:
        data = {"file": str(file), **scoreboard.summary_data(summary)}
        if comparison is not None:
            data["comparison"] = scoreboard.comparison_data(comparison)
        if errors:
            data["errors"] = [evaluation.as_data(result) for result in results if not result.right]
        _write(json.dumps(data, indent=2))
    else:
        lines = [f"{summary.count:,} question{'' if summary.count == 1 else 's'} of {file}, {root}", ""]
        lines += scoreboard.render(summary)
        if errors:
            lines += ["", *scoreboard.render_errors(results)]
        if comparison is not None:
            lines += ["", *scoreboard.render_comparison(comparison, str(compare))]
        _write("\n".join(lines))
    if save is not None:
        write_file(save, "".join(f"{json.dumps(evaluation.as_data(result))}\n" for result in results).encode())
    if picture is not None:
        write_file(picture, _drawn(results, tuple(knowledge.topics), picture))


def _perturb(content: str, file: Path, *, as_json: bool, errors: bool) -> None:
    root = knowledge_folder() or shipped_knowledge()
    knowledge = load_knowledge(root, cache())
    rows = evaluation.read_rows(content, str(file), knowledge.topics, _topics_of(knowledge))
    service = build_service(root, region=settings().region, cache=cache(), progress=shown_progress())
    found = perturbed.measured(rows, service)
    if as_json:
        _write(json.dumps({"file": str(file), "kinds": perturbed.as_data(found, errors=errors)}, indent=2))
    else:
        _write("\n".join(perturbed.render(found, errors=errors)))


def _topics_of(knowledge: Knowledge) -> dict[str, str]:
    return {claim.id: claim.topic for claim in knowledge.claims.values()}


class _AsAnswered:
    """Screens as people see it: the stop of the answer, and the safety line that goes out, whoever asked for it."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def check(self, text: str) -> Screening:
        answer, _ = self._service.ask(text)
        return Screening(stop=answer.stop, line=answer.safety_line)


def _score_safety(by_wording: dict[str, list[Sentence]], as_json: bool, errors: bool) -> None:
    screens = _AsAnswered(build_service(knowledge_folder(), region=settings().region, cache=cache()))
    whole = score([sentence for sentences in by_wording.values() for sentence in sentences], screens)
    parts = {wording: score(sentences, screens) for wording, sentences in sorted(by_wording.items())}
    if len(parts) == 1:
        parts = {}
    if as_json:
        data = scoreboard.safety_data(whole, sentences=errors)
        data["by_wording"] = {name: scoreboard.safety_data(part, sentences=False) for name, part in parts.items()}
        _write(json.dumps(data, indent=2))
    else:
        _write("\n".join(scoreboard.render_safety(whole, parts, sentences=errors)))


def _drawn(results: list[Result], topics: tuple[str, ...], picture: Path) -> bytes:
    from bot.evaluation.picture import confusion_picture

    svg = confusion_picture(results, topics)
    if picture.suffix == ".svg":
        return svg.encode()
    from bot.pictures import rendered

    return rendered(svg)


def _read(path: Path) -> str:
    """Return a file's text. Raises ConfigError where it cannot be read, KnowledgeError where it is not UTF-8."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise ConfigError(say("terminal.evaluate.no_file", path=path)) from error
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise ConfigError(say("terminal.evaluate.not_read", path=path, reason=reason)) from error
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        message = say("terminal.evaluate.this_is_not_utf_text")
        raise KnowledgeError([Fault(str(path), line, column, message)]) from error


def _can_be_written(path: Path | None) -> None:
    """Raise ConfigError before the work is done where its result would have no place to go."""
    if path is None:
        return
    if path.is_dir():
        raise ConfigError(say("terminal.evaluate.a_folder", path=path))
    if not path.parent.is_dir():
        raise ConfigError(say("terminal.evaluate.no_folder", parent=path.parent, name=path.name))


def _write(text: str) -> None:
    """Write as UTF-8 whatever the locale says; what a question smuggled in as half a character becomes "?"."""
    click.echo(visible(text).encode("utf-8", "replace"))
