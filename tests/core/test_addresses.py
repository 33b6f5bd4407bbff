"""Pasted addresses: read, never fetched; whatever could mislead a member is refused with one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import addresses
from bot.core.addresses import AddressError, gathered, is_address, named, read_source, sorted_lines, without_twins
from bot.core.fields import Fields
from bot.core.model import ServerSource
from tests.support.examples import examples

SLED = ServerSource("https://gym.example/docs/sled", "Manual of our sled", "gym.example")


@pytest.mark.parametrize(
    ("line", "title", "site"),
    [
        ("https://gym.example/docs/leg-press-manual.pdf", "Leg press manual", "gym.example"),
        ("https://www.gym.example/docs/sled_for%20tall-people/?page=2", "Sled for tall people", "gym.example"),
        ("https://gym.example/manual.pdf", "Manual", "gym.example"),
        ("https://video.example/dQw4w9WgXcQ", "video.example", "video.example"),
        ("https://gym.example", "gym.example", "gym.example"),
        ("Manual of our sled https://gym.example/docs/sled", "Manual of our sled", "gym.example"),
        ("https://gym.example/docs/sled Manual of our sled", "Manual of our sled", "gym.example"),
        ("Press: the guide - https://gym.example/guide", "Press: the guide", "gym.example"),
        ("The guide | Our gym | https://gym.example/guide", "The guide", "Our gym"),
        ("https://gym.example/guide | The guide", "The guide", "gym.example"),
        ("<https://gym.example/my-leg-press>", "My leg press", "gym.example"),
        ("(https://gym.example/my-leg-press)", "My leg press", "gym.example"),
        ("HTTPS://Gym.Example/my-leg-press", "My leg press", "gym.example"),
        ("https://müller-fitness.de/übung-für-beine", "Übung für beine", "müller-fitness.de"),
        ("https://日本語.jp/page", "日本語.jp", "日本語.jp"),
    ],
)
def test_title_and_site_are_typed_or_read_from_the_address(line: str, title: str, site: str) -> None:
    assert is_address(line)
    source = read_source(line)
    assert (source.title, source.site) == (title, site)
    assert source.url.isascii() or "/ü" in source.url
    assert read_source(str(source)) == source, "what a form shows is read as the same"


def test_an_address_with_brackets_keeps_them() -> None:
    address = "https://en.wikipedia.org/wiki/Squat_(exercise)"
    assert read_source(address).url == address


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("https://gym.example/" + "x" * 1980, "at most 500 characters, and this one has 2,000"),
        ("https://me:secret@gym.example/x", addresses.BEFORE_THE_AT),
        ("https://secret@gym.example/x", addresses.BEFORE_THE_AT),
        ("https://gym.example/x?page=2&password=secret", addresses.WITH_A_KEY),
        ("https://gym.example?PW=secret", addresses.WITH_A_KEY),
        ("https://gym.example/#access_token=secret&page=2", addresses.WITH_A_KEY),
        ("https://gym.example/x;jsessionid=secret", addresses.WITH_A_KEY),
        ("https://gym.example/x?a=1&api%5Fkey=secret", addresses.WITH_A_KEY),
        ("javascript:alert(1)", addresses.SCHEME),
        ("JavaScript://gym.example/%0aalert(1)", addresses.SCHEME),
        ("data:text/html,secret", addresses.SCHEME),
        ("file:///etc/passwd", addresses.SCHEME),
        ("www.gym.example/x", addresses.SCHEME),
        ("gym.example/manual", addresses.SCHEME),
        ("A title | A site", addresses.SCHEME),
        ("https://a.example/x https://b.example/x", addresses.SEVERAL),
        ("https://gооgle.com/", "(xn--ggle-55da.com) look like others"),
        ("https://аррӏе.com/x", "(xn--80ak6aa92e.com) look like others"),
        ("https://xn--80ak6aa92e.com/x", "(xn--80ak6aa92e.com) look like others"),
        ("https://fıtness.com/", "look like others"),
        ("https://ｇｙｍ.com/", "(gym.com) look like others"),
        ("https://gym.example/\u202egpj.exe", addresses.UNSEEN),
        ("https://g\u200bym.example/", addresses.UNSEEN),
        ("https://gym.example/\x00", addresses.UNSEEN),
        ("https://gym.example/\ud800", addresses.UNSEEN),
        ("https://gym.example\\@evil.example", addresses.SIGNS),
        ("https://gym.example/<script>", addresses.SIGNS),
        ("https://gym.example:99999/", addresses.SIGNS),
        ("https://a..example/", addresses.SIGNS),
        ("https://localhost/x", addresses.NO_SITE),
        ("https://gym/x", addresses.NO_SITE),
        ("https://192.168.0.1/x", addresses.NO_SITE),
        ("https://0x7f000001.example.local/x", addresses.NO_SITE),
        ("https://[::1]/", addresses.NO_SITE),
        ("https:///x", addresses.NO_SITE),
        (f"{'x' * 121} https://gym.example/", "the title has 121 characters"),
        (f"x | {'y' * 61} | https://gym.example/", "the site has 61 characters"),
    ],
)
def test_what_could_mislead_is_refused_with_one_sentence_that_does_not_repeat_it(line: str, sentence: str) -> None:
    assert is_address(line)
    with pytest.raises(AddressError) as refused:
        read_source(line)
    assert sentence in str(refused.value)
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "harmless",
    [
        "https://gym.example/x?page=2&session=evening",
        "https://gym.example/?pass=day",
        "https://gym.example/?token=",
        "https://gym.example/reset-password=how",
        "https://gym.example/?tokens=2&design=new",
    ],
)
def test_what_only_sounds_like_a_key_is_taken(harmless: str) -> None:
    assert read_source(harmless).url == harmless
    assert addresses.told_by(f"See {harmless} for it") == ""


def test_names_of_shipped_sources_are_no_addresses() -> None:
    assert not [name for name in ("bohannon1985", "hips_1985.b", "A study") if is_address(name)]
    found = sorted_lines("hips1985\n\n- https://gym.example/docs/sled Manual of our sled\njavascript:x")
    assert found.names == ((1, "hips1985"),)
    assert found.own == ((2, SLED),)
    assert found.faults == ((3, addresses.SCHEME),)


@examples(200)
@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_stands_around_an_address_it_is_read_or_refused(before: str, after: str) -> None:
    try:
        source = read_source(f"{before} https://gym.example/{after}".replace("\n", " "))
    except AddressError:
        return
    assert source.host == "gym.example"
    assert source.title
    assert read_source(str(source)) == source


def test_an_address_in_another_field_becomes_a_source_where_no_sentence_needs_it() -> None:
    typed = Fields(
        answer="Warm up first. https://gym.example/warm-up\nThen press.",
        why="https://gym.example/why\nSee https://gym.example/stays for it.",
        unknown="Read it here: https://gym.example/stays-too",
        sources="hips1985\nhttps://gym.example/why",
    )
    found = gathered(typed)
    assert found.answer == "Warm up first.\nThen press."
    assert found.why == "See https://gym.example/stays for it."
    assert found.unknown == typed.unknown
    assert found.sources.splitlines() == ["hips1985", "https://gym.example/why", "https://gym.example/warm-up"]


def test_an_answer_that_is_nothing_but_an_address_stays() -> None:
    typed = Fields(answer="https://gym.example/warm-up")
    assert gathered(typed) == typed


def test_an_address_counts_once_as_it_was_called_last() -> None:
    again = named(SLED.url, "Another title")
    assert without_twins([SLED, again]) == (again,)
