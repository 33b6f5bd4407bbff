"""The same question said politely, by name, from somewhere: what changes in the answer that ought not to.

Each kind puts words around a question that ask nothing. The words stand here and in no list that the bot reads, and
rare names and places are among them on purpose: a bot that only knows a list of names would pass by heart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.intervals import Share
from bot.core.model import Outcome
from bot.evaluation.rows import OUT_OF_SCOPE, Labelled
from bot.evaluation.scores import Result, Side

KINDS: dict[str, tuple[str, ...]] = {
    "greeting": (
        "hi, {}", "hello everyone, {}", "good morning all, {}", "hiya. {}", "namaste guys {}", "heyy {}", "g'day, {}",
        "how far, {}", "hello po, {}", "evening lads, {}",
    ),
    "bot": (
        "hey bot, {}", "bot: {}", "hello leg press bot, {}", "ok bot {}", "dear bot, {}", "{} bot?", "yo mr robot {}",
    ),
    "vocative": (
        "{} bro", "{} bhai", "mate, {}", "{} yaar", "oga, {}", "kuya {}", "{} sis", "guys {}", "{} boss", "{} cobber",
        "sir {}", "{} abeg",
    ),
    "name": (
        "Hi, I'm Priyanka. {}", "this is Chukwuemeka, {}", "{} - Kayleigh", "my name is Jomar and {}", "Siobhan here, {}",
        "{} (Thandeka)", "i'm Darragh, {}", "Ganesh this side. {}",
    ),
    "thanks": (
        "{} thanks", "{} cheers", "{} many thanks in advance", "{} ta", "{} thank you so much!", "{} salamat", "thanks! {}",
        "{} shukriya", "{} much obliged", "{} tia",
    ),
    "advice": (
        "{} any advice appreciated", "{} please advise", "{} kindly help", "{} any help would be great",
        "{} would love your input", "{} do let me know", "please help me out, {}", "{} pls revert",
    ),
    "sign-off": (
        "{} cheers, Nigel from Grimsby", "{} best, Ngozi", "{} kind regards, Deepak", "{} have a good one, Bronwyn",
        "{} warm regards, Anjali from Coimbatore", "{} xx Shaz", "{} yours truly, Emeka (Enugu)", "{} peace out, Tyrell",
    ),
    "place": (
        "asking from Dumaguete, {}", "{} i'm in Wolverhampton btw", "i train at a small gym in Kaduna. {}",
        "{} (greetings from Toowoomba)", "hi from Nagpur, {}", "here in Albuquerque: {}", "{} based in Iloilo",
    ),
    "apology": (
        "sorry if asked before, {}", "quick q: {}", "noob question but {}", "apologies if this is the wrong place, {}",
        "dumb question maybe, {}", "sorry to bother, {}", "first time posting here. {}", "random one: {}",
    ),
    "hedge": (
        "just wondering, {}", "{} or am i overthinking it", "not sure how to put this but {}", "{} just curious",
        "genuine question, {}", "i could be wrong but {}", "{} idk", "been meaning to ask, {}",
    ),
    "filler": (
        "um so like {}", "well you see, {}", "ok so basically {}", "{} you know", "{} lol", "haha ok {}", "{} na", "{} lah",
        "so yeah {}", "{} innit", "hmm {}", "{} \U0001f602\U0001f64f",
    ),
    "strange": (
        "{} zorblax", "kwyjibo {}", "{} #fitfam2026", "{} vrindavanam", "xoxo_tuktuk99: {}", "{} okurrr", "{} sksksk",
        "pfftt {}", "{} wagwan", "{} chakde",
    ),
}  # fmt: skip
"""By kind: patterns with a place for the question."""


def perturbed(rows: Sequence[Labelled], kind: str) -> list[Labelled]:
    """Return the rows with each text put into one pattern of a kind, the patterns in turn. Raises KeyError for no kind."""
    patterns = KINDS[kind]
    return [replace(row, text=patterns[i % len(patterns)].replace("{}", row.text)) for i, row in enumerate(rows)]


@dataclass(frozen=True, slots=True)
class Difference:
    """What one kind changes: shares beside the plain ones, and the questions that were answered right and are not now.

    `right`, `wrong` of the questions in scope; `outside` is the share of those out of scope that got an answer.
    """

    kind: str
    right: Share
    wrong: Share
    outside: Share
    lost: tuple[Result, ...] = ()


def difference(kind: str, plain: Sequence[Result], said: Sequence[Result]) -> Difference:
    """Return what a kind changed. `plain` and `said` are the results of the same rows, in order."""
    inside = [result for result in said if result.in_scope]
    others = [result for result in said if result.label == OUT_OF_SCOPE]
    return Difference(
        kind,
        Share(sum(result.side is Side.ANSWERED_RIGHT for result in inside), len(inside)),
        Share(sum(result.side is Side.ANSWERED_WRONG for result in inside), len(inside)),
        Share(sum(result.outcome is Outcome.ANSWER for result in others), len(others)),
        tuple(
            after
            for before, after in zip(plain, said, strict=True)
            if before.side is Side.ANSWERED_RIGHT and after.side is not Side.ANSWERED_RIGHT
        ),
    )
