"""The three fits, all over the likeness of phrasings to phrasings (the dual), so that no feature is touched twice.

With vectors x_i as the rows of X, a linear model's weights are W = X' A; fitting A of shape (phrasings, columns) needs
only K = X X', and X' A is made once at the end (`weights.py`).
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from bot.core.matching.features import Floats, Ints

EPOCHS = 12
RATE = 4.0
BATCH = 128
_STRIDE_SEED = 20_261_122
_NEXT_TO_NOTHING = 1e-6


def softmax(scores: Floats) -> Floats:
    """Rows of scores to rows of probabilities; shape kept."""
    scaled = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(scaled / scaled.sum(axis=-1, keepdims=True), dtype=np.float32)


def logistic(
    likeness: Floats,
    classes: Ints,
    columns: int,
    *,
    epochs: int = EPOCHS,
    rate: float = RATE,
    offset: Floats | None = None,
) -> Floats:
    """Multinomial logistic regression by stochastic gradient steps in the dual; early stopping is the regulariser.

    `likeness`: shape (n, n); `classes`: shape (n,), below zero to leave a phrasing out; `offset`: shape (n, columns),
    scores that are there already. Returns A, shape (n, columns). A step for phrasing i adds
    rate * (one-hot - probabilities) to row i of A, which is the primal step of Bottou (2010, "Large-scale machine
    learning with stochastic gradient descent"); the rate falls to zero in a straight line. The order is fixed.
    """
    n = len(classes)
    dual = np.zeros((n, columns), dtype=np.float32)
    order = np.random.default_rng(_STRIDE_SEED)
    taught = classes >= 0
    for epoch in range(epochs):
        shuffled = order.permutation(n)
        shuffled = shuffled[taught[shuffled]]
        for start in range(0, len(shuffled), BATCH):
            batch = shuffled[start : start + BATCH]
            scores = likeness[batch] @ dual
            if offset is not None:
                scores += offset[batch]
            change = one_hot(classes[batch], columns) - softmax(scores)
            dual[batch] += np.float32(rate * (1 - (epoch + start / len(shuffled)) / epochs)) * change
    return dual


def ridge(
    multiply: Callable[[Floats], Floats],
    targets: Floats,
    penalty: float,
    *,
    steps: int = 60,
    tolerance: float = 1e-3,
) -> Floats:
    """Kernel ridge regression: solves (K + penalty I) A = targets by conjugate gradients (Hestenes & Stiefel 1952).

    `multiply` gives K times what it is handed; `targets`: shape (n, columns). Returns A, shape (n, columns). Each column is a problem of
    its own; all go on until the worst residual is below `tolerance` of its target.
    """
    dual = np.zeros_like(targets)
    residual = targets.copy()
    goal = max(tolerance, _NEXT_TO_NOTHING) ** 2 * np.maximum(_dots(residual, residual), 1e-12)
    direction = residual.copy()
    size = _dots(residual, residual)
    for _ in range(steps):
        if not (size > goal).any():
            break
        image = multiply(direction) + np.float32(penalty) * direction
        curve = _dots(direction, image)
        length = np.where(curve > 0, size / np.maximum(curve, 1e-30), 0).astype(np.float32)
        dual += length * direction
        residual -= length * image
        following = _dots(residual, residual)
        direction = residual + (following / np.maximum(size, 1e-30)).astype(np.float32) * direction
        size = following
    return dual


def _dots(left: Floats, right: Floats) -> npt.NDArray[np.float64]:
    """Column by column, in double precision: single would lead two machines to different places."""
    found: npt.NDArray[np.float64] = np.einsum("ij,ij->j", left, right, dtype=np.float64)
    return found


def one_hot(classes: npt.NDArray[np.integer], columns: int) -> Floats:
    """Classes (shape (n,)) as rows with a single one (shape (n, columns)); a class below zero is a row of zeros."""
    rows = np.zeros((len(classes), columns), dtype=np.float32)
    known = np.flatnonzero(classes >= 0)
    rows[known, classes[known]] = 1
    return rows
