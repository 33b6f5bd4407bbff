"""Everything that the gallery shows: each message with where it goes on the page."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import cycle

from bot.core.checklist import PRESSES, Goal, checklist
from bot.core.drawing import PICTURES
from bot.core.fields import MOST
from bot.core.model import Answer, Claim, Confidence, Knowledge, Outcome, ServerSource, Stop, Tier, Verdict
from bot.core.my_depth import depth_request, my_depth, spot_test
from bot.core.overlay import Standing
from bot.core.source_search import find_sources
from bot.errors import UserError
from bot.service import Service
from bot.service.curation import Listed
from bot.service.inbox import Group
from bot.service.listing import Row, Sought, View
from bot.service.server_values import ServerSettings
from bot.service.teaching import Words
from bot.service.weekly import Disliked, Given, Missed, Week
from bot.store.servers import Usage
from bot.ui.answer.card import Place, card
from bot.ui.answer.replies import plain, reply, stop
from bot.ui.answer.sections import Section
from bot.ui.curation.listings import list_layout
from bot.ui.curation.sources import sources_layout
from bot.ui.curation.teaching import asking_layout
from bot.ui.desks.inbox import group_layout, inbox_layout
from bot.ui.desks.settings import consent_layout, settings_layout
from bot.ui.desks.week import digest_layout, week_layout
from bot.ui.desks.welcome import HOW_TO_TEACH, welcome_layout
from bot.ui.kit.layout import Layout
from bot.ui.kit.pictures import Pictures, picture_of
from bot.ui.kit.ticks import State
from bot.ui.tools.checklist_card import CHANGED, checklist_layout
from bot.ui.tools.depth_card import Typed, depth_layout, unreadable
from bot.ui.tools.spot_card import found_layout, machines_layout, spot_layout

MINE = Place(private=True, shareable=True)
CHANNEL = Place(suggestable=True)
ASKED = (
    "i cant feel between my legs since leg press and cant pee",
    "back pain and fever since yesterday",
    "my back is bad since weeks and it wakes me at night",
    "pain going down my leg after leg press",
    "what is the weather",
    "how deep, and feet high or low?",
)
"""A question for each kind of reply that no claim's own card shows."""
DEPTHS = {
    "sled, tested": {"machine": "sled", "backrest": "2", "height": "178 cm", "roll": "hip 75"},
    "sled, shallow": {"machine": "sled", "backrest": "50 degrees", "feet": "high", "height": "2.10 m", "roll": "12 cm"},
    "horizontal, tested": {"machine": "horizontal", "backrest": "60", "height": "165", "roll": "30 cm"},
    "sled, in inches": {"machine": "sled", "backrest": "notch 3", "height": "5'6", "roll": "9 in"},
    "vertical, tested": {"machine": "vertical", "height": "172", "roll": "knee 70"},
    "vertical, small": {"machine": "vertical", "height": "145 cm", "feet": "low", "roll": "hip 60"},
}
MISSED = (
    "what is the best time of day to find the leg press free here, also on a bank holiday", "is creatine any good for legs",
    "which music helps on heavy sets", "who cleans the seat", "are gloves any use", "where is the chalk", "is there a bonus",
)  # fmt: skip
"""Questions of an inbox."""
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NONSENSE = {"machine": "sled", "backrest": "notch 99", "feet": "sideways", "height": "6'14", "roll": "when it hurts"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to look at: where it goes on the page, and the message that shows it."""

    section: str
    name: str
    layout: Layout


def _stops(service: Service) -> Iterator[Piece]:
    """Every text of a stop and of what comes after it, in both forms and the region whose strings are longest."""
    for name in service.texts.texts:
        if name.startswith("label_"):
            continue
        tier = next((each for each in Tier if name.startswith(each.value)), Tier.EMERGENCY)
        for proxy in (False, True):
            told = Stop(tier, (), proxy=proxy)
            yield Piece("Stops", f"{name} {'proxy' if proxy else 'self'}", stop(service.texts.said(name, told), told))
    minor = Stop(Tier.EMERGENCY, (), "self_harm", minor=True, language="es")
    yield Piece("Stops", "self_harm minor in Spanish", stop(service.texts.full(minor, "uk"), minor))


async def pieces(service: Service, pictures: Pictures) -> AsyncIterator[Piece]:
    """Every message, in the order of the page."""
    knowledge, line = service.knowledge, service.safety_line
    for claim_id in knowledge.claims:
        answer = _shown(service, claim_id)
        picture = await picture_of(answer, knowledge, pictures)
        yield Piece("Cards", claim_id, reply(answer, knowledge, MINE, safety_line=line, picture=picture))
    async for piece in _replies(service, pictures):
        yield piece
    async for piece in _behind_buttons(service, pictures):
        yield piece
    for piece in _stops(service):
        yield piece
    whole = at_every_limit(knowledge)
    answer = Answer("", Outcome.ANSWER, "", topic="depth", claim=LONGEST_ID, safety_line=True)
    picture = await picture_of(answer, whole, pictures)
    yield Piece("At every limit", "card", reply(answer, whole, MINE, safety_line=line, picture=picture))
    for section in Section:
        opened = card(whole.claims[LONGEST_ID], whole, MINE, section=section, safety_line=line)
        yield Piece("At every limit", section or "short", Layout(opened).sealed())
    for piece in _checklists(service):
        yield piece
    async for piece in _depths(service, pictures):
        yield piece
    for piece in _moderators(service):
        yield piece


def _shown(service: Service, claim_id: str) -> Answer:
    answer = service.show_claim(claim_id)
    assert answer is not None
    return answer


async def _replies(service: Service, pictures: Pictures) -> AsyncIterator[Piece]:
    knowledge, line = service.knowledge, service.safety_line
    for question in ASKED:
        answer, _ = service.ask(question)
        picture = await picture_of(answer, knowledge, pictures)
        yield Piece("Replies", question, reply(answer, knowledge, CHANNEL, safety_line=line, picture=picture))
    alone = Answer("", Outcome.DECLINE, line, safety_line=True)
    yield Piece("Replies", "the safety line alone", reply(alone, knowledge, CHANNEL, safety_line=line))
    answer = _shown(service, "find-your-depth")
    picture = await picture_of(answer, knowledge, pictures)
    assert picture is not None
    yield Piece("Replies", "without its picture", reply(answer, knowledge, picture=picture.without_file()))
    several = replace(answer, also=("locking-out", "foot-height"), safety_line=True)
    yield Piece("Replies", "two beside it", reply(several, knowledge, safety_line=line, picture=picture))
    for focus in ("why", "sources", "do"):
        answer = _shown(service, "knees-to-chest")
        asked = replace(answer, focus=focus)
        picture = await picture_of(asked, knowledge, pictures)
        yield Piece("Replies", f"asked for {focus}", reply(asked, knowledge, safety_line=line, picture=picture))


async def _behind_buttons(service: Service, pictures: Pictures) -> AsyncIterator[Piece]:
    """Each section of the claims that have most to say in it, and sources of one that has none."""
    knowledge = service.knowledge
    claims = list(knowledge.claims.values())
    wordiest = max(claims, key=lambda claim: len(claim.why) + len(claim.unknown))
    busiest = max(claims, key=lambda claim: len("".join(claim.do + claim.avoid)))
    most_cited = max(claims, key=lambda claim: sum(knowledge.sources[each].cite_ready for each in claim.sources))
    uncited = next(claim for claim in claims if not claim.sources)
    for claim, section in (
        (busiest, Section.STEPS), (wordiest, Section.WHY), (most_cited, Section.SOURCES), (uncited, Section.SOURCES),
        (busiest, Section.RELATED), (busiest, Section.MORE),
    ):  # fmt: skip
        picture = await pictures.of(claim)
        opened = card(claim, knowledge, MINE, section=section, safety_line=service.safety_line, picture=picture)
        layout = Layout(opened, pictures=[picture] if picture else []).sealed()
        yield Piece("Behind the buttons", f"{section} of {claim.id}", layout)


LONGEST_ID = "x" * 40


def filled(start: str, most: int) -> str:
    """Return ordinary words, exactly `most` characters of them."""
    return (start + " and then a few more words about the very same thing" * 30)[: most - 1].rstrip().ljust(
        most - 1, "s"
    ) + "."


def at_every_limit(knowledge: Knowledge) -> Knowledge:
    """Return the knowledge with a claim of a server's own that fills each field of the schema to its last character."""
    claim = Claim(
        LONGEST_ID,
        "depth",
        filled("A title", MOST["title"]),
        filled("A statement to judge", MOST["claim"]),
        Verdict.UNTESTED,
        Confidence.MODERATE,
        filled("The answer begins with one line that could be shorter. It goes on", MOST["answer"]),
        ("how long can it be?",),
        why=filled("The reasons", MOST["why"]),
        unknown=filled("What nobody knows", MOST["unknown"]),
        do=tuple(filled(f"Step {number}", 160) for number in range(1, 9)),
        avoid=tuple(filled(f"Leave out {number}", 160) for number in range(1, 7)),
        related=tuple(sorted(knowledge.claims, key=lambda each: -len(knowledge.claims[each].title))[:6]),
        picture=next(iter(PICTURES)),
        added_by_server=True,
    )
    return replace(knowledge, claims={**knowledge.claims, LONGEST_ID: claim})


def _checklists(service: Service) -> Iterator[Piece]:
    line = service.safety_line
    for press in PRESSES.values():
        for goal in Goal:
            found = checklist(service.knowledge, press, goal)
            yield Piece("Checklists", found.title, checklist_layout(found, State(1, found.version), safety_line=line))
    found = checklist(service.knowledge)
    for name, mask in (("three ticked", 0b100011), ("one left", found.full ^ 1 << 4), ("all done", found.full)):
        yield Piece("Checklists", name, checklist_layout(found, State(1, found.version, mask), safety_line=line))
    state = State(1, found.version)
    yield Piece("Checklists", "changed meanwhile", checklist_layout(found, state, safety_line=line, note=CHANGED))


async def _depths(service: Service, pictures: Pictures) -> AsyncIterator[Piece]:
    for name, typed in DEPTHS.items():
        result = my_depth(depth_request(**typed))
        drawn = await pictures.own("my-depth.png", result.svg, result.alt, (1, 1))
        yield Piece("Own depth", name, depth_layout(result, drawn, MINE, safety_line=service.safety_line))
        if name == "sled, tested":
            yield Piece("Own depth", "shared", depth_layout(result, drawn, Place(), safety_line=service.safety_line))
            words = drawn.without_file()
            yield Piece("Own depth", "no picture", depth_layout(result, words, MINE, safety_line=service.safety_line))
    yield Piece("Own depth", "which machine", machines_layout())
    for press in PRESSES.values():
        test = spot_test(service.knowledge, press)
        yield Piece("Own depth", f"test, {press.key}", await spot_layout(service, pictures, press))
        yield Piece("Own depth", f"number, {press.key}", found_layout(test, "5", service.safety_line))
    for answer in ("1", "never", "unsure"):
        yield Piece(
            "Own depth", f"answer {answer}", found_layout(spot_test(service.knowledge, PRESSES["sled"]), answer, "")
        )
    try:
        depth_request(**NONSENSE)
    except UserError as fault:
        yield Piece("Own depth", "nonsense", unreadable(str(fault), Typed(**NONSENSE)))


def _moderators(service: Service) -> Iterator[Piece]:
    """What moderators look at: hello, settings, lists, the inbox, a week, and a server's own sources."""
    knowledge = service.knowledge
    yield Piece("Moderators", "hello", welcome_layout())
    yield Piece("Moderators", "how to teach me", plain(HOW_TO_TEACH))
    chosen = ServerSettings(edit_roles=frozenset({1}), log_channel=2, digest=True, keep_questions=True, consent_at=NOON)
    for name, settings in (("settings, untouched", ServerSettings()), ("settings, chosen", chosen)):
        usage = Usage(12, 250_000, 3, 20_000, 2, 41)
        yield Piece(
            "Moderators", name, settings_layout(settings, ("eu", "uk"), usage, reads_messages=settings is chosen)
        )
    yield Piece("Moderators", "before questions are kept", consent_layout(ServerSettings()))
    claims = [
        Listed(claim.id, claim.title, claim.topic, standing, 1, standing is Standing.REPLACED)
        for claim, standing in zip(knowledge.claims.values(), cycle(Standing), strict=False)
    ]
    topics = dict(knowledge.topics)
    yield Piece("Moderators", "all claims", list_layout([Row(each) for each in claims], topics, 1))
    worst = [Row(each, up=number, down=3 * number) for number, each in enumerate(claims[:9], start=1)]
    yield Piece("Moderators", "worst rated", list_layout(worst, topics, 0, Sought(View.WORST)))
    missed = [Row(each, missed=40 - number) for number, each in enumerate(claims[:3])]
    yield Piece("Moderators", "asked and missed", list_layout(missed, topics, 0, Sought(View.MISSED, "depth", "hips")))
    yield Piece("Moderators", "nothing found", list_layout([], topics, 0, Sought(View.HIDDEN, words="unicorns")))
    first = next(iter(knowledge.claims.values()))
    groups = [
        Group(number, wording, (wording,), 9 - number, 5, NOON.date(), NOON.date(), Outcome.DECLINE, first.id)
        for number, wording in enumerate(MISSED)
    ]
    titles = {claim.id: claim.title for claim in knowledge.claims.values()}
    yield Piece("Moderators", "inbox", inbox_layout(groups * 3, titles, 1))
    yield Piece("Moderators", "one group", group_layout(groups[0], [(first.id, first.title)], titles))
    week = Week(
        NOON.date(), NOON.date(), 27, 15, 40, 30,
        (Given(first.id, first.title, 7, 0), Given("locking-out", titles["locking-out"], 5, 9)),
        (Missed(1, MISSED[0], 5),),
        (Disliked(first.id, first.title, 4, 3, (("wrong", 3), ("other", 1))),),
    )  # fmt: skip
    yield Piece("Moderators", "the week", week_layout(week))
    yield Piece("Moderators", "digest", digest_layout(week))
    found = find_sources(knowledge, "knee angle depth")
    yield Piece("Moderators", "sources found", sources_layout(1, "knee angle depth", found))
    page = ServerSource("https://gym.example/docs/leg-press-manual", "Leg press manual", "gym.example")
    own = replace(
        first, server_sources=(page,), added_by_server=True, verdict=Verdict.OPINION, confidence=Confidence.LOW
    )
    opened = card(own, knowledge, MINE, section=Section.SOURCES)
    yield Piece("Moderators", "a server's own source", Layout(opened).sealed())
    yield Piece("Moderators", "teaching asks its writer", asking_layout(1, Words(1, own.id, "0" * 8), own, "0" * 16))
