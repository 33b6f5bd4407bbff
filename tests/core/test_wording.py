"""The plain text of a reply."""

from dataclasses import replace

from bot.core.brief import brief_text
from bot.core.model import Claim, Confidence, Knowledge, Source, Topic, Verdict
from bot.core.wording import NO_SOURCE, checked_line, citation, journal_of, shown_sources, written

CLAIM = Claim(
    id="one",
    topic="depth",
    title="One title",
    claim="A statement.",
    verdict=Verdict.UNTESTED,
    confidence=Confidence.LOW,
    answer="The answer.",
    questions=("how deep",),
    why="Because.",
    unknown="Much.",
    do=("Sit.", "Press."),
    avoid=("Bouncing.",),
    sources=("good", "unready", "unknown"),
    related=("two", "gone"),
)
GOOD = Source(
    "good",
    "A title",
    authors="Doe J",
    year=2020,
    journal="J Test 1:2",
    doi="10.1/x",
    cite_ready=True,
    caveat="Ten men.",
)
KNOWLEDGE = Knowledge(
    claims={"one": CLAIM, "two": replace(CLAIM, id="two", title="Two title")},
    topics={"depth": Topic("depth", "Depth", "d", "one")},
    sources={"good": GOOD, "unready": replace(GOOD, id="unready", cite_ready=False)},
)


def claim_text(claim: Claim, knowledge: Knowledge, focus: str = "") -> str:
    return written(claim, knowledge, focus).text(claim.lead)


def test_a_reply_has_its_parts_in_order() -> None:
    assert claim_text(CLAIM, KNOWLEDGE) == (
        "One title\nThe claim: A statement.\nTrue? Not known yet.\n\nThe answer.\n\nWhy: Because.\n\nNot known yet: Much.\n\n"
        "Do:\n1. Sit.\n2. Press.\n\nAvoid:\n- Bouncing.\n\n"
        "Sources:\n1. Doe J. 2020. A title. J Test 1:2. https://doi.org/10.1/x (Keep in mind: Ten men.)\n\nSee also:\n- Two title"
    )


def test_only_the_part_asked_for_is_said_again() -> None:
    head = "One title\nThe claim: A statement.\nTrue? Not known yet."
    assert claim_text(CLAIM, KNOWLEDGE, "why") == f"{head}\n\nWhy: Because.\n\nNot known yet: Much."
    assert claim_text(CLAIM, KNOWLEDGE, "do") == f"{head}\n\nDo:\n1. Sit.\n2. Press.\n\nAvoid:\n- Bouncing."
    assert claim_text(CLAIM, KNOWLEDGE, "sources").split("\n\n")[1:] == [
        "Sources:\n1. Doe J. 2020. A title. J Test 1:2. https://doi.org/10.1/x (Keep in mind: Ten men.)"
    ]


def test_asking_for_a_part_that_is_not_there_gives_the_usual_order() -> None:
    plain = replace(CLAIM, why="")
    assert claim_text(plain, KNOWLEDGE, "why") == claim_text(plain, KNOWLEDGE)


def test_only_sources_that_may_be_cited_are_shown() -> None:
    assert [source.id for source in shown_sources(CLAIM, KNOWLEDGE)] == ["good"]


def test_a_claim_without_a_citable_source_says_so() -> None:
    assert f"Sources: {NO_SOURCE}" in claim_text(replace(CLAIM, sources=("unready",)), KNOWLEDGE)


def test_authors_that_are_not_confirmed_are_not_named() -> None:
    source = replace(
        GOOD, authors="Authors not confirmed in the record seen", journal="(journal not confirmed)", caveat=""
    )
    assert citation(source) == "A title. 2020. Authors not confirmed. https://doi.org/10.1/x"


def test_a_source_links_to_what_lasts_longest() -> None:
    assert replace(GOOD, doi="", pmid="123", url="http://old").link == "https://pubmed.ncbi.nlm.nih.gov/123/"
    assert replace(GOOD, doi="", url="http://old").link == "http://old"
    assert replace(GOOD, doi="").link == ""


def test_what_a_server_added_says_so() -> None:
    assert "Added by this server." in claim_text(replace(CLAIM, added_by_server=True), KNOWLEDGE)


def test_when_studies_were_looked_for_stands_with_the_sources() -> None:
    claim = replace(CLAIM, checked="2026-11", lead="Press.")
    assert checked_line(CLAIM) == ""
    assert "(Keep in mind: Ten men.)\nStudies were last looked for in November 2026." in claim_text(claim, KNOWLEDGE)
    assert claim_text(claim, KNOWLEDGE).split("\n\n")[1:3] == ["Press.", "The answer."]


def test_a_journal_that_was_not_read_whole_is_not_named() -> None:
    for journal in (
        "(journal not confirmed; a publisher)",
        "Clin Rehabil (name cut off in the result as 'Clinica...')",
    ):
        assert journal_of(replace(GOOD, journal=journal)) == ""
    assert journal_of(GOOD) == "J Test 1:2"


def test_an_answer_that_is_the_statement_is_written_once() -> None:
    same = replace(CLAIM, answer="A statement")
    assert claim_text(same, KNOWLEDGE).count("A statement") == 1
    assert brief_text(same).count("A statement") == 1
