"""The weights of a model while it is fitted: as many as the phrasings need, never features times claims.

Features fall into three kinds (`Learner`). Few are common; they have a weight for every column, in one dense matrix.
Most stand in one phrasing alone; what they learn is that phrasing's own, so that one number for each of its columns says
it all. The others have a weight for each claim that uses them, for its topic, and for "in scope". What that leaves out,
that a rare feature speaks against claims which never use it, was worth nothing (docs/matching.md).
"""

import numpy as np
import numpy.typing as npt

from bot.core.matching.features import distinct
from bot.core.matching.regression import BATCH, Rows
from bot.core.matching.vectors import Floats, Ints, Table, products
from bot.core.matching.weights import Weights, pack

COMMON, DENSE_WORK = 2_700, 2.5e9
"""The most used features are common: so many, and fewer where a pass over the phrasings would take more multiplications."""
SPARSE_WORK, EACH_WORK = 1.5e7, 300
"""Multiplications of a pass that the others may cost, in all or by phrasing, whichever is more: where they would cost more, a
feature keeps the claims that use it most."""
FAINT = 0.02
"""Weights nearer to zero than this are not kept."""
KEPT_ROOM = 48 << 20
"""Bytes in which the places of a batch's products are kept from pass to pass; of what has no room they are found anew."""


_Products = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Floats]
_NO_PRODUCTS: _Products = np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32)


class Learner:
    """A `regression.Scorer` over the features of a table's phrasings, in batches of `BATCH` as `descend` goes through them.

    Columns: `claims`, then `topics`, then one for "in scope".
    """

    def __init__(self, table: Table, features: int, in_turn: Rows, claims: Ints, topics: Ints) -> None:
        """Sort the features of the phrasings `in_turn` (rows of the table) by kind.

        `claims`: shape (phrasings of the table,), below zero for none; `topics`: shape (claims,), the topic of each.
        """
        self._features = features
        self._claims, self._topics = len(topics), int(topics.max(initial=-1)) + 1
        self.width = self._claims + self._topics + 1
        self._place = np.full(len(table), -1, dtype=np.int64)
        self._place[in_turn] = np.arange(len(in_turn))
        self._own = self._own_columns(claims[in_turn], topics)
        self._owned = np.zeros(self._own.shape, dtype=np.float32)

        self._batch = 0, 0
        self._kept: tuple[Floats, _Products] = np.zeros((0, 0), np.float32), _NO_PRODUCTS
        self._counted = np.arange(0)
        self._places: dict[int, npt.NDArray[np.unsignedinteger]] = {}
        self._room = KEPT_ROOM

        row, ids, values = _entries(table, in_turn)
        uses = np.bincount(ids, minlength=features)

        common = self._common(uses, len(in_turn))
        column = np.full(features, -1, dtype=np.int32)
        column[common] = np.arange(len(common), dtype=np.int32)
        self._common_ids = common
        self._dense: Floats = np.zeros((len(common), self.width), dtype=np.float32)
        mine = np.flatnonzero(column[ids] >= 0)
        self._dense_row, self._dense_column, self._dense_value = row[mine], column[ids[mine]], values[mine]
        self._dense_starts = np.searchsorted(self._dense_row, np.arange(len(in_turn) + 1))

        several = uses > 1
        mine = np.flatnonzero(~several[ids])
        self._single_row, self._single_id, self._single_value = row[mine], ids[mine], values[mine]
        self._single = np.bincount(row[mine], weights=values[mine] ** 2, minlength=len(in_turn)).astype(np.float32)
        several[common] = False
        mine = np.flatnonzero(several[ids])
        row, ids, values = row[mine], ids[mine], values[mine]
        self._rare_starts = np.searchsorted(row, np.arange(0, len(in_turn) + BATCH, BATCH))
        # Of a batch in the features' order: so their weights, which are many, are gone through once and not once a phrasing.
        # For each weight and each score it is the phrasings' or the features' own order still, and so the same sum.
        keys = (row // BATCH).astype(np.int64)
        keys *= features
        keys += ids
        mine = np.argsort(keys, kind="stable")
        del keys
        self._rare_row, self._rare_id, self._rare_value = row[mine], ids[mine], values[mine]
        del mine, row, ids, values  # what follows needs the room
        self._rare = self._supported(claims[in_turn], topics)

    def _own_columns(self, claims: Ints, topics: Ints) -> npt.NDArray[np.int64]:
        """Return the columns that each phrasing has a part in: claim, topic, in scope; -1 where it has none. Shape (n, 3)."""
        own = np.full((len(claims), 3), -1, dtype=np.int64)
        known = claims >= 0
        own[known, 0] = claims[known]
        own[known, 1] = self._claims + topics[claims[known]]
        own[:, 2] = self.width - 1
        return own

    def _common(self, uses: npt.NDArray[np.int64], phrasings: int) -> npt.NDArray[np.int64]:
        most = min(COMMON, int(DENSE_WORK / max(phrasings * self.width, 1)))
        common = np.flatnonzero(uses > 1)
        if len(common) > most:
            common = np.sort(common[np.argsort(-uses[common], kind="stable")[:most]])
        return common

    def _supported(self, claims: Ints, topics: Ints) -> Weights:
        """Return the weights of the rare features, all zero: their claims, the topics of these, in scope."""
        width = self.width
        known = np.flatnonzero(claims[self._rare_row] >= 0)
        keys = self._rare_id[known].astype(np.int64)
        keys *= width
        keys += claims[self._rare_row[known]]
        del known
        pairs, counts = distinct(keys)
        del keys
        uses = np.bincount(self._rare_id, minlength=self._features)
        work = max(SPARSE_WORK, EACH_WORK * len(claims))
        pairs = _widest(pairs, counts, uses, width, work)
        named, _ = distinct(pairs - pairs % width + self._claims + topics[pairs % width])
        used = np.flatnonzero(uses)
        keys = np.concatenate([pairs, named, used * width + width - 1])
        del pairs, named, counts
        keys.sort()
        return pack(
            keys // width, (keys % width).astype(np.int32), np.zeros(len(keys), np.float32), self._features, width
        )

    def scores(self, rows: Rows) -> Floats:
        """Return the scores as they stand: shape (rows, columns)."""
        first, last = self._span(rows)
        block, (entries, at, values) = self._kept
        scores: Floats = block @ self._dense
        weights = self._rare.values.take(entries, mode="wrap")  # all are in bounds, and "wrap" is the quickest
        weights *= values
        np.add.at(scores.reshape(-1), at, weights)
        own, owned = self._own[first:last], self._owned[first:last] * self._single[first:last, None]
        row = np.arange(last - first)
        for k in range(own.shape[1]):
            has = own[:, k] >= 0
            scores[row[has], own[has, k]] += owned[has, k]
        return scores

    def likeness(self, rows: Rows) -> Floats:
        """Return the dot products of the vectors of `rows`: shape (rows, rows)."""
        first, last = self._span(rows)
        block = self._kept[0]
        found: Floats = block @ block.T
        part = self._part(first)
        found += products(self._rare_id[part], self._rare_value[part], self._rare_row[part] - first, last - first)
        found[np.diag_indices(len(found))] += self._single[first:last]
        return found

    def add(self, rows: Rows, change: Floats) -> None:
        """Add `change`, of shape (rows, columns), to the phrasings' part in the weights."""
        first, last = self._span(rows)
        block, (entries, at, values) = self._kept
        self._dense += block.T @ change
        steps = change.reshape(-1).take(at, mode="wrap")
        steps *= values
        np.add.at(self._rare.values, entries, steps)
        own = self._own[first:last]
        self._owned[first:last] += np.where(own >= 0, np.take_along_axis(change, np.maximum(own, 0), axis=1), 0)

    def _span(self, rows: Rows) -> tuple[int, int]:
        """Return where a batch begins and ends among the phrasings in turn, and keep what it needs until the next.

        Raises ValueError for any other phrasings than those of a batch.
        """
        first = int(self._place[rows[0]])
        last = first + len(rows)
        if self._batch != (first, last):
            if first % BATCH or len(rows) != min(BATCH, len(self._own) - first):
                raise ValueError(f"no batch: {first}, {last}")
            self._batch = first, last
            self._kept = self._block(first, last), self._products(first)
        return first, last

    def _block(self, first: int, last: int) -> Floats:
        """Return the common features of a batch: shape (phrasings, common features)."""
        block = np.zeros((last - first, len(self._common_ids)), dtype=np.float32)
        part = slice(self._dense_starts[first], self._dense_starts[last])
        block[self._dense_row[part] - first, self._dense_column[part]] = self._dense_value[part]
        return block

    def _part(self, first: int) -> slice:
        """Return where the entries of rare features stand of the batch that begins at a phrasing."""
        return slice(self._rare_starts[first // BATCH], self._rare_starts[first // BATCH + 1])

    def _products(self, first: int) -> _Products:
        """Return what a batch's rare features meet: the weights, the place of each in the batch's scores, the feature's value."""
        part = self._part(first)
        ids = self._rare_id[part]
        starts = self._rare.starts[ids]
        sizes = self._rare.starts[ids + 1] - starts
        ends = sizes.cumsum()
        total = int(ends[-1]) if len(ends) else 0
        if len(self._counted) < total:
            self._counted = np.arange(total)
        entries = (starts - ends + sizes).repeat(sizes)
        entries += self._counted[:total]
        kept = self._places.get(first)
        at = self._met(first, part, sizes, entries) if kept is None else kept.astype(np.int64)
        return entries, at, self._rare_value[part].repeat(sizes)

    def _met(
        self, first: int, part: slice, sizes: npt.NDArray[np.int64], entries: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int64]:
        """Return the place of each product in the batch's scores, and keep it where there is room."""
        at = ((self._rare_row[part] - first).astype(np.int64) * self.width).repeat(sizes)
        at += self._rare.columns.take(entries, mode="wrap")
        kept: npt.NDArray[np.unsignedinteger] = at.astype(np.uint16 if BATCH * self.width <= 1 << 16 else np.uint32)
        if kept.nbytes <= self._room:
            self._room -= kept.nbytes
            self._places[first] = kept
        return at

    def weights(self) -> tuple[Weights, Floats]:
        """Return the weights of claims and topics, faint ones left out, and those for "in scope": shape (features,)."""
        width = self.width
        self._batch, self._kept, self._counted = (0, 0), (np.zeros((0, 0), np.float32), _NO_PRODUCTS), np.arange(0)
        self._places.clear()  # what follows needs the room
        feature, column = np.nonzero(np.abs(self._dense) >= FAINT)
        keys = [self._common_ids[feature] * width + column]
        values = [self._dense[feature, column]]
        rare = np.flatnonzero(np.abs(self._rare.values) >= FAINT)
        of = np.repeat(np.arange(self._features), np.diff(self._rare.starts))
        keys.append(of[rare] * width + self._rare.columns[rare])
        values.append(self._rare.values[rare])
        for k in range(self._own.shape[1]):
            own = self._own[self._single_row, k]
            single = self._single_value * self._owned[self._single_row, k]
            kept = np.flatnonzero((own >= 0) & (np.abs(single) >= FAINT))
            keys.append(self._single_id[kept].astype(np.int64) * width + own[kept])
            values.append(single[kept])
        key, value = np.concatenate(keys), np.concatenate(values)
        order = np.argsort(key, kind="stable")
        key, value = key[order], value[order]
        inside = np.zeros(self._features, dtype=np.float32)
        last = key % width == width - 1
        inside[key[last] // width] = value[last]
        key, value = key[~last], value[~last]
        return pack(key // width, (key % width).astype(np.int32), value, self._features, width - 1), inside


def _entries(table: Table, rows: Rows) -> tuple[Ints, Ints, Floats]:
    """Return the place among `rows`, the feature and the value of each entry of theirs, in their order."""
    lengths = np.diff(table.starts)[rows]
    ends = np.cumsum(lengths)
    entries = np.arange(int(lengths.sum()))
    entries += (table.starts[:-1][rows] - ends + lengths).repeat(lengths)
    return np.arange(len(rows), dtype=np.int32).repeat(lengths), table.ids[entries], table.values[entries]


def _widest(
    pairs: npt.NDArray[np.int64], counts: npt.NDArray[np.int64], uses: npt.NDArray[np.int64], width: int, work: float
) -> npt.NDArray[np.int64]:
    """Return the pairs of feature and claim that cost no more than `work`: of each feature those that occur most.

    `pairs`: feature * `width` + claim, in ascending order; `counts`: how often each occurs; `uses`: shape (features,), how
    often each feature does, a multiplication for each of its pairs.
    """
    feature = (pairs // width).astype(np.int32)
    claims = np.bincount(feature, minlength=len(uses))
    having = np.bincount(claims, weights=uses)  # uses of the features that have so many claims
    cost = np.cumsum(having[::-1].cumsum()[::-1][1:])  # of the first claim of each feature, of the first two, ...
    most = max(int(np.searchsorted(cost, work, side="right")), 1)
    crowded = np.flatnonzero(claims[feature] > most)
    if not len(crowded):
        return pairs
    of = feature[crowded]
    order = np.lexsort((-counts[crowded], of))
    of = of[order]
    first = np.flatnonzero(np.diff(of, prepend=-1))
    rank = np.arange(len(of), dtype=np.int32) - first.repeat(np.diff(np.append(first, len(of))))
    kept = np.ones(len(pairs), dtype=bool)
    kept[crowded[order[rank >= most]]] = False
    return pairs[kept]
