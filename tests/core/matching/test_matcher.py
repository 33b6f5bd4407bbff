import hashlib
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.matching import Matcher, build, fingerprint
from bot.core.matching.ranking import OWN_WORDS
from bot.core.model import OutOfScopeGroup, Ranking
from bot.core.packed import pack
from tests.core.matching.samples import CLAIMS, OUT_OF_SCOPE, VOCABULARY, claim
from tests.support.examples import examples


def spelt(number: int) -> str:
    """Return a made-up word of its own for each number."""
    return "".join("bdfgklmnpr"[int(digit)] + "aeiou"[int(digit) % 5] for digit in str(number)) + "zz"


QUESTIONS = [
    ("how deep shoud i go", "depth"),
    ("is it ok to lock my knees at the top?", "lockout"),
    ("lumbar pain after legpress", "back-pain"),
    ("feet wide or narrow?", "stance"),
    ("do i breathe out when i push", "setup"),
    ("what weight should i start with", "load"),
]


@pytest.mark.parametrize(("text", "topic"), QUESTIONS)
def test_a_question_in_other_words_finds_its_topic(small: Matcher, text: str, topic: str) -> None:
    assert small.rank(text).matches[0].topic == topic


@pytest.mark.parametrize("text", ["how do i fix my bench lockout", "who is training tonight", "pull ups, how many?"])
def test_what_is_out_of_scope_is_not_answered(small: Matcher, text: str) -> None:
    assert not small.rank(text).sure


def test_confidence_is_between_zero_and_one_to_four_decimals_and_never_rises(small: Matcher) -> None:
    for text, _ in QUESTIONS:
        confidences = [match.confidence for match in small.rank(text).matches]
        assert all(0.0 <= confidence <= 1.0 and round(confidence, 4) == confidence for confidence in confidences)
        assert confidences == sorted(confidences, reverse=True)


def test_the_first_three_matches_are_of_three_topics(small: Matcher) -> None:
    topics = [match.topic for match in small.rank("how deep should i go").matches]
    assert len(set(topics[:3])) == 3
    assert len(topics) == len(CLAIMS)


def test_at_most_ten_claims_are_ranked_and_none_twice() -> None:
    many = [claim(f"c{i}", f"t{i % 4}", f"some {spelt(i)} thing", f"again {spelt(i)}") for i in range(30)]
    matches = build(many).rank(f"{spelt(7)} please").matches
    assert matches[0].claim == "c7"
    assert len(matches) == len({match.claim for match in matches}) == 10


def test_the_same_knowledge_gives_the_same_ranking_in_another_process() -> None:
    program = (
        "from bot.core.matching import build\n"
        "from tests.core.matching.samples import CLAIMS, OUT_OF_SCOPE, VOCABULARY\n"
        "matcher = build(CLAIMS, vocabulary=VOCABULARY, out_of_scope=OUT_OF_SCOPE)\n"
        f"print([matcher.rank(text) for text in {[text for text, _ in QUESTIONS]!r}])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            text=True,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert "find-your-depth" in outputs.pop()


def test_a_message_that_asks_two_things_is_answered_twice_the_main_one_first(small: Matcher) -> None:
    ranking = small.rank("how deep should i go on the leg press, and should i lock out at the top?")
    assert {ranking.matches[0].claim, *ranking.also} == {"find-your-depth", "locking-out"}
    assert small.rank("how deep should i go on the leg press?").also == ()


def test_words_that_say_nothing_decide_nothing(small: Matcher) -> None:
    for text in ("why?", "how", "lol", "what is it", "tbh"):
        ranking = small.rank(text)
        assert ranking.matches
        assert not ranking.near


def test_words_that_say_nothing_decide_where_a_claim_is_asked_in_them() -> None:
    asked = [claim("who", "bot", "who are you", "what are you"), *CLAIMS]
    assert build(asked, out_of_scope=OUT_OF_SCOPE).rank("who are you?").sure


def test_decoys_lower_the_confidence() -> None:
    plain = [replace(each, decoys=()) for each in CLAIMS]
    decoy = "depth chart for the football team"
    without = build(plain, out_of_scope=OUT_OF_SCOPE).rank(decoy).matches[0].confidence
    assert build(CLAIMS, out_of_scope=OUT_OF_SCOPE).rank(decoy).matches[0].confidence < without


def test_a_hidden_claim_is_left_out() -> None:
    matcher = build(CLAIMS, hidden={"locking-out"})
    assert "locking-out" not in {match.claim for match in matcher.rank("is it bad to lock my knees").matches}


class TestState:
    def test_the_fitted_state_gives_the_same_matcher_without_fitting(
        self, small: Matcher, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        data = small.dump()
        monkeypatch.setattr("bot.core.matching.matcher.fit_claims", lambda *_: pytest.fail("fitted anew"))
        again = build(CLAIMS, vocabulary=VOCABULARY, out_of_scope=OUT_OF_SCOPE, fitted=data)
        for text, _ in QUESTIONS:
            assert again.rank(text) == small.rank(text)
            assert again.explain(text) == small.explain(text)
        assert again.dump() == data

    def test_what_was_read_from_a_state_does_not_keep_all_of_it(self, small: Matcher) -> None:
        data = small.dump()
        held = sys.getrefcount(data)
        again = build(CLAIMS, vocabulary=VOCABULARY, out_of_scope=OUT_OF_SCOPE, fitted=data)
        assert sys.getrefcount(data) == held
        assert again.dump() == data

    def test_a_state_of_other_knowledge_is_ignored(self, small: Matcher) -> None:
        other = [*CLAIMS, claim("sauna", "gym", "is there a sauna", "sauna opening hours")]
        matcher = build(other, vocabulary=VOCABULARY, out_of_scope=OUT_OF_SCOPE, fitted=small.dump())
        assert matcher.rank("sauna hours?").matches[0].claim == "sauna"

    @examples(20)
    @given(st.binary(max_size=300), st.integers(0, 5_000), st.integers(1, 255))
    def test_broken_bytes_are_ignored(self, small: Matcher, noise: bytes, place: int, change: int) -> None:
        good = small.dump()
        flipped = bytearray(good)
        flipped[place % len(good)] ^= change
        few = [claim("a", "t", "how deep"), claim("b", "u", "how wide")]
        for data in (noise, good[:place], bytes(flipped), good + noise[:1]):
            assert build(few, fitted=data).rank("how deep").matches[0].claim == "a"

    def test_arrays_that_do_not_fit_together_are_ignored(self) -> None:
        few = [claim("a", "t", "how deep"), claim("b", "u", "how wide")]
        content = fingerprint(few).encode() + b"\nnot an archive"
        forged = b"legpress-matcher\n" + hashlib.sha256(content).digest() + content
        assert build(few, fitted=forged).rank("how deep").matches[0].claim == "a"
        for part in (("<f4:3", "starts", bytes(4)), ("|O:1", "starts", bytes(8)), ("none", "", b""), ("", "", b"")):
            forged = pack(b"legpress-matcher\n", fingerprint(few), [part])
            assert build(few, fitted=forged).rank("how deep").matches[0].claim == "a"

    def test_no_state_is_pickled(self, small: Matcher) -> None:
        assert b"pickle" not in small.dump()
        assert b"numpy._core" not in small.dump()

    def test_the_fingerprint_changes_with_everything_that_is_learned_from(self) -> None:
        assert fingerprint(CLAIMS) == fingerprint(list(CLAIMS))
        different = {
            fingerprint(CLAIMS),
            fingerprint(CLAIMS[1:]),
            fingerprint(CLAIMS, vocabulary=VOCABULARY),
            fingerprint(CLAIMS, out_of_scope=OUT_OF_SCOPE),
            fingerprint([replace(CLAIMS[0], decoys=()), *CLAIMS[1:]]),
            fingerprint([replace(CLAIMS[0], topic="other"), *CLAIMS[1:]]),
        }
        assert len(different) == 6


class TestBadInput:
    def test_no_claims_rank_nothing(self) -> None:
        for matcher in (build([]), build([claim("a", "t", "")]), build([claim("a", "t", "💀", "…")])):
            assert matcher.rank("how deep") == Ranking()
            assert matcher.dump() == b""
            assert matcher.explain("how deep").why

    def test_one_claim_with_one_question_answers_it_and_nothing_else(self) -> None:
        matcher = build([claim("a", "t", "how deep should i go")])
        assert matcher.rank("how deep should i go?").sure
        assert not matcher.rank("best protein powder").near

    @pytest.mark.parametrize("outside", [(), OUT_OF_SCOPE[:1]])
    def test_two_claims_answer_what_is_theirs_and_nothing_else(self, outside: tuple[OutOfScopeGroup, ...]) -> None:
        sauna = claim("sauna", "gym", "is there a sauna", "when is the sauna open", "sauna opening hours")
        deep = claim("deep", "depth", "how deep should i go", "how low do i lower the sled", "what depth is right")
        matcher = build([sauna, deep], out_of_scope=outside)
        for text, name in (("how deep do i go", "deep"), ("sauna hours?", "sauna"), ("is the sauna open", "sauna")):
            ranking = matcher.rank(text)
            assert (ranking.sure, ranking.matches[0].claim) == (True, name)
        for text in ("what time is it in tokyo", "banana bread recipe please", "can you help me with my taxes", "a"):
            assert not matcher.rank(text).near

    def test_claims_with_one_question_each_are_answered(self) -> None:
        asked = ["how deep should i go", "should i lock my knees", "do i need a belt", "what about pregnancy"]
        matcher = build([claim(f"c{i}", f"t{i}", text) for i, text in enumerate(asked)])
        assert [matcher.rank(text).sure for text in asked] == [True] * 4
        assert not matcher.rank("banana bread recipe please").near

    def test_a_claim_with_words_stands_beside_one_without(self) -> None:
        matcher = build([claim("a", "t", "💀"), claim("b", "u", "how deep should i go")])
        assert matcher.rank("how deep should i go").matches[0].claim == "b"

    def test_the_same_question_under_two_claims_is_answered_by_neither_with_confidence(self) -> None:
        matcher = build([claim("a", "t", "how deep"), claim("b", "u", "how deep"), claim("c", "v", "how wide")])
        ranking = matcher.rank("how deep")
        assert {match.claim for match in ranking.matches[:2]} == {"a", "b"}
        assert not ranking.sure

    @pytest.mark.parametrize(
        "text", ["", "💀", "?!", "\x00", "\ud800", "   \n", "```\n```", "https://example.org/leg-press"]
    )
    def test_a_text_without_words_ranks_nothing(self, small: Matcher, text: str) -> None:
        assert small.rank(text) == Ranking()
        assert small.explain(text).contenders == ()

    @pytest.mark.parametrize(
        "text",
        ["a", "x" * 6000, "привет, как дела", "膝が痛い", "\u202eمرحبا كيف حالك", "1 2 3", "lol", "n't"],
    )
    def test_strange_texts_are_ranked_without_confidence(self, small: Matcher, text: str) -> None:
        ranking = small.rank(text)
        assert ranking.matches
        assert not ranking.sure

    def test_zalgo_is_read(self, small: Matcher) -> None:
        text = "".join(letter + "\u0336\u0315\u0360" for letter in "how deep should i go")
        assert small.rank(text).matches == small.rank("how deep should i go").matches

    def test_many_claims_with_one_word_each_are_all_found(self) -> None:
        matcher = build([claim(f"c{i}", f"t{i % 9}", spelt(i)) for i in range(400)])
        for number in range(400):
            assert matcher.rank(spelt(number)).matches[0].claim == f"c{number}"
        assert not matcher.rank("how deep").near

    def test_a_claims_own_wording_is_answered_with_it_however_little_was_written(self) -> None:
        claims = [
            claim(f"c{i}", f"t{i % 17}", f"{spelt(i)} {spelt(i // 7 + 500)} {spelt(i % 7 + 900)}") for i in range(150)
        ]
        matcher = build(claims)
        for each in claims:
            found = matcher.rank(each.questions[0])
            assert (found.sure, found.matches[0].claim) == (True, each.id)

    def test_a_wording_that_two_claims_share_is_nobodys_own(self) -> None:
        shared = build([claim("a", "t", "one two"), claim("b", "u", "two one"), claim("c", "v", "three four five")])
        assert shared.rank("one two").matches[0].confidence < OWN_WORDS

    @pytest.mark.parametrize("text", ["how deep", "zzz", "💀 how deep 💀", "x" * 6_000, "1e308 nan inf -inf"])
    def test_no_confidence_is_ever_not_a_number(self, text: str) -> None:
        for claims in ([claim("a", "t", "how deep")], [claim("a", "t", "nan"), claim("b", "u", "nan nan", "inf")]):
            for match in build(claims).rank(text).matches:
                assert 0.0 <= match.confidence <= 1.0

    @examples(100)
    @given(st.text(max_size=400))
    def test_no_text_whatsoever_raises(self, small: Matcher, text: str) -> None:
        ranking = small.rank(text)
        assert all(0.0 <= match.confidence <= 1.0 for match in ranking.matches)
        assert ranking.near or not ranking.sure
        assert ranking == small.rank(text)
        assert len(small.explain(text).contenders) <= 3
