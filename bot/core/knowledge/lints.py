"""What is valid and still not good: lints on a loaded knowledge folder."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.core.knowledge.honesty import claim_warnings, source_warnings
from bot.core.knowledge.loader import Loaded
from bot.core.knowledge.wordings import WORDINGS
from bot.core.matching import Matcher
from bot.core.model import Claim, Knowledge
from bot.core.near_names import did_you_mean
from bot.core.subcommands import MOST_SUBCOMMANDS, RESERVED
from bot.core.text import normalise
from bot.errors import Fault
from bot.sentences import say

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
        *_exercises(loaded, knowledge),
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
                near = did_you_mean(related, knowledge.claims)
                message = say("files.lints.no_related", related=related, near=near)
            elif related == claim.id:
                message = say("files.lints.claim_is_not_related_to_itself")
            elif related in claim.related[:i]:
                message = say("files.lints.stands_twice", related=related)
            else:
                continue
            yield _at(loaded, claim, "related", i, message=message)
        for i, own in enumerate(claim.server_sources):
            message = say("files.lints.nobody_checked", host=own.host)
            yield _at(loaded, claim, "server_sources", i, message=message)
        for i, source in enumerate(claim.sources):
            if source not in knowledge.sources:
                near = did_you_mean(source, knowledge.sources)
                message = say("files.lints.there_is_no_source", source=source, near=near)
            elif not knowledge.sources[source].cite_ready:
                message = say("files.lints.source_is_not_cite_ready", source=source)
            elif source in claim.sources[:i]:
                message = say("files.lints.stands_twice_2", source=source)
            else:
                continue
            yield _at(loaded, claim, "sources", i, message=message)


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
                    message = say(
                        "files.lints.holds_wordings_here_while_holds_those", entry=entry["id"], file=beside.file
                    )
                    yield document.fault((i, name), message, key=True)


def _few_questions(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    for claim in knowledge.claims.values():
        if len(claim.questions) < FEWEST_QUESTIONS:
            yield _at(
                loaded, claim, "questions",
                message=say("files.lints.few_questions", id=claim.id, count=len(claim.questions), fewest_questions=FEWEST_QUESTIONS),
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
                message = say("files.lints.this_question_stands_in_same_claim", line=place.line)
            else:
                where = f"{place.file}:{place.line}"
                message = say("files.lints.this_question_stands_under_too", id=other.id, where=where)
            yield _at(loaded, claim, "questions", i, message=message)


def _contradicted_questions(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    """Report what the knowledge says of one wording twice: that it is a claim's question, and that it is none of its subjects."""
    asked = {normalise(question): claim for claim in knowledge.claims.values() for question in claim.questions}
    asked.pop("", None)
    for claim in knowledge.claims.values():
        own = {normalise(question) for question in claim.questions}
        for i, decoy in enumerate(claim.decoys):
            if normalise(decoy) in own:
                message = say("files.lints.this_stands_under_questions_of_same")
                yield _at(loaded, claim, "not", i, message=message)
            elif other := asked.get(normalise(decoy)):
                message = say("files.lints.answers_this", id=other.id)
                yield _at(loaded, claim, "not", i, message=message)
    for g, group in enumerate(knowledge.out_of_scope):
        for i, question in enumerate(group.questions):
            if claim_asked := asked.get(normalise(question)):
                message = say("files.lints.this_stands_under_questions_of_too", id=claim_asked.id)
                yield loaded.documents["out_of_scope"].fault((g, "questions", i), message)


def _misled_questions(
    loaded: Loaded, knowledge: Knowledge, matcher: Matcher, told: Callable[[float], None]
) -> Iterator[Fault]:
    for number, claim in enumerate(knowledge.claims.values()):
        told(number / len(knowledge.claims))
        for i, question in enumerate(claim.questions):
            matches = matcher.rank(question).matches
            if not matches:
                message = say("files.lints.this_question_has_no_words")
            elif matches[0].topic != claim.topic:
                message = say("files.lints.matched_elsewhere", claim=matches[0].claim)
            else:
                continue
            yield _at(loaded, claim, "questions", i, message=message)


def _unused_sources(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    used = {source for claim in knowledge.claims.values() for source in claim.sources}
    for i, source in enumerate(knowledge.sources.values()):
        if source.id not in used:
            message = say("files.lints.no_claim_cites_source", id=source.id)
            yield loaded.documents["sources"].fault((i, "id"), message)


def _pictures(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    named = [claim for claim in knowledge.claims.values() if claim.picture]
    if not named:
        return
    from bot.core.drawing import PICTURES  # brings in the geometry, which a folder without pictures does without

    for claim in named:
        if claim.picture not in PICTURES:
            near = did_you_mean(claim.picture, PICTURES) or f"; the drawings are {', '.join(PICTURES)}"
            yield _at(
                loaded,
                claim,
                "picture",
                message=say("files.lints.there_is_no_drawing", picture=claim.picture, near=near),
            )


def _checklist(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    """Report each step of the checklist whose claim is gone, or says it in other words now."""
    for i, step in enumerate(knowledge.checklist):
        claim = knowledge.claims.get(step.claim)
        if claim is None:
            near = did_you_mean(step.claim, knowledge.claims)
            yield loaded.documents["checklist"].fault(
                (i, "claim"), say("files.lints.no_claim", claim=step.claim, near=near)
            )
        elif step.step not in claim.do:
            near = did_you_mean(step.step, dict.fromkeys(claim.do)) or say(
                "files.lints.write_it_as_it_stands_under", id=claim.id
            )
            yield loaded.documents["checklist"].fault((i, "step"), f"'{claim.id}' has no such step{near}")


def _exercises(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    """Report each claim that an exercise names and that is not there."""
    for i, exercise in enumerate(knowledge.exercises.exercises):
        at: _Path = ("exercises", i)
        named = [((*at, "claim"), exercise.claim)] if exercise.claim else []
        named += [((*at, "answers", asked), claim) for asked, claim in exercise.answers.items() if claim]
        named += [((*at, "near", number), claim) for number, claim in enumerate(exercise.near)]
        for place, claim in named:
            if claim not in knowledge.claims:
                near = did_you_mean(claim, knowledge.claims)
                yield loaded.documents["exercises"].fault(place, say("files.lints.no_claim", claim=claim, near=near))


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
            yield document.fault((*at, "claim"), say("files.lints.stands_here_twice", held_as=condition.held_as))
        if not condition.says and not condition.after:
            message = say("files.lints.nothing_tells_of", held_as=condition.held_as)
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
        named += _each(("hurts", "places", i), "instead_of", "claim", hurt.instead_of, knowledge.claims)
        named += _each(("hurts", "places", i), "keeps", "claim", hurt.keeps, knowledge.claims)
    named += _each((), "always", "claim", them.always, knowledge.claims)
    named += _each((), "harmless_to_all", "claim", them.harmless_to_all, knowledge.claims)
    for place, kind, name, there in named:
        if name not in there:
            yield document.fault(
                place, say("files.lints.no_such", kind=kind, name=name, nearest=did_you_mean(name, there))
            )


def _each(
    at: _Path, key: str, kind: str, names: Sequence[str], there: Mapping[str, object]
) -> Iterator[tuple[_Path, str, str, Mapping[str, object]]]:
    """Yield where each of the names under `key` stands, what it names, and what is there of that kind."""
    return (((*at, key, j), kind, name, there) for j, name in enumerate(names))


def _discord_limits(loaded: Loaded, knowledge: Knowledge) -> Iterator[Fault]:
    room = MOST_SUBCOMMANDS - len(RESERVED)
    for i, topic in enumerate(knowledge.topics):
        if topic in RESERVED:
            message = say("files.lints.legpress_is_name_bot_uses_itself", topic=topic)
        elif i >= room:
            message = say("files.lints.discord_shows_subcommands", most_subcommands=MOST_SUBCOMMANDS, topic=topic)
        else:
            continue
        yield _at_topic(loaded, topic, i, message)
    for claim in knowledge.claims.values():
        choice = len(claim.title) + len(knowledge.topics[claim.topic].title) + len(" ()")
        if choice > MOST_CHOICE:
            message = say("files.lints.with_its_topics_title_this_has", choice=choice, most_choice=MOST_CHOICE)
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
                say("files.lints.first_line_does_not_name_schema"),
            )  # fmt: skip
