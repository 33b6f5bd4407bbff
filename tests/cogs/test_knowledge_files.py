"""`/knowledge import` and `export`: whole circles, every fault with its place, and files that mean harm."""

import re

import pytest
import yaml
from discord import ui

from bot.service.workshop import put_together
from bot.ui.curation import words
from bot.ui.kit.buttons import Press
from bot.ui.kit.layout import Layout, box
from tests.support.discord_side import Handed, custom_ids, labels, response, text_of
from tests.support.moderators import REFUSING, Club, attached, publish, told
from tests.support.postgres import Clock

GOOD = b"""\
claims:
  depth:
    - id: our-depth
      title: Our depth rule
      claim: Stop at the sticker.
      verdict: opinion
      confidence: low
      answer: The sticker on our sled marks a good first depth.
      questions: [what is the sticker on the sled for, where is the sticker on our sled]
hidden: [straight-knees]
"""
BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (c, c, b",".join([b"*%c" % (c - 1)] * 9)) for c in range(ord("b"), ord("j"))
)


async def test_an_import_is_previewed_published_and_exported_again(club: Club) -> None:
    preview = await club.run("import", file=("ours.yaml", GOOD))
    said = told(preview)
    assert "**Import**" in said
    assert "our-depth: added" in said
    assert "straight-knees: hidden" in said
    assert "The sticker on our sled" in said
    assert "Reason: from ours.yaml" in said
    await publish(club.dana, response(preview))
    assert "The sticker on our sled" in await club.asked("what is the sticker on the sled for")
    name, content = await attached(await club.run("export"))
    assert name == "knowledge.yaml"
    assert yaml.safe_load(content) == yaml.safe_load(GOOD)
    there = await club.olga.slash(club.elsewhere, "knowledge import", file=(name, content.encode()))
    await publish(club.olga, response(there))
    assert "The sticker on our sled" in await club.asked("what is the sticker on the sled for", club.olga)


HARD_TO_FIND = b"""\
claims:
  depth:
    - id: first-belt
      title: Belt
      claim: A belt is at the desk.
      verdict: opinion
      confidence: low
      answer: Ask at the desk for the belt.
      questions: [where is the belt, belt at the desk, do you have a belt, may i borrow a belt, belt]
    - id: second-belt
      title: Belt, too
      claim: A belt is at the desk.
      verdict: opinion
      confidence: low
      answer: The desk has a second belt.
      questions: [second belt at the desk]
"""


async def test_an_import_that_members_would_not_find_asks_a_second_time(club: Club) -> None:
    preview = await club.run("import", file=("ours.yaml", HARD_TO_FIND))
    await club.dana.click(response(preview), label="Publish")
    said = text_of(preview.response)
    assert "### Are you sure?" in said
    assert re.search(r"“Belt(, too)?”: of \d+ ways in which members are likely to ask, \d+ would get it\.", said)
    assert await club.workshop.history.revisions(club.guild.id) == []
    await club.dana.click(response(preview), label="Publish all the same")
    assert len(await club.workshop.history.revisions(club.guild.id)) == 1


async def test_an_import_of_two_claims_with_one_title_says_so_in_the_preview(club: Club) -> None:
    twins = HARD_TO_FIND.replace(b"Belt, too", b"BELT")
    preview = await club.run("import", file=("ours.yaml", twins))
    assert "⚠️ This cannot be published. Title: “Belt” (first-belt) has the same title to the eye" in told(preview)
    refused = await publish(club.dana, response(preview))
    assert "has the same title to the eye" in told(refused)
    assert await club.workshop.history.revisions(club.guild.id) == []


async def test_an_old_publish_button_asks_a_second_time_after_a_restart_too(
    club: Club, handed: Handed, clock: Clock
) -> None:
    preview = await club.run("import", file=("ours.yaml", HARD_TO_FIND))
    [draft] = {each.rpartition(":")[2] for each in custom_ids(preview.response) if each.startswith("lp:kdoubt:")}
    handed.workshop = put_together(club.workshop.store, handed.service, regions=handed.service().regions, clock=clock)
    await club.env.restart_bot(handed.bot())
    channel = club.env.bot.get_channel(club.channel.id)
    old = Layout(box(0, ui.ActionRow(Press("kpublish", draft, "Publish"))))
    message = await channel.send(view=old)  # type: ignore[union-attr]
    pressed = await club.dana.click(message, label="Publish")
    assert "### Are you sure?" in told(pressed)
    assert await club.workshop.history.revisions(club.guild.id) == []
    await handed.workshop.overlays.close()


async def test_going_back_to_what_members_would_not_find_asks_a_second_time(club: Club) -> None:
    await publish(club.dana, response(await club.run("import", file=("ours.yaml", HARD_TO_FIND))))
    await publish(club.dana, response(await club.run("rollback", revision=0)))
    preview = await club.run("rollback", revision=1)
    await club.dana.click(response(preview), label="Publish")
    assert "### Are you sure?" in text_of(preview.response)
    assert len(await club.workshop.history.revisions(club.guild.id)) == 2


async def test_an_import_of_what_is_here_already_says_so(club: Club) -> None:
    preview = await club.run("import", file=("ours.yaml", GOOD))
    await publish(club.dana, response(preview))
    assert words.NOTHING_NEW in told(await club.run("import", file=("again.yaml", GOOD)))


async def test_a_claims_file_goes_into_its_topic(club: Club) -> None:
    claims = yaml.safe_dump(yaml.safe_load(GOOD)["claims"]["depth"]).encode()
    preview = await club.run("import", file=("anything.yaml", claims), topic="lockout")
    await publish(club.dana, response(preview))
    result = await club.run("export", topic="lockout")
    name, content = await attached(result)
    assert name == "lockout.yaml"
    assert yaml.safe_load(content)[0]["id"] == "our-depth"


@REFUSING
async def test_a_topic_without_own_claims_cannot_be_exported(club: Club) -> None:
    assert "no claim of its own in 'depth'" in told(await club.run("export", topic="depth"))


async def test_a_server_without_anything_of_its_own_exports_an_empty_file(club: Club) -> None:
    _, content = await attached(await club.run("export"))
    assert not yaml.safe_load(content)


async def test_every_fault_is_told_with_its_line_and_column(club: Club) -> None:
    bad = GOOD.replace(b"verdict: opinion", b"verdict: splendid").replace(b"hidden: [", b"hiden: [")
    result = await club.run("import", file=("ours.yaml", bad))
    said = told(result)
    assert "2 things to mend" in said
    assert "ours.yaml:6:16:" in said
    assert "ours.yaml:10:1:" in said
    assert "Publish" not in labels(result.response)
    assert await club.workshop.history.revisions(club.guild.id) == []


async def test_faults_of_shape_and_of_content_are_told_together_in_the_order_of_the_file(club: Club) -> None:
    bad = b"""\
claims:
  dept:
    - id: our-depth
      title: Our depth rule
      claim: Stop at the sticker.
      verdict: splendid
      confidence: low
      answer: The sticker marks it.
      questions: [what is the sticker on the sled for]
      sources: [nobody1999]
  lockout:
    - id: warning-signs
      title: Ours
      claim: Ours.
      verdict: opinion
      confidence: low
      questions: [what is ours]
    - just words
    - id: our-depth
      title: Twice
      claim: Twice.
      verdict: opinion
      confidence: low
      answer: Twice.
      questions: [is it here twice]
questions:
  no-such-claim: [a question for nobody]
hidden: [warning-signs, nothing-here]
hiden: []
"""
    said = told(await club.run("import", file=("ours.yaml", bad)))
    places = re.findall(r"- `ours\.yaml:(\d+):(\d+):` (.+)", said.replace("\\", ""))
    assert [(int(line), text.split(";")[0]) for line, _, text in places] == [
        (2, "there is no topic 'dept' (did you mean 'depth'?)"),
        (6, "'verdict' is 'splendid'"),
        (10, "there is no source 'nobody1999'"),
        (12, "'answer' is missing"),
        (18, "entry 2 of 'lockout' must be `key: value` lines, not 'just words'"),
        (19, "the name 'our-depth' is taken (at line 3)"),
        (27, "there is no shipped claim 'no-such-claim'"),
        (28, "'warning-signs' belongs to the safety net and cannot be hidden"),
        (28, "there is no claim 'nothing-here'"),
        (29, "unknown key 'hiden'"),
    ]
    assert "10 things to mend" in said
    assert await club.workshop.history.revisions(club.guild.id) == []


async def test_many_faults_come_as_a_file(club: Club) -> None:
    bad = b"claims:\n  depth:\n" + b"".join(b"    - {id: Bad Name %d, verdict: no}\n" % n for n in range(40))
    result = await club.run("import", file=("ours.yaml", bad))
    assert "All of them are in the file" in told(result)
    name, content = await attached(result)
    assert name == "faults.txt"
    assert content.count("ours.yaml:") >= 20
    assert (
        "ours.yaml:3:7: 'title' is missing; add a line `title: ...`; the same 39 times more, at lines 4, 5" in content
    )
    assert content.count("'title' is missing") == 1


@REFUSING
async def test_a_file_too_big_is_refused_before_it_is_read(club: Club) -> None:
    result = await club.run("import", file=("big.yaml", b"#" * 10_000_000))
    assert told(result) == "The file has 10.0 MB; an import has at most 1 MB. Nothing was read."
    fetched = [each for each in club.env.http_requests if "attachments" in each.path]
    assert fetched == []


@pytest.mark.parametrize(
    "content",
    [BOMB, b"\x89PNG\r\n\x1a\n\x00\x00\xff", b"", b"\xff\xfe\x00a", b"- just\n- words\n", b"[" * 5000, b"!!python/object:os.system {}"],
    ids=["bomb", "picture", "empty", "utf-16", "words", "deep", "object"],
)  # fmt: skip
async def test_a_file_that_is_no_knowledge_gets_a_clear_answer(club: Club, content: bytes) -> None:
    result = await club.run("import", file=("bad.yaml", content))
    said = told(result)
    assert "cannot be imported" in said or words.NOTHING_NEW in said
    assert "Something went wrong" not in said
    assert "Publish" not in labels(result.response)


@REFUSING
async def test_a_file_that_discord_no_longer_has_gets_one_sentence(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(club.env.backend.cdn, "get", lambda _url: None)
    result = await club.run("import", file=("ours.yaml", GOOD))
    assert told(result) == words.FILE_GONE
