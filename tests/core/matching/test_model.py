"""The parts of the model, each against a plain way to get the same."""

from dataclasses import replace

import numpy as np
import pytest

from bot.core.matching import calibration, learner
from bot.core.matching.calibration import (
    FEW_PASSES,
    SHARPEN,
    SHIFT_RIGHT,
    SIGNALS_ALONE,
    SIGNALS_INSIDE,
    SIGNALS_STRANGERS,
    Calibration,
    LeftOut,
    Logistic,
    fit,
    left_out,
)
from bot.core.matching.closecalls import CloseCalls, sorted_stems
from bot.core.matching.concepts import Concepts
from bot.core.matching.features import GRAMS, PATTERNS, FeatureSpace, grams
from bot.core.matching.fitting import Phrasings, Training
from bot.core.matching.learner import Learner
from bot.core.matching.likeness import Likeness
from bot.core.matching.regression import (
    BATCH,
    MOST_PASSES,
    Alike,
    Ridge,
    Scorer,
    descend,
    errors,
    marks,
    mixed,
    one_hot,
)
from bot.core.matching.signals import SIGNALS, Scores, read
from bot.core.matching.vectors import BLOCKS, Table, stacked
from bot.core.matching.weights import Gatherer, Quick, beside, pack, sparse
from bot.core.model import WordGroup
from tests.core.matching.samples import CLAIMS

LINES = [question.replace(",", "").split() for each in CLAIMS for question in each.questions]
CLASSES = np.array([number for number, each in enumerate(CLAIMS) for _ in each.questions], dtype=np.int32)


@pytest.fixture(scope="module")
def fitted() -> tuple[FeatureSpace, Table]:
    """A space and what it learned: a test that asks for one alone gets it as it is after learning, whatever ran before."""
    made = FeatureSpace(Concepts([WordGroup("lower back", ("lumbar", "low back"))]))
    return made, made.fit(LINES, CLASSES)


@pytest.fixture(scope="module")
def space(fitted: tuple[FeatureSpace, Table]) -> FeatureSpace:
    return fitted[0]


@pytest.fixture(scope="module")
def table(fitted: tuple[FeatureSpace, Table]) -> Table:
    return fitted[1]


@pytest.fixture(scope="module")
def dense(space: FeatureSpace, table: Table) -> np.ndarray:
    rows = np.zeros((len(table), len(space)), dtype=np.float32)
    for i in range(len(table)):
        rows[i, table.row(i).ids] = table.row(i).values
    return rows


def as_dict(space: FeatureSpace, line: list[str], trust: list[float] | None = None) -> dict[int, float]:
    vector = space.vector(line, trust)
    assert len(set(vector.ids.tolist())) == len(vector.ids)
    return dict(zip(vector.ids.tolist(), vector.values.tolist(), strict=True))


def test_a_word_falls_into_runs_with_its_edges_marked() -> None:
    assert grams("leg") == ["<le", "leg", "eg>", "<leg", "leg>"]
    assert grams("a") == ["<a>"]


def test_a_phrasing_has_the_same_vector_as_when_it_was_learned(space: FeatureSpace, table: Table) -> None:
    for i, line in enumerate(LINES):
        learned = dict(zip(table.row(i).ids.tolist(), table.row(i).values.tolist(), strict=True))
        assert as_dict(space, line) == pytest.approx(learned, abs=1e-6)
        assert as_dict(space, line, [1.0] * len(line)) == pytest.approx(learned, abs=1e-6)


def test_a_vector_is_as_long_as_its_blocks_and_strangeness_shortens_it(space: FeatureSpace) -> None:
    known = space.vector(["how", "deep", "should", "i", "go", "on", "the", "leg", "press"])
    strange = space.vector(["how", "deep", "should", "we", "dig", "the", "well"])
    nothing = space.vector(["zzz"])
    assert float(known.values @ known.values) <= sum(BLOCKS) + 1e-5
    assert 1 >= known.known > strange.known > nothing.known >= 0


def test_a_repaired_word_counts_less(space: FeatureSpace) -> None:
    line = ["leg", "press", "depth", "guide"]
    trusted, doubted = as_dict(space, line), as_dict(space, line, [1.0, 1.0, 0.5, 1.0])
    assert trusted.keys() == doubted.keys()
    assert any(doubted[key] < trusted[key] - 1e-6 for key in trusted)


def test_words_of_one_group_are_one_concept(space: FeatureSpace) -> None:
    concepts = space.concepts
    assert concepts.of(["my", "lumbar", "hurts"]) == concepts.of(["my", "low", "back", "hurts"])
    assert concepts.of(["45", "kg"]) == concepts.of(["90", "kg"])


def test_a_space_survives_as_arrays(space: FeatureSpace) -> None:
    again = FeatureSpace.restore(space.concepts, space.arrays())
    for line in (LINES[0], ["totally", "unseen", "words", "here"], ["lumbar", "pain"]):
        assert as_dict(again, line) == as_dict(space, line)


def test_a_space_can_forget_features(table: Table) -> None:
    fresh = FeatureSpace(Concepts())
    own = fresh.fit(LINES, CLASSES)
    kept = own.row(0).ids
    fresh.restrict(kept)
    assert len(fresh) == len(set(kept.tolist()))
    assert len(fresh.vector(LINES[0]).ids) == len(kept)
    assert len(fresh.vector(LINES[20]).ids) < len(table.row(20).ids)


def test_likeness_is_the_product_of_all_vectors(space: FeatureSpace, table: Table, dense: np.ndarray) -> None:
    assert Gatherer(table, len(space)).likeness() == pytest.approx(dense @ dense.T, abs=1e-4)


def test_likeness_to_other_vectors_is_their_product_too(space: FeatureSpace, table: Table, dense: np.ndarray) -> None:
    others = stacked([table.row(7), table.row(2)])
    assert Gatherer(table, len(space)).likeness(others) == pytest.approx(dense[[7, 2]] @ dense.T, abs=1e-4)


def test_features_that_many_share_and_rare_ones_add_up(
    space: FeatureSpace, table: Table, dense: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.core.matching.weights.SHARED_BY", 3)
    gatherer = Gatherer(table, len(space))
    assert 0 < gatherer.dense.shape[1] < len(space)
    assert gatherer.likeness() == pytest.approx(dense @ dense.T, abs=1e-4)
    dual = np.random.default_rng(4).normal(size=(len(table), 3)).astype(np.float32)
    assert gatherer.gather(dual) == pytest.approx(dense.T @ dual, abs=1e-4)


def test_weights_are_gathered_from_the_dual(space: FeatureSpace, table: Table, dense: np.ndarray) -> None:
    dual = np.random.default_rng(1).normal(size=(len(table), 5)).astype(np.float32)
    gatherer = Gatherer(table, len(space))
    assert gatherer.gather(dual) == pytest.approx(dense.T @ dual, abs=1e-4)


def test_sparse_weights_score_like_dense_ones(space: FeatureSpace, table: Table) -> None:
    matrix = np.random.default_rng(2).normal(size=(len(space), 7)).astype(np.float32)
    vector = table.row(4)
    assert sparse(matrix, 1.0).scores(vector) == pytest.approx(vector.values @ matrix[vector.ids], abs=1e-4)
    pruned = sparse(matrix, 0.1)
    assert len(pruned.values) == pytest.approx(0.1 * matrix.size, rel=0.05)
    assert abs(pruned.values).min() >= np.quantile(abs(matrix), 0.88)
    both = beside(sparse(matrix, 1.0), sparse(2 * matrix, 1.0)).scores(vector)
    assert both[7:] == pytest.approx(2 * both[:7], abs=1e-4)


def test_no_features_score_nothing() -> None:
    nothing = pack(np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32), 9, 2)
    space = FeatureSpace(Concepts())
    space.fit([["a"]], np.zeros(1, np.int32))
    assert nothing.scores(space.vector(["zzz"])).tolist() == [0.0, 0.0]


def test_the_likeness_of_a_few_phrasings_is_the_product_of_their_vectors(table: Table, dense: np.ndarray) -> None:
    rows = np.array([1, 5, 8, 20])
    assert table.likeness(rows) == pytest.approx(dense[rows] @ dense[rows].T, abs=1e-5)


TOPICS = np.arange(len(CLAIMS), dtype=np.int32) % 3
TARGETS = one_hot(TOPICS[CLASSES], 3)
EVERY = np.ones(len(CLASSES), dtype=bool)
IN_TURN = mixed(np.arange(len(CLASSES)), marks(LINES))


def learn(scorer: Scorer, classes: np.ndarray = CLASSES, passes: int = 12, penalty: float = 0.5) -> None:
    ridges = [
        Ridge(TARGETS, EVERY, penalty),
        Ridge(np.where(classes < 0, np.float32(-1), np.float32(1))[:, None], EVERY, penalty),
    ]
    for _ in descend(scorer, IN_TURN, classes, len(CLAIMS), ridges, passes=passes):
        pass


def learned(table: Table, space: FeatureSpace, classes: np.ndarray = CLASSES) -> Learner:
    found = Learner(table, len(space), IN_TURN, classes, TOPICS)
    learn(found, classes)
    return found


def test_errors_are_what_the_probabilities_lack() -> None:
    scores = np.array([[1.0, 900.0], [-900.0, 0.0], [3.0, 3.0], [5.0, 1.0]], np.float32)
    errors(scores, np.array([0, 1, 0, -1]))
    assert scores == pytest.approx(np.array([[1, -1], [0, 0], [0.5, -0.5], [0, 0]]))


def test_ridge_arrives_at_the_solution_of_its_equations(dense: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.core.matching.regression.BATCH", 16)
    alike = dense @ dense.T
    scorer = Alike(alike, len(CLAIMS) + 4)
    learn(scorer, passes=60)
    exact = np.linalg.solve(alike + 0.5 * np.eye(len(alike)), TARGETS)
    assert scorer.dual[:, len(CLAIMS) : -1] == pytest.approx(exact, abs=1e-3)


def test_claims_are_learned_from_the_likeness_of_phrasings(dense: np.ndarray) -> None:
    scorer = Alike(dense @ dense.T, len(CLAIMS) + 4)
    learn(scorer)
    scores = scorer.scores(np.arange(len(CLASSES)))
    assert (scores[:, : len(CLAIMS)].argmax(1) == CLASSES).mean() > 0.95


def test_where_all_features_are_common_the_weights_are_those_of_the_likeness(
    table: Table, space: FeatureSpace, dense: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learner, "FAINT", 0.0)
    shared = np.bincount(table.ids, minlength=len(space)) > 1
    kept = shared[table.ids]
    starts = np.concatenate([[0], np.cumsum(kept)])[table.starts]
    columns, inside = learned(Table(table.ids[kept], table.values[kept], table.blocks[kept], starts), space).weights()
    scorer = Alike((dense * shared) @ (dense * shared).T, len(CLAIMS) + 4)
    learn(scorer)
    exact = (dense * shared).T @ scorer.dual
    found = np.zeros_like(exact)
    found[:, -1] = inside
    found[np.repeat(np.arange(len(space)), np.diff(columns.starts)), columns.columns] = columns.values
    assert found == pytest.approx(exact, abs=1e-4)


@pytest.mark.parametrize("work", [1e12, 30_000.0, 1.0])
def test_what_a_learner_says_while_it_learns_is_what_its_weights_say(
    table: Table, space: FeatureSpace, work: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learner, "DENSE_WORK", work)
    monkeypatch.setattr(learner, "FAINT", 0.0)
    classes = CLASSES.copy()
    classes[::9] = -1
    found = learned(table, space, classes)
    first = IN_TURN[:BATCH]
    said = found.scores(first)
    columns, inside = found.weights()
    for row, scores in zip(first.tolist(), said, strict=True):
        vector = table.row(row)
        assert columns.scores(vector) == pytest.approx(scores[:-1], abs=1e-4)
        assert vector.values @ inside[vector.ids] == pytest.approx(scores[-1], abs=1e-4)


def test_what_has_no_room_is_found_anew_and_is_the_same(
    table: Table, space: FeatureSpace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learner, "DENSE_WORK", 1.0)
    kept, _ = learned(table, space).weights()
    monkeypatch.setattr(learner, "KEPT_ROOM", 0)
    anew, _ = learned(table, space).weights()
    assert kept.columns.tolist() == anew.columns.tolist()
    assert kept.values.tolist() == anew.values.tolist()


def test_a_learner_takes_whole_batches_alone(table: Table, space: FeatureSpace) -> None:
    found = Learner(table, len(space), IN_TURN, CLASSES, TOPICS)
    with pytest.raises(ValueError, match="no batch"):
        found.scores(IN_TURN[1:4])


@pytest.mark.parametrize("work", [1e12, 20_000.0, 1.0])
def test_claims_are_learned_however_little_work_a_pass_may_be(
    table: Table, space: FeatureSpace, work: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learner, "DENSE_WORK", work)
    monkeypatch.setattr(learner, "SPARSE_WORK", work)
    monkeypatch.setattr(learner, "EACH_WORK", 0)
    columns, _ = learned(table, space).weights()
    found = [int(columns.scores(table.row(i))[: len(CLAIMS)].argmax()) for i in range(len(table))]
    assert (np.array(found) == CLASSES).mean() > 0.9


def test_the_claims_that_use_a_feature_most_keep_it_where_it_is_crowded(
    table: Table, space: FeatureSpace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learner, "DENSE_WORK", 1.0)
    monkeypatch.setattr(learner, "SPARSE_WORK", 1.0)
    monkeypatch.setattr(learner, "EACH_WORK", 0)
    columns, _ = learned(table, space).weights()
    of = np.repeat(np.arange(len(space)), np.diff(columns.starts))
    claims = of[columns.columns < len(CLAIMS)]
    assert np.bincount(claims).max() == 1
    rows = np.repeat(np.arange(len(table)), np.diff(table.starts))
    feature = int(np.bincount(table.ids).argmax())
    uses = np.bincount(CLASSES[rows[table.ids == feature]])
    kept = columns.columns[columns.starts[feature] : columns.starts[feature + 1]]
    assert uses[kept[kept < len(CLAIMS)]] == uses.max()


def test_a_phrasing_of_no_claim_speaks_for_none(table: Table, space: FeatureSpace) -> None:
    nothing = np.full(len(CLASSES), -1, dtype=np.int32)
    columns, inside = learned(table, space, nothing).weights()
    assert not (columns.columns < len(CLAIMS)).any()
    assert inside.any()


@pytest.mark.parametrize("at", [0, 7, len(LINES)])
def test_one_more_phrasing_leaves_the_others_in_their_order(at: int) -> None:
    more = [*LINES[:at], ["who", "painted", "the", "sled"], *LINES[at:]]
    before = [LINES[row] for row in mixed(np.arange(len(LINES)), marks(LINES)).tolist()]
    after = [more[row] for row in mixed(np.arange(len(more)), marks(more)).tolist()]
    assert [line for line in after if line in LINES] == before
    assert before != LINES  # and it is another order than that of the file


def test_how_much_is_done_rises_to_the_end(dense: np.ndarray) -> None:
    scorer = Alike(dense @ dense.T, len(CLAIMS))
    told = list(descend(scorer, IN_TURN, CLASSES, len(CLAIMS), []))
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)


def test_where_one_part_is_enough_the_rest_is_gone_through_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    training = Training.prepare(FeatureSpace(Concepts()), Phrasings(LINES, CLASSES, CLASSES, TOPICS))
    assert len(LINES) <= BATCH  # one batch, and so one step a pass
    shares: list[list[float]] = []
    for enough in (calibration.ENOUGH, 1):
        monkeypatch.setattr(calibration, "ENOUGH", enough)
        told: list[float] = []
        found = left_out(training, told.append)
        assert len(found.right)
        shares.append(told)
    assert len(shares[0]) % (MOST_PASSES + 1) == 0
    assert len(shares[1]) % (FEW_PASSES + 1) == 0
    assert len(shares[1]) < len(shares[0])


class TestCloseCalls:
    calls = CloseCalls([[sorted_stems(["how", "deep"])], [sorted_stems(["how", "wide"])], []])

    def test_the_nearer_phrasing_wins_a_close_call(self) -> None:
        scores = np.array([1.0, 1.2, -9.0])
        self.calls.settle(scores, ["how", "deep"])
        assert scores[0] == 1.0 > scores[1]
        assert scores[2] == -9.0

    def test_what_is_not_close_is_left_alone(self) -> None:
        scores = np.array([1.0, 9.0, -9.0])
        self.calls.settle(scores, ["how", "deep"])
        assert scores.tolist() == [1.0, 9.0, -9.0]

    def test_long_posts_are_left_alone(self) -> None:
        scores = np.array([1.0, 1.2, -9.0])
        self.calls.settle(scores, ["how", "deep"] * 30)
        assert scores.tolist() == [1.0, 1.2, -9.0]

    def test_the_phrasings_survive_as_arrays(self) -> None:
        scores = np.array([1.0, 1.2, -9.0])
        CloseCalls.restore(self.calls.arrays()).settle(scores, ["how", "deep"])
        assert scores[0] > scores[1]


class TestSignals:
    reading = read(Scores(np.array([2.0, 1.0, 0.0, 0.5, 0.1]), 0.7, 0.9), np.array([0, 1, 1]), 2)

    def test_shares_of_topics_sum_to_one(self) -> None:
        assert sum(self.reading.shares) == pytest.approx(1)
        assert self.reading.order() == [0, 1]

    def test_signals_say_how_far_the_topic_leads(self) -> None:
        first = dict(zip(SIGNALS, self.reading.signals(0, 1), strict=True))
        second = dict(zip(SIGNALS, self.reading.signals(1, 0), strict=True))
        assert first["lead"] == pytest.approx(-second["lead"])
        assert (first["inside"], first["known"], first["claim"]) == (0.7, 0.9, 2.0)

    def test_the_ridge_lead_is_over_the_best_of_all_others(self) -> None:
        reading = read(Scores(np.array([0.0, 0.0, 0.0, 0.5, 0.1, 0.9]), 0.0, 1.0), np.array([0, 1, 2]), 3)
        leads = [dict(zip(SIGNALS, reading.signals(topic, None), strict=True))["ridge lead"] for topic in range(3)]
        assert leads == pytest.approx([-0.4, -0.8, 0.4])

    def test_a_topic_without_rival_leads_by_its_score(self) -> None:
        reading = read(Scores(np.array([2.0, 1.0]), 0.0, 1.0), np.array([0]), 1)
        assert reading.signals(0, None)[1] == reading.topics[0]

    def test_hidden_claims_keep_their_share_from_the_topics(self) -> None:
        scores = Scores(np.array([2.0, 1.0, 0.0, 0.5, 0.1]), 0.7, 0.9)
        reading = read(scores, np.array([0, 1, 1]), 2, np.array([False, True, True]))
        assert reading.order()[0] == 1
        assert reading.topics[0] == -np.inf
        assert reading.seen == pytest.approx(1 - self.reading.shares[0])


class TestCalibration:
    def seen(self, n: int = 400) -> LeftOut:
        random = np.random.default_rng(5)
        lead = random.uniform(-1, 1, n)
        signals = np.zeros((n, len(SIGNALS)))
        signals[:, 1] = lead
        right = random.uniform(size=n) < 1 / (1 + np.exp(-4 * lead))
        return LeftOut(signals, right, np.ones(n, dtype=bool), np.ones(n))

    def test_the_probability_follows_what_was_seen(self) -> None:
        chance = fit(self.seen()).right
        for lead in (-0.5, 0.0, 0.5):
            signals = [0.0, lead, *[0.0] * (len(SIGNALS) - 2)]
            sharper = SHARPEN * 4 * lead + SHIFT_RIGHT
            assert chance(signals) == pytest.approx(1 / (1 + np.exp(-sharper)), abs=0.08)

    def test_examples_of_what_is_out_of_scope_are_judged_by_other_signals_than_strangers(self) -> None:
        seen = self.seen()
        seen = replace(seen, signals=np.random.default_rng(6).normal(size=seen.signals.shape), inside=seen.right)
        kinds = ((False, False, SIGNALS_INSIDE), (True, False, SIGNALS_STRANGERS), (True, True, SIGNALS_ALONE))
        for strangers, alone, uses in kinds:
            weights = fit(replace(seen, strangers=strangers, alone=alone)).inside.weights
            assert {name for name, weight in zip(SIGNALS, weights, strict=True) if weight} == set(uses)

    def test_a_clear_lead_does_not_make_up_for_being_out_of_scope(self) -> None:
        weights = [0.0] * len(SIGNALS)
        calibration = Calibration(Logistic(tuple(weights), -5.0), Logistic(tuple(weights), 5.0))
        assert calibration.probability(weights) < 0.01

    @pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), 1e300])
    def test_no_number_makes_it_anything_but_a_probability(self, value: float) -> None:
        signals = [value] * len(SIGNALS)
        calibration = fit(self.seen())
        assert 0.0 <= calibration.probability(signals) <= 1.0

    def test_with_nothing_seen_the_known_is_trusted_and_the_unknown_is_not(self) -> None:
        empty = LeftOut(np.zeros((0, len(SIGNALS))), np.zeros(0, bool), np.zeros(0, bool), np.zeros(0))
        calibration = fit(empty)
        signals = dict.fromkeys(SIGNALS, 0.0) | {"lead": 1.0}
        assert calibration.probability(tuple((signals | {"known": 1.0}).values())) > 0.8
        assert calibration.probability(tuple((signals | {"known": 0.1}).values())) < 0.1
        assert calibration.probability(tuple((signals | {"known": 1.0, "lead": 0.0}).values())) < 0.5


class TestLikeness:
    """How much a question is like a claim, from what the claim's score is made of."""

    def of(self, space: FeatureSpace, line: str, column: int) -> tuple[float, float]:
        """Return the likeness of a line and a claim that has one phrasing, and its score; each feature weighs its own value."""
        words = line.split()
        vector = space.vector(words)
        rows = np.arange(len(space))
        weights = pack(rows, np.full(len(rows), column, dtype=np.int32), np.ones(len(rows), np.float32), len(space), 2)
        scores = Scores(weights.scores(vector), 0.0, vector.known, vector)
        calls = CloseCalls([[], [sorted_stems(["how", "deep"])]])
        return Likeness(weights, space, calls).of(column, scores, words), float(scores.values[column])

    def test_it_is_the_score_with_the_runs_twice_the_patterns_by_half_and_what_is_near(
        self, space: FeatureSpace
    ) -> None:
        line = LINES[0]
        vector = space.vector(line)
        blocks = space.blocks_of(vector.ids)
        found, score = self.of(space, " ".join(line), 0)
        plain = sum(
            float(value) * {PATTERNS: 0.5, GRAMS: 2.0}.get(int(block), 1.0)
            for value, block in zip(vector.values, blocks, strict=True)
        )
        assert found == pytest.approx(plain, abs=1e-4)
        assert found > score

    def test_the_nearest_phrasing_counts(self, space: FeatureSpace) -> None:
        with_it, _ = self.of(space, "how deep", 1)
        without, _ = self.of(space, "how deep", 0)
        assert with_it - without == pytest.approx(2.0, abs=1e-4)

    def test_without_a_vector_there_is_none(self, space: FeatureSpace) -> None:
        weights = pack(np.arange(0), np.zeros(0, np.int32), np.zeros(0, np.float32), len(space), 1)
        assert Likeness(weights, space, CloseCalls([[]])).of(0, Scores(np.array([1.0]), 0.0, 0.0), ["how"]) == 0.0

    def test_what_a_column_gets_sums_to_its_score(self, space: FeatureSpace, table: Table) -> None:
        dense = np.random.default_rng(3).normal(size=(len(space), 5)).astype(np.float32)
        dense[::2, 3:] = 0.0
        weights = sparse(dense, 1.0)
        for i in range(len(table)):
            vector = table.row(i)
            parts = [float(weights.of_column(vector, column).sum()) for column in range(5)]
            assert parts == pytest.approx(weights.scores(vector), abs=1e-4)

    def test_each_feature_has_the_block_that_the_table_says(self, space: FeatureSpace, table: Table) -> None:
        assert space.blocks_of(table.ids).tolist() == table.blocks.tolist()


def test_the_quick_scores_are_the_scores(space: FeatureSpace, table: Table) -> None:
    chance = np.random.default_rng(3)
    dense = chance.normal(size=(len(space), 9)).astype(np.float32)
    dense[::3, 2:] = 0.0  # rows of few columns beside full ones
    weights = sparse(dense, 1.0)
    quick = Quick(weights)
    for i in range(len(table)):
        assert quick.scores(table.row(i)) == pytest.approx(weights.scores(table.row(i)), abs=1e-5)
    nothing = table.row(0)
    nothing = type(nothing)(nothing.ids[:0], nothing.values[:0])
    assert quick.scores(nothing).tolist() == [0.0] * 9
