"""`legpress ask` and `legpress chat`: questions and answers in the terminal."""

import gc
import json
import sys
from collections.abc import Iterator

import click

from bot.bootstrap import build_service
from bot.cli.explaining import decision, reasons
from bot.cli.options import cache, knowledge_folder, knowledge_option, region_option
from bot.cli.progress import shown_progress
from bot.cli.terminal import plain, show, wrapped
from bot.core.brief import brief_answer
from bot.core.model import Answer, Stop
from bot.sentences import say
from bot.service import Conversations, Service

MORE = say("terminal.ask.more")
MORE_IN_CHAT = say("terminal.ask.more_in_chat")


@click.command("ask", short_help=say("terminal.ask.ask"))
@click.argument("question", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help=say("terminal.ask.ask_json"))
@click.option("--explain", is_flag=True, help=say("terminal.ask.ask_explain"))
@click.option("--full", is_flag=True, help=say("terminal.ask.ask_full"))
@region_option
@knowledge_option
def ask_command(question: tuple[str, ...], as_json: bool, explain: bool, full: bool, region: str) -> None:
    """Answer QUESTION; without it, one question a line from standard input, each for itself."""
    service = _started(region)
    questions = iter([_without_surrogates(" ".join(question))]) if question else _lines()
    for i, text in enumerate(questions):
        answer, _ = service.ask(text)
        if as_json:
            _write(json.dumps(as_data(answer)))
            continue
        brief = "" if full else _brief(answer, service, MORE)
        _write(("\n" if i else "") + asked_before(text, typed=bool(question)) + show(answer, service.knowledge, brief))
        if explain:
            matcher, gate = service.explain(text)
            _write("\n".join(["", *wrapped([*reasons(matcher), *decision(answer), *gate.render()])]))


def asked_before(text: str, *, typed: bool) -> str:
    """Return the line that says what was asked, before its answer; "" where it stands on the screen already (`typed`)."""
    return "" if typed or sys.stdin.isatty() else "\n".join(wrapped([f"> {text}"])) + "\n"


def _brief(answer: Answer, service: Service, more: str) -> str:
    return brief_answer(answer, service.knowledge, service.safety_line, more)


def _started(region: str) -> Service:
    """Return the service, built without looking for garbage.

    It is made of many small values that stay to the end: looking for garbage among them takes a tenth of the start, and
    once more at the end.
    """
    gc.disable()
    try:
        return build_service(knowledge_folder(), region=region, cache=cache(), progress=shown_progress())
    finally:
        gc.freeze()
        gc.enable()


def as_data(answer: Answer) -> dict[str, object]:
    """Return the JSON object of the contract (design, section 2.2) for an answer."""
    stop = answer.stop
    return {
        "question": answer.question,
        "outcome": answer.outcome.value,
        "topic": answer.topic,
        "claim": answer.claim,
        "confidence": answer.confidence,
        "fits": answer.fits,
        "kind": answer.kind,
        "asks": answer.asks,
        "covered": answer.covered,
        "candidates": [
            {"claim": match.claim, "topic": match.topic, "confidence": match.confidence} for match in answer.candidates
        ],
        "also": list(answer.also),
        "stop": None if stop is None else _stop_data(stop),
        "safety_line": answer.safety_line,
        "text": plain(answer.text),
        "sources": list(answer.sources),
    }


def _stop_data(stop: Stop) -> dict[str, object]:
    return {"tier": stop.tier.value, "rules": list(stop.rules), "route": stop.route, "proxy": stop.proxy}


@click.command("chat", short_help=say("terminal.ask.chat"))
@click.option("--explain", is_flag=True, help=say("terminal.ask.chat_explain"))
@click.option("--full", is_flag=True, help=say("terminal.ask.chat_full"))
@region_option
@knowledge_option
def chat_command(explain: bool, full: bool, region: str) -> None:
    """Talk with the bot; "why?", "and with one leg?" or "source?" go on from its last answer. Ctrl-D ends."""
    service = _started(region)
    conversations = Conversations(lambda: service)
    if sys.stdin.isatty():
        _write(say("terminal.ask.chat_begins"))
    for text in _lines(prompt="\n> " if sys.stdin.isatty() else ""):
        answer = conversations.ask("terminal", "you", text, region=region)
        _write(_reply(answer, service, "" if full else _brief(answer, service, MORE_IN_CHAT)))
        if explain:
            _write("\n".join([*wrapped(decision(answer)), ""]))


def _reply(answer: Answer, service: Service, text: str = "") -> str:
    return show(answer, service.knowledge, text) + ("" if sys.stdin.isatty() else "\n")


def _lines(prompt: str = "") -> Iterator[str]:
    """Yield the lines of standard input: UTF-8, ended by a newline and nothing else (a carriage return is dropped)."""
    while True:
        if prompt:
            click.echo(prompt, nl=False)
        try:
            raw = sys.stdin.buffer.readline()
        except KeyboardInterrupt:
            raw = b""
        if not raw:
            if prompt:
                click.echo()
            return
        yield raw.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "replace")


def _without_surrogates(text: str) -> str:
    """Return an argument whose bytes were no UTF-8 with replacement characters instead of what Python smuggles in."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _write(text: str) -> None:
    """Write a line as UTF-8 whatever the locale says, at once."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()
