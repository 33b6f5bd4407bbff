"""`/knowledge stats`: counts as a picture with the same in words, for those who may edit."""

from io import BytesIO

from PIL import Image

from tests.support.discord_side import components, response
from tests.support.moderators import REFUSING, Club, told


async def test_the_counts_come_as_a_picture_with_alt_text(club: Club) -> None:
    for question in ("how low do i lower the sled", "should my knees touch my chest", "what is the weather in paris"):
        await club.mia.slash(club.channel, "legpress ask", question=question)
    result = await club.run("stats")
    said = told(result)
    assert "3 asked, 2 answered" in said
    [gallery] = [each for each in components(response(result)) if each.get("type") == 12]
    assert "3 asked, 2 answered" in gallery["items"][0]["description"]
    [file] = response(result).attachments
    with Image.open(BytesIO(await file.read())) as picture:
        assert picture.width == 800


async def test_a_server_where_nothing_was_asked_gets_a_picture_too(club: Club) -> None:
    result = await club.run("stats", days=365)
    assert "none was asked" in told(result)
    assert len(response(result).attachments) == 1


@REFUSING
async def test_a_member_whom_discord_lets_in_is_refused(club: Club) -> None:
    club.let_in(club.mia)
    assert "Editing knowledge is for moderators" in told(await club.mia.slash(club.channel, "knowledge stats"))


async def test_another_server_counts_for_itself(club: Club) -> None:
    await club.asked("how low do i lower the sled")
    assert "none was asked" in told(await club.olga.slash(club.elsewhere, "knowledge stats"))
