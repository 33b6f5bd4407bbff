"""Claims that a server's moderators taught in few words are found by what stands in them, and take nothing from the base."""

from dataclasses import replace

import pytest

from bot.core.matching import Matcher, build
from bot.core.matching.themes import Theme, Themes
from bot.core.model import Claim, OutOfScopeGroup
from tests.core.matching.samples import CLAIMS, OUT_OF_SCOPE, VOCABULARY, claim

THEMES = Themes((Theme(("phone", "filming"), ("camera", "tripod")), Theme(("towel",), ("sweat",))), ("bring",))
PHONES = replace(
    claim("phones", "this-server", "can i use my phone between sets"),
    title="Phones on the floor",
    claim="Phones stay in the bag while somebody waits.",
    lead="Leave it in your bag at rush hour.",
    answer="Ask at the front desk before you take pictures of others.",
)
TOWELS = replace(
    claim("towels", "this-server", "do i need a towel"),
    title="Towel rule",
    claim="Put a towel on the seat.",
    answer="Always.",
)
SCALE = replace(
    claim("scale", "this-server", "is the scale right"),
    title="Scale in the changing room",
    claim="The scale in the changing room shows half a kilo too much.",
    answer="A new one is ordered.",
)


@pytest.fixture(scope="module")
def themed() -> Matcher:
    return build(CLAIMS, vocabulary=VOCABULARY, out_of_scope=OUT_OF_SCOPE, themes=THEMES)


@pytest.fixture(scope="module")
def server(themed: Matcher) -> Matcher:
    return build([PHONES, TOWELS, SCALE], themed)


def first(matcher: Matcher, text: str) -> str:
    ranking = matcher.rank(text)
    return ranking.matches[0].claim if ranking.sure else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("can i use my phone between sets", "phones"),
        ("is my phone allowed", "phones"),
        ("towel rule?", "towels"),
        ("scale in the changing room wrong?", "scale"),
        ("is the scale in the chnaging room right", "scale"),
        ("when do we get a new scale", "scale"),
    ],
)
def test_one_wording_and_what_stands_in_the_claim_are_enough(server: Matcher, text: str, expected: str) -> None:
    assert first(server, text) == expected


def test_a_slip_of_a_taught_word_is_not_mended_towards_the_base(themed: Matcher) -> None:
    """Without towels "towls" is nearest to "toes", and the base surely answers that."""
    toes = claim("toes", "stance", "where do the toes point", "where are the toes best", "where are my toes")
    towels = replace(TOWELS, answer="Clean towels are behind the desk.")
    base = build([*CLAIMS, toes], vocabulary=VOCABULARY, out_of_scope=OUT_OF_SCOPE, themes=THEMES)
    assert base.rank("where are the towls").matches[0].claim == "toes"
    assert first(build([towels], base), "where are the towls") == "towels"
    assert first(build([SCALE], base), "where are the tose") == first(base, "where are the tose")


def test_a_word_of_the_claims_theme_speaks_for_it(server: Matcher) -> None:
    without = build([PHONES, TOWELS, SCALE], build(CLAIMS, vocabulary=VOCABULARY, out_of_scope=OUT_OF_SCOPE))
    text = "can i put up a tripod"
    assert "phones" in {match.claim for match in server.rank(text).matches}
    assert "phones" not in {match.claim for match in without.rank(text).matches}


@pytest.mark.parametrize("text", [question for each in CLAIMS for question in each.questions[:2]])
def test_the_bases_questions_keep_their_answer(themed: Matcher, server: Matcher, text: str) -> None:
    assert server.rank(text).matches[0] == themed.rank(text).matches[0]
    assert server.rank(text).sure == themed.rank(text).sure


@pytest.mark.parametrize("text", ["best protein powder", "who won the match", "where is the station", "the"])
def test_what_has_no_word_of_a_claim_is_read_as_before(themed: Matcher, server: Matcher, text: str) -> None:
    assert server.rank(text) == themed.rank(text)


def test_a_wording_of_two_claims_is_no_ones_own(themed: Matcher) -> None:
    text = "do i need a towel"
    assert build([TOWELS], themed).rank(text).own
    assert not build([TOWELS, replace(SCALE, questions=(text,))], themed).rank(text).own


def test_what_a_server_wants_no_answer_to_gets_none(themed: Matcher) -> None:
    text = "where can i buy a towel"
    joined = build([replace(TOWELS, decoys=(text,))], themed)
    assert not joined.rank(text).sure
    assert first(joined, "do i need a towel") == "towels"
    marked = build([TOWELS], themed, out_of_scope=(OutOfScopeGroup("marked", (text,)),))
    assert not marked.rank("where can i buy towels").sure


def test_the_words_that_speak_for_a_claim_are_told(server: Matcher) -> None:
    explained = server.explain("is the scale in the changing room broken")
    assert explained.contenders[0].claim == "scale"
    assert {"scale", "changing"} <= {each.words for each in explained.contenders[0].evidence}
    assert all(each.weight == each.weight for each in explained.contenders[0].evidence)


def test_a_last_question_speaks_for_a_story(server: Matcher) -> None:
    story = "I came in after work and it was packed and my mate waited for me. Is there a towel rule?"
    assert first(server, story) == "towels"


def test_claims_of_their_own_answer_where_all_of_the_base_is_hidden(themed: Matcher) -> None:
    joined = build([TOWELS], themed, hidden={each.id for each in CLAIMS})
    assert first(joined, "do i need a towel") == "towels"
    assert not joined.rank("how deep should i go").sure


def test_many_claims_with_one_wording_each_find_their_own(themed: Matcher) -> None:
    things = ["kettle", "poster", "ladder", "carpet", "lamp", "sofa", "mirror", "fridge", "plant", "clock"]
    places = ["lobby", "cellar", "office", "garden", "attic"]
    own: list[Claim] = [
        replace(
            claim(f"{thing}-{place}", "this-server", f"who may move the {thing} in the {place}"),
            title=f"{thing} {place}",
        )
        for thing in things
        for place in places
    ]
    joined = build(own, themed)
    assert all(first(joined, each.questions[0]) == each.id for each in own)
    near = [(each.id, f"am i allowed to move the {each.title.replace(' ', ' from the ')}") for each in own]
    assert sum(first(joined, text) == name for name, text in near) >= 0.95 * len(near)


def test_a_word_that_a_claim_says_by_the_way_is_offered_and_not_answered(themed: Matcher) -> None:
    creatine = replace(
        claim("creatine", "this-server", "how much creatine"),
        title="Creatine",
        claim="Take creatine every day.",
        lead="Three to five grams with water.",
        answer="Any time of the day.",
    )
    server = build([creatine], themed)
    assert first(server, "creatine with water") == "creatine"
    assert first(server, "is water good") == ""
    assert first(server, "water") == ""


def test_a_claim_that_speaks_of_the_same_stands_beside_a_sure_answer(themed: Matcher) -> None:
    contest = replace(
        claim("contest", "this-server", "when does a rep count at our contest"),
        title="Depth at our contest",
        claim="Thighs touch the belly.",
        answer="Two judges look.",
    )
    matcher = build([contest], themed)
    asked = matcher.rank("how far down is far enough at a contest")
    assert (asked.matches[0].claim, asked.beside) == ("find-your-depth", "contest")
    assert matcher.rank("how far down is far enough").beside == ""


def test_a_claim_that_the_base_reads_as_its_own_subject_stands_beside_it_in_whatever_words(themed: Matcher) -> None:
    ours = replace(
        claim("ours", "this-server", "leg press depth guide please"),
        title="How far down",
        claim="We stop where the coach says.",
        answer="Ask for it.",
    )
    other = replace(PHONES, questions=("do you lend tripods",))
    asked = build([ours, other], themed).rank("the right stopping point at the bottom please where")
    assert (asked.matches[0].claim, asked.beside) == ("find-your-depth", "ours")
    assert build([other], themed).rank("the right stopping point at the bottom please where").beside == ""


def test_what_a_claim_excludes_brings_it_beside_nothing(themed: Matcher) -> None:
    ours = replace(
        claim("ours", "this-server", "leg press depth guide please"),
        title="How far down",
        claim="We stop where the coach says.",
        answer="Ask for it.",
        decoys=("the right stopping point at the bottom please where",),
    )
    assert build([ours], themed).rank("the right stopping point at the bottom please where").beside == ""


def test_a_word_of_another_subject_speaks_against_a_claim(themed: Matcher) -> None:
    elsewhere = replace(THEMES, elsewhere=("trousers",))
    with_it = build(CLAIMS, vocabulary=VOCABULARY, out_of_scope=OUT_OF_SCOPE, themes=elsewhere)
    asked = "do i need a towel and trousers"
    with_word, without = (build([TOWELS], base).rank(asked).matches[0].confidence for base in (with_it, themed))
    assert with_word < without


def test_what_one_of_many_wordings_says_by_the_way_counts_less(themed: Matcher) -> None:
    by_the_way = "is the yellow bucket for a towel"
    more = replace(TOWELS, questions=(*TOWELS.questions, "towel or not", "are towels a must", by_the_way))
    few = replace(TOWELS, questions=(by_the_way, *TOWELS.questions))
    found = [build([each], themed).explain("yellow bucket").contenders for each in (more, few)]
    scores = [next(each.score for each in contenders if each.claim == "towels") for contenders in found]
    assert scores[0] < scores[1]


def test_a_word_typed_badly_in_a_wording_is_no_word_of_the_claims(themed: Matcher) -> None:
    badly = replace(TOWELS, questions=(*TOWELS.questions, "do i need a twoel"))
    assert first(build([badly], themed), "do i need a towel") == "towels"
    with_slip, without = (build([each], themed).explain("a twoel") for each in (badly, TOWELS))
    assert [each.score for each in with_slip.contenders] == [each.score for each in without.contenders]


WORDING = "how far down is far enough"
"""One of the base's own."""


def test_a_wording_stays_with_its_claim_whatever_is_taught_beside_it(themed: Matcher, server: Matcher) -> None:
    assert server.keeps(WORDING, "find-your-depth")
    assert first(server, WORDING) == "find-your-depth"
    assert not server.keeps(WORDING, "half-reps")
    assert not server.keeps("how far down is it to the lake", "find-your-depth")
    assert not server.keeps(WORDING, "no-such-claim")
    assert not server.keeps("", "find-your-depth")
    assert themed.keeps(WORDING, "find-your-depth")


def test_it_is_not_certain_to_stay_where_another_has_it_or_the_base_is_corrected(themed: Matcher) -> None:
    theirs = replace(TOWELS, questions=(*TOWELS.questions, WORDING))
    assert not build([theirs], themed).keeps(WORDING, "find-your-depth")
    assert first(build([theirs], themed), WORDING) == "towels"
    outside = OutOfScopeGroup("other", (WORDING,))
    assert not build([TOWELS], themed, out_of_scope=[outside]).keeps(WORDING, "find-your-depth")
    hidden = build([TOWELS], themed, hidden={"find-your-depth"})
    assert not hidden.keeps(WORDING, "find-your-depth")
    both = build([*CLAIMS, claim("again", "depth", WORDING)], vocabulary=VOCABULARY)
    assert not both.keeps(WORDING, "find-your-depth")
