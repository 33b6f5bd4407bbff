"""The wordings by which claims are known are read once for the base, and nothing of a server's own is remembered."""

from dataclasses import replace

from bot.service.known import KnownWordings
from tests.core.matching.samples import CLAIMS, claim

BASE = {each.id: each for each in CLAIMS}


def test_each_wording_stands_with_its_claim_in_plain_words_and_stems() -> None:
    own = claim("towels", "this-server", "Do I need TOWELS?")
    [known] = KnownWordings(BASE).of({own.id: own})
    assert (known.question, known.claim, known.plain) == ("Do I need TOWELS?", "towels", "do i need towels?")
    assert "towel" in known.stems


def test_the_bases_wordings_are_read_once_and_a_servers_each_time() -> None:
    wordings = KnownWordings(BASE)
    own = claim("towels", "this-server", "do i need a towel")
    once, again = (list(wordings.of({**BASE, own.id: own})) for _ in range(2))
    assert once == again
    assert all(one is another for one, another in zip(once[:-1], again[:-1], strict=True))
    assert once[-1] is not again[-1]


def test_a_servers_version_of_a_claim_is_known_by_its_own_wordings() -> None:
    wordings = KnownWordings(BASE)
    list(wordings.of(BASE))
    first = CLAIMS[0]
    theirs = replace(first, questions=("what do we say here",))
    assert [each.question for each in wordings.of({first.id: theirs})] == ["what do we say here"]
    assert [each.question for each in wordings.of({first.id: first})] == list(first.questions)
