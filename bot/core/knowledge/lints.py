"""What is valid and still not good: lints on a loaded knowledge folder."""

from collections.abc import Iterator

from rapidfuzz import fuzz, process

from bot.core.knowledge.loader import Loaded
from bot.core.matching import build
from bot.core.model import Claim, Knowledge
from bot.core.text import clean
from bot.errors import Fault

FEWEST_QUESTIONS = 10
MOST_SUBCOMMANDS = 25
RESERVED = ("ask", "checklist", "about", "suggest", "my-depth", "warning-signs", "report")
"""Names of /legpress that no topic can take; they count among Discord's 25 subcommands."""

MOST_CARD_CHARACTERS = 4000
"""Discord's limit over all text of one message with components (`platform.md` section 2)."""


def lint(loaded: Loaded) -> list[Fault]:
    """Return the warnings on valid knowledge, in the order of files and lines. `loaded.knowledge` must be there."""
    knowledge = loaded.knowledge
    assert knowledge is not None
    found = [
        *_references(loaded, knowledge),
        *_few_questions(loaded, knowledge),
        *_repeated_questions(loaded, knowledge),
        *_misled_questions(loaded, knowledge),
        *_unused_sources(loaded, knowledge),
        *_discord_limits(loaded, knowledge),
        *_modelines(loaded),
    ]
    return sorted(found, key=lambda fault: (fault.file, fault.line, fault.column))


def _at(loaded: Loaded, claim: Claim, *path: str | int, message: str) -> Fault:
    key, index = loaded.places[claim.id]
    return loaded.documents[key].fault((index, *path), message)


def _references(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    for claim in knowledge.claims.values():
        for i, related in enumerate(claim.related):
            if related not in knowledge.claims:
                yield _at(
                    loaded, claim, "related", i,
                    message=f"there is no claim '{related}'{_nearest(related, knowledge.claims)}; name one, or remove it",
                )  # fmt: skip
            elif related == claim.id:
                yield _at(loaded, claim, "related", i, message="a claim is not related to itself; remove this entry")
        for i, source in enumerate(claim.sources):
            if source not in knowledge.sources:
                yield _at(
                    loaded, claim, "sources", i,
                    message=f"there is no source '{source}'{_nearest(source, knowledge.sources)}; it will not be shown: "
                    "add it to sources.yaml, or remove it",
                )  # fmt: skip
            elif not knowledge.sources[source].cite_ready:
                yield _at(
                    loaded, claim, "sources", i,
                    message=f"the source '{source}' is not cite_ready, so it will not be shown; say it in words instead",
                )  # fmt: skip


def _nearest(name: str, choices: object) -> str:
    assert isinstance(choices, dict)
    nearest = process.extractOne(name, list(choices), scorer=fuzz.ratio, score_cutoff=60)
    return f" (did you mean '{nearest[0]}'?)" if nearest else ""


def _few_questions(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    for claim in knowledge.claims.values():
        if len(claim.questions) < FEWEST_QUESTIONS:
            yield _at(
                loaded, claim, "questions",
                message=f"'{claim.id}' has {len(claim.questions)} of {FEWEST_QUESTIONS} questions; "
                "add other ways in which people ask it",
            )  # fmt: skip


def _repeated_questions(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    first: dict[str, tuple[Claim, int]] = {}
    for claim in knowledge.claims.values():
        for i, question in enumerate(claim.questions):
            plain = clean(question)
            if plain not in first:
                first[plain] = (claim, i)
                continue
            other, at = first[plain]
            place = _at(loaded, other, "questions", at, message="")
            yield _at(
                loaded, claim, "questions", i,
                message=f"this question stands under '{other.id}' too ({place.file}:{place.line}); keep it under one claim",
            )  # fmt: skip


def _misled_questions(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    matcher = build(
        knowledge.claims.values(), vocabulary=knowledge.vocabulary, out_of_scope=knowledge.out_of_scope
    )  # fmt: skip
    for claim in knowledge.claims.values():
        for i, question in enumerate(claim.questions):
            ranking = matcher.rank(question)
            if not ranking.matches:
                yield _at(loaded, claim, "questions", i, message="this question has no words; write it out")
            elif ranking.matches[0].topic != claim.topic:
                yield _at(
                    loaded, claim, "questions", i,
                    message=f"the matcher sends this question to '{ranking.matches[0].claim}'; "
                    "word it apart, or move it there",
                )  # fmt: skip


def _unused_sources(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    used = {source for claim in knowledge.claims.values() for source in claim.sources}
    for i, source in enumerate(knowledge.sources.values()):
        if source.id not in used:
            message = f"no claim cites the source '{source.id}'; cite it, or remove it"
            yield loaded.documents["sources"].fault((i, "id"), message)


def _discord_limits(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    room = MOST_SUBCOMMANDS - len(RESERVED)
    for i, topic in enumerate(knowledge.topics):
        document = loaded.documents.get("topics") or loaded.documents[f"claims/{topic}"]
        path = (i, "id") if "topics" in loaded.documents else ()
        if topic in RESERVED:
            yield document.fault(path, f"'/legpress {topic}' is a name the bot uses itself; rename the topic")
        elif i >= room:
            yield document.fault(
                path,
                f"Discord shows {MOST_SUBCOMMANDS} subcommands: '{topic}' gets none and is reached through /legpress ask",
            )
    for claim in knowledge.claims.values():
        shown = [claim.title, claim.claim, claim.answer, claim.why, claim.unknown, *claim.do, *claim.avoid]
        total = sum(map(len, shown))
        if total > MOST_CARD_CHARACTERS:
            yield _at(
                loaded, claim, "why",
                message=f"'{claim.id}' has {total} characters to show, Discord allows {MOST_CARD_CHARACTERS}; shorten it",
            )  # fmt: skip


def _modelines(loaded: Loaded) -> Iterator[Fault]:
    for document in loaded.documents.values():
        if not document.modeline:
            yield Fault(
                document.file, 1, 1,
                "the first line does not name the schema, so editors cannot help; see the other files, or knowledge/README.md",
            )  # fmt: skip
