"""`legpress check` and `legpress schema`: is this knowledge valid, and is it good."""

import json
from pathlib import Path

import click

from bot.cli.options import knowledge_folder, knowledge_option


@click.command("check", short_help="Validate and lint a knowledge folder.")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--strict", is_flag=True, help="Warnings fail the check too.")
@knowledge_option
@click.pass_context
def check_command(ctx: click.Context, folder: Path | None, strict: bool) -> None:
    """List every fault of DIR as file:line:column with what to write instead, then warnings.

    Without DIR: the folder given with --knowledge, else the shipped knowledge. Exit code 1 where anything is faulty.
    """
    from bot.bootstrap import shipped_knowledge
    from bot.core.knowledge.folder import read_folder
    from bot.core.knowledge.lints import lint
    from bot.core.knowledge.loader import load_folder

    root = folder or knowledge_folder() or shipped_knowledge()
    loaded = load_folder(read_folder(root))
    if loaded.knowledge is None:
        for fault in loaded.faults:
            click.echo(str(fault))
        click.echo(
            f"{_count(len(loaded.faults), 'fault')} in {root}: nothing of it is used until they are mended.", err=True
        )
        ctx.exit(1)
    warnings = lint(loaded)
    for warning in warnings:
        click.echo(f"{warning.file}:{warning.line}:{warning.column}: warning: {warning.message}")
    knowledge = loaded.knowledge
    questions = sum(len(claim.questions) for claim in knowledge.claims.values())
    click.echo(
        f"{root} is valid: {_count(len(knowledge.claims), 'claim')} in {_count(len(knowledge.topics), 'topic')}, "
        f"{_count(questions, 'question')}, {_count(len(warnings), 'warning')}."
    )
    ctx.exit(1 if strict and warnings else 0)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


@click.command("schema", short_help="Print the JSON Schema of the knowledge files.")
@click.argument("kind", required=False, default="claims")
@click.option(
    "--write", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Write every schema into DIR."
)
@knowledge_option
def schema_command(kind: str, write: Path | None) -> None:
    """Print the JSON Schema (draft-07) of one KIND of file: claims (the default), topics, sources, vocabulary, ..."""
    from bot.core.knowledge.schema import FILES, json_schema

    if kind not in FILES:
        raise click.UsageError(f"There is no schema '{kind}'; choose one of {', '.join(FILES)}")
    if write is None:
        click.echo(schema_text(json_schema(kind)), nl=False)
        return
    write.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (write / f"{name}.json").write_text(schema_text(json_schema(name)), encoding="utf-8")
        click.echo(f"{write / name}.json")


def schema_text(schema: dict[str, object]) -> str:
    """Return a schema as the text of its file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
