"""What is valid and still not good: lints on a loaded knowledge folder."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process

from bot.core.knowledge.honesty import claim_warnings, source_warnings
from bot.core.knowledge.loader import Loaded
from bot.core.knowledge.wordings import WORDINGS
from bot.core.matching import Matcher
from bot.core.model import Claim, Knowledge
from bot.core.subcommands import MOST_SUBCOMMANDS, RESERVED
from bot.core.text import normalise
from bot.errors import Fault

FEWEST_QUESTIONS = 10
_Path = tuple[str | int, ...]
"""Where something stands in a file."""

MOST_CHOICE = 100
"""Characters of an autocomplete entry: claim and topic title, with three for brackets and space."""


def lint(loaded: Loaded, matcher: Matcher | None = None, told: Callable[[float], None] = lambda _: None) -> list[Fault]:
    """Return the warnings on valid knowledge, in the order of files and lines.

    `loaded.knowledge` must be there, and `matcher` be fitted to it; without one, nothing is said of what it would do.
    `told` hears how far it is, from 0 to 1.
    """
    knowledge = loaded.knowledge
    assert knowledge is not None
    found = [
        *loaded.left_out,
        *_references(loaded, knowledge),
        *_half_moved(loaded, knowledge),
        *_honesty(loaded, knowledge),
        *_few_questions(loaded, knowledge),
        *_repeated_questions(loaded, knowledge),
        *_contradicted_questions(loaded, knowledge),
        *(() if matcher is None else _misled_questions(loaded, knowledge, matcher, told)),
        *_unused_sources(loaded, knowledge),
        *_pictures(loaded, knowledge),
        *_checklist(loaded, knowledge),
        *_conditions(loaded, knowledge),
        *_discord_limits(loaded, knowledge),
        *_modelines(loaded),
    ]
    return sorted(found, key=lambda fault: (fault.file, fault.line, fault.column))


def _at(loaded: Loaded, claim: Claim, *path: str | int, message: str) -> Fault:
    return loaded.fault(claim.id, *path, message=message)


def _references(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    for claim in knowledge.claims.values():
        for i, related in enumerate(claim.related):
            if related not in knowledge.claims:
                near = _nearest(related, knowledge.claims)
                message = f"there is no claim '{related}'{near}; name one, or remove it"
            elif related == claim.id:
                message = "a claim is not related to itself; remove this entry"
            elif related in claim.related[:i]:
                message = f"'{related}' stands twice; remove this entry"
            else:
                continue
            yield _at(loaded, claim, "related", i, message=message)
        for i, own in enumerate(claim.server_sources):
            message = f"members read of {own.host} that nobody here checked it; read it, and move it to sources.yaml"
            yield _at(loaded, claim, "server_sources", i, message=message)
        for i, source in enumerate(claim.sources):
            if source not in knowledge.sources:
                near = _nearest(source, knowledge.sources)
                message = (
                    f"there is no source '{source}'{near}; it will not be shown: add it to sources.yaml, or remove it"
                )
            elif not knowledge.sources[source].cite_ready:
                message = f"the source '{source}' is not cite_ready, so it will not be shown; say it in words instead"
            elif source in claim.sources[:i]:
                message = f"'{source}' stands twice; remove this entry"
            else:
                continue
            yield _at(loaded, claim, "sources", i, message=message)


def _nearest(name: str, choices: Mapping[str, object]) -> str:
    nearest = process.extractOne(name, list(choices), scorer=fuzz.ratio, score_cutoff=60)
    return f" (did you mean '{nearest[0]}'?)" if nearest else ""


def _honesty(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    """Report what a reader should not have to trust: figures without source, searches without date, notes for writers."""
    for claim in knowledge.claims.values():
        for name, words, message in claim_warnings(claim):
            yield loaded.fault(claim.id, name, words=words, message=message)
    for i, source in enumerate(knowledge.sources.values()):
        for name, message in source_warnings(source):
            yield loaded.documents["sources"].fault((i, name), message)


def _half_moved(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    """Report claims that hold wordings of their own beside a file of questions/: a migration that stopped half way."""
    for topic in knowledge.topics:
        beside = loaded.documents.get(f"questions/{topic}")
        document = loaded.documents[f"claims/{topic}"]
        if beside is None:
            continue
        for i, entry in enumerate(document.data):
            for name in WORDINGS:
                if name in entry and "replaced_by" not in entry:
                    message = (
                        f"'{entry['id']}' holds wordings here while {beside.file} holds those of this topic; both are used: "
                        "`legpress check --migrate` moves them there"
                    )
                    yield document.fault((i, name), message, key=True)


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
            plain = normalise(question)
            if not plain:
                continue
            other, at = first.setdefault(plain, (claim, i))
            if other is claim and at == i:
                continue
            place = _at(loaded, other, "questions", at, message="")
            if other is claim:
                message = f"this question stands in the same claim at line {place.line}; remove one of them"
            else:
                where = f"{place.file}:{place.line}"
                message = f"this question stands under '{other.id}' too ({where}); keep it under one claim"
            yield _at(loaded, claim, "questions", i, message=message)


def _contradicted_questions(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    """Report what the knowledge says of one wording twice: that it is a claim's question, and that it is none of its subjects."""
    asked = {normalise(question): claim for claim in knowledge.claims.values() for question in claim.questions}
    asked.pop("", None)
    for claim in knowledge.claims.values():
        own = {normalise(question) for question in claim.questions}
        for i, decoy in enumerate(claim.decoys):
            if normalise(decoy) in own:
                message = "this stands under `questions` of the same claim too; keep it in one of the two"
                yield _at(loaded, claim, "not", i, message=message)
            elif other := asked.get(normalise(decoy)):
                message = f"'{other.id}' answers this; `not` is for what no claim answers, so remove it"
                yield _at(loaded, claim, "not", i, message=message)
    for g, group in enumerate(knowledge.out_of_scope):
        for i, question in enumerate(group.questions):
            if claim_asked := asked.get(normalise(question)):
                message = f"this stands under `questions` of '{claim_asked.id}' too; keep it in one of the two"
                yield loaded.documents["out_of_scope"].fault((g, "questions", i), message)


def _misled_questions(
    loaded: Loaded, knowledge: Knowledge, matcher: Matcher, told: Callable[[float], None]
) -> Iterator[Fault]:
    for number, claim in enumerate(knowledge.claims.values()):
        told(number / len(knowledge.claims))
        for i, question in enumerate(claim.questions):
            matches = matcher.rank(question).matches
            if not matches:
                message = "this question has no words; write it out"
            elif matches[0].topic != claim.topic:
                message = f"the matcher sends this question to '{matches[0].claim}'; word it apart, or move it there"
            else:
                continue
            yield _at(loaded, claim, "questions", i, message=message)


def _unused_sources(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    used = {source for claim in knowledge.claims.values() for source in claim.sources}
    for i, source in enumerate(knowledge.sources.values()):
        if source.id not in used:
            message = f"no claim cites the source '{source.id}'; cite it, or remove it"
            yield loaded.documents["sources"].fault((i, "id"), message)


def _pictures(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    named = [claim for claim in knowledge.claims.values() if claim.picture]
    if not named:
        return
    from bot.core.drawing import PICTURES  # brings in the geometry, which a folder without pictures does without

    for claim in named:
        if claim.picture not in PICTURES:
            near = _nearest(claim.picture, PICTURES) or f"; the drawings are {', '.join(PICTURES)}"
            yield _at(loaded, claim, "picture", message=f"there is no drawing '{claim.picture}'{near}")


def _checklist(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    """Report each step of the checklist whose claim is gone, or says it in other words now."""
    for i, step in enumerate(knowledge.checklist):
        claim = knowledge.claims.get(step.claim)
        if claim is None:
            near = _nearest(step.claim, knowledge.claims)
            yield loaded.documents["checklist"].fault((i, "claim"), f"there is no claim '{step.claim}'{near}; name one")
        elif step.step not in claim.do:
            near = _nearest(step.step, dict.fromkeys(claim.do)) or f"; write it as it stands under `do` of '{claim.id}'"
            yield loaded.documents["checklist"].fault((i, "step"), f"'{claim.id}' has no such step{near}")


def _conditions(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    """Report each claim or group that the conditions name and that is not there, and each condition that stands twice."""
    them = knowledge.about_them
    if "conditions" not in loaded.documents:
        return
    document = loaded.documents["conditions"]
    first = {condition.held_as: i for i, condition in reversed(list(enumerate(them.conditions)))}
    named: list[tuple[_Path, str, str, Mapping[str, object]]] = []
    for i, condition in enumerate(them.conditions):
        at: _Path = ("conditions", i)
        if first[condition.held_as] != i:
            yield document.fault(
                (*at, "claim"), f"'{condition.held_as}' stands here twice; put the words together, or give it an `id`"
            )
        if not condition.says and not condition.after:
            message = f"nothing tells of '{condition.held_as}'; write words under `says`, or claims under `after`"
            yield document.fault((*at, "claim"), message)
        named.append(((*at, "claim"), "claim", condition.claim, knowledge.claims))
        named += _each(at, "avoids", "group", condition.avoids, them.asks_for)
        named += _each(at, "keeps_from", "claim", condition.keeps_from, knowledge.claims)
        named += _each(at, "lets", "claim", condition.lets, knowledge.claims)
        named += _each(at, "after", "claim", condition.after, knowledge.claims)
        named += _each(at, "instead_of", "condition", condition.instead_of, first)
        named += [((*at, "others", claim), "claim", claim, knowledge.claims) for claim in condition.others]
        for claim, better in condition.rather.items():
            named += [((*at, "rather", claim), "claim", each, knowledge.claims) for each in (claim, better)]
    for group, claims in them.asks_for.items():
        named += _each(("asks_for",), group, "claim", claims, knowledge.claims)
    named += _each(("hurts",), "wishes", "claim", them.hurts.wishes, knowledge.claims)
    for i, hurt in enumerate(them.hurts.places):
        named.append((("hurts", "places", i, "claim"), "claim", hurt.claim, knowledge.claims))
        if hurt.felt:
            named.append((("hurts", "places", i, "felt"), "claim", hurt.felt, knowledge.claims))
    named += _each((), "always", "claim", them.always, knowledge.claims)
    named += _each((), "harmless_to_all", "claim", them.harmless_to_all, knowledge.claims)
    for place, kind, name, there in named:
        if name not in there:
            yield document.fault(place, f"there is no {kind} '{name}'{_nearest(name, there)}; name one")


def _each(
    at: _Path, key: str, kind: str, names: Sequence[str], there: Mapping[str, object]
) -> Iterator[tuple[_Path, str, str, Mapping[str, object]]]:
    """Yield where each of the names under `key` stands, what it names, and what is there of that kind."""
    return (((*at, key, j), kind, name, there) for j, name in enumerate(names))


def _discord_limits(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    room = MOST_SUBCOMMANDS - len(RESERVED)
    for i, topic in enumerate(knowledge.topics):
        if topic in RESERVED:
            message = f"'/legpress {topic}' is a name the bot uses itself; rename the topic"
        elif i >= room:
            message = f"Discord shows {MOST_SUBCOMMANDS} subcommands: '{topic}' gets none and is reached through /legpress ask"
        else:
            continue
        yield _at_topic(loaded, topic, i, message)
    for claim in knowledge.claims.values():
        choice = len(claim.title) + len(knowledge.topics[claim.topic].title) + len(" ()")
        if choice > MOST_CHOICE:
            message = f"with its topic's title this has {choice} characters, a choice shows {MOST_CHOICE}; shorten it"
            yield _at(loaded, claim, "title", message=message)


def _at_topic(loaded: Loaded, topic: str, index: int, message: str) -> Fault:
    """Place a fault at a topic: its entry in topics.yaml, else (only a claims file names it) that file."""
    document = loaded.documents.get("topics")
    if document is not None and index < len(document.data):
        return document.fault((index, "id"), message)
    return loaded.documents[f"claims/{topic}"].fault((), message)


def _modelines(loaded: Loaded) -> Iterator[Fault]:
    for document in loaded.documents.values():
        if not document.modeline:
            yield Fault(
                document.file, 1, 1,
                "the first line does not name the schema, so editors cannot help; see the other files, or knowledge/README.md",
            )  # fmt: skip
