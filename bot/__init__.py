"""Leg Press Bot: honest, sourced answers about the leg press and back pain."""

import os

__version__ = "0.2.0"

# NumPy's threads wait for each other by spinning: where processors are shared, fitting took three times as long with two
# of them as with one, and answering never needs a second. It reads this when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
