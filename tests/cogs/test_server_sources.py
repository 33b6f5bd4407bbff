"""A server's own sources in Discord: pasted, shown as theirs, taken out and in; and the bot's own, found by words."""

from typing import Any

import pytest
import yaml

from bot.core import addresses
from bot.ui.curation import words
from tests.cogs.test_knowledge_writing import QUESTION, drafted
from tests.support.discord_side import custom_ids, labels, press, response, text_of
from tests.support.moderators import REFUSING, Club, attached, fields_of, more, publish, told

PAGE = "https://gym.example/docs/creatine-and-you"
SAYS = "**This server says:** Creatine helps a little with heavy pressing."


async def with_sources(club: Club, sources: str, verdict: str = "supported/high") -> Any:
    """Dana writes a claim and its sources; returns the preview."""
    preview = await drafted(club)
    second = await club.dana.click(await more(club.dana, response(preview)), label="Reasons")
    await club.dana.submit_modal(second, {**fields_of(second), "sources": sources, "verdict": [verdict]})
    return preview


async def test_a_pasted_address_is_this_servers_source_on_card_and_export_and_comes_in_again(club: Club) -> None:
    preview = await with_sources(club, f"What our coach wrote {PAGE}\nhips1985")
    said = text_of(preview.response)
    assert SAYS in said
    assert "cites a page of this server's own, so its card says “This server says” and has no verdict" in said
    assert "*What our coach wrote*" in said
    assert "Yes, solid" not in said
    await publish(club.dana, response(preview))
    card = (await club.mia.slash(club.channel, "legpress ask", question=QUESTION)).response
    assert SAYS in text_of(card)
    assert "From a source of its own" in text_of(card)
    assert "added by this server" in text_of(card)
    shown = text_of((await press(club.mia, card, "Sources")).response or card)
    assert "**1.**" in shown
    assert f"**2.** *What our coach wrote*.\n[gym.example](<{PAGE}>) · this server's source" in shown
    assert "nobody else has checked that they fit" in shown
    name, content = await attached(await club.run("export"))
    [entry] = yaml.safe_load(content)["claims"]["this-server"]
    assert entry["sources"] == ["hips1985"]
    assert entry["server_sources"] == [{"url": PAGE, "title": "What our coach wrote", "site": "gym.example"}]
    assert (entry["verdict"], entry["confidence"]) == ("opinion", "low")
    there = await club.olga.slash(club.elsewhere, "knowledge import", file=(name, content.encode()))
    await publish(club.olga, response(there))
    assert SAYS in await club.asked(QUESTION, club.olga)


async def test_a_file_that_gives_such_a_claim_a_verdict_is_read_without_it(club: Club) -> None:
    claim = {
        "id": "creatine", "title": "Creatine", "claim": "It helps.", "verdict": "supported", "confidence": "high",
        "answer": "It helps a little.", "questions": [QUESTION], "server_sources": [{"url": PAGE}],
    }  # fmt: skip
    file = ("ours.yaml", yaml.safe_dump({"claims": {"depth": [claim]}}).encode())
    preview = await club.run("import", file=file)
    assert "has no verdict" in told(preview)
    await publish(club.dana, response(preview))
    assert "**This server says:** It helps." in await club.asked(QUESTION)


@REFUSING
async def test_faulty_addresses_of_a_file_are_told_with_their_lines(club: Club) -> None:
    text = (
        "claims:\n  depth:\n    - id: creatine\n      title: Creatine\n      claim: It helps.\n      verdict: opinion\n"
        "      confidence: low\n      answer: It helps.\n      questions: [does it]\n      server_sources:\n"
        "        - url: javascript:alert(1)\n        - url: https://me:secret@gym.example/\n        - title: No address\n"
    )
    said = told(await club.run("import", file=("ours.yaml", text.encode())))
    assert "3 things to mend" in said
    assert "ours.yaml:11:" in said
    assert "begins with https://" in said
    assert "ours.yaml:12:" in said
    assert "before the @" in said
    assert "secret" not in said
    assert "ours.yaml:13:" in said


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("https://gym.example/" + "x" * 1980, "this one has 2,000"),
        ("https://me:secret@gym.example/", addresses.BEFORE_THE_AT),
        ("https://gym.example/plan?token=secret", addresses.WITH_A_KEY),
        ("javascript:alert(1)", addresses.SCHEME),
        ("https://gооgle.com/", "look like others"),
    ],
)
async def test_a_bad_address_gets_one_sentence_and_the_form_opens_again_with_it(
    club: Club, address: str, sentence: str
) -> None:
    preview = await with_sources(club, f"hips1985\n{address}")
    said = text_of(preview.response)
    assert said.count("line 2:") == 1
    assert sentence in said
    assert "Publish" not in labels(preview.response)
    again = await club.dana.click(response(preview), label="Reasons")
    assert fields_of(again)["sources"] == f"hips1985\n{address}"
    await club.dana.submit_modal(
        again, {**fields_of(again), "sources": f"hips1985\n{PAGE}", "verdict": ["opinion/low"]}
    )
    assert SAYS in text_of(preview.response)


@pytest.mark.parametrize("field", ["title", "claim", "answer", "questions", "do"])
async def test_an_address_with_a_password_stands_in_no_text_that_members_read(club: Club, field: str) -> None:
    preview = await drafted(club, **{field: "See https://me:secret@gym.example/ for it"})
    said = text_of(preview.response)
    assert said.count(addresses.BEFORE_THE_AT) == 1
    assert "secret" not in said
    assert "Publish" not in labels(preview.response)


async def test_an_address_with_a_key_behind_it_stands_in_no_text_either(club: Club) -> None:
    preview = await drafted(club, answer="See https://gym.example/plan?week=2&token=secret for it")
    said = text_of(preview.response)
    assert said.count(addresses.WITH_A_KEY) == 1
    assert "secret" not in said
    assert "Publish" not in labels(preview.response)


@REFUSING
async def test_an_address_with_a_password_in_a_file_is_told_with_its_line(club: Club) -> None:
    claim = {
        "id": "creatine", "title": "Creatine", "claim": "It helps.", "verdict": "opinion", "confidence": "low",
        "answer": "It helps.", "questions": [QUESTION], "avoid": ["See ftp://me:secret@gym.example/ for it"],
    }  # fmt: skip
    file = ("ours.yaml", yaml.safe_dump({"claims": {"depth": [claim]}}, sort_keys=False).encode())
    said = told(await club.run("import", file=file))
    assert f"ours.yaml:12:7:` {addresses.BEFORE_THE_AT}" in said
    assert "secret" not in said


async def test_an_address_pasted_into_the_first_form_becomes_a_source(club: Club) -> None:
    preview = await drafted(club, answer=f"It helps a little over weeks.\n{PAGE}")
    assert SAYS in text_of(preview.response)
    second = await club.dana.click(await more(club.dana, response(preview)), label="Reasons")
    assert fields_of(second)["sources"] == PAGE
    first = await club.dana.click(response(preview), label="Edit")
    assert fields_of(first)["answer"] == "It helps a little over weeks."


async def test_what_a_source_is_called_is_shown_and_not_obeyed(club: Club) -> None:
    preview = await with_sources(club, f"[nih.gov](https) @everyone *x* | nih.gov | {PAGE}")
    await publish(club.dana, response(preview))
    card = (await club.mia.slash(club.channel, "legpress ask", question=QUESTION)).response
    shown = text_of((await press(club.mia, card, "Sources")).response or card)
    assert "\\[nih.gov\\]\\(https\\) \\@everyone \\*x\\*" in shown
    assert f"[gym.example](<{PAGE}>)" in shown, "a link is called by where it leads"


async def test_a_title_that_speaks_of_a_warning_sign_is_refused(club: Club) -> None:
    preview = await with_sources(club, f"Why chest pain on the press is nothing to worry about {PAGE}")
    assert "speaks of a warning sign" in text_of(preview.response)


async def test_a_shipped_source_is_found_by_words_and_added_with_a_tap(club: Club) -> None:
    preview = await with_sources(club, PAGE)
    shown = response(preview)
    form = await club.dana.click(await more(club.dana, shown), label=words.FIND_SOURCE)
    assert list(fields_of(form)) == ["text"]
    await club.dana.submit_modal(form, {"text": "hips"})
    assert "hips" in text_of(shown).lower()
    pick = next(each for each in custom_ids(shown) if each.startswith("lp-pick:kcite:"))
    await club.dana.select(shown, ["hips1985"], custom_id=pick)
    assert words.PREVIEW in text_of(shown)
    second = await club.dana.click(await more(club.dana, shown), label="Reasons")
    assert fields_of(second)["sources"].splitlines() == [PAGE, "hips1985"]


@REFUSING
async def test_a_source_is_not_added_twice_and_words_that_none_has_say_so(club: Club) -> None:
    preview = await with_sources(club, "hips1985")
    shown = response(preview)
    await club.dana.submit_modal(
        await club.dana.click(await more(club.dana, shown), label=words.FIND_SOURCE), {"text": "zzzqqq"}
    )
    assert words.NO_SOURCE_FOUND in text_of(shown)
    await club.dana.submit_modal(await club.dana.click(shown, label="Other words"), {"text": "hips"})
    pick = next(each for each in custom_ids(shown) if each.startswith("lp-pick:kcite:"))
    result = await club.dana.select(shown, ["hips1985"], custom_id=pick)
    assert words.HAS_IT in told(result)
