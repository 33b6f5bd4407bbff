"""What cards say, and that every one of them fits."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.drawing import PICTURES
from bot.core.drawing.registry import MAX_ALT
from bot.core.judgement import JUDGEMENTS
from bot.core.model import Answer, Claim, Confidence, Knowledge, Outcome, Source, Stop, Tier, Topic, Verdict
from bot.core.references import readable
from bot.ui import wording
from bot.ui.answer.card import Place, badge, card
from bot.ui.answer.citations import citation
from bot.ui.answer.replies import reply
from bot.ui.answer.sections import Section, bold, first_line
from bot.ui.kit.layout import Layout
from bot.ui.kit.limits import assert_fits
from bot.ui.kit.pictures import Shown
from tests.gallery_pieces import LONGEST_ID, at_every_limit
from tests.support.discord_side import text_of
from tests.support.examples import examples
from tests.support.payloads import PayloadChecker

LINE = "If something is badly wrong, skip the tips and get medical help now, whatever else you read here. " * 2 + "End."
"""As long as the real safety line."""
PLACES = [Place(), Place(private=True), Place(private=True, shareable=True)]


class Sent:
    """A layout as a message that was sent."""

    content = ""

    def __init__(self, layout: Layout) -> None:
        self.components = layout.to_components()


def payload_faults(layout: Layout, checker: PayloadChecker) -> list[str]:
    body = {"flags": 1 << 15, "components": Sent(layout).components, "allowed_mentions": {"parse": []}}
    return checker.faults("POST", "/channels/1/messages", body)


@pytest.mark.parametrize("place", PLACES)
def test_every_shipped_claim_has_a_card_within_the_limits(
    shipped: Knowledge, payload_checker: PayloadChecker, place: Place
) -> None:
    for claim_id in shipped.claims:
        for focus in ("", "why", "sources", "do"):
            answer = replace(_answer(claim_id), focus=focus, safety_line=True)
            layout = reply(answer, shipped, place, safety_line=LINE)
            assert payload_faults(layout, payload_checker) == [], claim_id
            assert text_of(Sent(layout)).endswith(LINE), claim_id


@pytest.mark.parametrize("section", [Section.NONE, Section.WHY, Section.WHOLE])
@pytest.mark.parametrize("lead", ["", "Bring a towel."])
def test_an_answer_that_is_the_statement_is_shown_once(shipped: Knowledge, section: Section, lead: str) -> None:
    said = "Only liquid chalk is allowed here"
    claim = replace(
        shipped.claims[shipped.topics["depth"].leading],
        title="Is chalk allowed",
        claim=f"{said}.",
        lead=lead,
        answer=said,
    )
    shown = text_of(Sent(Layout(card(claim, shipped, section=section)).sealed()))
    assert shown.count(said) == 1
    assert lead in shown


@pytest.mark.parametrize("focus", ["", "why", "sources", "do"])
@pytest.mark.parametrize("place", PLACES)
def test_a_servers_claim_that_fills_every_limit_has_a_card_within_discords(
    shipped: Knowledge, payload_checker: PayloadChecker, place: Place, focus: str
) -> None:
    knowledge = at_every_limit(shipped)
    drawing = PICTURES[knowledge.claims[LONGEST_ID].picture]
    for picture in (None, Shown("a.png", drawing.alt, b"png"), Shown("a.png", "w" * MAX_ALT)):
        for also in ((), tuple(list(shipped.claims)[:2])):
            answer = replace(_answer(LONGEST_ID), focus=focus, also=also, safety_line=True)
            layout = reply(answer, knowledge, place, safety_line=LINE, picture=picture)
            assert payload_faults(layout, payload_checker) == []
            assert text_of(Sent(layout)).endswith(LINE)


def opened(
    claim: Claim, knowledge: Knowledge, section: Section, *, place: Place = PLACES[2], picture: Shown | None = None
) -> list[Layout]:
    """Every page of a claim's open section, as the card shows it."""
    found: list[Layout] = []
    for page in range(1, 30):
        whole = card(claim, knowledge, place, section=section, page=page, safety_line=LINE, picture=picture)
        found.append(Layout(whole, pictures=[picture] if picture else []).sealed())
        if not any(each["custom_id"].startswith("lp:page:") for each in _buttons(found[-1])):
            return found
    raise AssertionError("no last page")


@pytest.mark.parametrize("png", [b"png", None])
def test_every_section_of_the_longest_claim_fits_and_loses_nothing(
    shipped: Knowledge, payload_checker: PayloadChecker, png: bytes | None
) -> None:
    knowledge = at_every_limit(shipped)
    claim = knowledge.claims[LONGEST_ID]
    picture = Shown("a.png", "w" * MAX_ALT, png)
    whole = {}
    for section in Section:
        pages = opened(claim, knowledge, section, picture=picture)
        for layout in pages:
            assert payload_faults(layout, payload_checker) == []
            assert text_of(Sent(layout)).endswith(LINE)
        whole[section] = "\n".join(text_of(Sent(layout)) for layout in pages)
    assert wording.REST_BEHIND in whole[Section.WHOLE]
    assert [part for part in (*claim.do, *claim.avoid) if part not in whole[Section.STEPS]] == []
    for part in (claim.answer.partition(". ")[2], claim.why, claim.unknown):
        assert part in whole[Section.WHY]


WILD = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)  # an empty one is refused


@examples(40)
@given(
    title=WILD.map(lambda text: text.strip()[:60]),
    answer=WILD.map(lambda text: text.strip()[:350]),
    steps=st.lists(WILD.map(lambda text: text.strip()[:160]), max_size=8),
    focus=st.sampled_from(["", "why", "sources", "do"]),
)
def test_whatever_a_server_writes_within_the_limits_makes_a_card(
    title: str, answer: str, steps: list[str], focus: str
) -> None:
    claim = replace(CLAIM, title=title, answer=answer, do=tuple(steps), avoid=tuple(steps[:6]), added_by_server=True)
    knowledge = Knowledge({"a": claim}, TOPICS)
    assert_fits(reply(replace(_answer("a"), focus=focus), knowledge, Place(private=True, shareable=True)))
    for section in Section:
        for layout in opened(claim, knowledge, section):
            assert_fits(layout)


def test_a_shipped_claims_section_takes_one_page(shipped: Knowledge) -> None:
    for claim in shipped.claims.values():
        for section in (Section.STEPS, Section.WHY):
            assert len(opened(claim, shipped, section)) == 1, claim.id


def test_the_first_card_says_statement_judgement_and_one_line_in_that_order_and_no_more(shipped: Knowledge) -> None:
    for claim in (readable(each, shipped) for each in shipped.claims.values()):
        said = text_of(Sent(reply(_answer(claim.id), shipped)))
        statement, judged, line = said.split("\n", 2)
        assert statement == f"**The claim:** {' '.join(claim.claim.split())}"
        assert judged == badge(claim)
        assert line == bold(first_line(claim))
        assert ("\n" not in line and len(first_line(claim)) <= 180) or claim.id == "warning-signs"


def test_every_shipped_claims_reasons_and_sources_fit_and_lose_no_caveat(
    shipped: Knowledge, payload_checker: PayloadChecker
) -> None:
    for claim in shipped.claims.values():
        why = opened(claim, shipped, Section.WHY)
        sources = opened(claim, shipped, Section.SOURCES)
        for layout in (*why, *sources):
            assert payload_faults(layout, payload_checker) == [], claim.id
        said = "\n".join(text_of(Sent(layout)) for layout in sources)
        for source_id in claim.sources:
            source = shipped.sources[source_id]
            if source.cite_ready:
                assert source.caveat in said, (claim.id, source_id)
            else:
                assert source.title not in said, (claim.id, source_id)


def test_two_cards_beside_the_longest_one_still_fit(shipped: Knowledge) -> None:
    longest = sorted(shipped.claims.values(), key=lambda claim: -len(str(claim.do) + claim.answer))[:3]
    answer = replace(_answer(longest[0].id), also=(longest[1].id, longest[2].id), safety_line=True)
    layout = reply(answer, shipped, Place(private=True, shareable=True), safety_line=LINE)
    assert_fits(layout)
    said = text_of(Sent(layout))
    assert [said.count(f"**The claim:** {' '.join(claim.claim.split())}") for claim in longest] == [1, 1, 1]
    assert len(layout.children) == 1  # one compact card
    assert said.endswith(LINE)


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("confidence", list(Confidence))
def test_the_judgement_is_words_and_a_symbol(verdict: Verdict, confidence: Confidence) -> None:
    shown = badge(replace(CLAIM, verdict=verdict, confidence=confidence))
    assert wording.SYMBOLS[verdict] in shown
    assert f"**{JUDGEMENTS[verdict, confidence]}**" in shown
    assert verdict in wording.COLOURS


def test_no_two_verdicts_look_alike() -> None:
    assert len(set(wording.SYMBOLS.values())) == len(set(wording.COLOURS.values())) == len(Verdict)


def test_what_a_server_added_says_so_on_card_compact_card_and_sources() -> None:
    added = replace(CLAIM, added_by_server=True)
    knowledge = Knowledge({"a": added, "b": replace(added, id="b", title="B")}, TOPICS)
    assert text_of(Sent(reply(_answer("a"), knowledge))).count("added by this server") == 1
    assert text_of(Sent(reply(replace(_answer("a"), also=("b",)), knowledge))).count("added by this server") == 2
    assert "added by this server" in text_of(Sent(opened(added, knowledge, Section.SOURCES)[0]))


def test_a_claim_without_reasons_says_so() -> None:
    assert wording.NO_REASONS in text_of(Sent(opened(CLAIM, KNOWLEDGE, Section.WHY)[0]))


def test_a_stop_says_its_whole_text_and_offers_nothing_else() -> None:
    text = "Get help now. " * 100
    answer = Answer("", Outcome.STOP, text, stop=Stop(Tier.EMERGENCY, ("R01",)))
    layout = reply(answer, KNOWLEDGE, Place(private=True, shareable=True), safety_line="line")
    assert text_of(Sent(layout)) == text.strip()
    assert [each["custom_id"] for each in _buttons(layout)] == ["lp:report:stop-emergency-emergency-s"]


def test_claims_that_are_gone_are_left_out() -> None:
    answer = replace(_answer("a"), also=("gone", "a"), suggestions=("gone",))
    assert text_of(Sent(reply(answer, KNOWLEDGE))).count("**The claim:**") == 1
    offer = Answer("", Outcome.SUGGEST, "Is it one of these?", suggestions=("gone", "a", "a"))
    assert [each["custom_id"] for each in _buttons(reply(offer, KNOWLEDGE))] == ["lp:show:a", "lp:report:-"]
    gone = reply(_answer("gone"), KNOWLEDGE)
    assert text_of(Sent(gone)) == "the plain text"


def _offered(*titles: str, end: str = "") -> tuple[str, list[str]]:
    """What a suggestion of claims of these titles says, and the labels of its buttons."""
    claims = {f"c{n}": replace(CLAIM, id=f"c{n}", title=title) for n, title in enumerate(titles)}
    answer = Answer("", Outcome.SUGGEST, "Is it one of these?", suggestions=tuple(claims), listed=titles, end=end)
    layout = reply(answer, Knowledge(claims, TOPICS))
    return text_of(Sent(layout)), [each["label"] for each in _buttons(layout)][:-1]


def test_titles_that_a_button_says_in_full_are_not_listed_again() -> None:
    said, buttons = _offered("One leg at a time", "Is 90 degrees the safe number?")
    assert said == "Is it one of these?"
    assert buttons == ["One leg at a time", "Is 90 degrees the safe number?"]


def test_titles_too_long_for_a_button_are_listed_in_full() -> None:
    long = "Why your lower back hurts after leg press on a Monday"
    said, buttons = _offered("One leg at a time", long)
    assert said == f"Is it one of these?\n- One leg at a time\n- {long}"
    assert buttons[1].endswith("…")


def test_the_safety_line_of_a_suggestion_stands_below_its_buttons() -> None:
    said, buttons = _offered("One leg at a time", end=LINE)
    assert said == f"Is it one of these?\n{LINE}"
    assert buttons == ["One leg at a time"]


def test_a_source_without_confirmed_authors_names_none() -> None:
    source = Source("s", "A title.", authors="authors not confirmed", year=2020, url="https://www.example.org/x?y=1 2")
    assert (
        citation(source, 1)
        == "**1.** *A title* (2020). Authors not confirmed.\n[www.example.org](<https://www.example.org/x?y=1%202>)"
    )


def test_a_citation_has_title_journal_kind_link_finding_and_caveat() -> None:
    source = Source("s", "A title", "Doe J.", 2020, "Journal 1:2", "10.1/x", "", "", "meta_analysis", "Found.", "But.")
    assert citation(source, 3).split("\n") == [
        "**3.** Doe J (2020). *A title*. Journal 1:2.",
        "Meta-analysis · [doi:10.1/x](<https://doi.org/10.1/x>)",
        "> Found.",
        "> ⚠️ Keep in mind: But.",
    ]


def _answer(claim_id: str) -> Answer:
    return Answer("", Outcome.ANSWER, "the plain text", topic="t", claim=claim_id)


def _buttons(layout: Layout) -> list[dict[str, str]]:
    from tests.support.discord_side import components

    return [each for each in components(Sent(layout)) if each.get("custom_id")]


CLAIM = Claim("a", "t", "A", "A statement.", Verdict.MIXED, Confidence.LOW, "An answer.", ("a?",))
TOPICS = {"t": Topic("t", "T", "D", "a")}
KNOWLEDGE = Knowledge({"a": CLAIM}, TOPICS)
